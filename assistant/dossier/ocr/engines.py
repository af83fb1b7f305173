"""Reading pictures: whole pages without text, and large pictures on pages that have some.

`tesseract` with French is preferred where it is installed; rapidocr, whose models come in its wheel, is always there.
Each picture is drawn and read in a process of its own: a crash or a stall costs that picture only.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from assistant.result import Box

Engine = Literal["tesseract", "rapidocr"]
DPI = 200
SECONDS = 60
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
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
        if "fra" in listed.stdout.split():
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
        results: dict[int, OcrResult] = {}
        pool = ThreadPoolExecutor(self.workers, thread_name_prefix="ocr")
        try:
            futures = {pool.submit(self._one, picture): place for place, picture in enumerate(pictures)}
            for done, future in enumerate(as_completed(futures), start=1):
                results[futures[future]] = future.result()
                progress(done, len(pictures))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return [results[place] for place in range(len(pictures))]

    def _one(self, picture: Picture) -> OcrResult:
        parts = json.dumps([(part.index, part.turned, part.box) for part in (picture, *picture.below)])
        reader = "assistant.dossier.ocr.picture_worker"
        command = [sys.executable, "-m", reader, self.engine, str(self.file), parts, str(self.cache_folder or "")]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            raw = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            return OcrResult((), TOO_SLOW)
        except (subprocess.CalledProcessError, OSError, ValueError):
            return OcrResult((), FAILED)
        words = tuple(OcrWord(w["text"], tuple(w["box"]), w["line"], w["confidence"]) for w in raw["words"])
        return OcrResult(words, turn=raw["turn"])
