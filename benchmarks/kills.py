"""`python -m benchmarks.kills 50 30`: so many batches of so many small dossiers, each with a random kill.

Two workers read one batch after the other; at a random moment of each, one of them, or a process that works for it, is killed
with SIGKILL, and a killed worker is started again as systemd would. A batch passes where every dossier is read, byte for byte
as in the run that nothing disturbed, once in the audit, with nothing left in the queue and every chain of hashes whole.

With `--stub` the pipeline itself reads nothing, which makes a batch several times shorter; processes, queue, database, files
and steps are the product's either way.
"""

import argparse
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from uuid import uuid4

import psutil
from sqlalchemy import create_engine, func, make_url, select, text

from assistant.access.actor import OPERATOR, PROGRAM
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.settings import Settings
from assistant.store.engine import reading
from assistant.store.prereads import Results
from assistant.store.tables import AUDIT, WORK
from benchmarks.dossiers import SHORT
from benchmarks.quick_worker import hasten
from benchmarks.scale import postgresql

BATCHES, DOSSIERS, WORKERS = 50, 30, 2
REFERENTIEL, BLOC = "cycle-client-ia", "B0"
MOST_SECONDS = 240.0
LATEST = 0.5
"""Seconds between the moment that was drawn and the kill, at most."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of one: the result of each dossier by its candidate's number, its seconds, and what is not as it should."""

    results: Mapping[str, bytes]
    seconds: float
    killed: str
    faults: tuple[str, ...]


def dossiers(many: int) -> list[bytes]:
    """As many files of one page, each another one."""
    from pypdf import PdfReader, PdfWriter

    pages = PdfReader(SHORT).pages
    made = []
    for number in range(many):
        writer, file = PdfWriter(), io.BytesIO()
        writer.add_page(pages[number % len(pages)])
        writer.add_metadata({"/Title": f"Dossier {number}"})
        writer.write(file)
        made.append(file.getvalue())
    return made


@contextmanager
def installation(server: str) -> Iterator[Application]:
    """One with a database of its own, in which all batches are read, as sessions of a season are."""
    name = f"kills_{uuid4().hex[:8]}"
    _run(server, f"CREATE DATABASE {name}")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        app = Application(Settings(data_dir=Path(folder), database_url=url, queue="postgresql", ocr="off"))
        try:
            yield app
        finally:
            app.engine.dispose()


class Workers:
    """So many of them at work; one that ended is begun again, as systemd does."""

    def __init__(self, settings: Settings, *, stub: bool) -> None:
        self._settings, self._stub = settings, stub
        self._running: list[psutil.Popen] = []

    def __enter__(self) -> "Workers":
        self.looked_after()
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._running:
            with suppress(psutil.NoSuchProcess):
                one.terminate()
        for one in self._running:
            one.wait()

    def looked_after(self) -> None:
        alive = [one for one in self._running if one.poll() is None]
        self._running = alive + [_worker(self._settings, stub=self._stub) for _ in range(WORKERS - len(alive))]

    def kill(self, chance: random.Random) -> str:
        """Kills a worker, or one of the processes that work for it; what it was."""
        worker = chance.choice(self._running)
        family: list[psutil.Process] = []
        with suppress(psutil.Error):
            family = [one for one in worker.children(recursive=True) if not one.children()]
        target = chance.choice(family) if family and chance.random() < 0.4 else worker
        with suppress(psutil.Error):
            target.kill()
        return "worker" if target is worker else "process of a worker"


def read(app: Application, workers: Workers, files: Sequence[bytes], kill: random.Random | None) -> Batch:
    """One batch, from nothing to its end; with `kill`, something is killed a moment after so many are left."""
    session = app.sessions.found(OPERATOR, "Banc", None, REFERENTIEL, (BLOC,), blind_first=False)
    taken = [
        app.batches.take(OPERATOR, session, str(number), [UploadedFile("dossier.pdf", data)])
        for number, data in enumerate(files)
    ]
    prereads = {str(number): one.preread or "" for number, one in enumerate(taken)}
    app.batches.start(OPERATOR, session, list(prereads.values()))
    start = time.monotonic()
    at, killed = (kill.randint(1, len(files) - 1) if kill else -1), ""
    while (left := _left(app)) and time.monotonic() - start < MOST_SECONDS:
        if kill is not None and not killed and left <= at:
            time.sleep(kill.uniform(0.0, LATEST))
            killed = workers.kill(kill)
        workers.looked_after()
        time.sleep(0.1)
    return _looked_at(app, prereads, time.monotonic() - start, killed)


