"""What a font's name says of the letters set in it: bold, typewriter, or signs that are no letters."""

import ctypes
import re
from dataclasses import dataclass
from typing import Any

from assistant.dossier.pdf.characters import plain

HEAVY = 600
FIXED_PITCH = 1
FILLED_AND_STROKED = 2
_BOLD = re.compile(r"bold|black|heavy|semib|extrab|demi(?!cond)|[-,]bd\b|gras|(?:cm|sf|ec)bx", re.I)
_MONO = re.compile(r"mono|courier|consolas|menlo|monaco|typewriter|(?:cm|ec|sf)tt\d|inconsolata|code|console", re.I)
_SYMBOLS = re.compile(r"symbol|wingding|webding|dingbat|fontawesome|marlett|bullet", re.I)
_NAMELESS = re.compile(r"(?:[A-Z]{6}\+)?(?:cidfont\+?|font|type3)?[a-z]{0,3}[-_]?\d*$", re.I)


@dataclass(frozen=True, slots=True)
class Face:
    """`key`: name and size in bytes. `bold` is None where the name says nothing of it."""

    key: str
    bold: bool | None
    mono: bool
    symbols: bool


NO_FACE = Face("", None, False, False)


class Faces:
    """The faces of one page, each looked up once."""

    def __init__(self, pdfium: Any, raw: Any) -> None:
        self._pdfium = pdfium
        self._raw = raw
        self._font = plain("FPDFTextObj_GetFont", ctypes.c_void_p, gives=ctypes.c_void_p)
        self._mode = plain("FPDFTextObj_GetTextRenderMode", ctypes.c_void_p)
        self._known: dict[int, Face] = {}
        self._of_object: dict[int, Face] = {0: NO_FACE}
        self._bold: dict[int, bool] = {}

    def at(self, item: int) -> Face:
        """The face of the text object at address `item`; 0 stands for none."""
        face = self._of_object.get(item)
        if face is None:
            font = self._font(item)
            face = self._of_object[item] = self._of_font(font) if font else NO_FACE
        return face

    def is_bold(self, place: int, item: int) -> bool:
        """Whether the character at `place`, of text object `item`, is set bold: by its font's name; by its weight
        where the font has no telling name.

        Some programs write one weight for every font, and some thicken letters by drawing their edges.
        """
        known = self._bold.get(item) if item else None
        if known is None:
            known = self._bold[item] = self._is_bold(place, item)
        return known

    def _is_bold(self, place: int, item: int) -> bool:
        bold = self.at(item).bold
        if bold is None:
            bold = self._pdfium.FPDFText_GetFontWeight(self._raw, place) >= HEAVY
        return bold or (item != 0 and bool(self._mode(item) == FILLED_AND_STROKED))

    def _of_font(self, address: int) -> Face:
        if address not in self._known:
            self._known[address] = self._face(ctypes.cast(address, self._pdfium.FPDF_FONT))
        return self._known[address]

    def _face(self, font: Any) -> Face:
        pdfium = self._pdfium
        name, size = ctypes.create_string_buffer(128), ctypes.c_size_t()
        pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
        pdfium.FPDFFont_GetFontData(font, None, 0, ctypes.byref(size))
        said = name.value.decode("utf-8", errors="replace")
        nameless = bool(_NAMELESS.fullmatch(said))
        return Face(
            f"{said} {size.value}",
            None if nameless else bool(_BOLD.search(said)),
            bool(_MONO.search(said)) or bool(nameless and pdfium.FPDFFont_GetFlags(font) & FIXED_PITCH),
            bool(_SYMBOLS.search(said)),
        )
