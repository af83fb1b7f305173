"""Columns written row by row: the pieces of such a page put back into the order of its columns.

Most programs write a column after the other, and their order is kept. Some write line by line across the page, or
from its end; then the gutters are looked for, what runs across them parts the page into zones, and each zone is read
column by column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from assistant.result import Box

T = TypeVar("T")
GUTTER = 8.0
"""Points that are empty between two columns, at least."""
LEAST_LINES = 3
"""Lines on each side that make two columns, and neighbours side by side that make a page written row by row."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A line, or a row of a table as a whole, and where it stands in points of the page."""

    item: T
    box: Box


def as_read(placed: Sequence[Placed[T]]) -> list[Placed[T]]:
    """The pieces in the page's own order, or column by column where it was written row by row or from its end."""
    side_by_side = sum(_beside(a.box, b.box) for a, b in pairwise(placed))
    rising = sum(_above(b.box, a.box) for a, b in pairwise(placed))
    return by_columns(placed) if max(side_by_side, rising) >= LEAST_LINES else list(placed)


def _above(a: Box, b: Box) -> bool:
    """Whether `a` stands above `b`, in its column."""
    return a[3] <= b[1] and min(a[2], b[2]) - max(a[0], b[0]) > 0.5 * min(a[2] - a[0], b[2] - b[0])


def _beside(a: Box, b: Box) -> bool:
    """Whether `b` starts to the right of `a`, or ends to its left, on the same line."""
    height = min(a[3] - a[1], b[3] - b[1])
    return min(a[3], b[3]) - max(a[1], b[1]) > 0.5 * height and (b[0] - a[2] > GUTTER or a[0] - b[2] > GUTTER)


def by_columns(placed: Sequence[Placed[T]]) -> list[Placed[T]]:
    """The pieces column by column, what runs across the columns in its place; from the top where there are none."""
    ordered = sorted(placed, key=lambda p: (round(p.box[1]), p.box[0]))
    gutter = _gutter(ordered)
    if gutter is None:
        return ordered
    result: list[Placed[T]] = []
    zone: list[Placed[T]] = []
    for piece in ordered:
        if piece.box[0] < gutter < piece.box[2]:
            result += [*_sides(zone, gutter), piece]
            zone = []
        else:
            zone.append(piece)
    return result + _sides(zone, gutter)


def _sides(zone: Sequence[Placed[T]], gutter: float) -> list[Placed[T]]:
    left = [piece for piece in zone if piece.box[2] <= gutter]
    right = [piece for piece in zone if piece.box[2] > gutter]
    return [*by_columns(left), *by_columns(right)] if left and right else list(zone)


def _gutter(placed: Sequence[Placed[T]]) -> float | None:
    """The middle of the empty strip most lines stand beside, few cross, and LEAST_LINES stand on either side of."""
    best: tuple[int, float] | None = None
    for x in sorted({piece.box[0] - GUTTER / 2 for piece in placed}):
        left = [p.box for p in placed if p.box[2] <= x - GUTTER / 2]
        right = [p.box for p in placed if p.box[0] >= x + GUTTER / 2 - 0.01]
        across = len(placed) - len(left) - len(right)
        if min(len(left), len(right)) < LEAST_LINES or 2 * across > min(len(left), len(right)):
            continue
        facing = sum(any(min(a[3], b[3]) > max(a[1], b[1]) for b in right) for a in left)
        if facing >= LEAST_LINES and (best is None or facing - across > best[0]):
            best = (facing - across, x)
    return best[1] if best else None