def _looked_at(app: Application, prereads: Mapping[str, str], seconds: float, killed: str) -> Batch:
    faults = list(app.audit.verify(OPERATOR).faults)
    with reading(app.engine) as connection:
        payloads = Results(connection).payloads(prereads.values())
        mine = (AUDIT.c.act == "preread", AUDIT.c.subject.in_(prereads.values()))
        ends = select(AUDIT.c.subject, func.count()).where(*mine).group_by(AUDIT.c.subject)
        counted = {row[0]: row[1] for row in connection.execute(ends)}
        left = connection.execute(select(func.count()).select_from(WORK)).scalar_one()
    faults += [f"{number} was not read" for number, name in prereads.items() if name not in payloads]
    faults += [
        f"{number} ended {counted.get(name, 0)} times" for number, name in prereads.items() if counted.get(name) != 1
    ]
    faults += [f"{left} left in the queue"] if left else []
    results = {number: payloads[name] for number, name in prereads.items() if name in payloads}
    return Batch(results, seconds, killed, tuple(faults))


def _worker(settings: Settings, *, stub: bool) -> psutil.Popen:
    environment = {
        **os.environ, "PRELECTURE_DATA_DIR": str(settings.data_dir), "PRELECTURE_QUEUE": "postgresql",
        "PRELECTURE_DATABASE_URL": settings.database, "PRELECTURE_OCR": "off", "PRELECTURE_LOG_STDERR": "off",
    }  # fmt: skip
    command = f"from benchmarks.quick_worker import begin; begin(stub={stub})"
    return psutil.Popen(
        [sys.executable, "-c", command, "--concurrency", "2"], env=environment, stdout=subprocess.DEVNULL
    )


def _left(app: Application) -> int:
    return app.working.left(PROGRAM)


def _run(server: str, statement: str) -> None:
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def main() -> None:
    """One line a batch, and how many of them passed; exit code 1 where one did not."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.kills")
    asked.add_argument("batches", type=int, nargs="?", default=BATCHES)
    asked.add_argument("dossiers", type=int, nargs="?", default=DOSSIERS)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--minutes", type=float, default=600.0, help="begin no batch after so many")
    asked.add_argument(
        "--stub", action="store_true", help="the pipeline is a stub; everything around it is the product's"
    )
    given = asked.parse_args()
    hasten()
    files, begun = dossiers(given.dossiers), time.monotonic()
    passed = made = spared = 0
    with postgresql() as server, installation(server) as app, Workers(app.settings, stub=given.stub) as workers:
        whole = read(app, workers, files, None)
        print(f"Undisturbed: {len(whole.results)} of {len(files)} in {whole.seconds:.0f} s {whole.faults}", flush=True)
        for number in count():
            if made == given.batches or time.monotonic() - begun > given.minutes * 60:
                break
            one = read(app, workers, files, random.Random(given.seed + number))
            others = [name for name, payload in one.results.items() if payload != whole.results.get(name)]
            faults = [*one.faults, *(f"{name} is another result" for name in others)]
            # One that was over before anything was killed proves nothing: it counts only where it is at fault.
            spared += not one.killed
            made += bool(one.killed or faults)
            passed += bool(one.killed) and not faults
            said = "identical" if not faults else "; ".join(faults)
            print(f"{number + 1}: killed: {one.killed or 'nothing'}; {one.seconds:.0f} s; {said}", flush=True)
    print(
        f"{passed} of {made} batches of {len(files)} dossiers with a kill complete and identical (target: {given.batches} of "
        f"{given.batches}); "
        f"{spared} more were over before their kill"
    )
    raise SystemExit(0 if passed == made and not whole.faults else 1)


if __name__ == "__main__":
    main()
