"""Text that stands in the file and that nobody can see on the page: found, taken out, and reported.

A word is judged by what its object says (invisible, transparent, tiny), by where it stands (outside the page) and by
what it adds to the drawing: a page drawn without its words, and unchanged where one should stand, does not show it.
Words of a recognised scan are invisible and lie over the picture of the same words: they stay.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.dossier.pdf.drawn_lines import Rules
from assistant.dossier.pdf.lines import Line, union
from assistant.dossier.pdf.raster import CLOSE_SCALE, NOTICED, SCALE, View, any_inside, changes, draw, edges, without
from assistant.dossier.pdf.text_layer import Frame, TextLayer
from assistant.result import Box
from assistant.text import fold

Why = Literal["invisible", "colour", "tiny", "outside", "undrawn"]
SMALLEST = 3.0
"""Points. Below, a printed page shows dust."""
NARROWEST = 0.4
"""Points a letter takes from left to right; squeezed below that, a word is a stroke."""
CLEAR = 0.06
"""Opacity below which nothing is seen."""
PALE = 120
"""Colours darker than this in red, green and blue stand out on all but dark grounds, where no ink would be found."""
MOSTLY = 0.6
RUN = re.compile(b"\1+")
LAYERED = frozenset({"invisible", "undrawn"})
"""How the words of a recognised scan are kept from view: set invisible, or under the picture."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a text object is set: its colour where known, opacity in 0..1, size in points."""

    item: Any
    colour: tuple[int, int, int] | None
    opacity: float
    size: float

    @property
    def pale(self) -> bool:
        return self.colour is not None and max(self.colour) > PALE


@dataclass(frozen=True, slots=True)
class HiddenText:
    """A run of words nobody sees, with the reason."""

    text: str
    why: Why


@dataclass(frozen=True, slots=True)
class Seen:
    """The lines one can see, what was taken out, and whether some are the invisible words of a recognised scan."""

    lines: tuple[Line, ...]
    hidden: tuple[HiddenText, ...] = ()
    scanned: bool = False


class Word(NamedTuple):
    """Characters `start` to `end` of line `line`, with their box and look."""

    line: int
    start: int
    end: int
    box: Box
    text: str
    look: Look


def seen(page: Any, text_page: Any, layer: TextLayer, frame: Frame, rules: Rules) -> Seen:
    """Parts the lines of an open page's text layer into seen and hidden ones."""
    import pypdfium2.raw as pdfium

    words, boxes = _words(pdfium, text_page, layer)
    if not words:
        return Seen(layer.lines)
    reasons = _told(words, boxes, frame)
    view = draw(page, frame, SCALE, grey=True)
    if view is None:
        return _parted(layer.lines, words, reasons, scanned=False)
    marked = any_inside(edges(view), boxes, view.scale).tolist()
    doubted = [
        n
        for n, word in enumerate(words)
        if (not marked[n] or rules.pictures or word.look.pale)
        and n not in reasons
        and _doubted(word, marked[n], rules, view)
    ]
    unseen = _unseen(pdfium, page, frame, view, words, doubted) if doubted else {}
    every = dict(sorted({**reasons, **unseen}.items()))
    scan = {n for n, why in every.items() if why in LAYERED and marked[n] and _over(words[n].box, rules)}
    return _parted(layer.lines, words, {n: why for n, why in every.items() if n not in scan}, bool(scan))


def _words(pdfium: Any, text_page: Any, layer: TextLayer) -> tuple[list[Word], NDArray[np.float64]]:
    """The words of the lines, and their boxes."""
    spans = [(number, start, end) for number, line in enumerate(layer.lines) for start, end in _spans(line)]
    boxes = _around(layer, spans)
    starts = [layer.places[number][start] for number, start, _ in spans]
    looks: dict[int, Look] = {}
    items = layer.characters.objects(starts)
    for item, place in zip(items, starts, strict=True):
        if item not in looks:
            looks[item] = _look(pdfium, text_page, layer, item, place)
    texts = [line.text for line in layer.lines]
    words = [
        Word(number, start, end, (x0, top, x1, bottom), texts[number][start:end], looks[item])
        for (number, start, end), (x0, top, x1, bottom), item in zip(spans, boxes.tolist(), items, strict=True)
    ]
    return words, boxes


