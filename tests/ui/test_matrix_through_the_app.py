"""The matrix through the app: every address of the desk as every role in every relation, and every page as every role.

What each cell says is asked of the same data that the program applies (`access.grants`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, update
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from assistant.access.actor import OPERATOR, ROLES, Actor, Role
from assistant.access.grants import RELATIONS, Act, Relation, granted
from assistant.access.matrix import CandidacyAccess, Link, allow, relations_of
from assistant.application.place import place_of
from assistant.errors import AccessDenied
from assistant.exporting.files import ExportedFile
from assistant.settings import Settings
from assistant.store.engine import reading, writing
from assistant.store.tables import PEOPLE
from assistant.ui.desk.door import ApplicationDoor
from assistant.ui.desk.routes import address_of, routes
from tests.application.house import House, house
from tests.ui.test_app import clear

REFUSED = 403


@dataclass(frozen=True)
class Asked:
    """One address of the desk: what it is asked with, and the acts that must be allowed, in the order they are asked."""

    path: str
    acts: tuple[Act, ...]
    body: dict[str, Any] | None = None


def sent(kind: str, value: dict[str, Any], criterion: str = "C1") -> dict[str, Any]:
    return {
        "events": [{"id": uuid4().hex, "kind": kind, "criterion": criterion, "item": "", "value": value, "base": 99}]
    }


READ: tuple[Act, ...] = ("read the dossier",)
ADDRESSES = (
    Asked("desk.json", READ),
    Asked("work.json", READ),
    Asked("origin?criterion=C1", READ),
    Asked("page/1.png", READ),
    Asked("original/0", READ),
    Asked("versions?criterion=C1&kind=note", ("read own work",)),
    Asked("again", ("read the dossier", "run the pre-read"), {}),
    Asked("harmony.json", ("read the others' work",)),
    Asked("files/grid.docx", (*READ, "export")),
    Asked("files/collegial-grid.docx", (*READ, "export", "read the others' work")),
    Asked("outside.json", ("read own work",)),
)
WRITTEN = (
    Asked("acts", ("write own work",), sent("note", {"text": "x"})),
    Asked("acts", ("agree",), sent("agreed", {"text": "x", "decision": {}})),
    Asked("acts", ("lock",), sent("lock", {}, "")),
)
"""Answered with an acknowledgement each; drawn from a version that is not there, so that nothing is written twice."""
LINKS: dict[Relation, Link] = {
    "link not declared": "", "link declared": "relation", "link declared, locked": "relation",
}  # fmt: skip
SEATED: tuple[Relation, ...] = (
    "trained", "link not declared", "link declared", "link declared, locked", "reads", "reads, file incomplete", "locked",
    "all locked", "told",
)  # fmt: skip
OF_A_REVIEW: tuple[Relation, ...] = (
    "own", "other's", "organises", "organises, file incomplete", "not assigned", *SEATED,
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> House:
    made = house(Settings(data_dir=tmp_path_factory.mktemp("through")))
    made.app.engine.dispose()  # the connections of this test wait for no disk
    event.listen(made.app.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return made


@pytest.fixture(scope="module")
def browser(made: House) -> Iterator[TestClient]:
    """The desk's addresses; files are made by a stub, who may ask for one is what is tried."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "assistant.application.exports.export", lambda *_: ExportedFile("x.docx", "application/octet-stream", b"x")
        )
        patch.setattr(made.app.jobs.queue, "submit", lambda prereads: None)
        with TestClient(Starlette(routes=routes(ApplicationDoor(lambda: made.app)))) as client:
            yield client


def situation(made: House, relation: Relation) -> tuple[Actor, str]:
    """Somebody who stands in that relation to a review, and the review."""
    me = made.app.people.join(OPERATOR, f"Moi {relation}", "juror")
    if relation in {"own", "other's"}:
        return me, made.own(me if relation == "own" else made.chloe)
    review = made.candidate(f"{relation} {uuid4().hex[:4]}", trained=False)
    if relation in SEATED:
        made.seat(review, me, link=LINKS.get(relation, "none"))
        made.seat(review, made.bruno, first=2)
    else:
        made.seat(review, made.anne, made.bruno)
    if relation in {"organises", "organises, file incomplete"}:
        made.app.organising.add_organiser(made.organiser, made.session, me.person)
    if relation in {"organises, file incomplete", "reads, file incomplete"}:
        made.app.organising.say_complete(made.organiser, review, "incomplete", "Une annexe manque.")
    if relation == "told":
        made.app.sessions.accommodate(made.organiser, review, "Tiers temps", shown=True)
    if relation in {"locked", "all locked"}:
        made.lock(review, me)
    if relation == "all locked":
        made.lock(review, made.bruno)
    if relation == "trained":
        _set(made, review, trainer=me.person)
    if relation == "link declared, locked":
        _lock_behind(made, review, me)
    return me, review


