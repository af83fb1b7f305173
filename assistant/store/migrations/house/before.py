"""The database of version 0002: what of it moves, and how it is cleared away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from assistant.store.migrations.append_only import without_refusal

MOMENT = sa.DateTime(timezone=True)


def _table(name: str, *columns: str, **typed: Any) -> sa.TableClause:
    return sa.table(name, *(sa.column(one) for one in columns), *(sa.column(one, kind) for one, kind in typed.items()))


RUNS = _table(
    "runs", "key", "dossier_sha256", "file", "referentiel", "blocs", "status", "message", "step", "done", "total",
    started=MOMENT, updated=MOMENT,
)  # fmt: skip
SESSIONS = _table(
    "sessions", "id", "title", "referentiel", "blocs", "created_by",
    held=sa.Date(), blind_first=sa.Boolean(), created=MOMENT,
)  # fmt: skip
CANDIDACIES = _table(
    "candidacies", "id", "session", "number", "trainer", "run_key", "file", "accommodations",
    shown_to_jury=sa.Boolean(), created=MOMENT,
)  # fmt: skip
ASSIGNMENTS = _table("assignments", "candidacy", "person", "part", "link")
ENTRIES = _table("entries", "id", "space", "author", "topic", "version", "value", written=MOMENT)
OLD_STEPS = _table("old_steps", "run_key", "name", "payload")


@dataclass(frozen=True)
class Before:
    """All that was in the old tables but the payloads of steps; entries in the order in which they were written."""

    runs: Sequence[Mapping[str, Any]]
    sessions: Sequence[Mapping[str, Any]]
    candidacies: Sequence[Mapping[str, Any]]
    assignments: Sequence[Mapping[str, Any]]
    entries: Sequence[Mapping[str, Any]]


def read(connection: Connection) -> Before:
    """Reads the old tables."""
    return Before(
        _rows(connection, sa.select(RUNS).order_by(RUNS.c.started, RUNS.c.key)),
        _rows(connection, sa.select(SESSIONS).order_by(SESSIONS.c.created, SESSIONS.c.id)),
        _rows(connection, sa.select(CANDIDACIES).order_by(CANDIDACIES.c.created, CANDIDACIES.c.id)),
        _rows(connection, sa.select(ASSIGNMENTS)),
        _rows(connection, sa.select(ENTRIES).order_by(ENTRIES.c.id)),
    )


def make_room(connection: Connection) -> None:
    """Takes away the tables whose names are needed; the steps wait under another name until their results are moved."""
    dialect = connection.dialect.name
    for statement in without_refusal("entries", dialect):
        connection.exec_driver_sql(statement)
    for table in ("assignments", "candidacies", "sessions", "entries"):
        connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql("ALTER TABLE steps RENAME TO old_steps")


def payload(connection: Connection, run: str, name: str) -> bytes | None:
    """A finished step of an old run."""
    query = sa.select(OLD_STEPS.c.payload).where(OLD_STEPS.c.run_key == run, OLD_STEPS.c.name == name)
    found = connection.execute(query).scalar_one_or_none()
    return bytes(found) if found is not None else None


def clear_away(connection: Connection) -> None:
    """The last old tables, once nothing in them is needed."""
    for table in ("old_steps", "runs"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def _rows(connection: Connection, query: Any) -> Sequence[Mapping[str, Any]]:
    return [{name: _aware(value) for name, value in row.items()} for row in connection.execute(query).mappings().all()]


def _aware(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value
