"""Harmonisation: differences without a referee, and an agreement that binds only with everyone's consent to it."""

from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import AccessDenied, DecisionRefused, EditConflict
from assistant.review.decision import Decision
from assistant.review.harmony import Compared, compared
from assistant.review.items import Choice
from assistant.review.ledger import Entry
from assistant.review.work import CriterionWork, OwnEvidence, Work
from assistant.store.engine import open_database
from tests.review.people import FREE, POINTS, House, house


@pytest.fixture
def made(tmp_path: Path) -> House:
    return house(open_database(f"sqlite:///{tmp_path / 'x.db'}"))


@pytest.fixture
def space(made: House) -> str:
    """A candidate whose two jurors have locked."""
    return made.lock(made.jury(), made.anne, made.bruno)


def propose(made: House, space: str, points: float, text: str = "Deux frictions chiffrées.", base: int = 0) -> None:
    made.harmony.propose(made.anne, space, POINTS, "points", Decision(points=points), text, base)


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
        (CriterionWork(evidence=(OwnEvidence("a", 4, "p4s1"),)), CriterionWork(), {"evidence"}),
        (
            CriterionWork(evidence=(OwnEvidence("a", 4, "p4s1"),)),
            CriterionWork(evidence=(OwnEvidence("b", 4, "p4s1"),)),
            set(),
        ),
        (CriterionWork(note=Entry("note", "oui", 1)), CriterionWork(note=Entry("note", "non", 1)), {"notes"}),
        (CriterionWork(note=Entry("note", "oui ", 3)), CriterionWork(note=Entry("note", "oui", 1)), set()),
        (CriterionWork(motivation=Entry("m", "oui", 1)), CriterionWork(), {"notes"}),
        (CriterionWork(opened=True), CriterionWork(), set()),
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


CALLS: dict[str, Callable[[House, str], object]] = {
    "read what is agreed": lambda made, space: made.harmony.agreed(made.anne, space),
    "propose": lambda made, space: propose(made, space, 1),
    "consent": lambda made, space: made.harmony.consent(made.anne, space, "C1", 1),
    "ask whether it is complete": lambda made, space: made.harmony.complete(made.anne, space, []),
}


@pytest.mark.parametrize("call", CALLS)
def test_nothing_is_harmonised_before_all_have_locked(made: House, call: str) -> None:
    space = made.jury()
    for locking in (None, made.anne):
        if locking:
            made.lock(space, locking)
        with pytest.raises(AccessDenied):
            CALLS[call](made, space)
    made.lock(space, made.bruno)
    propose(made, space, 2)


@pytest.mark.parametrize("who", ["organiser", "administrator", "trainer", "chloe"])
def test_only_those_who_read_agree(made: House, space: str, who: str) -> None:
    outsider = getattr(made, who)
    propose(made, space, 1)
    with pytest.raises(AccessDenied):
        made.harmony.consent(outsider, space, "C1", 1)
    with pytest.raises(AccessDenied):
        made.harmony.agreed(outsider, space)


def test_nothing_is_proposed_by_itself(made: House, space: str) -> None:
    assert made.harmony.agreed(made.anne, space) == {}


def test_a_proposal_carries_its_authors_consent_only(made: House, space: str) -> None:
    propose(made, space, 1.5, " Deux frictions. ")
    agreed = made.harmony.agreed(made.bruno, space)["C1"]
    assert (agreed.text, agreed.decision, agreed.by) == ("Deux frictions.", Decision(points=1.5), made.anne.person)
    assert agreed.consents == (made.anne.person,)
    assert agreed.written is not None
    assert not made.harmony.complete(made.anne, space, ["C1"])


def test_it_binds_once_everyone_consents_to_that_very_version(made: House, space: str) -> None:
    propose(made, space, 1.5)
    made.harmony.consent(made.bruno, space, "C1", 1)
    assert set(made.harmony.agreed(made.anne, space)["C1"].consents) == {made.anne.person, made.bruno.person}
    assert made.harmony.complete(made.bruno, space, ["C1"])


@pytest.mark.parametrize(("points", "text"), [(1.5, "Autrement dit."), (2.0, "Deux frictions chiffrées.")])
def test_another_wording_or_decision_undoes_earlier_consents(made: House, space: str, points: float, text: str) -> None:
    propose(made, space, 1.5)
    made.harmony.consent(made.bruno, space, "C1", 1)
    propose(made, space, points, text, base=1)
    agreed = made.harmony.agreed(made.bruno, space)["C1"]
    assert (agreed.version, agreed.consents) == (2, (made.anne.person,))
    with pytest.raises(EditConflict):
        made.harmony.consent(made.bruno, space, "C1", 1)
    assert made.harmony.agreed(made.bruno, space)["C1"].consents == (made.anne.person,)
    assert not made.harmony.complete(made.anne, space, ["C1"])
    made.harmony.consent(made.bruno, space, "C1", 2)
    assert made.harmony.complete(made.anne, space, ["C1"])


