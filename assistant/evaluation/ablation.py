"""What each part of the search is worth: the same dossiers, each left out in turn, with parts taken away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.dossier.model import InputFile
from assistant.evaluation.calibrate import leave_one_out
from assistant.evaluation.gold import Case
from assistant.evaluation.matching_quotes import Shown
from assistant.evaluation.metrics import Tally, evidence_tally, state_of_all, state_tally
from assistant.evaluation.observe import Change, Observed, observe, without
from assistant.evaluation.report import METRICS, ReportLine, figures
from assistant.matching.calibration import Calibration
from assistant.matching.chroma import VectorStore
from assistant.matching.match import matches_of
from assistant.matching.question import Question
from assistant.matching.signals import NAMES
from assistant.preread import Components
from assistant.progress import silent
from assistant.referentiel.catalogue import load
from assistant.referentiel.wording import official_wording

VECTOR_SIGNALS = frozenset({"vector", "vector_raw", "reverse"})
KIND_SIGNALS = frozenset({"number", "layout"})
COUNTER_SIGNALS = frozenset({"counter"})
SHAPE_SIGNALS = frozenset({"length", "heading", "lived", "rule", "reason", "intention", "slogan", "lack"})
LEXICAL_SIGNALS = frozenset(NAMES) - VECTOR_SIGNALS


@dataclass(frozen=True, slots=True)
class Variant:
    """One line of the table: how questions are changed and which signals are silenced."""

    name: str
    change: Change
    silent: frozenset[str] = frozenset()


def _words_only(question: Question) -> Question:
    return replace(question, asked=question.subject, clues=(), counter_clues=())


def _requirements_only(question: Question) -> Question:
    return replace(question, clues=(), counter_clues=())


def _whole(question: Question) -> Question:
    return question


VARIANTS = (
    Variant("criterion words only", _words_only, COUNTER_SIGNALS | KIND_SIGNALS),
    Variant("+ requirements", _requirements_only, COUNTER_SIGNALS | KIND_SIGNALS),
    Variant("+ clues", _whole, COUNTER_SIGNALS | KIND_SIGNALS),
    Variant("+ counter-clues", _whole, KIND_SIGNALS),
    Variant("+ kind of evidence (all, fused)", _whole),
    Variant("all, vectors only", _whole, LEXICAL_SIGNALS - SHAPE_SIGNALS - KIND_SIGNALS - COUNTER_SIGNALS),
    Variant("all, BM25 only", _whole, VECTOR_SIGNALS),
)


def ablate(cases: Sequence[Case], tools: Components, store: VectorStore) -> str:
    """The table in Markdown, every figure with its dossier left out of the calibration."""
    heads = [name for name, _, _ in METRICS[:7]]
    rows = ["| variant | " + " | ".join(heads) + " |", "| --- |" + " ---: |" * len(heads)]
    for variant in VARIANTS:
        values = figures(_line(variant, cases, tools, store))
        cells = [f"{100 * value:.0f} %" if (value := values[name]) is not None else "–" for name in heads]
        rows.append(f"| {variant.name} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def _line(variant: Variant, cases: Sequence[Case], tools: Components, store: VectorStore) -> ReportLine:
    silenced = [place for place, name in enumerate(NAMES) if name in variant.silent]
    observed = []
    for case in cases:
        referentiel = load(case.gold.referentiel)
        dossier = tools.read(
            (InputFile(case.pdf.name, case.pdf.read_bytes()),), official_wording(referentiel.content), silent
        )
        observed.append(without(observe(case, dossier, referentiel, tools.embedder, store, variant.change), silenced))
    fitted = leave_one_out(observed)
    tallies = [tally for one in observed for tally in tallies_of(one, fitted[one.case.name])]
    return ReportLine("overall", variant.name, tuple(tallies))


def tallies_of(observed: Observed, calibration: Calibration) -> list[Tally]:
    """The counts of each labelled criterion, straight from the ranking."""
    labels = {label.id: label for label in observed.case.gold.criteria}
    places = {s.id: place for place, s in enumerate(observed.dossier.sentences)}
    sentences = {s.id: s for s in observed.field.sentences}
    result = []
    for match in matches_of(observed.questions, observed.field, observed.signals, calibration):
        if match.id not in labels:
            continue
        label = labels[match.id]
        shown = [Shown(sentences[sid].page, places[sid], places[sid], sentences[sid].text) for sid in match.evidence]
        state = "oral" if label.coverage == "oral" else state_of_all([one.found for one in match.requirements])
        result.append(evidence_tally(label, shown) + state_tally(label, state))
    return result
