"""Each juror's own work: kept as typed, never changed after the lock, written through its own doors only."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import Engine

from assistant.access.actor import Actor
from assistant.access.matrix import Standing
from assistant.errors import AccessDenied, EditConflict
from assistant.review.decision import Decision
from assistant.review.items import Choice, ItemKind
from assistant.review.office import Office
from assistant.review.work import OwnEvidence, OwnText
from assistant.store.engine import open_database
from tests.review.people import FREE, POINTS, House, house

KINDS: tuple[ItemKind, ...] = get_args(ItemKind)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'x.db'}")


@pytest.fixture
def made(engine: Engine) -> House:
    return house(engine)


@pytest.fixture
def space(made: House) -> str:
    return made.jury()


@pytest.mark.parametrize("text", ["  un\n\n deux\t", "", "« é » 😀 'x' \\ \x00 %s", "\ud83d", "x" * 100_000])
def test_a_note_is_kept_as_typed(made: House, space: str, text: str) -> None:
    made.office.write_text(made.anne, space, "C1/note", text, 0)
    assert made.office.text(made.anne, space, "C1/note").value == text
    assert made.office.work(made.anne, space).on("C1").note_text == text
    assert made.office.work(made.bruno, space).on("C1").note_text == ""


def test_a_note_changed_in_another_window_is_not_overwritten_and_can_be_restored(made: House, space: str) -> None:
    made.office.write_text(made.anne, space, "C1/note", "un", 0)
    with pytest.raises(EditConflict):
        made.office.write_text(made.anne, space, "C1/note", "autre", 0)
    second = made.office.write_text(made.anne, space, "C1/note", "deux", 1)
    old = made.office.history(made.anne, space, "C1/note")[-1]
    made.office.write_text(made.anne, space, "C1/note", old.value, second.version)
    assert [one.value for one in made.office.history(made.anne, space, "C1/note")] == ["un", "deux", "un"]
    assert made.office.history(made.bruno, space, "C1/note") == ()


def test_a_choice_is_set_changed_and_taken_back(made: House, space: str) -> None:
    for choice in (Choice("adopted"), Choice("edited", "Autrement dit."), Choice("rejected"), None):
        made.office.choose(made.anne, space, "C1", "o1", choice)
        made.office.choose(made.anne, space, "C1", "o2", Choice("adopted"))
        kept = made.office.work(made.anne, space).on("C1").choices
        assert kept == ({"o1": choice} if choice else {}) | {"o2": Choice("adopted")}
    assert len(made.office.history(made.anne, space, "C1/choice/o1")) == 4


def test_own_texts_and_passages_are_added_and_taken_back(made: House, space: str) -> None:
    text = made.office.add_own(made.anne, space, "C1", "question", " Pourquoi ? ", [7, 3, 7])
    made.office.add_evidence(made.anne, space, "C1", OwnEvidence("e1", 4, "p4s1", "Je relève.", ocr=True))
    made.office.add_evidence(made.anne, space, "C1", OwnEvidence("", 9))
    work = made.office.work(made.anne, space).on("C1")
    assert work.own == (text,)
    assert (text.kind, text.text, text.pages) == ("question", "Pourquoi ?", (3, 7))
    assert {(one.page, one.sentence, one.quote, one.ocr) for one in work.evidence} == {
        (4, "p4s1", "Je relève.", True),
        (9, "", "", False),
    }
    made.office.take_back(made.anne, space, "C1", text)
    for passage in work.evidence:
        made.office.take_back(made.anne, space, "C1", passage)
    work = made.office.work(made.anne, space).on("C1")
    assert (work.own, work.evidence) == ((), ())


def test_own_texts_and_passages_stand_in_the_order_in_which_they_were_written(made: House, space: str) -> None:
    for number in range(12):
        made.office.add_own(made.anne, space, "C1", "question", f"{number} ?", [])
        made.office.add_evidence(made.anne, space, "C1", OwnEvidence("", 12 - number))
    work = made.office.work(made.anne, space).on("C1")
    assert [one.text for one in work.own] == [f"{number} ?" for number in range(12)]
    assert [one.page for one in work.evidence] == list(range(12, 0, -1))
    made.office.take_back(made.anne, space, "C1", work.own[3])
    made.office.add_own(made.anne, space, "C1", "gap", "enfin", [])
    texts = [one.text for one in made.office.work(made.anne, space).on("C1").own]
    assert texts == [f"{number} ?" for number in range(12) if number != 3] + ["enfin"]


@pytest.mark.parametrize("text", ["", "  ", "\n\t\u00a0"])
def test_a_blank_is_no_text_of_ones_own_and_no_edit(made: House, space: str, text: str) -> None:
    made.office.choose(made.anne, space, "C1", "o1", Choice("adopted"))
    for kind in KINDS:
        with pytest.raises(AccessDenied):
            made.office.add_own(made.anne, space, "C1", kind, text, [3])
    with pytest.raises(AccessDenied):
        made.office.choose(made.anne, space, "C1", "o1", Choice("edited", text))
    work = made.office.work(made.anne, space).on("C1")
    assert (work.own, work.choices) == ((), {"o1": Choice("adopted")})
    made.office.choose(made.anne, space, "C1", "o1", Choice("rejected", text))


@pytest.mark.parametrize("topic", ["lock", "link", "agrees", "C1/lock", "C1/link", "C1/agrees"])
def test_a_lock_a_link_and_a_consent_are_not_written_as_texts_or_facts(made: House, space: str, topic: str) -> None:
    before = made.ledger.all(space, made.anne.person)
    for value in (True, 1, "none", "trainer", None):
        with pytest.raises(AccessDenied):
            made.office.state(made.anne, space, topic, value)
        with pytest.raises(AccessDenied):
            made.office.write_text(made.anne, space, topic, str(value), 0)
    assert made.ledger.all(space, made.anne.person) == before
    assert made.office.work(made.anne, space).locked is None


def test_the_moment_a_juror_asked_for_the_drafts_is_kept(made: House, space: str) -> None:
    assert made.office.work(made.anne, space).on("C1").asked_ai is None
    before = datetime.now(UTC)
    made.office.ask_for_drafts(made.anne, space, "C1")
    asked = made.office.work(made.anne, space).on("C1").asked_ai
    assert asked is not None
    assert before <= asked <= datetime.now(UTC)
    made.office.ask_for_drafts(made.anne, space, "C1")
    assert made.office.work(made.anne, space).on("C1").asked_ai == asked
    assert made.office.work(made.bruno, space).on("C1").asked_ai is None


def test_drafts_are_ignored_and_shown_again_for_one_juror(made: House, space: str) -> None:
    for ignored in (True, False):
        made.office.ignore_drafts(made.anne, space, ignored=ignored)
        assert made.office.work(made.anne, space).ignores_ai == ignored
        assert not made.office.work(made.bruno, space).ignores_ai


def test_reading_after_locking_leaves_the_work_as_it_is(made: House, space: str) -> None:
    made.lock(space, made.anne)
    locked = made.office.work(made.anne, space)
    made.office.open_criterion(made.anne, space, "C1")
    assert made.office.work(made.anne, space) == locked
    assert locked.locked is not None
    made.office.open_criterion(made.bruno, space, "C1")
    assert made.office.work(made.bruno, space).on("C1").opened


class Late(Office):
    """An office in which the juror locks in another window between what is allowed and what is written."""

    def __init__(self, engine: Engine, juror: Actor) -> None:
        super().__init__(engine)
        self._other, self._juror = Office(engine), juror

    def standing(self, space: str) -> Standing:
        found = super().standing(space)
        with suppress(AccessDenied):
            self._other.lock(self._juror, space)
        return found


EDITED, PASSAGE = Choice("edited", "Autrement dit."), OwnEvidence("e1", 4, "p4s1", "Je relève.")
KEPT = OwnText("0", "gap", "Un manque.", ())
WRITINGS: dict[str, Callable[[Office, Actor, str], object]] = {
    "a note": lambda office, juror, space: office.write_text(juror, space, "C1/note", "deux", 1),
    "the same note again": lambda office, juror, space: office.write_text(juror, space, "C1/note", "un", 1),
    "a decision": lambda office, juror, space: office.decide(juror, space, POINTS, "points", Decision(points=1)),
    "a decision in words": lambda office, juror, space: office.decide_in_words(juror, space, FREE, "none", "Oui.", 0),
    "a choice": lambda office, juror, space: office.choose(juror, space, "C1", "o1", EDITED),
    "a choice taken back": lambda office, juror, space: office.choose(juror, space, "C1", "o2", None),
    "an own text": lambda office, juror, space: office.add_own(juror, space, "C1", "question", "Et donc ?", [3]),
    "an own text taken back": lambda office, juror, space: office.take_back(juror, space, "C1", KEPT),
    "a passage": lambda office, juror, space: office.add_evidence(juror, space, "C1", PASSAGE),
    "a request for drafts": lambda office, juror, space: office.ask_for_drafts(juror, space, "C1"),
    "drafts ignored": lambda office, juror, space: office.ignore_drafts(juror, space, ignored=True),
    "a fact": lambda office, juror, space: office.state(juror, space, "C1/opened", True),
    "a link": lambda office, juror, space: office.declare(juror, space, "relation"),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_nothing_is_written_when_the_lock_lands_in_between(
    made: House, space: str, engine: Engine, writing: str
) -> None:
    made.office.write_text(made.anne, space, "C1/note", "un", 0)
    made.office.choose(made.anne, space, "C1", "o2", Choice("adopted"))
    before, seats = made.ledger.all(space, made.anne.person), made.office.assignments(made.organiser, space)
    with pytest.raises(AccessDenied):
        WRITINGS[writing](Late(engine, made.anne), made.anne, space)
    assert made.office.work(made.anne, space).locked is not None
    after = made.ledger.all(space, made.anne.person)
    assert {topic: entry for topic, entry in after.items() if topic != "lock"} == before
    assert made.office.assignments(made.organiser, space) == seats


def test_a_criterion_opened_as_the_lock_lands_leaves_the_work_as_it_is(made: House, space: str, engine: Engine) -> None:
    """Reading is not writing: the page opens as it does on a locked work."""
    Late(engine, made.anne).open_criterion(made.anne, space, "C1")
    assert made.office.work(made.anne, space).locked is not None
    assert not made.office.work(made.anne, space).on("C1").opened


@pytest.mark.parametrize("writing", WRITINGS)
def test_each_of_these_is_written_before_the_lock_and_none_after(made: House, space: str, writing: str) -> None:
    """The test above is not empty: the same calls pass while the reading is open."""
    made.office.write_text(made.bruno, space, "C1/note", "un", 0)
    WRITINGS[writing](made.office, made.bruno, space)
    made.office.write_text(made.anne, space, "C1/note", "un", 0)
    made.lock(space, made.anne)
    with pytest.raises(AccessDenied):
        WRITINGS[writing](made.office, made.anne, space)


def test_each_has_a_comment_bank_of_their_own(made: House) -> None:
    for phrase in ("À préciser.", " À préciser. ", "", "Sourcé."):
        made.office.keep_phrase(made.anne, "r", "C1", phrase)
    kept = made.office.phrases(made.anne, "r", "C1")
    assert sorted(kept.values()) == ["Sourcé.", "À préciser."]
    assert made.office.phrases(made.bruno, "r", "C1") == made.office.phrases(made.anne, "r", "C2") == {}
    assert made.office.phrases(made.anne, "autre", "C1") == {}
    made.office.forget_phrase(made.anne, "r", "C1", next(iter(kept)))
    assert list(made.office.phrases(made.anne, "r", "C1").values()) == list(kept.values())[1:]