def test_nobody_consents_to_words_that_are_not_written_yet(made: House, space: str) -> None:
    for version in (1, 2):
        with pytest.raises(EditConflict):
            made.harmony.consent(made.bruno, space, "C1", version)
        propose(made, space, version, base=version - 1)
        assert made.bruno.person not in made.harmony.agreed(made.anne, space)["C1"].consents


@pytest.mark.parametrize("version", [-1, 0, 1, 3, 4])
def test_only_the_latest_version_there_is_is_consented_to(made: House, space: str, version: int) -> None:
    with pytest.raises(EditConflict):
        made.harmony.consent(made.bruno, space, "C1", version)
    for number in (0, 1):
        propose(made, space, number, base=number)
    with pytest.raises(EditConflict):
        made.harmony.consent(made.bruno, space, "C1", version)
    assert made.harmony.agreed(made.anne, space)["C1"].consents == (made.anne.person,)
    made.harmony.consent(made.bruno, space, "C1", 2)
    assert made.harmony.complete(made.bruno, space, ["C1"])


def test_a_refused_consent_leaves_the_one_that_was_given(made: House, space: str) -> None:
    propose(made, space, 1)
    made.harmony.consent(made.bruno, space, "C1", 1)
    for version in (0, 2):
        with pytest.raises(EditConflict):
            made.harmony.consent(made.bruno, space, "C1", version)
    assert made.harmony.complete(made.anne, space, ["C1"])


def test_two_proposals_at_once_conflict_and_the_first_stays(made: House, space: str) -> None:
    propose(made, space, 1)
    with pytest.raises(EditConflict):
        made.harmony.propose(made.bruno, space, POINTS, "points", Decision(points=2), "Autre", 0)
    agreed = made.harmony.agreed(made.bruno, space)["C1"]
    assert (agreed.decision, agreed.by, agreed.consents) == (Decision(points=1), made.anne.person, (made.anne.person,))


def test_a_proposal_has_to_fit_the_scale(made: House, space: str) -> None:
    with pytest.raises(DecisionRefused):
        propose(made, space, 2.5)
    assert made.harmony.agreed(made.anne, space) == {}


def test_it_is_complete_only_when_every_criterion_has_every_consent(made: House, space: str) -> None:
    propose(made, space, 1)
    made.harmony.consent(made.bruno, space, "C1", 1)
    assert not made.harmony.complete(made.anne, space, ["C1", "C2"])
    made.harmony.propose(made.bruno, space, FREE, "none", Decision(text="Convaincant."), "", 0)
    assert not made.harmony.complete(made.anne, space, ["C1", "C2"])
    made.harmony.consent(made.anne, space, "C2", 1)
    assert made.harmony.complete(made.anne, space, ["C1", "C2"])


def test_a_third_reader_counts_once_assigned(made: House, space: str) -> None:
    propose(made, space, 1)
    made.harmony.consent(made.bruno, space, "C1", 1)
    made.seat(space, made.chloe, first=3)
    with pytest.raises(AccessDenied):
        made.harmony.complete(made.anne, space, ["C1"])
    made.lock(space, made.chloe)
    assert not made.harmony.complete(made.anne, space, ["C1"])
    made.harmony.consent(made.chloe, space, "C1", 1)
    assert made.harmony.complete(made.anne, space, ["C1"])


def test_agreeing_changes_nobodys_locked_reading(made: House) -> None:
    space = made.jury()
    made.office.decide(made.anne, space, POINTS, "points", Decision(points=1))
    made.lock(space, made.anne, made.bruno)
    before = [work.on("C1") for _, _, work in made.office.works(made.anne, space)]
    propose(made, space, 2)
    made.harmony.consent(made.bruno, space, "C1", 1)
    assert [work.on("C1") for _, _, work in made.office.works(made.bruno, space)] == before


def test_one_candidates_agreement_is_not_anothers(made: House, space: str) -> None:
    other = made.lock(made.jury("0418"), made.anne, made.bruno)
    propose(made, space, 1)
    assert made.harmony.agreed(made.anne, other) == {}
