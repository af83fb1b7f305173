"""`python -m benchmarks.compare`: versions with known changes, named change by change; evidence gained and lost.

Dossiers with labels (tests/dossiers, or folders named on the command line) each become two pairs, one by each writer of
PDF. The calibration is the installed one, which was made on these same dossiers; folders of others measure fairly. No
model.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from pydantic import TypeAdapter

from assistant.application.versions import Version, comparison_of
from assistant.comparison_report import ComparisonReport, PlacedSentence
from assistant.components import components_of
from assistant.dossier.model import Dossier, InputFile
from assistant.evaluation.gold import Case, load_cases
from assistant.evaluation.matching_quotes import letters
from assistant.evaluation.observe import blocs_of
from assistant.matching.coverage import coverage_of
from assistant.matching.match import Ranking
from assistant.matching.signals import evidence_candidates
from assistant.places import ROOT
from assistant.preread import Components, PreReadRequest, preread
from assistant.progress import silent
from assistant.referentiel.catalogue import load
from assistant.referentiel.wording import official_wording
from assistant.settings import Settings
from assistant.step_keys import StepName
from benchmarks.pairs import WRITERS, Known, Pair, pair_of, written

ALIKE = 0.9
"""Share of letters in common from which two texts are the same sentence: a hyphen may have come or gone."""


@dataclass(slots=True)
class Figures:
    """What was right of what there was, by kind; `noise`: unchanged sentences called changed."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    noise: int = 0
    cited: int = 0
    cited_found: int = 0
    listed: int = 0
    listed_cited: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.right + other.right, self.asked + other.asked, self.unchanged + other.unchanged,
            self.noise + other.noise, self.cited + other.cited, self.cited_found + other.cited_found,
            self.listed + other.listed, self.listed_cited + other.listed_cited,
        )  # fmt: skip

    def told(self, name: str) -> str:
        total = sum(self.asked.values())
        kinds = ", ".join(f"{kind} {self.right[kind]}/{count}" for kind, count in sorted(self.asked.items()))
        return (
            f"{name:32} {total:4} changes: {sum(self.right.values()) / max(1, total):6.1%} named ({kinds}); "
            f"unchanged called changed {self.noise / max(1, self.unchanged):.1%} of {self.unchanged}; gained and lost: "
            f"{self.cited_found / max(1, self.cited):.1%} of {self.cited} found, "
            f"{self.listed_cited / max(1, self.listed):.1%} of {self.listed} listed are labelled"
        )


def print_comparison(folder: Path = ROOT / "tests" / "dossiers") -> None:
    """Prints a line a pair, and one for all."""
    with tempfile.TemporaryDirectory() as data:
        tools = components_of(Settings(data_dir=Path(data), model=None))
        cases = load_cases(folder)
        read = {case.name: _read(case.pdf.read_bytes(), case, tools) for case in cases}
        total = Figures()
        for number, case in enumerate(cases):
            pair = pair_of(written(case, read[case.name]), seed=number, changes=(76, 90, 105, 120, 139)[number % 5])
            for writer, write in WRITERS.items():
                before, after = (_made(write(text), case, tools) for text in (pair.before, pair.after))
                figures = judged(pair, comparison_of(before, after))
                print(figures.told(f"{case.name}, {writer}"), flush=True)
                total += figures
        print(total.told("all"))


def judged(pair: Pair, report: ComparisonReport) -> Figures:
    """What a report says, held against what was changed on purpose."""
    figures = Figures(unchanged=len(pair.unchanged))
    told = list(report.sentences)
    for known in pair.changes:
        figures.asked[known.kind] += 1
        figures.right[known.kind] += any(
            one.change == known.kind and _same(one.before, known.before) and _same(one.after, known.after)
            for one in told
        )
    named = {letters(text) for one in told for text in (_text(one.before), _text(one.after)) if text}
    figures.noise = sum(letters(text) in named for text in pair.unchanged)
    for kind in ("added", "removed"):
        changed = {letters(known.before or known.after): known for known in pair.changes if known.kind == kind}
        listed = {
            (part.id, letters(text))
            for part in report.criteria
            for text in (part.gained if kind == "added" else part.lost)
        }
        figures.cited += sum(len(known.criteria) for known in changed.values())
        for name, text in listed:
            nearest = _nearest(text, changed)
            figures.listed += 1
            figures.listed_cited += nearest is not None and name in nearest.criteria
        for text, known in changed.items():
            figures.cited_found += sum(
                any(other == name and _alike(text, one) for other, one in listed) for name in known.criteria
            )
    return figures


def _nearest(text: str, changed: dict[str, Known]) -> Known | None:
    return changed.get(text) or next((known for one, known in changed.items() if _alike(text, one)), None)


def _text(sentence: PlacedSentence | None) -> str:
    return "" if sentence is None else sentence.text


def _same(sentence: PlacedSentence | None, text: str) -> bool:
    return _alike(letters(_text(sentence)), letters(text))


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    if not a or not b or abs(len(a) - len(b)) > (1 - ALIKE) * max(len(a), len(b)) + 2:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def _read(data: bytes, case: Case, tools: Components) -> Dossier:
    referentiel = load(case.gold.referentiel)
    return tools.read((InputFile("dossier.pdf", data),), official_wording(referentiel.content), silent)


def _made(data: bytes, case: Case, tools: Components) -> Version:
    referentiel = load(case.gold.referentiel)
    request = PreReadRequest.of(data, "dossier.pdf", referentiel, blocs_of(case.gold, referentiel))
    steps = Noted()
    made = preread(request, tools, steps, silent)
    dossier = TypeAdapter(Dossier).validate_json(steps.noted["dossier"])
    ranking = TypeAdapter(Ranking).validate_json(steps.noted["ranking"])
    return Version(made, dossier, coverage_of(ranking, made, len(evidence_candidates(dossier).sentences)))


class Noted:
    """Steps that are made anew each time, and looked at afterwards."""

    def __init__(self) -> None:
        self.noted: dict[str, bytes] = {}

    def load(self, name: StepName, key: str) -> bytes | None:
        return None

    def save(self, name: StepName, key: str, payload: bytes) -> None:
        self.noted[name] = payload


def folders(arguments: Sequence[str]) -> Iterable[Path]:
    """Those named, or the labelled cases of the tests."""
    return [Path(name) for name in arguments] or [ROOT / "tests" / "dossiers"]


if __name__ == "__main__":
    for one in folders(sys.argv[1:]):
        print_comparison(one)
