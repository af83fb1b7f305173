"""Text that stands in the file and that nobody can see on the page: found, taken out, and reported.

A word is judged by what its object says (invisible, transparent, tiny), by where it stands (outside the page) and by
what it adds to the drawing: a page drawn without its words, and unchanged where one should stand, does not show it.
Words of a recognised scan are invisible and lie over the picture of the same words: they stay.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from assistant.dossier.pdf.drawn_lines import Rules
from assistant.dossier.pdf.lines import Line, union
from assistant.dossier.pdf.raster import (
    CLOSE_SCALE,
    NOTICED,
    SCALE,
    Marked,
    View,
    any_inside,
    changes,
    draw,
    edges,
    median_of,
    without,
)
from assistant.dossier.pdf.text_layer import Frame, TextLayer
from assistant.dossier.pdf.words import Word, Words, words_of
from assistant.result import Box
from assistant.text import fold

Why = Literal["invisible", "colour", "tiny", "outside", "undrawn"]
SMALLEST = 3.0
"""Points. Below, a printed page shows dust."""
NARROWEST = 0.4
"""Points a letter takes from left to right; squeezed below that, a word is a stroke."""
CLEAR = 0.06
"""Opacity below which nothing is seen."""
MOSTLY = 0.6
LAYERED = frozenset({"invisible", "undrawn"})
"""How the words of a recognised scan are kept from view: set invisible, or under the picture."""


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


def seen(page: Any, text_page: Any, layer: TextLayer, frame: Frame, rules: Rules) -> Seen:
    """Parts the lines of an open page's text layer into seen and hidden ones."""
    words = words_of(text_page, layer)
    if not len(words):
        return Seen(layer.lines)
    reasons = _told(words, frame)
    view = draw(page, frame, SCALE, grey=True)
    if view is None:
        return _parted(layer.lines, words, reasons, scanned=False)
    marked = any_inside(edges(view), words.boxes, view.scale)
    over = _over(words.boxes, rules.pictures)
    doubted = _doubted(words, reasons, marked, over, view)
    unseen = _unseen(page, frame, view, words, doubted) if doubted else {}
    every = dict(sorted({**reasons, **unseen}.items()))
    scan = {n for n, why in every.items() if why in LAYERED and marked[n] and over[n]}
    return _parted(layer.lines, words, {n: why for n, why in every.items() if n not in scan}, bool(scan))


def _told(words: Words, frame: Frame) -> dict[int, Why]:
    """What the words' own objects say."""
    width, height = frame.size
    boxes, letters = words.boxes, words.ends - words.starts
    across, down = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    inside = (boxes[:, 2].clip(0, width) - boxes[:, 0].clip(0, width)) * (
        boxes[:, 3].clip(0, height) - boxes[:, 1].clip(0, height)
    )
    outside = (inside < MOSTLY * across * down) | (boxes[:, 0] > width) | (boxes[:, 1] > height)
    outside |= (boxes[:, 2] < 0) | (boxes[:, 3] < 0)
    small = np.array([look.size < SMALLEST for look in words.looks])[words.look_of] & (down < SMALLEST)
    tiny = (
        small
        | ((letters > 3) & (across < NARROWEST * letters))
        | ((letters > 1) & (across < 0.3 * NARROWEST * letters))
    )
    unseen = np.array([look.opacity < CLEAR for look in words.looks])[words.look_of]
    reasons: dict[int, Why] = {}
    told: tuple[tuple[Why, NDArray[np.bool_]], ...] = (("tiny", tiny), ("invisible", unseen), ("outside", outside))
    for why, those in told:
        reasons |= dict.fromkeys(np.flatnonzero(those).tolist(), why)
    return reasons


def _doubted(words: Words, reasons: Container[int], marked: Marked, over: Marked, view: View) -> list[int]:
    """The words that a closer look is due for: nothing is drawn there, they may lie under a picture, or their ground
    is of their colour."""
    pale = np.array([look.pale for look in words.looks])[words.look_of]
    plainly = ~marked | over
    return [
        n
        for n in np.flatnonzero(plainly | pale).tolist()
        if n not in reasons
        and any(map(str.isalnum, words.text(n)))
        and (plainly[n] or _like_its_ground(words[n], view))
    ]


def _like_its_ground(word: Word, view: View) -> bool:
    """Whether a pale word stands on a ground as bright as itself. Dark words on a dark ground leave no mark at all."""
    region = view.region(word.box, 1.0)
    red, green, blue = word.look.colour or (0, 0, 0)
    return bool(region.size) and abs(median_of(region) - (0.3 * red + 0.59 * green + 0.11 * blue)) < NOTICED


def _unseen(page: Any, frame: Frame, view: View, words: Words, doubted: Sequence[int]) -> dict[int, Why]:
    """The doubted words that add nothing to the drawing of the page."""
    items = [look.item for look in words.looks if look.item]
    with without(items):
        blank = draw(page, frame, SCALE, grey=True)
    if blank is None:
        return {}
    added = any_inside(changes(view, blank), words.boxes[doubted], view.scale)
    suspects = [n for n, adds in zip(doubted, added.tolist(), strict=True) if not adds or _written_over(words, n)]
    if not suspects:
        return {}
    with without(items):
        ground = draw(page, frame, CLOSE_SCALE, grey=False)
    close = draw(page, frame, CLOSE_SCALE, grey=False)
    if ground is None or close is None:
        return {}
    return {n: why for n in suspects if (why := _closely(words, n, close, ground))}


def _closely(words: Words, number: int, close: View, ground: View) -> Why | None:
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


def _written_over(words: Words, number: int) -> bool:
    """Whether other words stand in the same place: what is drawn there is theirs."""
    own = fold(words.text(number))
    shares = _shares(words.boxes[number : number + 1], words.boxes)[0]
    there = [n for n in np.flatnonzero(shares).tolist() if n != number and fold(words.text(n)) != own]
    return bool(sum(shares[there].tolist()) > MOSTLY)


def _shares(boxes: NDArray[np.float64], around: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of each box (a row) that lies inside each of the boxes `around` (a column)."""
    a, b = boxes[:, None], around[None]
    width = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    height = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
    area = (boxes[:, 2] - boxes[:, 0]).clip(0.01) * (boxes[:, 3] - boxes[:, 1]).clip(0.01)
    shares: NDArray[np.float64] = width.clip(0.0) * height.clip(0.0) / area[:, None]
    return shares


def _over(boxes: NDArray[np.float64], pictures: Sequence[Box]) -> Marked:
    """Which boxes lie, for the most part, over one of the pictures."""
    if not pictures:
        return np.zeros(len(boxes), bool)
    over: Marked = np.logical_or.reduce(_shares(boxes, np.array(pictures)) > MOSTLY, 1)
    return over


def _parted(lines: Sequence[Line], words: Words, reasons: dict[int, Why], scanned: bool) -> Seen:
    """The lines without the words for which there is a reason, and those words."""
    if not reasons:
        return Seen(tuple(lines), (), scanned)
    out: dict[int, list[Word]] = {}
    for number in reasons:
        word = words[number]
        out.setdefault(word.line, []).append(word)
    kept = [_without(line, out[place]) if place in out else line for place, line in enumerate(lines)]
    hidden = [
        HiddenText(" ".join(words.text(number) for number, _ in run), why)
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
    return replace(line, text="".join(line.text[place] for place in places), boxes=boxes, box=union(solid), widest=inf)
