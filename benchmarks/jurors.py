"""`python -m benchmarks.jurors 60`: so many jurors write at the service, on PostgreSQL, while a worker reads a batch.

Each juror has a dossier of a candidate, which another one reads too, and saves a note every second or two, as the desk does
while somebody types. They are served by two processes, as by app servers behind a proxy (`--servers`): sixty people in one
process wait for its one interpreter. Everything runs on this machine. Nothing may be lost, nothing refused; 95 saves in
100 within 300 ms.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from uuid import uuid4

from assistant.access.actor import OPERATOR, Actor
from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.settings import Settings
from benchmarks.scale import REFERENTIEL, dossiers, installation, postgresql
from tests.application.house import House, housed

JURORS, SECONDS, BATCH = 60, 60.0, 12
SERVERS, STARTING = 2, 4.0
"""Processes that serve, and the seconds that they take to start."""
PAUSE = (1.0, 2.0)
"""Seconds between two saves of one juror."""
CRITERIA = ("C1", "C2")


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


def served(settings: Settings, jurors: Sequence[Juror], until: float) -> Sequence[Juror]:
    """One app server: its jurors write until the moment (seconds of this machine's clock), then are handed back."""
    app = Application(settings)
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
            if work.on(criterion).note.text != said
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
    return subprocess.Popen([sys.executable, "-m", "assistant.worker"], env=environment, stdout=subprocess.DEVNULL)


def main() -> None:
    """Prints each figure with its target; exit code 1 where one is missed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.jurors")
    asked.add_argument("jurors", type=int, nargs="?", default=JURORS)
    asked.add_argument("--seconds", type=float, default=SECONDS)
    asked.add_argument("--servers", type=int, default=SERVERS)
    asked.add_argument("--batch", type=int, default=BATCH)
    given = asked.parse_args()
    with postgresql() as server, installation(server) as app:
        jurors = jury(housed(app), given.jurors)
        worker = batch(app, given.batch)
        try:
            until = time.monotonic() + STARTING + given.seconds
            with ProcessPoolExecutor(given.servers, get_context("spawn")) as pool:
                shares = [jurors[place :: given.servers] for place in range(given.servers)]
                ran = [pool.submit(served, app.settings, share, until) for share in shares]
                jurors = [one for share in ran for one in share.result()]
        finally:
            worker.terminate()
            worker.wait(60)
        saves = sorted(second for one in jurors for second in one.seconds)
        opened = sorted(second for one in jurors for second in one.opened)
        refused, gone = [why for one in jurors for why in one.refused], lost(app, jurors)
        faults = app.audit.verify(OPERATOR).faults
    slow = 1000 * _at(saves, 0.95)
    print(
        f"{len(jurors)} jurors at {given.servers} server(s), {given.seconds:.0f} s, a batch at work: {len(saves)} saves, "
        f"median {1000 * statistics.median(saves):.0f} ms, 95th percentile {slow:.0f} ms (target: at most 300), most "
        f"{1000 * saves[-1]:.0f} ms"
    )
    print(f"Desk opened again: 95th percentile {1000 * _at(opened, 0.95):.0f} ms ({len(opened)} times)")
    print(f"Refused: {len(refused)}; texts lost: {len(gone)}; faults of the journal: {len(faults)} (targets: 0)")
    if refused or gone or faults or slow > 300 or any(not one.kept for one in jurors):
        raise SystemExit(1)


def _at(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]


if __name__ == "__main__":
    main()
