"""Each juror's own work: kept as typed, drawn from the version on screen, never changed after the lock."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, get_args
from uuid import uuid4

import pytest
from docx import Document

from assistant.access.actor import OPERATOR, Actor
from assistant.application.context import Decision
from assistant.application.desk import Event
from assistant.errors import AccessDenied, DecisionRefused, EditConflict, InvalidInput, NotFound, StoreError
from assistant.review.items import Choice
from assistant.review.values import KINDS, LONGEST, ItemKind, Kind
from assistant.store.journal import Journal
from tests.application.house import House, items

OBSERVATION, GAP, QUESTION = items("C1")


@pytest.mark.parametrize("text", ["  un\n\n deux\t", "", "« é » 😀 'x' \\ \x00 %s", "x" * LONGEST])
def test_a_note_is_kept_as_typed(made: House, review: str, text: str) -> None:
    made.note(made.anne, review, text)
    assert made.work(made.anne, review).on("C1").note_text == text
    assert made.work(made.bruno, review).on("C1").note_text == ""


def test_half_a_character_that_no_file_can_hold_does_not_lose_the_rest(made: House, review: str) -> None:
    made.note(made.anne, review, "un \ud83d deux")
    assert made.work(made.anne, review).on("C1").note_text == "un \ufffd deux"


def test_a_note_changed_in_another_window_is_not_overwritten_and_can_be_restored(made: House, review: str) -> None:
    made.note(made.anne, review, "un", 0)
    with pytest.raises(EditConflict):
        made.note(made.anne, review, "autre", 0)
    second = made.note(made.anne, review, "deux", 1)
    old = made.app.reviews.history(made.anne, review, "note", "C1")[-1]
    made.note(made.anne, review, old.text, second.version)
    history = made.app.reviews.history
    assert [one.text for one in history(made.anne, review, "note", "C1")] == ["un", "deux", "un"]
    assert history(made.bruno, review, "note", "C1") == ()


TWO_TABS: dict[str, tuple[Kind, str, str, Mapping[str, Any], Mapping[str, Any]]] = {
    "a note": ("note", "C1", "", {"text": "un"}, {"text": "deux"}),
    "a decision": ("decision", "C1", "", {"points": 1.0}, {"points": 2.0}),
    "a decision in words": ("decision", "C2", "", {"text": "un"}, {"text": "deux"}),
    "a choice": ("choice", "C1", OBSERVATION, {"verdict": "adopted"}, {"verdict": "rejected"}),
    "a tick": ("read", "C1", "", {"value": True}, {"value": False}),
    "drafts ignored": ("drafts_ignored", "", "", {"value": True}, {"value": False}),
    "an own text": ("own_text", "C1", "t1", {"kind": "gap", "text": "un"}, {"kind": "gap", "text": "deux"}),
}


@pytest.mark.parametrize("what", TWO_TABS)
def test_a_stale_second_tab_changes_nothing_and_is_told_what_stands(made: House, review: str, what: str) -> None:
    """Fault 1: whatever a widget held was written at each drawing; a stale tab erased a decision, then both flip-flopped."""
    kind, criterion, item, first, second = TWO_TABS[what]
    made.write(made.anne, review, kind, criterion, first, item=item, base=0)
    kept = made.rows(review, made.anne.person)
    for stale in (second, None):
        sent = Event(
            id=uuid4().hex, kind=kind, criterion=criterion, item=item, value=dict(stale) if stale else None, base=0
        )
        ack = made.app.reviews.act(made.anne, review, sent)
        assert not ack.ok
        assert "autre fenêtre" in ack.message
        assert ack.current is not None
        assert (ack.current.version, first.items() <= (ack.current.value or {}).items()) == (1, True)
    assert made.rows(review, made.anne.person) == kept
    assert made.write(made.anne, review, kind, criterion, second, item=item, base=1).version == 2


def test_the_same_event_is_stored_once_and_acknowledged_again_even_after_the_lock(made: House, review: str) -> None:
    event = Event(id="a" * 32, kind="note", criterion="C1", value={"text": "un"})
    first = made.app.reviews.act(made.anne, review, event)
    assert made.app.reviews.act(made.anne, review, event) == first
    made.lock(review, made.anne)
    assert made.app.reviews.act(made.anne, review, event) == first
    assert len(made.app.reviews.history(made.anne, review, "note", "C1")) == 1


def test_nobody_elses_event_is_answered_with_what_it_wrote(made: House, review: str) -> None:
    event = Event(id="a" * 32, kind="note", criterion="C1", value={"text": "secret d’Anne"})
    made.app.reviews.act(made.anne, review, event)
    ack = made.app.reviews.act(made.bruno, review, event)
    assert not ack.ok
    assert "secret" not in ack.model_dump_json()


def test_a_choice_is_set_changed_and_taken_back(made: House, review: str) -> None:
    for verdict, text in (("adopted", ""), ("edited", "Autrement dit."), ("rejected", ""), (None, "")):
        made.choose(made.anne, review, OBSERVATION, verdict, text)
        made.choose(made.anne, review, GAP, "adopted")
        kept = made.work(made.anne, review).on("C1").choices
        expected = {OBSERVATION: Choice(verdict, text)} if verdict else {}  # type: ignore[arg-type]  # the words above
        assert kept == expected | {GAP: Choice("adopted")}
    assert len(made.app.reviews.history(made.anne, review, "choice", "C1", OBSERVATION)) == 4


def test_an_item_that_was_never_drafted_cannot_be_adopted(made: House, review: str) -> None:
    with pytest.raises(InvalidInput):
        made.choose(made.anne, review, "o123456789012", "adopted")
    with pytest.raises(InvalidInput):
        made.choose(made.anne, review, OBSERVATION, "adopted", criterion="C2")


def test_what_the_caller_says_of_an_item_is_not_heard(made: House, review: str) -> None:
    forged = {"verdict": "adopted", "said": "Excellent dossier", "of": "question", "pages": [99]}
    made.write(made.anne, review, "choice", "C1", forged, item=OBSERVATION)
    choice = made.work(made.anne, review).on("C1").choices[OBSERVATION]
    assert (choice.said, choice.of, choice.pages) == ("C1 constat", "observation", (4,))


def own_text(made: House, actor: Actor, review: str, kind: ItemKind, text: str, *pages: int) -> str:
    value = {"kind": kind, "text": text, "pages": list(pages)}
    return made.write(actor, review, "own_text", "C1", value, base=0).key.item


def passage(made: House, actor: Actor, review: str, page: int, *sentences: str) -> str:
    return made.write(
        actor, review, "own_evidence", "C1", {"page": page, "sentences": list(sentences)}, base=0
    ).key.item


def test_own_texts_and_passages_are_added_and_taken_back(made: House, review: str) -> None:
    text = own_text(made, made.anne, review, "question", " Pourquoi ? ", 7, 3, 7)
    evidence = [passage(made, made.anne, review, 7, "p7s1"), passage(made, made.anne, review, 9)]
    work = made.work(made.anne, review).on("C1")
    assert [(one.kind, one.text, one.pages) for one in work.own] == [("question", "Pourquoi ?", (3, 7))]
    assert [(one.page, one.sentences, one.quote, one.ocr) for one in work.evidence] == [
        (7, ("p7s1",), "47 devis", True),
        (9, (), "", False),
    ]
    made.write(made.anne, review, "own_text", "C1", None, item=text)
    for item in evidence:
        made.write(made.anne, review, "own_evidence", "C1", None, item=item)
    work = made.work(made.anne, review).on("C1")
    assert (work.own, work.evidence) == ((), ())


def test_a_quotation_is_looked_up_in_the_dossier_whatever_the_caller_says(made: House, review: str) -> None:
    forged = {"page": 4, "sentences": ["p4s1"], "quote": "Je triple le chiffre d’affaires.", "source": "ocr"}
    made.write(made.anne, review, "own_evidence", "C1", forged, item="e1")
    (kept,) = made.work(made.anne, review).on("C1").evidence
    assert (kept.quote, kept.ocr) == ("Je relève deux frictions.", False)


@pytest.mark.parametrize(("page", "sentences"), [(4, ["p99s9"]), (5, ["p4s1"]), (0, []), (10, []), (-3, ["p4s1"])])
def test_a_passage_that_is_not_in_the_dossier_is_refused(
    made: House, review: str, page: int, sentences: list[str]
) -> None:
    with pytest.raises(InvalidInput):
        passage(made, made.anne, review, page, *sentences)
    value = {"kind": "gap", "text": "x", "pages": [page], "sentences": ["p99s9"]}
    with pytest.raises(InvalidInput):
        made.write(made.anne, review, "own_text", "C1", value, item="t1")


def test_own_texts_and_passages_stand_in_the_order_in_which_they_were_written(made: House, review: str) -> None:
    for number in range(8):
        own_text(made, made.anne, review, "question", f"{number} ?")
        passage(made, made.anne, review, 9 - number)
    work = made.work(made.anne, review).on("C1")
    assert [one.text for one in work.own] == [f"{number} ?" for number in range(8)]
    assert [one.page for one in work.evidence] == list(range(9, 1, -1))
    made.write(made.anne, review, "own_text", "C1", None, item=work.own[3].id)
    own_text(made, made.anne, review, "gap", "enfin")
    texts = [one.text for one in made.work(made.anne, review).on("C1").own]
    assert texts == [f"{number} ?" for number in range(8) if number != 3] + ["enfin"]


@pytest.mark.parametrize("text", ["", "  ", "\n\t\u00a0"])
def test_a_blank_is_no_text_of_ones_own_and_no_edit(made: House, review: str, text: str) -> None:
    made.choose(made.anne, review, OBSERVATION, "adopted")
    for kind in get_args(ItemKind):
        with pytest.raises(InvalidInput):
            own_text(made, made.anne, review, kind, text, 3)
    with pytest.raises(InvalidInput):
        made.choose(made.anne, review, OBSERVATION, "edited", text)
    work = made.work(made.anne, review).on("C1")
    assert (work.own, work.choices) == ((), {OBSERVATION: Choice("adopted")})


@pytest.mark.parametrize("kind", ["link", "unlock", "phrase"])
def test_a_link_an_unlocking_and_a_phrase_are_not_written_as_acts(made: House, review: str, kind: Kind) -> None:
    before = made.rows(review, made.anne.person)
    for value in ({"link": "none"}, {"reason": "x"}, {"text": "x"}, None):
        for criterion in ("", "C1"):
            with pytest.raises(AccessDenied):
                made.write(made.anne, review, kind, criterion, value)
    assert made.rows(review, made.anne.person) == before


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"link", "unlock", "phrase"}])
@pytest.mark.parametrize("value", [{"note_finale": 12}, {"text": 3}, {"value": "peut-être"}, {"text": "x", "more": 1}])
def test_a_value_of_another_form_is_refused_whole(
    made: House, review: str, kind: Kind, value: Mapping[str, Any]
) -> None:
    before = made.rows(review, made.anne.person)
    for criterion in ("C1", ""):
        with pytest.raises((InvalidInput, AccessDenied, DecisionRefused)):
            made.write(made.anne, review, kind, criterion, value, item="x")
    assert made.rows(review, made.anne.person) == before


def test_a_criterion_that_the_pre_read_does_not_hold_is_refused(made: House, review: str) -> None:
    for criterion in ("C3", "", "C1/lock"):
        with pytest.raises(InvalidInput):
            made.note(made.anne, review, "un", criterion=criterion)


def test_a_text_beyond_all_measure_is_refused_in_a_sentence_and_does_not_lock_its_author_out(
    made: House, review: str
) -> None:
    """Fault 7: the error was not caught, and the browser sent the same text at each reload: the page never came back."""
    sent = Event(id=uuid4().hex, kind="note", criterion="C1", value={"text": "x" * (LONGEST + 1)})
    for _ in range(2):
        ack = made.app.reviews.act(made.anne, review, sent)
        assert (ack.ok, ack.retry) == (False, False)
        assert "trop long" in ack.message
    assert made.app.reviews.desk(made.anne, review).work["C1"].note.text == ""
    assert made.note(made.anne, review, "plus court").version == 1


def test_a_full_disk_is_told_and_the_act_may_be_sent_again(
    made: House, review: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreError("L’enregistrement a échoué\u00a0: vérifiez la place libre sur le disque, puis réessayez.")

    sent = Event(id=uuid4().hex, kind="note", criterion="C1", value={"text": "un"})
    with monkeypatch.context() as broken:
        broken.setattr(Journal, "record", full)
        ack = made.app.reviews.act(made.anne, review, sent)
    assert (ack.ok, ack.retry) == (False, True)
    assert "place libre" in ack.message
    assert made.app.reviews.act(made.anne, review, sent).ok


def test_what_nobody_foresaw_is_told_with_a_reference_and_logged_without_a_word_of_the_note(
    made: House, review: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret de la note")

    monkeypatch.setattr(Journal, "record", broken)
    sent = Event(id=uuid4().hex, kind="note", criterion="C1", value={"text": "secret de la note"})
    ack = made.app.reviews.act(made.anne, review, sent)
    assert not ack.ok
    reference = ack.message.partition("référence\u00a0")[2][:9]
    logged = [record for record in caplog.records if getattr(record, "fields", {}).get("reference") == reference]
    assert len(logged) == 1
    assert "secret" not in ack.message + str(logged[0].getMessage()) + str(logged[0].__dict__["fields"])


def test_the_moment_a_juror_asked_for_the_drafts_is_kept(made: House, review: str) -> None:
    assert made.work(made.anne, review).on("C1").drafts_asked is None
    before = datetime.now(UTC).replace(microsecond=0)
    made.write(made.anne, review, "drafts_asked", "C1", {"value": True})
    asked = made.work(made.anne, review).on("C1").drafts_asked
    assert asked is not None
    assert before <= asked <= datetime.now(UTC)
    made.write(made.anne, review, "drafts_asked", "C1", {"value": True})
    assert made.work(made.anne, review).on("C1").drafts_asked == asked
    assert made.work(made.bruno, review).on("C1").drafts_asked is None


def test_drafts_are_ignored_and_shown_again_for_one_juror(made: House, review: str) -> None:
    for ignored in (True, False):
        made.write(made.anne, review, "drafts_ignored", "", {"value": ignored})
        assert made.work(made.anne, review).ignores_drafts == ignored
        assert not made.work(made.bruno, review).ignores_drafts


def test_read_is_the_jurors_own_tick_and_looking_at_a_criterion_is_not(made: House, review: str) -> None:
    made.app.reviews.desk(made.anne, review)
    made.app.reviews.context(made.anne, review)
    assert made.rows(review, made.anne.person)[1:] == ()  # the declared link alone
    made.write(made.anne, review, "read", "C1", {"value": True})
    assert made.work(made.anne, review).on("C1").read
    made.write(made.anne, review, "read", "C1", {"value": False})
    assert not made.work(made.anne, review).on("C1").read


def test_points_are_within_the_printed_maximum_and_taken_back(made: House, review: str) -> None:
    for points in (2.5, -0.5):
        with pytest.raises(DecisionRefused):
            made.decide(made.anne, review, Decision(points=points))
    made.decide(made.anne, review, Decision(points=1.5))
    assert made.work(made.anne, review).on("C1").decision == Decision(points=1.5)
    made.decide(made.anne, review, Decision())
    assert made.work(made.anne, review).on("C1").decision.empty
    with pytest.raises(DecisionRefused):
        made.decide(made.anne, review, Decision(points=1), "C2")
    made.decide(made.anne, review, Decision(text="Convaincant"), "C2")
    assert made.work(made.anne, review).on("C2").decision == Decision(text="Convaincant")


def test_outside_a_session_one_writes_for_oneself_and_nobody_decides_locks_or_agrees(made: House) -> None:
    candidate = made.app.people.join(OPERATOR, "Camille", "candidate")
    review = made.own(candidate)
    assert review.startswith("own-")
    refused: tuple[tuple[Kind, str, Mapping[str, Any]], ...] = (
        ("lock", "", {}), ("agreed", "C1", {"text": "x"}), ("consent", "C1", {"version": 1}),
        ("decision", "C1", {"points": 1}),
    )  # fmt: skip
    for kind, criterion, value in refused:
        with pytest.raises((AccessDenied, InvalidInput)):
            made.write(candidate, review, kind, criterion, value)
    assert made.note(candidate, review, "pour moi").version == 1
    with pytest.raises(NotFound):
        made.app.reviews.context(candidate, "own-nothing")
    for other in (made.anne, made.organiser, made.administrator):
        with pytest.raises(AccessDenied):
            made.app.reviews.context(other, review)


def test_each_has_a_phrase_bank_of_their_own(made: House) -> None:
    phrases = made.app.phrases
    for phrase in ("À préciser.", " À préciser. ", "", "Sourcé."):
        phrases.keep(made.anne, "r", "C1", phrase)
    kept = phrases.list(made.anne, "r", "C1")
    assert [one.text for one in kept] == ["À préciser.", "Sourcé."]
    assert phrases.list(made.bruno, "r", "C1") == phrases.list(made.anne, "r", "C2") == ()
    assert phrases.list(made.anne, "autre", "C1") == ()
    phrases.forget(made.anne, "r", "C1", kept[0].id)
    phrases.forget(made.bruno, "r", "C1", kept[1].id)
    assert phrases.list(made.anne, "r", "C1") == kept[1:]


def test_a_desk_shows_what_stands_and_the_versions_to_draw_from(made: House, review: str) -> None:
    made.note(made.anne, review, "un")
    made.choose(made.anne, review, OBSERVATION, "rejected")
    made.choose(made.anne, review, OBSERVATION, None)
    view = made.app.reviews.desk(made.anne, review)
    assert (view.work["C1"].note.text, view.work["C1"].note.version) == ("un", 1)
    assert (view.work["C1"].choices[OBSERVATION].verdict, view.work["C1"].choices[OBSERVATION].version) == (None, 2)
    assert {one.id for one in view.criteria[0].items} == {OBSERVATION, GAP, QUESTION}
    assert {one.kind for one in (c.scale for c in view.criteria)} == {"points", "text"}
    assert "Note" not in made.app.reviews.desk(made.bruno, review).work["C1"].note.text


def test_ones_own_notes_leave_in_a_document_of_ones_own_and_in_no_other(made: House, review: str) -> None:
    made.note(made.anne, review, "Écart 41 / 47, à faire expliquer.")
    made.note(made.bruno, review, "Un mot de Bruno.")
    said = "\n".join(
        one.text for one in Document(BytesIO(made.app.exports.notes(made.anne, review, "docx").data)).paragraphs
    )
    assert "Écart 41 / 47, à faire expliquer." in said
    assert "Bruno" not in said
    assert "Écart" not in made.app.exports.file(made.anne, review, "individual", "grid", "json").data.decode()
    with pytest.raises(AccessDenied):
        made.app.exports.notes(made.chloe, review, "docx")
