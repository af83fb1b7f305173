"""What is asked of a dossier: one question per requirement, with everything that is searched for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.matching.lending import ENOUGH, Lenders, Lent, catalogue_lenders
from assistant.referentiel.model import Criterion, EvidenceKind


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for one requirement, or for one deliverable.

    `subject_id` and `subject` are the id and the words of the criterion that asks it (of the deliverable itself);
    `asked` the requirement's own words; `needs` ids of the questions beside which alone this one is met; `lent` what the
    catalogue lends where the requirement has hardly a clue of its own.
    """

    id: str
    subject_id: str
    asked: str
    subject: str
    clues: tuple[str, ...]
    counter_clues: tuple[str, ...]
    kinds: tuple[EvidenceKind, ...]
    needs: tuple[str, ...] = ()
    lent: Lent = ()

    @property
    def phrasings(self) -> tuple[str, ...]:
        """The texts that are embedded in the vector store for this requirement."""
        return (self.asked, *self.clues)


def questions_of(
    criteria: Iterable[Criterion], lenders: Callable[[], Lenders] = catalogue_lenders
) -> tuple[Question, ...]:
    """The questions of some criteria, in the grid's order; `lenders` are asked for only where something is borrowed."""
    return tuple(
        Question(
            requirement.id,
            criterion.id,
            requirement.text,
            subject,
            requirement.clues,
            requirement.counter_clues,
            requirement.kinds,
            requirement.needs,
            lenders().words(requirement.text, criterion.text) if len(requirement.clues) < ENOUGH else (),
        )
        for criterion in criteria
        for subject in [" ".join(part for part in (criterion.lead, criterion.text, *criterion.indicators) if part)]
        for requirement in criterion.asked
    )
