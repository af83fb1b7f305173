"""Do clues find their own requirement? What `prelecture referentiel check` reports about requirements and clues."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.matching.embedding import Embedder, Vectors
from assistant.matching.question import Question, questions_of
from assistant.referentiel.authoring.wording_check import odd_labels, strays, uncovered
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.text import fold

NEUTRAL = (
    "Je remercie toutes les personnes qui m’ont aidé à écrire ce dossier.",
    "Ce document est confidentiel et ne peut être diffusé sans accord.",
    "Sommaire, introduction, conclusion, bibliographie, annexes.",
    "L’entreprise a été créée en 2009 et compte aujourd’hui quelques personnes.",
    "Je suis née à la campagne et j’ai deux enfants.",
    "Après mon baccalauréat, j’ai suivi une autre voie avant de changer de métier.",
    "La ville se trouve à une demi-heure de la mer.",
    "Il a plu toute la semaine et le parking était vide.",
    "Vous trouverez la suite à la page suivante.",
    "Bonne lecture à toutes et à tous.",
)
NEUTRAL_LIMIT = 0.55
"""Cosine above which a clue would also find a sentence that says nothing."""


@dataclass(frozen=True, slots=True)
class ClueReport:
    """Counts of one référentiel, and what a person should look at."""

    criteria: int
    with_requirements: int
    requirements: int
    clues: int
    unlabelled: int
    strays: tuple[str, ...]
    labels: tuple[str, ...]
    uncovered: tuple[str, ...]
    shared: tuple[str, ...]
    misplaced: tuple[str, ...]
    neutral: tuple[str, ...]

    @property
    def wrong(self) -> tuple[str, ...]:
        """What is an error, not only something to look at."""
        return self.strays + self.labels + self.shared


def check(loaded: LoadedReferentiel, embedder: Embedder) -> ClueReport:
    """Checks one référentiel; with the embedded default it takes about a second for a hundred criteria."""
    criteria = tuple(loaded.content.criteria())
    questions = questions_of(criteria)
    clues = [(q, clue) for q in questions for clue in q.clues]
    vectors = embedder.embed([clue for _, clue in clues]) if clues else np.zeros((0, 1), dtype=np.float32)
    missing = ((criterion.id, uncovered(criterion)) for criterion in criteria)
    return ClueReport(
        criteria=len(criteria),
        with_requirements=sum(bool(criterion.requirements) for criterion in criteria),
        requirements=sum(len(criterion.requirements) for criterion in criteria),
        clues=len(clues),
        unlabelled=sum(not requirement.label for criterion in criteria for requirement in criterion.requirements),
        strays=tuple(strays(loaded.content)),
        labels=tuple(odd_labels(loaded.content)),
        uncovered=tuple(f"{name} : {', '.join(words)}" for name, words in missing if words),
        shared=_shared(clues),
        misplaced=_misplaced(questions, clues, vectors, embedder),
        neutral=_neutral(clues, vectors, embedder),
    )


def _shared(clues: Sequence[tuple[Question, str]]) -> tuple[str, ...]:
    """Clues that stand word for word under two criteria."""
    homes = Counter((fold(clue), question.subject_id) for question, clue in clues)
    counts = Counter(text for text, _ in homes)
    return tuple(sorted(text for text, count in counts.items() if count > 1))


def _misplaced(
    questions: Sequence[Question], clues: Sequence[tuple[Question, str]], vectors: Vectors, embedder: Embedder
) -> tuple[str, ...]:
    """Clues that rank another requirement (its words and clues together) higher than their own."""
    if not clues:
        return ()
    place = {question.id: row for row, question in enumerate(questions)}
    home = np.array([place[question.id] for question, _ in clues])
    centres = embedder.embed([question.asked for question in questions]).copy()
    np.add.at(centres, home, vectors)
    near = vectors @ (centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)).T
    best = near.argmax(axis=1)
    return tuple(
        f"{question.id} : « {clue} » → {questions[best[i]].id}"
        for i, (question, clue) in enumerate(clues)
        if best[i] != home[i]
    )


def _neutral(clues: Sequence[tuple[Question, str]], vectors: Vectors, embedder: Embedder) -> tuple[str, ...]:
    if not clues:
        return ()
    nearest = (vectors @ embedder.embed(NEUTRAL).T).max(axis=1)
    return tuple(
        f"{question.id} : « {clue} »"
        for (question, clue), value in zip(clues, nearest, strict=True)
        if value > NEUTRAL_LIMIT
    )
