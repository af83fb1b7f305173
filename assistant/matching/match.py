"""Where the dossier meets the référentiel: for each criterion, the sentences a juror would want to see, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from assistant.dossier.model import Dossier
from assistant.matching.calibration import Calibration
from assistant.matching.chroma import VectorStore
from assistant.matching.deliverables import deliverable_questions
from assistant.matching.embedding import Embedder
from assistant.matching.ordering import best_first, reading_order
from assistant.matching.question import Question, questions_of
from assistant.matching.signals import Array, EvidenceCandidates, VectorSignals, compute_features, evidence_candidates
from assistant.referentiel.model import Criterion, Deliverable

EVIDENCE_WORDS = 800
NEAREST = 3
LEANING = 2.0
"""How much likelier the passages of a requirement must be when the one it leans on was not found."""
PER_REQUIREMENT = 8
REVERSE_RESULTS = 200


@dataclass(frozen=True, slots=True)
class RequirementMatch:
    """The sentences found for one requirement, best first, and the nearest ones whether found or not."""

    id: str
    found: bool
    sentences: tuple[str, ...]
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionMatch:
    """Evidence in reading order, as (sentence id, likelihood that a juror cites it)."""

    id: str
    requirements: tuple[RequirementMatch, ...]
    evidence: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class DeliverableMatch:
    """The sentences found for one deliverable, best first; none when it was not found."""

    id: str
    sentences: tuple[str, ...]

    @property
    def found(self) -> bool:
        return bool(self.sentences)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the search found, for every criterion and for every deliverable, in the référentiel's order."""

    criteria: tuple[CriterionMatch, ...]
    deliverables: tuple[DeliverableMatch, ...]


@dataclass(frozen=True, slots=True)
class SearchTools:
    """What a search is made with: vectors of texts, where they are kept, the weights of the signals."""

    embedder: Embedder
    store: VectorStore
    calibration: Calibration


def rank(
    dossier: Dossier, criteria: Sequence[Criterion], deliverables: Sequence[Deliverable], tools: SearchTools
) -> Ranking:
    """Searches the criteria and the deliverables apart, so that they do not compete. Raises IndexFailure."""
    questions = questions_of(criteria)
    handed_in = deliverable_questions(deliverables, criteria)
    return Ranking(
        match(dossier, questions, vector_signals(dossier, questions, tools.embedder, tools.store), tools.calibration),
        tuple(
            DeliverableMatch(found.id, found.requirements[0].sentences)
            for found in match(
                dossier, handed_in, vector_signals(dossier, handed_in, tools.embedder, tools.store), tools.calibration
            )
        ),
    )


def vector_signals(
    dossier: Dossier, questions: Sequence[Question], embedder: Embedder, store: VectorStore
) -> VectorSignals:
    """Fills the store where needed and searches it both ways: questions -> passages, passages -> clues.

    Raises IndexFailure.
    """
    titled = [f"{p.section}. {p.text}" if p.section else p.text for p in dossier.passages]
    passages = embedder.embed(titled)
    entries = [(f"{q.id}|{n}", text) for q in questions for n, text in enumerate(q.phrasings)]
    phrasings = embedder.embed([text for _, text in entries])
    passage_ids, clue_ids = [p.id for p in dossier.passages], [entry for entry, _ in entries]
    here = store.fill("dossier", passage_ids, titled, passages, embedder.name)
    there = store.fill("referentiel", clue_ids, [text for _, text in entries], phrasings, embedder.name)
    spans = _spans(questions)
    queries = np.stack([_centre(phrasings[a:b]) for a, b in spans]) if spans else phrasings[:0]
    forward = store.search(here, passage_ids, queries, len(passage_ids)).scores
    backward = store.search(there, clue_ids, passages, REVERSE_RESULTS).scores
    reverse = np.stack([backward[:, a:b].max(axis=1) for a, b in spans]) if spans else forward
    return VectorSignals(forward, np.asarray(reverse, dtype=np.float32))


def _spans(questions: Sequence[Question]) -> list[tuple[int, int]]:
    ends = np.cumsum([len(q.phrasings) for q in questions]).tolist()
    return list(zip([0, *ends[:-1]], ends, strict=True)) if ends else []


def _centre(vectors: Array) -> Array:
    """One query out of a requirement's words (first, counted twice) and its clues."""
    total = vectors.sum(axis=0) + vectors[0]
    return np.asarray(total / (np.linalg.norm(total) or 1.0), dtype=np.float32)


def match(
    dossier: Dossier,
    questions: Sequence[Question],
    vectors: VectorSignals,
    calibration: Calibration,
) -> tuple[CriterionMatch, ...]:
    """Ranks the dossier's sentences for every question and orders each criterion's evidence."""
    field = evidence_candidates(dossier)
    if not field.sentences:
        return tuple(_nothing(name, list(group)) for name, group in groupby(questions, key=lambda q: q.subject_id))
    likelihood = calibration.likelihood(compute_features(questions, field, vectors))
    results = []
    for name, group in groupby(range(len(questions)), key=lambda i: questions[i].subject_id):
        rows = list(group)
        results.append(_criterion(name, [questions[i] for i in rows], likelihood[rows], field, calibration.found))
    return tuple(results)


def _criterion(
    name: str, questions: Sequence[Question], likelihood: Array, field: EvidenceCandidates, found: float
) -> CriterionMatch:
    order = reading_order(likelihood, field.texts, EVIDENCE_WORDS)
    shown = {sentence for sentence, _ in order}
    ids = [sentence.id for sentence in field.sentences]
    requirements: list[RequirementMatch] = []
    for question, row in zip(questions, likelihood, strict=True):
        best = best_first(row)
        alone = any(one.id in question.needs and not one.found for one in requirements)
        bar = found * (LEANING if alone else 1.0)
        kept = [s for s in best[:PER_REQUIREMENT] if row[s] >= bar and s in shown]
        nearest = tuple(ids[s] for s in best[:NEAREST])
        requirements.append(RequirementMatch(question.id, bool(kept), tuple(ids[s] for s in kept), nearest))
    return CriterionMatch(name, tuple(requirements), tuple((ids[s], round(value, 4)) for s, value in order))


def _nothing(name: str, questions: Sequence[Question]) -> CriterionMatch:
    return CriterionMatch(name, tuple(RequirementMatch(q.id, False, (), ()) for q in questions), ())
