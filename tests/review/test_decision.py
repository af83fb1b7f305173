"""A decision is the juror's alone: in the référentiel's own scale, and empty until they fill it in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import DecisionRefused
from assistant.referentiel.catalogue import available, load
from assistant.referentiel.model import Criterion, Scale
from assistant.review.decision import LEVELS, Decision, checked, in_figures, in_words
from assistant.review.values import Level
from assistant.review.work import CriterionWork, Work

POINTS = Criterion(id="C1", text="Le candidat relève des points de friction.", points=2.0)
FREE = Criterion(id="C2", text="Le candidat présente ses choix.")


@given(st.floats(0, 2))
def test_any_points_up_to_the_printed_maximum_are_kept_as_given(points: float) -> None:
    assert checked(Decision(points=points), POINTS, "points") == Decision(points=points)


@given(st.floats(max_value=0, exclude_max=True) | st.floats(min_value=2, exclude_min=True) | st.just(float("nan")))
def test_points_outside_the_printed_range_are_refused(points: float) -> None:
    with pytest.raises(DecisionRefused, match="de 0 à 2"):
        checked(Decision(points=points), POINTS, "points")


@pytest.mark.parametrize("level", LEVELS)
def test_acquis_and_non_acquis_are_the_two_levels(level: Level) -> None:
    assert checked(Decision(level=level), FREE, "acquis") == Decision(level=level)
    assert in_words(Decision(level=level), FREE) == {"acquis": "Acquis", "non_acquis": "Non acquis"}[level]
    assert set(LEVELS.values()) == {"Acquis", "Non acquis"}


@pytest.mark.parametrize("scale", ["none", "points"])
def test_a_criterion_without_a_scale_is_decided_in_free_text(scale: Scale) -> None:
    assert checked(Decision(text="Convaincant à l’oral."), FREE, scale) == Decision(text="Convaincant à l’oral.")
    assert in_words(Decision(text=" Convaincant. "), FREE) == "Convaincant."


@pytest.mark.parametrize(
    ("scale", "decision"),
    [
        ("points", Decision(level="acquis")),
        ("points", Decision(text="bien")),
        ("points", Decision(points=1, text="bien")),
        ("points", Decision(points=1, level="acquis")),
        ("acquis", Decision(points=1)),
        ("acquis", Decision(text="presque")),
        ("acquis", Decision(level="acquis", text="presque")),
        ("none", Decision(points=1)),
        ("none", Decision(level="non_acquis")),
        ("none", Decision(level="acquis", text="oui")),
    ],
)
def test_a_decision_in_another_scale_is_refused(scale: Scale, decision: Decision) -> None:
    with pytest.raises(DecisionRefused):
        checked(decision, POINTS, scale)


@pytest.mark.parametrize("scale", ["points", "acquis", "none"])
@pytest.mark.parametrize("empty", [Decision(), Decision(text="  \n ")])
def test_an_empty_decision_is_none_in_every_scale(scale: Scale, empty: Decision) -> None:
    assert empty.empty
    assert checked(empty, POINTS, scale) == Decision()
    assert in_words(Decision(), POINTS) == ""


def test_zero_points_are_a_decision() -> None:
    assert not Decision(points=0).empty
    assert checked(Decision(points=0), POINTS, "points").points == 0
    assert in_words(Decision(points=0), POINTS) == "0 / 2"


@pytest.mark.parametrize(("number", "said"), [(1.5, "1,5"), (2.0, "2"), (0.0, "0"), (0.25, "0,25"), (12.5, "12,5")])
def test_figures_are_french(number: float, said: str) -> None:
    assert in_figures(number) == said


def test_points_are_printed_with_their_maximum() -> None:
    assert in_words(Decision(points=1.5), POINTS) == "1,5 / 2"
    assert in_words(Decision(points=1.5), POINTS.model_copy(update={"points": 2.5})) == "1,5 / 2,5"


def test_nothing_is_decided_before_a_juror_decides() -> None:
    assert CriterionWork().decision == Decision()
    assert Decision() == Decision(points=None, level=None, text="")
    for name in available():
        for criterion in load(name).content.criteria():
            assert Work("anne", {}).on(criterion.id).decision.empty


@pytest.mark.parametrize(("criterion", "scale"), [(FREE, "none"), (FREE, "points"), (POINTS, "none")])
def test_words_stand_for_a_decision_where_no_scale_is_printed(criterion: Criterion, scale: Scale) -> None:
    assert checked(Decision(text="Convaincant."), criterion, scale) == Decision(text="Convaincant.")


@pytest.mark.parametrize(("criterion", "scale"), [(POINTS, "points"), (POINTS, "acquis"), (FREE, "acquis")])
def test_no_words_stand_for_a_decision_where_a_scale_is_printed(criterion: Criterion, scale: Scale) -> None:
    with pytest.raises(DecisionRefused):
        checked(Decision(text="Bien."), criterion, scale)
