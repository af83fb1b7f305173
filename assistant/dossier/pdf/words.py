"""The words of a page as its text layer holds them: where each stands, and how the object it belongs to is set.

A page has hundreds; what is asked of every one is held in arrays, and a word is made only where a closer look is due.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.dossier.pdf.characters import plain
from assistant.dossier.pdf.lines import Line
from assistant.dossier.pdf.text_layer import TextLayer
from assistant.result import Box

PALE = 120
"""Colours darker than this in red, green and blue stand out on all but dark grounds, where no ink would be found."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a text object is set: its colour where known, opacity in 0..1, size in points."""

    item: int
    """Its address; 0 where there is none."""
    colour: tuple[int, int, int] | None
    opacity: float
    size: float

    @property
    def pale(self) -> bool:
        return self.colour is not None and max(self.colour) > PALE


class Word(NamedTuple):
    """Characters `start` to `end` of line `line`, with their box and look."""

    line: int
    start: int
    end: int
    box: Box
    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Words:
    """The words in order: the line of each, its first character and the one behind its last, its box, its look's place
    in `looks`."""

    lines: tuple[Line, ...]
    of_line: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    boxes: NDArray[np.float64]
    look_of: NDArray[np.int64]
    looks: tuple[Look, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, number: int) -> Word:
        line, start, end = int(self.of_line[number]), int(self.starts[number]), int(self.ends[number])
        x0, top, x1, bottom = self.boxes[number].tolist()
        look = self.looks[self.look_of[number]]
        return Word(line, start, end, (x0, top, x1, bottom), self.lines[line].text[start:end], look)

    def text(self, number: int) -> str:
        """The letters of one word."""
        text = self.lines[int(self.of_line[number])].text
        return text[int(self.starts[number]) : int(self.ends[number])]


def words_of(text_page: Any, layer: TextLayer) -> Words:
    """The words of an open page: runs of characters with a place on the page."""
    lengths = np.array([len(places) for places in layer.places], np.int64)
    places = np.fromiter(chain.from_iterable(layer.places), np.int64, int(lengths.sum()))
    of_line = np.repeat(np.arange(len(lengths)), lengths)
    boxes = layer.edges[places]
    placed = ~np.isnan(boxes[:, 0])
    opens, closes = placed.copy(), placed.copy()
    together = placed[1:] & placed[:-1] & (of_line[1:] == of_line[:-1])
    opens[1:] &= ~together
    closes[:-1] &= ~together
    starts, ends = np.flatnonzero(opens), np.flatnonzero(closes) + 1
    lines = of_line[starts]
    first = (np.cumsum(lengths) - lengths)[lines]
    look_of, looks = _looks(text_page, layer, places[starts].tolist())
    return Words(layer.lines, lines, starts - first, ends - first, _around(boxes, starts, ends), look_of, looks)


def _around(boxes: NDArray[np.float64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.float64]:
    """The box around each run of characters, from `starts` to `ends`."""
    if not len(starts):
        return np.zeros((0, 4))
    # Every second stretch, from the end of a run to the start of the next, is left out.
    bounds = np.column_stack((starts, ends)).ravel()
    bounds = bounds[:-1] if bounds[-1] == len(boxes) else bounds
    least, most = np.minimum.reduceat(boxes[:, :2], bounds)[::2], np.maximum.reduceat(boxes[:, 2:], bounds)[::2]
    return np.hstack((least, most))


def _looks(text_page: Any, layer: TextLayer, starts: Sequence[int]) -> tuple[NDArray[np.int64], tuple[Look, ...]]:
    """For each word, given by its first character, the place of its look; and the looks."""
    items = layer.characters.objects(starts)
    known: dict[int, int] = {}
    looks: list[Look] = []
    asked = _Asked(text_page)
    for item, place in zip(items, starts, strict=True):
        if item not in known:
            known[item] = len(looks)
            looks.append(asked.look(item, place, layer.characters.size(place, item)))
    return np.array([known[item] for item in items], np.int64), tuple(looks)


class _Asked:
    """What pdfium says of text objects, written into one set of four numbers."""

    def __init__(self, text_page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._page = ctypes.cast(text_page.raw, ctypes.c_void_p).value
        self._mode = plain("FPDFTextObj_GetTextRenderMode", ctypes.c_void_p)
        colour = (ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
        self._fill = plain("FPDFText_GetFillColor", *colour)
        self._stroke = plain("FPDFText_GetStrokeColor", *colour)
        self._usual = pdfium.FPDF_TEXTRENDERMODE_FILL
        self._stroked = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)
        self._unseen = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
        self._values = (ctypes.c_uint * 4)()
        start = ctypes.addressof(self._values)
        self._into = tuple(range(start, start + 16, 4))

    def look(self, item: int, place: int, size: float) -> Look:
        """The look of text object `item`, of which the character at `place` is one."""
        mode = self._mode(item) if item else self._usual
        ask = self._stroke if mode in self._stroked else self._fill
        ctypes.memset(self._values, 0, ctypes.sizeof(self._values))
        known = ask(self._page, place, *self._into)
        red, green, blue, alpha = self._values
        opacity = 0.0 if mode in self._unseen else alpha / 255 if known else 1.0
        return Look(item, (red, green, blue) if known else None, opacity, size)
