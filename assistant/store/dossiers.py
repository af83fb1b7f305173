"""Dossiers: an ordered list of files, each by its hash; a file that is replaced or taken away stays in the history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, exists, func, insert, select, update

from assistant.errors import StoreError
from assistant.store.ids import new_id
from assistant.store.names import kept_name
from assistant.store.tables import DOSSIER_FILES, DOSSIERS

FileKind = Literal["main", "annex", "deliverable"]
LONGEST_NAME = 200
LONGEST_TITLE = 255


@dataclass(frozen=True, slots=True)
class DossierFile:
    """A file of a dossier at its place (from 0); `removed` when it is not part of it any more."""

    position: int
    sha256: str
    name: str
    kind: FileKind
    added: datetime
    removed: datetime | None


@dataclass(frozen=True, slots=True)
class DossierRecord:
    """A dossier with its present files, in order. `withdrawn`: when its owner or candidate took it back."""

    id: str
    owner: str
    candidate_name: str
    company: str
    title: str
    created: datetime
    withdrawn: datetime | None
    files: tuple[DossierFile, ...] = ()


class Dossiers:
    """The dossiers, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, owner: str, title: str, candidate_name: str = "", company: str = "") -> DossierRecord:
        """A new dossier, with no file yet."""
        made = DossierRecord(
            new_id(),
            owner,
            kept_name(candidate_name, LONGEST_NAME),
            kept_name(company, LONGEST_NAME),
            kept_name(title, LONGEST_TITLE),
            datetime.now(UTC),
            None,
        )
        self._connection.execute(
            insert(DOSSIERS).values(
                id=made.id,
                owner=owner,
                candidate_name=made.candidate_name,
                company=made.company,
                title=made.title,
                created=made.created,
                withdrawn=None,
            )
        )
        return made

    def take_up(self, dossier: str, owner: str, title: str, candidate_name: str, company: str) -> bool:
        """What a dossier that never had a file becomes when its files come; whether it is such a one."""
        never = ~exists().where(DOSSIER_FILES.c.dossier == DOSSIERS.c.id)
        made = self._connection.execute(
            update(DOSSIERS)
            .where(DOSSIERS.c.id == dossier, DOSSIERS.c.withdrawn.is_(None), never)
            .values(
                owner=owner,
                title=kept_name(title, LONGEST_TITLE),
                candidate_name=kept_name(candidate_name, LONGEST_NAME),
                company=kept_name(company, LONGEST_NAME),
            )
        )
        return bool(made.rowcount)

    def get(self, dossier: str) -> DossierRecord | None:
        return self.many([dossier]).get(dossier)

    def many(self, dossiers: Iterable[str]) -> Mapping[str, DossierRecord]:
        """Those of these ids that exist, with their present files. Two statements."""
        names = sorted(set(dossiers))
        rows = self._connection.execute(select(DOSSIERS).where(DOSSIERS.c.id.in_(names))).all()
        query = select(DOSSIER_FILES).where(DOSSIER_FILES.c.dossier.in_(names), DOSSIER_FILES.c.removed.is_(None))
        files: dict[str, list[DossierFile]] = {}
        for row in self._connection.execute(query.order_by(DOSSIER_FILES.c.position, DOSSIER_FILES.c.id)):
            files.setdefault(row.dossier, []).append(_file(row))
        return {row.id: _record(row, files.get(row.id, ())) for row in rows}

    def of_owner(self, owner: str) -> tuple[DossierRecord, ...]:
        """What one person handed in and did not withdraw, the latest first."""
        query = select(DOSSIERS.c.id).where(DOSSIERS.c.owner == owner, DOSSIERS.c.withdrawn.is_(None))
        names = [row.id for row in self._connection.execute(query.order_by(DOSSIERS.c.created.desc(), DOSSIERS.c.id))]
        records = self.many(names)
        return tuple(records[name] for name in names)

    def name_candidate(self, dossier: str, candidate_name: str, company: str) -> None:
        """Says whose dossier it is."""
        self._connection.execute(
            update(DOSSIERS)
            .where(DOSSIERS.c.id == dossier)
            .values(candidate_name=kept_name(candidate_name, LONGEST_NAME), company=kept_name(company, LONGEST_NAME))
        )

    def add_file(self, dossier: str, sha256: str, name: str, kind: FileKind = "main") -> int:
        """Adds a file at the end; returns its position."""
        last = self._connection.execute(
            select(func.max(DOSSIER_FILES.c.position)).where(DOSSIER_FILES.c.dossier == dossier)
        ).scalar_one()
        position = 0 if last is None else last + 1
        self._insert(dossier, position, sha256, name, kind)
        return position

    def replace_file(self, dossier: str, position: int, sha256: str, name: str) -> None:
        """Puts a file in the place of the one at `position`, which stays in the history.

        Raises StoreError when none is there.
        """
        kind = self.remove_file(dossier, position)
        self._insert(dossier, position, sha256, name, kind)

    def remove_file(self, dossier: str, position: int) -> FileKind:
        """Takes a file away; it stays in the history. Returns what it was. Raises StoreError when none is there."""
        here = (
            DOSSIER_FILES.c.dossier == dossier,
            DOSSIER_FILES.c.position == position,
            DOSSIER_FILES.c.removed.is_(None),
        )
        kind: FileKind | None = self._connection.execute(select(DOSSIER_FILES.c.kind).where(*here)).scalar_one_or_none()
        if kind is None:
            raise StoreError("Ce fichier n’est plus dans le dossier\u00a0: rechargez la page.")
        self._connection.execute(update(DOSSIER_FILES).where(*here).values(removed=datetime.now(UTC)))
        return kind

    def withdraw(self, dossier: str) -> None:
        """Marks a dossier as taken back; its files and history stay until they are erased by whoever may."""
        self._connection.execute(
            update(DOSSIERS)
            .where(DOSSIERS.c.id == dossier, DOSSIERS.c.withdrawn.is_(None))
            .values(withdrawn=datetime.now(UTC))
        )

    def history(self, dossier: str) -> tuple[DossierFile, ...]:
        """Every file there ever was, in the order in which they came."""
        query = select(DOSSIER_FILES).where(DOSSIER_FILES.c.dossier == dossier).order_by(DOSSIER_FILES.c.id)
        return tuple(_file(row) for row in self._connection.execute(query))

    def _insert(self, dossier: str, position: int, sha256: str, name: str, kind: FileKind) -> None:
        self._connection.execute(
            insert(DOSSIER_FILES).values(
                dossier=dossier,
                position=position,
                sha256=sha256,
                name=_file_name(name),
                kind=kind,
                added=datetime.now(UTC),
                removed=None,
            )
        )


def _file_name(name: str) -> str:
    """Its end is kept where it is too long: it says what the file is."""
    whole = kept_name(name, 10 * LONGEST_TITLE)
    return whole if len(whole) <= LONGEST_TITLE else f"{whole[: LONGEST_TITLE - 21]}…{whole[-20:]}"


def _file(row: Row[Any]) -> DossierFile:
    return DossierFile(row.position, row.sha256, row.name, row.kind, row.added, row.removed)


def _record(row: Row[Any], files: Sequence[DossierFile]) -> DossierRecord:
    return DossierRecord(
        row.id, row.owner, row.candidate_name, row.company, row.title, row.created, row.withdrawn, tuple(files)
    )
