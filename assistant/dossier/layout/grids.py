"""Ruled tables: crossing edges make a grid, borders that are missing make a cell of several squares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assistant.dossier.pdf.drawn_lines import Rules, levels
from assistant.dossier.pdf.lines import Line
from assistant.result import Box

NEAR = 3.0
"""Points within which two edges meet, or are the same."""
FARTHEST_ROW = 120.0
"""Points between two edges that can still be the height of a row."""
LEAST_ROW = 8.0
"""Height in points of a row that holds a line of text, at least."""
COLUMN_GAP = 0.6
"""Gap in sizes that words of two columns leave at least."""
WRAPPED = 1.4
"""Steps in sizes between the lines of one cell, at most."""
MOST_EDGES = 600
MOST_SQUARES = 6_000
Edge = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and the row and column of its first square, with how many it spans."""

    box: Box
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A framed table: where its columns and rows part, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...] = field(default=())
    open: bool = False
    """Whether no edge closes its last row, as where the page's end cuts it."""

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def borders(self) -> list[Edge]:
        """Left and right edges of its cells as (x, y0, y1)."""
        return [(x, c.box[1], c.box[3]) for c in self.cells for x in (c.box[0], c.box[2])]

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The cell a point lies in."""
        return next(
            (c for c in self.cells if c.box[0] - 1 <= x <= c.box[2] + 1 and c.box[1] - 1 <= y <= c.box[3] + 1), None
        )


def grids_of(rules: Rules, lines: Sequence[Line] = ()) -> list[Grid]:
    """The grids of a page, from the top. A single frame is one too, of one cell.

    Where only the edges below cells are drawn, or the grounds of every second row, the rows between are told by
    where the edges meet; `lines` tell whether words stand in such rows.
    """
    across = levels(rules.across)
    drawn = levels(rules.down)
    told = _between_edges(rules.across, drawn)
    down = [*drawn, *told]
    if not across or not down or len(across) + len(down) > MOST_EDGES:
        return []
    grids = []
    for rows, columns in _components(across, down):
        ys, xs = _distinct(y for y, _, _ in rows), _distinct(x for x, _, _ in columns)
        start, end = _open_start(xs, ys, columns), _open_end(xs, ys, columns)
        rows += [(y, xs[0], xs[-1]) for y in (start, end) if y is not None]
        ys = [y for y in (start, *ys, end) if y is not None]
        if len(ys) > 1 and len(xs) > 1 and len(ys) * len(xs) <= MOST_SQUARES:
            grid = Grid(tuple(xs), tuple(ys), tuple(_cells(xs, ys, rows, columns)), end is not None)
            grid = _with_outer_rows(grid, lines) if all(edge in told for edge in columns) else grid
            grids.append(_parted(grid, lines))
    return sorted(_completed(grids, lines), key=lambda grid: (grid.box[1], grid.box[0]))


def _open_end(xs: Sequence[float], ys: Sequence[float], down: Sequence[Edge]) -> float | None:
    """Where all edges between columns end below the last edge between rows, if they do."""
    if len(xs) < 3 or not ys:
        return None
    ends = [max(y1 for x, _, y1 in down if abs(x - place) <= NEAR) for place in xs]
    end = min(ends)
    return end if end > ys[-1] + LEAST_ROW and max(ends) - end <= NEAR else None


def _open_start(xs: Sequence[float], ys: Sequence[float], down: Sequence[Edge]) -> float | None:
    """Where all edges between columns start above the first edge between rows, if they do."""
    turned = _open_end(xs, [-y for y in reversed(ys)], [(x, -y1, -y0) for x, y0, y1 in down])
    return -turned if turned is not None else None


def _between_edges(across: Sequence[Edge], drawn: Sequence[Edge]) -> list[Edge]:
    """Columns of a table of which only the edges between rows are drawn, cell by cell: where those ends meet."""
    rows: list[tuple[float, list[float], float, float]] = []
    for y, x0, x1 in levels(tuple(across)):
        if any(x0 - NEAR <= x <= x1 + NEAR and top - NEAR <= y <= bottom + NEAR for x, top, bottom in drawn):
            continue
        ends = sorted(
            {float(round(x)) for ey, a, b in across if abs(ey - y) <= NEAR for x in (a, b) if x0 + 5 < x < x1 - 5}
        )
        rows.append((y, ends, x0, x1))
    found: list[Edge] = []
    for (y, ends, x0, x1), (below, other, a, b) in pairwise(rows):
        shared = [x for x in ends if any(abs(x - z) <= 2 for z in other)]
        if shared and abs(x0 - a) < NEAR and abs(x1 - b) < NEAR and 6 < below - y < FARTHEST_ROW:
            found += [(x, y, below) for x in (x0, *_distinct(shared), x1)]
    return found


def _completed(grids: Sequence[Grid], lines: Sequence[Line]) -> list[Grid]:
    """Grids of single rows over the same columns as one, with the rows between them, above and below."""
    result: list[Grid] = []
    single: list[Grid] = []
    for grid in grids:
        if len(grid.ys) == 2 and len(grid.xs) > 2:
            single.append(grid)
        else:
            result.append(grid)
    while single:
        first = single.pop(0)
        same = [g for g in single if _same_edges(g.xs, first.xs) and not _crossed_between(first, g, lines)]
        single = [g for g in single if g not in same]
        ys = _distinct(y for g in (first, *same) for y in g.ys)
        result.append(_with_outer_rows(_plain_grid(first.xs, ys), lines) if same else first)
    return result


def _crossed_between(a: Grid, b: Grid, lines: Sequence[Line]) -> bool:
    """Whether a line between two grids runs across their columns, as the text between two frames does."""
    top, bottom = min(a.ys[-1], b.ys[-1]), max(a.ys[0], b.ys[0])
    return any(top < line.box[1] and line.box[3] < bottom and not _keeps_to(line, a.xs) for line in lines)


def _parted(grid: Grid, lines: Sequence[Line]) -> Grid:
    """The grid with the rows in which no edge parts the cells cut as the others are, where their words keep to that."""
    whole = [cell for cell in grid.cells if cell.columns == len(grid.xs) - 1 > 1 and cell.rows == 1]
    if not whole or len(whole) == len(grid.cells):
        return grid
    cells: list[Cell] = []
    for cell in grid.cells:
        inside = [line for line in lines if _inside(line, cell)] if cell in whole else []
        if inside and all(_keeps_to(line, grid.xs) for line in inside) and _columns_filled(inside, grid.xs) > 1:
            edges = enumerate(pairwise(grid.xs))
            cells += [Cell((x0, cell.box[1], x1, cell.box[3]), cell.row, n, 1, 1) for n, (x0, x1) in edges]
        else:
            cells.append(cell)
    return replace(grid, cells=tuple(cells))


def _inside(line: Line, cell: Cell) -> bool:
    return cell.box[1] < (line.box[1] + line.box[3]) / 2 < cell.box[3] and _within(line, (cell.box[0], cell.box[2]))


def _same_edges(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) <= NEAR for x, y in zip(a, b, strict=True))


def _plain_grid(xs: Sequence[float], ys: Sequence[float]) -> Grid:
    cells = [
        Cell((x0, y0, x1, y1), r, c, 1, 1)
        for r, (y0, y1) in enumerate(pairwise(ys))
        for c, (x0, x1) in enumerate(pairwise(xs))
    ]
    return Grid(tuple(xs), tuple(ys), tuple(cells))


def _with_outer_rows(grid: Grid, lines: Sequence[Line]) -> Grid:
    """The grid with a row above and below it whose words keep to its columns, where no edge closes that row."""
    if len(grid.xs) < 3 or any(cell.rows > 1 or cell.columns > 1 for cell in grid.cells):
        return grid
    height = min(b - a for a, b in pairwise(grid.ys))
    ys = list(grid.ys)
    for top, bottom, above in ((ys[0] - 1.3 * height, ys[0], True), (ys[-1], ys[-1] + 1.3 * height, False)):
        near = [line for line in lines if top < (line.box[1] + line.box[3]) / 2 < bottom and _within(line, grid.xs)]
        foot = (
            max((line.foot for line in near), default=0.0) if above else min((line.foot for line in near), default=0.0)
        )
        row = [line for line in near if abs(line.foot - foot) < 0.4 * max(line.size, line.height)]
        if row and all(_keeps_to(line, grid.xs) for line in row):
            row = _with_wrapped(row, lines, grid.xs, -1 if above else 1)
        if row and all(_keeps_to(line, grid.xs) for line in row) and _columns_filled(row, grid.xs) > 1:
            edge = min(line.box[1] for line in row) - 2 if above else max(line.box[3] for line in row) + 2
            ys = [edge, *ys] if above else [*ys, edge]
    return _plain_grid(grid.xs, ys) if len(ys) > len(grid.ys) else grid


def _with_wrapped(row: Sequence[Line], lines: Sequence[Line], xs: Sequence[float], direction: int) -> list[Line]:
    """The lines of a row with those that go on in its cells, downwards or (-1) upwards, as close as lines are."""
    kept = list(row)
    while True:
        edge = max((line.foot * direction for line in kept), default=0.0) * direction
        size = max(kept[0].size, 6.0)
        level = [
            line
            for line in lines
            if 0.5 * size < (line.foot - edge) * direction <= WRAPPED * size and _within(line, xs)
        ]
        if not level or not all(_keeps_to(line, xs) for line in level):
            return kept
        kept += level


def _within(line: Line, xs: Sequence[float]) -> bool:
    return line.box[2] > xs[0] and line.box[0] < xs[-1]


def _keeps_to(line: Line, xs: Sequence[float]) -> bool:
    """Whether a line stands between the outer edges and no letter of it stands on an inner one."""
    if line.box[0] < xs[0] - 2 or line.box[2] > xs[-1] + 2:
        return False
    boxes = [box for box in line.boxes if box is not None]
    for x in xs[1:-1]:
        left = max((box[2] for box in boxes if box[0] < x - 0.5), default=None)
        right = min((box[0] for box in boxes if box[0] >= x - 0.5), default=None)
        if left is not None and (left > x + 0.5 or (right is not None and right - left < COLUMN_GAP * line.size)):
            return False
    return True


def _columns_filled(lines: Sequence[Line], xs: Sequence[float]) -> int:
    """In how many columns words start."""
    boxes = [box for line in lines for box in line.boxes if box is not None]
    return sum(any(x0 <= box[0] < x1 for box in boxes) for x0, x1 in pairwise(xs))


def _components(across: Sequence[Edge], down: Sequence[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Edges that hang together by their crossings."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(down, start=len(across)):
            if x0 - NEAR <= x <= x1 + NEAR and y0 - NEAR <= y <= y1 + NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for n in range(len(parent)):
        rows, columns = groups.setdefault(root(n), ([], []))
        (rows if n < len(across) else columns).append(across[n] if n < len(across) else down[n - len(across)])
    return list(groups.values())


def _distinct(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > NEAR:
            kept.append(value)
    return kept


def _cells(xs: Sequence[float], ys: Sequence[float], across: Sequence[Edge], down: Sequence[Edge]) -> list[Cell]:
    width, height = len(xs) - 1, len(ys) - 1
    right = {
        (r, c): any(abs(x - xs[c + 1]) <= NEAR and y0 <= (ys[r] + ys[r + 1]) / 2 <= y1 for x, y0, y1 in down)
        for r in range(height)
        for c in range(width)
    }
    below = {
        (r, c): any(abs(y - ys[r + 1]) <= NEAR and x0 <= (xs[c] + xs[c + 1]) / 2 <= x1 for y, x0, x1 in across)
        for r in range(height)
        for c in range(width)
    }
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for r in range(height):
        for c in range(width):
            if (r, c) in taken:
                continue
            c1 = c
            while c1 + 1 < width and not right[r, c1] and (r, c1 + 1) not in taken:
                c1 += 1
            r1 = r
            while r1 + 1 < height and not any(below[r1, k] for k in range(c, c1 + 1)):
                if any(not right[r1 + 1, k] for k in (c1,)) and c1 + 1 < width:
                    break
                r1 += 1
            taken |= {(i, k) for i in range(r, r1 + 1) for k in range(c, c1 + 1)}
            cells.append(Cell((xs[c], ys[r], xs[c1 + 1], ys[r1 + 1]), r, c, r1 - r + 1, c1 - c + 1))
    return cells
