"""A pre-read drafted by a model (the stub, over real HTTP), seen and stopped in a real browser."""

from pathlib import Path

from playwright.sync_api import BrowserContext, FilePayload, expect

from assistant.llm.stub import StubModel
from tests.dossier.pages import lines, pdf
from tests.e2e.conftest import Server
from tests.e2e.test_dossier_page import hand_in

SAID = [
    "Un client appelle, nous notons sa demande, puis nous chiffrons le devis le soir.",
    "Nous avons compté neuf heures par semaine à recopier les mêmes informations.",
    "La relance part automatiquement cinq jours après l’envoi du devis, depuis Make.",
]
SHORT: FilePayload = {"name": "dossier.pdf", "mimeType": "application/pdf", "buffer": pdf(lines(SAID))}
"""One page, which the model reads at once: what is left to ask is the drafting."""


def test_cost_is_said_first_and_every_statement_shows_its_page(known: BrowserContext, modelled: Server) -> None:
    page = known.new_page()
    hand_in(page, modelled)
    expect(page.get_by_text("appels et")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Prélire ce dossier").click()
    expect(page.locator(".pl[data-ready]")).to_be_visible(timeout=120_000)
    expect(page.get_by_text("rédigé par l’IA, à vérifier")).to_be_visible()
    cited = page.locator(".pl-criterion .pl-row:has([data-act=reject]) .pl-page-link").first
    cited.click()
    number = cited.inner_text().split()[-1]
    expect(page.get_by_role("textbox", name="Page affichée, sur 18")).to_have_value(number)
    page.get_by_text("D’où vient ce texte").click()
    expect(page.get_by_text("Vous préparez, pour un jury")).to_be_visible()
    page.close()


def test_a_run_is_stopped_and_goes_on(known: BrowserContext, tmp_path: Path) -> None:
    with StubModel(seconds=2.0) as model:
        mine = {
            "PRELECTURE_MODEL": "stub",
            "PRELECTURE_MODEL_BASE_URL": model.address,
            "PRELECTURE_MODEL_CONCURRENCY": "1",
            "PRELECTURE_OCR": "off",
            "PRELECTURE_PSEUDONYMS": "off",
        }
        server = Server(tmp_path / "data", mine)
        server.start()
        try:
            page = known.new_page()
            hand_in(page, server, SHORT)
            page.get_by_role("button", name="Prélire ce dossier").click()
            expect(page.get_by_text("Lecture par le modèle")).to_be_visible(timeout=240_000)
            page.get_by_role("button", name="Arrêter la lecture").click()
            expect(page.get_by_text("Lecture arrêtée")).to_be_visible(timeout=120_000)
            calls = len(model.received)
            model.seconds = 0.0
            page.get_by_role("button", name="Revenir aux dossiers").click()
            page.get_by_role("button", name="Reprendre").click()
            expect(page.locator(".pl[data-ready]")).to_be_visible(timeout=240_000)
            asked = [str(body["messages"]) for body in model.received]
            assert len(asked) > calls
            assert len(asked) == len(set(asked))
            page.close()
        finally:
            server.kill()
