"""The line before each model endpoint, shared by all who ask it. Times are the database's, where it is another machine's."""

import time
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, Float, cast, delete, func, insert, select, text, update

from assistant.store.tables import MODEL_TURNS

LINE_LOCK = 7_310_247
"""Any number of our own: PostgreSQL's advisory locks that let one at a time into the line of an endpoint."""


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One call in line or gone: when it leaves and when it was asked for (seconds since 1970), and its tokens."""

    id: str
    at: float
    asked: float
    tokens: int


class ModelTurns:
    """The line of one endpoint, on one connection; nobody else is in it until the transaction ends."""

    def __init__(self, connection: Connection, endpoint: str) -> None:
        self._connection, self._endpoint = connection, endpoint
        if connection.dialect.name == "postgresql":
            number = int.from_bytes(sha256(endpoint.encode()).digest()[:4], signed=True)
            connection.execute(text("SELECT pg_advisory_xact_lock(:ours, :its)"), {"ours": LINE_LOCK, "its": number})

    def now(self) -> float:
        if self._connection.dialect.name == "postgresql":
            clock = select(cast(func.extract("epoch", func.clock_timestamp()), Float))
            return float(self._connection.execute(clock).scalar_one())
        return time.time()

    def all(self) -> tuple[TurnRecord, ...]:
        """In the order in which they were asked for."""
        order = (MODEL_TURNS.c.asked, MODEL_TURNS.c.id)
        rows = self._connection.execute(
            select(MODEL_TURNS.c.id, MODEL_TURNS.c.at, MODEL_TURNS.c.asked, MODEL_TURNS.c.tokens)
            .where(MODEL_TURNS.c.endpoint == self._endpoint)
            .order_by(*order)
        )
        return tuple(TurnRecord(**row._mapping) for row in rows)

    def put(self, turn: TurnRecord) -> None:
        self._connection.execute(
            insert(MODEL_TURNS).values(
                id=turn.id, endpoint=self._endpoint, at=turn.at, asked=turn.asked, tokens=turn.tokens
            )
        )

    def move(self, turn: str, at: float) -> None:
        self._connection.execute(update(MODEL_TURNS).where(MODEL_TURNS.c.id == turn).values(at=at))

    def settle(self, turn: str, tokens: int) -> None:
        self._connection.execute(update(MODEL_TURNS).where(MODEL_TURNS.c.id == turn).values(tokens=tokens))

    def remove(self, turn: str) -> None:
        self._connection.execute(delete(MODEL_TURNS).where(MODEL_TURNS.c.id == turn))

    def forget(self, before: float) -> None:
        """Those that left before that moment."""
        mine = MODEL_TURNS.c.endpoint == self._endpoint
        self._connection.execute(delete(MODEL_TURNS).where(mine, MODEL_TURNS.c.at < before))
