"""What people write, kept for ever: each change is a new version, none is overwritten, two windows cannot collide."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from assistant.errors import AccessDenied, EditConflict, StoreError
from assistant.review.tables import ENTRIES
from assistant.store.engine import writing

LONGEST = 200_000
"""Characters of one value."""
TOPIC = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """The value of a topic at one version; `version` is 0 where nothing was written yet."""

    topic: str
    value: Any = None
    version: int = 0
    written: datetime | None = None


class Ledger:
    """The writings of one database, by space, author and topic. Who may read or write is decided above."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, space: str, author: str, topic: str) -> Entry:
        """The latest version."""
        with writing(self._engine) as connection:
            return _latest(connection, space, author, topic)

    def all(self, space: str, author: str) -> Mapping[str, Entry]:
        """The latest version of every topic this author wrote in a space."""
        last = (
            select(ENTRIES.c.topic, func.max(ENTRIES.c.version).label("version"))
            .where(ENTRIES.c.space == space, ENTRIES.c.author == author)
            .group_by(ENTRIES.c.topic)
            .subquery()
        )
        query = select(ENTRIES.c.topic, ENTRIES.c.value, ENTRIES.c.version, ENTRIES.c.written).join(
            last, and_(ENTRIES.c.topic == last.c.topic, ENTRIES.c.version == last.c.version)
        )
        with writing(self._engine) as connection:
            rows = connection.execute(query.where(ENTRIES.c.space == space, ENTRIES.c.author == author)).all()
        return {row.topic: _entry(row) for row in rows}

    def history(self, space: str, author: str, topic: str) -> tuple[Entry, ...]:
        """Every version, the latest first."""
        with writing(self._engine) as connection:
            rows = connection.execute(_versions(space, author, topic)).all()
        return tuple(_entry(row) for row in rows)

    def write(self, space: str, author: str, topic: str, value: Any, base: int, *, unless: str | None = None) -> Entry:
        """Adds a version after version `base`; the same value again adds nothing.

        Raises EditConflict when the topic was changed elsewhere since `base`, StoreError when the value is too long, and
        AccessDenied when the author's topic `unless` is set: looked up in the same transaction, so that nothing is
        written after a lock.
        """
        # Escaped: a text may hold half a character, which a database cannot.
        written = json.dumps(value, sort_keys=True)
        if len(json.dumps(value, ensure_ascii=False)) > LONGEST or len(topic) > TOPIC:
            raise StoreError(
                "Ce texte est trop long pour être enregistré\u00a0: répartissez-le sur plusieurs critères."
            )
        with writing(self._engine) as connection:
            _one_at_a_time(connection, space, author)
            if unless is not None and _latest(connection, space, author, unless).value:
                raise AccessDenied("Votre lecture est verrouillée\u00a0: elle ne change plus.")
            latest = _latest(connection, space, author, topic)
            if latest.version and latest.value == value:
                return latest
            if latest.version != base:
                raise EditConflict(
                    "Ce texte a été modifié dans une autre fenêtre\u00a0: rien n’a été remplacé, choisissez celui à garder."
                )
            entry = Entry(topic, value, base + 1, datetime.now(UTC))
            try:
                connection.execute(
                    insert(ENTRIES).values(
                        space=space,
                        author=author,
                        topic=topic,
                        version=entry.version,
                        value=written,
                        written=entry.written,
                    )
                )
            except IntegrityError as error:
                raise EditConflict("Ce texte vient d’être modifié ailleurs\u00a0: rechargez la page.") from error
        return entry

    def put(self, space: str, author: str, topic: str, value: Any, *, unless: str | None = None) -> Entry:
        """Adds a version whatever came before: for facts that one click states and that no window edits as a text."""
        for _ in range(3):
            try:
                base = self.read(space, author, topic).version
                return self.write(space, author, topic, value, base, unless=unless)
            except EditConflict:
                continue
        return self.write(space, author, topic, value, self.read(space, author, topic).version, unless=unless)


def _one_at_a_time(connection: Connection, space: str, author: str) -> None:
    """SQLite has one writer anyway; PostgreSQL is told to let one transaction at a time write for this author here."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"{space}/{author}"})


def _versions(space: str, author: str, topic: str) -> Any:
    return (
        select(ENTRIES.c.topic, ENTRIES.c.value, ENTRIES.c.version, ENTRIES.c.written)
        .where(ENTRIES.c.space == space, ENTRIES.c.author == author, ENTRIES.c.topic == topic)
        .order_by(ENTRIES.c.version.desc())
    )


def _latest(connection: Connection, space: str, author: str, topic: str) -> Entry:
    row = connection.execute(_versions(space, author, topic).limit(1)).first()
    return _entry(row) if row else Entry(topic)


def _entry(row: Any) -> Entry:
    written = row.written if row.written.tzinfo else row.written.replace(tzinfo=UTC)
    return Entry(row.topic, json.loads(row.value), row.version, written)
