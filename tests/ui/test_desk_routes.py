"""The desk's addresses: who is let in, what is answered, what is refused."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.access.actor import Actor
from assistant.access.keys import Grant, accepted, secret_of, signed
from assistant.settings import Settings
from assistant.ui.desk.door import ApplicationDoor
from assistant.ui.desk.routes import STATIC, address_of, routes
from tests.application.house import House, house, items

LONGEST_FILE = 400


@pytest.fixture
def made(settings: Settings) -> House:
    return house(settings)


@pytest.fixture
def review(made: House) -> str:
    return made.jury()


@pytest.fixture
def browser(made: House) -> TestClient:
    return TestClient(Starlette(routes=routes(ApplicationDoor(lambda: made.app))))


def entered(browser: TestClient, made: House, person: Actor, review: str) -> str:
    """Enters as a page does; the address below which everything is."""
    address = f"/{address_of(person.person, review)}"
    assert browser.post(f"{address}enter", content=made.app.keys.grant(person, review)).status_code == 204
    return address


def event(kind: str, criterion: str = "C1", value: Any = None, item: str = "", base: int = 0) -> dict[str, Any]:
    return {"id": uuid4().hex, "kind": kind, "criterion": criterion, "item": item, "value": value, "base": base}


def test_nothing_is_answered_without_a_key(browser: TestClient, made: House, review: str) -> None:
    address = f"/{address_of(made.anne.person, review)}"
    for path in ("desk.json", "work.json", "page/1.png", "original/0", "files/grid.docx", "harmony.json", "versions"):
        assert browser.get(address + path).status_code == 401, path
    assert browser.post(f"{address}acts", json={"events": [event("note", value={"text": "x"})]}).status_code == 401
    assert made.work(made.anne, review).on("C1").note_text == ""


def test_a_key_opens_one_review_for_one_person(browser: TestClient, made: House, review: str) -> None:
    other = made.jury("0418")
    mine = made.app.keys.grant(made.anne, review)
    for person, at in ((made.anne, other), (made.bruno, review)):
        address = f"/{address_of(person.person, at)}"
        assert browser.post(f"{address}enter", content=mine).status_code == 401
        browser.cookies.set("bureau", mine)
        assert browser.get(f"{address}desk.json").status_code == 401
        browser.cookies.clear()


def test_a_key_that_was_changed_or_has_ended_opens_nothing(tmp_path: Path) -> None:
    secret = secret_of(tmp_path)
    grant = Grant("anne", "c-1", 1_000)
    key = signed(secret, grant)
    assert accepted(secret, key, 999.0) == grant
    assert accepted(secret, key, 1_000.0) is None
    assert accepted(b"another", key, 999.0) is None
    assert (
        accepted(secret, signed(secret, Grant("bruno", "c-1", 1_000)).split(".")[0] + "." + key.split(".")[1], 1.0)
        is None
    )
    assert accepted(secret, "", 1.0) is None
    assert secret_of(tmp_path) == secret
    assert (tmp_path / "desk-secret").stat().st_mode & 0o077 == 0


def test_the_cookie_is_kept_from_scripts_other_sites_and_other_reviews(
    browser: TestClient, made: House, review: str
) -> None:
    address = f"/{address_of(made.anne.person, review)}"
    cookie = browser.post(f"{address}enter", content=made.app.keys.grant(made.anne, review)).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert f"Path={address}" in cookie


def test_access_is_asked_again_at_each_call(browser: TestClient, made: House, review: str) -> None:
    unseated = made.chloe
    address = entered(browser, made, unseated, review)
    answer = browser.get(f"{address}desk.json")
    assert answer.status_code == 403
    assert answer.json()["message"].startswith("Ce dossier ne vous est pas attribué")


def test_an_act_is_stored_acknowledged_and_stored_once(browser: TestClient, made: House, review: str) -> None:
    address = entered(browser, made, made.anne, review)
    note = event("note", value={"text": "Compte les frictions."})
    for _ in range(2):
        (ack,) = browser.post(f"{address}acts", json={"events": [note]}).json()["acks"]
        assert (ack["id"], ack["ok"], ack["version"]) == (note["id"], True, 1)
    assert made.work(made.anne, review).on("C1").note_text == "Compte les frictions."
    shown = browser.get(f"{address}work.json").json()
    assert shown["work"]["C1"]["note"] == {"text": "Compte les frictions.", "version": 1}
    assert "sentences" not in shown


def test_one_refused_act_does_not_take_the_others_with_it(browser: TestClient, made: House, review: str) -> None:
    address = entered(browser, made, made.anne, review)
    sent = [
        event("choice", item=items()[0], value={"verdict": "adopted", "text": ""}),
        event("decision", value={"points": 99.0, "level": None, "text": ""}),
        {"id": "half-an-event"},
        event("read", value={"value": True}),
    ]
    acks = browser.post(f"{address}acts", json={"events": sent}).json()["acks"]
    assert [ack["ok"] for ack in acks] == [True, False, False, True]
    assert all(ack["message"] for ack in acks if not ack["ok"])


def test_acts_must_be_json_which_another_site_cannot_post_unasked(
    browser: TestClient, made: House, review: str
) -> None:
    address = entered(browser, made, made.anne, review)
    body = json.dumps({"events": [event("note", value={"text": "x"})]})
    assert browser.post(f"{address}acts", content=body, headers={"content-type": "text/plain"}).status_code == 415
    assert browser.post(f"{address}acts", content="[", headers={"content-type": "application/json"}).status_code == 400
    assert made.work(made.anne, review).on("C1").note_text == ""


def test_two_empty_decisions_are_to_be_made_not_no_difference(browser: TestClient, made: House, review: str) -> None:
    made.lock(review, made.anne, made.bruno)
    address = entered(browser, made, made.anne, review)
    harmony = browser.get(f"{address}harmony.json").json()
    assert [juror["name"] for juror in harmony["jurors"]] == ["Anne", "Bruno"]
    assert harmony["criteria"]["C1"]["differs"] == ["undecided"]


def test_the_readings_of_others_are_closed_until_all_have_locked(browser: TestClient, made: House, review: str) -> None:
    address = entered(browser, made, made.anne, review)
    assert browser.get(f"{address}desk.json").json()["views"] == ["read", "finish"]
    assert browser.get(f"{address}harmony.json").status_code == 403
    made.lock(review, made.anne)
    assert browser.get(f"{address}harmony.json").status_code == 403
    made.lock(review, made.bruno)
    assert browser.get(f"{address}desk.json").json()["views"] == ["read", "finish", "harmonise"]


def test_a_file_is_a_plain_address(browser: TestClient, made: House, review: str) -> None:
    address = entered(browser, made, made.anne, review)
    offered = browser.get(f"{address}desk.json").json()["exports"]
    assert {one["what"] for one in offered} >= {"grid", "oral", "feedback"}
    for one in offered:
        answer = browser.get(f"{address}files/{one['what']}.{one['endings'][0]}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
    assert browser.get(f"{address}files/nothing.pdf").status_code == 409
    assert browser.get(f"{address}files/grid.exe").status_code == 409


def test_a_phrase_is_kept_and_forgotten(browser: TestClient, made: House, review: str) -> None:
    address = entered(browser, made, made.anne, review)
    (phrase,) = browser.post(f"{address}phrases", json={"criterion": "C1", "keep": "À préciser à l’oral."}).json()
    assert browser.get(f"{address}desk.json").json()["phrases"] == [phrase]
    assert browser.post(f"{address}phrases", json={"criterion": "C1", "forget": phrase["id"]}).json() == []


def test_no_module_reads_foreign_text_as_html_and_each_is_short() -> None:
    files = sorted(STATIC.iterdir())
    assert {file.suffix for file in files} == {".js", ".css"}
    for file in files:
        text = file.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text), file
        assert len(text.splitlines()) < LONGEST_FILE, file
        assert "http://" not in text, file
        assert "https://" not in text, file


def test_what_was_written_outside_on_the_same_file_is_offered_in_the_session(browser: TestClient, made: House) -> None:
    own = made.own(made.anne, "same.pdf")
    made.note(made.anne, own, "Écrit hors session.")
    with made.app.engine.connect() as connection:
        (data,) = connection.exec_driver_sql(
            "SELECT sha256 FROM dossier_files JOIN prereads ON prereads.dossier = dossier_files.dossier"
            f" WHERE prereads.id = '{own.removeprefix('own-')}'"
        ).one()
    review = made.jury()
    address = entered(browser, made, made.anne, review)
    assert browser.get(f"{address}outside.json").json() == {}
    with made.app.engine.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE prereads SET referentiel_id = 'essai' WHERE id = '{own.removeprefix('own-')}'"
        )
        connection.exec_driver_sql(
            f"UPDATE dossier_files SET sha256 = '{data}' WHERE dossier = "
            f"(SELECT dossier FROM candidacies WHERE id = '{review}')"
        )
    offered = browser.get(f"{address}outside.json").json()
    assert offered["C1"]["note"]["text"] == "Écrit hors session."
    other = entered(browser, made, made.bruno, review)
    assert browser.get(f"{other}outside.json").json() == {}


def test_a_juror_reads_why_the_organiser_opened_the_reading_again(
    browser: TestClient, made: House, review: str
) -> None:
    made.lock(review, made.anne)
    made.app.reviews.unlock(made.organiser, review, made.anne.person, "Un critère oublié.")
    address = entered(browser, made, made.anne, review)
    shown = browser.get(f"{address}desk.json").json()
    assert shown["locked"] is None
    assert shown["may_write"]
    assert shown["unlocked"]["reason"] == "Un critère oublié."
