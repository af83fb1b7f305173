"""The pictures of a PDF, drawn and read one after the other: run as a process apart by `lane.py`.

Arguments: engine, file, folder of the cache or "". Each line of its input is a picture as JSON, a list of parts (page
from 0, its quarter turns, box in points); it answers with the words as JSON, on one line. Several parts are lines of
text: they are put one below the other and read as one picture.
"""

import hashlib
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.dossier.ocr.kept_pictures import note_picture
from assistant.dossier.ocr.tesseract import Word, words_of

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
MOST_PIXELS = 6_000
SURE = 0.75
"""Mean confidence below which a picture is tried lying on its sides and upside down."""
LONG_WORD = 4
WIDE_GAP, SOME_ROWS = 1.6, 3
RAPIDOCR = {"Global.use_cls": False, "Rec.rec_batch_num": 1, "Det.limit_type": "max", "Det.limit_side_len": 1280}
"""One line at a time, lines looked for on a smaller picture: twice as fast on two cores, as many letters right."""
RIM, GAP = 3.0, 24
"""Around a line taken out of its page: points of the page, and pixels to the next."""
Part = tuple[int, int, tuple[float, float, float, float]]


def picture(document: Any, part: Part, rim: float = 0.0) -> "tuple[Image, float]":
    """The part of a page, with `rim` points around it, in grey, and its pixels per point."""
    index, turned, (x0, top, x1, bottom) = part
    whole, scale = _drawn(document, index, turned)
    box = (x0 - rim, top - rim, x1 + rim, bottom + rim)
    left, upper, right, lower = (round(value * scale) for value in box)
    return whole.crop((left, upper, right, lower)), scale


@lru_cache(maxsize=2)
def _drawn(document: Any, index: int, turned: int) -> "tuple[Image, float]":
    page = document[index]
    scale = min(DPI / 72, MOST_PIXELS / max(*page.get_size(), 1.0))
    return page.render(scale=scale, rotation=90 * turned, grayscale=True).to_pil().convert("L"), scale


