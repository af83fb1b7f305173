"""Spaces that are missing, and spaces between the letters of a word: mended where that is certain, else counted."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import median

from assistant.dossier.pdf.lines import Line
from assistant.dossier.text.repair import Repaired
from assistant.result import Box

LONG, TOO_LONG = 18, 26
"""Letters after which an unknown word may be several, and after which no French word goes on."""
SHORT_WORDS = frozenset(["a", "à", "y", "ô"])
WIDER = 1.7
"""How much wider than between letters the gap between two words of a spaced-out line is."""
LEAST_LETTERS = 6

_COMMA = re.compile(r"(?<=[^\W\d_]{2}[,;])(?=[^\W\d_]{2})")
_STOP = re.compile(r"(?<=[a-zà-ÿ]{3}[.!?])(?=[A-ZÀ-Ý][a-zà-ÿ]+(?:[\s,’']|$))")
_GLUED = re.compile(rf"[^\W\d_]{{{LONG},}}")
_DOUBTFUL = re.compile(r"[,;.!?][^\W\d_]")
_SPACED = re.compile(r"(?:\w ){4,}\w")


def space_out(repaired: Repaired, known: Callable[[str], bool]) -> Repaired:
    """`repaired` with the spaces put back that were lost; `known` tells which words stand elsewhere in the dossier."""
    text = repaired.text
    long = len(max(text.split(), key=len, default="")) >= LONG
    if not _DOUBTFUL.search(text) and not (long and _GLUED.search(text)):
        return repaired
    cuts = {
        m.start() for pattern in (_COMMA, _STOP) for m in pattern.finditer(text) if not _is_address(text, m.start())
    }
    doubtful = repaired.doubtful
    for glued in _GLUED.finditer(text):
        if len(glued.group()) < TOO_LONG and known(glued.group().lower()):
            continue
        found = _parts(glued.group().lower(), known)
        if len(found) == 1:
            cuts |= {glued.start() + cut for cut in found[0]}
        elif len(glued.group()) >= TOO_LONG and not _is_address(text, glued.start()):
            doubtful += 1
    if not cuts:
        return replace(repaired, doubtful=doubtful)
    return _with_spaces(repaired, cuts, doubtful)


def _with_spaces(repaired: Repaired, cuts: set[int], doubtful: int) -> Repaired:
    text, origins = "", list[int]()
    for place, (char, origin) in enumerate(zip(repaired.text, repaired.origins, strict=True)):
        if place in cuts:
            text += " "
            origins.append(origins[-1])
        text += char
        origins.append(origin)
    return Repaired(text, tuple(origins), repaired.certain + len(cuts), doubtful)


def _is_address(text: str, place: int) -> bool:
    """Whether a file name, a web address or an e-mail stands there: its dots and commas are its own."""
    start = text.rfind(" ", 0, place) + 1
    token = text[start:].split(" ", 1)[0]
    return any(mark in token for mark in "@/\\_") or token.count(".") > 1


def _parts(word: str, known: Callable[[str], bool]) -> list[tuple[int, ...]]:
    """The ways (two at most) to cut a word into known ones, as the places of its cuts."""
    ways: list[list[tuple[int, ...]]] = [[()], *([] for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - TOO_LONG), end):
            piece = word[start:end]
            if ways[start] and (piece in SHORT_WORDS or (len(piece) > 1 and known(piece))):
                ways[end] += [(*way, start) if start else way for way in ways[start]]
                if len(ways[end]) > 2:
                    del ways[end][2:]
    return ways[-1]


def closed_up(line: Line) -> Line:
    """A line whose letters were spaced out, with its words whole again: the gaps between words are wider."""
    if not _SPACED.search(line.text):
        return line
    tokens = line.text.split()
    if len(tokens) < LEAST_LETTERS or sum(len(token) == 1 for token in tokens) < 0.8 * len(tokens):
        return line
    letters = [(char, box) for char, box in zip(line.text, line.boxes, strict=True) if box is not None]
    gaps = [max(0.0, b[0] - a[2]) for (_, a), (_, b) in pairwise(letters)]
    usual = median(gaps)
    wide = [gap > max(WIDER * usual, usual + 1.0) for gap in gaps]
    if not any(wide) and len(letters) > TOO_LONG:
        return line
    text = ""
    boxes: list[Box | None] = []
    for (char, box), apart in zip(letters, [False, *wide], strict=True):
        if apart:
            text += " "
            boxes.append(None)
        text += char
        boxes.append(box)
    return replace(line, text=text, boxes=tuple(boxes))
