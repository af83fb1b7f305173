"""What a trainer sees of a cohort: its list, its rows by number, its criteria counted, and how far its readings are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.application.cohort_counts import Counted, Mode
from assistant.cohort_report import PresenceState
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.store.cohorts import CohortRecord

MOST_MISSING = 3
Reading = Literal["read", "waiting", "failed"]


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort in the list."""

    id: str
    title: str
    referentiel: str
    dossiers: int


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One dossier, by number; states by criterion. `preread` is None while none of its versions is read.

    `title`: the name of its present file, where it is the trainer's own; `latest` and `reading`: its latest reading and
    where that one stands, `reason` why it failed.
    """

    number: int
    dossier: str
    title: str
    version: int
    preread: str | None
    shared: bool
    states: Mapping[str, PresenceState]
    reading: Reading
    latest: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion over the cohort. `missing`: (requirement's name, dossiers), those most often without passages first;
    `at_first`: how many of the first versions had passages, where there are later ones."""

    id: str
    text: str
    with_all: int
    with_part: int
    without: int
    missing: tuple[tuple[str, int], ...]
    at_first: int | None

    @property
    def read(self) -> int:
        """How many dossiers are counted: those read, where the criterion is asked of what is written."""
        return self.with_all + self.with_part + self.without


@dataclass(frozen=True, slots=True)
class CohortProgress:
    """How many dossiers a cohort received, how many of them are read, wait or are being read, and could not be read."""

    received: int
    read: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class CohortView:
    """A cohort as its trainer sees it."""

    id: str
    title: str
    referentiel: str
    mode: Mode
    rows: tuple[CohortRow, ...]
    criteria: tuple[CriterionLine, ...]

    @property
    def progress(self) -> CohortProgress:
        """How far the readings are."""
        return progress_of([row.reading for row in self.rows])

    @property
    def to_take_up(self) -> tuple[CriterionLine, ...]:
        """The criteria most often without passages, where some are."""
        lacking = [one for one in self.criteria if one.without]
        return tuple(sorted(lacking, key=lambda one: -one.without)[:MOST_MISSING])


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A sentence of a dossier of the cohort, for one criterion."""

    number: int
    dossier: str
    preread: str
    sentence: str
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class SharedDraft:
    """A draft that a candidate shows the trainer, and that is in no list of this cohort yet."""

    dossier: str
    title: str


def progress_of(readings: Sequence[Reading]) -> CohortProgress:
    """Counts where the latest readings of a cohort stand."""
    counts = Counter(readings)
    return CohortProgress(len(readings), counts["read"], counts["waiting"], counts["failed"])


def lines_of(
    loaded: LoadedReferentiel, cohort: CohortRecord, latest: Counted, first: Counted | None
) -> tuple[CriterionLine, ...]:
    """The lines of a cohort counted now (`latest`) and of its first versions (`first`), where there are later ones."""
    criteria = {one.id: one for one in loaded.content.criteria(cohort.blocs)}
    names = {asked.id: asked.name for one in criteria.values() for asked in one.asked}
    before = {one.id: one.with_ + one.partly for one in first.report.criteria} if first else {}
    return tuple(
        CriterionLine(
            one.id,
            criteria[one.id].text,
            one.with_,
            one.partly,
            one.without,
            tuple((names.get(most.requirement, most.requirement), most.dossiers) for most in one.most_missing),
            before.get(one.id),
        )
        for one in latest.report.criteria
    )
