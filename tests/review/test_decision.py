"""A decision is the juror's alone: in the référentiel's own scale, and empty until they fill it in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import AccessDenied, DecisionRefused, EditConflict
from assistant.referentiel.catalogue import available, load
from assistant.referentiel.model import Criterion, Scale
from assistant.review.decision import LEVELS, Decision, Level, checked, in_figures, in_words
from assistant.review.work import CriterionWork, Work
from assistant.store.engine import open_database
from tests.review.people import FREE, POINTS, House, house


@pytest.fixture
def made(tmp_path: Path) -> House:
    return house(open_database(f"sqlite:///{tmp_path / 'x.db'}"))


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


def test_nothing_is_decided_before_a_juror_decides(made: House) -> None:
    assert CriterionWork().decision == Decision()
    assert Decision() == Decision(points=None, level=None, text="")
    fresh = made.office.work(made.anne, made.jury())
    for name in available():
        for criterion in load(name).content.criteria():
            assert fresh.on(criterion.id).decision.empty
            assert Work("anne", {}).on(criterion.id).decision.empty


def test_nothing_else_that_a_juror_does_decides(made: House) -> None:
    space = made.jury()
    made.office.open_criterion(made.anne, space, "C1")
    made.office.ask_for_drafts(made.anne, space, "C1")
    made.office.write_text(made.anne, space, "C1/note", "Très bien : 2 sur 2", 0)
    made.office.write_text(made.anne, space, "C1/motivation", "Acquis", 0)
    made.office.decide(made.bruno, space, POINTS, "points", Decision(points=2))
    made.office.lock(made.anne, space)
    assert made.office.work(made.anne, space).on("C1").decision.empty


def test_a_decision_is_set_changed_and_emptied(made: House) -> None:
    space = made.jury()
    for decision in (Decision(points=1.5), Decision(points=0), Decision()):
        made.office.decide(made.anne, space, POINTS, "points", decision)
        assert made.office.work(made.anne, space).on("C1").decision == decision
    values = [entry.value for entry in made.office.history(made.anne, space, "C1/decision")]
    assert values == [None, {"points": 0, "level": None, "text": ""}, {"points": 1.5, "level": None, "text": ""}]


def test_a_refused_decision_leaves_the_earlier_one(made: House) -> None:
    space = made.jury()
    made.office.decide(made.anne, space, POINTS, "points", Decision(points=1))
    with pytest.raises(DecisionRefused):
        made.office.decide(made.anne, space, POINTS, "points", Decision(points=2.5))
    assert made.office.work(made.anne, space).on("C1").decision == Decision(points=1)


def test_nobody_decides_after_locking(made: House) -> None:
    space = made.lock(made.jury(), made.anne)
    with pytest.raises(AccessDenied):
        made.office.decide(made.anne, space, POINTS, "points", Decision(points=1))
    assert made.office.work(made.anne, space).on("C1").decision.empty


@pytest.mark.parametrize(("criterion", "scale"), [(FREE, "none"), (FREE, "points"), (POINTS, "none")])
def test_without_a_printed_scale_a_decision_is_written_as_typed(
    made: House, criterion: Criterion, scale: Scale
) -> None:
    space, topic = made.jury(), f"{criterion.id}/decision-text"
    made.office.decide_in_words(made.anne, space, criterion, scale, " Convaincant à l’oral.\n", 0)
    assert made.office.work(made.anne, space).on(criterion.id).decision == Decision(text="Convaincant à l’oral.")
    assert made.office.text(made.anne, space, topic).value == " Convaincant à l’oral.\n"
    with pytest.raises(EditConflict):
        made.office.decide_in_words(made.anne, space, criterion, scale, "Autre.", 0)
    made.office.decide_in_words(made.anne, space, criterion, scale, "", 1)
    assert made.office.work(made.anne, space).on(criterion.id).decision == Decision()
    assert [entry.version for entry in made.office.history(made.anne, space, topic)] == [2, 1]
    assert made.office.work(made.bruno, space).on(criterion.id).decision.empty


@pytest.mark.parametrize(("criterion", "scale"), [(POINTS, "points"), (POINTS, "acquis"), (FREE, "acquis")])
def test_no_words_stand_for_a_decision_where_a_scale_is_printed(
    made: House, criterion: Criterion, scale: Scale
) -> None:
    space = made.jury()
    with pytest.raises(DecisionRefused):
        made.office.decide_in_words(made.anne, space, criterion, scale, "Bien.", 0)
    assert made.office.work(made.anne, space).on(criterion.id).decision.empty
    assert made.office.history(made.anne, space, f"{criterion.id}/decision-text") == ()


def test_a_decision_is_not_written_as_a_note_is(made: House) -> None:
    """Only `decide_in_words` knows whether the référentiel has room for words."""
    space = made.jury()
    made.office.decide(made.anne, space, POINTS, "points", Decision(points=1))
    with pytest.raises(AccessDenied):
        made.office.write_text(made.anne, space, "C1/decision-text", "Bien.", 0)
    assert made.office.work(made.anne, space).on("C1").decision == Decision(points=1)


def test_nobody_decides_in_words_after_locking(made: House) -> None:
    space = made.lock(made.jury(), made.anne)
    with pytest.raises(AccessDenied):
        made.office.decide_in_words(made.anne, space, FREE, "none", "Convaincant.", 0)
    assert made.office.work(made.anne, space).on("C2").decision.empty
