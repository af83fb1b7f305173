"""A juror's first quarter of an hour, in a real browser."""

from pathlib import Path

from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.conftest import DOSSIERS
from tests.e2e.conftest import Server
from tests.e2e.desks import notes, ready, stored
from tests.e2e.lists import choose

PDF = DOSSIERS / "cycle-client-plombier" / "dossier.pdf"
TITLE = "Automatiser le cycle client d'une PME/TPE à l'aide de l'IA"
NOTE = "Les onze étapes sont là ; demander à l'oral ce qui se passe après un refus."


def hand_in(page: Page, server: Server, file: FilePayload | Path = PDF) -> None:
    """Waits until the page is alive: a file given to one that is still loading is lost."""
    page.goto(server.url)
    expect(page.get_by_role("button", name="Ouvrir l’exemple")).to_be_enabled(timeout=30_000)
    choose(page, "Référentiel", TITLE)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    expect(page.get_by_role("button", name="Prélire ce dossier")).to_be_enabled(timeout=30_000)


def test_a_juror_uploads_reads_checks_a_citation_and_finds_the_note_again(
    known: BrowserContext, server: Server
) -> None:
    page = known.new_page()
    left: list[str] = []
    here = ("http://localhost", "http://127.0.0.1", "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(here) else left.append(request.url))
    hand_in(page, server)
    page.get_by_role("button", name="Prélire ce dossier").click()
    expect(page.locator(".pl[data-ready]")).to_be_visible(timeout=240_000)
    page.keyboard.press("j")
    expect(page.locator(".pl-criterion .pl-id")).to_have_text("Cr1.2")
    page.locator(".pl-criterion .pl-page-link").first.click()
    expect(page.locator(".pl-mark-clicked").first).to_be_visible()
    notes(page).press_sequentially(NOTE, delay=50)
    stored(page)
    page.reload()
    ready(page)
    expect(notes(page)).to_have_value(NOTE, timeout=20_000)
    expect(page.get_by_role("textbox", name="Ma décision")).to_have_count(0)
    page.get_by_role("button", name="Sur le fichier").click()
    expect(page.get_by_role("dialog")).to_contain_text("pages lues sur 18")
    assert left == []


def test_a_file_that_is_not_a_dossier_is_one_sentence_and_the_app_stays_up(
    known: BrowserContext, server: Server
) -> None:
    page = known.new_page()
    hand_in(page, server, {"name": "lettre.pdf", "mimeType": "application/pdf", "buffer": b"ceci n'est pas un PDF"})
    page.get_by_role("button", name="Prélire ce dossier").click()
    expect(page.get_by_text("Ce fichier n’est pas un PDF")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Ouvrir l’exemple")).to_be_visible()
    page.close()
