"""Runs: one line per pre-read asked for, its finished steps, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import RowMapping

from assistant.store.engine import writing

METADATA = MetaData()

RUNS = Table(
    "runs",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("dossier_sha256", String(64), nullable=False, index=True),
    Column("file", String(255), nullable=False),
    Column("referentiel", String(100), nullable=False),
    Column("blocs", String(255), nullable=False),
    Column("status", String(16), nullable=False),
    Column("message", Text, nullable=False, default=""),
    Column("step", String(64), nullable=False, default=""),
    Column("done", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=0),
    Column("started", DateTime(timezone=True), nullable=False),
    Column("updated", DateTime(timezone=True), nullable=False),
)

STEPS = Table(
    "steps",
    METADATA,
    Column("run_key", String(64), ForeignKey("runs.key", ondelete="CASCADE"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("payload", LargeBinary, nullable=False),
)

RunState = Literal["running", "complete", "partial", "failed", "stopped"]
SILENCE = timedelta(seconds=90)
"""A run that said nothing for this long was interrupted; it goes on where it stopped when asked again."""


@dataclass(frozen=True, slots=True)
class Run:
    """`message` is the French sentence of a failure; `done` of `total` in the present `step`."""

    key: str
    dossier_sha256: str
    file: str
    referentiel: str
    blocs: tuple[str, ...]
    status: RunState
    message: str
    step: str
    done: int
    total: int
    started: datetime
    updated: datetime

    @property
    def interrupted(self) -> bool:
        return self.status == "running" and datetime.now(UTC) - self.updated > SILENCE


class RunStore:
    """The runs of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self, key: str, dossier_sha256: str, file: str, referentiel: str, blocs: Sequence[str]) -> None:
        """Opens (or reopens) a run; the steps it finished before stay."""
        now = datetime.now(UTC)
        fresh = {"status": "running", "message": "", "step": "", "done": 0, "total": 0, "started": now, "updated": now}
        with writing(self._engine) as connection:
            known = connection.execute(update(RUNS).where(RUNS.c.key == key).values(**fresh)).rowcount
            if not known:
                connection.execute(
                    insert(RUNS).values(
                        key=key,
                        dossier_sha256=dossier_sha256,
                        file=file[:255],
                        referentiel=referentiel,
                        blocs=",".join(blocs),
                        **fresh,
                    )
                )

    def note_progress(self, key: str, step: str, done: int, total: int) -> None:
        """Says how far a run is; also a sign of life."""
        with writing(self._engine) as connection:
            connection.execute(
                update(RUNS)
                .where(RUNS.c.key == key)
                .values(step=step, done=done, total=total, updated=datetime.now(UTC))
            )

    def finish(self, key: str, status: RunState, message: str = "") -> None:
        with writing(self._engine) as connection:
            connection.execute(
                update(RUNS).where(RUNS.c.key == key).values(status=status, message=message, updated=datetime.now(UTC))
            )

    def forget(self, key: str) -> None:
        """Removes a run and its steps: a dossier that was refused leaves nothing behind."""
        with writing(self._engine) as connection:
            connection.execute(delete(STEPS).where(STEPS.c.run_key == key))
            connection.execute(delete(RUNS).where(RUNS.c.key == key))

    def get(self, key: str) -> Run | None:
        with writing(self._engine) as connection:
            row = connection.execute(select(RUNS).where(RUNS.c.key == key)).mappings().first()
        return _run(row) if row else None

    def all(self) -> tuple[Run, ...]:
        """Every run, the latest first."""
        with writing(self._engine) as connection:
            rows = connection.execute(select(RUNS).order_by(RUNS.c.started.desc(), RUNS.c.key)).mappings().all()
        return tuple(_run(row) for row in rows)

    def load_step(self, key: str, name: str) -> bytes | None:
        with writing(self._engine) as connection:
            return connection.execute(
                select(STEPS.c.payload).where(STEPS.c.run_key == key, STEPS.c.name == name)
            ).scalar_one_or_none()

    def save_step(self, key: str, name: str, payload: bytes) -> None:
        """Keeps a finished step; one already kept is replaced."""
        with writing(self._engine) as connection:
            connection.execute(delete(STEPS).where(STEPS.c.run_key == key, STEPS.c.name == name))
            connection.execute(insert(STEPS).values(run_key=key, name=name, payload=payload))


def _run(row: RowMapping) -> Run:
    values = dict(row)
    values["blocs"] = tuple(name for name in values["blocs"].split(",") if name)
    for moment in ("started", "updated"):
        if values[moment].tzinfo is None:
            values[moment] = values[moment].replace(tzinfo=UTC)
    return Run(**values)
