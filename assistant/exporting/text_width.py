"""How wide a text is in Arial, and on how many lines it stands, where nothing can be asked to lay it out."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

Widths = Mapping[int, str]
PLAIN: Widths = {
    0: "\xad\u200b",
    191: "'",
    222: "ijl’‘",
    260: "|",
    278: " !,./:;I[\\]ft·ı\xa0\u202f\u2009",
    333: "()-`r“”²³¡‐\u2011",
    334: "{}",
    350: "•",
    355: '"',
    370: "ªº",
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyz",
    549: "÷±≥≤≠≈",
    556: "#$0123456789?L_abdeghnopqu«»–§€£†đµ",
    584: "+<=>~×−",
    611: "FTZß¿ø",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    834: "Mm½¼¾",
    889: "%æ",
    944: "Wœ",
    1000: "—…ŒÆ→‰",
    1015: "@",
}
BOLD: Widths = {
    0: "\xad\u200b",
    238: "'",
    278: " ,./I\\ijl’‘·ı|\xa0\u202f\u2009",
    333: "!()-:;[]`ft²³¡‐\u2011",
    350: "•",
    370: "ªº",
    389: "*r{}",
    400: "°",
    474: '"',
    500: "z“”",
    549: "÷±≥≤≠≈",
    556: "#$0123456789J_aceksvxy«»–§€£†µ",
    584: "+<=>^~×−",
    611: "?FLTZbdghnopquß¿đø",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    834: "M½¼¾",
    889: "%mæ",
    944: "Wœ",
    1000: "@—…ŒÆ→‰",
}
"""Thousandths of the font's size, by the letters that are so wide: Arial's own measures, which Helvetica, Liberation Sans
and Arimo share."""
UNKNOWN = 1000
"""Of a letter that is not told: the widest it could well be."""
MAY_BREAK_AFTER = " \t-‐–—"
"""Where every program ends a line, within a paragraph; a non-breaking space is none of them."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Points that a text takes on one line; `size` in points."""
    known = _by_letter(bold)
    return sum(_width(letter, known) for letter in text) * size / 1000


def lines_of(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """On how many lines of `room` points a text stands, broken where it may be; a word longer than a line is cut."""
    return sum(_lines(paragraph, room, size, bold) for paragraph in text.split("\n"))


def _lines(paragraph: str, room: float, size: float, bold: bool) -> int:
    lines, used = 1, 0.0
    for word in _words(paragraph):
        wide = width_of(word.rstrip(" "), size, bold=bold)
        if used + wide > room:
            # An address that is longer than a line may be broken before as well, at one of its strokes.
            lines += (used > 0) + ("/" in word and wide > room)
            while wide > room > 0:
                lines, wide = lines + 1, wide - room
            used = wide + width_of(word[len(word.rstrip(" ")) :], size, bold=bold)
        else:
            used += width_of(word, size, bold=bold)
    return lines


def _words(paragraph: str) -> Iterator[str]:
    """The pieces between places where a line may end, each with the signs it ends with."""
    start = 0
    for place, letter in enumerate(paragraph):
        following = paragraph[place + 1 : place + 2]
        if letter in MAY_BREAK_AFTER and following not in MAY_BREAK_AFTER:
            yield paragraph[start : place + 1]
            start = place + 1
    if start < len(paragraph):
        yield paragraph[start:]


def _width(letter: str, known: Mapping[str, int]) -> int:
    """A letter with an accent is as wide as without."""
    return known.get(letter) or known.get(unicodedata.normalize("NFD", letter)[0], UNKNOWN)


@cache
def _by_letter(bold: bool) -> Mapping[str, int]:
    return {letter: width for width, letters in (BOLD if bold else PLAIN).items() for letter in letters}
