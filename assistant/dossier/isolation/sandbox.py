"""Reading in a process apart, under ceilings of time and memory: a broken page costs that page, never the app.

The process that reads says each step before it takes it. When it dies, stalls or swells, the page it was on is
marked as lost and another process goes on from the pages kept so far.
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

import psutil

from assistant.dossier.files.conversion import end_group
from assistant.dossier.isolation.worker import DOSSIER, FILE, ORDER, ReadingOrder
from assistant.dossier.model import Dossier
from assistant.dossier.pdf.source import READ_PAGE, READ_STRUCTURE
from assistant.dossier.read import PUT_IN_ORDER
from assistant.errors import NothingReadable, ReadingTimeout, UnreadableDossier
from assistant.places import ROOT
from assistant.progress import Progress, silent

COMMAND = (sys.executable, "-m", "assistant.dossier.isolation.worker")
CRASHED = "page abîmée"
TOO_SLOW = "page trop longue à lire"
TOO_BIG = "page trop lourde à lire"
NO_TIME = "temps de lecture du fichier dépassé"
SHORTEST = 0.05
WAITING_COUNTS = 2.0
OWN_STEPS = frozenset({"", "ouverture", READ_PAGE, READ_STRUCTURE, PUT_IN_ORDER})
"""Steps whose time counts as reading; recognising characters in pictures has ceilings of its own."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings of reading. A sound page takes a hundredth of a second.

    The pages of a file may take `file_seconds` and `seconds_per_page` for each of them, then the rest is left unread.
    Pages that end in nothing may waste `wasted_seconds` together; after that one is given up in `impatient_seconds`.
    """

    opening_seconds: float = 8.0
    page_seconds: float = 4.0
    wasted_seconds: float = 6.0
    impatient_seconds: float = 0.5
    file_seconds: float = 10.0
    seconds_per_page: float = 0.1
    other_seconds: float = 180.0
    memory_mb: int = 1_300


def read_apart(
    data: bytes,
    file: str,
    official: Sequence[str] = (),
    progress: Progress = silent,
    limits: Limits | None = None,
    command: Sequence[str] = COMMAND,
) -> Dossier:
    """`read_dossier` in a process of its own. `command` starts the reader, given the folder to work in.

    Raises what `read_dossier` raises, and ReadingTimeout when the file as a whole is beyond the ceilings. An exception
    raised by `progress` ends the reading at once.
    """
    with tempfile.TemporaryDirectory(prefix="prelecture-") as folder:
        desk = Path(folder)
        (desk / FILE).write_bytes(data)
        return _Reading(desk, file, tuple(official), progress, limits or Limits(), tuple(command)).run()


@dataclass(slots=True)
class _Reading:
    """One file being read: what is lost so far and the time it took."""

    desk: Path
    file: str
    official: tuple[str, ...]
    progress: Progress
    limits: Limits
    command: tuple[str, ...]
    lost: dict[int, str] = field(default_factory=dict)
    structure_lost: bool = False
    spent: float = 0.0
    wasted: float = 0.0
    step: str = ""
    page: int = 0
    pages: int = 0

    def run(self) -> Dossier:
        while True:
            order = ReadingOrder(self.file, self.official, self.lost, self.structure_lost, self.limits.memory_mb)
            (self.desk / ORDER).write_text(order.to_json(), encoding="utf-8")
            dossier = self._attempt()
            if dossier is not None:
                return dossier

    def _attempt(self) -> Dossier | None:
        """One process; None when it ended before the dossier was read and another is to go on."""
        self.step, self.page = "", 0
        with _Worker((*self.command, str(self.desk))) as worker:
            while True:
                start = worker.clock()
                message = worker.next_message(self._ceiling())
                taken = worker.clock() - start
                if self.step in OWN_STEPS:
                    self.spent += taken
                if message is None or "end" in message:
                    return self._ended(message, taken, worker.stalled)
                self.step, self.page = message["step"], message["done"]
                if self.step == READ_PAGE:
                    self.pages = message["total"]
                self.progress(self.step, self.page, message["total"])

    @property
    def _left(self) -> float:
        """Seconds left to the pages."""
        return self.limits.file_seconds + self.limits.seconds_per_page * self.pages - self.spent

    def _ceiling(self) -> float:
        """Seconds the present step may take."""
        limits = self.limits
        patience = min(limits.page_seconds, max(limits.impatient_seconds, limits.wasted_seconds - self.wasted))
        if self.step in {"", "ouverture"}:
            return limits.opening_seconds
        if self.step == READ_PAGE:
            return max(SHORTEST, min(patience, self._left))
        return patience if self.step in OWN_STEPS else limits.other_seconds

    def _ended(self, message: dict[str, Any] | None, taken: float, stalled: bool) -> Dossier | None:
        end = message["end"] if message else None
        if end == "done":
            return _loaded((self.desk / DOSSIER).read_bytes())
        if message and end == "nothing":
            raise NothingReadable(message["message"], [(page, reason) for page, reason in message["unread"]])
        if message and end == "refused":
            raise UnreadableDossier(message["message"])
        self.wasted += taken
        self._give_up(TOO_BIG if end == "memory" else TOO_SLOW if stalled else CRASHED)
        return None

    def _give_up(self, reason: str) -> None:
        """Marks what the process died on as lost, so that the next one passes over it."""
        if self.step == READ_PAGE and self._left <= SHORTEST:
            kept = {int(path.stem) for path in self.desk.glob("*.page")}
            self.lost |= {page: NO_TIME for page in range(1, self.pages + 1) if page not in kept | self.lost.keys()}
        elif (
            self.step in {READ_PAGE, PUT_IN_ORDER}
            and self.page not in self.lost
            and self._left > -self.limits.wasted_seconds
        ):
            self.lost[self.page] = reason
        elif self.step == READ_STRUCTURE and not self.structure_lost:
            self.structure_lost = True
        else:
            raise ReadingTimeout(_WHY[reason])


_WHY = {
    CRASHED: "Ce PDF est abîmé et sa lecture s’interrompt\u00a0: exportez-le de nouveau, puis réessayez.",
    TOO_SLOW: "Ce PDF est trop long à lire\u00a0: exportez-le de nouveau ou divisez-le, puis réessayez.",
    TOO_BIG: "Ce PDF demande trop de mémoire\u00a0: exportez-le de nouveau ou divisez-le, puis réessayez.",
}


def _loaded(data: bytes) -> Dossier:
    from pydantic import TypeAdapter

    return TypeAdapter(Dossier).validate_json(data)


class _Worker:
    """A reading process and the lines it says; gone when the block is left, with whatever it started."""

    def __init__(self, command: Sequence[str]) -> None:
        self.stalled = False
        self._said: queue.Queue[bytes | None] = queue.Queue()
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("PRELECTURE_")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._measured = psutil.Process(self._process.pid)
        self._start, self._last = monotonic(), 0.0
        self._listener = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "_Worker":
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        end_group(self._process)
        self._listener.join()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as said:
            for line in said:
                self._said.put(line)
        self._said.put(None)

    def clock(self) -> float:
        """Seconds of work: those the process had of a processor, and half of those it waited for one.

        On a busy machine a sound page must not be given up for what the others do.
        """
        try:
            times = self._measured.cpu_times()
        except psutil.Error:
            return self._last
        worked = times.user + times.system
        self._last = max(self._last, worked + max(0.0, monotonic() - self._start - worked) / WAITING_COUNTS)
        return self._last

    def next_message(self, seconds: float) -> dict[str, Any] | None:
        """What it says next; None when it ended without a word, or (`stalled`) said nothing in time."""
        start = self.clock()
        while True:
            try:
                line = self._said.get(timeout=max(SHORTEST, seconds - (self.clock() - start)))
                break
            except queue.Empty:
                if self.clock() - start >= seconds:
                    self.stalled = True
                    return None
        try:
            message: dict[str, Any] | None = json.loads(line) if line else None
        except ValueError:
            return None
        return message
