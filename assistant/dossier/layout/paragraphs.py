"""From lines in reading order to paragraphs, by each block's own leading and by where its lines break."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise, takewhile

from assistant.dossier.layout.signs import (
    ADDRESS,
    BULLET,
    CAPTION,
    ENDS,
    NUMBERED,
    NUMBERING,
    STOPS,
    is_capitals,
    starts_low,
)
from assistant.dossier.pdf.lines import Line

SAME_SIZE = 0.08
WINDOW = 4
"""Lines before and after that tell a block's leading."""
LEADING = 1.15
"""A step wider than the block's leading by more than this parts two paragraphs."""
WIDEST = 1.45
"""Leading of a block, in the usual leadings of its size, above which its lines are paragraphs of one line."""
LOOSE, HIGHEST = 1.75, 3.4
"""Steps (in leadings, and in sizes) over which a sentence that is plainly not ended may still go on."""
FARTHEST = 4.0
"""Steps in sizes beyond which no line goes on with another."""
ROOM = 0.08
"""Share of the column that stays free where a line is broken on purpose."""
FAR = 4.5
"""Sizes by which edges and middles of two lines are apart that are set apart."""
LONGEST_ADDRESS = 7
"""Words of a line of an address, at most."""
TAB = 0.7
"""Gap in sizes between a mark and its text that no space leaves."""
Edges = Sequence[tuple[float, float, float]]
"""Horizontal edges as (y, x0, x1), from the top."""


def paragraphs(lines: Sequence[Line], across: Edges, usual: dict[float, float]) -> list[tuple[Line, ...]]:
    """The lines parted into paragraphs; `usual` is the usual leading of each size in the dossier, in points."""
    steps = [_step(a, b) for a, b in pairwise(lines)]
    across = sorted(across)
    result: list[list[Line]] = []
    for place, line in enumerate(lines):
        if place and _goes_on(result[-1], lines, place, steps, across, usual):
            result[-1].append(line)
        else:
            result.append([line])
    return [tuple(paragraph) for paragraph in result]


def _step(a: Line, b: Line) -> float | None:
    """From base line to base line, where `b` is set like `a`, below it and in its column."""
    if a.source != b.source or not same_size(a, b):
        return None
    if b.box[0] > a.box[2] or b.box[2] < a.box[0]:
        return None
    step = b.foot - a.foot
    size = max(a.size, a.height)
    return step if 0.4 * size < step <= FARTHEST * size else None


def same_size(a: Line, b: Line) -> bool:
    """Whether two lines are set in one size; what OCR measures strays more."""
    allowed = SAME_SIZE if a.source == "text" else 0.35
    return abs(a.size - b.size) <= allowed * max(a.size, b.size)


def _goes_on(
    paragraph: Sequence[Line],
    lines: Sequence[Line],
    place: int,
    steps: Sequence[float | None],
    across: Edges,
    usual: dict[float, float],
) -> bool:
    """Whether line `place` continues the paragraph above it."""
    last, line = lines[place - 1], lines[place]
    if last.source != line.source:
        return False
    low = starts_low(line.text)
    opens = BULLET.match(line.text) and not (_closes(paragraph, line) or _in_sentence(paragraph, lines, place))
    if line.marked or opens or (CAPTION.match(line.text) and not low):
        return False
    step = steps[place - 1]
    if step is None or last.bold != line.bold:
        if not (low and not ENDS.search(last.text)):
            return False
        step = line.foot - last.foot
        beside = line.box[0] > last.box[2] or line.box[2] < last.box[0]
        if beside or not 0 < step <= 2 * max(last.size, line.size, 6.0):
            return False
    if _ruled(last, line, across) or (is_capitals(last.text) and not is_capitals(line.text)):
        return False
    if not low and (_askew(last, line) or _in_address(paragraph, line)):
        return False
    leading = _leading(steps, place - 1, last, usual)
    if step > LEADING * leading + 0.5:
        open_end = low and not STOPS.search(last.text) and not _broken_on_purpose(paragraph, lines, place)
        return open_end and step <= LOOSE * leading and step <= HIGHEST * max(last.size, last.height)
    if low and not STOPS.search(last.text):
        return True
    if last.text.rstrip().endswith(":") and NUMBERED.match(paragraph[0].text) and len(paragraph) == 1:
        return False
    if _broken_on_purpose(paragraph, lines, place):
        return low and not ENDS.search(last.text)
    if not BULLET.match(paragraph[0].text):
        return True
    return not ((_left_of_text(paragraph, line) and STOPS.search(last.text)) or _out_of_list(paragraph[0], line))


def _out_of_list(first: Line, line: Line) -> bool:
    """Whether `line` starts at the mark of a list's item, or further out, though a tab stands behind the mark."""
    seen = [box for box in first.boxes if box is not None]
    tab = len(seen) > 1 and seen[1][0] - seen[0][2] > TAB * max(first.size, 6.0)
    return tab and first.text.lstrip()[1:2].isspace() and line.box[0] < first.box[0] + 3


