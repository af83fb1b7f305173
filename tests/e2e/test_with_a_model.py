"""A pre-read drafted by a model (the stub, over real HTTP), seen and stopped in a real browser."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from assistant.llm.stub import StubModel
from tests.e2e.conftest import Server
from tests.e2e.test_dossier_page import TITLE, hand_in


def test_cost_is_said_first_and_every_statement_shows_its_page(browser: Browser, modelled: Server) -> None:
    page = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="fr-FR").new_page()
    hand_in(page, modelled)
    page.get_by_role("combobox", name="Référentiel").click()
    page.get_by_role("option", name=TITLE).click()
    expect(page.get_by_text("appels et")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Prélire ce dossier").click()
    expect(page.get_by_text("Proposé par l’IA, à vérifier")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Les phrases citées disent cela").first).to_be_visible()
    cited = page.locator("[class*='st-key-obs-Cr1-1'] button").first
    cited.click()
    expect(page.get_by_role("combobox", name="Page")).to_have_value(f"Page {cited.inner_text()[3:]} sur 18")
    page.get_by_text("D’où vient ce texte ?").click()
    expect(page.get_by_text("Vous préparez, pour un jury")).to_be_visible()
    page.close()


def test_a_run_is_stopped_and_goes_on(browser: Browser, tmp_path: Path) -> None:
    with StubModel(seconds=4.0) as model:
        mine = {
            "PRELECTURE_MODEL": "stub",
            "PRELECTURE_MODEL_BASE_URL": model.address,
            "PRELECTURE_MODEL_CONCURRENCY": "1",
        }
        server = Server(tmp_path / "data", mine)
        server.start()
        try:
            page = browser.new_page()
            hand_in(page, server)
            page.get_by_role("combobox", name="Référentiel").click()
            page.get_by_role("option", name=TITLE).click()
            page.get_by_role("button", name="Prélire ce dossier").click()
            expect(page.get_by_text("Lecture par le modèle")).to_be_visible(timeout=30_000)
            page.get_by_role("button", name="Arrêter la lecture").click()
            expect(page.get_by_text("Lecture arrêtée")).to_be_visible(timeout=30_000)
            calls = len(model.received)
            model.seconds = 0.0
            page.get_by_role("button", name="Revenir aux dossiers").click()
            page.get_by_role("button", name="Reprendre").click()
            expect(page.get_by_text("Proposé par l’IA, à vérifier")).to_be_visible(timeout=60_000)
            asked = [str(body["messages"]) for body in model.received]
            assert len(asked) > calls
            assert len(asked) == len(set(asked))
            page.close()
        finally:
            server.kill()
