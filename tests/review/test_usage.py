"""Shares are told of many items of several dossiers, with what they are worth, or not at all."""

import pytest

from assistant.review.usage import LEAST_ITEMS, TreatedItem, usage_of, wilson


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(0, 30, 0.0, 0.114), (15, 30, 0.332, 0.668), (30, 30, 0.886, 1.0), (81, 263, 0.255, 0.366)],
)
def test_the_interval_is_wilsons(count: int, total: int, low: float, high: float) -> None:
    """Values of Newcombe, Statistics in Medicine 17 (1998), and of the closed form at the ends."""
    share = wilson(count, total)
    assert (round(share.low, 3), round(share.high, 3)) == (low, high)


def treated(number: int, dossiers: int) -> list[TreatedItem]:
    return [TreatedItem(f"d{place % dossiers}", "observation", "adopted") for place in range(number)]


@pytest.mark.parametrize(("number", "dossiers", "told"), [(29, 5, False), (LEAST_ITEMS, 3, True), (400, 2, False)])
def test_too_few_items_or_dossiers_tell_nothing(number: int, dossiers: int, told: bool) -> None:
    assert (usage_of(treated(number, dossiers)).taken is not None) is told


def test_statements_and_gaps_are_counted_apart() -> None:
    items = treated(20, 4) + [TreatedItem(f"d{n}", "question", "edited") for n in range(20)]
    items += [TreatedItem(f"d{n}", "gap", "rejected") for n in range(10)] + [
        TreatedItem(f"d{n}", "gap", "adopted") for n in range(30)
    ]
    usage = usage_of(items)
    statements = [one.count for one in (usage.taken, usage.edited, usage.set_aside) if one]
    gaps = [one.count for one in (usage.confirmed, usage.answered) if one]
    assert (usage.statements, statements, usage.gaps, gaps) == (40, [20, 20, 0], 40, [30, 10])
