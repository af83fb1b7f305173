"""Référentiels as they were used: the whole text of every version, by its hash. What it says is read in `referentiel`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256 as hashed

from sqlalchemy import Connection, insert, select

from assistant.errors import StoreError
from assistant.store.tables import REFERENTIELS


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version, whole: `content` is the file's text, whose UTF-8 bytes have the hash `sha256`."""

    sha256: str
    id: str
    version: str
    title: str
    content: str
    kept: datetime


class Referentiels:
    """The snapshots, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, sha256: str, id: str, version: str, title: str, content: str) -> None:
        """Keeps a version; one that is kept already stays as it is.

        Raises StoreError when hash and text do not go together.
        """
        if hashed(content.encode()).hexdigest() != sha256:
            raise StoreError("Ce référentiel ne correspond pas à son empreinte\u00a0: rechargez-le.")
        if self._connection.execute(
            select(REFERENTIELS.c.sha256).where(REFERENTIELS.c.sha256 == sha256)
        ).scalar_one_or_none():
            return
        values = {
            "sha256": sha256,
            "id": id,
            "version": version[:60],
            "title": title[:300],
            "content": content,
            "kept": datetime.now(UTC),
        }
        if self._connection.dialect.name == "postgresql":
            from sqlalchemy.dialects import postgresql

            self._connection.execute(postgresql.insert(REFERENTIELS).values(**values).on_conflict_do_nothing())
        else:
            self._connection.execute(insert(REFERENTIELS).values(**values))

    def get(self, sha256: str) -> Snapshot | None:
        """The version of this hash, or None. Raises StoreError when its text was altered in the database."""
        row = self._connection.execute(select(REFERENTIELS).where(REFERENTIELS.c.sha256 == sha256)).first()
        if row is None:
            return None
        if hashed(row.content.encode()).hexdigest() != sha256:
            raise StoreError("Le texte de ce référentiel a été modifié dans la base\u00a0: prévenez l’administrateur.")
        return Snapshot(row.sha256, row.id, row.version, row.title, row.content, row.kept)

    def versions(self, id: str) -> tuple[Snapshot, ...]:
        """Every version kept of one référentiel, the latest kept first."""
        query = select(REFERENTIELS).where(REFERENTIELS.c.id == id)
        rows = self._connection.execute(query.order_by(REFERENTIELS.c.kept.desc(), REFERENTIELS.c.sha256))
        return tuple(Snapshot(row.sha256, row.id, row.version, row.title, row.content, row.kept) for row in rows)
