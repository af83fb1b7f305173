"""What jurors do in the browser, step by step."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Server

CANDIDATE = "0417"


def settled(page: Page) -> None:
    """Waits until the page has finished its turn: a click on what is being redrawn is lost, for people too fast as well."""
    page.wait_for_timeout(60)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)


def click(page: Page, name: str) -> None:
    """The first button of that name, once the page is still."""
    settled(page)
    page.get_by_role("button", name=name, exact=True).first.click()
    settled(page)


def view(page: Page, name: str) -> None:
    """Turns to another view of the dossier."""
    settled(page)
    page.get_by_text(name, exact=True).first.click()
    settled(page)


def choose(page: Page, name: str, option: str) -> None:
    """Picks an option of a menu, once the page is still."""
    settled(page)
    page.get_by_role("combobox", name=name).click()
    page.get_by_role("option", name=option).click()
    settled(page)


def new_profile(page: Page, server: Server, name: str, role: str) -> None:
    """Makes a profile and lands on the sessions."""
    page.goto(f"{server.url}/sessions")
    expect(page.get_by_label("Nom et prénom")).to_be_visible(timeout=30_000)
    page.get_by_label("Nom et prénom").fill(name)
    if role != "Juré":
        choose(page, "Rôle", role)
    page.get_by_role("button", name="Créer ce profil").click()
    expect(page.get_by_text(f"{name} – changer de profil")).to_be_visible(timeout=15_000)


def become(page: Page, server: Server, name: str) -> None:
    """Picks a profile made before."""
    page.goto(f"{server.url}/sessions")
    page.get_by_role("button", name=re.compile(name)).click()
    expect(page.get_by_text(f"{name} – changer de profil")).to_be_visible(timeout=15_000)


def read_as(page: Page) -> None:
    """Opens the candidate's dossier and declares no link."""
    page.reload()
    page.get_by_role("button", name="Lire", exact=True).click(timeout=30_000)
    page.get_by_role("button", name="Je n’ai aucun lien avec ce candidat").click(timeout=15_000)
    expect(page.get_by_text("Ce que le critère demande")).to_be_visible(timeout=60_000)


def texts_of(page: Page) -> list[str]:
    """The drafted items in sight, without their tag."""
    shown = page.locator("[data-testid=stMarkdownContainer]:has-text('brouillon IA')").all_inner_texts()
    return [re.sub(r"^brouillon IA(?: · \w+)?\s*", "", text).strip() for text in shown]


def decided(page: Page, criteria: int, points: str) -> None:
    """The same number of points on every criterion, typed by the juror."""
    for number in range(criteria):
        settled(page)
        field = page.get_by_role("spinbutton", name=re.compile("Points"))
        field.fill(points)
        field.press("Enter")
        expect(field).to_have_value(points, timeout=10_000)
        if number < criteria - 1:
            current = page.get_by_role("combobox", name="Critère").input_value()
            settled(page)
            page.locator("[class*=st-key-next-criterion] button").first.click()
            expect(page.get_by_role("combobox", name="Critère")).not_to_have_value(current, timeout=10_000)
            settled(page)


def note(page: Page) -> Locator:
    """The juror's note on the criterion in view."""
    return page.get_by_role("textbox", name="Vos notes")
