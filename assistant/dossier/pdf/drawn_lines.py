"""The ruled lines and frames drawn on a page, from which the rows and cells of a table are read."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

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
    import pypdfium2.raw as pdfium

    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    pictures: list[Box] = []
    frames: list[Box] = []
    dots: list[Box] = []
    for item, kind, place, box in _drawn(pdfium, page, frame):
        x0, top, x1, bottom = box
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(box)
            continue
        if SMALLEST_DOT <= x1 - x0 <= LARGEST_DOT and 0.7 <= (bottom - top) / (x1 - x0) <= 1.4:
            dots.append(box)
            continue
        for ax, ay, bx, by in _edges(pdfium, item, place, frame, box):
            if abs(ay - by) <= STRAIGHT and abs(bx - ax) > 10:
                across.append(((ay + by) / 2, min(ax, bx), max(ax, bx)))
            elif abs(ax - bx) <= STRAIGHT and abs(by - ay) > 6:
                down.append(((ax + bx) / 2, min(ay, by), max(ay, by)))
        if x1 - x0 > LEAST_FRAME and bottom - top > LEAST_FRAME:
            frames.append(box)
    return Rules(tuple(sorted(across)), tuple(sorted(down)), tuple(pictures), tuple(frames), tuple(dots[:MOST_DOTS]))


def _edges(pdfium: Any, item: Any, place: Matrix, frame: Frame, box: Box) -> list[Box]:
    """The straight edges of a path, as (x, y) to (x, y) on the page; a bar is one edge, a curve none."""
    x0, top, x1, bottom = box
    count = pdfium.FPDFPath_CountSegments(item)
    if not 2 <= count <= MOST_SEGMENTS:
        return []
    points = list(_segments(pdfium, item, count))
    if min(x1 - x0, bottom - top) < THIN:
        if any(curved for _, _, _, curved in points):
            return []
        if bottom - top < x1 - x0:
            return [(x0, (top + bottom) / 2, x1, (top + bottom) / 2)]
        return [((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)]
    put = _putter(_inside(pdfium, item, place), frame)
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


def _segments(pdfium: Any, item: Any, count: int) -> Iterator[tuple[float, float, int, bool]]:
    """Each point of a path: x, y, MOVES or DRAWS or CLOSES, and whether a curve leads there."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        kind = pdfium.FPDFPathSegment_GetType(segment)
        moves = MOVES if kind == pdfium.FPDF_SEGMENT_MOVETO else DRAWS
        if pdfium.FPDFPathSegment_GetClose(segment):
            moves = CLOSES
        yield x.value, y.value, moves, kind == pdfium.FPDF_SEGMENT_BEZIERTO


def _putter(matrix: Matrix, frame: Frame) -> Callable[[float, float], tuple[float, float]]:
    a, b, c, d, e, f = matrix

    def put(x: float, y: float) -> tuple[float, float]:
        px, py = a * x + c * y + e, b * x + d * y + f
        left, top, _, _ = frame.shown(px, py, px, py)
        return left, top

    return put


def _drawn(pdfium: Any, page: Any, frame: Frame) -> Iterator[tuple[Any, int, Matrix, Box]]:
    """Each path and picture with its kind, the place of its group and its box; MOST_OBJECTS at most."""
    looked = 0
    whole = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    groups: list[tuple[Any, Matrix, int]] = [(None, whole, 0)]
    while groups:
        group, place, depth = groups.pop()
        for item in islice(_items(pdfium, page, group), MOST_OBJECTS - looked):
            looked += 1
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
                box = _bounds(pdfium, item, place, frame)
                if box is not None:
                    yield item, kind, place, box
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                groups.append((item, _inside(pdfium, item, place), depth + 1))


def _items(pdfium: Any, page: Any, group: Any) -> Iterator[Any]:
    """The objects of a group, or of the page itself."""
    if group is None:
        return (pdfium.FPDFPage_GetObject(page.raw, index) for index in range(pdfium.FPDFPage_CountObjects(page.raw)))
    return (pdfium.FPDFFormObj_GetObject(group, index) for index in range(pdfium.FPDFFormObj_CountObjects(group)))


def _bounds(pdfium: Any, item: Any, place: Matrix, frame: Frame) -> Box | None:
    values = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, values)):
        return None
    left, bottom, right, top = (value.value for value in values)
    a, b, c, d, e, f = place
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    return sound(frame.shown(min(xs), min(ys), max(xs), max(ys)))


def _inside(pdfium: Any, group: Any, place: Matrix) -> Matrix:
    """From the coordinates inside `group` to the page's."""
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(group, ctypes.byref(m)):
        return place
    a, b, c, d, e, f = place
    return (
        a * m.a + c * m.b,
        b * m.a + d * m.b,
        a * m.c + c * m.d,
        b * m.c + d * m.d,
        a * m.e + c * m.f + e,
        b * m.e + d * m.f + f,
    )


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
