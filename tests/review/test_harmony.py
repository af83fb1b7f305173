"""Harmonisation: differences without a referee."""

from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.review.decision import Decision
from assistant.review.harmony import Compared, compared
from assistant.review.items import Choice
from assistant.review.work import CriterionWork, OwnEvidence, Work, Written


def difference(one: CriterionWork, other: CriterionWork) -> Compared:
    (told,) = compared(["C1"], [Work("anne", {"C1": one}), Work("bruno", {"C1": other})])
    assert (told,) == compared(["C1"], [Work("bruno", {"C1": other}), Work("anne", {"C1": one})])
    return told


ADOPTED, REJECTED = Choice("adopted"), Choice("rejected")


@pytest.mark.parametrize(
    ("one", "other", "differing"),
    [
        (CriterionWork(), CriterionWork(), set()),
        (CriterionWork(decision=Decision(points=1)), CriterionWork(), {"decisions"}),
        (CriterionWork(decision=Decision(points=1)), CriterionWork(decision=Decision(points=2)), {"decisions"}),
        (CriterionWork(decision=Decision(points=1)), CriterionWork(decision=Decision(points=1)), set()),
        (CriterionWork(choices={"o1": ADOPTED}), CriterionWork(), {"evidence"}),
        (CriterionWork(choices={"o1": ADOPTED}), CriterionWork(choices={"o1": REJECTED}), {"evidence"}),
        (CriterionWork(choices={"o1": REJECTED}), CriterionWork(), set()),
        (CriterionWork(choices={"o1": ADOPTED}), CriterionWork(choices={"o1": Choice("edited", "x")}), set()),
        (CriterionWork(evidence=(OwnEvidence("a", 4, ("p4s1",)),)), CriterionWork(), {"evidence"}),
        (
            CriterionWork(evidence=(OwnEvidence("a", 4, ("p4s1",)),)),
            CriterionWork(evidence=(OwnEvidence("b", 4, ("p4s1",)),)),
            set(),
        ),
        (CriterionWork(note=Written("oui", 1)), CriterionWork(note=Written("non", 1)), {"notes"}),
        (CriterionWork(note=Written("oui ", 3)), CriterionWork(note=Written("oui", 1)), set()),
        (CriterionWork(motivation=Written("oui", 1)), CriterionWork(), {"notes"}),
        (CriterionWork(read=True), CriterionWork(), set()),
    ],
)
def test_what_differs_is_told(one: CriterionWork, other: CriterionWork, differing: set[str]) -> None:
    told = difference(one, other)
    assert {name for name in ("decisions", "evidence", "notes") if getattr(told, name)} == differing
    assert told.any == bool(differing)


@given(st.floats(0, 2), st.floats(0, 2))
def test_a_difference_does_not_say_who_is_right(one: float, other: float) -> None:
    """The same whoever is first and however far apart: a criterion and three yes or no, nothing more."""
    told = difference(CriterionWork(decision=Decision(points=one)), CriterionWork(decision=Decision(points=other)))
    assert told == Compared("C1", one != other, False, False)
    assert {field.name for field in fields(Compared)} == {"criterion", "decisions", "evidence", "notes"}
    assert {type(value) for name, value in asdict(told).items() if name != "criterion"} == {bool}


def test_criteria_are_told_in_the_grids_order() -> None:
    works = [Work("a", {"C3": CriterionWork(decision=Decision(points=1))}), Work("b", {})]
    assert [one.criterion for one in compared(["C2", "C1", "C3"], works)] == ["C2", "C1", "C3"]


def test_three_readings_differ_as_soon_as_one_does() -> None:
    works = [Work(name, {"C1": CriterionWork(decision=Decision(points=1))}) for name in "ab"]
    assert compared(["C1"], [*works, Work("c", {})])[0].decisions
