"""Chains of rows: each carries the hash of the one before it in its scope, so that a row that was altered, removed, moved or
slipped in is found.

A row is sealed as JSON: an object of all its columns but `hash`, keys sorted, no spaces, every character beyond ASCII
escaped, encoded in ASCII; `hash` is the SHA-256 of that, in hexadecimal. `previous_hash` is among the columns: the
hash of the row before, and for the first one the SHA-256 of "prelecture:<chain>:<scope>". The head of every chain (its
length and last hash) stands in a table of its own, so that rows cut off at the end are missed too.

What this cannot show alone: someone who owns the database, takes its protection away, and rewrites a whole chain with its
head. The head is therefore written into every lock and printed wherever it is of use: `verify` is given such a head
and says whether it is still part of the chain.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, Table, insert, select, update
from sqlalchemy.dialects import postgresql

from assistant.store.tables import AUDIT, CHAIN_HEADS, JOURNAL

FaultKind = Literal["altered", "removed", "moved", "shortened", "lengthened", "replaced", "headless", "erased"]
SAID: Mapping[FaultKind, str] = {
    "altered": "Cette ligne a été modifiée.",
    "removed": "Des lignes ont été supprimées avant celle-ci.",
    "moved": "Cette ligne ne suit pas celle qui la précède\u00a0: une ligne a été déplacée, supprimée ou ajoutée.",
    "shortened": "Des lignes ont été supprimées à la fin.",
    "lengthened": "Des lignes ont été ajoutées à la fin.",
    "replaced": "La suite des lignes n’est plus celle dont l’empreinte a été relevée.",
    "erased": "Ce texte a été effacé sans qu’une purge le dise.",
    "headless": "L’empreinte de cette suite de lignes a disparu.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain is broken: `position` is 1-based, 0 for the chain as a whole."""

    scope: str
    position: int
    kind: FaultKind

    @property
    def message(self) -> str:
        return SAID[self.kind]


@dataclass(frozen=True, slots=True)
class Head:
    """Length and last hash of a chain."""

    length: int
    hash: str


@dataclass(frozen=True, slots=True)
class Chain:
    """One family of chains in a table: `scope` is the column that tells them apart (None: the table is one chain)."""

    name: str
    table: Table
    position: str
    scope: str | None

    def scope_of(self, row: Mapping[str, Any]) -> str:
        return str(row[self.scope]) if self.scope else ""

    def first(self, scope: str) -> str:
        """What stands as `previous_hash` in the first row."""
        return hashlib.sha256(f"prelecture:{self.name}:{scope}".encode()).hexdigest()


JOURNAL_CHAIN = Chain("journal", JOURNAL, "position", "review")
AUDIT_CHAIN = Chain("audit", AUDIT, "seq", None)


