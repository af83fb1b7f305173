"""`python -m benchmarks.jurors 60`: so many jurors write at the service, on PostgreSQL, while a worker reads a batch.

Each juror has a dossier of a candidate, which another one reads too, and saves a note every second or two, as the desk does
while somebody types. They are served by two processes, as by app servers behind a proxy (`--servers`): sixty people in one
process wait for its one interpreter. Four of them sit at real browsers, before an app server as users start it
(`--browsers`). The clock starts when pages and servers are ready. Everything runs on this machine. Nothing may be lost,
nothing refused; 95 saves in 100 within 300 ms; a criterion changes as fast as when nobody else is there.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from uuid import uuid4

from assistant.access.actor import OPERATOR, PROGRAM, Actor
from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.settings import Settings
from benchmarks.browsing import Window, browse
from benchmarks.scale import REFERENTIEL, dossiers, installation, postgresql
from benchmarks.serving import served as app_served
from tests.application.house import House, housed

JURORS, BROWSERS, SECONDS, BATCH = 60, 4, 60.0, 60
SERVERS, STARTING = 2, 120.0
"""Processes that serve, and the seconds that they may take to start."""
NICE = 5
"""How much the worker passes after those who serve: about the weight that its unit in deploy/ gives it."""
PAUSE = (1.0, 2.0)
"""Seconds between two saves of one juror."""
CRITERIA = ("C1", "C2")
TURNED = 80.0
"""Milliseconds that a change of criterion may take at a desk where nobody else is at work."""


@dataclass(slots=True)
class Juror:
    """One who writes: what was acknowledged last, by criterion, with its version; seconds of each save; what was refused."""

    actor: Actor
    review: str
    kept: dict[str, tuple[str, int]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def write(app: Application, juror: Juror, until: float) -> None:
    """Types on one criterion, then on another, until the time is over."""
    draw = random.Random(juror.actor.person)
    while time.monotonic() < until:
        criterion = draw.choice(CRITERIA)
        begun = time.monotonic()
        app.reviews.desk(juror.actor, juror.review)
        juror.opened.append(time.monotonic() - begun)
        for _ in range(draw.randint(2, 6)):
            said, base = (
                f"Note {len(juror.seconds)} : {'mot ' * draw.randint(3, 60)}",
                juror.kept.get(criterion, ("", 0))[1],
            )
            event = Event(id=uuid4().hex, kind="note", criterion=criterion, item="", value={"text": said}, base=base)
            begun = time.monotonic()
            ack = app.reviews.act(juror.actor, juror.review, event)
            juror.seconds.append(time.monotonic() - begun)
            if ack.ok:
                juror.kept[criterion] = (said, ack.version or 0)
            else:
                juror.refused.append(ack.message or "?")
            time.sleep(draw.uniform(*PAUSE))


def served(settings: Settings, jurors: Sequence[Juror], seconds: float, ready: threading.Barrier) -> Sequence[Juror]:
    """One app server: once all are ready its jurors write for so long, then are handed back."""
    app = Application(settings)
    app.reviews.desk(jurors[0].actor, jurors[0].review)
    ready.wait(STARTING)
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=write, args=(app, one, until)) for one in jurors]
    for one in threads:
        one.start()
        time.sleep(PAUSE[0] / len(threads))
    for one in threads:
        one.join()
    app.engine.dispose()
    return jurors


def jury(made: House, count: int) -> list[Juror]:
    """So many jurors, two for each candidate, each with the dossier declared and read."""
    jurors = []
    for number in range((count + 1) // 2):
        people = [made.app.people.join(OPERATOR, f"Juré {number}.{place}", "juror") for place in range(2)]
        review = made.seat(made.candidate(str(number), trained=False), *people)
        jurors += [Juror(one, review) for one in people]
    return jurors[:count]


def lost(app: Application, jurors: Sequence[Juror]) -> list[str]:
    """Jurors whose last acknowledged text is not what is kept."""
    missing = []
    for one in jurors:
        work = app.reviews.context(one.actor, one.review).work
        missing += [
            f"{one.actor.name}, {criterion}"
            for criterion, (said, _) in one.kept.items()
            if work.on(criterion).note.text.strip() != said.strip()
        ]
    return missing


def batch(app: Application, count: int) -> "subprocess.Popen[bytes]":
    """A session of other candidates that a worker reads meanwhile."""
    session = app.sessions.found(OPERATOR, "Nuit", None, REFERENTIEL, (), blind_first=False)
    for number, data in enumerate(dossiers(count)):
        taken = app.batches.take(OPERATOR, session, str(number), [UploadedFile("dossier.pdf", data)])
        app.batches.start(OPERATOR, session, [taken.preread] if taken.preread else [])
    environment = {
        **os.environ, "PRELECTURE_DATA_DIR": str(app.settings.data_dir), "PRELECTURE_QUEUE": "postgresql",
        "PRELECTURE_DATABASE_URL": app.settings.database, "PRELECTURE_OCR": "off", "PRELECTURE_LOG_STDERR": "off",
    }  # fmt: skip
    command = ["nice", "-n", str(NICE), sys.executable, "-m", "assistant.worker"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def at_once(
    app: Application, jurors: Sequence[Juror], seen: Sequence[Juror], given: argparse.Namespace
) -> tuple[list[Juror], list[Window], int]:
    """All of them at work beside a batch: those who were served, the windows of those `seen`, dossiers of the batch left."""
    shares = [jurors[place :: given.servers] for place in range(given.servers)]
    ran: list[Future[Sequence[Juror]]] = []
    with ExitStack() as stack:
        started = get_context("spawn")
        ready = stack.enter_context(started.Manager()).Barrier(given.servers + 1)
        pool = stack.enter_context(ProcessPoolExecutor(given.servers, started))

        def begin() -> float:
            stack.callback(_ended, batch(app, given.batch))
            ran.extend(pool.submit(served, app.settings, share, given.seconds, ready) for share in shares)
            ready.wait(STARTING)
            return time.monotonic() + float(given.seconds)

        windows = _browsed(app, seen, begin) if seen else []
        if not seen:
            begin()
        wrote = [one for share in ran for one in share.result()]
        left = app.working.left(PROGRAM)
    for juror, window in zip(seen, windows, strict=True):
        juror.kept = {criterion: (said, 0) for criterion, said in window.typed.items() if said}
        juror.refused = window.alarms
    return wrote, windows, left


def _browsed(app: Application, seen: Sequence[Juror], begin: Callable[[], float]) -> list[Window]:
    settings = {"PRELECTURE_DATABASE_URL": app.settings.database, "PRELECTURE_QUEUE": "postgresql"}
    with app_served(app.settings.data_dir, several=True, settings=settings) as address:
        return browse(address, [(one.actor.person, one.review) for one in seen], begin)


def _ended(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    worker.wait(60)


def main() -> None:
    """Prints each figure with its target; exit code 1 where one is missed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.jurors")
    asked.add_argument("jurors", type=int, nargs="?", default=JURORS)
    asked.add_argument("--browsers", type=int, default=BROWSERS, help="how many of the jurors sit at a real browser")
    asked.add_argument("--seconds", type=float, default=SECONDS)
    asked.add_argument("--servers", type=int, default=SERVERS)
    asked.add_argument("--batch", type=int, default=BATCH)
    given = asked.parse_args()
    with postgresql() as server, installation(server) as app:
        everybody = jury(housed(app), given.jurors)
        seen = everybody[: given.browsers]
        jurors, windows, left = at_once(app, everybody[given.browsers :], seen, given)
        refused, gone = [why for one in (*jurors, *seen) for why in one.refused], lost(app, (*jurors, *seen))
        faults = app.audit.verify(OPERATOR).faults
    saves = sorted(1000 * second for one in jurors for second in one.seconds)
    opened = sorted(1000 * second for one in jurors for second in one.opened)
    print(
        f"{given.jurors} jurors, {given.seconds:.0f} s, a batch beside them: {given.batch - left} dossiers read, {left} left"
    )
    said = f"{len(jurors)} at {given.servers} server(s)"
    print(f"  {said}: {len(saves)} saves, {_figures(saves)} (target: 95th percentile at most 300 ms)")
    print(f"  desk opened again: {_figures(opened)} ({len(opened)} times)")
    slow = [saves] + ([_print_windows(windows)] if windows else [])
    turned = sorted(one for window in windows for one in window.changed) or [0.0]
    print(f"  refused: {len(refused)}; texts lost: {len(gone)}; faults of the journal: {len(faults)} (targets: 0)")
    wrote = all(one.kept for one in (*jurors, *seen))
    if refused or gone or faults or not wrote or any(_at(one, 0.95) > 300 for one in slow) or _at(turned, 0.5) > TURNED:
        for one in (*refused[:5], *gone[:5]):
            print(f"    {one}")
        raise SystemExit(1)


def _print_windows(windows: Sequence[Window]) -> list[float]:
    """The saves of all, in milliseconds."""
    saved = sorted(one for window in windows for one in window.saved)
    calm = sorted(one for window in windows for one in window.calm)
    changed = sorted(one for window in windows for one in window.changed)
    print(
        f"  {len(windows)} at browsers: {len(saved)} saves, {_figures(saved)} (target: 95th percentile at most 300 ms)"
    )
    print(f"  criterion change before all that: {_figures(calm)}")
    print(f"  criterion change beside it: {_figures(changed)} (target: median at most {TURNED:.0f} ms, as alone)")
    return saved


def _figures(values: Sequence[float]) -> str:
    """Of values in order."""
    return f"median {statistics.median(values):.0f} ms, 95th percentile {_at(values, 0.95):.0f} ms, most {values[-1]:.0f} ms"


def _at(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]


if __name__ == "__main__":
    main()
