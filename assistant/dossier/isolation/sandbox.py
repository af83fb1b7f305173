"""Reading in a process apart, under ceilings of time and memory: a broken page costs that page, never the file.

The process that reads says each step before it takes it. When it dies, stalls or swells, what it was on is left out
and another process goes on from the pages kept so far; pages that stalled are tried once more after the others. A new
start always has something new to leave out, so that every reading ends.
"""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from assistant import logs
from assistant.dossier.isolation.forked import ForkedReader
from assistant.dossier.isolation.order import DOSSIER, FILE, ORDER, ReadingOrder
from assistant.dossier.isolation.pace import seconds_per_page, slowness
from assistant.dossier.isolation.process import Ceilings, Child, Watch
from assistant.dossier.model import Dossier, dossier_adapter
from assistant.dossier.readable import require_words
from assistant.dossier.steps import (
    FINISH,
    OPENING,
    PUT_IN_ORDER,
    READ_AGAIN,
    READ_PAGE,
    READ_PICTURES,
    READ_STRUCTURE,
    READY,
)
from assistant.errors import ReadingTimeout, UnreadableDossier
from assistant.places import ROOT
from assistant.progress import Progress, silent

READING = "assistant.dossier.ocr.reading"
COMMAND = (sys.executable, "-m", "assistant.dossier.isolation.worker")
CRASHED = "page abîmée"
TOO_SLOW = "page trop longue à lire"
TOO_BIG = "page trop lourde à lire"
NO_TIME = "temps de lecture du fichier dépassé"
PICTURES_LOST = "la lecture des images a été interrompue"
NOT_STARTED = "La lecture n’a pas pu démarrer\u00a0: la machine est très occupée, réessayez dans un instant."
STARTS = 2
MOMENT = 0.05
RESTART = 0.4
"""Seconds that starting another process takes."""
SOONER = 4.0
"""Once a page slept for ever, the next ones are waited for that many times less."""
STRUCTURE_PER_PAGE = 0.05


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings of reading, in seconds of processor time on a usual machine. A sound page takes a hundredth of one.

    The pages of a file may take `file_seconds`, and `seconds_per_page` (None: what fits this machine) for each of
    them; the rest is left unread. Pages that end in nothing are given up in `page_seconds`, then, once they wasted
    `wasted_seconds` together, in `impatient_seconds`, and no more is read once they wasted `hopeless_seconds`. Those
    that stalled have `again_seconds` together once the others are read. On the wall, a process may take
    `start_seconds` to be ready, and `idle_seconds` without working.
    """

    start_seconds: float = 60.0
    opening_seconds: float = 8.0
    page_seconds: float = 4.0
    wasted_seconds: float = 6.0
    impatient_seconds: float = 1.0
    hopeless_seconds: float = 10.0
    again_seconds: float = 8.0
    file_seconds: float = 10.0
    seconds_per_page: float | None = None
    pictures_seconds: float = 600.0
    idle_seconds: float = 60.0
    wall_seconds: float = 600.0
    memory_mb: int = 1_300


def read_apart(
    data: bytes,
    file: str,
    official: Sequence[str] = (),
    progress: Progress = silent,
    limits: Limits | None = None,
    command: Sequence[str] = COMMAND,
    *,
    server: Path | None = None,
    empty: bool = False,
) -> Dossier:
    """`read_dossier` in a process of its own. `command` starts the reader, given the folder to work in; `server` is asked
    for one first, where there is one.

    Raises what `read_dossier` raises (but NothingReadable when it may be `empty`), and ReadingTimeout when the file as
    a whole is beyond the ceilings. An exception raised by `progress` ends the reading at once.
    """
    with tempfile.TemporaryDirectory(prefix="prelecture-") as folder:
        desk = Path(folder)
        (desk / FILE).write_bytes(data)
        dossier = _Reading(desk, file, tuple(official), progress, limits or Limits(), tuple(command), server).run()
    return dossier if empty else require_words(dossier)


@dataclass(slots=True)
class _Reading:
    """One file being read: what is left out so far and the time it took."""

    desk: Path
    file: str
    official: tuple[str, ...]
    progress: Progress
    limits: Limits
    command: tuple[str, ...]
    server: Path | None = None
    lost: dict[int, str] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)
    structure_lost: bool = False
    pictures_lost: str = ""
    spent: float = 0.0
    wasted: float = 0.0
    spent_again: float = 0.0
    slept: bool = False
    starts: int = 0
    step: str = ""
    page: int = 0
    pages: int = 0

    def run(self) -> Dossier:
        while True:
            order = ReadingOrder(
                self.file,
                self.official,
                self.lost,
                tuple(self.again),
                self.structure_lost,
                self.pictures_lost,
                self.limits.memory_mb,
            )
            (self.desk / ORDER).write_text(order.to_json(), encoding="utf-8")
            dossier = self._attempt()
            if dossier is not None:
                return dossier

    def _attempt(self) -> Dossier | None:
        """One process; None when it ended before the dossier was read and another is to go on."""
        self.step, self.page = "", 0
        with _Worker((*self.command, str(self.desk)), self.server) as worker:
            while True:
                said = worker.next_message(self._ceilings(), family=self.step == READ_PICTURES)
                self._count(said.worked)
                if said.message is None or "end" in said.message:
                    return self._ended(said)
                self.step, self.page = said.message["step"], said.message["done"]
                total = said.message["total"]
                if self.step == READ_PAGE:
                    self.pages = total
                if self.step != READY:
                    self.progress(self.step, self.page, total)

    def _count(self, worked: float) -> None:
        if self.step == READ_PAGE:
            self.spent += worked
        elif self.step == READ_AGAIN:
            self.spent_again += worked

    @property
    def _allowed(self) -> float:
        """Seconds the pages may take in all."""
        each = self.limits.seconds_per_page
        return self.limits.file_seconds + self.pages * (seconds_per_page() if each is None else each)

    @property
    def _over(self) -> bool:
        """Whether no more pages are read."""
        return self.spent + MOMENT >= self._allowed or self.wasted >= self.limits.hopeless_seconds

    def _ceilings(self) -> Ceilings:
        """Of the present step."""
        limits = self.limits
        if self.step == "":
            return Ceilings(limits.start_seconds, limits.start_seconds, limits.start_seconds)
        patience = min(limits.page_seconds, max(limits.impatient_seconds, limits.wasted_seconds - self.wasted))
        cpu = {
            READ_PAGE: max(MOMENT, min(patience, self._allowed - self.spent)),
            READ_AGAIN: max(MOMENT, limits.again_seconds - self.spent_again),
            READ_PICTURES: limits.pictures_seconds,
            READ_STRUCTURE: limits.page_seconds + self.pages * STRUCTURE_PER_PAGE,
            PUT_IN_ORDER: patience,
            FINISH: limits.file_seconds + self.pages,
        }.get(self.step, limits.opening_seconds)
        # Pictures are read by children, each under ceilings of its own: while it waits for them it does not work.
        idle = limits.idle_seconds / (SOONER if self.slept else 1.0)
        if self.step == READ_PICTURES:
            idle = limits.wall_seconds
        return Ceilings(cpu * slowness(), idle, limits.wall_seconds)

    def _ended(self, said: "_Said") -> Dossier | None:
        end = said.message["end"] if said.message else None
        if end == "done":
            return _loaded((self.desk / DOSSIER).read_bytes())
        if said.message and end == "refused":
            raise UnreadableDossier(said.message["message"])
        slept = said.waited if said.stalled else 0.0
        self.slept = self.slept or slept > self.limits.page_seconds > said.worked
        self.wasted += max(RESTART, said.worked, min(slept, self.limits.page_seconds))
        self._give_up(TOO_BIG if end == "memory" else TOO_SLOW if said.stalled else CRASHED)
        return None

    def _give_up(self, reason: str) -> None:
        """Leaves out what the process ended on. Raises ReadingTimeout when there is nothing left to leave out."""
        if self.step == "" and self.starts + 1 < STARTS:
            self.starts += 1
        elif self.step == READ_PAGE and not self._over:
            self.lost[self.page] = reason
            if reason == TOO_SLOW:
                self.again.append(self.page)
        elif self.step == READ_AGAIN and self.page in self.again:
            self.again.remove(self.page)
        elif self.step == PUT_IN_ORDER and (self.page in self.again or self.page not in {0, *self.lost}):
            self.lost[self.page] = reason
            self.again = [page for page in self.again if page != self.page]
        elif self.step == READ_STRUCTURE and not self.structure_lost:
            self.structure_lost = True
        elif self.step == READ_PICTURES and not self.pictures_lost:
            self.pictures_lost = PICTURES_LOST
        elif not self._leave_the_rest():
            raise ReadingTimeout(NOT_STARTED if self.step == "" else _WHY[reason])

    def _leave_the_rest(self) -> bool:
        """Leaves out whatever is not read yet; False when that is nothing new."""
        if self.step in {"", OPENING}:
            return False
        kept = {int(path.stem) for path in self.desk.glob("*.page")}
        rest = {page: NO_TIME for page in range(1, self.pages + 1) if page not in kept | self.lost.keys()}
        last = self.step in {PUT_IN_ORDER, FINISH} and not (self.structure_lost and self.pictures_lost)
        if not (rest or self.again or last):
            return False
        self.lost |= rest
        self.again.clear()
        if last:
            self.structure_lost, self.pictures_lost = True, PICTURES_LOST
        return True


_WHY = {
    CRASHED: "Ce PDF est abîmé et sa lecture s’interrompt\u00a0: exportez-le de nouveau, puis réessayez.",
    TOO_SLOW: "Ce PDF est trop long à lire\u00a0: exportez-le de nouveau ou divisez-le, puis réessayez.",
    TOO_BIG: "Ce PDF demande trop de mémoire\u00a0: exportez-le de nouveau ou divisez-le, puis réessayez.",
}


def _loaded(data: bytes) -> Dossier:
    return dossier_adapter().validate_json(data)


@dataclass(frozen=True, slots=True)
class _Said:
    """A message, or None when the process ended without one or (`stalled`) said nothing within its ceilings.

    `worked`: processor seconds since the message before; `waited`: seconds on the wall.
    """

    message: dict[str, Any] | None
    worked: float
    waited: float
    stalled: bool = False


def _forked(command: Sequence[str], server: Path | None) -> ForkedReader | None:
    """A reader of the server; None where there is none to be had, and one is started the long way."""
    if server is None or list(command[1:3]) != ["-m", READING]:
        return None
    try:
        return ForkedReader(server, command[3:])
    except OSError as error:
        logs.event("no_reader_server", kind=type(error).__name__)
        return None


class _Worker:
    """A reading process and the lines it says; gone when the block is left, with whatever it started."""

    def __init__(self, command: Sequence[str], server: Path | None) -> None:
        self._said: queue.Queue[bytes | None] = queue.Queue()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PRELECTURE_")}
        self._child = Child(command, ROOT, kept, stdout=subprocess.PIPE, started=_forked(command, server))
        self._listener = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "_Worker":
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._child.end()
        self._listener.join()

    def _listen(self) -> None:
        assert self._child.process.stdout is not None
        with self._child.process.stdout as said:
            for line in said:
                self._said.put(line)
        self._said.put(None)

    def next_message(self, ceilings: Ceilings, *, family: bool) -> _Said:
        """What it says next, under the ceilings of the step it is in; `family`: what it started works for it."""
        watch, start = Watch(self._child, ceilings, family=family), monotonic()
        while True:
            try:
                line = self._said.get(timeout=watch.patience())
                break
            except queue.Empty:
                if watch.over():
                    return _Said(None, watch.worked, monotonic() - start, stalled=True)
        try:
            message: dict[str, Any] | None = json.loads(line) if line else None
        except ValueError:
            message = None
        return _Said(message, watch.worked, monotonic() - start)
