"""A row at the end of a chain that everybody writes to, its head held as briefly as the database allows.

Between the two statements that hold a head and move it, a transaction waits for its turn at a processor, and everybody
else for the head. PostgreSQL reads it, seals the row and moves it in one statement; SQLite lets one transaction write at
a time anyway.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from assistant.errors import StoreError
from assistant.store.chain import Chain, append, hold, seal

_AT_ONCE = """
WITH held AS (SELECT length, hash FROM chain_heads WHERE chain = :in_chain AND scope = :in_scope FOR UPDATE),
made AS (
    SELECT length + 1 AS place, hash AS previous, encode(sha256(convert_to({sealed}, 'UTF8')), 'hex') AS hash FROM held
),
moved AS (
    UPDATE chain_heads SET length = made.place, hash = made.hash FROM made WHERE chain = :in_chain AND scope = :in_scope
)
INSERT INTO {table} ({columns}) SELECT {values} FROM made RETURNING {position}, previous_hash, hash
"""


def add(connection: Connection, chain: Chain, scope: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Adds a row of columns that are all sealed as they stand; returns all its columns.

    From here to the end of the transaction nobody else adds to this chain. Raises StoreError.
    """
    if connection.dialect.name != "postgresql":
        return append(connection, chain, scope, values, hold(connection, chain, scope))
    row = _at_once(connection, chain, scope, values)
    if row is None:  # the first of its chain
        hold(connection, chain, scope)
        row = _at_once(connection, chain, scope, values)
    if row is None or seal(row) != row["hash"]:
        raise StoreError("L’enregistrement a échoué\u00a0: la suite des lignes n’est pas comme prévu.")
    return row


def _at_once(connection: Connection, chain: Chain, scope: str, values: Mapping[str, Any]) -> dict[str, Any] | None:
    known = {**values, chain.scope: scope} if chain.scope else dict(values)
    told = {chain.position: "place", "previous_hash": "previous", "hash": "hash"}
    pieces = _sealed(known, {chain.position: "(length + 1)::text", "previous_hash": "to_json(hash::text)::text"})
    statement = _AT_ONCE.format(
        sealed=" || ".join(piece if is_sql else f":piece_{place}" for place, (piece, is_sql) in enumerate(pieces)),
        table=chain.table.name,
        columns=", ".join([*known, *told]),
        values=", ".join([*(f":of_{name}" for name in known), *(f"made.{name}" for name in told.values())]),
        position=chain.position,
    )
    given = {f"of_{name}": value for name, value in known.items()}
    given |= {f"piece_{place}": piece for place, (piece, is_sql) in enumerate(pieces) if not is_sql}
    found = connection.execute(text(statement), {**given, "in_chain": chain.name, "in_scope": scope}).mappings().first()
    return None if found is None else {**known, **found}


def _sealed(known: Mapping[str, Any], asked: Mapping[str, str]) -> list[tuple[str, bool]]:
    """What `seal` hashes, in pieces: as it is written, or (True) as SQL for what the database alone knows."""
    pieces: list[tuple[str, bool]] = []
    written = "{"
    for place, name in enumerate(sorted([*known, *asked])):
        written += f"{',' if place else ''}{json.dumps(name)}:"
        if name in asked:
            pieces += [(written, False), (asked[name], True)]
            written = ""
        else:
            written += json.dumps(known[name])
    return [*pieces, (f"{written}}}", False)]
