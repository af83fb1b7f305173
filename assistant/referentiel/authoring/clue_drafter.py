"""Requirements and clues of a new référentiel, drafted by a model for a person to check."""

from dataclasses import dataclass

from assistant.llm.answers import CluesAnswer, ClueSet
from assistant.llm.client import Meter, ModelClient
from assistant.llm.prompts import load_prompt
from assistant.referentiel.model import Criterion, Referentiel, Requirement
from assistant.text import fold, stems

PARTED = " … "
MOST_CLUES = 15


@dataclass(frozen=True, slots=True)
class DraftedClues:
    """The référentiel with its new requirements, and how much of the answers was left out and why."""

    referentiel: Referentiel
    drafted: int
    strayed: int
    """Requirements that were not the criterion's own words; the whole criterion stands in their place."""
    repeated: int
    """Clues that another requirement has already, or that only repeat the criterion."""


def with_clues(referentiel: Referentiel, client: ModelClient, budget: int) -> DraftedClues:
    """Fills in the criteria that have no requirements yet; the others stay as they are. Raises the ModelErrors."""
    meter = Meter(budget)
    known = {fold(clue) for c in referentiel.criteria() for r in c.requirements for clue in r.clues}
    counts = {"drafted": 0, "strayed": 0, "repeated": 0}
    blocs = []
    for bloc in referentiel.blocs:
        criteria = [
            criterion if criterion.requirements else _filled(criterion, client, meter, known, counts)
            for criterion in bloc.criteria
        ]
        blocs.append(bloc.model_copy(update={"criteria": tuple(criteria)}))
    return DraftedClues(referentiel.model_copy(update={"blocs": tuple(blocs)}), **counts)


def _filled(
    criterion: Criterion, client: ModelClient, meter: Meter, known: set[str], counts: dict[str, int]
) -> Criterion:
    asked = "\n".join(text for text in (criterion.lead, criterion.text, *criterion.indicators) if text)
    answer = client.ask(load_prompt("clues").filled(criterion=asked), CluesAnswer, meter).value
    counts["drafted"] += 1
    sound = [one for one in answer.requirements if _stands_in(one.requirement, asked)]
    counts["strayed"] += len(answer.requirements) - len(sound)
    every = [clue for one in answer.requirements for clue in one.clues]
    sets = sound or [ClueSet(requirement=criterion.text, clues=every)]
    requirements = []
    for number, one in enumerate(sets, start=1):
        clues = [clue.strip() for clue in one.clues if _is_new(clue, asked, known)]
        counts["repeated"] += len(one.clues) - len(clues)
        requirements.append(
            Requirement(id=f"{criterion.id}.r{number}", text=one.requirement.strip(), clues=tuple(clues[:MOST_CLUES]))
        )
    return criterion.model_copy(update={"requirements": tuple(requirements)})


def _stands_in(requirement: str, asked: str) -> bool:
    """Whether every fragment is the criterion's own words."""
    return all(fold(fragment).strip() in fold(asked) for fragment in requirement.split(PARTED))


def _is_new(clue: str, asked: str, known: set[str]) -> bool:
    """Not said before, and more than the criterion's own words; remembers it."""
    if fold(clue) in known or not set(stems(clue)) - set(stems(asked)):
        return False
    known.add(fold(clue))
    return True
