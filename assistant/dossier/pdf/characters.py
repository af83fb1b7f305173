"""The characters of a page as pdfium counts them: their codes, their boxes, the objects they belong to, all at once.

A page has thousands of them, and a call through ctypes that builds objects costs more than what pdfium does in it. So
addresses are passed as plain numbers, and the boxes are written one behind the other into one array.
"""

import ctypes
import math
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
        self._page = ctypes.cast(raw, ctypes.c_void_p).value
        self._sizes: dict[int, float] = {}
        self.count = count
        self.codes = _codes(raw, count)

    def boxes(self, places: Sequence[int]) -> tuple[NDArray[np.float64], list[int]]:
        """Left, right, bottom and top of the characters at `places`, in PDF space, and which of them have a box."""
        edges = np.zeros((max(1, len(places)), 4))
        start, end = edges.ctypes.data, edges.ctypes.data + 32 * len(places)
        ask = plain("FPDFText_GetCharBox", ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
        found = list(
            map(
                ask,
                repeat(self._page),
                places,
                range(start, end, 32),
                range(start + 8, end + 8, 32),
                range(start + 16, end + 16, 32),
                range(start + 24, end + 24, 32),
            )
        )
        return edges[: len(places)], found

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


def _codes(raw: Any, count: int) -> list[int]:
    """UTF-16 codes, read in one call where the page's text has one for each character, as nearly all have."""
    import pypdfium2.raw as pdfium

    if count <= 0:
        return []
    written = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(raw, 0, count, written) - 1 != count:
        return [pdfium.FPDFText_GetUnicode(raw, place) for place in range(count)]
    codes = written[:count]
    if HYPHEN_IN_TEXT in codes:
        codes = [pdfium.FPDFText_GetUnicode(raw, n) if code == HYPHEN_IN_TEXT else code for n, code in enumerate(codes)]
    return codes
