"""Profiles, sessions, candidates, seats."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import Engine

from assistant.access.actor import ROLES, Actor, Role
from assistant.access.matrix import Link
from assistant.errors import AccessDenied, StoreError
from assistant.review.items import ItemKind
from assistant.store.engine import open_database
from tests.review.people import House, house

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


def test_a_profile_is_found_again_by_its_id(made: House) -> None:
    actor = made.office.join("  Zoé Martin ", "candidate")
    assert made.office.enter(actor.person) == actor == Actor(actor.person, "candidate", "Zoé Martin")
    assert made.office.enter("nobody") is None


def test_profiles_stand_by_name(made: House) -> None:
    names = [actor.name for actor in made.office.profiles()]
    assert names == ["Agathe", "Anne", "Bruno", "Chloé", "Odile", "Théo"]


def test_two_people_of_one_name_are_two_profiles(made: House) -> None:
    assert made.office.join("Anne", "juror").person != made.anne.person


@pytest.mark.parametrize("name", ["", "  "])
def test_a_profile_has_a_name(made: House, name: str) -> None:
    with pytest.raises(AccessDenied):
        made.office.join(name, "juror")


@pytest.mark.parametrize("role", ROLES)
def test_who_founds_a_session_organises_it(made: House, role: Role) -> None:
    actor = made.office.join("Une personne", role)
    if role in {"candidate", "trainer"}:
        with pytest.raises(AccessDenied):
            made.office.found(actor, "Juin", None, "r", ("B0",), blind_first=True)
        return
    session = made.office.found(actor, " Juin ", date(2026, 6, 18), "r", ("B0", "B1"), blind_first=True)
    assert (session.title, session.held, session.blocs, session.created_by) == (
        "Juin", date(2026, 6, 18), ("B0", "B1"), actor.person,
    )  # fmt: skip
    stored = made.office.sessions(actor)[0]
    assert (stored.id, stored.held, stored.blocs, stored.blind_first) == (
        session.id, session.held, session.blocs, True,
    )  # fmt: skip


def test_a_juror_who_founds_a_session_reads_its_candidates_first(made: House) -> None:
    session = made.office.found(made.anne, "Juin", None, "r", (), blind_first=False)
    candidate = made.office.add_candidate(made.anne, session, "1", "run", "d.pdf")
    assert [(one.person, one.part, one.link) for one in made.office.assignments(made.anne, candidate.id)] == [
        (made.anne.person, 1, "")
    ]


def test_but_not_the_one_whom_they_trained(made: House) -> None:
    session = made.office.found(made.trainer, "Juin", None, "r", (), blind_first=False)
    candidate = made.office.add_candidate(made.trainer, session, "1", "run", "d.pdf", made.trainer.person)
    assert made.office.assignments(made.trainer, candidate.id) == ()


@pytest.mark.parametrize("who", ["organiser", "administrator"])
def test_an_organiser_who_is_no_juror_reads_nobody(made: House, who: str) -> None:
    actor = getattr(made, who)
    candidate = made.office.add_candidate(actor, made.session, "1", "run", "d.pdf")
    assert made.office.assignments(actor, candidate.id) == ()
    made.office.may_open(actor, candidate.id)
    with pytest.raises(AccessDenied):
        made.office.work(actor, candidate.id)


def test_a_candidates_number_is_theirs_alone_in_a_session(made: House) -> None:
    made.candidate("0417")
    with pytest.raises(StoreError, match="0417"):
        made.candidate(" 0417 ")
    made.candidate("0418")
    other = made.office.found(made.organiser, "Juillet", None, "r", (), blind_first=False)
    assert made.office.add_candidate(made.organiser, other, "0417", "run", "d.pdf").number == "0417"
    assert [one.number for one in made.office.candidacies(made.organiser, made.session)] == ["0417", "0418"]


@pytest.mark.parametrize("number", ["", "  ", "\u00a0\n"])
def test_a_candidate_has_a_number(made: House, number: str) -> None:
    with pytest.raises(AccessDenied):
        made.candidate(number)
    assert made.office.candidacies(made.organiser, made.session) == ()


@pytest.mark.parametrize("who", ["anne", "chloe", "trainer"])
def test_only_the_organiser_adds_assigns_and_accommodates(made: House, space: str, who: str) -> None:
    actor = getattr(made, who)
    with pytest.raises(AccessDenied):
        made.office.add_candidate(actor, made.session, "9", "run", "d.pdf")
    with pytest.raises(AccessDenied):
        made.office.assign(actor, space, made.chloe.person, 3)
    with pytest.raises(AccessDenied):
        made.office.accommodate(actor, space, "temps", shown=True)


def test_everyone_lists_their_own_sessions_and_candidates_only(made: House, space: str) -> None:
    unread = made.candidate("0418")
    elsewhere = made.office.found(made.chloe, "Ailleurs", None, "r", (), blind_first=False)
    assert made.office.sessions(made.anne) == made.office.sessions(made.organiser)
    assert [one.id for one in made.office.sessions(made.anne)] == [made.session.id]
    assert [one.id for one in made.office.sessions(made.chloe)] == [elsewhere.id]
    assert made.office.sessions(made.trainer) == ()
    assert {one.id for one in made.office.sessions(made.administrator)} == {made.session.id, elsewhere.id}
    assert [one.id for one in made.office.candidacies(made.anne, made.session)] == [space]
    assert [one.id for one in made.office.candidacies(made.organiser, made.session)] == [space, unread]
    assert made.office.candidacies(made.chloe, made.session) == ()
    for look in (made.office.candidacy, made.office.assignments):
        with pytest.raises(AccessDenied):
            look(made.chloe, space)
    assert made.office.candidacy(made.anne, "nothing") is None


def test_a_pre_read_of_a_session_is_not_opened_by_others(made: House, space: str) -> None:
    for actor in (made.anne, made.bruno, made.organiser, made.administrator):
        made.office.may_open_run(actor, "run")
    for actor in (made.chloe, made.trainer, Actor("someone", "candidate")):
        with pytest.raises(AccessDenied):
            made.office.may_open_run(actor, "run")
        with pytest.raises(AccessDenied):
            made.office.may_open(actor, space)
        made.office.may_open_run(actor, "a run of no session")


def test_the_trainer_is_never_a_juror_of_their_trainee(made: House) -> None:
    for part in (1, 2, 3):
        with pytest.raises(AccessDenied, match="formé"):
            made.office.assign(made.organiser, made.candidate(str(part)), made.trainer.person, part)
    made.seat(made.candidate("4", trained=False), made.trainer)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "juror"])
def test_only_jurors_are_given_a_dossier(made: House, role: Role) -> None:
    for person in (made.office.join("Une personne", role).person, "nobody"):
        with pytest.raises(AccessDenied):
            made.office.assign(made.organiser, made.candidate(person), person, 1)


@pytest.mark.parametrize("link", ["trainer", "relation"])
def test_a_declared_link_closes_the_dossier_and_the_seat(made: House, link: Link) -> None:
    space = made.seat(made.candidate(), made.anne, link=link)
    with pytest.raises(AccessDenied):
        made.office.may_open(made.anne, space)
    with pytest.raises(AccessDenied, match="lien"):
        made.office.assign(made.organiser, space, made.anne.person, 2)
    made.seat(space, made.bruno)
    assert [one.person for one in made.office.assignments(made.organiser, space)] == [made.bruno.person]


@pytest.mark.parametrize("link", ["trainer", "relation"])
def test_a_declared_link_is_remembered_when_someone_else_took_the_seat(made: House, link: Link) -> None:
    space = made.seat(made.seat(made.candidate(), made.anne, link=link), made.bruno)
    for part in (1, 2, 3):
        with pytest.raises(AccessDenied, match="lien"):
            made.office.assign(made.organiser, space, made.anne.person, part)
    with pytest.raises(AccessDenied):
        made.office.declare(made.anne, space, "none")
    assert [one.person for one in made.office.assignments(made.organiser, space)] == [made.bruno.person]
    assert made.ledger.read(space, made.anne.person, "link").value == link
    made.seat(made.candidate("0418"), made.anne)


@pytest.mark.parametrize("link", ["trainer", "relation"])
def test_a_juror_does_not_take_a_declared_link_back(made: House, link: Link) -> None:
    space = made.seat(made.candidate(), made.anne, link=link)
    for other in get_args(Link):
        if other != link:
            with pytest.raises(AccessDenied, match="lien"):
                made.office.declare(made.anne, space, other)
    made.office.declare(made.anne, space, link)
    assert [one.link for one in made.office.assignments(made.organiser, space)] == [link]
    with pytest.raises(AccessDenied):
        made.office.work(made.anne, space)


@pytest.mark.parametrize("link", ["trainer", "relation"])
def test_a_juror_who_declared_no_link_may_still_remember_one(made: House, space: str, link: Link) -> None:
    made.office.declare(made.anne, space, link)
    with pytest.raises(AccessDenied):
        made.office.work(made.anne, space)


@pytest.mark.parametrize("link", get_args(Link))
def test_no_link_is_declared_after_locking(made: House, space: str, link: Link) -> None:
    made.lock(space, made.anne)
    with pytest.raises(AccessDenied, match="verrouillée"):
        made.office.declare(made.anne, space, link)
    assert [one.link for one in made.office.assignments(made.organiser, space)] == ["none", "none"]
    assert made.ledger.read(space, made.anne.person, "link").value == "none"
    made.lock(space, made.bruno)
    assert len(made.office.works(made.anne, space)) == 2


@pytest.mark.parametrize("part", [-1, 0, 4, 33])
def test_a_dossier_has_three_seats_at_most(made: House, space: str, part: int) -> None:
    with pytest.raises(AccessDenied):
        made.office.assign(made.organiser, space, made.chloe.person, part)
    assert [one.part for one in made.office.assignments(made.organiser, space)] == [1, 2]
    made.office.assign(made.organiser, space, made.chloe.person, 3)
    assert [one.part for one in made.office.assignments(made.organiser, space)] == [1, 2, 3]


def test_a_locked_seat_keeps_its_juror_and_an_open_one_changes(made: House, space: str) -> None:
    made.lock(space, made.anne)
    for person, part in ((made.chloe, 1), (made.anne, 2), (made.anne, 3)):
        with pytest.raises(AccessDenied, match="verrouillée"):
            made.office.assign(made.organiser, space, person.person, part)
    made.office.assign(made.organiser, space, made.chloe.person, 2)
    seats = [(one.person, one.part) for one in made.office.assignments(made.organiser, space)]
    assert seats == [(made.anne.person, 1), (made.chloe.person, 2)]


def test_one_juror_has_one_seat(made: House) -> None:
    space = made.seat(made.candidate(), made.anne)
    made.office.assign(made.organiser, space, made.anne.person, 2)
    assert [one.part for one in made.office.assignments(made.organiser, space)] == [2]


@pytest.mark.parametrize("shown", [False, True])
def test_accommodations_are_the_organisers_and_the_jurys_only_when_shown(made: House, space: str, shown: bool) -> None:
    made.office.accommodate(made.organiser, space, " Tiers temps. ", shown=shown)
    seen = {"organiser": "Tiers temps.", "administrator": "Tiers temps.", "anne": "Tiers temps." if shown else ""}
    for who, text in seen.items():
        actor = getattr(made, who)
        one = made.office.candidacy(actor, space)
        assert one is not None
        assert one.accommodations == text
        assert [each.accommodations for each in made.office.candidacies(actor, made.session)] == [text]
    made.seat(space, made.chloe, link="", first=3)
    assert "Tiers" not in str(made.office.candidacies(made.chloe, made.session))
    made.office.declare(made.chloe, space, "relation")
    assert "Tiers" not in str(made.office.candidacies(made.chloe, made.session))
    made.office.accommodate(made.organiser, space, "Tiers temps.", shown=False)
    assert "Tiers" not in str(made.office.candidacies(made.bruno, made.session))
