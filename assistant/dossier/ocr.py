"""Reading pictures: whole pages without text, and large pictures on pages that have some.

`tesseract` with French is preferred where it is installed; rapidocr, whose models come in its wheel, is always there.
`make bench` measures both. Each picture is read in a process of its own and kept by its content.
"""

import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.errors import UnreadableDossier

if TYPE_CHECKING:
    from PIL.Image import Image

Engine = Literal["tesseract", "rapidocr"]
DPI = 200
SCALE = DPI / 72
SECONDS = 120
UNCERTAIN = 0.70
"""Mean confidence of a picture's words below which its reading is reported as uncertain."""


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word with its box in pixels of the picture (x0, top, x1, bottom), its line's number and a confidence in 0..1."""

    text: str
    box: tuple[float, float, float, float]
    line: int
    confidence: float


@dataclass(frozen=True, slots=True)
class OcrResult:
    """What was read on one picture; `failure` is a French reason when it could not be read."""

    words: tuple[OcrWord, ...]
    failure: str | None = None

    @property
    def confidence(self) -> float:
        """Mean over letters, 1.0 for a picture without words."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 1.0


@cache
def preferred_engine() -> Engine:
    """tesseract where it is installed with French, else rapidocr."""
    program = shutil.which("tesseract")
    if program:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
        if "fra" in listed.stdout.split():
            return "tesseract"
    return "rapidocr"


class OcrReader:
    """Reads pictures in parallel processes, with a cache on disk (none when `cache_folder` is None)."""

    def __init__(self, engine: Engine, workers: int, cache_folder: Path | None) -> None:
        self.engine = engine
        self._workers = workers
        self._cache = cache_folder

    def read(self, pictures: Sequence["Image"], progress: Callable[[int, int], None]) -> list[OcrResult]:
        """One result per picture. An exception raised by `progress` (a person pressed stop) ends the reading."""
        results: list[OcrResult | None] = [None] * len(pictures)
        pool = ThreadPoolExecutor(self._workers, thread_name_prefix="ocr")
        try:
            futures = {pool.submit(self._one, picture): place for place, picture in enumerate(pictures)}
            for done, future in enumerate(as_completed(futures), start=1):
                results[futures[future]] = future.result()
                progress(done, len(pictures))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return [result for result in results if result is not None]

    def _one(self, picture: "Image") -> OcrResult:
        file = io.BytesIO()
        picture.convert("L").save(file, "PNG", compress_level=1)
        data = file.getvalue()
        kept = self._kept(data)
        if kept is not None and kept.exists():
            return _loaded(kept.read_text(encoding="utf-8"))
        result = _run(self.engine, data)
        if kept is not None and result.failure is None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            fresh = kept.with_suffix(f".{id(data)}.tmp")
            fresh.write_text(json.dumps(asdict(result)), encoding="utf-8")
            fresh.replace(kept)
        return result

    def _kept(self, data: bytes) -> Path | None:
        if self._cache is None:
            return None
        return self._cache / f"{hashlib.sha256(data).hexdigest()}-{self.engine}.json"


def _run(engine: Engine, data: bytes) -> OcrResult:
    """Reads one PNG in a process of its own, so that a crash or a stall costs that picture only."""
    command = [sys.executable, "-m", "assistant.dossier.ocr_worker", engine]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=True)
    except subprocess.TimeoutExpired:
        return OcrResult((), "la lecture de l’image a pris trop de temps")
    except (subprocess.CalledProcessError, OSError):
        return OcrResult((), "la lecture de l’image a échoué")
    return _loaded(done.stdout.decode("utf-8"))


def _loaded(text: str) -> OcrResult:
    try:
        raw = json.loads(text)
        words = tuple(OcrWord(w["text"], tuple(w["box"]), w["line"], w["confidence"]) for w in raw["words"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableDossier(
            "Une image n’a pas pu être lue\u00a0: réessayez sans la reconnaissance de caractères."
        ) from error
    return OcrResult(words)