def _set(made: House, review: str, **values: str) -> None:
    from assistant.store.tables import CANDIDACIES

    with writing(made.app.engine) as connection:
        connection.execute(update(CANDIDACIES).where(CANDIDACIES.c.id == review).values(**values))


def _lock_behind(made: House, review: str, person: Actor) -> None:
    """A lock that no use case gives to somebody with a link: as an old database may hold one."""
    from assistant.store.journal import Journal, Key

    with writing(made.app.engine) as connection:
        Journal(connection).record(Key(review, person.person, kind="lock"), {}, 0)


def become(made: House, person: Actor, role: Role) -> Actor:
    with writing(made.app.engine) as connection:
        connection.execute(update(PEOPLE).where(PEOPLE.c.id == person.person).values(role=role))
    return Actor(person.person, role, person.name)


def refusal(actor: Actor, asked: Asked, access: CandidacyAccess) -> str:
    """The sentence that the matrix answers this address with; "" where every act of it is granted."""
    where = relations_of(actor, access)
    for act in asked.acts:
        if not granted(actor.role, act, where):
            with pytest.raises(AccessDenied) as refused:
                allow(actor, act, access)
            return refused.value.message
    return ""


@pytest.mark.parametrize("relation", OF_A_REVIEW)
def test_every_address_of_the_desk_refuses_what_the_matrix_refuses(
    made: House, browser: TestClient, relation: Relation
) -> None:
    me, review = situation(made, relation)
    address = f"/{address_of(me.person, review)}"
    browser.post(f"{address}enter", content=made.app.keys.grant(me, review))
    with reading(made.app.engine) as connection:
        access = place_of(connection, review).access
    assert relation in relations_of(me, access)
    before = made.rows(review, me.person)
    for role in ROLES:
        actor = become(made, me, role)
        for asked in ADDRESSES:
            refused = refusal(actor, asked, access)
            answer = (
                browser.get(address + asked.path) if asked.body is None else browser.post(address + asked.path, json={})
            )
            cell = f"{asked.path} as {role}, {relation}: {answer.status_code}"
            assert (answer.status_code == REFUSED) is bool(refused), cell
            assert not refused or answer.json() == {"message": refused}, cell
        for asked in WRITTEN:
            refused = refusal(actor, asked, access)
            if asked.acts == ("lock",) and not refused:
                continue  # it would close the reading for the cells that follow
            (ack,) = browser.post(address + asked.path, json=asked.body).json()["acks"]
            assert not ack["ok"], "each is drawn from a version that is not there"
            assert (ack["message"] == refused) is bool(refused), f"{asked.body} as {role}, {relation}: {ack}"
    assert made.rows(review, me.person) == before
    become(made, me, "juror")


def test_the_relations_tried_are_all_that_a_review_knows() -> None:
    """ "anyone" and "alone" concern no dossier; "shared" has a test of its own, below."""
    assert set(OF_A_REVIEW) | {"anyone", "alone", "shared"} == set(RELATIONS)


SPACES = ("dossiers", "sessions", "organisation", "mon-dossier", "promotions", "referentiels")
SECRETS = ("NomSecret", "SessionSecrete", "BrouillonSecret", "PromotionSecrete", "TitreSecret")
SEES: dict[Role, frozenset[str]] = {
    "candidate": frozenset({"BrouillonSecret"}),
    "trainer": frozenset({"PromotionSecrete"}),
    "juror": frozenset(),
    "organiser": frozenset({"NomSecret", "SessionSecrete", "TitreSecret"}),
    "administrator": frozenset({"NomSecret", "SessionSecrete", "TitreSecret"}),
}
"""What each of the people of `people_of` may read anywhere: their own, and what they organise or author."""


HOME: dict[Role, str] = {
    "candidate": "mon-dossier", "trainer": "promotions", "organiser": "referentiels", "administrator": "referentiels",
}  # fmt: skip
"""Where they find it without any address."""


