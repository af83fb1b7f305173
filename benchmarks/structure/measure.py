"""`python -m benchmarks.structure`: made dossiers whose right sentences are known, and how many are read exactly."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from assistant.dossier.ocr.engines import OcrReader, preferred_engine
from assistant.dossier.ocr.pictures import OcrSource
from assistant.dossier.pdf.source import PdfSource
from assistant.dossier.read import read_dossier

MADE = Path(__file__).parent / "made"
SETS = (MADE, MADE.parent / "second", MADE.parent / "third", MADE.parent / "fourth")
SCANNED = "scan"
"""What the names of files that hold pictures only start with: they are read by OCR."""
_MARK = re.compile(r"^\s*[•◦▪‣○●■➢–—\-*\u2600-\u27bf\u2b05-\u2b55\U0001f300-\U0001faff]\s*")
_RAISED = re.compile(r"^([⁰¹²³⁴-⁹]+)\s+")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Score:
    """Of one dossier: right sentences read exactly, extra ones, lone marks, words cut, neighbours kept in order."""

    name: str
    pages: int
    expected: int
    exact: int
    extra: int
    lone: int
    cut: int
    neighbours: int
    kept: int
    wrong: tuple[str, ...]


def plain(text: str) -> str:
    """A sentence as compared: spaces single, a bullet's mark left out, since programs differ in it."""
    return _SPACES.sub(" ", _RAISED.sub(r"\1", _MARK.sub("", text))).strip().replace("'", "’")


def measured(file: Path) -> Score:
    """Reads one made dossier and compares it with what was written."""
    right = [plain(text) for text in json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))]
    source = OcrSource(OcrReader(preferred_engine(), 1, None, file)) if file.stem.startswith(SCANNED) else PdfSource()
    dossier = read_dossier(file.read_bytes(), file.name, source=source)
    read = [plain(s.text) for s in dossier.sentences if s.role == "body"]
    every = [s.text for s in dossier.sentences]
    known = {word for text in right for word in _WORD.findall(text)}
    cut = [word for text in read for word in _WORD.findall(text) if word not in known]
    places = {text: n for n, text in enumerate(read)}
    pairs = [(a, b) for a, b in pairwise(right) if a in places and b in places]
    missing = [text for text in right if text not in places]
    return Score(
        file.stem,
        len(dossier.pages),
        len(right),
        len(right) - len(missing),
        sum(text not in set(right) for text in read),
        sum(not any(char.isalpha() for char in text) for text in every),
        len(cut),
        len(pairs),
        sum(a_then_b(read[places[a] : places[b] + 1], set(right)) for a, b in pairs),
        tuple(missing),
    )


def a_then_b(run: Sequence[str], right: set[str]) -> bool:
    """Whether nothing that was written stands between the two ends of a run of what was read."""
    return len(run) > 1 and not any(text in right for text in run[1:-1])


def print_structure(folder: Path = MADE, wrong: bool = False) -> None:
    """A line per layout and the sums, each beside its target."""
    scores = [measured(file) for file in sorted(folder.glob("*.pdf"))]
    print(f"Structure ({len(scores)} layouts, {sum(s.pages for s in scores)} pages)")
    for s in scores:
        print(f"  {s.name:34} {s.pages:3} p.  {s.exact:4} of {s.expected:4}  extra {s.extra:3}  cut {s.cut:2}")
        for text in s.wrong if wrong else ():
            print(f"      {text}")
    _sums(scores)


def _sums(scores: Sequence[Score]) -> None:
    exact, expected = sum(s.exact for s in scores), max(1, sum(s.expected for s in scores))
    kept, pairs = sum(s.kept for s in scores), max(1, sum(s.neighbours for s in scores))
    print(
        f"  sentences exactly right {exact / expected:.1%} (target 98 %); extra {sum(s.extra for s in scores)}",
        end="; ",
    )
    print(f"lone marks {sum(s.lone for s in scores)} (0); words cut {sum(s.cut for s in scores)} (0)", end="; ")
    print(f"reading order {kept / pairs:.2%} (99.5 %)")
