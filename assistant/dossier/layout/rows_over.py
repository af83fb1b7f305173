"""Rows of tables that the end of a page cuts: which row over the page goes on with the last one before it."""

from collections.abc import Sequence

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.carried import same_columns
from assistant.dossier.layout.signs import BULLET, COMMON, STOPS, starts_low
from assistant.dossier.pdf.lines import Line

FULL = 0.7
"""Share of the cell's widest line from which its last line is one that goes on."""


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


def _is_broken(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether a cell stops in the middle of a sentence that the one under it takes up."""
    last, first = above[-1].text.rstrip(), below[0].text.lstrip()
    if STOPS.search(last) or last.endswith(":") or BULLET.match(first):
        return False
    if last.endswith((",", "(", "-")) or last.lower().split()[-1] in COMMON:
        return True
    widest = max(line.box[2] - line.box[0] for line in (*above, *below))
    return starts_low(first) and len(above) > 1 and above[-1].box[2] - above[-1].box[0] >= FULL * widest
