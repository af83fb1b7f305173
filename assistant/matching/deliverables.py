"""Looking for the deliverables: the documents the référentiel asks to be handed in."""

from collections.abc import Sequence

from assistant.matching.question import Question
from assistant.referentiel.model import Criterion, Deliverable, EvidenceKind
from assistant.text import stems

SHARED_WORDS = 0.6
"""A requirement speaks of a deliverable when this share of the shorter one's stems stands in the other."""


def deliverable_questions(deliverables: Sequence[Deliverable], criteria: Sequence[Criterion]) -> tuple[Question, ...]:
    """One question per deliverable: its own words, with the clues of the requirements that speak of the same thing."""
    return tuple(_question(deliverable, criteria) for deliverable in deliverables)


def _question(deliverable: Deliverable, criteria: Sequence[Criterion]) -> Question:
    clues: list[str] = []
    counter_clues: list[str] = []
    kinds: list[EvidenceKind] = []
    for criterion in criteria:
        for requirement in criterion.requirements:
            if same_subject(requirement.text, deliverable.text):
                clues += requirement.clues
                counter_clues += requirement.counter_clues
                kinds += requirement.kinds
    return Question(
        deliverable.id,
        deliverable.id,
        deliverable.text,
        deliverable.text,
        tuple(dict.fromkeys(clues)),
        tuple(dict.fromkeys(counter_clues)),
        tuple(dict.fromkeys(kinds)) or ("text",),
    )


def same_subject(requirement: str, deliverable: str) -> bool:
    """Whether a requirement and a deliverable speak of the same thing, by their words."""
    asked, handed = set(stems(requirement)), set(stems(deliverable))
    smaller = min(len(asked), len(handed))
    return smaller > 0 and len(asked & handed) / smaller >= SHARED_WORDS
