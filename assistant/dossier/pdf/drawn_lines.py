"""The ruled lines and frames drawn on a page, from which the rows and cells of a table are read."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, repeat
from typing import Any

from assistant.dossier.pdf.characters import plain
from assistant.dossier.pdf.text_layer import Frame, sound
from assistant.result import Box

Matrix = tuple[float, float, float, float, float, float]

THIN = 3.0
SMALLEST_DOT, LARGEST_DOT, MOST_DOTS = 1.5, 9.0, 400
LEAST_FRAME = 18.0
STRAIGHT = 0.6
"""How far an edge may lean, in points, and still be a rule."""
MOST_SEGMENTS = 400
"""A path with more is a drawing: its outline rules nothing."""
DEEPEST = 6
MOVES, DRAWS, CLOSES = range(3)
PATH, PICTURE, GROUP = 2, 3, 5
CURVE_TO, MOVE_TO = 1, 2
"""pdfium's own numbers: FPDF_PAGEOBJ_PATH and so on, FPDF_SEGMENT_BEZIERTO and FPDF_SEGMENT_MOVETO."""
PAGE = 0
WHOLE: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MOST_OBJECTS = 6_000
"""A page with more drawn objects than this is a plan or a map, not a table."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Edges in points on the displayed page: `across` as (y, x0, x1), `down` as (x, y0, y1); the rest as boxes.

    `frames` are the drawn areas large enough to hold text: boxes, cards, cells, coloured grounds.
    """

    across: tuple[tuple[float, float, float], ...] = ()
    down: tuple[tuple[float, float, float], ...] = ()
    pictures: tuple[Box, ...] = ()
    frames: tuple[Box, ...] = ()
    dots: tuple[Box, ...] = ()
    """Small drawn signs, as wide as they are high: the bullets of lists, where they are no letters."""


def rules_of(page: Any, frame: Frame) -> Rules:
    """The edges of everything drawn on an open page, and where its pictures stand."""
    asked = _Asked(page)
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    pictures: list[Box] = []
    frames: list[Box] = []
    dots: list[Box] = []
    for item, kind, place, box in _drawn(asked, frame):
        x0, top, x1, bottom = box
        if kind == PICTURE:
            pictures.append(box)
            continue
        if SMALLEST_DOT <= x1 - x0 <= LARGEST_DOT and 0.7 <= (bottom - top) / (x1 - x0) <= 1.4:
            dots.append(box)
            continue
        for ax, ay, bx, by in _edges(asked, item, place, frame, box):
            if abs(ay - by) <= STRAIGHT and abs(bx - ax) > 10:
                across.append(((ay + by) / 2, min(ax, bx), max(ax, bx)))
            elif abs(ax - bx) <= STRAIGHT and abs(by - ay) > 6:
                down.append(((ax + bx) / 2, min(ay, by), max(ay, by)))
        if x1 - x0 > LEAST_FRAME and bottom - top > LEAST_FRAME:
            frames.append(box)
    return Rules(tuple(sorted(across)), tuple(sorted(down)), tuple(pictures), tuple(frames), tuple(dots[:MOST_DOTS]))


