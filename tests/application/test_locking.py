"""A locked reading does not change any more, whatever is written at the same moment; an organiser opens it again."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.application import reviews, seating
from assistant.application.place import ReviewPlace, place_of
from assistant.errors import AccessDenied, InvalidInput
from assistant.review.values import Kind
from assistant.store.engine import writing
from assistant.store.journal import Journal
from tests.application.house import House, items

OBSERVATION, GAP, QUESTION = items("C1")


EDITED = {"verdict": "edited", "text": "Autrement dit."}
WRITINGS: dict[str, tuple[Kind, str, str, Mapping[str, Any] | None]] = {
    "a note": ("note", "C1", "", {"text": "deux"}),
    "the same note again": ("note", "C1", "", {"text": "un"}),
    "a motivation": ("motivation", "C1", "", {"text": "parce que"}),
    "a decision": ("decision", "C1", "", {"points": 1.0}),
    "a decision in words": ("decision", "C2", "", {"text": "Oui."}),
    "a choice": ("choice", "C1", OBSERVATION, EDITED),
    "a choice taken back": ("choice", "C1", GAP, None),
    "a draft": ("draft", "C1", "own", {"text": "en cours"}),
    "an own text": ("own_text", "C1", "t2", {"kind": "question", "text": "Et donc ?", "pages": [3]}),
    "an own text taken back": ("own_text", "C1", "t1", None),
    "a passage": ("own_evidence", "C1", "e1", {"page": 4, "sentences": ["p4s1"]}),
    "a request for drafts": ("drafts_asked", "C1", "", {"value": True}),
    "drafts ignored": ("drafts_ignored", "", "", {"value": True}),
    "a tick": ("read", "C1", "", {"value": True}),
}


def begin(made: House, juror: Actor, review: str) -> None:
    made.note(juror, review, "un")
    made.choose(juror, review, GAP, "adopted")
    made.write(juror, review, "own_text", "C1", {"kind": "gap", "text": "Un manque."}, item="t1")


@pytest.mark.parametrize("writing_name", [*WRITINGS, "a link"])
def test_nothing_is_written_when_the_lock_lands_in_between(
    made: House, review: str, writing_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock lands in another window just before the transaction that writes looks at who may write."""
    begin(made, made.anne, review)
    before, seats = made.rows(review, made.anne.person), made.view(review).seats
    landed: list[int] = []

    def late(connection: Connection, review_id: str) -> ReviewPlace:
        if not landed:
            landed.append(Journal(connection).lock(review_id, made.anne.person).version)
        return place_of(connection, review_id)

    for module in (reviews, seating):
        monkeypatch.setattr(module, "place_of", late)
    calls: dict[str, Callable[[], object]] = {
        name: partial(made.write, made.anne, review, kind, criterion, value, item=item)
        for name, (kind, criterion, item, value) in WRITINGS.items()
    }
    calls["a link"] = partial(made.app.sessions.declare, made.anne, review, "relation")
    with pytest.raises(AccessDenied):
        calls[writing_name]()
    monkeypatch.undo()
    assert landed == [1]
    # The transaction was refused whole: here with the lock that the test slipped into it.
    assert made.rows(review, made.anne.person) == before
    assert made.view(review).seats == seats


@pytest.mark.parametrize("writing_name", WRITINGS)
def test_each_of_these_is_written_before_the_lock_and_none_after(made: House, review: str, writing_name: str) -> None:
    kind, criterion, item, value = WRITINGS[writing_name]
    begin(made, made.bruno, review)
    made.write(made.bruno, review, kind, criterion, value, item=item)
    begin(made, made.anne, review)
    made.lock(review, made.anne)
    before = made.rows(review, made.anne.person)
    with pytest.raises(AccessDenied):
        made.write(made.anne, review, kind, criterion, value, item=item)
    assert made.rows(review, made.anne.person) == before


def test_an_organiser_unlocks_with_a_reason_that_is_kept(made: House, review: str) -> None:
    made.lock(review, made.anne, made.bruno)
    with pytest.raises(InvalidInput):
        made.app.reviews.unlock(made.organiser, review, made.anne.person, "  ")
    made.app.reviews.unlock(made.organiser, review, made.anne.person, "Erreur de dossier.")
    with pytest.raises(InvalidInput, match="pas verrouillée"):
        made.app.reviews.unlock(made.organiser, review, made.anne.person, "encore")
    made.note(made.anne, review, "de nouveau")
    with pytest.raises(AccessDenied):
        made.app.reviews.harmony(made.bruno, review)
    with pytest.raises(AccessDenied):
        made.note(made.bruno, review, "Bruno reste verrouillé")
    assert [one.value for one in made.rows(review, made.organiser.person)] == [{"reason": "Erreur de dossier."}]
    made.lock(review, made.anne)
    assert made.work(made.anne, review).locked is not None
    with writing(made.app.engine) as connection:
        assert Journal(connection).verify(review) == ()
