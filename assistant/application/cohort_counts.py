"""From pre-reads to a cohort's counts: states of every dossier, and which requirements are most often without passages.

With a model each dossier's own full reading says what was found. Without one, the states of all dossiers are estimated
together (`matching.coverage`): a single dossier's are true too seldom to be counted.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.cohort_report import (
    CohortDossier,
    CohortReport,
    CriterionCount,
    CriterionState,
    MissingRequirement,
    PresenceState,
)
from assistant.matching.coverage import Coverage, CoveragePart, Presence, states
from assistant.referentiel.model import Criterion

Mode = Literal["model", "without"]
MOST_MISSING = 3
EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class Member:
    """One dossier of a cohort; no coverage where its file could not be read, or not yet."""

    name: str
    coverage: Coverage | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A cohort counted: `missing[name][criterion]` are the requirements without passages; `mode` says how it was found."""

    report: CohortReport
    missing: Sequence[Mapping[str, tuple[str, ...]]]
    mode: Mode


def mode_of(members: Sequence[Member]) -> Mode:
    """With a model only when every dossier was read with one."""
    read = [one.coverage for one in members if one.coverage is not None]
    return "model" if read and all(one.drafter != EXTRACTIVE for one in read) else "without"


def counted(members: Sequence[Member], criteria: Sequence[Criterion]) -> Counted:
    """The states of every member and the counts of every criterion, in the given orders."""
    written = [criterion.id for criterion in criteria if not criterion.oral_only]
    estimated = _estimated(members, written)
    usual = _usual(members)
    rows, missing = [], []
    for member, estimate in zip(members, estimated, strict=True):
        parts = {part.id: part for part in member.coverage.criteria} if member.coverage else {}
        found = {one.id: _state(one, parts.get(one.id), estimate.get(one.id)) for one in criteria}
        rows.append(
            CohortDossier(
                file=member.name, criteria=tuple(CriterionState(id=name, state=state) for name, state in found.items())
            )
        )
        missing.append({name: _missing(part, found[name], usual) for name, part in parts.items() if name in found})
    counts = tuple(_count(one.id, place, rows, missing) for place, one in enumerate(criteria))
    return Counted(CohortReport(dossiers=tuple(rows), criteria=counts), missing, mode_of(members))


def _estimated(members: Sequence[Member], criteria: Sequence[str]) -> list[dict[str, Presence]]:
    """Of those read without a model; nothing of the others."""
    asked = [one.coverage if one.coverage and one.coverage.drafter == EXTRACTIVE else None for one in members]
    known = iter(states([one for one in asked if one is not None], criteria))
    return [next(known) if one is not None else {} for one in asked]


def _state(criterion: Criterion, part: CoveragePart | None, estimate: Presence | None) -> PresenceState:
    if criterion.oral_only:
        return "oral_only"
    if part is None:
        return "unread"
    seen = set(part.states.values())
    if seen == {"unread"}:
        return "unread"
    if estimate is not None:
        return estimate
    if "found" not in seen:
        return "not_found"
    return "found" if seen <= {"found", "oral_only"} else "partial"


def _usual(members: Sequence[Member]) -> Mapping[str, float]:
    """How near the dossiers come to each requirement, on average."""
    near: dict[str, list[float]] = {}
    for member in members:
        for part in member.coverage.criteria if member.coverage else ():
            for name, value in part.requirements.items():
                near.setdefault(name, []).append(value)
    return {name: sum(values) / len(values) for name, values in near.items()}


def _missing(part: CoveragePart, state: PresenceState, usual: Mapping[str, float]) -> tuple[str, ...]:
    """All of them where nothing was found; where a part was, those not found, or the one that is least near."""
    asked = [name for name, one in part.states.items() if one != "oral_only"]
    if state == "not_found":
        return tuple(asked)
    if state != "partial":
        return ()
    unfound = [name for name, one in part.states.items() if one == "not_found"]
    if unfound and len(unfound) < len(asked):
        return tuple(unfound)
    near = [name for name in asked if name in part.requirements]
    return (min(near, key=lambda name: part.requirements[name] - usual[name]),) if len(near) > 1 else ()


def _count(
    name: str, place: int, rows: Sequence[CohortDossier], missing: Sequence[Mapping[str, tuple[str, ...]]]
) -> CriterionCount:
    seen = Counter(row.criteria[place].state for row in rows)
    unfound = Counter(requirement for one in missing for requirement in one.get(name, ()))
    most = sorted(unfound.items(), key=lambda one: (-one[1], one[0]))[:MOST_MISSING]
    return CriterionCount(
        id=name,
        with_=seen["found"],
        partly=seen["partial"],
        without=seen["not_found"],
        most_missing=tuple(MissingRequirement(requirement=one, dossiers=count) for one, count in most),
    )
