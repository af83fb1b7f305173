"""Profiles, sessions, candidates with their files, seats, links, accommodations."""

from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest

from assistant.access.actor import LOCAL, OPERATOR, ROLES, Actor, Role
from assistant.access.matrix import Link
from assistant.application.handing_in import UploadedFile
from assistant.errors import AccessDenied, InvalidInput, NotFound, StoreError, UnreadableDossier
from assistant.store.dossiers import Dossiers
from assistant.store.engine import reading
from assistant.store.prereads import PreReads
from tests.application.house import PDF, House

FILE = [UploadedFile("d.pdf", PDF)]


def seats(made: House, review: str) -> list[tuple[str, int, str]]:
    return [(seat.person, seat.part, seat.link) for seat in made.view(review).seats]


def test_a_profile_is_found_again_by_its_id(made: House) -> None:
    actor = made.app.people.join(OPERATOR, "  Zoé Martin ", "candidate")
    assert made.app.people.enter(LOCAL, actor.person) == actor == Actor(actor.person, "candidate", "Zoé Martin")
    assert made.app.people.enter(LOCAL, "nobody") is None


def test_profiles_stand_by_name(made: House) -> None:
    names = [actor.name for actor in made.app.people.profiles(LOCAL)]
    assert names == ["Agathe", "Anne", "Bruno", "Chloé", "Odile", "Théo"]


def test_two_people_of_one_name_are_two_profiles(made: House) -> None:
    assert made.app.people.join(OPERATOR, "Anne", "juror").person != made.anne.person


@pytest.mark.parametrize("name", ["", "  "])
def test_a_profile_has_a_name_and_its_lack_is_not_called_a_refusal_of_access(made: House, name: str) -> None:
    with pytest.raises(InvalidInput):
        made.app.people.join(OPERATOR, name, "juror")


@pytest.mark.parametrize("role", ROLES)
def test_who_founds_a_session_organises_it(made: House, role: Role) -> None:
    actor = made.app.people.join(OPERATOR, "Une personne", role)
    if role in {"candidate", "trainer"}:
        with pytest.raises(AccessDenied):
            made.app.sessions.found(actor, "Juin", None, "cycle-client-ia", (), blind_first=True)
        return
    name = made.app.sessions.found(
        actor, " Juin ", date(2026, 6, 18), "efficacite-tpe-ia", ("B0",) if role == "juror" else (), blind_first=True
    )
    stored = next(one for one in made.app.sessions.list(actor) if one.id == name)
    assert (stored.title, stored.held, stored.blind_first, stored.organises) == ("Juin", date(2026, 6, 18), True, True)


def test_a_juror_who_founds_a_session_organises_a_dossier_until_they_are_seated_on_it(made: House) -> None:
    session = made.founded(made.anne)
    candidate = made.candidate("1", trained=False, session=session, by=made.anne)
    assert seats(made, candidate) == []
    for person, part in ((made.bruno, 2), (made.anne, 1)):
        made.app.sessions.assign(made.anne, candidate, person.person, part)
    acts: tuple[Callable[[], object], ...] = (
        lambda: made.app.sessions.assign(made.anne, candidate, made.chloe.person, 2),
        lambda: made.app.sessions.accommodate(made.anne, candidate, "Tiers temps", shown=True),
        lambda: made.app.reviews.unlock(made.anne, candidate, made.bruno.person, "parce que"),
        lambda: made.app.sessions.withdraw(made.anne, candidate),
    )
    for act in acts:
        with pytest.raises(AccessDenied, match="un autre organisateur"):
            act()


@pytest.mark.parametrize("who", ["organiser", "administrator"])
def test_an_organiser_who_is_no_juror_reads_nobody_s_work(made: House, who: str) -> None:
    actor = getattr(made, who)
    candidate = made.candidate("1", by=actor)
    assert seats(made, candidate) == []
    context = made.app.reviews.context(actor, candidate)
    assert not context.may("read own work")
    with pytest.raises(AccessDenied):
        made.app.reviews.history(actor, candidate, "note", "C1")


