"""What waits for a worker, and which worker has what: PostgreSQL only, for a SQLite file is one process's own. And what is
switched on for all, on both.

Times are the database's, so that machines whose clocks differ agree on who is silent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from assistant.store.tables import SWITCHES, WORK

State = Literal["waiting", "taken"]
PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """One pre-read that waits or is read. `silent`: seconds since the try that holds it last gave a sign of life."""

    preread: str
    state: State
    priority: int
    tries: int
    claim: str
    stop: bool
    job: int | None
    silent: float


@dataclass(frozen=True, slots=True)
class Taken:
    """How often one was taken up so far, and how many seconds ago it was asked for."""

    tries: int
    asked: float


class Work:
    """The pre-reads that wait or are at work, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, prereads: Sequence[str], priority: int) -> tuple[str, ...]:
        """Puts these in line, and returns those that need a job: new ones, and those that wait with less priority.

        One that is with a worker is left there; a stop asked for before is forgotten.
        """
        if not prereads:
            return ()
        now = func.clock_timestamp()
        put = insert(WORK).values(
            [
                {
                    "preread": one, "state": "waiting", "priority": priority, "tries": 0, "claim": "", "beat": None,
                    "stop": False, "job": None, "asked": now,
                }
                for one in prereads
            ]
        )  # fmt: skip
        put = put.on_conflict_do_update(
            index_elements=[WORK.c.preread],
            set_={"priority": func.greatest(WORK.c.priority, priority)},
            where=(WORK.c.state == "waiting") & (WORK.c.priority < priority),
        )
        return tuple(self._connection.execute(put.returning(WORK.c.preread)).scalars())

    def withdraw(self, prereads: Sequence[str]) -> tuple[int, ...]:
        """Takes out those of these that wait; the numbers of their jobs."""
        mine = WORK.c.preread.in_(list(prereads))
        gone = delete(WORK).where(mine, WORK.c.state == "waiting").returning(WORK.c.job)
        return tuple(one for one in self._connection.execute(gone).scalars() if one is not None)

    def get(self, preread: str) -> WorkRecord | None:
        return self.many([preread]).get(preread)

    def many(self, prereads: Iterable[str]) -> Mapping[str, WorkRecord]:
        """Those of these pre-reads that wait or are at work. One statement."""
        rows = self._connection.execute(_records().where(WORK.c.preread.in_(sorted(set(prereads)))))
        return {row.preread: _record(row) for row in rows}

    def all(self) -> tuple[WorkRecord, ...]:
        """Everything that waits or is at work, in the order in which it will be taken."""
        order = (WORK.c.priority.desc(), WORK.c.asked, WORK.c.preread)
        return tuple(_record(row) for row in self._connection.execute(_records().order_by(*order)))

    def queued_as(self, jobs: Mapping[str, int]) -> tuple[int, ...]:
        """Notes under which number each is in the queue; returns the numbers they had before."""
        before = self._connection.execute(select(WORK.c.job).where(WORK.c.preread.in_(list(jobs)))).scalars().all()
        if jobs:
            change = update(WORK).where(WORK.c.preread == bindparam("which")).values(job=bindparam("number"))
            self._connection.execute(change, [{"which": name, "number": job} for name, job in jobs.items()])
        return tuple(one for one in before if one is not None)

    def claim(self, preread: str, claim: str) -> Taken | None:
        """Takes one that waits: of two workers that try, one gets it; None for the other."""
        taken = (
            update(WORK)
            .where(WORK.c.preread == preread, WORK.c.state == "waiting")
            .values(state="taken", claim=claim, tries=WORK.c.tries + 1, beat=func.clock_timestamp(), stop=False)
        )
        asked = func.extract("epoch", func.clock_timestamp() - WORK.c.asked).label("asked")
        row = self._connection.execute(taken.returning(WORK.c.tries, asked)).first()
        return None if row is None else Taken(row.tries, float(row.asked))

    def beat(self, preread: str, claim: str) -> bool | None:
        """A sign of life: whether somebody wants it stopped. None when this try does not hold it any more."""
        alive = update(WORK).where(WORK.c.preread == preread, WORK.c.claim == claim, WORK.c.state == "taken")
        return self._connection.execute(
            alive.values(beat=func.clock_timestamp()).returning(WORK.c.stop)
        ).scalar_one_or_none()

    def holds(self, preread: str, claim: str) -> bool:
        """Whether this try still holds it; nobody takes it from it until this transaction ends."""
        mine = select(WORK.c.preread).where(WORK.c.preread == preread, WORK.c.claim == claim, WORK.c.state == "taken")
        return self._connection.execute(mine.with_for_update()).first() is not None

    def ask_to_stop(self, preread: str) -> WorkRecord | None:
        """Asks whoever has it to stop; one that waits is simply taken out. What it was; None where it is not here."""
        known = self._connection.execute(_records().where(WORK.c.preread == preread).with_for_update()).first()
        if known is None:
            return None
        if known.state == "taken":
            self._connection.execute(update(WORK).where(WORK.c.preread == preread).values(stop=True))
        else:
            self.done(preread)
        return _record(known)

    def give_back(self, preread: str, claim: str, *, blame: bool = True) -> bool:
        """It waits again; `blame` False where the try ended through no fault of the dossier. Whether it was held."""
        back = (
            update(WORK)
            .where(WORK.c.preread == preread, WORK.c.claim == claim, WORK.c.state == "taken")
            .values(state="waiting", claim="", beat=None, tries=WORK.c.tries if blame else WORK.c.tries - 1)
        )
        return bool(self._connection.execute(back).rowcount)

    def done(self, preread: str) -> None:
        """It ended, well or not."""
        self._connection.execute(delete(WORK).where(WORK.c.preread == preread))

    def silent(self, longer_than: timedelta) -> tuple[WorkRecord, ...]:
        """Those whose worker gave no sign of life for that long; held until this transaction ends, and by it alone."""
        long_ago = func.clock_timestamp() - longer_than
        stalled = _records().where(WORK.c.state == "taken", WORK.c.beat < long_ago)
        rows = self._connection.execute(stalled.with_for_update(skip_locked=True))
        return tuple(_record(row) for row in rows)

    def counts(self) -> Mapping[State, int]:
        """How many wait and how many are taken."""
        rows = self._connection.execute(select(WORK.c.state, func.count().label("number")).group_by(WORK.c.state))
        return {row.state: row.number for row in rows}


class Switches:
    """What was switched on for the whole installation, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def on(self, name: str) -> bool:
        return self._connection.execute(select(SWITCHES.c.name).where(SWITCHES.c.name == name)).first() is not None

    def turn(self, name: str, person: str, *, on: bool) -> None:
        self._connection.execute(delete(SWITCHES).where(SWITCHES.c.name == name))
        if on:
            shared = self._connection.dialect.name == "postgresql"
            since = func.clock_timestamp() if shared else datetime.now(UTC)
            self._connection.execute(insert(SWITCHES).values(name=name, person=person, since=since))


def _records() -> Any:
    silent = func.extract("epoch", func.clock_timestamp() - func.coalesce(WORK.c.beat, WORK.c.asked))
    kept = (WORK.c.preread, WORK.c.state, WORK.c.priority, WORK.c.tries, WORK.c.claim, WORK.c.stop, WORK.c.job)
    return select(*kept, silent.label("silent"))


def _record(row: Row[Any]) -> WorkRecord:
    return WorkRecord(**{**row._mapping, "silent": float(row.silent)})
