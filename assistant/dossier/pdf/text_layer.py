"""The text layer of a page through pdfium: characters with boxes, cut into lines with their size and weight."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from assistant.dossier.pdf.fonts import Faces
from assistant.dossier.pdf.lines import Line, base_of, union, whole_lines
from assistant.result import Box

LINE_ENDS = frozenset({10, 13})
MOST_CHARACTERS = 60_000
"""A page with more is no page that a person reads; thirty times a full one."""
SAMPLE, LEAST_SAMPLE, NEARLY_ALL = 60, 20, 0.85
FAR = 20_000.0
"""Points; the largest page PDF allows measures 14,400."""


@dataclass(frozen=True, slots=True)
class TextLayer:
    """Lines in the order of the page's content; `cut` after MOST_CHARACTERS; `empty` when there is not one letter.

    `places[n][i]` is the place of `lines[n].text[i]` in pdfium's count of the page's characters.
    """

    lines: tuple[Line, ...]
    places: tuple[tuple[int, ...], ...]
    cut: bool
    empty: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is displayed: its visible rectangle in PDF space and its rotation (quarter turns clockwise).

    `turned` of the `turns` are ours: the file shows the page lying on its side or upside down.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int
    turned: int = 0

    def turned_by(self, more: int) -> "Frame":
        """The frame of the page turned clockwise by `more` quarters."""
        return replace(self, turns=(self.turns + more) % 4, turned=(self.turned + more) % 4)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of PDF space as x0, top, x1, bottom on the displayed page."""
        if self.turns == 0:
            return (left - self.left, self.top - top, right - self.left, self.top - bottom)
        corners = (self._point(left, bottom), self._point(right, top))
        xs, ys = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
        return (xs[0], ys[0], xs[1], ys[1])

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def frame_of(page: Any) -> Frame:
    """The frame of an open pypdfium2 page."""
    import pypdfium2.raw as pdfium

    rect = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(rect)):
        width, height = page.getsize_at()
        return Frame(0.0, 0.0, width, height, 0)
    return Frame(rect.left, rect.bottom, rect.right, rect.top, pdfium.FPDFPage_GetRotation(page.raw))


def upright(text_page: Any, frame: Frame) -> Frame:
    """The frame turned so that the text stands upright, when nearly all of it runs another way."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFText_CountChars(text_page.raw), MOST_CHARACTERS)
    step = max(1, count // SAMPLE)
    places = [i for i in range(0, count, step) if pdfium.FPDFText_GetUnicode(text_page.raw, i) > 32]
    quarters = [round(pdfium.FPDFText_GetCharAngle(text_page.raw, i) / (math.pi / 2)) % 4 for i in places]
    if len(quarters) < LEAST_SAMPLE:
        return frame
    way, often = Counter(quarters).most_common(1)[0]
    return frame.turned_by((-way - frame.turns) % 4) if often >= NEARLY_ALL * len(quarters) else frame


def text_layer(text_page: Any, frame: Frame) -> TextLayer:
    """The text layer of an open pypdfium2 text page; empty lines are left out."""
    import pypdfium2.raw as pdfium

    total = pdfium.FPDFText_CountChars(text_page.raw)
    count = min(total, MOST_CHARACTERS)
    cut = tuple(whole_lines(_cut(pdfium, text_page.raw, count, frame)))
    spaces = not cut and all(0 < pdfium.FPDFText_GetUnicode(text_page.raw, i) <= 32 for i in range(count))
    return TextLayer(tuple(line for line, _ in cut), tuple(places for _, places in cut), total > count, spaces)


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ("\ufffd" if code else "")


def _cut(pdfium: Any, raw: Any, count: int, frame: Frame) -> Iterator[tuple[Line, tuple[int, ...]]]:
    """Lines end where pdfium ends them, and where the text drops: pdfium runs on after a word cut by a hyphen."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    refs = [ctypes.byref(value) for value in (left, right, bottom, top)]
    unicode_of, box_of, shown = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharBox, _shower(frame)
    faces = Faces(pdfium, raw)
    text: list[str] = []
    boxes: list[Box | None] = []
    places: list[int] = []
    first, before, high = -1, None, 0
    for index in range(count):
        code = unicode_of(raw, index)
        if code in LINE_ENDS:
            if first >= 0:
                yield _line(pdfium, raw, text, boxes, first, places, faces), tuple(places)
            text, boxes, places, first, before = [], [], [], -1, None
            continue
        if 0xDC00 <= code < 0xE000 and 0xD800 <= high < 0xDC00:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = code
        if 0xD800 <= code < 0xDC00:
            continue  # the first half of a sign beyond the basic plane, as emojis are; its second half follows
        char = chr(code) if 32 <= code < 0xD800 else _character(code)
        box: Box | None = None
        if (32 < code < 127 or (char and not char.isspace())) and box_of(raw, index, *refs):
            box = shown(left.value, bottom.value, right.value, top.value)
        if box is not None:
            if before is not None and box[0] < before[0] and _drops(before, box):
                yield _line(pdfium, raw, text, boxes, first, places, faces), tuple(places)
                text, boxes, places, first = [], [], [], -1
            if first < 0:
                first = index
            before = box
        if char:
            text.append(char)
            boxes.append(box)
            places.append(index)
    if first >= 0:
        yield _line(pdfium, raw, text, boxes, first, places, faces), tuple(places)


