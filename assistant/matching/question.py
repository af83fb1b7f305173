"""What is asked of a dossier: one question per requirement, with everything that is searched for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.referentiel.model import Criterion, EvidenceKind


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for one requirement, or for one deliverable.

    `subject_id` and `subject` are the id and the words of the criterion that asks it (of the deliverable itself);
    `asked` the requirement's own words; `needs` ids of the questions beside which alone this one is met.
    """

    id: str
    subject_id: str
    asked: str
    subject: str
    clues: tuple[str, ...]
    counter_clues: tuple[str, ...]
    kinds: tuple[EvidenceKind, ...]
    needs: tuple[str, ...] = ()

    @property
    def phrasings(self) -> tuple[str, ...]:
        """The texts that are embedded in the vector store for this requirement."""
        return (self.asked, *self.clues)


def questions_of(criteria: Iterable[Criterion]) -> tuple[Question, ...]:
    """The questions of some criteria, in the grid's order."""
    return tuple(
        Question(
            requirement.id,
            criterion.id,
            requirement.text,
            " ".join(part for part in (criterion.lead, criterion.text, *criterion.indicators) if part),
            requirement.clues,
            requirement.counter_clues,
            requirement.kinds,
            requirement.needs,
        )
        for criterion in criteria
        for requirement in criterion.asked
    )
