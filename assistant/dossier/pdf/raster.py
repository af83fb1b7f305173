"""What can be seen of a page: drawn once as a small picture, and looked at where each word should stand."""

import ctypes
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.dossier.pdf.characters import plain
from assistant.dossier.pdf.text_layer import Frame
from assistant.result import Box

SCALE, CLOSE_SCALE = 0.5, 3.0
"""Pixels per point: at the first, letters of three points still leave ink and a page takes two milliseconds."""
MOST_PIXELS = 3_000_000
SECONDS = 1.5
"""Of processor time: a drawing that takes longer is given up; the page is then judged by what its objects say."""
NOTICED = 24
"""Difference in any of red, green and blue, of 255, below which two colours pass for one."""

Pixels = NDArray[np.uint8]
Marked = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class View:
    """A page drawn: `pixels` as (height, width) of grey, or (height, width, 3) of red, green and blue."""

    pixels: Pixels
    scale: float

    def region(self, box: Box, rim: float = 0.0) -> Pixels:
        """The pixels of a box and of `rim` points around it."""
        x0, top, x1, bottom = (
            round(value * self.scale) for value in (box[0] - rim, box[1] - rim, box[2] + rim, box[3] + rim)
        )
        return self.pixels[max(0, top) : max(0, bottom) + 1, max(0, x0) : max(0, x1) + 1]

    def ground(self, box: Box) -> tuple[int, int, int] | None:
        """The colour most of the box and its rim show, to a thirtieth; None outside the page. For pixels in colour."""
        region = self.region(box, max(1.0, 0.15 * (box[3] - box[1])))
        if not region.size:
            return None
        coarse = (region.reshape(-1, 3) // 8).astype(np.int64)
        codes, counts = np.unique(coarse[:, 0] * 1024 + coarse[:, 1] * 32 + coarse[:, 2], return_counts=True)
        code = int(codes[counts.argmax()])
        return code // 1024 * 8 + 4, code // 32 % 32 * 8 + 4, code % 32 * 8 + 4


def edges(view: View) -> Marked:
    """Where neighbouring grey pixels differ: everything that is drawn on a plain ground."""
    grey = view.pixels
    marked = np.zeros(grey.shape, bool)
    marked[:, 1:] = _apart(grey[:, 1:], grey[:, :-1])
    marked[1:, :] |= _apart(grey[1:, :], grey[:-1, :])
    return marked


def _apart(a: Pixels, b: Pixels) -> Marked:
    apart: Marked = np.maximum(a, b) - np.minimum(a, b) > NOTICED
    return apart


def median_of(region: Pixels) -> float:
    """The middle one of some pixels by their brightness, or what lies between the middle two."""
    flat = np.sort(region, axis=None)
    return (int(flat[(flat.size - 1) // 2]) + int(flat[flat.size // 2])) / 2


def changes(one: View, other: View) -> Marked:
    """Where two views of a page differ."""
    apart = _apart(one.pixels, other.pixels)
    return apart if apart.ndim == 2 else np.logical_or.reduce(apart, 2)


def any_inside(marked: Marked, boxes: NDArray[np.float64], scale: float) -> Marked:
    """For each box (a row of x0, top, x1, bottom in points), whether a marked pixel lies in it."""
    height, width = marked.shape
    at = boxes * scale
    left, top = np.floor(at[:, 0]).clip(0, width), np.floor(at[:, 1]).clip(0, height)
    right, bottom = np.ceil(at[:, 2]).clip(0, width), np.ceil(at[:, 3]).clip(0, height)
    # A mark is a step from the neighbour on the left or above: ink in a box leaves one within, or just behind it.
    x0, y0 = np.minimum(left + 1, width).astype(int), np.minimum(top + 1, height).astype(int)
    x1, y1 = np.minimum(right + 1, width).astype(int), np.minimum(bottom + 1, height).astype(int)
    # Each box row by row: of the marked pixels, in reading order, some stand between the row's two ends.
    rows = (y1 - y0).clip(0)
    box = np.repeat(np.arange(len(boxes)), rows)
    start = (np.arange(len(box)) + np.repeat(y0 - np.cumsum(rows) + rows, rows)) * width
    places = np.flatnonzero(marked)
    before, up_to = np.searchsorted(places, start + x0[box]), np.searchsorted(places, start + x1[box])
    inside: Marked = np.bincount(box[up_to > before], minlength=len(boxes)) > 0
    return inside


@contextmanager
def without(items: Iterable[int]) -> Iterator[None]:
    """The page as if `items` (addresses of page objects) were not on it."""
    put = plain("FPDFPageObj_SetIsActive", ctypes.c_void_p, ctypes.c_int)
    taken = [item for item in items if put(item, 0)]
    try:
        yield
    finally:
        for item in taken:
            put(item, 1)


def draw(page: Any, frame: Frame, scale: float, *, grey: bool) -> View | None:
    """The page drawn, or None when pdfium cannot do so within SECONDS."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    width, height = frame.size
    scale = min(scale, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    kind = pdfium.FPDFBitmap_Gray if grey else pdfium.FPDFBitmap_BGR
    bitmap = pypdfium2.PdfBitmap.new_native(*size, kind)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
        flags = pdfium.FPDF_ANNOT | (pdfium.FPDF_GRAYSCALE if grey else 0)
        if not _drawn(pdfium, bitmap, page, size, frame.turned, flags):
            return None
        pixels: Pixels = bitmap.to_numpy().copy()
        return View(pixels.reshape(size[1], size[0]) if grey else pixels[:, :, ::-1], scale)
    finally:
        bitmap.close()


def _drawn(pdfium: Any, bitmap: Any, page: Any, size: tuple[int, int], turned: int, flags: int) -> bool:
    """Draws step by step, and gives up at the deadline."""
    deadline = time.thread_time() + SECONDS

    def needs_to_pause(_: Any) -> int:
        return int(time.thread_time() > deadline)

    pause = pdfium.IFSDK_PAUSE(version=1)
    pause.NeedToPauseNow = type(pause.NeedToPauseNow)(needs_to_pause)
    try:
        status = pdfium.FPDF_RenderPageBitmap_Start(
            bitmap.raw, page.raw, 0, 0, *size, turned, flags, ctypes.byref(pause)
        )
        return bool(status == pdfium.FPDF_RENDER_DONE)
    finally:
        pdfium.FPDF_RenderPage_Close(page.raw)
