"""What a worker does with a run of the shared queue: takes it, says it is alive, reads it, and what becomes of it.

A run belongs to one try at a time, named by its claim. Whoever lost the claim writes nothing. A try that a worker did not
end (killed, power gone) is found by its silence, here, by every worker; the queue itself would retry nothing.
"""

import platform
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from assistant import __version__, logs
from assistant.access.actor import Actor
from assistant.application.auditing import audited
from assistant.application.installation import Installation
from assistant.application.jobs import Jobs
from assistant.application.shared_queue import SharedQueue
from assistant.application.work_queue import STOPPED
from assistant.errors import Cancelled, IncompleteDossier, PrelectureError, SettingsError, Superseded
from assistant.progress import silent
from assistant.queueing.engine import SILENT, Handler
from assistant.store.ids import new_id
from assistant.store.prereads import PreReads
from assistant.store.work import PAUSED, Switches, Work
from assistant.store.workers import Workers

MOST_TRIES = 3
FORGOTTEN = timedelta(days=2)
LATER = timedelta(seconds=20)
"""Before what may pass later is tried again."""
AWAY = timedelta(seconds=60)
"""Before it is tried again where the model, the files or the database did not answer."""
PATIENCE = 24 * 3600.0
"""Seconds after a run was asked for, for which it waits for these to come back; then it ends with what there is."""
SET_ASIDE = (
    f"La lecture de ce dossier a été interrompue brutalement {MOST_TRIES}\u00a0fois\u00a0: il est mis de côté. "
    "Exportez-le de nouveau en PDF, remplacez le fichier, puis relancez la lecture."
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A run that this try holds; `tries`: how often it was taken up, this one included, but for those that ended through
    nothing of its own; `asked`: how many seconds ago it was asked for."""

    preread: str
    claim: str
    tries: int
    asked: float = 0.0

    @property
    def last(self) -> bool:
        return self.tries >= MOST_TRIES

    @property
    def waits(self) -> bool:
        return self.asked < PATIENCE

    def check(self, connection: Connection) -> None:
        if not Work(connection).holds(self.preread, self.claim):
            raise Superseded("Cette lecture a été reprise par un autre processus de lecture, ou retirée.")

    def done(self, connection: Connection) -> None:
        Work(connection).done(self.preread)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: runs whose worker is silent, taken up again or set aside, and runs that had no job any more."""

    again: int
    aside: int
    orphans: int


class Working:
    """The runs of the shared queue, as workers handle them. Each call raises SettingsError where there is none."""

    def __init__(self, installation: Installation, jobs: Jobs) -> None:
        self._installation = installation
        self._jobs = jobs

    def ready(self, actor: Actor) -> None:
        """Returns where a worker can begin. Raises SettingsError and AccessDenied."""
        self._shared(actor)

    async def work(self, actor: Actor, handler: Handler, concurrency: int, *, wait: bool = True) -> None:
        """Hands runs to `handler` as they come, until it is cancelled; without `wait`, until none is there.

        Returns as well when the database ended its connection; raises StoreError when there is none to be had.
        """
        await self._shared(actor).engine.work(handler, concurrency, wait=wait)

    def left(self, actor: Actor) -> int:
        """How many wait or are at work."""
        self._shared(actor)
        with self._installation.reading() as connection:
            return sum(Work(connection).counts().values())

    def alive(self, actor: Actor, worker: str, concurrency: int) -> None:
        """A sign of life of a worker, with what it is; those long silent are forgotten."""
        self._shared(actor)
        with self._installation.writing() as connection:
            Workers(connection).beat(worker, platform.node(), __version__, concurrency)
            Workers(connection).forget(FORGOTTEN)

    def gone(self, actor: Actor, worker: str) -> None:
        """It ends."""
        self._shared(actor)
        with self._installation.writing() as connection:
            Workers(connection).gone(worker)

    def paused(self, actor: Actor) -> bool:
        """Whether somebody asked that nothing more be taken up for now."""
        self._shared(actor)
        with self._installation.reading() as connection:
            return Switches(connection).on(PAUSED)

    def take(self, actor: Actor, preread: str) -> Claimed | None:
        """Takes a run, unless another did, or it is not asked for any more."""
        self._shared(actor)
        claim = new_id()
        with self._installation.writing() as connection:
            taken = Work(connection).claim(preread, claim)
        return None if taken is None else Claimed(preread, claim, taken.tries, taken.asked)

    def go_on(self, actor: Actor, held: Claimed) -> bool:
        """A sign of life; whether to go on. Raises Superseded when another has it, Cancelled when it is to stop."""
        self._shared(actor)
        with self._installation.writing() as connection:
            stop = Work(connection).beat(held.preread, held.claim)
        if stop is None:
            raise Superseded("Cette lecture a été reprise par un autre processus de lecture, ou retirée.")
        if stop:
            raise Cancelled(STOPPED)
        return True

    def read(self, actor: Actor, held: Claimed) -> bool:
        """Reads it, in the process this is called in: what `prelecture review` runs. Whether it ended.

        Where what it needs does not answer, it waits again, and says for what. False where it may pass later otherwise;
        nothing is then written about its end. Raises StoreAway when it is the database that does not answer.
        """
        self._shared(actor)
        try:
            self._jobs.run_one(actor, held.preread, silent, held)
        except IncompleteDossier:
            with self._installation.writing() as connection:
                held.check(connection)
                held.done(connection)  # it is asked for again once it is said to be complete
        except PrelectureError as error:
            logs.event("not_read", kind=type(error).__name__)
            if error.away and held.waits:
                self._give_back_later(actor, held, error.message)
        except Exception as error:  # noqa: BLE001  # logged with where it came through, told with its number
            self._jobs.failed(
                actor, held.preread, logs.apology(logs.failure("preread", error, preread=held.preread)), held
            )
        return not self._held(held)

    def _give_back_later(self, actor: Actor, held: Claimed, reason: str) -> None:
        with self._installation.writing() as connection:
            self._give_back(connection, actor, held, blame=False, wait=AWAY, reason=reason)

    def stopped(self, actor: Actor, held: Claimed) -> None:
        """It was stopped because somebody asked."""
        self._shared(actor)
        with self._installation.writing() as connection:
            held.check(connection)
            PreReads(connection).finish(held.preread, "stopped", [STOPPED])
            audited(connection, actor, "preread failed", held.preread, status="stopped")
            held.done(connection)

    def give_back(self, actor: Actor, held: Claimed, *, blame: bool = True, wait: timedelta = timedelta()) -> None:
        """It waits again; set aside where it is to blame and was tried often enough."""
        self._shared(actor)
        with self._installation.writing() as connection:
            self._give_back(connection, actor, held, blame, wait)

    def sweep(self, actor: Actor) -> Swept:
        """Finds what nobody is at any more. Any number of workers may do it at once: each run is found by one."""
        queue = self._shared(actor)
        again = aside = 0
        with self._installation.writing() as connection:
            for one in Work(connection).silent(timedelta(seconds=SILENT)):
                held = Claimed(one.preread, one.claim, one.tries)
                if one.stop:
                    PreReads(connection).finish(one.preread, "stopped", [STOPPED])
                    held.done(connection)
                elif self._give_back(connection, actor, held, blame=self._begun(connection, held), wait=timedelta()):
                    again += 1
                else:
                    aside += 1
        with self._installation.writing() as connection:
            lost = queue.engine.without_job(connection)
            for urgency in sorted({one for _, one in lost}):
                queue.enqueue(connection, [name for name, one in lost if one == urgency], urgency)
            queue.engine.clear(connection)
        if again or aside or lost:
            logs.event("sweep", count=again + aside + len(lost))
        return Swept(again, aside, len(lost))

    def _begun(self, connection: Connection, held: Claimed) -> bool:
        """Whether this try came to the dossier; one whose process was not even there blames it for nothing."""
        record = PreReads(connection).get(held.preread)
        return record is not None and record.status == "running"

    def _held(self, held: Claimed) -> bool:
        with self._installation.reading() as connection:
            known = Work(connection).get(held.preread)
        return known is not None and known.claim == held.claim

    def _give_back(
        self, connection: Connection, actor: Actor, held: Claimed, blame: bool, wait: timedelta, reason: str = ""
    ) -> bool:
        """Whether it waits again; `reason`: for what, in French."""
        work = Work(connection)
        if blame and held.last:
            if work.holds(held.preread, held.claim):
                PreReads(connection).finish(held.preread, "failed", [SET_ASIDE])
                audited(connection, actor, "preread failed", held.preread, status="failed", set_aside=True)
                held.done(connection)
            return False
        if work.give_back(held.preread, held.claim, blame=blame):
            known = work.get(held.preread)
            assert known is not None
            PreReads(connection).requeue(held.preread, reason)
            queue = self._shared(actor)
            before = work.queued_as(queue.engine.put(connection, [held.preread], known.priority, wait))
            queue.engine.drop(connection, before)
        return True

    def _shared(self, actor: Actor) -> SharedQueue:
        self._installation.let(actor, "work the queue")
        if self._jobs.shared is None:
            raise SettingsError(
                "Il n’y a pas de file partagée\u00a0: réglez PRELECTURE_QUEUE=postgresql et PRELECTURE_DATABASE_URL. "
                "Sans elle, l’application lit elle-même les dossiers."
            )
        return self._jobs.shared
