"""Cutting French text into sentences, with offsets: `text[start:end]` of each is its exact words."""

import re

from assistant.dossier.text.abbreviations import ends_sentence

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_END = re.compile(
    rf"(?:[.!?…]+)(?:[{_RAISED}]+|(?<=[^\W\d_]\.)\d{{1,2}}(?=\s+[A-ZÀ-Ý]))?(?:\s*[»”\")\]]+[.!?…]*[{_RAISED}]*)*(?=\s)"
)
_OPENING = "«“\"'( \u00a0\u202f–—-•"
LONGEST = 90
"""Words after which a sentence is cut at a semicolon: nobody cites more than that."""
QUOTED = 240
"""Letters within which a quotation that is open has to close for its sentences to stay together."""


def spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of one block, in order; spaces around them are left out."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if _is_end(text, start, match.start(), end):
            found += _trimmed(text, start, end)
            start = end
    found = _with_marks(text, found + _trimmed(text, start, len(text)))
    return [piece for span in found for piece in _shortened(text, *span)]


def lines_of(text: str) -> list[tuple[int, int]]:
    """(start, end) of each line of a listing that says something."""
    found = []
    start = 0
    for line in text.split("\n"):
        found += _trimmed(text, start, start + len(line))
        start += len(line) + 1
    return found


def _is_end(text: str, start: int, mark: int, end: int) -> bool:
    following = text[end:].lstrip()
    if not following:
        return True
    if following[0] in "»”)]:;,":
        return False
    if _in_quotation(text, start, end):
        return False
    opening = following.lstrip(_OPENING)[:1]
    if not (opening.isupper() or opening.isdigit() or not opening.isalpha()):
        return False
    if text[mark] != "." or text[mark : mark + 2] == "..":
        return True
    return ends_sentence(text[start:mark].lstrip(), following)


def _in_quotation(text: str, start: int, end: int) -> bool:
    """Whether `end` lies inside « … », opened in this sentence and closed soon: a quotation is not cut in two."""
    if text.count("«", start, end) <= text.count("»", start, end):
        return False
    closing = text.find("»", end, end + QUOTED)
    return closing >= 0 and "«" not in text[end:closing]


def _with_marks(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What holds no word belongs to the sentence before it; a number or mark at the start, to the one after it."""
    whole: list[tuple[int, int]] = []
    for start, end in found:
        if whole and (not _says(text, start, end) or not _says(text, *whole[-1])):
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def _says(text: str, start: int, end: int) -> bool:
    return any(char.isalpha() for char in text[start:end])


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if end > start else []


def _shortened(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if len(text[start:end].split()) <= LONGEST:
        return [(start, end)]
    middle = (start + end) // 2
    cuts = [start + m.end() for m in re.finditer(r"\s;\s|;\s|\s–\s|:\s", text[start:end])]
    if not cuts:
        return [(start, end)]
    cut = min(cuts, key=lambda place: abs(place - middle))
    left, right = _trimmed(text, start, cut), _trimmed(text, cut, end)
    if not left or not right:
        return [(start, end)]
    return [*_shortened(text, *left[0]), *_shortened(text, *right[0])]
