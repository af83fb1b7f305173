"""Finished steps of the pipeline, kept by the hash of what they are made of. A cache: emptied, only time is lost."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from assistant.store.tables import STEPS


def step_key(name: str, inputs: Iterable[str | bytes], fingerprint: str) -> str:
    """The identity of a step: its name, everything it is made from, and the fingerprint of the code and data that make it."""
    parts = [part.encode() if isinstance(part, str) else part for part in (name, fingerprint, *inputs)]
    # Each part is hashed on its own: no two lists of parts run together into the same bytes.
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


class StepCache:
    """The finished steps, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, key: str) -> bytes | None:
        return self._connection.execute(select(STEPS.c.payload).where(STEPS.c.key == key)).scalar_one_or_none()

    def save(self, key: str, name: str, payload: bytes) -> None:
        """Keeps a finished step; one already kept under this key is replaced."""
        self._connection.execute(delete(STEPS).where(STEPS.c.key == key))
        self._connection.execute(insert(STEPS).values(key=key, name=name, payload=payload, created=datetime.now(UTC)))

    def prune(self, *, older_than: timedelta | None = None, most_bytes: int | None = None) -> int:
        """Removes steps older than `older_than`, then the oldest until at most `most_bytes` are left; returns how many."""
        removed = 0
        if older_than is not None:
            removed += self._connection.execute(
                delete(STEPS).where(STEPS.c.created < datetime.now(UTC) - older_than)
            ).rowcount
        if most_bytes is not None:
            kept = 0
            newest = select(STEPS.c.key, func.length(STEPS.c.payload).label("size")).order_by(
                STEPS.c.created.desc(), STEPS.c.key
            )
            for row in self._connection.execute(newest).all():
                kept += row.size
                if kept > most_bytes:
                    removed += self._connection.execute(delete(STEPS).where(STEPS.c.key == row.key)).rowcount
        return removed
