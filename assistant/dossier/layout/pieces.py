"""Lines cut where a cell's border or a column's gutter runs through them, and bullets put back before their text."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from assistant.dossier.layout.signs import COMMON, LONE_BULLET, LONE_NUMBER
from assistant.dossier.pdf.lines import Line, base_of, union
from assistant.result import Box

WIDE_GAP = 1.6
"""Space between two pieces of a line, in line heights, that only a table, a column or a justified line leaves."""
LEAST_GAP, LEAST_DOWN, LEAST_DOWN_STRETCHED = 0.7, 2, 5
"""Gap in sizes that may part two columns if it goes down through so many other lines; more where lines are stretched."""
LETTERS_APART = 0.35
"""Gap in sizes that no two letters of a word leave."""
PROSE_WORDS, PROSE_COMMON = 5, 2
EVEN = 1.7
"""How much wider than its narrowest gap the widest one of a stretched line is, at most."""
TOGETHER = 6.0
"""Gap in sizes under which two pieces of a line are read as one."""
FARTHEST_TEXT = 14.0
"""Sizes between a bullet and its text, at most."""
FARTHEST_COUNTED = 3.0
"""Sizes between a number without a stop and the text it counts, at most."""
Borders = Sequence[tuple[float, float, float]]
"""(x, y0, y1) of the edges that part the cells of tables."""


def cut_lines(lines: Sequence[Line], borders: Borders) -> list[list[Line]]:
    """Each line as its pieces, from the left: cut at cells' borders, at gaps that go down through several lines, and at
    wide gaps, unless the line is stretched to both margins of its column."""
    gaps = [_gaps(line) for line in lines]
    return [segments(line, borders, _cuts(n, lines, gaps)) for n, line in enumerate(lines)]


def _gaps(line: Line) -> list[tuple[float, float]]:
    """Gaps between words (from, to) that are more than a space."""
    least = LEAST_GAP * max(line.size, 6.0)
    return [gap for gap in _word_gaps(line) if gap[1] - gap[0] > least] if line.widest > least else []


def _cuts(
    n: int,
    lines: Sequence[Line],
    gaps: Sequence[Sequence[tuple[float, float]]],
) -> list[float]:
    """Where a line is to be cut: the left ends of its telling gaps."""
    line = lines[n]
    if not gaps[n]:
        return []
    wide = WIDE_GAP * max(min(line.height, 1.5 * line.size), 6.0)
    above = [m for m in range(n - 1, max(-1, n - 8), -1) if _close(lines[m], line)]
    below = [m for m in range(n + 1, min(len(lines), n + 8)) if _close(lines[m], line)]
    share = sum(_stretched(line, lines[m]) for m in (*above[:2], *below[:2]))
    stretched = _even(_word_gaps(line)) and (share > 0 or _is_prose(line))
    # Two words are always evenly apart: a strip that goes on above and below tells them from a stretched line.
    least = LEAST_DOWN_STRETCHED if stretched and len(_word_gaps(line)) > 1 else LEAST_DOWN
    cuts = []
    for x0, x1 in gaps[n]:
        down = _goes_down((x0, x1), [gaps[m] for m in above], [gaps[m] for m in below], 0.5 * max(line.size, 6.0))
        if down >= least or (x1 - x0 > wide and not stretched):
            cuts.append(x0)
    return cuts


def _close(a: Line, b: Line) -> bool:
    size = max(a.size, b.size, 6.0)
    return abs(a.foot - b.foot) < 7 * size and abs(a.foot - b.foot) > 0.5 * size and abs(a.size - b.size) < 0.2 * size


def _stretched(a: Line, b: Line) -> bool:
    """Whether two lines end at one margin, and start at one."""
    return abs(a.box[2] - b.box[2]) < 2.0 and abs(a.box[0] - b.box[0]) < 3.0


def _goes_down(
    gap: tuple[float, float],
    above: Sequence[Sequence[tuple[float, float]]],
    below: Sequence[Sequence[tuple[float, float]]],
    least: float,
) -> int:
    """Through how many lines, one after the other, an empty strip of the gap goes on."""
    strip, count = gap, 0
    for side in (above, below):
        for gaps in side:
            common = [
                (max(strip[0], a), min(strip[1], b)) for a, b in gaps if min(strip[1], b) - max(strip[0], a) >= least
            ]
            if not common:
                break
            strip, count = common[0], count + 1
    return count


def segments(line: Line, borders: Borders, cuts: Sequence[float] = ()) -> list[Line]:
    """A line cut where a cell's border crosses it, at `cuts`, or where the text jumps back to the left."""
    x0, top, x1, bottom = line.box
    middle = (top + bottom) / 2
    edges = sorted(x for x, y0, y1 in borders if y0 - 1 <= middle <= y1 + 1 and x0 - 1 <= x <= x1 + 1)
    if not edges and not cuts and not _jumps_back(line):
        return [line] if line.text.strip() else []
    height = line.height
    size = max(line.size, height, 6.0)
    pieces: list[Line] = []
    start = 0
    right: float | None = None
    space = False
    for place, box in enumerate(line.boxes):
        if box is None:
            space = True
            continue
        if right is not None:
            gap = box[0] - right
            told = gap > 0.5 and any(abs(right - cut) < 0.01 for cut in cuts)
            wide = gap > LETTERS_APART * size or (space and gap > 0.5)
            if told or gap < -2 * height or (wide and _crossed(edges, right - 0.5, box[0] + 0.5)):
                pieces.append(_piece(line, start, place))
                start, right = place, None
        right = box[2] if right is None or box[2] > right else right
        space = line.text[place].isspace()
    if start == 0:
        return [line] if line.text.strip() else []
    pieces.append(_piece(line, start, len(line.text)))
    return _from_left([piece for piece in pieces if piece.text.strip()], edges)


