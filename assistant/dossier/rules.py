"""The ruled lines and frames drawn on a page, from which the rows and cells of a table are read."""

import ctypes
from dataclasses import dataclass
from typing import Any

from assistant.dossier.glyphs import Frame
from assistant.result import Box

THIN = 3.0
MOST_OBJECTS = 6_000
"""A page with more drawn objects than this is a plan or a map, not a table."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Edges in points on the displayed page: `across` as (y, x0, x1), `down` as (x, y0, y1); `pictures` as boxes."""

    across: tuple[tuple[float, float, float], ...] = ()
    down: tuple[tuple[float, float, float], ...] = ()
    pictures: tuple[Box, ...] = ()


def rules_of(page: Any, frame: Frame) -> Rules:
    """The edges of everything drawn on an open page, and where its pictures stand."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)
    values = [ctypes.c_float() for _ in range(4)]
    refs = [ctypes.byref(value) for value in values]
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    pictures: list[Box] = []
    for index in range(count):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, *refs):
            continue
        x0, top, x1, bottom = frame.shown(*(value.value for value in values))
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append((x0, top, x1, bottom))
            continue
        if x1 - x0 > 10:
            across += [(y, x0, x1) for y in ({(top + bottom) / 2} if bottom - top < THIN else {top, bottom})]
        if bottom - top > 6:
            down += [(x, top, bottom) for x in ({(x0 + x1) / 2} if x1 - x0 < THIN else {x0, x1})]
    return Rules(tuple(sorted(across)), tuple(sorted(down)), tuple(pictures))


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
