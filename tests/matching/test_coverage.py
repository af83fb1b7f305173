"""States of a cohort are estimated together; counts and states say the same."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.matching.coverage import LEVELS, Coverage, CoveragePart, shares_of, states


def coverage(levels: dict[str, float], sentences: int = 59) -> Coverage:
    parts = tuple(
        CoveragePart(id=name, near=level / 2, requirements={f"{name}.r1": level / 2}, states={f"{name}.r1": "found"})
        for name, level in levels.items()
    )
    return Coverage(drafter="extractive", sentences=sentences, criteria=parts)


def test_dossiers_that_come_near_a_criterion_have_passages_and_the_far_ones_have_none() -> None:
    near, far = float(LEVELS[2]), float(LEVELS[0]) - 0.8
    found = states([coverage({"A": near, "B": near}), coverage({"A": far, "B": near})] * 4, ["A", "B"])
    assert [one["A"] == "not_found" for one in found] == [False, True] * 4
    assert all(one["B"] != "not_found" for one in found)


def test_a_criterion_whose_words_come_near_every_dossier_is_held_against_the_cohort() -> None:
    """A level that all dossiers share says more of the criterion's words than of the dossiers."""
    usual = {name: float(LEVELS[2]) for name in "BCDE"}
    cohort = [coverage({**usual, "A": -5.0 if place == 0 else -7.0}) for place in range(8)]
    found = [one["A"] for one in states(cohort, list("ABCDE"))]
    assert found[0] == "found"
    assert "not_found" in found[1:]


def test_a_longer_dossier_comes_nearer_by_chance() -> None:
    short, long = states([coverage({"A": -6.2}, 59)], ["A"]), states([coverage({"A": -6.2}, 590)], ["A"])
    assert (short[0]["A"], long[0]["A"]) == ("partial", "not_found") or long[0]["A"] == "not_found"


def test_a_criterion_that_a_dossier_was_not_searched_for_has_no_state() -> None:
    assert states([coverage({"A": -5.0}), coverage({})], ["A"])[1] == {}
    assert states([], ["A"]) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.floats(-9, -3), min_size=3, max_size=3), min_size=1, max_size=8))
def test_shares_add_up_and_every_dossier_gets_a_state(levels: list[list[float]]) -> None:
    shares = shares_of(np.array(levels))
    assert np.allclose(shares.sum(axis=2), 1.0)
    cohort = [coverage(dict(zip("ABC", row, strict=True))) for row in levels]
    assert all(set(one) == set("ABC") for one in states(cohort, list("ABC")))