def _spans(line: Line) -> Iterator[tuple[int, int]]:
    """Runs of characters with a place on the page."""
    if None not in line.boxes:
        yield 0, len(line.boxes)
        return
    placed = bytes([box is not None for box in line.boxes])
    for run in RUN.finditer(placed):
        yield run.span()


def _around(layer: TextLayer, spans: Sequence[tuple[int, int, int]]) -> NDArray[np.float64]:
    """The box of each span, all at once: a page has a thousand."""
    places = [place for number, start, end in spans for place in layer.places[number][start:end]]
    if not places:
        return np.zeros((0, 4))
    boxes = layer.edges[places]
    starts = np.cumsum([0, *(end - start for _, start, end in spans[:-1])])
    least, most = np.minimum.reduceat(boxes, starts), np.maximum.reduceat(boxes, starts)
    return np.hstack([least[:, :2], most[:, 2:]])


def _look(pdfium: Any, text_page: Any, layer: TextLayer, address: int, place: int) -> Look:
    item = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT) if address else None
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item) if item else pdfium.FPDF_TEXTRENDERMODE_FILL
    values = [ctypes.c_uint() for _ in range(4)]
    stroked = mode in (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)
    ask = pdfium.FPDFText_GetStrokeColor if stroked else pdfium.FPDFText_GetFillColor
    known = ask(text_page.raw, place, *map(ctypes.byref, values))
    red, green, blue, alpha = (value.value for value in values)
    unseen = mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
    opacity = 0.0 if unseen else alpha / 255 if known else 1.0
    return Look(item, (red, green, blue) if known else None, opacity, layer.characters.size(place, address))


def _told(words: Sequence[Word], boxes: NDArray[np.float64], frame: Frame) -> dict[int, Why]:
    """What the words' own objects say."""
    width, height = frame.size
    across, down = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    inside = (boxes[:, 2].clip(0, width) - boxes[:, 0].clip(0, width)) * (
        boxes[:, 3].clip(0, height) - boxes[:, 1].clip(0, height)
    )
    letters = np.array([len(word.text) for word in words])
    outside = (inside < MOSTLY * across * down) | (boxes[:, 0] > width) | (boxes[:, 1] > height)
    outside |= (boxes[:, 2] < 0) | (boxes[:, 3] < 0)
    small = np.array([word.look.size < SMALLEST for word in words]) & (down < SMALLEST)
    tiny = (
        small
        | ((letters > 3) & (across < NARROWEST * letters))
        | ((letters > 1) & (across < 0.3 * NARROWEST * letters))
    )
    unseen = np.array([word.look.opacity < CLEAR for word in words])
    reasons: dict[int, Why] = {}
    told: tuple[tuple[Why, NDArray[np.bool_]], ...] = (("tiny", tiny), ("invisible", unseen), ("outside", outside))
    for why, those in told:
        reasons |= dict.fromkeys(np.flatnonzero(those).tolist(), why)
    return reasons


def _doubted(word: Word, marked: bool, rules: Rules, view: View) -> bool:
    """Whether a closer look is due: nothing drawn there, its ground is of its colour, or it may lie under a picture."""
    if not any(c.isalnum() for c in word.text):
        return False
    return not marked or _over(word.box, rules) or _like_its_ground(word, view)


def _like_its_ground(word: Word, view: View) -> bool:
    """Whether a pale word stands on a ground as bright as itself. Dark words on a dark ground leave no mark at all."""
    if not word.look.pale:
        return False
    region = view.region(word.box, 1.0)
    red, green, blue = word.look.colour or (0, 0, 0)
    return bool(region.size) and abs(float(np.median(region)) - (0.3 * red + 0.59 * green + 0.11 * blue)) < NOTICED


