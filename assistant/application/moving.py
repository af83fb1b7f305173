"""An installation's database moved to another one, SQLite to PostgreSQL or back: all of it, compared row by row, or nothing.

Nothing is changed where it comes from. What waits in a queue and the cache of steps stay behind: only time is lost. Kept
files are no part of it: `moving_files` copies them.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.application.auditing import audited
from assistant.application.backup import NOT_COPIED, ROWS, to_copy
from assistant.errors import InvalidInput, StoreError
from assistant.store.counting_on import count_on
from assistant.store.engine import open_database, reading, writing
from assistant.store.tables import METADATA, PREREADS
from assistant.store.verification import verify_everything

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows by table, and the chains that were followed to their heads: those of the journal, and the audit."""

    rows: Mapping[str, int]
    chains: int


def copy_database(actor: Actor, source: str, target: str) -> Moved:
    """Copies one database into an empty one, and compares. `source`, `target`: addresses as in PRELECTURE_DATABASE_URL.

    Raises AccessDenied; InvalidInput where the target holds something; StoreError where the source's journal is broken, or a
    row did not arrive as it was (nothing is then kept).
    """
    allow(actor, "maintain")
    if source == target:
        raise InvalidInput("Les deux adresses sont les mêmes\u00a0: donnez celle de la base vide avec --to.")
    here, there = open_database(source), open_database(target)
    try:
        with reading(here) as old, writing(there) as new:
            _check_source(old)
            _check_empty(new)
            rows = {table.name: _copy(old, new, table) for table in _tables()}
            count_on(new)
            for table in _tables():
                _compare(old, new, table)
            faults = verify_everything(new)
            if faults:
                raise StoreError(f"Le journal n’est pas arrivé entier\u00a0: {faults[0].message} Rien n’a été copié.")
            audited(new, actor, "database copied", "installation", rows=sum(rows.values()))
    finally:
        here.dispose()
        there.dispose()
    return Moved(rows, rows["chain_heads"])


def _tables() -> Iterator[Table]:
    return (table for table in METADATA.sorted_tables if table.name not in NOT_COPIED)


def _check_source(connection: Connection) -> None:
    faults = verify_everything(connection)
    if faults:
        raise StoreError(f"Le journal de la base d’origine est abîmé\u00a0: {faults[0].message} Rien n’a été copié.")


def _check_empty(connection: Connection) -> None:
    if any(connection.execute(select(func.count()).select_from(table)).scalar() for table in METADATA.sorted_tables):
        raise InvalidInput("La base d’arrivée contient déjà des données\u00a0: donnez une base vide.")


def _copy(old: Connection, new: Connection, table: Table) -> int:
    """How many rows. Which pre-read supersedes which is said once all are there."""
    rows = 0
    later: list[dict[str, Any]] = []
    found = old.execute(to_copy(table).order_by(*table.primary_key).execution_options(yield_per=ROWS)).mappings()
    for bundle in found.partitions(ROWS):
        values = [dict(row) for row in bundle]
        if table is PREREADS:
            later += [{"which": one["id"], "before": one["supersedes"]} for one in values if one["supersedes"]]
            values = [{**one, "supersedes": None} for one in values]
        new.execute(insert(table), values)
        rows += len(values)
    if later:
        change = update(PREREADS).where(PREREADS.c.id == bindparam("which")).values(supersedes=bindparam("before"))
        new.execute(change, later)
    return rows


def _compare(old: Connection, new: Connection, table: Table) -> None:
    """Every row of one is in the other, column by column. Raises StoreError naming the table."""
    wanted = dict(_prints(old, table))
    for key, fingerprint in _prints(new, table):
        if wanted.pop(key, None) != fingerprint:
            raise StoreError(
                f"Une ligne de la table {table.name} n’est pas arrivée telle quelle\u00a0: rien n’a été copié."
            )
    if wanted:
        raise StoreError(f"Il manque des lignes à la table {table.name} ({len(wanted)})\u00a0: rien n’a été copié.")


def _prints(connection: Connection, table: Table) -> Iterator[tuple[Key, bytes]]:
    """The key of each row and a hash of all its columns; databases sort words differently, so they come in any order."""
    keys = [column.name for column in table.primary_key]
    for row in connection.execute(to_copy(table).execution_options(yield_per=ROWS)).mappings():
        said = json.dumps({name: _said(value) for name, value in row.items()}, sort_keys=True)
        yield tuple(str(row[name]) for name in keys), hashlib.sha256(said.encode()).digest()


def _said(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
