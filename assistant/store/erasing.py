"""Takes whole dossiers out of the database for good: rows, what was read of them, and the room they took on the disk."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, or_, select, update

from assistant.store.tables import (
    CANDIDACIES,
    DOSSIER_FILES,
    DOSSIERS,
    METADATA,
    PREREADS,
    RESULTS,
    SEATS,
    STEPS,
)

OWN_WAY = frozenset({"candidacies", "dossier_files", "results", "prereads", "dossiers", "seats"})
"""Tables that are emptied in an order of their own; any other that names a dossier, pre-read or candidacy goes first."""


class Erasing:
    """What a purge needs of the database, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def files_of(self, dossiers: Sequence[str]) -> frozenset[str]:
        """Every file these dossiers ever had, by hash."""
        query = select(DOSSIER_FILES.c.sha256).where(DOSSIER_FILES.c.dossier.in_(dossiers))
        return frozenset(self._connection.execute(query).scalars())

    def dossiers_holding(self, files: Iterable[str]) -> frozenset[str]:
        """Every dossier that ever had one of these files."""
        query = select(DOSSIER_FILES.c.dossier).where(DOSSIER_FILES.c.sha256.in_(sorted(set(files))))
        return frozenset(self._connection.execute(query).scalars())

    def in_sessions(self, dossiers: Iterable[str]) -> dict[str, str]:
        """The candidacy that hands in each of these dossiers, where one does."""
        query = select(CANDIDACIES.c.dossier, CANDIDACIES.c.id).where(CANDIDACIES.c.dossier.in_(sorted(set(dossiers))))
        return {row.dossier: row.id for row in self._connection.execute(query)}

    def of_owner(self, owner: str) -> frozenset[str]:
        """The dossiers that somebody handed in."""
        return frozenset(self._connection.execute(select(DOSSIERS.c.id).where(DOSSIERS.c.owner == owner)).scalars())

    def prereads_of(self, dossiers: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._connection.execute(select(PREREADS.c.id).where(PREREADS.c.dossier.in_(dossiers))).scalars())

    def dossier_texts(self, prereads: Sequence[str]) -> tuple[bytes, ...]:
        """The dossiers as they were read for these pre-reads."""
        return tuple(
            self._connection.execute(select(RESULTS.c.dossier).where(RESULTS.c.preread.in_(prereads))).scalars()
        )

    def erase(self, dossiers: Sequence[str], candidacies: Sequence[str]) -> None:
        """Removes these dossiers and candidacies with all that names them. Finished steps all go: they name nobody."""
        prereads = self.prereads_of(dossiers)
        named: dict[str, Sequence[str]] = {"dossier": dossiers, "preread": prereads, "candidacy": candidacies}
        for table in reversed(METADATA.sorted_tables):
            if table.name not in OWN_WAY | {"kept_grids"}:
                conditions = [table.c[name].in_(ids) for name, ids in named.items() if name in table.c]
                if conditions:
                    self._connection.execute(delete(table).where(or_(*conditions)))
        self._connection.execute(delete(STEPS))
        self._connection.execute(delete(SEATS).where(SEATS.c.candidacy.in_(candidacies)))
        self._connection.execute(delete(CANDIDACIES).where(CANDIDACIES.c.id.in_(candidacies)))
        self._connection.execute(delete(RESULTS).where(RESULTS.c.preread.in_(prereads)))
        self._connection.execute(update(PREREADS).where(PREREADS.c.supersedes.in_(prereads)).values(supersedes=None))
        self._connection.execute(delete(PREREADS).where(PREREADS.c.id.in_(prereads)))
        self._connection.execute(delete(DOSSIER_FILES).where(DOSSIER_FILES.c.dossier.in_(dossiers)))
        self._connection.execute(delete(DOSSIERS).where(DOSSIERS.c.id.in_(dossiers)))

    def erase_orphans(self) -> int:
        """Removes every dossier that never had a file and that nothing names any more: a candidate's line in a list,
        whose name and company it still holds. How many."""
        named = [
            exists().where(table.c.dossier == DOSSIERS.c.id)
            for table in METADATA.sorted_tables
            if "dossier" in table.c and table.c.dossier.foreign_keys
        ]
        return self._connection.execute(delete(DOSSIERS).where(~or_(*named))).rowcount

    def still_held(self, files: Iterable[str]) -> frozenset[str]:
        """Those of these files that another dossier has."""
        query = select(DOSSIER_FILES.c.sha256).where(DOSSIER_FILES.c.sha256.in_(sorted(set(files))))
        return frozenset(self._connection.execute(query).scalars())

    def every_text(self) -> Iterable[tuple[str, bytes]]:
        """Every value of every table with where it stands, as bytes: for whoever must show that a word is nowhere."""
        for table in METADATA.sorted_tables:
            for row in self._connection.execute(select(table).execution_options(yield_per=200)).mappings():
                for name, value in row.items():
                    yield f"{table.name}.{name}", _bytes(value)


def make_room(engine: Engine) -> None:
    """Gives back the room that erased rows took, so that nothing of them is left in the file."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw: Any = connection.connection.cursor()
        if sqlite:
            raw.execute("PRAGMA query_only=OFF")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.fetchall()
        else:
            raw.execute("VACUUM FULL")
        raw.close()


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return b"" if value is None else str(value).encode("utf-8", "replace")
