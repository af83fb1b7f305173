"""Bullets of a scanned page: small spots of ink before the first word of a line, which a reader of words leaves out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.sources.recognising import DPI, Box

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

SCALE = 72 / DPI
INK = 150
LEAST, WIDEST, TALLEST = 2.0 * SCALE, 9.0, 6.0
"""Points: the sides of a spot that may be a bullet or a dash."""
FILLED = 0.45
LEAST_INK = 12
BEFORE = (1.5, 26.0)
"""Points between a spot and the word it stands before."""
ALONE = 14.0
"""Points to the left of a spot in which no word stands."""


def marks(picture: "Image", words: Sequence[Word], rules: Sequence[Box]) -> list[Word]:
    """A « • » for each spot that stands before a line, level with the middle of its first word."""
    import cv2
    import numpy

    ink = (numpy.asarray(picture) < INK).astype(numpy.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    _, _, wide, high, area = stats[1:count].T
    small = (wide * SCALE >= LEAST) & (wide * SCALE <= WIDEST) & (high * SCALE <= TALLEST) & (area >= LEAST_INK)
    left, upper, wide, high = (stats[1:count][small & (area >= FILLED * wide * high)][:, :4] * SCALE).T
    spots = numpy.stack([left, upper, left + wide, upper + high], axis=1)
    return [
        Word("•", x0, top, x1, bottom, ocr=True)
        for x0, top, x1, bottom in spots[_beside_words(spots, words)].tolist()
        if before_a_line((x0, top, x1, bottom), words) and not _on_rule((x0, top, x1, bottom), rules)
    ]


def _beside_words(spots: "NDArray[Any]", words: Sequence[Word]) -> "NDArray[Any]":
    """Which spots are no letters: whether no word stands where each does."""
    import numpy

    x0, x1 = spots[:, 0], spots[:, 2]
    middle = (spots[:, 1] + spots[:, 3]) / 2
    free = numpy.ones(len(spots), dtype=bool)
    for word in words:
        free &= ~((word.top < middle) & (middle < word.bottom) & (word.x0 - 1 < x1) & (x0 < word.x1 + 1))
    return free


def before_a_line(spot: Box, words: Sequence[Word], alone: float = ALONE) -> bool:
    """Whether a spot of ink (in points) stands before the first word of a line, level with its middle.

    No word stands in the `alone` points to its left.
    """
    x0, top, x1, bottom = spot
    middle = (top + bottom) / 2
    level = [w for w in words if w.top < middle < w.bottom]
    if any(0 <= x0 - w.x1 < alone for w in level):
        return False
    after = [w for w in level if BEFORE[0] <= w.x0 - x1 <= BEFORE[1]]
    return any(abs((w.top + w.bottom) / 2 - middle) < 0.35 * (w.bottom - w.top) for w in after)


def _on_rule(spot: Box, rules: Sequence[Box]) -> bool:
    x0, top, x1, bottom = spot
    return any(r[0] - 3 < x1 and x0 < r[2] + 3 and r[1] - 3 < bottom and top < r[3] + 3 for r in rules)
