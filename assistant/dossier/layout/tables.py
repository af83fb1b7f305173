"""Rows of tables: ruled ones from the drawn lines, unruled ones from lines cut by wide gaps."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from assistant.dossier.pdf.drawn_lines import Rules, levels
from assistant.dossier.pdf.text_layer import Line, union

WIDE_GAP = 1.6
"""Space between two pieces of a line, in line heights, that only a table or a column leaves."""


FAR_TOO_HIGH = 4.0
PROSE_WORDS = 4.5
"""Words of a line of prose in a column; the cells of a table hold fewer."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells from left to right, each a few lines; `table` numbers the tables of a page."""

    table: int
    cells: tuple[tuple[Line, ...], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for cell in self.cells for line in cell)


def segments(line: Line, rules: Rules) -> list[Line]:
    """A line cut where a vertical edge crosses it, a wide gap opens, or the text jumps back to the left."""
    edges = [x for x, y0, y1 in rules.down if y0 - 1 <= (line.box[1] + line.box[3]) / 2 <= y1 + 1]
    pieces: list[Line] = []
    start, height = 0, line.height
    least = 0.5 if edges else WIDE_GAP * max(height, 6.0)
    right: float | None = None
    for place, box in enumerate(line.boxes):
        if box is None:
            continue
        gap = box[0] - right if right is not None else 0.0
        if (gap > least and _apart(right or 0.0, box[0], height, edges)) or gap < -2 * height:
            pieces.append(_piece(line, start, place))
            start, right = place, None
        right = box[2] if right is None or box[2] > right else right
    if start == 0:
        return [line] if line.text.strip() else []
    pieces.append(_piece(line, start, len(line.text)))
    return _from_left([piece for piece in pieces if piece.text.strip()], edges)


def _apart(right: float, left: float, height: float, edges: Sequence[float]) -> bool:
    """Whether a vertical edge (`edges` are in order) or a wide gap lies between `right` and `left`."""
    gap = left - right
    if gap > WIDE_GAP * max(height, 6.0):
        return True
    place = bisect_left(edges, right - 0.5)
    return gap > 0.5 and place < len(edges) and edges[place] <= left + 0.5


def _from_left(pieces: list[Line], edges: Sequence[float]) -> list[Line]:
    """Pieces from left to right; a list's number written after its text stands before it again."""
    if all(a.box[0] <= b.box[0] for a, b in pairwise(pieces)):
        return pieces
    ordered: list[Line] = []
    for piece in sorted(pieces, key=lambda p: p.box[0]):
        if ordered and not _apart(ordered[-1].box[2], piece.box[0], piece.height, edges):
            before = ordered.pop()
            text, boxes = f"{before.text.rstrip()} ", before.boxes[: len(before.text.rstrip())]
            piece = Line(
                text + piece.text,
                (*boxes, None, *piece.boxes),
                union([before.box, piece.box]),
                before.size,
                before.bold,
                before.source,
            )
        ordered.append(piece)
    return ordered


def _piece(line: Line, start: int, end: int) -> Line:
    boxes = line.boxes[start:end]
    solid = [box for box in boxes if box is not None]
    return replace(line, text=line.text[start:end], boxes=boxes, box=union(solid) if solid else line.box)


