"""What people do on the list pages, which Streamlit draws."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Server


def settled(page: Page) -> None:
    """Waits until the page has finished its turn: a click on what is being redrawn is lost, for people too fast as well."""
    page.wait_for_timeout(60)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)


def click(page: Page, name: str) -> None:
    """The first button of that name, once the page is still."""
    settled(page)
    page.get_by_role("button", name=name, exact=True).first.click()
    settled(page)


def unfold(page: Page, title: str, inside: Locator) -> None:
    """Opens a folded box; what was clicked while the page was still being drawn is clicked again, as people do."""
    settled(page)
    page.get_by_text(title).click()
    settled(page)
    if not inside.is_visible():
        page.get_by_text(title).click()
    expect(inside).to_be_visible()


def choose(page: Page, name: str, option: str) -> None:
    """Picks an option of a menu, once the page is still."""
    menu = page.get_by_role("combobox", name=name)
    menu.scroll_into_view_if_needed()
    settled(page)
    menu.click()
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
    expect(page.get_by_text(f"{name} – {role}")).to_be_visible(timeout=15_000)
