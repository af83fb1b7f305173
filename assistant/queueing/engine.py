"""The queue of jobs on PostgreSQL: procrastinate, known to this module alone.

What it is trusted with is little: to hand a name to one worker soon, by priority, and to say nothing happened yet.
Whether a dossier is asked for, taken, read or stopped is in a table of ours (`store.work`), and so:
no job has a `queueing_lock` (taking up a stalled one would clash with the one that waits), nor a `lock`; a job that finds
nothing to take ends at once; rows that it leaves "doing" when a worker dies mean nothing to anybody, and are cleared away.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, make_url, text

from assistant.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from procrastinate import App

QUEUE, TASK = "dossiers", "preread"
INSTALL_LOCK = 7_310_246
"""Any number of our own: the advisory lock that lets one process at a time make the queue's tables."""
HEARTBEAT, SILENT = 5.0, 30.0
"""Seconds between two signs of life of a worker, and after which it is taken for dead."""
GRACE = 5.0
"""Seconds that a worker asked to end waits for what it is at; what is not finished by then is given back."""
A_DAY = 86_400.0
POLL = 2.0
BUNDLE = 1_000

Handler = Callable[[str], Awaitable[None]]


class QueueEngine:
    """Jobs, each the id of a pre-read and nothing else, in the database at `url`. Raises SettingsError."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.get_backend_name() != "postgresql":
            raise SettingsError(
                "La file partagée demande PostgreSQL\u00a0: réglez PRELECTURE_DATABASE_URL, ou PRELECTURE_QUEUE=embedded."
            )
        self._conninfo = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        self._app = _app(self._conninfo)

    def install(self, connection: Connection) -> None:
        """Makes the queue's own tables where they are not there yet."""
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": INSTALL_LOCK})
        if connection.execute(text("SELECT to_regclass('procrastinate_jobs')")).scalar() is None:
            _raw(connection).execute(self._app.schema_manager.get_schema())

    def put(
        self, connection: Connection, prereads: Iterable[str], priority: int, wait: timedelta = timedelta()
    ) -> Mapping[str, int]:
        """Adds a job for each, in this transaction; their numbers. `wait`: not before that much later."""
        from procrastinate.exceptions import ConnectorException
        from procrastinate.jobs import Job

        # By the database's clock: one machine that is ahead would put its jobs off for as long.
        later = connection.execute(text("SELECT now() + :wait"), {"wait": wait}).scalar_one() if wait else None
        numbers: dict[str, int] = {}
        wanted = list(prereads)
        for start in range(0, len(wanted), BUNDLE):
            jobs = [
                Job(
                    queue=QUEUE, priority=priority, lock=None, queueing_lock=None, task_name=TASK,
                    task_kwargs={"preread": one}, scheduled_at=later,
                )
                for one in wanted[start : start + BUNDLE]
            ]  # fmt: skip
            try:
                made = self._app.job_manager.batch_defer_jobs(jobs, connection=_raw(connection))
            except ConnectorException as error:
                raise StoreError(
                    "La file de travail ne répond pas\u00a0: vérifiez la base de données, puis réessayez."
                ) from error
            numbers |= {str(one.task_kwargs["preread"]): one.id for one in made if one.id is not None}
        return numbers

    def drop(self, connection: Connection, jobs: Sequence[int]) -> None:
        """Takes jobs out that nobody has taken yet."""
        statement = "DELETE FROM procrastinate_jobs WHERE id = ANY(:jobs) AND status = 'todo'"
        connection.execute(text(statement), {"jobs": list(jobs)})

    def without_job(self, connection: Connection) -> tuple[tuple[str, int], ...]:
        """What waits in our table and no living worker will come to: its job is gone, over, or with a dead worker.

        As (pre-read, priority); held until this transaction ends, and by it alone.
        """
        rows = connection.execute(
            text(
                "SELECT w.preread, w.priority FROM work w"
                " LEFT JOIN procrastinate_jobs j ON j.id = w.job LEFT JOIN procrastinate_workers k ON k.id = j.worker_id"
                " WHERE w.state = 'waiting' AND (j.id IS NULL OR j.status NOT IN ('todo', 'doing')"
                " OR (j.status = 'doing' AND (k.id IS NULL OR k.last_heartbeat < now() - make_interval(secs => :silent))))"
                " FOR UPDATE OF w SKIP LOCKED"
            ),
            {"silent": SILENT},
        )
        return tuple((row.preread, row.priority) for row in rows)

    def clear(self, connection: Connection) -> int:
        """Takes away the jobs that dead workers left "doing", those that are over, and those workers; how many jobs."""
        dead = "last_heartbeat < now() - make_interval(secs => :silent)"
        removed = connection.execute(
            text(
                "DELETE FROM procrastinate_jobs WHERE id IN (SELECT j.id FROM procrastinate_jobs j"
                " LEFT JOIN procrastinate_workers k ON k.id = j.worker_id"
                f" WHERE j.status NOT IN ('todo', 'doing') OR (j.status = 'doing' AND (k.id IS NULL OR k.{dead}))"
                " FOR UPDATE OF j SKIP LOCKED)"
            ),
            {"silent": SILENT},
        ).rowcount
        connection.execute(text(f"DELETE FROM procrastinate_workers WHERE {dead}"), {"silent": SILENT})
        return removed

    def workers(self, connection: Connection) -> int:
        """How many workers gave a sign of life lately."""
        alive = (
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat >= now() - make_interval(secs => :silent)"
        )
        return int(connection.execute(text(alive), {"silent": SILENT}).scalar_one())

    async def work(self, handler: Handler, concurrency: int, *, wait: bool = True) -> None:
        """Hands jobs to `handler`, that many at once, until it is cancelled; `wait` False: until none is there.

        What is at work by then has GRACE seconds, and is cancelled: it gives back what it has. The same, and no error, when
        the database ends the connection. Raises StoreError when there is none to be had.
        """
        from procrastinate import App, PsycopgConnector
        from procrastinate.exceptions import ConnectorException

        # Its lines quote what they were about; ours say the same in ids.
        logging.getLogger("procrastinate").setLevel(logging.ERROR)
        app = App(connector=PsycopgConnector(conninfo=self._conninfo, min_size=1, max_size=concurrency + 3))

        @app.task(name=TASK, queue=QUEUE)
        async def preread(preread: str) -> None:
            await handler(preread)

        try:
            async with app.open_async():
                await app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=concurrency,
                    wait=wait,
                    fetch_job_polling_interval=POLL,
                    shutdown_graceful_timeout=GRACE if wait else A_DAY,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=SILENT,
                )
        except ConnectorException as error:
            raise StoreError("La base de données ne répond pas\u00a0: la lecture l’attend.") from error


def _app(conninfo: str) -> "App":
    try:
        from procrastinate import App, SyncPsycopgConnector
    except ImportError as error:
        raise SettingsError(
            "La file partagée demande ses modules\u00a0: installez Prélecture avec l’option «\u00a0server\u00a0»."
        ) from error
    return App(connector=SyncPsycopgConnector(conninfo=conninfo))


def _raw(connection: Connection) -> Any:
    """psycopg's own connection, in the same transaction."""
    return connection.connection.driver_connection