def _jumps_back(line: Line) -> bool:
    """Whether the text goes on left of where it was, as no line of one text does."""
    reach, back = line.box[0], 2 * line.height
    if line.back <= back:
        return False
    for box in line.boxes:
        if box is not None:
            if box[0] < reach - back:
                return True
            reach = box[2] if box[2] > reach else reach
    return False


def _is_prose(line: Line) -> bool:
    words = line.text.lower().split()
    return len(words) >= PROSE_WORDS and sum(word in COMMON for word in words) >= PROSE_COMMON


def _even(every: Sequence[tuple[float, float]]) -> bool:
    """Whether all gaps between words are alike: a line stretched to its margins has no narrow ones."""
    widths = [x1 - x0 for x0, x1 in every]
    return not widths or max(widths) <= EVEN * min(widths)


def _word_gaps(line: Line) -> list[tuple[float, float]]:
    gaps: list[tuple[float, float]] = []
    right: float | None = None
    space = False
    for char, box in zip(line.text, line.boxes, strict=True):
        if box is None or char == " ":
            space = True
            continue
        if right is not None and (space or box[0] - right > 6) and box[0] > right:
            gaps.append((right, box[0]))
        right = box[2] if right is None or box[2] > right else right
        space = False
    return gaps


def _crossed(edges: Sequence[float], left: float, right: float) -> bool:
    place = bisect_left(edges, left)
    return place < len(edges) and edges[place] <= right


def _from_left(pieces: list[Line], edges: Sequence[float]) -> list[Line]:
    """Pieces from left to right; a list's number written after its text stands before it again."""
    if all(a.box[0] <= b.box[0] for a, b in pairwise(pieces)):
        return pieces
    ordered: list[Line] = []
    for piece in sorted(pieces, key=lambda p: p.box[0]):
        if ordered and not _apart(ordered[-1], piece, edges):
            piece = side_by_side(ordered.pop(), piece)
        ordered.append(piece)
    return ordered


def _apart(left: Line, right: Line, edges: Sequence[float]) -> bool:
    gap = right.box[0] - left.box[2]
    if gap > WIDE_GAP * max(right.height, 6.0):
        return True
    return gap > 0.5 and _crossed(edges, left.box[2] - 0.5, right.box[0] + 0.5)


def side_by_side(left: Line, right: Line) -> Line:
    """Two parts of one line as one, a space between them."""
    text = left.text.rstrip()
    lead = len(right.text) - len(right.text.lstrip())
    return replace(
        right,
        text=f"{text} {right.text[lead:]}",
        boxes=(*left.boxes[: len(text)], None, *right.boxes[lead:]),
        box=union([left.box, right.box]),
        widest=inf,
        back=inf,
    )


def rejoined(lines: Sequence[Line]) -> list[Line]:
    """Neighbouring pieces of one line that turned out to be no cells and no columns, as one line again."""
    result: list[Line] = []
    for line in lines:
        if result and _same_line(result[-1], line):
            result[-1] = replace(side_by_side(result[-1], line), marked=result[-1].marked)
        else:
            result.append(line)
    return result


def _same_line(a: Line, b: Line) -> bool:
    size = max(a.size, b.size, b.height, 6.0)
    level = abs(a.foot - b.foot) < 0.3 * size and a.source == b.source
    return level and -1 <= b.box[0] - a.box[2] < TOGETHER * size