def ruled_rows(lines: Sequence[Line], rules: Rules) -> list[Row]:
    """Rows of the tables whose rows are drawn: bands between two horizontal edges of the same width."""
    bands = _bands(rules)
    rows: list[Row] = []
    for number, table in enumerate(bands):
        found = [_row(number, top, bottom, x0, x1, lines, rules) for top, bottom, x0, x1 in table]
        kept = [row for row in found if row is not None]
        if sum(len(row.cells) > 1 for row in kept) >= max(1, len(kept) // 2):
            rows += kept
    return rows


Band = tuple[float, float, float, float]
"""top, bottom, x0, x1."""


def _bands(rules: Rules) -> list[list[Band]]:
    """Per table, its bands. What lies between two tables of one width is no band: no edge runs down through it."""
    stacks: list[list[Band]] = []
    previous: tuple[float, float, float] | None = None
    for y, x0, x1 in levels(rules.across):
        if x1 - x0 < 60:
            continue
        same = previous is not None and abs(previous[1] - x0) < 8 and abs(previous[2] - x1) < 8
        if same and previous is not None and y - previous[0] > 6:
            stacks[-1].append((previous[0], y, x0, x1))
        elif not same:
            stacks.append([])
        previous = (y, x0, x1)
    return [table for stack in stacks for table in _tables(stack, rules) if len(table) >= 2]


def _tables(stack: list[Band], rules: Rules) -> list[list[Band]]:
    """One stack of bands cut where the table ends: at a band without edges among framed ones, or far too high."""
    framed = [_framed(band, rules) for band in stack]
    usual = median(bottom - top for top, bottom, _, _ in stack) if stack else 0.0
    tables: list[list[Band]] = [[]]
    for band, has_edges in zip(stack, framed, strict=True):
        inside = has_edges if any(framed) else band[1] - band[0] <= FAR_TOO_HIGH * usual
        if inside:
            tables[-1].append(band)
        elif tables[-1]:
            tables.append([])
    return tables


def _framed(band: Band, rules: Rules) -> bool:
    top, bottom, x0, x1 = band
    middle = (top + bottom) / 2
    return any(y0 - 2 <= middle <= y1 + 2 and x0 - 4 <= x <= x1 + 4 for x, y0, y1 in rules.down)


def _row(
    number: int, top: float, bottom: float, x0: float, x1: float, lines: Sequence[Line], rules: Rules
) -> Row | None:
    inside = [
        line
        for line in lines
        if top - 1 <= (line.box[1] + line.box[3]) / 2 <= bottom + 1 and x0 - 2 <= line.box[0] and line.box[2] <= x1 + 2
    ]
    if not inside:
        return None
    middle = (top + bottom) / 2
    edges = sorted({round(x) for x, y0, y1 in rules.down if y0 - 2 <= middle <= y1 + 2 and x0 + 4 < x < x1 - 4})
    cells: dict[int, list[Line]] = {}
    for line in inside:
        column = sum(edge <= (line.box[0] + min(line.box[2], line.box[0] + 4)) / 2 for edge in edges)
        cells.setdefault(column, []).append(line)
    ordered = [tuple(sorted(cells[c], key=lambda s: (round(s.box[1]), s.box[0]))) for c in sorted(cells)]
    if not edges:
        ordered = _by_gaps(inside)
    return Row(number, tuple(ordered))


def _by_gaps(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Cells of a band without vertical edges: pieces that overlap from left to right belong together."""
    columns: list[list[Line]] = []
    for line in sorted(lines, key=lambda s: s.box[0]):
        home = next((c for c in columns if line.box[0] < max(s.box[2] for s in c)), None)
        if home is None:
            columns.append([line])
        else:
            home.append(line)
    return [tuple(sorted(column, key=lambda s: (round(s.box[1]), s.box[0]))) for column in columns]


def unruled_rows(runs: Sequence[Sequence[Line]], first_table: int) -> list[Row]:
    """Rows of tables without rules: three or more neighbouring lines cut at matching places.

    `runs` are the page's lines in order, each as its segments.
    """
    rows: list[Row] = []
    block: list[Sequence[Line]] = []
    table = first_table
    for run in [*runs, ()]:
        if len(run) > 1 and (not block or _aligned(block[-1], run)):
            block.append(run)
            continue
        if len(block) >= 3 and not _are_columns(block):
            rows += [Row(table, tuple((piece,) for piece in pieces)) for pieces in block]
            table += 1
        block = [run] if len(run) > 1 else []
    return rows


def _are_columns(block: Sequence[Sequence[Line]]) -> bool:
    """Whether the pieces are lines of prose set in columns, written row by row: each is as long as a line of text."""
    widest = max(len(run) for run in block)
    columns = [[run[place] for run in block if len(run) > place] for place in range(widest)]
    return all(median(len(piece.text.split()) for piece in column) >= PROSE_WORDS for column in columns)


def _aligned(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether two lines share the left (or right) edge of a column after the first, and stand close together."""
    if not 0 < below[0].box[1] - above[0].box[1] < 4 * max(above[0].height, 6.0):
        return False
    return any(abs(a.box[0] - b.box[0]) < 6 or abs(a.box[2] - b.box[2]) < 6 for a in above[1:] for b in below[1:])
