"""Drafts shown to a trainer by their owner: who sees which, since when, and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from assistant.store.ids import new_id
from assistant.store.tables import SHARES


@dataclass(frozen=True, slots=True)
class ShareRecord:
    """A dossier that a person sees besides its owner."""

    dossier: str
    person: str
    since: datetime


class Shares:
    """The shares, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def share(self, dossier: str, person: str) -> None:
        """Shows a dossier to a person; once is enough."""
        if any(one.person == person for one in self.of_dossier(dossier)):
            return
        self._connection.execute(
            insert(SHARES).values(id=new_id(), dossier=dossier, person=person, since=datetime.now(UTC), ended=None)
        )

    def end(self, dossier: str, person: str) -> None:
        """Shows it no more; that it was shown stays known."""
        here = (SHARES.c.dossier == dossier, SHARES.c.person == person, SHARES.c.ended.is_(None))
        self._connection.execute(update(SHARES).where(*here).values(ended=datetime.now(UTC)))

    def of_dossier(self, dossier: str) -> tuple[ShareRecord, ...]:
        """Who sees it now, the first first."""
        return self.of_dossiers([dossier]).get(dossier, ())

    def of_dossiers(self, dossiers: Iterable[str]) -> Mapping[str, tuple[ShareRecord, ...]]:
        """Who sees which of these now. One statement."""
        query = select(SHARES).where(SHARES.c.dossier.in_(sorted(set(dossiers))), SHARES.c.ended.is_(None))
        found: dict[str, list[ShareRecord]] = {}
        for row in self._connection.execute(query.order_by(SHARES.c.since, SHARES.c.id)):
            found.setdefault(row.dossier, []).append(ShareRecord(row.dossier, row.person, row.since))
        return {name: tuple(rows) for name, rows in found.items()}

    def with_person(self, person: str) -> tuple[ShareRecord, ...]:
        """What a person is shown now, the first first."""
        query = select(SHARES).where(SHARES.c.person == person, SHARES.c.ended.is_(None))
        rows = self._connection.execute(query.order_by(SHARES.c.since, SHARES.c.id))
        return tuple(ShareRecord(row.dossier, row.person, row.since) for row in rows)
