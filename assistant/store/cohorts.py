"""Cohorts: a trainer's group of dossiers for one référentiel, numbered as they came, and the examples chosen from them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from assistant.store.ids import new_id
from assistant.store.names import kept_name
from assistant.store.tables import COHORT_DOSSIERS, COHORTS, COVERAGES, EXAMPLES

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class CohortRecord:
    """A cohort that is not closed."""

    id: str
    owner: str
    title: str
    referentiel_sha256: str
    referentiel_id: str
    blocs: tuple[str, ...]
    created: datetime


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A dossier of a cohort, by its number there (from 1)."""

    dossier: str
    number: int


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """A sentence of a pre-read that was chosen for a criterion."""

    id: str
    dossier: str
    preread: str
    criterion: str
    sentence: str


class Cohorts:
    """The cohorts, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, owner: str, title: str, referentiel_sha256: str, referentiel_id: str, blocs: Sequence[str]
    ) -> CohortRecord:
        """A new cohort, with no dossier yet."""
        made = CohortRecord(
            new_id(),
            owner,
            kept_name(title, LONGEST_TITLE),
            referentiel_sha256,
            referentiel_id,
            tuple(blocs),
            datetime.now(UTC),
        )
        self._connection.execute(
            insert(COHORTS).values(
                id=made.id, owner=owner, title=made.title, referentiel_sha256=referentiel_sha256,
                referentiel_id=referentiel_id, blocs=json.dumps(list(blocs)), created=made.created, closed=None,
            )
        )  # fmt: skip
        return made

    def get(self, cohort: str) -> CohortRecord | None:
        """None also for one that is closed."""
        row = self._connection.execute(
            select(COHORTS).where(COHORTS.c.id == cohort, COHORTS.c.closed.is_(None))
        ).first()
        return _cohort(row) if row else None

    def of_owner(self, owner: str) -> tuple[CohortRecord, ...]:
        """Those of one person, the latest first."""
        query = select(COHORTS).where(COHORTS.c.owner == owner, COHORTS.c.closed.is_(None))
        rows = self._connection.execute(query.order_by(COHORTS.c.created.desc(), COHORTS.c.id))
        return tuple(_cohort(row) for row in rows)

    def close(self, cohort: str) -> None:
        """Takes a cohort out of the lists; its dossiers stay their owners'."""
        self._connection.execute(update(COHORTS).where(COHORTS.c.id == cohort).values(closed=datetime.now(UTC)))

    def join(self, cohort: str, dossier: str) -> int:
        """Puts a dossier in; its number, which it keeps when it leaves and comes back."""
        here = (COHORT_DOSSIERS.c.cohort == cohort, COHORT_DOSSIERS.c.dossier == dossier)
        known: int | None = self._connection.execute(select(COHORT_DOSSIERS.c.number).where(*here)).scalar_one_or_none()
        if known is not None:
            self._connection.execute(update(COHORT_DOSSIERS).where(*here).values(removed=None))
            return known
        last = self._connection.execute(
            select(func.max(COHORT_DOSSIERS.c.number)).where(COHORT_DOSSIERS.c.cohort == cohort)
        ).scalar_one()
        number = (last or 0) + 1
        self._connection.execute(
            insert(COHORT_DOSSIERS).values(
                cohort=cohort, dossier=dossier, number=number, added=datetime.now(UTC), removed=None
            )
        )
        return number

    def leave(self, cohort: str, dossier: str) -> None:
        """Takes a dossier out."""
        self._connection.execute(
            update(COHORT_DOSSIERS)
            .where(COHORT_DOSSIERS.c.cohort == cohort, COHORT_DOSSIERS.c.dossier == dossier)
            .values(removed=datetime.now(UTC))
        )

    def members(self, cohort: str) -> tuple[MemberRecord, ...]:
        """Its dossiers, by number."""
        query = select(COHORT_DOSSIERS).where(COHORT_DOSSIERS.c.cohort == cohort, COHORT_DOSSIERS.c.removed.is_(None))
        rows = self._connection.execute(query.order_by(COHORT_DOSSIERS.c.number))
        return tuple(MemberRecord(row.dossier, row.number) for row in rows)

    def choose(self, cohort: str, dossier: str, preread: str, criterion: str, sentence: str) -> None:
        """Keeps a sentence as an example; once is enough."""
        if any(
            (one.preread, one.criterion, one.sentence) == (preread, criterion, sentence)
            for one in self.examples(cohort)
        ):
            return
        self._connection.execute(
            insert(EXAMPLES).values(
                id=new_id(), cohort=cohort, dossier=dossier, preread=preread, criterion=criterion, sentence=sentence,
                chosen=datetime.now(UTC),
            )
        )  # fmt: skip

    def drop(self, cohort: str, example: str) -> None:
        """Keeps it no more."""
        self._connection.execute(delete(EXAMPLES).where(EXAMPLES.c.cohort == cohort, EXAMPLES.c.id == example))

    def examples(self, cohort: str) -> tuple[ExampleRecord, ...]:
        """What was chosen, in the order it was."""
        rows = self._connection.execute(
            select(EXAMPLES).where(EXAMPLES.c.cohort == cohort).order_by(EXAMPLES.c.chosen, EXAMPLES.c.id)
        )
        return tuple(ExampleRecord(row.id, row.dossier, row.preread, row.criterion, row.sentence) for row in rows)


class Coverages:
    """What cohorts are counted from, by pre-read, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, preread: str, payload: str) -> None:
        """Keeps it; the one there was before is replaced."""
        self._connection.execute(delete(COVERAGES).where(COVERAGES.c.preread == preread))
        self._connection.execute(insert(COVERAGES).values(preread=preread, payload=payload))

    def many(self, prereads: Iterable[str]) -> Mapping[str, str]:
        """Those of these pre-reads that have one. One statement."""
        rows = self._connection.execute(select(COVERAGES).where(COVERAGES.c.preread.in_(sorted(set(prereads)))))
        return {row.preread: row.payload for row in rows}


def _cohort(row: Row[Any]) -> CohortRecord:
    return CohortRecord(
        row.id, row.owner, row.title, row.referentiel_sha256, row.referentiel_id, tuple(json.loads(row.blocs)),
        row.created,
    )  # fmt: skip
