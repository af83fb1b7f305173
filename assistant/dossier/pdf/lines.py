"""A line of text as laid out: its letters with their boxes, what stands above or below the line, and its parts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from statistics import median

from assistant.result import Box, TextSource

Placed = tuple["Line", Sequence[int]]
"""A line and the place of each of its characters in pdfium's count, NOWHERE for one that is not in it."""
NOWHERE = -1
RAISED = 0.15
"""How far above the base line, in sizes, a call or an ordinal's letters stand."""
SMALL_FIGURE, SMALL_LETTER = 0.56, 0.42
"""Heights in sizes below which a raised figure or letter is a small one, not one of another line."""
TOUCHING = 0.6
"""Gap in sizes under which two parts on one base line are one line."""
WORD_GAP = 0.16
SUPERSCRIPTS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
MOST_FEET = 9
"""Letters on the base line that are enough to tell it."""
_ON_BASE = frozenset("abcdefhiklmnorstuvwxzàâäéèêëîïôöùûüABCDEFGHIKLMNOPRSTUVWXZÉÈÀ")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column or cell, as pdfium cut it. `boxes[i]` belongs to `text[i]`, None for generated spaces."""

    text: str
    boxes: tuple[Box | None, ...]
    box: Box
    size: float
    bold: bool
    source: TextSource = "text"
    font: str = ""
    """Name and size in bytes of the font its first letter is set in."""
    base: float | None = None
    """Points from the top to the line its letters stand on."""
    mono: bool = False
    """Set in a typewriter face, as code is."""
    marked: bool = False
    """Its first sign alone is set in another font than what follows, as the bullets of word processors are."""
    widest: float = inf
    """Points between two of its letters, at most."""
    back: float = inf
    """Points that a letter stands left of the end of those before it, at most."""

    @property
    def foot(self) -> float:
        """Where the letters stand: the base line, or the bottom of the box where no letter tells it."""
        return self.box[3] if self.base is None else self.base

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of `boxes` (at least one)."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return (min(x0s), min(tops), max(x1s), max(bottoms))


def base_of(text: str, boxes: Sequence[Box | None]) -> float | None:
    """The base line, from the first letters that stand on it."""
    feet: list[float] = []
    for char, box in zip(text, boxes, strict=True):
        if box is not None and char in _ON_BASE:
            feet.append(box[3])
            if len(feet) == MOST_FEET:
                break
    return median(feet) if feet else None


def whole_lines(cut: Iterable[Placed]) -> Iterator[Placed]:
    """The lines with parts that pdfium cut apart put together again, and raised figures told from the others."""
    held: Placed | None = None
    for one in cut:
        if held is not None and _one_line(held[0], one[0]):
            held = _joined(held, one)
            continue
        if held is not None:
            yield _with_raised(held)
        held = one
    if held is not None:
        yield _with_raised(held)


def _one_line(a: Line, b: Line) -> bool:
    """Whether `b` goes on where `a` ends: on its base line, or a little above it as a call does."""
    size = max(a.size, b.size, 4.0)
    if not -0.3 * size <= b.box[0] - a.box[2] <= TOUCHING * size:
        return False
    if b.base is not None and a.base is not None:
        level = abs(b.base - a.base) <= 0.12 * size
        return level or (len(b.text.strip()) <= 3 and b.size < 0.85 * a.size and 0 < a.base - b.base < 0.6 * size)
    return -0.35 * size <= b.box[3] - a.foot <= 0.35 * size or (
        b.text.strip().isdigit() and b.size < 0.85 * a.size and a.box[1] - 0.3 * size <= b.box[1] and b.box[3] < a.foot
    )


def _joined(a: Placed, b: Placed) -> Placed:
    first, second = a[0], b[0]
    text, boxes, places = first.text.rstrip(), first.boxes, a[1]
    boxes, places = boxes[: len(text)], places[: len(text)]
    apart = 0.5 if second.text[:1] in ".,)]" else WORD_GAP
    if second.box[0] - first.box[2] > apart * max(first.size, second.size):
        text, boxes, places = f"{text} ", (*boxes, None), (*places, NOWHERE)
    line = replace(
        first,
        text=text + second.text,
        boxes=(*boxes, *second.boxes),
        box=union([first.box, second.box]),
        bold=first.bold and (second.bold or len(second.text) < 4),
        base=first.base if first.base is not None else second.base,
        widest=inf,
        back=inf,
    )
    return line, (*places, *b[1])


def _with_raised(placed: Placed) -> Placed:
    """Raised figures as superscripts, right behind what they follow; so do raised and lowered letters and figures."""
    line, places = placed
    if line.base is None or line.size <= 0 or line.height > 3 * line.size:
        return placed
    limit, below = line.base - RAISED * line.size, line.base + 0.06 * line.size
    raised = [
        n
        for n, (char, box) in enumerate(zip(line.text, line.boxes, strict=True))
        if box is not None and (box[3] < limit or (box[3] > below and char.isdigit()))
        if char.isalnum() and _is_small(char, box, line.size)
    ]
    if not raised or len(raised) > 0.5 * len(line.text):
        return placed
    text, boxes = list(line.text), list(line.boxes)
    kept = list(places)
    for n in reversed(raised):
        box = line.boxes[n]
        assert box is not None
        if box[3] < limit:
            text[n] = SUPERSCRIPTS.get(text[n], text[n])
        before = next((b for b in reversed(line.boxes[:n]) if b is not None), None)
        close = before is not None and -0.3 * line.size < box[0] - before[2] < 0.3 * line.size
        if n and text[n - 1] == " " and line.boxes[n - 1] is None and close:
            del text[n - 1], boxes[n - 1], kept[n - 1]
    return replace(line, text="".join(text), boxes=tuple(boxes)), tuple(kept)


def _is_small(char: str, box: Box, size: float) -> bool:
    """Whether a figure or letter is set smaller than its line: one of another line is not."""
    return box[3] - box[1] < (SMALL_FIGURE if char.isdigit() else SMALL_LETTER) * size
