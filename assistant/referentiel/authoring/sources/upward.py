"""Headings that run up (or down) the narrow cells of a scanned table: their cells are turned and read by themselves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.referentiel.authoring.sources.lines import Word, lines_of
from assistant.referentiel.authoring.sources.recognising import DPI, PageRead, Recogniser

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]
SCALE = 72 / DPI
NARROW, TALL, SLIM = 70.0, 60.0, 1.8
"""Points: a cell no wider, no lower, and so much higher than wide may hold standing words."""
INSET = 2.5
INK, LEAST_INK = 140, 0.006
FEW = 0.06
"""Letters read in such a cell for each point of its height, below which what was read there is no text."""
SURE = 0.5


def with_standing(
    picture: "Image", tables: Sequence[Sequence[Box]], words: Sequence[Word], recogniser: Recogniser
) -> list[Word]:
    """The words of an upright page, those of its narrow cells read anew where they stand."""
    made = list(words)
    for box in (box for cells in tables for box in cells):
        if not _may_stand(box, words):
            continue
        crop = picture.crop(_pixels(box))
        read = recogniser.read(crop.rotate(-90, expand=True)) if _inked(crop) else PageRead(())
        if read.confidence >= SURE and read.turn in {0, 2}:
            made = [word for word in made if not _within(word, box)] + _stood(read, box)
    return made


def _pixels(box: Box) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = (value / SCALE for value in box)
    inset = INSET / SCALE
    return round(x0 + inset), round(top + inset), round(x1 - inset), round(bottom - inset)


def _may_stand(box: Box, words: Sequence[Word]) -> bool:
    x0, top, x1, bottom = box
    wide, high = x1 - x0, bottom - top
    if not (2 * INSET + 6 < wide <= NARROW and high >= TALL and high >= SLIM * wide):
        return False
    letters = sum(sum(c.isalnum() for c in word.text) for word in words if _within(word, box))
    return letters < FEW * high


def _within(word: Word, box: Box) -> bool:
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= (word.top + word.bottom) / 2 <= box[3]


def _inked(crop: "Image") -> bool:
    import numpy

    return bool((numpy.asarray(crop) < INK).mean() > LEAST_INK)


def _stood(read: PageRead, box: Box) -> list[Word]:
    """The words of a turned cell, put back: what stands further right in the turned one stands higher up."""
    flat = [
        Word(w.text.strip(), *w.box, ocr=True)
        for w in read.words
        if any(c.isalnum() for c in w.text) or w.text in "–—-:"
    ]
    left, high = box[0] + INSET, box[3] - box[1] - 2 * INSET
    wide = box[2] - box[0] - 2 * INSET
    top = box[1] + INSET
    down = read.turn == 2
    made = []
    for line in lines_of(flat):
        for word in line.words:
            y0, y1 = (word.x0, word.x1) if down else (high - word.x1, high - word.x0)
            x0, x1 = (wide - line.bottom, wide - line.top) if down else (line.top, line.bottom)
            made.append(
                Word(word.text, left + x0, top + y0, left + x1, top + y1, x1 - x0, upright=False, ocr=True, down=down)
            )
    return made
