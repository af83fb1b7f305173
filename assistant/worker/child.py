"""The process that reads one dossier and ends: what stalls or crashes in it costs that try and nothing else.

It comes from a process that has loaded the program already (multiprocessing's fork server), so that it starts in
milliseconds, and its memory goes back with it.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil

from assistant import logs, telemetry
from assistant.access.actor import PROGRAM
from assistant.application.door import Application
from assistant.application.working import Claimed
from assistant.errors import PrelectureError
from assistant.logs import Destination
from assistant.settings import Settings

ENDED, LATER, UNAVAILABLE = 0, 75, 69
"""Exit codes: it ended, well or not, and that is written down, or waits again; it may pass later (EX_TEMPFAIL); the
database or the files do not answer (EX_UNAVAILABLE). A negative one: it was killed, or crashed, at this dossier. Any
other: it could not even begin."""
LOADED = [
    "assistant.application.working",
    "assistant.components",
    "assistant.drafting.extractive",
    "assistant.matching.chroma",
    "bm25s",
    "chromadb",
    "opentelemetry.sdk.trace",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "assistant.worker.warmed",
]
"""What reading a dossier imports, loaded once, before the processes that read are made."""
MODELLED = ["assistant.drafting.model_drafter", "langchain_openai"]
"""What asking a model imports as well, which takes seconds."""

Target = Callable[[Settings, Claimed, Path | None], None]
"""What the process does: `read_one`; tests put another function in its place, which calls it."""


class Child:
    """A process that reads one dossier."""

    def __init__(self, target: Target, settings: Settings, held: Claimed, readers: Path | None = None) -> None:
        arguments = (settings, held, readers)
        self._process: BaseProcess = _context(settings).Process(target=target, args=arguments, name="dossier")
        self._process.start()

    @property
    def sentinel(self) -> int:
        """What can be waited for: ready once the process has ended."""
        return self._process.sentinel

    @property
    def code(self) -> int:
        """How it ended; negative for a signal."""
        self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode

    def end(self) -> None:
        """Ends it, with whatever it started."""
        if self._process.is_alive() and self._process.pid is not None:
            end_family(self._process.pid)
        self._process.join()


def read_one(settings: Settings, held: Claimed, readers: Path | None = None) -> None:
    """The whole life of the process. `readers`: the socket of a server that forks those who read files."""
    os.umask(0o077)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.setsid()  # Ctrl+C is for the worker, which ends this one in its own way
    _end_with_parent()
    logs.set_up("worker", lambda: Destination(settings.data_dir, stderr=settings.log_stderr != "off"))
    try:
        with telemetry.exporting("worker", settings.telemetry_endpoint):
            code = ENDED if Application(settings, readers).working.read(PROGRAM, held) else LATER
    except PrelectureError as error:
        code = UNAVAILABLE if error.away else LATER
    sys.exit(code)


def end_family(pid: int) -> None:
    """Kills a process and everything it started. It is stopped first, so that it starts nothing more meanwhile."""
    with suppress(psutil.Error):
        first = psutil.Process(pid)
        first.suspend()
        for one in (*first.children(recursive=True), first):
            with suppress(psutil.Error):
                one.kill()


def _context(settings: Settings) -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        [*LOADED, *(["s3fs"] if settings.files_url else []), *(MODELLED if settings.model else [])]
    )
    return context


def _end_with_parent() -> None:
    """A worker that was killed leaves nobody behind who still reads."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        for one in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                one.kill()
        os._exit(LATER)

    threading.Thread(target=wait, daemon=True, name="parent").start()
