"""`python -m assistant.worker`: what `prelecture worker` becomes."""

import argparse
import asyncio
import os
import signal
import sys
from contextlib import suppress

from assistant import logs, telemetry
from assistant.access.actor import PROGRAM
from assistant.application.door import Application
from assistant.errors import PrelectureError
from assistant.logs import Destination
from assistant.settings import load_settings
from assistant.worker.child import Target, read_one
from assistant.worker.readers import reader_server
from assistant.worker.supervising import Supervisor

NICE = 5
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
"""For those it starts: several read at once, and threads that wait for their share of a small matrix take processors from
each other."""


def main(target: Target = read_one) -> None:
    """Works until it is asked to end. Exit code 1 where it cannot begin, or the database went away for good."""
    asked = argparse.ArgumentParser(prog="prelecture worker")
    asked.add_argument("--concurrency", type=int, default=1)
    asked.add_argument("--until-empty", action="store_true")
    given = asked.parse_args()
    os.umask(0o077)
    if hasattr(os, "nice"):
        os.nice(NICE)  # and those it starts: where people work on the same machine, they go first
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    settings = load_settings()
    logs.set_up("worker", lambda: Destination(settings.data_dir, stderr=settings.log_stderr != "off"))
    try:
        working = Application(settings).working
        working.ready(PROGRAM)
        with telemetry.exporting("worker", settings.telemetry_endpoint), reader_server() as readers:
            supervisor = Supervisor(settings, working, target, readers)
            asyncio.run(_until_asked(supervisor, given.concurrency, wait=not given.until_empty))
    except PrelectureError as error:
        print(error.message, file=sys.stderr)
        raise SystemExit(1) from error


async def _until_asked(supervisor: Supervisor, concurrency: int, *, wait: bool) -> None:
    """SIGTERM and Ctrl+C end it: what it is at is given back, and another worker goes on from there."""
    work = asyncio.create_task(supervisor.work(concurrency, wait=wait))
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, work.cancel)
    count = "1 dossier" if concurrency == 1 else f"{concurrency} dossiers"
    print(f"Prêt à lire, {count} à la fois. Ctrl+C pour arrêter.", flush=True)
    with suppress(asyncio.CancelledError):
        await work


if __name__ == "__main__":
    main()