def _shower(frame: Frame) -> Callable[[float, float, float, float], Box | None]:
    """`sound(frame.shown(…))`, without its calls for pages that stand upright: it is asked for every character."""
    if frame.turns:
        return lambda *edges: sound(frame.shown(*edges))
    x, y = frame.left, frame.top

    def shown(left: float, bottom: float, right: float, top: float) -> Box | None:
        x0, y0, x1, y1 = left - x, y - top, right - x, y - bottom
        return (x0, y0, x1, y1) if -FAR < x0 <= x1 < FAR and -FAR < y0 <= y1 < FAR else None

    return shown


def sound(box: Box) -> Box | None:
    """A box a page can hold; damaged fonts give infinite ones, and numbers that are none."""
    x0, y0, x1, y1 = box
    return box if -FAR < x0 <= x1 < FAR and -FAR < y0 <= y1 < FAR else None


def _drops(before: Box, box: Box) -> bool:
    """Whether `box`, further left than the one before it, stands on a line below."""
    height = max(before[3] - before[1], box[3] - box[1])
    return box[1] > before[1] + 0.6 * height and box[3] > before[3] + 0.6 * height


def _line(
    pdfium: Any,
    raw: Any,
    text: Sequence[str],
    boxes: Sequence[Box | None],
    first: int,
    places: Sequence[int],
    faces: Faces,
) -> Line:
    """`first`: place in pdfium's count of the first character one can see."""
    seen = [place for place, box in zip(places, boxes, strict=True) if box is not None]
    face, said = faces.at(first), "".join(text)
    samples = {seen[0], seen[len(seen) // 2], seen[-1]}
    second = faces.at(seen[1]) if len(seen) > 1 else face
    lead = said.lstrip()
    alone = len(seen) == 1 or lead[1:2].isspace()
    if alone and face.symbols and not lead[0].isdigit():
        said = said.replace(lead[0], "•", 1)
    return Line(
        said,
        tuple(boxes),
        union([box for box in boxes if box is not None]),
        median(size_at(pdfium, raw, place) for place in (seen[0], seen[len(seen) // 2], seen[-1])),
        all(faces.is_bold(place) for place in samples),
        font=face.key,
        base=base_of(said, boxes),
        mono=all(faces.at(place).mono for place in samples),
        marked=alone and not lead[0].isdigit() and face.key.rsplit(" ", 1)[0] != second.key.rsplit(" ", 1)[0],
    )


def size_at(pdfium: Any, raw: Any, index: int) -> float:
    """The size in points a character is shown in: many programs set size 1 and enlarge the page's coordinates instead."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(raw, index))
    if pdfium.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix)):
        size *= math.hypot(matrix.c, matrix.d)
    return round(size, 1) if 0 < size < FAR else 0.0
