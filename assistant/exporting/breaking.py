"""Which rows of a table stay on one page: a row that is cut leaves its end without the criterion it is about."""

from collections.abc import Sequence

from assistant.exporting.document import Cell, Paragraph, plain_text
from assistant.exporting.text_width import lines_of

SIZE, MARGINS, BULLET = 9.5, 12.0, 10.0
"""Points: the letters of a cell, and what stands empty at its sides and beside an item of a list."""
MOST_LINES = 22
"""Half a page that lies: a higher row is cut rather than leaving as much of a page empty."""
MOST_AT_FIRST = 34
"""A page that lies, the table's head apart: the first row begins on a page of its own rather than run over the one that
begins with something else."""


def kept_whole(cells: Sequence[Cell], widths: Sequence[float], *, first: bool = False) -> bool:
    """Whether a row with columns of these widths, in points, is low enough to stay on one page; `first`: of its table."""
    high = max((_lines(one, width - MARGINS) for one, width in zip(cells, widths, strict=True)), default=0)
    return high <= (MOST_AT_FIRST if first else MOST_LINES)


def _lines(one: Cell, room: float) -> int:
    return sum(
        lines_of(plain_text(block.content), room, SIZE)
        if isinstance(block, Paragraph)
        else sum(lines_of(plain_text(item), room - BULLET, SIZE) for item in block.items)
        for block in one.blocks
    )