def _piece(line: Line, start: int, end: int) -> Line:
    boxes = line.boxes[start:end]
    solid = [box for box in boxes if box is not None]
    return replace(
        line,
        text=line.text[start:end],
        boxes=boxes,
        box=union(solid) if solid else line.box,
        base=base_of(line.text[start:end], boxes) or line.base,
        marked=line.marked and start == 0,
    )


def with_bullets(runs: Sequence[Sequence[Line]], borders: Borders) -> list[list[Line]]:
    """`runs` (the pieces of each line) with every bullet or number that stands alone put before the text it opens."""
    pieces = [piece for run in runs for piece in run]
    alone = [piece for piece in pieces if _is_mark(piece)] + _counting(runs)
    if not alone:
        return [list(run) for run in runs]
    marks = set(map(id, alone))
    texts = [piece for piece in pieces if id(piece) not in marks]
    opened: dict[int, Line] = {}
    used: set[int] = set()
    for mark in sorted(alone, key=lambda m: -m.box[0]):
        text = _text_of(mark, texts, borders)
        if text is not None and id(text) not in opened:
            opened[id(text)] = mark
            used.add(id(mark))
    return [
        [
            side_by_side(opened[id(piece)], piece) if id(piece) in opened else piece
            for piece in run
            if id(piece) not in used
        ]
        for run in runs
    ]


def with_dots(runs: Sequence[Sequence[Line]], dots: Sequence[Box]) -> list[list[Line]]:
    """`runs` with the lines marked that open behind a small drawn sign, as browsers draw the bullets of lists."""
    if not dots:
        return [list(run) for run in runs]
    return [[replace(piece, marked=True) if _dotted(piece, dots) else piece for piece in run] for run in runs]


def _dotted(piece: Line, dots: Sequence[Box]) -> bool:
    size = max(piece.size, 6.0)
    for x0, top, x1, bottom in dots:
        middle = (top + bottom) / 2
        if (
            0.5 <= piece.box[0] - x1 <= 2.5 * size
            and piece.foot - 0.9 * size < middle < piece.foot
            and x1 - x0 < 0.8 * size
        ):
            return True
    return False


def _counting(runs: Sequence[Sequence[Line]]) -> list[Line]:
    """Numbers without a stop that count the texts beside them, 1, 2, 3, as the notes of word processors do."""
    numbers = [
        run[0]
        for run in runs
        if len(run) == 2
        and len(run[0].text.strip()) <= 2
        and run[0].text.strip().isdigit()
        and 0 < run[1].box[0] - run[0].box[2] < FARTHEST_COUNTED * max(run[0].size, 6.0)
        and len(run[1].text.split()) >= PROSE_WORDS
    ]
    found: list[Line] = []
    for a, b in pairwise(sorted(numbers, key=lambda line: line.foot)):
        if int(b.text) == int(a.text) + 1 and abs(a.box[2] - b.box[2]) < 8 and abs(a.size - b.size) < 0.5:
            found += [line for line in (a, b) if not any(line is one for one in found)]
    return found


def _is_mark(piece: Line) -> bool:
    text = piece.text.strip()
    if len(text) > 6:
        return False
    if LONE_BULLET.match(text) or (len(text) == 1 and piece.marked):
        return True
    return bool(LONE_NUMBER.match(text)) and not text.isdigit()


def _text_of(mark: Line, texts: Sequence[Line], borders: Borders) -> Line | None:
    """The nearest text to the right of a mark, on its line, with no border between."""
    size = max(mark.size, 8.0)
    middle = (mark.box[1] + mark.box[3]) / 2
    best: Line | None = None
    for text in texts:
        gap = text.box[0] - mark.box[2]
        if not -1 <= gap <= FARTHEST_TEXT * max(size, text.size):
            continue
        height = max(text.height, 0.6 * text.size)
        if not text.box[1] - 0.3 * height <= middle <= text.box[3] + 0.2 * height:
            continue
        if any(y0 <= middle <= y1 and mark.box[2] - 1 <= x <= text.box[0] + 1 for x, y0, y1 in borders):
            continue
        if best is None or text.box[0] < best.box[0]:
            best = text
    if best is None or not LONE_BULLET.match(mark.text) or mark.text.strip() not in "-–—−*+o":
        return best
    # A dash between two texts of one line is an empty cell, not a bullet.
    left = any(
        text.box[1] <= middle <= text.box[3] and 0 <= mark.box[0] - text.box[2] < FARTHEST_TEXT * size for text in texts
    )
    return None if left else best
