"""Cells given by their boxes -> a grid with spans, the page's words put into it."""

from collections.abc import Sequence

from assistant.referentiel.authoring.sources.lines import Word, lines_of, paragraphs_of
from assistant.referentiel.authoring.sources.pieces import Cell, Paragraph, Table

Box = tuple[float, float, float, float]
NEAR = 4.0


def page_pieces(
    words: Sequence[Word], tables: Sequence[Sequence[Box]], page: int, width: float
) -> list[Paragraph | Table]:
    """The paragraphs and tables of a page from top to bottom; each word stands in one cell or in none."""
    free = list(words)
    pieces: list[tuple[float, Paragraph | Table]] = []
    for boxes in tables:
        made, inside = _table(boxes, free, page)
        if made is None:
            continue
        free = [word for word in free if id(word) not in inside]
        pieces.append((made.top, made))
    breaks = sorted(top for top, _ in pieces)
    lines = lines_of(free)
    right = max((line.x1 for line in lines), default=width)
    left = min((line.x0 for line in lines), default=0.0)
    for low, high in zip([-1e9, *breaks], [*breaks, 1e9], strict=True):
        here = [line for line in lines if low <= line.top < high]
        pieces += [(one.top, one) for one in paragraphs_of(here, left, right, page)]
    return [piece for _, piece in sorted(pieces, key=lambda pair: pair[0])]


def _table(boxes: Sequence[Box], words: Sequence[Word], page: int) -> tuple[Table | None, set[int]]:
    """A grid of at least two cells with words; and the words (by identity) it took."""
    xs = _levels([x for box in boxes for x in (box[0], box[2])])
    ys = _levels([y for box in boxes for y in (box[1], box[3])])
    held: dict[Box, list[Word]] = {box: [] for box in boxes}
    inside: set[int] = set()
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        found = [box for box in held if box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1]
        if found:
            best = min(found, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
            held[best].append(word)
            inside.add(id(word))
    if sum(1 for inner in held.values() if inner) < 2:
        return None, set()
    cells = []
    for box, inner in held.items():
        row, col = _at(ys, box[1]), _at(xs, box[0])
        high, wide = max(1, _at(ys, box[3]) - row), max(1, _at(xs, box[2]) - col)
        cells.append(Cell(row, col, high, wide, paragraphs_of(lines_of(inner), box[0], box[2], page)))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Table(cells, page, tuple(xs), ys[0], ys[-1]), inside


def _levels(values: Sequence[float]) -> list[float]:
    """Values nearer than a few points to one another are one."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > NEAR:
            levels.append(value)
    return levels


def _at(levels: Sequence[float], value: float) -> int:
    return min(range(len(levels)), key=lambda place: abs(levels[place] - value))
