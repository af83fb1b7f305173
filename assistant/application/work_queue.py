"""Where pre-reads wait for their turn: the seam between who asks for one and who reads it.

Two things stand behind it: a thread of this process (`embedded_queue`), and a queue that any number of machines share
(`shared_queue`). Both run the same function, `Jobs.run_one`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sqlalchemy import Connection

from assistant.store.prereads import PreReadRecord

State = Literal["queued", "running", "complete", "partial", "failed", "stopped", "interrupted"]
WAITING_FOR, OVERNIGHT = 100, 0
"""How urgent: somebody is waiting for it, or it is one of a whole session. A greater number goes first."""
STOPPED = "Lecture arrêtée\u00a0; ce qui était lu est gardé, reprenez quand vous voulez."


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a run is, or how it ended; `message` is a French sentence where it did not end well."""

    step: str = ""
    done: int = 0
    total: int = 0
    state: State = "queued"
    message: str = ""

    @property
    def at_work(self) -> bool:
        return self.state in {"queued", "running"}


class WorkQueue(Protocol):
    """Pre-reads that wait and are read; what became of them is in their records."""

    def note(self, connection: Connection, prereads: Sequence[str], urgency: int) -> None:
        """Asked for, in the transaction that asks: it waits if that is kept, and not if it is undone."""
        ...

    def submit(self, prereads: Sequence[str]) -> None:
        """Called once that transaction is kept."""
        ...

    def at_work(self, connection: Connection, preread: str) -> bool:
        """Whether it is being read, or nothing more is needed for it to be."""
        ...

    def progress(self, connection: Connection, preread: str, record: PreReadRecord | None) -> JobProgress | None:
        """What is known of a run besides how its record says it ended; `record` is None where it is gone."""
        ...

    def withdraw(self, connection: Connection, prereads: Sequence[str]) -> None:
        """Takes out of the line those that nobody has taken yet; they may be noted again."""
        ...

    def stop(self, preread: str) -> None:
        """Stops it, whether it waits or is read; what it finished is kept."""
        ...

    def refused(self, preread: str, message: str) -> None:
        """Its file cannot be read: said before the record of it goes."""
        ...

    def close(self) -> None: ...


class Hold(Protocol):
    """What a try has of the run it works on, so that one that lost it writes nothing.

    `last`: whether what may pass later is to be told now as failed, for nobody tries again. `waits`: whether it is tried
    again for as long as what does not answer (the model, the files, the database) takes to come back.
    """

    @property
    def last(self) -> bool: ...

    @property
    def waits(self) -> bool: ...

    def check(self, connection: Connection) -> None:
        """Raises Superseded; where it does not, the hold lasts until this transaction ends."""
        ...

    def done(self, connection: Connection) -> None:
        """It ended, in the transaction that says how."""
        ...


class Alone:
    """The hold of a run that only this process can be at."""

    last = True
    waits = False

    def check(self, connection: Connection) -> None:
        """Nobody else is at it."""

    def done(self, connection: Connection) -> None:
        """Nothing more to say."""


ALONE = Alone()


def at_work(queue: WorkQueue, connection: Connection, prereads: Sequence[PreReadRecord]) -> dict[str, JobProgress]:
    """Of these, those that are read or wait for their turn, as the queue knows them."""
    known = {one.id: queue.progress(connection, one.id, one) for one in prereads}
    return {name: one for name, one in known.items() if one is not None and one.at_work}
