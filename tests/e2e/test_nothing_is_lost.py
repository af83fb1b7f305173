"""Whatever happens while a juror types, at any of twenty random moments, every letter is there in the end."""

import random

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Server
from tests.e2e.jurors import note, settled
from tests.e2e.test_dossier_page import opened

MOMENTS = 20
EVENTS = ("reload", "network cut", "server restart", "second tab")


def test_reloads_cuts_restarts_and_second_tabs_lose_nothing(browser: Browser, server: Server) -> None:
    chance = random.Random(20261121)
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="fr-FR")
    page = context.new_page()
    opened(page, server)
    said = ""
    for moment in range(MOMENTS):
        words = f"Mot {moment}, "
        note(page).press("Control+End")
        note(page).press_sequentially(words, delay=50)
        said += words
        page.wait_for_timeout(chance.randrange(0, 700))
        _happens(chance.choice(EVENTS) if moment >= len(EVENTS) else EVENTS[moment], context, page, server)
        expect(note(page)).to_have_value(said, timeout=30_000)
    expect(page.get_by_text("Enregistré", exact=True).first).to_be_visible(timeout=20_000)
    fresh = browser.new_context().new_page()
    fresh.goto(page.url)
    expect(note(fresh)).to_have_value(said, timeout=30_000)
    context.close()


def _happens(event: str, context: BrowserContext, page: Page, server: Server) -> None:
    if event == "reload":
        page.reload()
    elif event == "network cut":
        context.set_offline(True)
        page.wait_for_timeout(700)
        context.set_offline(False)
    elif event == "server restart":
        server.kill()
        server.start()
        page.reload()
    else:
        other = context.new_page()
        other.goto(page.url)
        expect(note(other)).not_to_have_value("", timeout=30_000)
        other.close()


def test_an_edit_made_in_another_tab_is_announced_and_both_texts_are_kept(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="fr-FR")
    here = context.new_page()
    opened(here, server)
    there = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="fr-FR").new_page()
    there.goto(here.url)
    expect(note(there)).to_be_visible(timeout=30_000)
    settled(there)
    note(here).fill("Écrit ici.")
    expect(here.get_by_text("Enregistré", exact=True).first).to_be_visible(timeout=10_000)
    note(there).fill("Écrit là-bas.")
    expect(there.get_by_text("modifié dans une autre fenêtre")).to_be_visible(timeout=15_000)
    there.get_by_role("button", name="Garder le mien").click()
    expect(there.get_by_text("modifié dans une autre fenêtre")).to_have_count(0, timeout=15_000)
    settled(there)
    there.get_by_role("button", name="Versions précédentes").first.click()
    expect(there.get_by_text("Écrit ici.")).to_be_visible()
    there.get_by_role("button", name="Rétablir cette version").first.click()
    expect(note(there)).to_have_value("Écrit ici.", timeout=15_000)
    context.close()
