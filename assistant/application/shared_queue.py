"""Pre-reads that workers on any number of machines take from PostgreSQL: what this process asks of them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from assistant.access.actor import PROGRAM
from assistant.application.auditing import audited
from assistant.application.installation import Installation
from assistant.application.work_queue import STOPPED, JobProgress
from assistant.queueing.engine import SILENT, QueueEngine
from assistant.store.prereads import PreReadRecord, PreReads
from assistant.store.work import Work, WorkRecord


class SharedQueue:
    """The queue as one who asks sees it. Raises SettingsError without PostgreSQL, StoreError when it is away."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self.engine = QueueEngine(installation.settings.database)
        with installation.writing() as connection:
            self.engine.install(connection)

    def note(self, connection: Connection, prereads: Sequence[str], urgency: int) -> None:
        self.enqueue(connection, Work(connection).ask(prereads, urgency), urgency)

    def enqueue(self, connection: Connection, prereads: Sequence[str], urgency: int) -> None:
        """A job for each, in the place of the one it may have had; the line in our table stands already."""
        before = Work(connection).queued_as(self.engine.put(connection, prereads, urgency))
        self.engine.drop(connection, before)

    def submit(self, prereads: Sequence[str]) -> None:
        """The database told the workers when the transaction was kept."""

    def at_work(self, connection: Connection, preread: str) -> bool:
        """One that waits is not: asking again may make it more urgent."""
        known = Work(connection).get(preread)
        return known is not None and known.state == "taken" and not known.stop

    def progress(self, connection: Connection, preread: str, record: PreReadRecord | None) -> JobProgress | None:
        """One whose worker is silent waits: it will be taken up by another, and is not said to go on."""
        known = Work(connection).get(preread)
        if record is None or known is None:
            return None
        if reads(known):
            return JobProgress(record.step, record.done, record.total, "running")
        return JobProgress(message=" ".join(record.reasons))

    def withdraw(self, connection: Connection, prereads: Sequence[str]) -> None:
        self.engine.drop(connection, Work(connection).withdraw(prereads))

    def stop(self, preread: str) -> None:
        with self._installation.writing() as connection:
            known = Work(connection).ask_to_stop(preread)
            if known is not None and known.state == "waiting":
                if known.job is not None:
                    self.engine.drop(connection, [known.job])
                PreReads(connection).finish(preread, "stopped", [STOPPED])
                audited(connection, PROGRAM, "preread failed", preread, status="stopped")

    def refused(self, preread: str, message: str) -> None:
        """The record stays, and says it: whoever watches is in another process."""

    def close(self) -> None:
        """Nothing of it is open between two calls."""


def reads(known: WorkRecord) -> bool:
    """Whether a worker is at it, alive."""
    return known.state == "taken" and known.silent < SILENT
