"""Rows of tables that the end of a page cuts: which row over the page goes on with the last one before it."""

import re
from collections.abc import Sequence

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.carried import same_columns
from assistant.dossier.layout.signs import BULLET, COMMON, STOPS, starts_low
from assistant.dossier.pdf.lines import Line

FULL = 0.7
"""Share of the cell's widest line from which its last line is one that goes on."""
THOUSANDS = re.compile(r"\d{3}\b")
SAME_LEFT = 4.0
"""Points between the left edges of a cell's lines and of its end over the page, at most."""


def row_goes_over(tail: Block, head: Block) -> bool:
    """Whether `head`, the first row over the page, is the rest of `tail`.

    A row that no edge closes is cut. Of others the cells go on with those above or are empty: at least one breaks in
    the middle of a sentence, and none begins where nothing stood above.
    """
    above, below = tail.row, head.row
    if above is None or below is None or tail.heading or head.heading:
        return False
    if above.spans != below.spans or not same_columns(above, below):
        return False
    if above.open:
        return True
    pairs = [(a, b) for a, b in zip(above.cells, below.cells, strict=True) if b]
    if not pairs or any(not a for a, _ in pairs):
        return False
    broken = [_is_broken(a, b) for a, b in pairs]
    ended = [bool(STOPS.search(a[-1].text)) for a, _ in pairs]
    rest = any(a and not b for a, b in zip(above.cells, below.cells, strict=True))
    return any(broken) and (rest or all(cut or stop for cut, stop in zip(broken, ended, strict=True)))


def cell_taken_up(tail: Block, head: Block) -> int | None:
    """Which cell of the row `tail` the text `head` goes on with: all that is left of a row may be one cell's end."""
    row = tail.row
    if row is None or tail.heading or tail.kind != "row" or head.row is not None or head.kind != "prose":
        return None
    column = sum(start <= head.box[0] + 2 for start in row.columns) - 1
    for place, ((start, count), cell) in enumerate(zip(row.spans, row.cells, strict=True)):
        if start <= column < start + count and cell and abs(cell[0].box[0] - head.box[0]) < SAME_LEFT:
            return place if _is_broken(cell, head.lines) else None
    return None


def _is_broken(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether a cell stops in the middle of a sentence that the one under it takes up."""
    last, first = above[-1].text.rstrip(), below[0].text.lstrip()
    if STOPS.search(last) or last.endswith(":") or BULLET.match(first):
        return False
    if last.endswith((",", "(", "-")) or last.lower().split()[-1] in COMMON:
        return True
    if len(above) > 1 and last[-1:].isdigit() and THOUSANDS.match(first):
        return True
    widest = max(line.box[2] - line.box[0] for line in (*above, *below))
    return starts_low(first) and len(above) > 1 and above[-1].box[2] - above[-1].box[0] >= FULL * widest
