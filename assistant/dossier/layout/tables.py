"""Rows of tables: from grids of drawn lines, from bands between two drawn lines, and from columns without any."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.dossier.layout.grids import Cell, Grid
from assistant.dossier.layout.signs import BULLET, starts_low
from assistant.dossier.pdf.drawn_lines import Rules, levels
from assistant.dossier.pdf.lines import Line, union
from assistant.result import Box

FAR_TOO_HIGH = 4.0
PROSE_WORDS = 4.5
"""Words of a line of prose in a column; the cells of a table hold fewer."""
ROWS_APART = 4.0
"""Heights between two rows of an unruled table, at most."""
LEAST_ROWS = 3
BANDS_OF_ROWS, LOW = 4, 0.25
"""Bands of a table from which each is a row; share of lines that start low in a row of several lines, at least."""
CLOSE = 1.15
"""Steps between the lines of a cell, in the smallest step of its table, at most."""
SHORT_ENTRY = 8
LONG_CELL = 45
"""Words of a cell that is a text of its own rather than an entry."""
Cells = tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells from left to right, empty ones included, each a few lines; `table` numbers those of a page.

    `spans`: first column and number of columns of each cell; `beside`: cells of rows above that reach down to it.
    """

    table: int
    cells: Cells
    spans: tuple[tuple[int, int], ...]
    beside: Cells = ()
    columns: tuple[float, ...] = ()
    """Where the columns of its table start."""
    open: bool = False
    """Whether nothing closes it, as where the page's end cuts it."""

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for cell in self.cells for line in cell)

    @property
    def is_text(self) -> bool:
        """Whether one of its cells is a text of its own: a layout set in a table."""
        return any(sum(len(line.text.split()) for line in cell) > LONG_CELL for cell in self.cells)


