"""`python -m benchmarks.kills 50 30`: so many batches of so many small dossiers, each with a random kill.

Two workers read a batch; at a random moment one of them, or the process that reads a dossier for it, is killed with
SIGKILL, and a killed worker is started again as systemd would. A batch passes where every dossier is read, byte for byte as
in the run that nothing disturbed, once in the audit, with nothing left in the queue and every chain of hashes whole.
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
TEMPLATE = "kills_template"


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of one: the result of each dossier by its candidate's number, its seconds, and what is not as it should."""

    results: Mapping[str, bytes]
    seconds: float
    killed: str
    faults: tuple[str, ...]


def dossiers(count: int) -> list[bytes]:
    """As many files of one page, each another one."""
    from pypdf import PdfReader, PdfWriter

    pages = PdfReader(SHORT).pages
    made = []
    for number in range(count):
        writer, file = PdfWriter(), io.BytesIO()
        writer.add_page(pages[number % len(pages)])
        writer.add_metadata({"/Title": f"Dossier {number}"})
        writer.write(file)
        made.append(file.getvalue())
    return made


@contextmanager
def installation(server: str, template: str | None) -> Iterator[Application]:
    """One with a database of its own: new, or a copy of another one's."""
    name = f"kills_{uuid4().hex[:8]}" if template else TEMPLATE
    _run(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        app = Application(Settings(data_dir=Path(folder), database_url=url, queue="postgresql", ocr="off"))
        try:
            yield app
        finally:
            app.engine.dispose()
            if template:
                _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def read(server: str, files: Sequence[bytes], kill: random.Random | None, usual: float) -> Batch:
    """One batch, from nothing to its end; with `kill`, something is killed before `usual` seconds have passed."""
    with installation(server, TEMPLATE) as app:
        session = app.sessions.found(OPERATOR, "Banc", None, REFERENTIEL, (BLOC,), blind_first=False)
        taken = [
            app.batches.take(OPERATOR, session, str(number), [UploadedFile("dossier.pdf", data)])
            for number, data in enumerate(files)
        ]
        prereads = {str(number): one.preread or "" for number, one in enumerate(taken)}
        app.batches.start(OPERATOR, session, list(prereads.values()))
        start = time.monotonic()
        workers = [_worker(app.settings) for _ in range(WORKERS)]
        moment, killed = (kill.uniform(0.05, 0.95) * usual if kill else None), ""
        try:
            while _left(app) and time.monotonic() - start < MOST_SECONDS:
                time.sleep(0.1)
                if moment is not None and kill is not None and time.monotonic() - start > moment:
                    moment, killed = None, _kill(workers, kill)
                for place, one in enumerate(workers):
                    if one.poll() is not None and _left(app):
                        workers[place] = _worker(app.settings)
            seconds = time.monotonic() - start
        finally:
            for one in workers:
                with suppress(psutil.NoSuchProcess):
                    one.terminate()
            for one in workers:
                one.wait()
        return _looked_at(app, prereads, seconds, killed)


def _looked_at(app: Application, prereads: Mapping[str, str], seconds: float, killed: str) -> Batch:
    faults = list(app.audit.verify(OPERATOR).faults)
    with reading(app.engine) as connection:
        payloads = Results(connection).payloads(prereads.values())
        ends = select(AUDIT.c.subject, func.count()).where(AUDIT.c.act == "preread").group_by(AUDIT.c.subject)
        counted = {row[0]: row[1] for row in connection.execute(ends)}
        left = connection.execute(select(func.count()).select_from(WORK)).scalar_one()
    faults += [f"{number} was not read" for number, name in prereads.items() if name not in payloads]
    faults += [
        f"{number} ended {counted.get(name, 0)} times" for number, name in prereads.items() if counted.get(name) != 1
    ]
    faults += [f"{left} left in the queue"] if left else []
    results = {number: payloads[name] for number, name in prereads.items() if name in payloads}
    return Batch(results, seconds, killed, tuple(faults))


def _kill(workers: Sequence[psutil.Popen], chance: random.Random) -> str:
    """Kills a worker, or one of the processes that read for it; what it was."""
    worker = chance.choice(workers)
    family: list[psutil.Process] = []
    with suppress(psutil.Error):
        family = [one for one in worker.children(recursive=True) if not one.children()]
    target = chance.choice(family) if family and chance.random() < 0.4 else worker
    with suppress(psutil.Error):
        target.kill()
    return "worker" if target is worker else "process of a dossier"


def _worker(settings: Settings) -> psutil.Popen:
    environment = {
        **os.environ, "PRELECTURE_DATA_DIR": str(settings.data_dir), "PRELECTURE_QUEUE": "postgresql",
        "PRELECTURE_DATABASE_URL": settings.database, "PRELECTURE_OCR": "off", "PRELECTURE_LOG_STDERR": "off",
    }  # fmt: skip
    return psutil.Popen([sys.executable, "-m", "benchmarks.quick_worker"], env=environment, stdout=subprocess.DEVNULL)


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
    given = asked.parse_args()
    hasten()
    files, begun = dossiers(given.dossiers), time.monotonic()
    passed = made = spared = 0
    with postgresql() as server:
        with installation(server, None):
            pass
        whole = read(server, files, None, 0.0)
        print(f"Undisturbed: {len(whole.results)} of {len(files)} in {whole.seconds:.0f} s {whole.faults}", flush=True)
        for number in range(given.batches):
            if time.monotonic() - begun > given.minutes * 60:
                break
            one = read(server, files, random.Random(given.seed + number), whole.seconds)
            others = [name for name, payload in one.results.items() if payload != whole.results.get(name)]
            faults = [*one.faults, *(f"{name} is another result" for name in others)]
            # One that was over before anything was killed proves nothing: it counts only where it is at fault.
            spared += not one.killed
            made += bool(one.killed or faults)
            passed += bool(one.killed) and not faults
            said = "identical" if not faults else "; ".join(faults)
            print(f"{number + 1}: killed: {one.killed or 'nothing'}; {one.seconds:.0f} s; {said}", flush=True)
    print(
        f"{passed} of {made} batches of {len(files)} dossiers with a kill complete and identical (target: all); "
        f"{spared} more were over before their kill"
    )
    raise SystemExit(0 if passed == made and not whole.faults else 1)


if __name__ == "__main__":
    main()