def _page() -> None:
    import streamlit as st

    from assistant.ui.candidate import candidate_page
    from assistant.ui.dossiers import dossiers_page
    from assistant.ui.organiser.page import organiser_page
    from assistant.ui.referentiels.page import referentiels_page
    from assistant.ui.sessions import sessions_page
    from assistant.ui.trainer import trainer_page

    pages = {
        "dossiers": dossiers_page, "sessions": sessions_page, "organisation": organiser_page,
        "mon-dossier": candidate_page, "promotions": trainer_page, "referentiels": referentiels_page,
    }  # fmt: skip
    pages[st.session_state["space"]]()


@pytest.fixture(scope="module")
def addresses(made: House) -> dict[str, str]:
    """Somebody's draft, a trainer's cohort, a candidate of a session, a draft référentiel: each by its address."""
    clear()
    app = made.app
    lea, theo = app.people.join(OPERATOR, "Léa", "candidate"), app.people.join(OPERATOR, "Théo", "trainer")
    session = app.sessions.found(made.organiser, "SessionSecrete", None, "cycle-client-ia", (), blind_first=False)
    made.session = session
    review = made.candidate("1", trained=False)
    _set(made, review, name="NomSecret")
    draft = made.app.referentiels.begin_from(made.organiser, "cycle-client-ia")
    app.referentiels.act(made.organiser, draft, 1, {"do": "correct", "field": "title", "value": "TitreSecret"})
    return {
        "lea": lea.person, "theo": theo.person, "dossier": review, "session": session, "referentiel": draft,
        "run": made.own(lea, "BrouillonSecret.pdf").removeprefix("own-"),
        "promotion": app.cohorts.found(theo, "PromotionSecrete", "cycle-client-ia"),
    }  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_no_page_shows_anybody_what_is_not_theirs(
    made: House, addresses: dict[str, str], role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page, asked for the very addresses of what others own."""
    monkeypatch.setenv("PRELECTURE_DATA_DIR", str(made.app.settings.data_dir))
    people = {
        "candidate": addresses["lea"], "trainer": addresses["theo"], "juror": made.chloe.person,
        "organiser": made.organiser.person, "administrator": made.administrator.person,
    }  # fmt: skip
    theirs = {name: addresses[name] for name in ("dossier", "session", "run", "promotion")}
    seen: set[str] = set()
    for space in SPACES:
        theirs["brouillon"] = addresses["referentiel" if space == "referentiels" else "run"]
        seen |= secrets(space, {"qui": people[role], **theirs})
    assert seen <= SEES[role]
    if role in HOME:
        seen |= secrets(HOME[role], {"qui": people[role]})
    assert seen == SEES[role], "what is theirs is there to be seen"


def test_a_shared_draft_is_on_the_page_of_that_trainer_alone_until_it_is_taken_back(
    made: House, browser: TestClient, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The relation "shared": passages and pages on the trainer's own page. The juror's desk stays shut to them."""
    monkeypatch.setenv("PRELECTURE_DATA_DIR", str(made.app.settings.data_dir))
    lea, theo = Actor(addresses["lea"], "candidate", "Léa"), Actor(addresses["theo"], "trainer", "Théo")
    page = {"qui": theo.person, "promotion": addresses["promotion"]}
    made.app.candidates.share(lea, addresses["run"], theo.person)
    assert "BrouillonSecret" in secrets("promotions", page)
    review = f"own-{addresses['run']}"
    desk = f"/{address_of(theo.person, review)}"
    browser.post(f"{desk}enter", content=made.app.keys.grant(theo, review))
    for asked in ADDRESSES:
        answer = browser.get(desk + asked.path) if asked.body is None else browser.post(desk + asked.path, json={})
        assert answer.status_code == REFUSED, asked.path
    made.app.candidates.unshare(lea, addresses["run"], theo.person)
    assert "BrouillonSecret" not in secrets("promotions", page)


def secrets(space: str, address: dict[str, str]) -> set[str]:
    """Which of the secrets a page shows at this address."""
    at = AppTest.from_function(_page, default_timeout=60)
    at.session_state["space"] = space
    at.query_params.update(address)
    assert not at.run().exception, f"{space} {address}"
    drawn = " ".join(str(getattr(one, "proto", "")) for one in at.main)
    shown = drawn + " ".join(str(one.value) for one in at.dataframe)
    return {secret for secret in SECRETS if secret in shown}