def read_lines(document: Any, parts: Sequence[Part], recognise: Callable[[bytes], list[Word]]) -> list[Word]:
    """The words of lines put one below the other, each with the number of its part as its line."""
    from PIL import Image

    strips = [picture(document, part, RIM)[0] for part in parts]
    tops = [sum(strip.height + GAP for strip in strips[:number]) for number in range(len(strips))]
    sheet = Image.new("L", (max(s.width for s in strips) + 2 * GAP, tops[-1] + strips[-1].height + GAP), 255)
    for strip, top in zip(strips, tops, strict=True):
        sheet.paste(strip, (GAP, top + GAP // 2))
    words = recognise(_bytes(sheet))
    for word in words:
        middle = (word["box"][1] + word["box"][3]) / 2
        word["line"] = max((number for number, top in enumerate(tops) if top <= middle), default=0)
    return words


@dataclass(frozen=True, slots=True)
class Recogniser:
    """An engine: what it reads of a picture at a first look, and that completed by a second one where it is worth one."""

    first: Callable[[bytes], list[Word]]
    completed: Callable[[bytes, list[Word]], list[Word]]

    def __call__(self, shown: bytes) -> list[Word]:
        return self.completed(shown, self.first(shown))


def upright(image: "Image", recogniser: Recogniser) -> tuple[int, list[Word]]:
    """How many quarters clockwise the picture is turned to be read, and its words then.

    The turn is told by first looks: only the picture that is kept is looked at again.
    """
    shown = _bytes(image)
    tries = {0: (shown, recogniser.first(shown))}
    if tries[0][1] and _certainty(tries[0][1]) < SURE:
        for turn in (1, 3, 2):
            shown = _bytes(image.rotate(-90 * turn, expand=True))
            tries[turn] = (shown, recogniser.first(shown))
            if _certainty(tries[turn][1]) >= SURE:
                break
    best = max(tries, key=lambda turn: (_worth(tries[turn][1]) * (1.2 if turn == 0 else 1.0), -turn))
    return best, recogniser.completed(*tries[best])


def _bytes(image: "Image") -> bytes:
    """The picture as a portable greymap: packing and unpacking it would take a twentieth of the time of reading it."""
    shown = io.BytesIO()
    image.save(shown, "PPM")
    return shown.getvalue()


def _certainty(words: Sequence[Word]) -> float:
    """Mean confidence over letters; words set upright from top to bottom are no certain reading."""
    letters: int = sum(len(word["text"]) for word in words)
    sure: float = sum(word["confidence"] * len(word["text"]) for word in words if not _stands(word))
    return sure / letters if letters else 0.0


def _worth(words: Sequence[Word]) -> float:
    """Letters, weighted by how much better than chance they are read."""
    return float(sum(max(0.0, word["confidence"] - 0.5) * len(word["text"]) for word in words if not _stands(word)))


def _stands(word: Word) -> bool:
    x0, top, x1, bottom = word["box"]
    return len(word["text"]) >= LONG_WORD and bottom - top > 2 * (x1 - x0)


def with_tesseract(shown: bytes) -> list[Word]:
    """Words of tesseract's own layout analysis, lines numbered in its reading order."""
    return words_of(shown, "3")


def with_scattered(shown: bytes, words: list[Word]) -> list[Word]:
    """Its analysis passes over lone figures in cells: where lines look like rows, a second look for scattered words adds
    what it left out."""
    return _completed(words, words_of(_rest(shown, words), "11")) if _has_rows(words) else words


def _rest(shown: bytes, words: Sequence[Word]) -> bytes:
    """The picture with what was read painted over in its own ground: the rest is read in a tenth of the time, and more
    of it is found."""
    from PIL import Image

    with Image.open(io.BytesIO(shown)) as image:
        for word in words:
            left, top, right, bottom = (int(value) for value in word["box"])
            box = (left, top, right + 1, bottom + 1)
            shades = image.crop(box).histogram()
            image.paste(shades.index(max(shades)), box)
        return _bytes(image)


def _has_rows(words: Sequence[Word]) -> bool:
    """Whether some lines are cut by gaps that only columns leave."""
    gaps = [
        after["box"][0] - before["box"][2] > WIDE_GAP * (before["box"][3] - before["box"][1])
        for before, after in pairwise(words)
        if before["line"] == after["line"]
    ]
    return gaps.count(True) >= SOME_ROWS


def _completed(words: list[Word], scattered: Sequence[Word]) -> list[Word]:
    """`words` with the sure ones among `scattered` that stand where nothing was read, each in the line beside it."""
    every = list(words)
    for word in scattered:
        if word["confidence"] < SURE or any(_touch(word["box"], known["box"]) for known in every):
            continue
        _, top, _, bottom = word["box"]
        beside = [known for known in words if known["box"][1] < (top + bottom) / 2 < known["box"][3]]
        line = beside[0]["line"] if beside else 1 + max(known["line"] for known in every)
        every.append({**word, "line": line})
    return sorted(every, key=lambda word: (word["line"], word["box"][0]))


def _touch(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def with_rapidocr(shown: bytes) -> list[Word]:
    """Lines of rapidocr, cut into words in proportion to their letters. Its own turning of lines is left out: `upright`
    turns the whole picture, so that the lines come in order as well."""
    import numpy as np
    from PIL import Image

    found: Any = _rapidocr()(np.asarray(Image.open(io.BytesIO(shown)).convert("RGB")))
    words: list[Word] = []
    if found.boxes is None or found.txts is None:
        return words
    for number, (corners, text, score) in enumerate(zip(found.boxes, found.txts, found.scores, strict=True)):
        xs, ys = corners[:, 0], corners[:, 1]
        box = (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
        words += _cut(str(text), box, number, float(score))
    return words


@cache
def _rapidocr() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.disable(logging.CRITICAL)
    return RapidOCR(params=RAPIDOCR)


def _cut(text: str, box: tuple[float, float, float, float], line: int, score: float) -> list[Word]:
    x0, top, x1, bottom = box
    each = (x1 - x0) / max(1, len(text))
    words, place = [], 0
    for part in text.split(" "):
        if part:
            left = x0 + place * each
            words.append(
                {"text": part, "box": (left, top, left + len(part) * each, bottom), "line": line, "confidence": score}
            )
        place += len(part) + 1
    return words


def read(engine: str, image: "Image", cache: str, pdf: Path) -> dict[str, Any]:
    """The turn and the words of one picture of a file, in pixels of it once turned; kept by what it shows."""
    name = hashlib.sha256(f"{image.size}".encode() + image.tobytes()).hexdigest()
    kept = Path(cache) / f"{name}-{engine}.json" if cache else None
    if kept is not None:
        note_picture(Path(cache), pdf, kept.name)
    if kept is not None and (known := _known(kept)) is not None:
        return known
    turn, words = upright(image, ENGINES[engine])
    found = {"turn": turn, "words": words}
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(found), encoding="utf-8")
        fresh.replace(kept)
    return found


def _known(kept: Path) -> dict[str, Any] | None:
    """What was read before; None where it was not, or where the file is damaged."""
    try:
        known = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return known if isinstance(known, dict) and {"turn", "words"} <= known.keys() else None


ENGINES = {
    "tesseract": Recogniser(with_tesseract, with_scattered),
    "rapidocr": Recogniser(with_rapidocr, lambda _, words: words),
}


def main() -> None:
    """Reads what its input says; boxes are given in points from the turned picture's upper left corner."""
    import pypdfium2

    engine, file, cache = sys.argv[1:4]
    document = pypdfium2.PdfDocument(Path(file))
    for told in sys.stdin:
        parts: list[Part] = [(index, turned, tuple(box)) for index, turned, box in json.loads(told)]
        sys.stdout.write(json.dumps(_answer(document, parts, engine, cache, Path(file))) + "\n")
        sys.stdout.flush()


def _answer(document: Any, parts: Sequence[Part], engine: str, cache: str, file: Path) -> dict[str, Any]:
    if len(parts) > 1:
        return {"turn": 0, "words": read_lines(document, parts, ENGINES[engine])}
    image, scale = picture(document, parts[0])
    found = read(engine, image, cache, file)
    words = [{**word, "box": [value / scale for value in word["box"]]} for word in found["words"]]
    return {"turn": found["turn"], "words": words}


if __name__ == "__main__":
    main()