def test_a_candidates_number_is_theirs_alone_in_a_session(made: House) -> None:
    made.candidate("0417")
    with pytest.raises(StoreError, match="0417"):
        made.candidate(" 0417 ")
    made.candidate("0418")
    other = made.candidate("0417", session=made.founded(made.organiser, "Juillet"))
    assert made.view(other).number == "0417"
    listed = next(one for one in made.app.sessions.list(made.organiser) if one.id == made.session)
    assert [one.number for one in listed.candidacies] == ["0417", "0418"]


def rows(made: House) -> tuple[int, int]:
    """How many dossiers and pre-reads the organiser owns."""
    with reading(made.app.engine) as connection:
        owned = PreReads(connection).of_owner(made.organiser.person)
        return len(Dossiers(connection).of_owner(made.organiser.person)), len(owned)


@pytest.mark.parametrize("number", ["", "  ", "\u00a0\n"])
def test_a_candidate_has_a_number(made: House, number: str) -> None:
    with pytest.raises(InvalidInput):
        made.app.sessions.add_candidate(made.organiser, made.session, number, FILE)
    assert rows(made) == (0, 0)


@pytest.mark.parametrize("data", [b"", b"Bonjour", b"\0\0"])
def test_a_refused_file_does_not_burn_the_candidates_number(made: House, data: bytes) -> None:
    """Fault 2: the number was taken before the file was looked at, and nothing gave it back."""
    with pytest.raises(UnreadableDossier):
        made.app.sessions.add_candidate(made.organiser, made.session, "0417", [UploadedFile("d.pdf", data)])
    assert rows(made) == (0, 0)
    assert made.candidate("0417")


def test_a_number_that_is_taken_leaves_no_dossier_behind(made: House) -> None:
    made.candidate("0417")
    before = rows(made)
    with pytest.raises(StoreError):
        made.app.sessions.add_candidate(made.organiser, made.session, "0417", FILE)
    assert rows(made) == before


def test_a_file_that_cannot_be_read_is_replaced_and_the_old_one_stays_in_the_history(made: House) -> None:
    review = made.app.sessions.add_candidate(made.organiser, made.session, "0417", FILE)
    first = made.view(review).preread or ""
    with pytest.raises(UnreadableDossier):
        made.app.jobs.run(made.organiser, first, lambda *_: None)
    assert made.view(review).status == "failed"
    second = made.app.sessions.replace_file(made.organiser, review, UploadedFile("mieux.pdf", PDF + b"2"))
    made.finish(second)
    seen = made.view(review)
    assert (seen.preread, seen.status) == (second, "complete")
    with reading(made.app.engine) as connection:
        dossier = PreReads(connection).many([second])[second].dossier
        assert [one.name for one in Dossiers(connection).history(dossier)] == ["d.pdf", "mieux.pdf"]


def test_a_candidate_is_withdrawn_and_the_number_given_again(made: House) -> None:
    review = made.seat(made.candidate("0417"), made.anne)
    made.app.sessions.withdraw(made.organiser, review)
    with pytest.raises(NotFound):
        made.app.reviews.context(made.anne, review)
    assert made.candidate("0417") != review


def test_a_dossier_that_a_juror_began_to_read_is_not_withdrawn(made: House, review: str) -> None:
    made.note(made.anne, review, "un")
    with pytest.raises(InvalidInput, match="commencé"):
        made.app.sessions.withdraw(made.organiser, review)
    assert made.work(made.anne, review).on("C1").note_text == "un"


def test_a_locked_dossier_keeps_its_file(made: House, review: str) -> None:
    made.lock(review, made.anne)
    with pytest.raises(InvalidInput, match="verrouillée"):
        made.app.sessions.replace_file(made.organiser, review, UploadedFile("autre.pdf", PDF + b"2"))


