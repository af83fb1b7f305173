"""Where the dossier meets the référentiel: for each criterion, the sentences a juror would want to see, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from assistant.dossier.model import Dossier
from assistant.matching.calibration import Calibration
from assistant.matching.chroma import VectorStore
from assistant.matching.citing import citing_features
from assistant.matching.concepts import spoken_of
from assistant.matching.deliverables import deliverable_questions, same_subject
from assistant.matching.embedding import Embedder, unit
from assistant.matching.ordering import best_first, reading_order, unfolded, unfolded_words
from assistant.matching.question import Question, questions_of
from assistant.matching.signals import (
    EvidenceCandidates,
    Indexes,
    VectorSignals,
    compute_features,
    evidence_candidates,
    indexes_of,
)
from assistant.matching.weights import Array
from assistant.referentiel.model import Criterion, Deliverable
from assistant.text import word_count

EVIDENCE_WORDS = 800
NEAREST = 3
PER_REQUIREMENT = 8
REVERSE_RESULTS = 200
TOP = 4
TOLD, TOLD_BESIDE = 0.005, 0.1
"""How likely a juror must cite a sentence for it to be told of a criterion, and as a share of the likeliest criterion's."""
Served = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RequirementMatch:
    """The sentences found for one requirement, best first, and the nearest ones whether found or not."""

    id: str
    found: bool
    sentences: tuple[str, ...]
    nearest: tuple[str, ...]
    near: float = 0.0
    """Log odds of its likeliest sentence."""


@dataclass(frozen=True, slots=True)
class CriterionMatch:
    """Evidence (sentence ids) in reading order; `shown` are those of it that are shown unfolded without a model."""

    id: str
    requirements: tuple[RequirementMatch, ...]
    evidence: tuple[str, ...]
    shown: tuple[str, ...] = ()
    near: float = 0.0
    """Mean log odds of its likeliest sentences (TOP of them)."""
    told: tuple[str, ...] = ()
    """Sentences that may speak of it, in the dossier's order: what a comparison of two versions looks at."""


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
    asked = deliverable_questions(deliverables, criteria)
    field = evidence_candidates(dossier)
    indexes = indexes_of(field)
    passages = passage_vectors(dossier, tools.embedder, tools.store)

    def matched(some: Sequence[Question]) -> tuple[CriterionMatch, ...]:
        vectors = vector_signals(passages, some, tools.embedder, tools.store)
        return match(field, some, vectors, tools.calibration, indexes)

    handed_in = tuple(DeliverableMatch(found.id, found.requirements[0].sentences) for found in matched(asked))
    return Ranking(with_deliverables(matched(questions), questions, asked, handed_in), handed_in)


def prepare(criteria: Sequence[Criterion], deliverables: Sequence[Deliverable]) -> None:
    """Cuts what is asked into words, which are remembered: it can be done while the dossier is still being read."""
    for question in (*questions_of(criteria), *deliverable_questions(deliverables, criteria)):
        for text in (question.subject, *question.phrasings, *question.counter_clues):
            spoken_of(text)


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The passages of one dossier as vectors, and the collection of the store that holds them."""

    ids: tuple[str, ...]
    vectors: Array
    collection: str


def passage_vectors(dossier: Dossier, embedder: Embedder, store: VectorStore) -> PassageVectors:
    """Fills the store with the passages where needed. Raises IndexFailure."""
    titled = [f"{p.section}. {p.text}" if p.section else p.text for p in dossier.passages]
    ids, vectors = tuple(p.id for p in dossier.passages), embedder.embed(titled)
    return PassageVectors(ids, vectors, store.fill("dossier", ids, titled, vectors, embedder.name))


def vector_signals(
    passages: PassageVectors, questions: Sequence[Question], embedder: Embedder, store: VectorStore
) -> VectorSignals:
    """Searches both ways: questions -> passages in the store, passages -> clues among those few in memory.

    Raises IndexFailure.
    """
    phrasings = embedder.embed([text for question in questions for text in question.phrasings])
    spans = _spans(questions)
    queries = np.stack([_centre(phrasings[a:b]) for a, b in spans]) if spans else phrasings[:0]
    forward = store.search(passages.collection, passages.ids, queries, len(passages.ids)).scores
    backward = _nearest(passages.vectors, phrasings, REVERSE_RESULTS)
    reverse = np.stack([backward[:, a:b].max(axis=1) for a, b in spans]) if spans else forward
    return VectorSignals(forward, np.asarray(reverse, dtype=np.float32))


def _nearest(queries: Array, entries: Array, results: int) -> Array:
    """The cosine of each query with its `results` nearest entries, 0 with the others."""
    scores = np.asarray(unit(queries) @ unit(entries).T, dtype=np.float32)
    if scores.shape[1] > results:
        far = np.argpartition(-scores, results, axis=1)[:, results:]
        np.put_along_axis(scores, far, 0.0, axis=1)
    return scores


def _spans(questions: Sequence[Question]) -> list[tuple[int, int]]:
    ends = np.cumsum([len(q.phrasings) for q in questions]).tolist()
    return list(zip([0, *ends[:-1]], ends, strict=True)) if ends else []


def _centre(vectors: Array) -> Array:
    """One query out of a requirement's words (first, counted twice) and its clues."""
    total = vectors.sum(axis=0) + vectors[0]
    return np.asarray(total / (np.linalg.norm(total) or 1.0), dtype=np.float32)


