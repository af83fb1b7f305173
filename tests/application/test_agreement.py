"""An agreement that binds only with everyone's consent to it, and two windows that cannot undo one another's."""

from collections.abc import Callable

import pytest

from assistant.application.context import Agreed, Decision
from assistant.application.desk import Event
from assistant.errors import AccessDenied, DecisionRefused, EditConflict, InvalidInput
from tests.application.house import House


@pytest.fixture
def review(made: House) -> str:
    """A candidate whose two jurors have locked."""
    return made.lock(made.jury(), made.anne, made.bruno)


def propose(made: House, review: str, points: float, text: str = "Deux frictions chiffrées.", base: int = 0) -> None:
    made.propose(made.anne, review, Decision(points=points), text, base)


def agreed(made: House, review: str, criterion: str = "C1") -> Agreed:
    return made.app.reviews.harmony(made.bruno, review).agreed[criterion]


def complete(made: House, review: str) -> bool:
    return made.app.reviews.harmony(made.anne, review).complete


CALLS: dict[str, Callable[[House, str], object]] = {
    "read the readings": lambda made, review: made.app.reviews.harmony(made.anne, review),
    "propose": lambda made, review: propose(made, review, 1),
    "consent": lambda made, review: made.consent(made.anne, review, 1),
    "export the collegial grid": lambda made, review: made.app.exports.grid(made.anne, review, "collegial"),
}


@pytest.mark.parametrize("call", CALLS)
def test_nothing_is_harmonised_before_all_have_locked(made: House, call: str) -> None:
    review = made.jury("0418")
    for locking in (None, made.anne):
        if locking:
            made.lock(review, locking)
        with pytest.raises(AccessDenied):
            CALLS[call](made, review)
    made.lock(review, made.bruno)
    propose(made, review, 2)


@pytest.mark.parametrize("who", ["organiser", "administrator", "trainer", "chloe"])
def test_only_those_who_read_agree(made: House, review: str, who: str) -> None:
    outsider = getattr(made, who)
    propose(made, review, 1)
    with pytest.raises(AccessDenied):
        made.consent(outsider, review, 1)
    with pytest.raises(AccessDenied):
        made.app.reviews.harmony(outsider, review)


def test_nothing_is_proposed_by_itself(made: House, review: str) -> None:
    assert made.app.reviews.harmony(made.anne, review).agreed == {}


def test_a_proposal_carries_its_authors_consent_only(made: House, review: str) -> None:
    propose(made, review, 1.5, " Deux frictions. ")
    one = agreed(made, review)
    assert (one.text, one.decision, one.by) == ("Deux frictions.", Decision(points=1.5), made.anne.person)
    assert one.consents == (made.anne.person,)
    assert one.written is not None
    assert made.app.reviews.harmony(made.anne, review).settled == frozenset()


def test_nobody_proposes_in_anothers_name(made: House, review: str) -> None:
    forged = {"text": "x", "decision": {"points": 1}, "by": made.bruno.person}
    made.write(made.anne, review, "agreed", "C1", forged, base=0)
    assert agreed(made, review).by == made.anne.person


def test_it_binds_once_everyone_consents_to_that_very_version(made: House, review: str) -> None:
    propose(made, review, 1.5)
    made.consent(made.bruno, review, 1)
    assert set(agreed(made, review).consents) == {made.anne.person, made.bruno.person}
    assert made.app.reviews.harmony(made.bruno, review).settled == {"C1"}


@pytest.mark.parametrize(("points", "text"), [(1.5, "Autrement dit."), (2.0, "Deux frictions chiffrées.")])
def test_another_wording_or_decision_undoes_earlier_consents(
    made: House, review: str, points: float, text: str
) -> None:
    propose(made, review, 1.5)
    made.consent(made.bruno, review, 1)
    propose(made, review, points, text, base=1)
    assert (agreed(made, review).version, agreed(made, review).consents) == (2, (made.anne.person,))
    with pytest.raises(EditConflict):
        made.consent(made.bruno, review, 1)
    assert agreed(made, review).consents == (made.anne.person,)
    made.consent(made.bruno, review, 2)
    assert made.app.reviews.harmony(made.anne, review).settled == {"C1"}


def test_two_tabs_cannot_overwrite_what_the_jury_wrote(made: House, review: str) -> None:
    """Fault 1 at harmonisation: the second proposal is refused and told what stands."""
    propose(made, review, 1)
    sent = Event(id="b" * 32, kind="agreed", criterion="C1", value={"text": "autre"}, base=0)
    ack = made.app.reviews.act(made.bruno, review, sent)
    assert (ack.ok, ack.current is not None and ack.current.version) == (False, 1)
    one = agreed(made, review)
    assert (one.decision, one.by, one.consents) == (Decision(points=1), made.anne.person, (made.anne.person,))


def test_nobody_consents_to_words_without_a_decision(made: House, review: str) -> None:
    made.propose(made.anne, review, Decision(), "Deux frictions.")
    assert agreed(made, review).consents == ()
    with pytest.raises(InvalidInput):
        made.consent(made.bruno, review, 1)