@pytest.mark.parametrize("who", ["anne", "chloe", "trainer"])
def test_only_the_organiser_adds_assigns_replaces_withdraws_and_accommodates(
    made: House, review: str, who: str
) -> None:
    actor, sessions = getattr(made, who), made.app.sessions
    for call in (
        lambda: sessions.add_candidate(actor, made.session, "9", FILE),
        lambda: sessions.assign(actor, review, made.chloe.person, 3),
        lambda: sessions.accommodate(actor, review, "temps", shown=True),
        lambda: sessions.replace_file(actor, review, FILE[0]),
        lambda: sessions.withdraw(actor, review),
        lambda: made.app.reviews.unlock(actor, review, made.bruno.person, "parce que"),
    ):
        with pytest.raises(AccessDenied):
            call()


def test_everyone_lists_their_own_sessions_and_candidates_only(made: House, review: str) -> None:
    unread = made.candidate("0418")
    elsewhere = made.founded(made.chloe, "Ailleurs")
    listed = {
        actor.name: {one.id: [c.id for c in one.candidacies] for one in made.app.sessions.list(actor)}
        for actor in (made.anne, made.chloe, made.trainer, made.administrator, made.organiser)
    }
    assert listed == {
        "Anne": {made.session: [review]},
        "Chloé": {elsewhere: []},
        "Théo": {},
        "Agathe": {made.session: [review, unread], elsewhere: []},
        "Odile": {made.session: [review, unread]},
    }
    with pytest.raises(AccessDenied):
        made.app.sessions.candidacy(made.chloe, review)
    with pytest.raises(NotFound):
        made.app.sessions.candidacy(made.anne, "nothing")


def test_a_pre_read_of_a_session_is_not_opened_by_others(made: House, review: str) -> None:
    preread = made.view(review).preread or ""
    for actor in (made.anne, made.bruno, made.organiser, made.administrator):
        assert made.app.prereads.open(actor, preread).id == preread
        assert made.app.prereads.review_id(actor, preread) == review
    for actor in (made.chloe, made.trainer, Actor("someone", "candidate")):
        for call in (made.app.prereads.open, made.app.prereads.review_id, made.app.jobs.progress):
            with pytest.raises(AccessDenied):
                call(actor, preread)
        with pytest.raises(AccessDenied):
            made.app.prereads.page_png(actor, preread, 1, 1.0)
        with pytest.raises(AccessDenied):
            made.app.prereads.original(actor, preread)
        with pytest.raises(AccessDenied):
            made.app.reviews.context(actor, review)


def test_whoever_handed_in_a_candidates_file_has_no_reading_of_their_own_on_it(made: House, review: str) -> None:
    """The organiser owns the dossier's row; that opens no way round the seats."""
    preread = made.view(review).preread or ""
    with pytest.raises(NotFound):
        made.app.reviews.context(made.organiser, f"own-{preread}")
    assert made.app.prereads.list(made.organiser) == ()


def test_the_trainer_is_never_a_juror_of_their_trainee(made: House) -> None:
    for part in (1, 2, 3):
        with pytest.raises(AccessDenied, match="formé"):
            made.app.sessions.assign(made.organiser, made.candidate(str(part)), made.trainer.person, part)
    made.seat(made.candidate("4", trained=False), made.trainer)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "juror"])
def test_only_jurors_are_given_a_dossier(made: House, role: Role) -> None:
    for person in (made.app.people.join(OPERATOR, "Une personne", role).person, "nobody"):
        with pytest.raises(AccessDenied):
            made.app.sessions.assign(made.organiser, made.candidate(person), person, 1)


@pytest.mark.parametrize("link", ["trainer", "relation"])
def test_a_declared_link_closes_the_dossier_and_the_seat(made: House, link: Link) -> None:
    review = made.seat(made.candidate(), made.anne, link=link)
    with pytest.raises(AccessDenied):
        made.app.reviews.context(made.anne, review)
    with pytest.raises(AccessDenied, match="lien"):
        made.app.sessions.assign(made.organiser, review, made.anne.person, 2)
    made.seat(review, made.bruno)
    assert seats(made, review) == [(made.bruno.person, 1, "none")]


