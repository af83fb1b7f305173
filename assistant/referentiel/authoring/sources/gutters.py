"""Text set in two columns: where the gutter between them runs, and which lines stand on each side of it.

Two columns of text are no table: no heading of a column of a référentiel begins either of them.
"""

from collections.abc import Sequence

from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.structure import bloc_code, column_role

LEAST_GUTTER, LEAST_WORDS, STEP, SAME_HEIGHT = 12.0, 40, 2.0, 20.0
MIDDLE = (0.35, 0.65)
CROSSED = 0.04
"""The share of a page's lines that may run over the gutter (its title, its foot)."""


def in_columns(words: Sequence[Word], width: float) -> list[list[Word]]:
    """The words in the groups in which they are read: what runs over both columns above, left, right, what is below."""
    gutter = _gutter(words, width)
    if gutter is None:
        return [list(words)]
    rows = rows_of(words)
    over = [row for row in rows if _crosses(row, gutter)]
    beside = [row for row in rows if not _crosses(row, gutter)]
    top = min((min(w.top for w in row) for row in beside), default=0.0)
    above = [w for row in over if min(x.top for x in row) < top for w in row]
    below = [w for row in over if min(x.top for x in row) >= top for w in row]
    left = [w for row in beside for w in row if w.x1 <= gutter]
    right = [w for row in beside for w in row if w.x0 >= gutter]
    if _headed(left) and _headed(right) and abs(min(w.top for w in left) - min(w.top for w in right)) < SAME_HEIGHT:
        return [list(words)]
    return [part for part in (above, left, right, below) if part]


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand at one height, whatever lies between them."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        if rows and rows[-1][0].top <= middle <= rows[-1][0].bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _gutter(words: Sequence[Word], width: float) -> float | None:
    """The middle of the widest strip, near the page's middle, that hardly a line crosses and both sides are full of."""
    upright = [word for word in words if word.upright]
    if len(upright) < LEAST_WORDS:
        return None
    rows = rows_of(upright)
    low, high = MIDDLE[0] * width, MIDDLE[1] * width
    free: list[float] = []
    best: list[float] = []
    at = low
    while at <= high:
        crossing = sum(1 for row in rows if _crosses(row, at))
        if crossing <= max(1, CROSSED * len(rows)):
            free.append(at)
        else:
            best, free = max(best, free, key=len), []
        at += STEP
    best = max(best, free, key=len)
    if STEP * len(best) < LEAST_GUTTER:
        return None
    gutter = (best[0] + best[-1]) / 2
    left = sum(1 for word in upright if word.x1 <= gutter)
    right = sum(1 for word in upright if word.x0 >= gutter)
    wide = sum(1 for row in rows if len([w for w in row if w.x1 <= gutter]) > 2)
    facing = sum(1 for row in rows if len([w for w in row if w.x0 >= gutter]) > 2)
    even = min(left, right) > 0.3 * max(left, right) and min(wide, facing) > 0.3 * max(wide, facing)
    return gutter if even and min(wide, facing) >= 5 else None


def _crosses(row: Sequence[Word], at: float) -> bool:
    """Whether a line runs over this place: a word does, or two words with no more than a space between them."""
    left = max((w for w in row if w.x0 < at), key=lambda w: w.x1, default=None)
    right = min((w for w in row if w.x0 >= at), key=lambda w: w.x0, default=None)
    if left is None:
        return False
    if left.x1 > at:
        return True
    return right is not None and right.x0 - left.x1 < 0.6 * (left.bottom - left.top)


def _headed(words: Sequence[Word]) -> bool:
    """The first line of these words is the heading of a column."""
    if not words:
        return False
    said = " ".join(w.text for w in sorted(rows_of(words)[0], key=lambda w: w.x0))
    return column_role(said) is not None and not bloc_code(said).code
