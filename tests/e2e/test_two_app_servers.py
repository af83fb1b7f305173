"""Two servers of one installation behind a proxy that keeps each browser with one of them: no word is lost with a server."""

from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.conftest import Server
from tests.e2e.desks import Seeded, notes, ready, stored, window
from tests.e2e.sticky import Sticky


def test_what_a_juror_types_outlives_the_restart_of_its_server_and_the_move_to_the_other(
    browser: Browser, known: BrowserContext, own_desk: tuple[Server, Seeded]
) -> None:
    first, seeded = own_desk
    second = Server(first.data, first.settings)
    second.start()
    try:
        with Sticky([first.port, second.port]) as proxy:
            page = window(known)
            page.goto(f"{proxy.url}/{seeded.address(seeded.anne)}")
            ready(page)
            notes(page).press_sequentially("Chez le premier. ", delay=20)
            stored(page)
            assert set(proxy.went) == {first.port}

            first.kill()  # the page is idle, and stays as it is
            notes(page).press_sequentially("Chez le second. ", delay=20)
            stored(page)
            assert proxy.went[-1] == second.port

            first.start()
            moved = len(proxy.went)
            notes(page).press_sequentially("Toujours chez lui.", delay=20)
            stored(page)
            assert set(proxy.went[moved:]) <= {second.port}

            page.close()
            second.kill()
            fresh = window(browser.new_context())
            fresh.goto(f"{proxy.url}/{seeded.address(seeded.anne)}")
            ready(fresh)
            expect(notes(fresh)).to_have_value("Chez le premier. Chez le second. Toujours chez lui.")
            assert proxy.went[-1] == first.port
    finally:
        if second.process is not None:
            second.kill()