@pytest.mark.parametrize("link", ["trainer", "relation"])
def test_a_declared_link_is_remembered_when_someone_else_took_the_seat(made: House, link: Link) -> None:
    review = made.seat(made.seat(made.candidate(), made.anne, link=link), made.bruno)
    for part in (1, 2, 3):
        with pytest.raises(AccessDenied, match="lien"):
            made.app.sessions.assign(made.organiser, review, made.anne.person, part)
    with pytest.raises(AccessDenied):
        made.app.sessions.declare(made.anne, review, "none")
    assert seats(made, review) == [(made.bruno.person, 1, "none")]
    assert [one.value for one in made.rows(review, made.anne.person)] == [{"link": link}]
    made.seat(made.candidate("0418"), made.anne)


@pytest.mark.parametrize("link", ["trainer", "relation"])
def test_a_juror_does_not_take_a_declared_link_back(made: House, link: Link) -> None:
    review = made.seat(made.candidate(), made.anne, link=link)
    for other in get_args(Link):
        if other != link:
            with pytest.raises((AccessDenied, InvalidInput), match="lien"):
                made.app.sessions.declare(made.anne, review, other)
    made.app.sessions.declare(made.anne, review, link)
    assert seats(made, review) == [(made.anne.person, 1, link)]
    with pytest.raises(AccessDenied):
        made.note(made.anne, review, "un")


@pytest.mark.parametrize("link", ["trainer", "relation"])
def test_a_juror_who_declared_no_link_may_still_remember_one(made: House, review: str, link: Link) -> None:
    made.app.sessions.declare(made.anne, review, link)
    with pytest.raises(AccessDenied):
        made.work(made.anne, review)


@pytest.mark.parametrize("link", ["none", "trainer", "relation"])
def test_no_link_is_declared_after_locking(made: House, review: str, link: Link) -> None:
    made.lock(review, made.anne)
    with pytest.raises(AccessDenied, match="verrouillée"):
        made.app.sessions.declare(made.anne, review, link)
    assert [seat[2] for seat in seats(made, review)] == ["none", "none"]
    made.lock(review, made.bruno)
    assert len(made.app.reviews.harmony(made.anne, review).readings) == 2


@pytest.mark.parametrize("part", [-1, 0, 4, 33])
def test_a_dossier_has_three_seats_at_most(made: House, review: str, part: int) -> None:
    with pytest.raises(InvalidInput):
        made.app.sessions.assign(made.organiser, review, made.chloe.person, part)
    assert [seat[1] for seat in seats(made, review)] == [1, 2]
    made.app.sessions.assign(made.organiser, review, made.chloe.person, 3)
    assert [seat[1] for seat in seats(made, review)] == [1, 2, 3]


def test_nobody_is_reseated_once_a_juror_has_locked(made: House, review: str) -> None:
    made.lock(review, made.anne)
    for person, part in ((made.chloe, 1), (made.anne, 2), (made.anne, 3), (made.chloe, 2), (made.bruno, 3)):
        with pytest.raises(AccessDenied, match="verrouillé"):
            made.app.sessions.assign(made.organiser, review, person.person, part)
    assert [seat[:2] for seat in seats(made, review)] == [(made.anne.person, 1), (made.bruno.person, 2)]


def test_nor_once_a_juror_has_written_a_word_but_an_empty_seat_can_be_filled(made: House) -> None:
    review = made.seat(made.candidate(), made.anne)
    made.note(made.anne, review, "un mot")
    made.seat(review, made.bruno, first=2)
    for person, part in ((made.chloe, 2), (made.bruno, 1), (made.anne, 2)):
        with pytest.raises(AccessDenied, match="déjà écrit"):
            made.app.sessions.assign(made.organiser, review, person.person, part)
    with pytest.raises(AccessDenied, match="déjà écrit"):
        made.app.sessions.unseat(made.organiser, review, 2)


def test_a_juror_who_declares_a_link_is_replaced_even_then(made: House) -> None:
    review = made.seat(made.candidate(), made.anne)
    made.note(made.anne, review, "un mot")
    made.seat(review, made.bruno, first=2, link="relation")
    made.app.sessions.assign(made.organiser, review, made.chloe.person, 2)
    assert [seat[0] for seat in seats(made, review)] == [made.anne.person, made.chloe.person]


