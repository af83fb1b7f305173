"""A decision is the juror's alone, and stands only where they put it."""

import pytest

from assistant.application.context import Decision
from assistant.errors import AccessDenied, DecisionRefused, EditConflict
from tests.application.house import House, items


def test_nothing_else_that_a_juror_does_decides(made: House, review: str) -> None:
    made.app.reviews.desk(made.anne, review)
    made.write(made.anne, review, "read", "C1", {"value": True})
    made.write(made.anne, review, "drafts_asked", "C1", {"value": True})
    made.note(made.anne, review, "Très bien : 2 sur 2")
    made.write(made.anne, review, "motivation", "C1", {"text": "Acquis"})
    made.choose(made.anne, review, items()[0], "adopted")
    made.decide(made.bruno, review, Decision(points=2))
    made.lock(review, made.anne)
    assert made.work(made.anne, review).on("C1").decision.empty
    assert made.work(made.anne, review).on("C2").decision.empty


def test_a_decision_is_set_changed_and_emptied(made: House, review: str) -> None:
    for decision in (Decision(points=1.5), Decision(points=0), Decision()):
        made.decide(made.anne, review, decision)
        assert made.work(made.anne, review).on("C1").decision == decision
    assert len(made.app.reviews.history(made.anne, review, "decision", "C1")) == 3


def test_a_refused_decision_leaves_the_earlier_one(made: House, review: str) -> None:
    made.decide(made.anne, review, Decision(points=1))
    for refused in (Decision(points=2.5), Decision(text="Bien."), Decision(level="acquis")):
        with pytest.raises(DecisionRefused):
            made.decide(made.anne, review, refused)
    assert made.work(made.anne, review).on("C1").decision == Decision(points=1)


def test_nobody_decides_after_locking(made: House, review: str) -> None:
    made.lock(review, made.anne)
    for criterion, decision in (("C1", Decision(points=1)), ("C2", Decision(text="Convaincant."))):
        with pytest.raises(AccessDenied):
            made.decide(made.anne, review, decision, criterion)
        assert made.work(made.anne, review).on(criterion).decision.empty


def test_a_decision_in_words_is_found_as_it_was_typed(made: House, review: str) -> None:
    typed = " Convaincant à l’oral.\n"
    made.write(made.anne, review, "decision", "C2", {"text": typed}, base=0)
    assert made.work(made.anne, review).on("C2").decision == Decision(text="Convaincant à l’oral.")
    assert made.app.reviews.desk(made.anne, review).work["C2"].decision.text == typed
    with pytest.raises(EditConflict):
        made.write(made.anne, review, "decision", "C2", {"text": "Autre."}, base=0)
    made.write(made.anne, review, "decision", "C2", {"text": ""}, base=1)
    assert made.work(made.anne, review).on("C2").decision == Decision()
    versions = made.app.reviews.history(made.anne, review, "decision", "C2")
    assert [one.version for one in versions] == [2, 1]
    assert made.work(made.bruno, review).on("C2").decision.empty


def test_only_members_of_the_jury_decide_and_only_in_a_session(made: House, review: str) -> None:
    for actor in (made.organiser, made.administrator, made.chloe, made.trainer):
        with pytest.raises(AccessDenied):
            made.decide(actor, review, Decision(points=1))
