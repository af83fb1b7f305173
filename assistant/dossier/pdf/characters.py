"""The characters of a page as pdfium counts them: their codes, their boxes, the objects they belong to, all at once.

A page has thousands of them, and a call through ctypes that builds objects costs more than what pdfium does in it. So
addresses are passed as plain numbers, and the boxes are written one behind the other into one array.
"""

import ctypes
import math
import threading
from collections.abc import Callable, Sequence
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

HYPHEN, HYPHEN_IN_TEXT = 0x2, 0xFFFE
"""How pdfium writes the hyphen of a word cut at the line's end: as a character, and in the page's text."""
FAR = 20_000.0
"""Points; the largest page PDF allows measures 14,400."""
ROOM = 2048
"""Characters whose boxes are asked for at once."""


@cache
def plain(name: str, *takes: Any, gives: Any = ctypes.c_int) -> Callable[..., Any]:
    """A function of pdfium that takes addresses (`c_void_p`) as plain numbers."""
    import pypdfium2.raw as pdfium

    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(gives, *takes)(address)


class Characters:
    """The first `count` characters of an open text page, given as pdfium's handle of it."""

    def __init__(self, raw: Any, count: int) -> None:
        import pypdfium2.raw as pdfium

        self._font_size = plain("FPDFText_GetFontSize", ctypes.c_void_p, ctypes.c_int, gives=ctypes.c_double)
        self._matrix_of = plain("FPDFText_GetMatrix", ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
        self._matrix = pdfium.FS_MATRIX()
        self._into = ctypes.addressof(self._matrix)
        self._raw = raw
        self._handle = ctypes.cast(raw, ctypes.c_void_p)
        self._page = self._handle.value
        self._sizes: dict[int, float] = {}
        self.count = count
        self.codes = _codes(raw, count)
        """As UTF-16 has them."""

    def boxes(self, places: Sequence[int]) -> tuple[NDArray[np.float64], list[int]]:
        """Left, right, bottom and top of the characters at `places`, in PDF space, and which of them have a box."""
        room, edges = _room(), np.empty((len(places), 4))
        found: list[int] = []
        for start in range(0, len(places), ROOM):
            its = places[start : start + ROOM]
            found += map(room.ask, repeat(self._handle), its, *room.into)
            edges[start : start + len(its)] = room.edges[: len(its)]
        return edges, found

    def objects(self, places: Sequence[int]) -> list[int]:
        """The addresses of the text objects that the characters at `places` belong to; 0 where there is none."""
        ask = plain("FPDFText_GetTextObject", ctypes.c_void_p, ctypes.c_int, gives=ctypes.c_void_p)
        return [address or 0 for address in map(ask, repeat(self._page), places)]

    def size(self, place: int, item: int) -> float:
        """The size in points the character at `place` is shown in, that of all characters of its object `item`.

        Many programs set size 1 and enlarge the page's coordinates instead.
        """
        known = self._sizes.get(item) if item else None
        if known is None:
            known = self._sizes[item] = self._size(place)
        return known

    def _size(self, place: int) -> float:
        size = float(self._font_size(self._page, place))
        if self._matrix_of(self._page, place, self._into):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return round(size, 1) if 0 < size < FAR else 0.0


def _codes(raw: Any, count: int) -> NDArray[np.int64]:
    """UTF-16 codes, read in one call where the page's text has one for each character, as nearly all have."""
    import pypdfium2.raw as pdfium

    if count <= 0:
        return np.zeros(0, np.int64)
    written = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(raw, 0, count, written) - 1 != count:
        return np.array([pdfium.FPDFText_GetUnicode(raw, place) for place in range(count)], np.int64)
    codes = np.array(written, np.int64)[:count]
    for place in np.flatnonzero(codes == HYPHEN_IN_TEXT).tolist():
        codes[place] = pdfium.FPDFText_GetUnicode(raw, place)
    return codes


class _Room(threading.local):
    """Room for the boxes of ROOM characters, and how pdfium is told where to write each number: made once a thread."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        numbers = (ctypes.c_double * (4 * ROOM))()
        self.edges = np.ctypeslib.as_array(numbers).reshape(ROOM, 4)
        self.into = [[ctypes.byref(numbers, 32 * n + 8 * side) for n in range(ROOM)] for side in range(4)]
        address = ctypes.cast(pdfium.FPDFText_GetCharBox, ctypes.c_void_p).value or 0
        # Without the types of its arguments: they are passed on as they are, in half the time.
        self.ask = ctypes.PYFUNCTYPE(ctypes.c_int)(address)


@cache
def _room() -> _Room:
    return _Room()