def _unseen(
    pdfium: Any, page: Any, frame: Frame, view: View, words: Sequence[Word], doubted: Sequence[int]
) -> dict[int, Why]:
    """The doubted words that add nothing to the drawing of the page."""
    items = list({id(word.look): word.look.item for word in words if word.look.item}.values())
    with without(pdfium, items):
        blank = draw(page, frame, SCALE, grey=True)
    if blank is None:
        return {}
    boxes = np.array([words[n].box for n in doubted])
    added = any_inside(changes(view, blank), boxes, view.scale)
    suspects = [n for n, adds in zip(doubted, added.tolist(), strict=True) if not adds or _written_over(words, n)]
    if not suspects:
        return {}
    with without(pdfium, items):
        ground = draw(page, frame, CLOSE_SCALE, grey=False)
    close = draw(page, frame, CLOSE_SCALE, grey=False)
    if ground is None or close is None:
        return {}
    return {n: why for n in suspects if (why := _closely(words, n, close, ground))}


def _closely(words: Sequence[Word], number: int, close: View, ground: View) -> Why | None:
    word = words[number]
    behind = ground.ground(word.box)
    if behind is None:
        return "outside"
    colour = word.look.colour
    alike = colour is not None and max(abs(a - b) for a, b in zip(colour, behind, strict=True)) < NOTICED
    changed = changes(View(close.region(word.box), 1), View(ground.region(word.box), 1)).any()
    if not changed:
        return "colour" if alike else "undrawn"
    return "colour" if alike and _written_over(words, number) else None


def _written_over(words: Sequence[Word], number: int) -> bool:
    """Whether other words stand in the same place: what is drawn there is theirs."""
    word = words[number]
    return (
        sum(
            _inside(word.box, other.box)
            for place, other in enumerate(words)
            if place != number and fold(other.text) != fold(word.text)
        )
        > MOSTLY
    )


def _inside(box: Box, around: Box) -> float:
    """The share of `box` that lies inside `around`."""
    width = min(box[2], around[2]) - max(box[0], around[0])
    height = min(box[3], around[3]) - max(box[1], around[1])
    area = max(0.01, box[2] - box[0]) * max(0.01, box[3] - box[1])
    return max(0.0, width) * max(0.0, height) / area


def _over(box: Box, rules: Rules) -> bool:
    return any(_inside(box, picture) > MOSTLY for picture in rules.pictures)


def _parted(lines: Sequence[Line], words: Sequence[Word], reasons: dict[int, Why], scanned: bool) -> Seen:
    """The lines without the words for which there is a reason, and those words."""
    if not reasons:
        return Seen(tuple(lines), (), scanned)
    out: dict[int, list[Word]] = {}
    for number in reasons:
        out.setdefault(words[number].line, []).append(words[number])
    kept = [_without(line, out[place]) if place in out else line for place, line in enumerate(lines)]
    hidden = [
        HiddenText(" ".join(words[number].text for number, _ in run), why)
        for why, run in groupby(reasons.items(), key=lambda pair: pair[1])
    ]
    return Seen(tuple(line for line in kept if line is not None), tuple(hidden), scanned)


def _without(line: Line, words: Sequence[Word]) -> Line | None:
    """The line with some of its words taken out; None when nothing is left."""
    gone = {place for word in words for place in range(word.start, word.end)}
    places = [place for place in range(len(line.text)) if place not in gone]
    boxes = tuple(line.boxes[place] for place in places)
    solid = [box for box in boxes if box is not None]
    if not solid or not any(line.text[place].isalnum() for place in places):
        return None
    return replace(line, text="".join(line.text[place] for place in places), boxes=boxes, box=union(solid))
