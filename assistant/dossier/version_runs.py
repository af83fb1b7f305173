"""Of pairs of places in two versions, the run in which most keep their order."""

from collections.abc import Sequence
from itertools import groupby


def heaviest(pairs: Sequence[tuple[int, int]], weights: Sequence[int]) -> list[tuple[int, int]]:
    """The heaviest run of pairs whose both places rise. `pairs` is sorted; the first of several.

    `best[b]` would be the heaviest run that ends at or before b: kept as a binary indexed tree of (weight, pair).
    """
    size = max((b for _, b in pairs), default=-1) + 1
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    before: list[int] = [-1] * len(pairs)
    for _, group in groupby(range(len(pairs)), lambda place: pairs[place][0]):
        # Two copies of one sentence never follow each other: all of a group look before any is entered.
        reached = [(place, *_up_to(tree, pairs[place][1])) for place in group]
        for place, weight, last in reached:
            before[place] = last
            _enter(tree, pairs[place][1] + 1, (weight + weights[place], place))
    here = _up_to(tree, size)[1]
    kept = []
    while here >= 0:
        kept.append(pairs[here])
        here = before[here]
    return kept[::-1]


def _up_to(tree: Sequence[tuple[int, int]], end: int) -> tuple[int, int]:
    found = (0, -1)
    while end > 0:
        found = max(found, tree[end], key=lambda one: one[0])
        end &= end - 1
    return found


def _enter(tree: list[tuple[int, int]], at: int, value: tuple[int, int]) -> None:
    while at < len(tree):
        if value[0] > tree[at][0]:
            tree[at] = value
        at += at & -at