def test_a_link_declared_by_mistake_is_corrected_by_the_organiser_with_a_reason(made: House) -> None:
    review = made.seat(made.candidate(), made.anne, link="relation")
    with pytest.raises(AccessDenied, match="corrigera une erreur"):
        made.app.sessions.declare(made.anne, review, "none")
    with pytest.raises(InvalidInput):
        made.app.sessions.correct_link(made.organiser, review, made.anne.person, " ")
    with pytest.raises(AccessDenied):
        made.app.sessions.correct_link(made.anne, review, made.anne.person, "une erreur")
    made.app.sessions.correct_link(made.organiser, review, made.anne.person, "une erreur de clic")
    made.app.sessions.declare(made.anne, review, "none")
    assert seats(made, review) == [(made.anne.person, 1, "none")]


def test_a_proposal_is_balanced_keeps_the_rules_and_writes_nothing(made: House) -> None:
    reviews = [made.candidate(str(number), trained=number % 2 == 0) for number in range(1, 7)]
    proposed = made.app.sessions.propose(made.organiser, made.session)
    assert len(proposed) == 12
    assert not any(seats(made, review) for review in reviews)
    given = [one.person for one in proposed]
    assert max(given.count(who) for who in set(given)) - min(given.count(who) for who in set(given)) <= 1
    for review in reviews:
        pair = [one.person for one in proposed if one.candidacy == review]
        assert len(set(pair)) == 2
        if made.view(review).trainer:
            assert made.trainer.person not in pair
    assert made.app.sessions.assign_all(made.organiser, proposed) == ()
    assert all(len(seats(made, review)) == 2 for review in reviews)


def test_why_a_juror_cannot_be_given_a_dossier_is_said(made: House) -> None:
    review = made.seat(made.candidate(), made.anne, link="relation")
    said = made.app.sessions.why_not(made.organiser, review)
    assert set(said) == {made.anne.person, made.trainer.person}
    assert "formé le candidat" in said[made.trainer.person]


def test_one_juror_has_one_seat(made: House) -> None:
    review = made.seat(made.candidate(), made.anne)
    made.app.sessions.assign(made.organiser, review, made.anne.person, 2)
    assert [seat[1] for seat in seats(made, review)] == [2]


@pytest.mark.parametrize("shown", [False, True])
def test_accommodations_are_the_organisers_and_the_jurys_only_when_shown(made: House, review: str, shown: bool) -> None:
    sessions = made.app.sessions
    sessions.accommodate(made.organiser, review, " Tiers temps. ", shown=shown)
    seen = {"organiser": "Tiers temps.", "administrator": "Tiers temps.", "anne": "Tiers temps." if shown else ""}
    for who, text in seen.items():
        actor = getattr(made, who)
        assert sessions.candidacy(actor, review).accommodations == text
        assert [each.accommodations for one in sessions.list(actor) for each in one.candidacies] == [text]
        assert made.app.reviews.desk(actor, review).accommodations == text
    made.seat(review, made.chloe, link="", first=3)
    assert "Tiers" not in str(sessions.list(made.chloe))
    sessions.declare(made.chloe, review, "relation")
    assert "Tiers" not in str(sessions.list(made.chloe))
    sessions.accommodate(made.organiser, review, "Tiers temps.", shown=False)
    assert "Tiers" not in str(sessions.list(made.bruno))


def test_candidates_stand_by_number_9_before_10_and_progress_is_one_s_own(made: House) -> None:
    reviews = {number: made.seat(made.candidate(number), made.anne) for number in ("10", "9")}
    made.write(made.anne, reviews["9"], "read", "C1", {"value": True})
    (listed,) = made.app.sessions.list(made.anne)
    assert [one.number for one in listed.candidacies] == ["9", "10"]
    told = [(one.read, one.criteria, one.begun) for each in listed.candidacies if (one := each.progress)]
    assert told == [(1, 2, True), (0, 2, False)]
    assert listed.candidacies[0].progress.left == 6  # type: ignore[union-attr]  # told just above
    assert [one.progress for one in made.app.sessions.list(made.organiser)[0].candidacies] == [None, None]
