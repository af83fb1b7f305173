"""Pre-reads read by a thread of this process, one after the other: what is used where nothing else is set."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Connection

from assistant import logs
from assistant.application.work_queue import STOPPED, JobProgress, State
from assistant.errors import Cancelled, PrelectureError
from assistant.progress import Progress
from assistant.store.prereads import PreReadRecord


class EmbeddedQueue:
    """The runs of one process. `run`: reads one; `failed`: writes down that one ended by a defect; `stopped`: that one was
    stopped before it began."""

    def __init__(
        self,
        run: Callable[[str, Progress], State],
        failed: Callable[[str, str], None],
        stopped: Callable[[str], None],
    ) -> None:
        self._run, self._failed, self._never_begun = run, failed, stopped
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="preread")
        self._lock = threading.Lock()
        self._known: dict[str, JobProgress] = {}
        self._stopped: set[str] = set()

    def note(self, connection: Connection, prereads: Sequence[str], urgency: int) -> None:
        """Nothing is kept besides the record: a run of a process that ended is asked for again."""

    def submit(self, prereads: Sequence[str]) -> None:
        for preread in prereads:
            with self._lock:
                known = self._known.get(preread)
                if known is not None and known.at_work:
                    continue
                self._known[preread] = JobProgress()
                self._stopped.discard(preread)
            self._pool.submit(self._work, preread)

    def at_work(self, connection: Connection, preread: str) -> bool:
        with self._lock:
            known = self._known.get(preread)
        return known is not None and known.at_work

    def progress(self, connection: Connection, preread: str, record: PreReadRecord | None) -> JobProgress | None:
        """A refused file leaves nothing but the sentence that says why."""
        with self._lock:
            known = self._known.get(preread)
        return known if record is not None or (known is not None and known.state == "failed") else None

    def withdraw(self, connection: Connection, prereads: Sequence[str]) -> None:
        """They are forgotten; what is read is read to its end."""
        with self._lock:
            for one in prereads:
                known = self._known.get(one)
                if known is not None and known.state == "queued":
                    del self._known[one]

    def stop(self, preread: str) -> None:
        """At its next sign of progress; at once where it has not begun."""
        with self._lock:
            known = self._known.get(preread)
            if known is not None and known.state == "running":
                self._stopped.add(preread)
                return
            if known is not None and known.state == "queued":
                self._known[preread] = JobProgress(state="stopped", message=STOPPED)
        self._never_begun(preread)

    def refused(self, preread: str, message: str) -> None:
        self._set(preread, JobProgress(state="failed", message=message))

    def close(self) -> None:
        """Waits for nothing: runs in their queue are taken up when asked again."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self, preread: str) -> None:
        def tell(step: str, done: int, total: int) -> None:
            self._set(preread, JobProgress(step, done, total, "running"))
            if preread in self._stopped:
                raise Cancelled(STOPPED)

        with self._lock:
            known = self._known.get(preread)
            if known is None or known.state != "queued":
                return  # stopped or withdrawn meanwhile, or put in line twice
            self._known[preread] = JobProgress("", 0, 0, "running")
        try:
            state = self._run(preread, tell)
        except Cancelled as error:
            self._set(preread, JobProgress(state="stopped", message=error.message))
        except PrelectureError as error:
            self._set(preread, JobProgress(state="failed", message=error.message))
        except Exception as error:  # noqa: BLE001  # logged with where it came through, told with its number
            message = logs.apology(logs.failure("preread", error, preread=preread))
            self._failed(preread, message)
            self._set(preread, JobProgress(state="failed", message=message))
        else:
            self._set(preread, JobProgress(state=state))

    def _set(self, preread: str, job: JobProgress) -> None:
        with self._lock:
            self._known[preread] = job
