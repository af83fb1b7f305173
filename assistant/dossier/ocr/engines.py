"""Reading pictures: whole pages without text, and large pictures on pages that have some.

`tesseract` with French is preferred where it is installed; rapidocr, whose models come in its wheel, is always there.
Each picture is drawn and read in a process of its own: a crash or a stall costs that picture only.
"""

import json
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Literal, Protocol

from assistant.dossier.isolation.pace import slowness
from assistant.dossier.isolation.process import Ceilings, TooLong, run
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


@dataclass(frozen=True, slots=True)
class OcrReader:
    """Reads the pictures of one PDF in parallel processes; results are kept in `cache_folder` by what they show."""

    engine: Engine
    workers: int
    cache_folder: Path | None
    file: Path

    def read(self, pictures: Sequence[Picture], progress: Callable[[int, int], None]) -> list[OcrResult]:
        """Each picture is announced before it starts; those that stalled are tried once more after the others."""
        results: dict[int, OcrResult] = {}
        self._all(range(len(pictures)), pictures, results, progress, 1.0)
        slow = [place for place, result in results.items() if result.failure == TOO_SLOW]
        self._all(sorted(slow), pictures, results, progress, AGAIN)
        return [results[place] for place in range(len(pictures))]

    def _all(
        self,
        places: Iterable[int],
        pictures: Sequence[Picture],
        results: dict[int, OcrResult],
        progress: Callable[[int, int], None],
        longer: float,
    ) -> None:
        waiting, running = deque(places), dict[Future[tuple[OcrResult, float]], int]()
        stopped, wasted = Event(), 0.0
        pool = ThreadPoolExecutor(self.workers, thread_name_prefix="ocr")
        try:
            while waiting or running:
                while waiting and len(running) < self.workers:
                    place = waiting.popleft()
                    progress(len(results), len(pictures))
                    ceilings = PICTURE if wasted < WASTED else IMPATIENT
                    running[pool.submit(self._one, pictures[place], ceilings, longer, stopped)] = place
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    result, seconds = future.result()
                    results[running.pop(future)] = result
                    wasted += seconds if result.failure else 0.0
                    progress(len(results), len(pictures))
        finally:
            stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)

    def _one(self, picture: Picture, held: Ceilings, longer: float, stopped: Event) -> tuple[OcrResult, float]:
        """What was read, and the seconds it took."""
        start = monotonic()
        pace = longer * slowness()
        ceilings = Ceilings(held.cpu * pace, held.idle * longer, held.wall)
        return self._read(picture, ceilings, stopped), monotonic() - start

    def _read(self, picture: Picture, ceilings: Ceilings, stopped: Event) -> OcrResult:
        parts = json.dumps([(part.index, part.turned, part.box) for part in (picture, *picture.below)])
        reader = "assistant.dossier.ocr.picture_worker"
        command = [
            sys.executable,
            "-m",
            reader,
            self.engine,
            str(self.file.resolve()),
            parts,
            str(self.cache_folder or ""),
        ]
        try:
            done = run(command, ROOT, ceilings, own_session=False, keep_going=lambda: not stopped.is_set())
            raw = json.loads(done.output)
        except TooLong:
            return OcrResult((), TOO_SLOW)
        except (OSError, ValueError):
            return OcrResult((), FAILED)
        words = tuple(OcrWord(w["text"], tuple(w["box"]), w["line"], w["confidence"]) for w in raw["words"])
        return OcrResult(words, turn=raw["turn"])