def grid_rows(lines: Sequence[Line], grids: Sequence[Grid]) -> list[Row]:
    """The rows of the page's grids. A grid of one row, or whose rows hold one cell each, is
    a frame around text, not a table."""
    rows: list[Row] = []
    free = list(lines)
    for number, grid in enumerate(sorted(grids, key=_area)):
        held: dict[tuple[int, int], tuple[Cell, list[Line]]] = {}
        rest: list[Line] = []
        for line in free:
            cell = _cell_of(line, grid)
            if cell is None:
                rest.append(line)
            else:
                held.setdefault((cell.row, cell.column), (cell, []))[1].append(line)
        found = _rows_of(number, grid, held)
        if len(found) == 1 and not _is_row(found[0]):
            continue
        if sum(sum(bool(cell) for cell in row.cells) > 1 for row in found) >= max(1, len(found) // 2):
            rows += found
            free = rest
    return rows


def _is_row(row: Row) -> bool:
    """Whether a grid's only row is one of a table rather than cards side by side: several short entries."""
    filled = [cell for cell in row.cells if cell]
    return len(filled) > 2 and all(sum(len(line.text.split()) for line in cell) <= SHORT_ENTRY for cell in filled)


def _area(grid: Grid) -> float:
    x0, y0, x1, y1 = grid.box
    return (x1 - x0) * (y1 - y0)


def _cell_of(line: Line, grid: Grid) -> Cell | None:
    x0, y0, x1, y1 = line.box
    left, top, right, bottom = grid.box
    if x1 < left or x0 > right or y1 < top or y0 > bottom:
        return None
    return grid.cell_at((x0 + min(x1, x0 + 6)) / 2, (y0 + y1) / 2)


def _rows_of(number: int, grid: Grid, held: dict[tuple[int, int], tuple[Cell, list[Line]]]) -> list[Row]:
    rows: list[Row] = []
    for r in range(len(grid.ys) - 1):
        starting = [cell for cell in grid.cells if cell.row == r]
        if not any((cell.row, cell.column) in held for cell in starting):
            continue
        cells = tuple(_read(held[c.row, c.column][1]) if (c.row, c.column) in held else () for c in starting)
        above = [c for c in grid.cells if c.row < r < c.row + c.rows and (c.row, c.column) in held]
        rows.append(
            Row(
                number,
                cells,
                tuple((c.column, c.columns) for c in starting),
                tuple(_read(held[c.row, c.column][1]) for c in above),
                grid.xs[:-1],
                grid.open and r == len(grid.ys) - 2,
            )
        )
    return rows


def _read(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a cell from its top; those that stand on one base line from the left."""
    ordered = sorted(lines, key=lambda line: (line.foot, line.box[0]))
    result: list[list[Line]] = []
    for line in ordered:
        if result and abs(result[-1][0].foot - line.foot) < 0.4 * max(line.height, 4.0):
            result[-1].append(line)
        else:
            result.append([line])
    return tuple(line for level in result for line in sorted(level, key=lambda one: one.box[0]))


Band = tuple[float, float, float, float]
"""top, bottom, x0, x1."""


def banded_rows(lines: Sequence[Line], rules: Rules, first_table: int) -> list[Row]:
    """Rows of tables whose rows alone are drawn: bands between two horizontal edges of the same width."""
    rows: list[Row] = []
    for number, table in enumerate(_bands(rules), start=first_table):
        found = [row for band in table for row in _band_rows(number, band, lines, len(table))]
        if found and sum(len(row.cells) > 1 for row in found) >= max(2, (len(found) + 1) // 2):
            rows += found
    return rows


def _bands(rules: Rules) -> list[list[Band]]:
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
    return [stack for stack in stacks if len(stack) >= 2]


def _band_rows(number: int, band: Band, lines: Sequence[Line], bands: int) -> list[Row]:
    top, bottom, x0, x1 = band
    inside = [
        line
        for line in lines
        if top - 1 <= (line.box[1] + line.box[3]) / 2 <= bottom + 1 and x0 - 2 <= line.box[0] and line.box[2] <= x1 + 2
    ]
    if not inside:
        return []
    columns = _columns(inside)
    if len(columns) < 2 or _is_prose(columns):
        return [Row(number, (_read(inside),), ((0, 1),))] if len(columns) < 2 and len(inside) == 1 else []
    starts = tuple(min(line.box[0] for line in column) for column in columns)
    rows = []
    whole = bands >= BANDS_OF_ROWS and _goes_on_below(columns)
    for level in [inside] if whole else _levels_of_rows(inside, columns):
        here = {id(line) for line in level}
        cells = tuple(_read([line for line in column if id(line) in here]) for column in columns)
        rows.append(Row(number, cells, tuple((n, 1) for n in range(len(columns))), columns=starts))
    return rows


def _goes_on_below(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether lines below the first of their columns start as the middle of a sentence does: cells of several lines."""
    below = [line for column in columns for line in sorted(column, key=lambda one: one.foot)[1:]]
    return sum(starts_low(line.text) for line in below) >= max(1, LOW * len(below))


def _is_prose(columns: Sequence[Sequence[Line]]) -> bool:
    return all(
        median(len(line.text.split()) for line in column) >= PROSE_WORDS and len(column) > 2 for column in columns
    )


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Pieces that overlap from left to right belong together."""
    columns: list[list[Line]] = []
    reach = 0.0
    for line in sorted(lines, key=lambda s: s.box[0]):
        if columns and line.box[0] < reach - 0.5:
            columns[-1].append(line)
            reach = max(reach, line.box[2])
        else:
            columns.append([line])
            reach = line.box[2]
    return columns


def _levels_of_rows(lines: Sequence[Line], columns: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of a band row by row: a row starts where the first column has a line and another cell stands beside it.

    A band with a column of one line only is one row whose other cells go over several lines.
    """
    counts = [len(column) for column in columns]
    tops = [
        line.foot
        for line in sorted(columns[0], key=lambda one: one.foot)
        if sum(any(abs(other.foot - line.foot) < 3 for other in column) for column in columns) >= 2
    ]
    if len(tops) < 2 or min(counts) == 1:
        return [list(lines)]
    rows: list[list[Line]] = [[] for _ in tops]
    for line in lines:
        rows[max(sum(top <= line.foot + 3 for top in tops) - 1, 0)].append(line)
    return [row for row in rows if row]


def unruled_rows(runs: Sequence[Sequence[Line]], first_table: int) -> list[Row]:
    """Rows of tables without rules: three or more neighbouring lines of the page cut at matching places.

    `runs` are the page's lines in the order of its content, each as its pieces. A table is written row after row:
    columns of a page that happen to stand side by side are written one after the other.
    """
    order = {id(piece): n for n, piece in enumerate(piece for run in runs for piece in run)}
    rows: list[Row] = []
    block: list[list[list[Line]]] = []
    table = first_table
    for level in [*_visual([piece for run in runs for piece in run]), []]:
        joined = bool(block) and bool(level) and _belongs(block, level)
        if joined and len(level) > 1:
            block.append([[piece] for piece in level])
            continue
        if joined and _wraps(block, level):
            for piece in level:
                _cell_above(block[-1], piece).append(piece)
            continue
        found = _table(block, table, order)
        rows += found
        table += bool(found)
        block = [[[piece] for piece in level]] if len(level) > 1 else []
    return rows


def _visual(pieces: Sequence[Line]) -> list[list[Line]]:
    """The pieces by the base line they stand on, from the top, each line from its left."""
    result: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: p.foot):
        if result and abs(result[-1][0].foot - piece.foot) < 0.25 * max(piece.size, piece.height, 6.0):
            result[-1].append(piece)
        else:
            result.append([piece])
    return [sorted(level, key=lambda p: p.box[0]) for level in result]


def _belongs(block: Sequence[Sequence[list[Line]]], level: Sequence[Line]) -> bool:
    """Whether a line stands close below the block and shares its columns."""
    last = [line for cell in block[-1] for line in cell]
    foot = max(line.foot for line in last)
    if not 0 < level[0].foot - foot < ROWS_APART * max(level[0].height, 6.0):
        return False
    first = block[0][0][0]
    if abs(first.size - level[0].size) > 0.25 * max(first.size, level[0].size):
        return False
    above = [cell for row in block[-2:] for cell in row]
    if len(level) == 1:
        return any(abs(cell[0].box[0] - level[0].box[0]) < 4 for cell in above)
    return any(_in_line(cell[0], piece) for cell in above for piece in level[1:] if cell[0].box[0] > first.box[2] - 60)


def _in_line(a: Line, b: Line) -> bool:
    """Whether two entries stand under one another: by their left edges, or by their right ones or middles if figures."""
    if abs(a.box[0] - b.box[0]) < 4:
        return True
    short = max(len(a.text.strip()), len(b.text.strip())) <= 14
    middle = abs(a.box[0] + a.box[2] - b.box[0] - b.box[2]) < 6
    return short and (abs(a.box[2] - b.box[2]) < 4 or middle)


def _wraps(block: Sequence[Sequence[list[Line]]], level: Sequence[Line]) -> bool:
    """Whether single pieces go on in cells of the row above: close below, and not as the start of a list or sentence."""
    (piece,) = level
    cell = _cell_above(block[-1], piece)
    near = piece.foot - cell[-1].foot < 1.5 * max(piece.size, piece.height, 6.0)
    fits = abs(cell[0].box[0] - piece.box[0]) < 4
    wide = max(line.box[2] for row in block for c in row for line in c) + 5
    return near and fits and piece.box[2] <= wide and not (cell is block[-1][0] and len(piece.text.split()) > 8)


def _cell_above(row: Sequence[list[Line]], piece: Line) -> list[Line]:
    return min(row, key=lambda cell: abs(cell[0].box[0] - piece.box[0]))


def _table(block: Sequence[Sequence[list[Line]]], number: int, order: dict[int, int]) -> list[Row]:
    """The block's rows, if it is a table: rows enough, written one after the other, no prose in columns, no list."""
    if len(block) < LEAST_ROWS or _are_columns(block):
        return []
    if not _row_by_row(block, order):
        block = _by_leading(block)
        if len(block) < LEAST_ROWS or not _row_by_row(block, order):
            return []
    if all(len(row) == 2 for row in block) and _counts(block):
        return []
    if sum(bool(BULLET.match(row[0][0].text)) for row in block) > 0.5 * len(block) and all(len(r) == 2 for r in block):
        return []
    starts = _starts(block)
    if len(starts) < 2:
        return []
    rows = []
    for row in block:
        cells: list[tuple[Line, ...]] = [()] * len(starts)
        for cell in row:
            place = _column_of(cell[0], starts)
            cells[place] = (*cells[place], *cell)
        rows.append(Row(number, tuple(cells), tuple((n, 1) for n in range(len(starts))), columns=tuple(starts)))
    return rows


def _row_by_row(block: Sequence[Sequence[list[Line]]], order: dict[int, int]) -> bool:
    places = [sorted(order[id(line)] for cell in row for line in cell) for row in block]
    return all(a[-1] <= b[0] for a, b in pairwise(places))


def _by_leading(block: Sequence[Sequence[list[Line]]]) -> list[list[list[Line]]]:
    """The rows with those that stand as close below as the lines of one cell do added to the cells above them."""
    steps = [
        min(line.foot for cell in below for line in cell) - max(line.foot for cell in above for line in cell)
        for above, below in pairwise(block)
    ]
    rows = [[list(cell) for cell in block[0]]]
    for step, row in zip(steps, block[1:], strict=True):
        if step > CLOSE * min(steps):
            rows.append([list(cell) for cell in row])
            continue
        for cell in row:
            _cell_above(rows[-1], cell[0]).extend(cell)
    return rows


def _counts(block: Sequence[Sequence[list[Line]]]) -> bool:
    """Whether the first cells are 1, 2, 3 before texts: a list, or the notes at the foot of a page."""
    numbers = [row[0][0].text.strip() for row in block]
    return all(text.isdigit() for text in numbers) and all(int(b) == int(a) + 1 for a, b in pairwise(numbers))


def _starts(block: Sequence[Sequence[list[Line]]]) -> list[float]:
    """Where the columns start: the extents of all entries, parted where nothing stands."""
    spans = sorted((line.box[0], line.box[2]) for row in block if len(row) > 1 for cell in row for line in cell)
    starts, reach = [spans[0][0]], spans[0][1]
    for x0, x1 in spans[1:]:
        if x0 > reach + 1:
            starts.append(x0)
        reach = max(reach, x1)
    return starts


def _column_of(line: Line, starts: Sequence[float]) -> int:
    return max(0, sum(start <= line.box[0] + 1 for start in starts) - 1)


def _are_columns(block: Sequence[Sequence[list[Line]]]) -> bool:
    """Whether the pieces are lines of prose set in columns, written row by row: each is as long as a line of text."""
    widest = max(len(row) for row in block)
    columns = [[row[place] for row in block if len(row) > place] for place in range(widest)]
    return all(median(len(cell[0].text.split()) for cell in column) >= PROSE_WORDS for column in columns)


def box_of(row: Row) -> Box:
    """The box around a row's words."""
    return union([line.box for line in row.lines])
