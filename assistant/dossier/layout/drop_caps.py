"""Large first letters that go down over several lines, put back before the word they open."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from assistant.dossier.layout.signs import starts_low
from assistant.dossier.pdf.lines import Line
from assistant.result import Box

LARGER = 1.8
"""How much larger than the text a letter is set that goes down over lines of it, at least."""
LONGEST = 3
"""Characters before the first space, at most: a letter, or « and a letter, or L’."""
NEAREST = 1.2
"""Sizes of the text between the letter and its word, at most."""
WORDS = frozenset("ÀYO")
"""Letters that are words."""


def with_drop_caps(lines: Sequence[Line], body: float) -> list[Line]:
    """`lines` with each large letter at the head of the first line that stands beside it."""
    large = [n for n, line in enumerate(lines) if _is_large(line, body)]
    if not large:
        return list(lines)
    result: list[Line | None] = list(lines)
    for n in large:
        left = []
        for start, end in _letters(lines[n]):
            place = _beside(lines[n], start, end, result, body)
            line = result[place] if place is not None else None
            if place is None or line is None:
                left.append((start, end))
            else:
                result[place] = _opened(lines[n], start, end, line)
        if not left:
            result[n] = None
    return [line for line in result if line is not None]


def _is_large(line: Line, body: float) -> bool:
    if line.source != "text" or line.size < LARGER * body:
        return False
    words = line.text.replace("« ", "«").replace("«\u00a0", "«").split()
    return bool(words) and all(len(word) <= LONGEST and _is_letter(word.strip("«“’'")) for word in words)


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isalpha() and text.isupper()


def _letters(line: Line) -> list[tuple[int, int]]:
    """(start, end) of each large letter of a line, with its « or ’: those of several columns may stand on one line."""
    found, start = [], 0
    for n, char in enumerate(line.text):
        if n < start or not char.isalpha():
            continue
        end = n + 1
        while line.text[end : end + 1] in ("'", "’"):
            end += 1
        found.append((start, end))
        start = end
    return found


def _beside(letter: Line, start: int, end: int, lines: Sequence[Line | None], body: float) -> int | None:
    """The place of the uppermost line that starts beside a letter."""
    _, top, x1, bottom = _box(letter, start, end)
    best: int | None = None
    for n, line in enumerate(lines):
        if line is None or line is letter or line.size >= letter.size / LARGER * 1.05 or line.source != "text":
            continue
        gap = line.box[0] - x1
        if -0.3 * line.size <= gap <= NEAREST * body and top - 0.8 * line.size < line.foot <= bottom + 0.3 * line.size:
            other = lines[best] if best is not None else None
            best = n if other is None or line.foot < other.foot else best
    return best


def _box(line: Line, start: int, end: int) -> Box:
    boxes = [box for box in line.boxes[start:end] if box is not None]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _opened(letter: Line, start: int, end: int, line: Line) -> Line:
    """`line` with the letter before it, which is given the line's own height."""
    while letter.text[start].isspace():
        start += 1
    said, rest = letter.text[start:end], line.text.lstrip()
    space = " " if said in WORDS and not starts_low(rest) else ""
    cap = [box and (box[0], line.box[1], box[2], line.box[3]) for box in letter.boxes[start:end]]
    return replace(
        line,
        text=f"{said}{space}{rest}",
        boxes=(*cap, *[None] * len(space), *line.boxes[len(line.text) - len(rest) :]),
        box=(_box(letter, start, end)[0], *line.box[1:]),
        widest=inf,
        back=inf,
    )
