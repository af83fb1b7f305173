"""The text layer of a page through pdfium: characters with boxes, cut into lines with their size and weight."""

import ctypes
from dataclasses import dataclass
from typing import Any

from assistant.result import Box

BOLD = 600


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column or cell, as pdfium cut it. `boxes[i]` belongs to `text[i]`, None for generated spaces."""

    text: str
    boxes: tuple[Box | None, ...]
    box: Box
    size: float
    bold: bool

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is displayed: its visible rectangle in PDF space and its rotation (quarter turns clockwise)."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of PDF space as x0, top, x1, bottom on the displayed page, rounded to a hundredth of a point."""
        corners = (self._point(left, bottom), self._point(right, top))
        xs, ys = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
        return (round(xs[0], 2), round(ys[0], 2), round(xs[1], 2), round(ys[1], 2))

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
        width, height = page.get_size()
        return Frame(0.0, 0.0, width, height, 0)
    return Frame(rect.left, rect.bottom, rect.right, rect.top, pdfium.FPDFPage_GetRotation(page.raw))


def lines_of(page: Any, frame: Frame) -> tuple[Line, ...]:
    """The lines of the page's text layer, in the order of its content; empty lines are left out."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        count = pdfium.FPDFText_CountChars(text_page.raw)
        if count <= 0:
            return ()
        return tuple(_cut(pdfium, text_page.raw, _characters(pdfium, text_page.raw, count), frame))
    finally:
        text_page.close()


def _characters(pdfium: Any, raw: Any, count: int) -> list[str]:
    """One string per pdfium character; a character beyond the basic plane stays in one piece."""
    return [_character(pdfium.FPDFText_GetUnicode(raw, index)) for index in range(count)]


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ("\ufffd" if code else "")


def _cut(pdfium: Any, raw: Any, characters: list[str], frame: Frame) -> list[Line]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    refs = [ctypes.byref(value) for value in (left, right, bottom, top)]
    lines: list[Line] = []
    text: list[str] = []
    boxes: list[Box | None] = []
    first = -1
    for index, char in enumerate([*characters, "\n"]):
        if char in {"\r", "\n"}:
            if first >= 0:
                lines.append(_line(pdfium, raw, "".join(text), tuple(boxes), first))
            text, boxes, first = [], [], -1
            continue
        box: Box | None = None
        if char and not char.isspace() and pdfium.FPDFText_GetCharBox(raw, index, *refs):
            box = frame.shown(left.value, bottom.value, right.value, top.value)
            if _drops(boxes, box):
                lines.append(_line(pdfium, raw, "".join(text), tuple(boxes), first))
                text, boxes, first = [], [], -1
            if first < 0:
                first = index
        text.append(char)
        boxes += [box] * len(char)
    return lines


def _drops(boxes: list[Box | None], box: Box) -> bool:
    """Whether `box` starts a new line: pdfium runs on after a word cut by a hyphen."""
    before = next((b for b in reversed(boxes) if b is not None), None)
    if before is None:
        return False
    height = max(before[3] - before[1], box[3] - box[1])
    return box[0] < before[0] and box[1] > before[1] + 0.6 * height and box[3] > before[3] + 0.6 * height


def _line(pdfium: Any, raw: Any, text: str, boxes: tuple[Box | None, ...], first: int) -> Line:
    return Line(
        text,
        boxes,
        union([box for box in boxes if box is not None]),
        round(float(pdfium.FPDFText_GetFontSize(raw, first)), 1),
        pdfium.FPDFText_GetFontWeight(raw, first) >= BOLD,
    )


def union(boxes: list[Box]) -> Box:
    """The smallest box around all of `boxes` (at least one)."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
