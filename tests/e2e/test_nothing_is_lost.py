"""Whatever happens while a juror types, at any of twenty random moments, every letter is there in the end."""

import random

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Server
from tests.e2e.desks import Seeded, notes, open_desk, ready, stored, window

MOMENTS = 20
EVENTS = ("reload", "network cut", "server restart", "second tab")


def test_reloads_cuts_restarts_and_second_tabs_lose_nothing(
    browser: Browser, known: BrowserContext, own_desk: tuple[Server, Seeded]
) -> None:
    server, seeded = own_desk
    chance = random.Random(20261121)
    page = window(known)
    open_desk(page, server, seeded.address(seeded.anne))
    said = ""
    for moment in range(MOMENTS):
        words = f"Mot {moment}, "
        notes(page).press("Control+End")
        notes(page).press_sequentially(words, delay=50)
        said += words
        page.wait_for_timeout(chance.randrange(0, 700))
        _happens(chance.choice(EVENTS) if moment >= len(EVENTS) else EVENTS[moment], known, page, server)
        expect(notes(page)).to_have_value(said, timeout=30_000)
    stored(page)
    fresh = window(browser.new_context())
    fresh.goto(page.url)
    ready(fresh)
    expect(notes(fresh)).to_have_value(said, timeout=30_000)


def _happens(event: str, context: BrowserContext, page: Page, server: Server) -> None:
    if event == "reload":
        page.reload()
        ready(page)
    elif event == "network cut":
        context.set_offline(True)
        page.wait_for_timeout(700)
        context.set_offline(False)
    elif event == "server restart":
        server.kill()
        server.start()
        page.reload()
        ready(page)
    else:
        other = window(context)
        other.goto(page.url)
        ready(other)
        expect(notes(other)).not_to_have_value("", timeout=30_000)
        other.close()


def test_typing_goes_on_while_the_server_is_away_and_is_stored_when_it_is_back(
    browser: Browser, known: BrowserContext, own_desk: tuple[Server, Seeded]
) -> None:
    server, seeded = own_desk
    page = window(known)
    open_desk(page, server, seeded.address(seeded.anne))
    server.kill()
    said = "Écrit pendant que le serveur est éteint, à vingt touches par seconde."
    notes(page).press_sequentially(said, delay=50)
    expect(page.locator(".pl-status")).to_contain_text("gardé", timeout=20_000)
    server.start()
    stored(page)
    fresh = window(browser.new_context())
    fresh.goto(page.url)
    ready(fresh)
    expect(notes(fresh)).to_have_value(said)


def test_acts_of_a_window_that_was_closed_offline_are_sent_by_the_next_one(
    browser: Browser, known: BrowserContext, desk: tuple[Server, Seeded]
) -> None:
    server, seeded = desk
    page = window(known)
    open_desk(page, server, seeded.address(seeded.anne))
    known.set_offline(True)
    notes(page).fill("Écrit sans réseau.")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.close()
    known.set_offline(False)
    later = window(known)
    open_desk(later, server, seeded.address(seeded.anne))
    expect(notes(later)).to_have_value("Écrit sans réseau.")
    stored(later)
    fresh = window(browser.new_context())
    open_desk(fresh, server, seeded.address(seeded.anne))
    expect(notes(fresh)).to_have_value("Écrit sans réseau.")
    expect(fresh.locator(".pl-tick input").first).to_be_checked()


def test_a_text_changed_in_another_browser_is_announced_and_both_are_kept(
    browser: Browser, known: BrowserContext, desk: tuple[Server, Seeded]
) -> None:
    server, seeded = desk
    here = window(known)
    there = window(browser.new_context(locale="fr-FR"))
    for page in (here, there):
        open_desk(page, server, seeded.address(seeded.anne))
    notes(here).fill("Écrit ici.")
    stored(here)
    notes(there).fill("Écrit là-bas.")
    expect(there.locator(".pl-foot-notes .pl-notice")).to_contain_text("modifié dans une autre fenêtre", timeout=15_000)
    expect(there.locator(".pl-foot-notes .pl-notice")).to_contain_text("Écrit ici.")
    there.get_by_role("button", name="Garder la mienne").click()
    expect(there.locator(".pl-foot-notes .pl-notice")).to_be_empty()
    stored(there)
    there.get_by_role("button", name="Versions précédentes des notes").click()
    there.get_by_role("button", name="Rétablir la version 1").click()
    expect(notes(there)).to_have_value("Écrit ici.")
    stored(there)


def test_two_tabs_of_one_browser_see_what_the_other_stored(known: BrowserContext, desk: tuple[Server, Seeded]) -> None:
    server, seeded = desk
    first, second = window(known), window(known)
    for page in (first, second):
        open_desk(page, server, seeded.address(seeded.anne))
    notes(first).fill("Premier onglet.")
    stored(first)
    expect(notes(second)).to_have_value("Premier onglet.", timeout=5_000)
    notes(second).press("Control+End")
    notes(second).press_sequentially(" Second onglet.", delay=20)
    stored(second)
    expect(notes(first)).to_have_value("Premier onglet. Second onglet.", timeout=5_000)
    expect(first.locator(".pl-foot-notes .pl-notice")).to_be_empty()
