"""A juror's first quarter of an hour, in a real browser."""

from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.conftest import DOSSIERS
from tests.e2e.conftest import Server

PDF = DOSSIERS / "cycle-client-plombier" / "dossier.pdf"
TITLE = "Automatiser le cycle client d'une PME/TPE à l'aide de l'IA"
NOTE = "Les onze étapes sont là ; demander à l'oral ce qui se passe après un refus."


def hand_in(page: Page, server: Server, file: FilePayload | Path = PDF) -> None:
    """Waits until the page is alive: a file given to one that is still loading is lost."""
    page.goto(server.url)
    expect(page.get_by_role("button", name="Ouvrir l’exemple")).to_be_enabled(timeout=30_000)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    expect(page.get_by_role("button", name="Prélire ce dossier")).to_be_enabled(timeout=30_000)


def opened(page: Page, server: Server) -> None:
    hand_in(page, server)
    page.get_by_role("combobox", name="Référentiel").click()
    page.get_by_role("option", name=TITLE).click()
    page.get_by_role("button", name="Prélire ce dossier").click()
    expect(page.get_by_text("Ce que le critère demande")).to_be_visible(timeout=60_000)


def image(page: Page) -> str:
    return page.locator("img.page-picture").first.get_attribute("src") or ""


def test_a_juror_uploads_reads_checks_a_citation_and_finds_the_note_again(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="fr-FR")
    page = context.new_page()
    left: list[str] = []
    page.on(
        "request",
        lambda r: None if "localhost" in r.url or r.url.startswith(("data:", "blob:")) else left.append(r.url),
    )
    opened(page, server)

    expect(page.get_by_text("18 pages lues sur 18")).to_be_visible()
    before = image(page)
    page.get_by_role("combobox", name="Critère").click()
    page.get_by_role("option").nth(1).click()
    expect(page.get_by_text("Cr1.2 ·")).to_be_visible()
    citation = page.locator("[class*='st-key-go-Cr1-2'] button").first
    citation.click()
    expect(page.get_by_role("combobox", name="Page")).to_have_value(f"Page {citation.inner_text()[3:]} sur 18")
    page.wait_for_function("before => document.querySelector('img.page-picture').src !== before", arg=before)

    notes = page.get_by_role("textbox", name="Vos notes")
    notes.press_sequentially(NOTE, delay=50)
    expect(page.get_by_text("Enregistré", exact=True)).to_be_visible(timeout=10_000)
    assert notes.input_value() == NOTE
    page.reload()
    expect(page.get_by_role("textbox", name="Vos notes")).to_have_value(NOTE, timeout=20_000)
    assert left == []
    context.close()


def test_a_note_typed_while_the_server_is_down_is_kept_and_saved_later(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="fr-FR")
    page = context.new_page()
    opened(page, server)
    notes = page.get_by_role("textbox", name="Vos notes")
    notes.press_sequentially("Avant la panne.", delay=20)
    expect(page.get_by_text("Enregistré", exact=True)).to_be_visible(timeout=10_000)
    server.kill()
    notes.press_sequentially(" Pendant la panne.", delay=20)
    page.wait_for_timeout(800)
    address = page.url
    server.start()
    page.goto(address)
    expect(page.get_by_role("textbox", name="Vos notes")).to_have_value(
        "Avant la panne. Pendant la panne.", timeout=30_000
    )
    expect(page.get_by_text("Enregistré", exact=True)).to_be_visible(timeout=10_000)
    fresh = browser.new_context().new_page()
    fresh.goto(address)
    expect(fresh.get_by_role("textbox", name="Vos notes")).to_have_value(
        "Avant la panne. Pendant la panne.", timeout=30_000
    )
    context.close()


def test_a_file_that_is_not_a_dossier_is_one_sentence_and_the_app_stays_up(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    hand_in(page, server, {"name": "lettre.pdf", "mimeType": "application/pdf", "buffer": b"ceci n'est pas un PDF"})
    page.get_by_role("button", name="Prélire ce dossier").click()
    expect(page.get_by_text("Ce fichier n’est pas un PDF")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Revenir aux dossiers").click()
    expect(page.get_by_role("button", name="Ouvrir l’exemple")).to_be_visible()
    page.close()
