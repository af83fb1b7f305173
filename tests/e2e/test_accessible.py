"""axe-core on every page: nothing serious or critical in what the app itself shows."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.application.people import LOCAL
from assistant.settings import Settings
from tests.e2e.conftest import Server
from tests.e2e.desks import Seeded, open_desk, window
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


def test_no_list_page_shuts_anyone_out(known: BrowserContext, desk: tuple[Server, Seeded]) -> None:
    server, seeded = desk
    page = window(known)
    titles = {
        "": "Dossiers",
        "a-propos": "À propos",
        f"sessions?qui={seeded.anne}": "Mes sessions",
        f"organisation?qui={seeded.olga}": "Organisation",
    }
    for address, title in titles.items():
        page.goto(f"{server.url}/{address}")
        expect(page).to_have_title(f"{title} · Prélecture", timeout=30_000)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.locator("html").get_attribute("lang") == "fr", address
        assert serious(page) == [], address
    page.close()


def test_the_desk_shuts_nobody_out(known: BrowserContext, drafted_desk: tuple[Server, Seeded]) -> None:
    server, seeded = drafted_desk
    page = window(known)
    open_desk(page, server, seeded.address(seeded.anne))
    assert serious(page) == []
    page.keyboard.press("a")
    page.locator(".pl-fold[data-fold=nearby] summary").click()
    page.keyboard.press("/")
    page.keyboard.type("devis")
    expect(page.locator(".pl-hit").first).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Raccourcis clavier (?)").click()
    assert serious(page) == []
    page.get_by_role("button", name="Fermer : Raccourcis clavier").click()
    page.get_by_role("button", name="Terminer…").click()
    expect(page.get_by_role("heading", name="Où vous en êtes")).to_be_visible()
    assert serious(page) == []
    page.close()


def test_the_desk_in_the_dark_keeps_its_contrast(browser: Browser, drafted_desk: tuple[Server, Seeded]) -> None:
    server, seeded = drafted_desk
    page = window(browser.new_context(locale="fr-FR", color_scheme="dark"))
    open_desk(page, server, seeded.address(seeded.anne))
    expect(page.locator(".pl.pl-dark")).to_be_visible()
    page.keyboard.press("a")
    assert serious(page) == []
    page.close()


def test_harmonising_shuts_nobody_out(known: BrowserContext, desk: tuple[Server, Seeded]) -> None:
    server, seeded = desk
    application = Application(Settings(data_dir=server.data))
    for person in (seeded.anne, seeded.bruno):
        actor = application.people.enter(LOCAL, person)
        assert actor is not None
        assert application.reviews.act(actor, seeded.candidacy, Event(id=f"lock-{person}", kind="lock", value={})).ok
    application.engine.dispose()
    page = window(known)
    open_desk(page, server, seeded.address(seeded.anne), "#critere=Cr1.2&page=1&vue=harmoniser")
    expect(page.get_by_role("heading", name="Ce que le jury arrête")).to_be_visible()
    assert serious(page) == []
    page.close()
