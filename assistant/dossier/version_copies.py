"""Which equal sentences of two versions may be one: all of them, and where that is very many, those about the same place.

A table of a thousand rows "Oui" has a million pairs of equal rows, of which nearly all are far apart.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from assistant.dossier.version_runs import heaviest

MOST_PAIRS = 5_000
"""Pairs above which only near ones are looked at: a few hundredths of a second's work."""
LEAST_COPIES = 2
"""Copies that each sentence is held against at the least, before and after where it is expected."""


def equal_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """(place in old, place in new) of equal entries, sorted; at most `MOST_PAIRS`, or eight for each entry.

    Where there are more, those nearest to where an entry is expected by what stands once in both versions around it.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for b, name in enumerate(new):
        places[name].append(b)
    if sum(len(places.get(name, ())) for name in old) <= MOST_PAIRS:
        return [(a, b) for a, name in enumerate(old) for b in places.get(name, ())]
    width = max(LEAST_COPIES, MOST_PAIRS // (4 * max(1, len(old))))
    expected = _expected(old, places, len(new))
    return [(a, b) for a, name in enumerate(old) for b in _near(places.get(name, ()), expected[a], width)]


def _near(places: Sequence[int], expected: tuple[int, int], width: int) -> list[int]:
    found: set[int] = set()
    for place in expected:
        at = bisect_left(places, place)
        found.update(places[max(0, at - width) : at + width])
    return sorted(found)


def _expected(old: Sequence[str], places: Mapping[str, Sequence[int]], size: int) -> list[tuple[int, int]]:
    """Where each entry is expected: as far behind the sure pair before it as it was, and as far ahead of the one after it."""
    times = Counter(old)
    once = [(a, places[name][0]) for a, name in enumerate(old) if times[name] == 1 == len(places.get(name, ()))]
    sure = [(-1, -1), *heaviest(once, [1] * len(once)), (len(old), size)]
    expected = []
    for a in range(len(old)):
        at = bisect_left(sure, (a, -1))
        (before_old, before_new), (after_old, after_new) = sure[at - 1], sure[at]
        expected.append((before_new + a - before_old, after_new - (after_old - a)))
    return expected
