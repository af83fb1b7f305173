"""Cutting French text into sentences, with offsets: `text[start:end]` of each is its exact words."""

import re

_END = re.compile(r"(?:[.!?…]+)(?:\s*[»”\")\]]+)?(?=\s)")
_ABBREVIATIONS = frozenset(
    [
        "m",
        "mm",
        "mme",
        "mmes",
        "mlle",
        "dr",
        "pr",
        "me",
        "art",
        "al",
        "p",
        "pp",
        "n",
        "no",
        "nos",
        "fig",
        "cf",
        "ex",
        "env",
        "min",
        "max",
        "tel",
        "ste",
        "st",
        "av",
        "bd",
        "vol",
        "ed",
        "chap",
        "boul",
        "resp",
        "approx",
        "ref",
        "sté",
        "réf",
        "tél",
        "éd",
        "app",
        "hab",
    ]
)
_BEFORE = re.compile(r"([\w°'’.-]+)[.]+$")
LONGEST = 90
"""Words after which a sentence is cut at a semicolon: nobody cites more than that."""


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


def _is_end(text: str, start: int, mark: int, end: int) -> bool:
    following = text[end:].lstrip()
    if not following:
        return True
    opening = following.lstrip("«“\"'( \u00a0\u202f–-•")[:1]
    if not (opening.isupper() or opening.isdigit() or not opening.isalpha()):
        return False
    if text[mark] != "." or text[mark : mark + 3] == "...":
        return True
    before = _BEFORE.search(text[start : mark + 1])
    if not before:
        return True
    word = re.split("['’]", before.group(1).lower())[-1]
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return False
    return not (word.replace(".", "").isdigit() and before.start() == 0)


def _with_marks(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Quotation marks and dots alone belong to the sentence before them."""
    whole: list[tuple[int, int]] = []
    for start, end in found:
        if whole and not any(c.isalnum() for c in text[start:end]):
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


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
