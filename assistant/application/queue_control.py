"""The shared queue as whoever maintains the installation sees it: how much waits, who works, and a pause."""

from dataclasses import dataclass

from assistant.access.actor import Actor
from assistant.application.auditing import audited
from assistant.application.installation import Installation
from assistant.application.jobs import Jobs
from assistant.application.shared_queue import SharedQueue, reads
from assistant.errors import SettingsError
from assistant.store.work import PAUSED, Switches, Work


@dataclass(frozen=True, slots=True)
class QueueState:
    """`waiting` and `at_work` count pre-reads, with a worker that is alive or not; `workers` those that are."""

    waiting: int
    at_work: int
    workers: int
    paused: bool


class QueueControl:
    """Raises SettingsError at each call where the installation has no shared queue."""

    def __init__(self, installation: Installation, jobs: Jobs) -> None:
        self._installation = installation
        self._jobs = jobs

    def state(self, actor: Actor) -> QueueState:
        """What a worker that died holds counts as waiting: nobody is at it."""
        self._installation.let(actor, "maintain")
        queue = self._shared()
        with self._installation.reading() as connection:
            known = Work(connection).all()
            at_work = sum(reads(one) for one in known)
            workers = queue.engine.workers(connection)
            return QueueState(len(known) - at_work, at_work, workers, Switches(connection).on(PAUSED))

    def pause(self, actor: Actor, *, on: bool) -> None:
        """Nothing more is taken up, or it goes on; what is being read is read to its end either way."""
        self._installation.let(actor, "maintain")
        self._shared()
        with self._installation.writing() as connection:
            Switches(connection).turn(PAUSED, actor.person, on=on)
            audited(connection, actor, "queue", "installation", paused=on)

    def _shared(self) -> SharedQueue:
        if self._jobs.shared is None:
            raise SettingsError(
                "Il n’y a pas de file partagée\u00a0: l’application lit elle-même les dossiers, l’un après l’autre "
                "(PRELECTURE_QUEUE=postgresql la remplace par une file que plusieurs machines se partagent)."
            )
        return self._jobs.shared