def match(
    field: EvidenceCandidates,
    questions: Sequence[Question],
    vectors: VectorSignals,
    calibration: Calibration,
    indexes: Indexes | None = None,
) -> tuple[CriterionMatch, ...]:
    """Ranks the dossier's sentences for every question and orders each criterion's evidence."""
    if not field.sentences or not questions:
        return tuple(_nothing(name, [questions[row] for row in rows]) for name, rows in subject_rows(questions))
    return matches_of(questions, field, compute_features(questions, field, vectors, indexes), calibration)


def matches_of(
    questions: Sequence[Question], field: EvidenceCandidates, features: Array, calibration: Calibration
) -> tuple[CriterionMatch, ...]:
    """The matches that signals of shape (questions, sentences, names) come to."""
    groups = subject_rows(questions)
    likelihood = calibration.signals.likelihood(features)
    rows_of = [rows for _, rows in groups]
    citing = calibration.citing.likelihood(citing_features(likelihood, rows_of, field.section_of, field.texts))
    words = unfolded_words(sum(word_count(text) for text in field.texts), len(groups))
    bar = calibration.bar(len(field.sentences))
    told = _told(citing)
    return tuple(
        _criterion(name, [questions[row].id for row in rows], likelihood[rows], cited, field, bar, words, may)
        for (name, rows), cited, may in zip(groups, citing, told, strict=True)
    )


def _told(citing: Array) -> Served:
    """Which sentences (columns) may speak of which criterion (rows): of the likeliest one, and of those nearly as likely."""
    return np.asarray((citing > TOLD) & (citing > TOLD_BESIDE * citing.max(axis=0)), dtype=np.bool_)


def _criterion(
    name: str,
    requirements: Sequence[str],
    likelihood: Array,
    citing: Array,
    field: EvidenceCandidates,
    bar: float,
    words: int,
    told: Served,
) -> CriterionMatch:
    ids = [sentence.id for sentence in field.sentences]
    serves = serving(likelihood, bar)
    first = unfolded(citing, serves, field.texts, words)
    # A reader who weighs the ranking beside their own choice wants the likeliest first, neighbours or not.
    ranked = unfolded(citing, serves, field.texts, words, beside=1.0)
    order = reading_order([*ranked, *first], citing, field.texts, EVIDENCE_WORDS)
    found = tuple(
        RequirementMatch(
            requirement,
            bool(row.any()),
            tuple(ids[place] for place in best_first(chance) if row[place]),
            tuple(ids[place] for place in best_first(chance)[:NEAREST]),
            _near(chance, 1),
        )
        for requirement, row, chance in zip(requirements, serves, likelihood, strict=True)
    )
    evidence = tuple(ids[place] for place in order)
    may = told | serves.any(axis=0)
    return CriterionMatch(
        name,
        found,
        evidence,
        tuple(ids[place] for place in first),
        _near(likelihood.max(axis=0), TOP),
        tuple(sid for sid, one in zip(ids, may, strict=True) if one),
    )


def _near(chance: Array, top: int) -> float:
    """Mean log odds of the `top` likeliest."""
    best = np.clip(np.sort(chance)[-top:].astype(np.float64), 1e-4, 1 - 1e-4)
    return round(float(np.log(best / (1 - best)).mean()), 4)


def serving(likelihood: Array, bar: float) -> Served:
    """Which sentences (columns) are held to serve which requirement (rows) of one criterion.

    The likeliest ones above `bar`. A requirement with none is not called unfound where one of its nearest sentences
    serves a neighbouring requirement: the two ask for things that are told together.
    """
    serves = np.zeros(likelihood.shape, dtype=bool)
    for row, chance in enumerate(likelihood):
        best = [place for place in best_first(chance)[:PER_REQUIREMENT] if chance[place] >= bar]
        serves[row, best] = True
    together = serves.copy()
    for lone in np.flatnonzero(~serves.any(axis=1)).tolist():
        near = best_first(likelihood[lone])[:NEAREST]
        together[lone, [place for place in near if serves[:, place].any()]] = True
    return together


def with_deliverables(
    matches: Sequence[CriterionMatch],
    questions: Sequence[Question],
    asked: Sequence[Question],
    handed_in: Sequence[DeliverableMatch],
) -> tuple[CriterionMatch, ...]:
    """A requirement is not called unfound where a deliverable on the same thing was found: its sentences stand for it."""
    words = {question.id: question.asked for question in questions}
    there = [(question.asked, match) for question, match in zip(asked, handed_in, strict=True) if match.found]

    def completed(one: RequirementMatch) -> RequirementMatch:
        same = next((match for text, match in there if same_subject(words[one.id], text)), None)
        if one.found or same is None:
            return one
        return replace(one, found=True, sentences=same.sentences)

    return tuple(replace(match, requirements=tuple(completed(one) for one in match.requirements)) for match in matches)


def subject_rows(questions: Sequence[Question]) -> list[tuple[str, list[int]]]:
    """Each criterion (or deliverable) with the rows of its questions, in order."""
    return [
        (name, list(rows)) for name, rows in groupby(range(len(questions)), key=lambda row: questions[row].subject_id)
    ]


def _nothing(name: str, questions: Sequence[Question]) -> CriterionMatch:
    return CriterionMatch(name, tuple(RequirementMatch(q.id, False, (), ()) for q in questions), ())