def _edges(asked: "_Asked", item: int, place: Matrix, frame: Frame, box: Box) -> list[Box]:
    """The straight edges of a path, as (x, y) to (x, y) on the page; a bar is one edge, a curve none."""
    x0, top, x1, bottom = box
    count = asked.segments_in(item)
    if not 2 <= count <= MOST_SEGMENTS:
        return []
    points = list(asked.segments(item, count))
    if min(x1 - x0, bottom - top) < THIN:
        if any(curved for _, _, _, curved in points):
            return []
        if bottom - top < x1 - x0:
            return [(x0, (top + bottom) / 2, x1, (top + bottom) / 2)]
        return [((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)]
    put = _putter(asked.inside(item, place), frame)
    edges: list[Box] = []
    start = here = (0.0, 0.0)
    for x, y, moves, curved in points:
        there = put(x, y)
        if moves == MOVES:
            start = there
        elif not curved:
            edges.append((*here, *there))
        here = there
        if moves == CLOSES:
            edges.append((*here, *start))
            here = start
    return edges


def _putter(matrix: Matrix, frame: Frame) -> Callable[[float, float], tuple[float, float]]:
    a, b, c, d, e, f = matrix

    def put(x: float, y: float) -> tuple[float, float]:
        px, py = a * x + c * y + e, b * x + d * y + f
        left, top, _, _ = frame.shown(px, py, px, py)
        return left, top

    return put


def _drawn(asked: "_Asked", frame: Frame) -> Iterator[tuple[int, int, Matrix, Box]]:
    """Each path and picture with its kind, the place of its group and its box; MOST_OBJECTS at most."""
    looked = 0
    groups: list[tuple[int, Matrix, int]] = [(PAGE, WHOLE, 0)]
    while groups:
        group, place, depth = groups.pop()
        for item in islice(asked.items(group), MOST_OBJECTS - looked):
            looked += 1
            kind = asked.kind(item)
            if kind in (PATH, PICTURE):
                box = asked.box(item, place, frame)
                if box is not None:
                    yield item, kind, place, box
            elif kind == GROUP and depth < DEEPEST:
                groups.append((item, asked.inside(item, place), depth + 1))


class _Asked:
    """What pdfium says of a page's drawn objects, given by their addresses, and of the points of their paths."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        address, number = ctypes.c_void_p, ctypes.c_int
        self.kind = plain("FPDFPageObj_GetType", address)
        self.segments_in = plain("FPDFPath_CountSegments", address)
        self._bounds = plain("FPDFPageObj_GetBounds", *[address] * 5)
        self._segment = plain("FPDFPath_GetPathSegment", address, number, gives=address)
        self._point = plain("FPDFPathSegment_GetPoint", *[address] * 3)
        self._segment_kind = plain("FPDFPathSegment_GetType", address)
        self._closes = plain("FPDFPathSegment_GetClose", address)
        self._matrix_of = plain("FPDFPageObj_GetMatrix", address, address)
        self._matrix = pdfium.FS_MATRIX()
        self._page = ctypes.cast(page.raw, address).value or 0
        self._values = (ctypes.c_float * 4)()
        start = ctypes.addressof(self._values)
        self._into = tuple(range(start, start + 16, 4))

    def box(self, item: int, place: Matrix, frame: Frame) -> Box | None:
        """The box of an object that stands in a group at `place`."""
        if not self._bounds(item, *self._into):
            return None
        left, bottom, right, top = self._values
        xs: tuple[float, ...] = (left, right)
        ys: tuple[float, ...] = (bottom, top)
        if place != WHOLE:
            a, b, c, d, e, f = place
            corners = [(x, y) for x in xs for y in ys]
            xs, ys = tuple(a * x + c * y + e for x, y in corners), tuple(b * x + d * y + f for x, y in corners)
        return sound(frame.shown(min(xs), min(ys), max(xs), max(ys)))

    def items(self, group: int) -> Iterator[int]:
        """The objects of a group, or of the PAGE itself."""
        sort = "FPDFFormObj" if group else "FPDFPage"
        held = group or self._page
        count = plain(f"{sort}_CountObjects", ctypes.c_void_p)(held)
        object_at = plain(f"{sort}_GetObject", ctypes.c_void_p, ctypes.c_int, gives=ctypes.c_void_p)
        return map(object_at, repeat(held), range(count))

    def inside(self, group: int, place: Matrix) -> Matrix:
        """From the coordinates inside a group, or a path, to the page's."""
        m = self._matrix
        if not self._matrix_of(group, ctypes.addressof(m)):
            return place
        if place == WHOLE:
            return (m.a, m.b, m.c, m.d, m.e, m.f)
        a, b, c, d, e, f = place
        return (
            a * m.a + c * m.b,
            b * m.a + d * m.b,
            a * m.c + c * m.d,
            b * m.c + d * m.d,
            a * m.e + c * m.f + e,
            b * m.e + d * m.f + f,
        )

    def segments(self, item: int, count: int) -> Iterator[tuple[float, float, int, bool]]:
        """Each point of a path: x, y, MOVES or DRAWS or CLOSES, and whether a curve leads there."""
        x, y, *_ = self._into
        for index in range(count):
            segment = self._segment(item, index)
            if not segment or not self._point(segment, x, y):
                continue
            kind = self._segment_kind(segment)
            moves = MOVES if kind == MOVE_TO else DRAWS
            if self._closes(segment):
                moves = CLOSES
            yield self._values[0], self._values[1], moves, kind == CURVE_TO


def levels(across: tuple[tuple[float, float, float], ...], near: float = 2.5) -> list[tuple[float, float, float]]:
    """Edges at one height that touch one another, as single lines (y, x0, x1), from the top."""
    merged: list[list[float]] = []
    for y, x0, x1 in sorted(across, key=lambda edge: (round(edge[0] / near), edge[1])):
        last = next(
            (m for m in reversed(merged[-12:]) if abs(m[0] - y) <= near and x0 <= m[2] + 6 and x1 >= m[1] - 6), None
        )
        if last:
            last[1], last[2] = min(last[1], x0), max(last[2], x1)
        else:
            merged.append([y, x0, x1])
    return sorted((m[0], m[1], m[2]) for m in merged)
