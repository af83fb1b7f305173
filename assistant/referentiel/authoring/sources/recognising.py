"""The words of a page that is a picture, and how it lies.

`tesseract` looks for scattered words (`--psm 11`): on a page of tables it reads more of them than its analysis of the
layout does (802 of 807 words of a dense page instead of 791), in one pass; which cell a word stands in is known from the
rules. Where it is not installed the project's own reader of pictures is asked.
"""

import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, LifoQueue
from threading import get_ident
from typing import TYPE_CHECKING, Any

from assistant.dossier.isolation.process import Ceilings, TooLong
from assistant.dossier.ocr.engines import FAILED, TOO_SLOW, preferred_engine
from assistant.dossier.ocr.lane import LooseLane

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]
DPI = 200
SURE = 0.75
"""Mean confidence below which a page is tried upside down and on its sides."""
TURNS = (2, 1, 3)
CEILINGS = Ceilings(cpu=120.0, idle=120.0)
_CODE = re.compile(
    r"^\(?(?:C|CE|C\.E|CP|CR|Cr|A|E|K|B|BC|L|M)[.\s]?(?:[\dlIO]|L(?=[.,]\d)){1,3}(?:[.,]+[\dlIO]{1,3})*[.,:)]?$"
)
_BETWEEN = {"-", "–", "—", ":"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A word with its box in points and a confidence in 0..1."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was read on a page turned clockwise by `turn` quarters; `failure` says in French why nothing was."""

    words: tuple[Seen, ...]
    turn: int = 0
    failure: str | None = None

    @property
    def confidence(self) -> float:
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 0.0


class Recogniser:
    """Reads pages that are pictures, in processes apart; asked by several threads at once.

    What was read is kept in the folder `kept`, by what the picture shows. The processes end with the block.
    """

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept
        self._engine = preferred_engine()
        self._folder = tempfile.TemporaryDirectory(prefix="prelecture-")
        self._lanes: LifoQueue[LooseLane] = LifoQueue()

    def __enter__(self) -> "Recogniser":
        return self

    def __exit__(self, *_: object) -> None:
        while not self._lanes.empty():
            self._lanes.get().close()
        self._folder.cleanup()

    def read(self, picture: "Image") -> PageRead:
        """The page as it lies, or as it is read best when it lies upside down or on a side."""
        file = self._kept / _name(picture) if self._kept else None
        known = _known(file) if file else None
        if known is not None:
            return known
        try:
            found = self._best(picture)
        except TooLong:
            return PageRead((), failure=TOO_SLOW)
        except OSError:
            return PageRead((), failure=FAILED)
        if file:
            _keep(file, found)
        return found

    def _best(self, picture: "Image") -> PageRead:
        best = self._asked(picture)
        if self._engine != "tesseract":
            return best
        for turn in TURNS if best.words and best.confidence < SURE else ():
            other = replace(self._asked(picture.rotate(-90 * turn, expand=True)), turn=turn)
            best = other if other.confidence > best.confidence else best
            if best.confidence >= SURE:
                break
        return replace(best, words=_with_codes(best.words))

    def _asked(self, picture: "Image") -> PageRead:
        file = Path(self._folder.name) / f"{get_ident()}.pgm"
        picture.convert("L").save(file, "PPM")
        try:
            lane = self._lanes.get_nowait()
        except Empty:
            lane = LooseLane(self._engine)
        try:
            said = lane.ask([str(file), DPI], CEILINGS, lambda: True)
        finally:
            self._lanes.put(lane)
        return PageRead(tuple(_seen(word) for word in said["words"]), said["turn"])


def _name(picture: "Image") -> str:
    return hashlib.sha256(f"{picture.size}".encode() + picture.tobytes()).hexdigest() + ".json"


def _known(file: Path) -> PageRead | None:
    if not file.is_file():
        return None
    turn, words = json.loads(file.read_text(encoding="utf-8"))
    return PageRead(tuple(Seen(text, (x0, top, x1, bottom), sure) for text, x0, top, x1, bottom, sure in words), turn)


def _keep(file: Path, found: PageRead) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    words = [(one.text, *one.box, one.confidence) for one in found.words]
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps([found.turn, words]), encoding="utf-8")
    fresh.replace(file)


def _seen(word: dict[str, Any]) -> Seen:
    x0, top, x1, bottom = (value * 72 / DPI for value in word["box"])
    return Seen(word["text"], (x0, top, x1, bottom), word["confidence"])


def _with_codes(words: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """« Al – Élaboration », « CE1.4,3 »: what is read of a code that begins a line has digits and points."""
    made = []
    for place, word in enumerate(words):
        following = words[place + 1].text if place + 1 < len(words) else ""
        coded = _CODE.match(word.text) and any(c in "0123456789lIO" for c in word.text[1:])
        sure = coded and (following in _BETWEEN or re.search(r"\d[.,]|[.,]\d", word.text))
        made.append(replace(word, text=_as_code(word.text)) if sure else word)
    return tuple(made)


def _as_code(text: str) -> str:
    letters, rest = re.match(r"^(\(?[A-Za-z.]*?)((?:[\dlIO]|(?<=[A-Z])L(?=[.,]\d)).*)$", text).groups()  # type: ignore[union-attr]
    digits = rest.replace("l", "1").replace("L", "1").replace("I", "1").replace("O", "0")
    end = digits[-1] if digits[-1] in ".,:)" else ""
    return letters + re.sub(r"[.,]+", ".", digits.rstrip(".,:)")) + ("." if end == "," else end)
