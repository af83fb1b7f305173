"""axe-core on every page: nothing serious or critical in what the app itself shows."""

from typing import Any
from uuid import uuid4

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.application.people import LOCAL
from assistant.settings import Settings
from tests.e2e.conftest import Server
from tests.e2e.desks import ready, seed
from tests.e2e.lists import settled

OF_STREAMLIT = frozenset(["presentation-role-conflict"])
"""Rules broken by Streamlit's own widgets (docs/accessibility.md)."""


def serious(page: Page) -> list[tuple[str, Any]]:
    settled(page)
    page.wait_for_timeout(800)
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in {"serious", "critical"} and one["id"] not in OF_STREAMLIT
    ]


def view(page: Page, name: str) -> None:
    """Another part of the desk."""
    page.get_by_role("button", name=name).first.click()
    page.wait_for_timeout(600)


def test_no_page_of_the_app_shuts_anyone_out(browser: Browser, modelled: Server) -> None:
    seeded = seed(modelled.data, model="fake")
    page = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="fr-FR").new_page()
    for address in ("/", "/sessions", "/a-propos", f"/sessions?qui={seeded.anne}", f"/sessions?qui={seeded.olga}"):
        page.goto(f"{modelled.url}{address}")
        page.wait_for_timeout(1500)
        assert serious(page) == [], address
    page.goto(f"{modelled.url}/{seeded.address(seeded.anne)}")
    ready(page)
    assert serious(page) == []
    view(page, "Terminer")
    assert serious(page) == []
    application = Application(Settings(data_dir=modelled.data))
    for person in (seeded.anne, seeded.bruno):
        actor = application.people.enter(LOCAL, person)
        assert actor is not None
        application.reviews.record(actor, seeded.candidacy, Event(id=uuid4().hex, kind="lock", value={}))
    page.reload()
    ready(page)
    view(page, "Harmoniser")
    assert serious(page) == []