def test_a_revocation_is_told_to_the_jurors_until_they_decide_anew(made: House, review: str) -> None:
    propose(made, review, 1.5)
    made.consent(made.bruno, review, 1)
    assert made.app.reviews.harmony(made.anne, review).revoked is None
    made.app.organising.revoke(made.organiser, review, "Pièce fausse")
    harmony = made.app.reviews.harmony(made.bruno, review)
    assert harmony.revoked is not None
    assert (harmony.revoked.by, harmony.revoked.reason) == (made.organiser.name, "Pièce fausse")
    assert harmony.revoked.criteria == {"C1"}
    assert not harmony.settled
    one = agreed(made, review)
    assert (one.by, one.text, one.decision, one.consents) == (
        made.anne.person, "Deux frictions chiffrées.", Decision(), ()
    )  # fmt: skip
    for juror in (made.anne, made.bruno):
        with pytest.raises(InvalidInput):
            made.consent(juror, review, one.version)
    with pytest.raises(InvalidInput):
        made.app.organising.revoke(made.organiser, review, "Encore")
    propose(made, review, 2.0, base=one.version)
    assert made.app.reviews.harmony(made.bruno, review).revoked is None


def test_a_criterion_that_had_no_decision_is_not_told_as_revoked(made: House, review: str) -> None:
    propose(made, review, 1)
    made.propose(made.bruno, review, Decision(), "Un texte sans décision.", criterion="C2")
    made.app.organising.revoke(made.organiser, review, "Pièce fausse")
    told = made.app.reviews.harmony(made.anne, review).revoked
    assert told is not None
    assert told.criteria == {"C1"}


def test_a_revocation_is_told_while_texts_are_edited_and_through_another_one(made: House, review: str) -> None:
    propose(made, review, 1)
    made.app.organising.revoke(made.organiser, review, "Pièce fausse")
    made.propose(made.bruno, review, Decision(), "Un texte revu, sans décision.", base=2)
    told = made.app.reviews.harmony(made.anne, review).revoked
    assert told is not None
    assert told.criteria == {"C1"}
    made.propose(made.anne, review, Decision(text="Fait."), criterion="C2")
    made.app.organising.revoke(made.organiser, review, "Pièce fausse")
    again = made.app.reviews.harmony(made.anne, review).revoked
    assert again is not None
    assert again.criteria == {"C1", "C2"}
    assert again.at > told.at


def test_nobody_consents_to_words_that_are_not_written_yet(made: House, review: str) -> None:
    for version in (1, 2):
        with pytest.raises(EditConflict):
            made.consent(made.bruno, review, version)
        propose(made, review, version, base=version - 1)
        assert made.bruno.person not in agreed(made, review).consents


@pytest.mark.parametrize("version", [-1, 0, 1, 3, 4])
def test_only_the_latest_version_there_is_is_consented_to(made: House, review: str, version: int) -> None:
    refused = (EditConflict, InvalidInput)
    with pytest.raises(refused):
        made.consent(made.bruno, review, version)
    for number in (0, 1):
        propose(made, review, number, base=number)
    with pytest.raises(refused):
        made.consent(made.bruno, review, version)
    made.consent(made.bruno, review, 2)


def test_a_proposal_has_to_fit_the_scale(made: House, review: str) -> None:
    with pytest.raises(DecisionRefused):
        propose(made, review, 2.5)
    assert made.app.reviews.harmony(made.anne, review).agreed == {}


def test_it_is_complete_only_when_every_criterion_has_every_consent(made: House, review: str) -> None:
    propose(made, review, 1)
    made.consent(made.bruno, review, 1)
    assert not complete(made, review)
    made.propose(made.bruno, review, Decision(text="Convaincant."), criterion="C2")
    assert not complete(made, review)
    made.consent(made.anne, review, 1, "C2")
    assert complete(made, review)


def test_a_third_reader_counts_once_assigned(made: House, review: str) -> None:
    propose(made, review, 1)
    made.consent(made.bruno, review, 1)
    made.seat(review, made.chloe, first=3)
    with pytest.raises(AccessDenied):
        complete(made, review)
    made.lock(review, made.chloe)
    assert made.app.reviews.harmony(made.anne, review).settled == frozenset()
    made.consent(made.chloe, review, 1)
    assert made.app.reviews.harmony(made.anne, review).settled == {"C1"}
    assert [one.part for one in made.app.reviews.harmony(made.chloe, review).readings] == [1, 2, 3]


def test_agreeing_changes_nobodys_locked_reading(made: House) -> None:
    review = made.jury("0418")
    made.decide(made.anne, review, Decision(points=1))
    made.lock(review, made.anne, made.bruno)
    before = [one.work.on("C1") for one in made.app.reviews.harmony(made.anne, review).readings]
    propose(made, review, 2)
    made.consent(made.bruno, review, 1)
    after = [one.work.on("C1") for one in made.app.reviews.harmony(made.bruno, review).readings]
    assert [(one.decision, one.note, one.choices) for one in after] == [
        (one.decision, one.note, one.choices) for one in before
    ]


def test_one_candidates_agreement_is_not_anothers(made: House, review: str) -> None:
    other = made.lock(made.jury("0418"), made.anne, made.bruno)
    propose(made, review, 1)
    assert made.app.reviews.harmony(made.anne, other).agreed == {}
