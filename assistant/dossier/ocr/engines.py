"""Reading pictures: whole pages without text, and large pictures on pages that have some.

`tesseract` with French is preferred where it is installed; rapidocr, whose models come in its wheel, is always there.
Pictures are drawn and read in processes apart: a crash or a stall costs that picture only.
"""

import shutil
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Event
from time import monotonic
from typing import Literal, Protocol

from assistant.dossier.isolation.pace import slowness
from assistant.dossier.isolation.process import Ceilings, TooLong, run
from assistant.dossier.ocr.lane import Lane
from assistant.places import ROOT
from assistant.result import Box

Engine = Literal["tesseract", "rapidocr"]
OFF = "off"
"""Instead of an engine: pictures are left unread, and said to be."""
PICTURE = Ceilings(cpu=60.0, idle=60.0)
IMPATIENT = Ceilings(cpu=15.0, idle=15.0)
"""Of each picture once stalled ones took WASTED seconds together."""
WASTED = 180.0
AGAIN = 2.0
"""How many times longer a picture that stalled may take when it is tried again, after the others."""
ASKING = Ceilings(cpu=20.0)
FAILED = "la lecture de l’image a échoué"
TOO_SLOW = "la lecture de l’image a pris trop de temps"


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of a page (0-based index) to be read, in points of the displayed page; `turned` as in `Page`.

    With others `below` it, each is one line of text, and all are read as one picture.
    """

    index: int
    box: Box
    whole: bool
    turned: int = 0
    below: tuple["Picture", ...] = ()


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word with its box in points from the turned picture's corner, its line's number and a confidence in 0..1.

    In a picture with others below it, `line` is the number of the part it stands in.
    """

    text: str
    box: Box
    line: int
    confidence: float


@dataclass(frozen=True, slots=True)
class OcrResult:
    """What was read on one picture, turned clockwise by `turn` quarters; `failure` says in French why nothing was."""

    words: tuple[OcrWord, ...]
    failure: str | None = None
    turn: int = 0

    @property
    def confidence(self) -> float:
        """Mean over letters, 1.0 for a picture without words."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 1.0


class PictureReader(Protocol):
    """Reads the words in pictures."""

    def read(self, pictures: Sequence[Picture], progress: Callable[[int, int], None]) -> list[OcrResult]:
        """One result per picture. An exception raised by `progress` (a person pressed stop) ends the reading."""
        ...


Outcome = tuple[OcrResult, float]
"""What was read of a picture, and the seconds it took."""


@cache
def preferred_engine() -> Engine:
    """tesseract where it is installed with French, else rapidocr."""
    program = shutil.which("tesseract")
    if program:
        try:
            listed = run([program, "--list-langs"], ROOT, ASKING)
        except (TooLong, OSError):
            return "rapidocr"
        if "fra" in (listed.output + listed.errors).decode(errors="replace").split():
            return "tesseract"
    return "rapidocr"


class OcrReader:
    """Reads the pictures of one PDF in parallel processes; results are kept in `cache_folder` by what they show."""

    def __init__(self, engine: Engine, workers: int, cache_folder: Path | None, file: Path) -> None:
        self._engine, self._workers, self._cache_folder, self._file = engine, workers, cache_folder, file
        self._begun: dict[Picture, Future[Outcome]] = {}
        self._lanes: LifoQueue[Lane] = LifoQueue()
        self._stopped = Event()
        self._pool: ThreadPoolExecutor | None = None

    def begin(self, pictures: Sequence[Picture]) -> None:
        """Starts on pictures that `read` will be asked for, while the file's own text is still being read."""
        for picture in pictures:
            if picture not in self._begun:
                self._begun[picture] = self._submit(picture, PICTURE, 1.0)

    def read(self, pictures: Sequence[Picture], progress: Callable[[int, int], None]) -> list[OcrResult]:
        """Each picture is announced before it starts; those that stalled are tried once more after the others."""
        results: dict[int, OcrResult] = {}
        try:
            self._all(range(len(pictures)), pictures, results, progress, 1.0)
            slow = [place for place, result in results.items() if result.failure == TOO_SLOW]
            self._all(sorted(slow), pictures, results, progress, AGAIN)
        finally:
            self.close()
        return [results[place] for place in range(len(pictures))]

    def close(self) -> None:
        """Ends the processes, and what they were reading."""
        self._stopped.set()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        while not self._lanes.empty():
            self._lanes.get().close()
        self._begun.clear()

    def _all(
        self,
        places: Iterable[int],
        pictures: Sequence[Picture],
        results: dict[int, OcrResult],
        progress: Callable[[int, int], None],
        longer: float,
    ) -> None:
        waiting, running, wasted = deque(places), dict[Future[Outcome], int](), 0.0
        for place in places:
            begun = self._begun.pop(pictures[place], None)
            # What has not started yet waits its turn to be announced.
            if begun is not None and not begun.cancel():
                progress(len(results), len(pictures))
                waiting.remove(place)
                running[begun] = place
        while waiting or running:
            while waiting and sum(not future.done() for future in running) < self._workers:
                place = waiting.popleft()
                progress(len(results), len(pictures))
                running[self._submit(pictures[place], PICTURE if wasted < WASTED else IMPATIENT, longer)] = place
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                result, seconds = future.result()
                results[running.pop(future)] = result
                wasted += seconds if result.failure else 0.0
                progress(len(results), len(pictures))

    def _submit(self, picture: Picture, ceilings: Ceilings, longer: float) -> "Future[Outcome]":
        if self._pool is None:
            self._stopped = Event()
            self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="ocr")
        return self._pool.submit(self._one, picture, ceilings, longer)

    def _one(self, picture: Picture, held: Ceilings, longer: float) -> Outcome:
        start = monotonic()
        pace = longer * slowness()
        ceilings = Ceilings(held.cpu * pace, held.idle * longer, held.wall)
        try:
            lane = self._lanes.get_nowait()
        except Empty:
            lane = Lane(self._engine, self._file, self._cache_folder)
        try:
            return self._read(picture, lane, ceilings), monotonic() - start
        finally:
            self._lanes.put(lane)

    def _read(self, picture: Picture, lane: Lane, ceilings: Ceilings) -> OcrResult:
        parts = [(part.index, part.turned, part.box) for part in (picture, *picture.below)]
        try:
            raw = lane.ask(parts, ceilings, lambda: not self._stopped.is_set())
        except TooLong:
            return OcrResult((), TOO_SLOW)
        except (OSError, ValueError):
            return OcrResult((), FAILED)
        words = tuple(OcrWord(w["text"], tuple(w["box"]), w["line"], w["confidence"]) for w in raw["words"])
        return OcrResult(words, turn=raw["turn"])
