"""axe-core on every page: nothing serious or critical in what the app itself shows."""

from typing import Any

import pytest
from assistant.review.office import Office
from assistant.service import Desk
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.e2e.jurors import settled, view

from assistant.preread import PreReadRequest
from assistant.referentiel.catalogue import load
from assistant.settings import Settings
from tests.conftest import DOSSIERS
from tests.e2e.conftest import Server

OF_STREAMLIT = frozenset(["presentation-role-conflict"])
"""Rules broken by Streamlit's own widgets (docs/accessibility.md)."""


@pytest.fixture
def seeded(modelled: Server) -> tuple[Server, str, str, str]:
    """A session with two jurors who have both declared no link; returns the server and the ids."""
    desk = Desk(Settings(data_dir=modelled.data, model="fake"))
    office = Office(desk.engine)
    anne, bruno = office.join("Anne", "juror"), office.join("Bruno", "juror")
    olga = office.join("Olga", "organiser")
    session = office.found(olga, "Session de juin 2026", None, "cycle-client-ia", (), blind_first=False)
    pdf = (DOSSIERS / "cycle-client-plombier" / "dossier.pdf").read_bytes()
    run = desk.review(PreReadRequest.of(pdf, "dossier.pdf", load("cycle-client-ia")))
    candidacy = office.add_candidate(olga, session, "0417", run.key, "dossier.pdf").id
    for part, juror in enumerate((anne, bruno), start=1):
        office.assign(olga, candidacy, juror.person, part)
    return modelled, anne.person, bruno.person, candidacy


def serious(page: Page) -> list[tuple[str, Any]]:
    settled(page)
    page.wait_for_timeout(800)
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in {"serious", "critical"} and one["id"] not in OF_STREAMLIT
    ]


def test_no_page_of_the_app_shuts_anyone_out(browser: Browser, seeded: tuple[Server, str, str, str]) -> None:
    server, anne, bruno, candidacy = seeded
    page = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="fr-FR").new_page()
    for address in (
        "/",
        "/sessions",
        "/a-propos",
        f"/sessions?qui={anne}",
        f"/sessions?qui={anne}&dossier={candidacy}",
    ):
        page.goto(f"{server.url}{address}")
        page.wait_for_timeout(1500)
        assert serious(page) == [], address
    office = Office(Desk(Settings(data_dir=server.data)).engine)
    for person in (anne, bruno):
        actor = office.enter(person)
        assert actor is not None
        office.declare(actor, candidacy, "none")
        if person == bruno:
            office.lock(actor, candidacy)
    page.goto(f"{server.url}/sessions?qui={anne}&dossier={candidacy}")
    expect(page.get_by_text("Ce que le critère demande")).to_be_visible(timeout=30_000)
    assert serious(page) == []
    view(page, "Terminer et exporter")
    assert serious(page) == []
    actor = office.enter(anne)
    assert actor is not None
    office.lock(actor, candidacy)
    page.reload()
    view(page, "Harmoniser")
    page.get_by_text("Cr1.1 – ").click()
    assert serious(page) == []
