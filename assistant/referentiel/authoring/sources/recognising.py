"""The words of a page that is a picture, and how it lies.

`tesseract` looks for scattered words (`--psm 11`): on a page of tables it reads more of them than its analysis of the
layout does (802 of 807 words of a dense page instead of 791), in one pass; which cell a word stands in is known from the
rules. Where it is not installed the project's own reader of pictures is asked.
"""

import csv
import hashlib
import io
import json
import os
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]
DPI = 200
SURE = 0.75
"""Mean confidence below which a page is tried upside down and on its sides."""
TURNS = (2, 1, 3)
CEILING = 120.0
_CODE = re.compile(r"^\(?(?:C|CE|C\.E|CP|CR|Cr|A|E|K|B|BC|L|M)[.\s]?[\dlIO]{1,3}(?:[.,]+[\dlIO]{1,3})*[.,:)]?$")
_BETWEEN = {"-", "–", "—", ":"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A word with its box in points and a confidence in 0..1."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was read on a page turned clockwise by `turn` quarters; `failure` says in French why nothing was."""

    words: tuple[Seen, ...]
    turn: int = 0
    failure: str | None = None

    @property
    def confidence(self) -> float:
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 0.0


def recognised(pictures: "list[Image]", kept: Path | None = None) -> list[PageRead]:
    """Every page, several at once; what was read is kept in the folder `kept`, by what the picture shows."""
    names = [_name(picture) for picture in pictures] if kept else []
    known = {place: found for place, name in enumerate(names) if kept and (found := _known(kept / name)) is not None}
    fresh = [place for place in range(len(pictures)) if place not in known]
    read = _read([pictures[place] for place in fresh]) if fresh else []
    for place, found in zip(fresh, read, strict=True):
        known[place] = found
        if kept and not found.failure:
            _keep(kept / names[place], found)
    return [known[place] for place in range(len(pictures))]


def _name(picture: "Image") -> str:
    return hashlib.sha256(f"{picture.size}".encode() + picture.tobytes()).hexdigest() + ".json"


def _known(file: Path) -> PageRead | None:
    if not file.is_file():
        return None
    turn, words = json.loads(file.read_text(encoding="utf-8"))
    return PageRead(tuple(Seen(text, (x0, top, x1, bottom), sure) for text, x0, top, x1, bottom, sure in words), turn)


def _keep(file: Path, found: PageRead) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    words = [(one.text, *one.box, one.confidence) for one in found.words]
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps([found.turn, words]), encoding="utf-8")
    fresh.replace(file)


def _read(pictures: "list[Image]") -> list[PageRead]:
    from assistant.dossier.ocr.engines import preferred_engine

    if preferred_engine() != "tesseract":
        return _by_project(pictures)
    with ThreadPoolExecutor(max(1, os.cpu_count() or 1)) as pool:
        return list(pool.map(_by_tesseract, pictures))


def _by_tesseract(picture: "Image") -> PageRead:
    """The page as it lies, or as it is read best when it lies upside down or on a side."""
    from assistant.dossier.isolation.process import TooLong

    try:
        best = PageRead(_tesseract(picture))
        for turn in TURNS if best.words and best.confidence < SURE else ():
            other = PageRead(_tesseract(picture.rotate(-90 * turn, expand=True)), turn)
            best = other if other.confidence > best.confidence else best
            if best.confidence >= SURE:
                break
    except TooLong:
        return PageRead((), failure="la lecture de l’image a pris trop de temps")
    except OSError:
        return PageRead((), failure="la lecture de l’image a échoué")
    return replace(best, words=_with_codes(best.words))


def _tesseract(picture: "Image") -> tuple[Seen, ...]:
    from assistant.dossier.isolation.process import Ceilings, run
    from assistant.places import ROOT

    png = io.BytesIO()
    picture.save(png, "PNG", compress_level=1, dpi=(DPI, DPI))
    command = ["tesseract", "-", "-", "-l", "fra", "--psm", "11", "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = run(command, ROOT, Ceilings(cpu=CEILING, idle=CEILING), environment, given=png.getvalue())
    if done.code != 0:
        raise OSError(done.errors.decode(errors="replace"))
    rows = csv.DictReader(io.StringIO(done.output.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_seen(row) for row in rows if row["level"] == "5" and row["text"].strip())


def _seen(row: dict[str, str]) -> Seen:
    x, y, wide, high = (float(row[name]) * 72 / DPI for name in ("left", "top", "width", "height"))
    return Seen(row["text"], (x, y, x + wide, y + high), max(0.0, float(row["conf"])) / 100)


def _with_codes(words: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """« Al – Élaboration », « CE1.4,3 »: what is read of a code that begins a line has digits and points."""
    made = []
    for place, word in enumerate(words):
        following = words[place + 1].text if place + 1 < len(words) else ""
        coded = _CODE.match(word.text) and any(c in "0123456789lIO" for c in word.text[1:])
        sure = coded and (following in _BETWEEN or re.search(r"\d[.,]|[.,]\d", word.text))
        made.append(replace(word, text=_as_code(word.text)) if sure else word)
    return tuple(made)


def _as_code(text: str) -> str:
    letters, rest = re.match(r"^(\(?[A-Za-z.]*?)([\dlIO].*)$", text).groups()  # type: ignore[union-attr]
    digits = rest.replace("l", "1").replace("I", "1").replace("O", "0")
    end = digits[-1] if digits[-1] in ".,:)" else ""
    return letters + re.sub(r"[.,]+", ".", digits.rstrip(".,:)")) + ("." if end == "," else end)


def _by_project(pictures: "list[Image]") -> list[PageRead]:
    """What the project's reader of pictures makes of them, each a page of one PDF."""
    from assistant.dossier.ocr.engines import OcrReader, Picture, preferred_engine

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pages.pdf"
        pictures[0].save(file, save_all=True, append_images=pictures[1:], resolution=DPI)
        sizes = [(picture.width * 72 / DPI, picture.height * 72 / DPI) for picture in pictures]
        parts = [Picture(number, (0.0, 0.0, *size), True) for number, size in enumerate(sizes)]
        reader = OcrReader(preferred_engine(), max(1, (os.cpu_count() or 2) - 1), None, file)
        found = reader.read(parts, lambda done, total: None)
    return [
        PageRead(tuple(Seen(w.text, w.box, w.confidence) for w in one.words), one.turn, one.failure) for one in found
    ]
