"""The workers of an installation, each with its last sign of life. PostgreSQL only; times are the database's."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from assistant.store.tables import WORKERS


@dataclass(frozen=True, slots=True)
class WorkerRecord:
    """A worker; `silent`: seconds since its last sign of life."""

    id: str
    machine: str
    version: str
    concurrency: int
    silent: float


class Workers:
    """Those that are known, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beat(self, worker: str, machine: str, version: str, concurrency: int) -> None:
        """It is alive."""
        now = func.clock_timestamp()
        here = {"machine": machine[:64], "version": version[:32], "concurrency": concurrency, "beat": now}
        put = insert(WORKERS).values(id=worker, began=now, **here)
        self._connection.execute(put.on_conflict_do_update(index_elements=[WORKERS.c.id], set_=here))

    def gone(self, worker: str) -> None:
        """It ended."""
        self._connection.execute(delete(WORKERS).where(WORKERS.c.id == worker))

    def forget(self, silent: timedelta) -> None:
        """Those that nobody heard of for that long."""
        self._connection.execute(delete(WORKERS).where(WORKERS.c.beat < func.clock_timestamp() - silent))

    def all(self) -> tuple[WorkerRecord, ...]:
        """The longest at work first."""
        silent = func.extract("epoch", func.clock_timestamp() - WORKERS.c.beat).label("silent")
        kept = (WORKERS.c.id, WORKERS.c.machine, WORKERS.c.version, WORKERS.c.concurrency, silent)
        rows = self._connection.execute(select(*kept).order_by(WORKERS.c.began, WORKERS.c.id))
        return tuple(WorkerRecord(**{**row._mapping, "silent": float(row.silent)}) for row in rows)