def _askew(last: Line, line: Line) -> bool:
    """Whether two lines keep neither to a left or right edge nor to a middle, as no paragraph's lines do.

    An indent, of the first line or of the others, is no more than a few letters.
    """
    size = max(last.size, line.size, 6.0)
    apart = (line.box[0] - last.box[0], line.box[2] - last.box[2], _middle(line) - _middle(last))
    return all(abs(space) > FAR * size for space in apart)


def _in_address(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether a line of an address starts under others of it: a house number and its street, or a town's number."""
    short = all(len(one.text.split()) <= LONGEST_ADDRESS and not STOPS.search(one.text) for one in paragraph)
    return short and len(line.text.split()) <= LONGEST_ADDRESS and bool(ADDRESS.match(line.text))


def _closes(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether the » that a line starts with closes a quotation that is open above, and is no list's mark."""
    said = "".join(one.text for one in paragraph) if line.text.lstrip()[:1] == "»" else ""
    return said.count("«") > said.count("»")


def _in_sentence(paragraph: Sequence[Line], lines: Sequence[Line], place: int) -> bool:
    """Whether what looks like a list's number ("22 | h. Une case") goes on with the sentence of the line above."""
    last, line = lines[place - 1], lines[place]
    if not NUMBERING.match(line.text) or ENDS.search(last.text) or last.text.rstrip()[-1:] in ",;":
        return False
    before, here = re.findall(r"\d+", paragraph[0].text[:5]), re.findall(r"\d+", line.text[:5])
    if before and here and int(here[0]) == int(before[0]) + 1 and NUMBERING.match(paragraph[0].text):
        return False
    return same_size(last, line) and not _broken_on_purpose(paragraph, lines, place)


def _leading(steps: Sequence[float | None], place: int, line: Line, usual: dict[float, float]) -> float:
    """The leading around a step: the smallest of its run; of a step that stands alone, what is usual for its size.

    A run ends where a wider step parts it from a block that may be set otherwise.
    """
    here = steps[place]
    known = [here] if here is not None else []
    for direction in (-1, 1):
        at = place + direction
        while 0 <= at < len(steps) and abs(at - place) <= WINDOW and (step := steps[at]) is not None:
            if here is not None and step > LEADING * here + 0.5:
                break
            known.append(step)
            at += direction
    general = usual.get(round(line.size))
    if len(known) > 1:
        return min(*known, WIDEST * general) if general else min(known)
    alone = known[0] if known else 1.2 * line.size
    return min(alone, max(general, 1.1 * line.size)) if general else min(alone, 2.2 * max(line.size, line.height))


def _ruled(last: Line, line: Line, across: Edges) -> bool:
    """Whether a drawn edge, wider than both lines, parts them."""
    x0, x1 = min(last.box[0], line.box[0]), max(last.box[2], line.box[2])
    between = across[bisect_left(across, (last.foot - 1,)) :]
    return any(
        left <= x0 - 1 and right >= x1 + 1 for _, left, right in takewhile(lambda e: e[0] <= line.box[1] + 1, between)
    )


def _broken_on_purpose(paragraph: Sequence[Line], lines: Sequence[Line], place: int) -> bool:
    """Whether the line above ends although the next word would have fitted behind it."""
    last, line = lines[place - 1], lines[place]
    middle = _middle(last)
    near = [
        one
        for one in lines[max(0, place - 8) : place + 8]
        if one.source == last.source and one.box[0] <= middle and one.box[2] > last.box[0] and same_size(one, last)
    ]
    right = max(one.box[2] for one in near)
    left = min(one.box[0] for one in near)
    room = right - last.box[2]
    centred = abs(_middle(last) - _middle(line)) < 3 and abs(last.box[0] - line.box[0]) > 1
    if centred and last.box[0] > left + 3 and line.box[0] > left + 3:
        room += right - left - (last.box[2] - last.box[0]) - room if room < last.box[0] - left else 0.0
    return room > _first_word(line) + 0.3 * max(line.size, 6.0) and room > ROOM * (right - left)


def _middle(line: Line) -> float:
    return (line.box[0] + line.box[2]) / 2


def _first_word(line: Line) -> float:
    """How wide the first word of a line is, in points."""
    text = line.text
    start = len(text) - len(text.lstrip())
    end = next((n for n in range(start, len(text)) if text[n] == " "), len(text))
    boxes = [box for box in line.boxes[start:end] if box is not None]
    return boxes[-1][2] - boxes[0][0] if boxes else 0.0


def _left_of_text(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether `line` starts left of the text of a list's item, at its mark or further out."""
    first = paragraph[0]
    return line.box[0] < first.box[0] + 3 and any(one.box[0] > first.box[0] + 6 for one in paragraph[1:])
