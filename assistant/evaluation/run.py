"""Evaluating on labelled dossiers: the pre-read's figures beside what a user would do instead, in the same run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.dossier.model import Dossier, InputFile
from assistant.drafting.sending import mask_for
from assistant.drafting.tone import about_nothing_found
from assistant.evaluation.baselines import by_bm25, by_vectors, chunks
from assistant.evaluation.gold import Case, LabelledCriterion
from assistant.evaluation.independent import raw_texts
from assistant.evaluation.matching_quotes import Shown, letters
from assistant.evaluation.metrics import (
    State,
    Tally,
    absence_tally,
    citation_tally,
    evidence_tally,
    gap_tally,
    state_tally,
    unfolded_tally,
)
from assistant.evaluation.observe import blocs_of
from assistant.evaluation.report import ReportLine
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import private_embedder
from assistant.preread import Components, PreReadRequest, Steps, preread
from assistant.referentiel.catalogue import LoadedReferentiel, load
from assistant.referentiel.wording import official_wording
from assistant.result import CriterionPart, PreRead
from assistant.step_keys import StepName


class MemorySteps:
    """Steps kept for the length of a command."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load(self, name: StepName, key: str) -> bytes | None:
        return self._kept.get(key)

    def save(self, name: StepName, key: str, payload: bytes) -> None:
        self._kept[key] = payload


OURS, VECTORS, BM25 = "prelecture", "chunks, vectors", "chunks, BM25"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One case pre-read, with everything its lines of the report are made of."""

    case: Case
    preread: PreRead
    lines: tuple[ReportLine, ...]


def evaluate_case(
    case: Case, tools: Components, steps: Steps, store: VectorStore, progress: Callable[[str, int, int], None]
) -> Evaluated:
    """Pre-reads a case and counts; the baselines read the same chunks of the same dossier.

    Raises the errors of the pipeline.
    """
    referentiel = load(case.gold.referentiel)
    blocs = blocs_of(case.gold, referentiel)
    data = case.pdf.read_bytes()
    result = preread(PreReadRequest.of(data, case.pdf.name, referentiel, blocs), tools, steps, progress)
    dossier = tools.read((InputFile(case.pdf.name, data),), official_wording(referentiel.content), progress)
    labels = {label.id: label for label in case.gold.criteria}
    parts = [part for part in result.criteria if part.id in labels]
    places = _places(dossier)
    pages = page_texts(data, dossier)
    part_of_dossier = result.dossier.words / max(1, len(parts))
    ours = tuple(_ours(labels[part.id], part, places, pages, part_of_dossier) for part in parts)
    return Evaluated(
        case, result, (ReportLine(case.name, OURS, ours), *_baselines(case, referentiel, parts, dossier, tools, store))
    )


def _ours(
    labels: LabelledCriterion,
    part: CriterionPart,
    places: dict[str, tuple[int, int]],
    pages: dict[int, str],
    dossier_words: float,
) -> Tally:
    pieces = {e.id: Shown(e.page, places[e.id][1], places[e.id][1], e.quote) for e in part.evidence}
    quotes = [(e.page, e.quote, e.over is not None) for e in part.evidence]
    quoted = {letters(e.quote) for e in part.evidence}
    drafted = sum(len(s.text.split()) for s in part.observation if letters(s.text) not in quoted)
    return (
        evidence_tally(labels, list(pieces.values()))
        + unfolded_tally(labels, [pieces[sid] for sid in part.shown], drafted, dossier_words)
        + absence_tally(labels, [requirement.state != "not_found" for requirement in part.requirements])
        + state_tally(labels, state_of(part))
        + gap_tally(labels, [gap.text for gap in part.gaps])
        + citation_tally(quotes, pages)
    )


def state_of(part: CriterionPart) -> State:
    """All requirements found, some, or none; "oral" where only the oral can show them. A criterion of which the pre-read says
    that a part is missing, and a check agreed, is found in part though every requirement has a sentence."""
    states = {requirement.state for requirement in part.requirements}
    if states == {"oral_only"}:
        return "oral"
    if states == {"found"}:
        lacking = any(gap.support == "yes" and about_nothing_found(gap.text) for gap in part.gaps)
        return "partial" if lacking else "found"
    return "partial" if "found" in states else "not_found"


def page_texts(data: bytes, dossier: Dossier) -> dict[int, str]:
    """Each page's text by an independent reading, to check quotes against; words read in pictures are taken as read."""
    texts = raw_texts(data)
    for sentence in dossier.sentences:
        if sentence.source == "ocr":
            texts[sentence.page] += f"\n{sentence.text}"
    return texts


def _places(dossier: Dossier) -> dict[str, tuple[int, int]]:
    """(page, place on the page) of every sentence."""
    return {
        sentence.id: (page, place)
        for page, group in groupby(dossier.sentences, key=lambda s: s.page)
        for place, sentence in enumerate(group)
    }


def _baselines(
    case: Case,
    referentiel: LoadedReferentiel,
    parts: Sequence[CriterionPart],
    dossier: Dossier,
    tools: Components,
    store: VectorStore,
) -> tuple[ReportLine, ReportLine]:
    labels = {label.id: label for label in case.gold.criteria}
    texts = {criterion.id: criterion.text for criterion in referentiel.content.criteria()}
    pieces = chunks(dossier)
    queries = [texts[part.id] for part in parts]
    embedder = private_embedder(
        tools.embedder, lambda: mask_for(dossier, tuple(referentiel.content.criteria()), tools.about)
    )
    rankings = (
        (VECTORS, by_vectors(pieces, queries, embedder, store)),
        (BM25, by_bm25(pieces, queries)),
    )
    first, second = (
        ReportLine(
            case.name,
            way,
            tuple(evidence_tally(labels[part.id], shown) for part, shown in zip(parts, ranked, strict=True)),
        )
        for way, ranked in rankings
    )
    return first, second