def seal(values: Mapping[str, Any]) -> str:
    """The hash of a row, from all its columns but `hash`. Raises TypeError for what is not text, number or None.

    Where a value is committed to, its commitment is sealed in its stead, so that the value itself can be erased.
    """
    sealed = {name: value for name, value in values.items() if name not in {"hash", "salt", "commitment"}}
    if values.get("commitment") is not None:
        sealed["value"] = values["commitment"]
    return hashlib.sha256(json.dumps(sealed, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


ERASED = "null"
"""What stands where a value was erased; its salt is then the empty text."""


def commitment(salt: str, value: str) -> str:
    """What stands for a value in its row's hash: says nothing of it once the salt is gone."""
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()


def is_erased(values: Mapping[str, Any]) -> bool:
    """Whether a row's value was erased by a purge."""
    return values.get("salt") == ""


def moment(time: datetime | None = None) -> str:
    """A time as it is sealed: ISO 8601 in UTC to the microsecond; now by default."""
    return (time or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def hold(connection: Connection, chain: Chain, scope: str) -> Head:
    """The head of a chain, which nobody else moves until this transaction ends.

    SQLite lets one transaction write at a time; PostgreSQL locks the head's row.
    """
    query = select(CHAIN_HEADS.c.length, CHAIN_HEADS.c.hash).where(
        CHAIN_HEADS.c.chain == chain.name, CHAIN_HEADS.c.scope == scope
    )
    row = connection.execute(query.with_for_update()).first()
    if row is None:
        begun = {"chain": chain.name, "scope": scope, "length": 0, "hash": chain.first(scope)}
        if connection.dialect.name == "postgresql":
            # Two transactions may begin the same chain: the second waits here for the first, then reads its head.
            connection.execute(postgresql.insert(CHAIN_HEADS).values(**begun).on_conflict_do_nothing())
            row = connection.execute(query.with_for_update()).one()
        else:
            connection.execute(insert(CHAIN_HEADS).values(**begun))
            return Head(0, chain.first(scope))
    return Head(row.length, row.hash)


def append(connection: Connection, chain: Chain, scope: str, values: Mapping[str, Any], head: Head) -> dict[str, Any]:
    """Adds a row after `head`, as `hold` gave it in this transaction; returns all its columns."""
    row = {**values, chain.position: head.length + 1, "previous_hash": head.hash}
    if chain.scope:
        row[chain.scope] = scope
    row["hash"] = seal(row)
    put = insert(chain.table).values(**row)
    moved = (
        update(CHAIN_HEADS)
        .where(CHAIN_HEADS.c.chain == chain.name, CHAIN_HEADS.c.scope == scope)
        .values(length=head.length + 1, hash=row["hash"])
    )
    if connection.dialect.name == "postgresql":
        connection.execute(moved.add_cte(put.cte("put")))
    else:
        connection.execute(put)
        connection.execute(moved)
    return row


def head(connection: Connection, chain: Chain, scope: str) -> Head:
    """The head of a chain, to print or to keep elsewhere."""
    row = connection.execute(
        select(CHAIN_HEADS.c.length, CHAIN_HEADS.c.hash).where(
            CHAIN_HEADS.c.chain == chain.name, CHAIN_HEADS.c.scope == scope
        )
    ).first()
    return Head(row.length, row.hash) if row else Head(0, chain.first(scope))


def verify(
    connection: Connection, chain: Chain, scope: str | None = None, known: Mapping[str, Head] | None = None
) -> tuple[Fault, ...]:
    """Reads chains whole (one scope, or all of them) and returns where they are broken; nothing when they are whole.

    `known`: heads kept elsewhere, by scope (on paper, in a lock): the row at that length must still have that hash.
    """
    position = chain.table.c[chain.position]
    rows = select(chain.table).order_by(*([chain.table.c[chain.scope]] if chain.scope else []), position)
    heads = select(CHAIN_HEADS).where(CHAIN_HEADS.c.chain == chain.name)
    if scope is not None:
        heads = heads.where(CHAIN_HEADS.c.scope == scope)
        if chain.scope:
            rows = rows.where(chain.table.c[chain.scope] == scope)
    ends = {row.scope: Head(row.length, row.hash) for row in connection.execute(heads)}
    faults: list[Fault] = []
    reached: dict[str, Head] = {}
    # Of the statement: an option of the connection would hold for what is written next in the same transaction.
    for row in connection.execute(rows.execution_options(yield_per=500)):
        faults += _faults_of_row(chain, row, reached, known or {})
    for name in sorted(ends.keys() | reached.keys() | (known or {}).keys()):
        if scope is None or name == scope:
            faults += _faults_of_end(chain, name, ends.get(name), reached.get(name), (known or {}).get(name))
    return tuple(faults)


def _faults_of_row(chain: Chain, row: Row[Any], reached: dict[str, Head], known: Mapping[str, Head]) -> Iterable[Fault]:
    values = dict(row._mapping)
    scope, position = chain.scope_of(values), values[chain.position]
    before = reached.get(scope, Head(0, chain.first(scope)))
    reached[scope] = Head(position if isinstance(position, int) else before.length + 1, str(values["hash"]))
    if position != before.length + 1:
        yield Fault(scope, position, "removed")
    elif values["previous_hash"] != before.hash:
        yield Fault(scope, position, "moved")
    if not _whole(values):
        yield Fault(scope, position, "altered")
    if scope in known and known[scope].length == position and known[scope].hash != values["hash"]:
        yield Fault(scope, position, "replaced")


def _whole(values: Mapping[str, Any]) -> bool:
    """Whether a row is as it was sealed. Of a row of before commitments whose value was erased, only its place is known."""
    committed, salt = values.get("commitment"), values.get("salt")
    if is_erased(values) and values["value"] != ERASED:
        return False
    if is_erased(values) and committed is None:
        return True
    try:
        if committed is not None and not is_erased(values) and commitment(str(salt), values["value"]) != committed:
            return False
        return seal(values) == str(values["hash"])
    except (TypeError, ValueError):
        return False


def _faults_of_end(
    chain: Chain, scope: str, end: Head | None, reached: Head | None, known: Head | None
) -> Iterable[Fault]:
    last = reached or Head(0, chain.first(scope))
    if end is None:
        if reached is not None:
            yield Fault(scope, 0, "headless")
    elif last.length < end.length:
        yield Fault(scope, 0, "shortened")
    elif last.length > end.length:
        yield Fault(scope, 0, "lengthened")
    elif last.hash != end.hash:
        yield Fault(scope, 0, "replaced")
    if known is not None and known.length > last.length and (end is None or last.length >= end.length):
        yield Fault(scope, 0, "shortened")
