"""A référentiel of one's own, from its file to a dossier read with it, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.application.door import Application
from assistant.application.people import OPERATOR
from assistant.settings import Settings
from benchmarks.importing.paper import Block, Grid, Paper, Text
from tests.e2e.conftest import Server
from tests.e2e.lists import choose, click, settled

AROUND = (0.355, 0.18, 0.9, 0.207)
"""The first criterion of the page, as shares of its width and height."""
CRITERION = "Le client est salué dès son arrivée"


def _referentiel(path: Path) -> Path:
    paper = Paper(path, wide=True, size=11)
    paper.write("Agent de comptoir et de salle", bold=True, size=18)
    paper.write("BLOC 1 – Accueillir et servir", bold=True, size=12, before=8)
    grid = Grid((260.0, 360.0), [[("Compétences", 1), ("Critères d’évaluation", 1)]])
    grid.blocks = [
        Block(0, 0, 1, [Text("C1 – Servir le client au comptoir et en salle")]),
        Block(1, 0, 1, [Text(CRITERION, "•"), Text("Le café est servi chaud", "•")]),
    ]
    paper.table(grid)
    paper.save()
    return path


def _dossier(path: Path) -> Path:
    paper = Paper(path, wide=False, size=11)
    for _ in range(6):
        paper.write("Je salue chaque client dès son arrivée, puis je sers le café chaud au comptoir.", before=8)
    paper.save()
    return path


@pytest.fixture
def organiser(tmp_path: Path) -> Iterator[tuple[Server, str]]:
    application = Application(Settings(data_dir=tmp_path / "data"))
    person = application.people.join(OPERATOR, "Olga Renard", "organiser").person
    application.engine.dispose()
    made = Server(tmp_path / "data", {"PRELECTURE_OCR": "off"})
    made.start()
    yield made, person
    made.kill()


def _frame(page: Page, words: str) -> None:
    """Draws a frame around the line of these words on the picture of the page."""
    sheet = page.locator(".pl-sheet")
    expect(sheet.locator("img")).to_be_visible(timeout=30_000)
    box = sheet.bounding_box()
    assert box is not None
    x0, y0, x1, y1 = AROUND
    page.mouse.move(box["x"] + x0 * box["width"], box["y"] + y0 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + x1 * box["width"], box["y"] + y1 * box["height"], steps=4)
    page.mouse.up()
    expect(page.locator(".pl-said")).to_contain_text(words)


def test_from_the_file_to_a_dossier_read_with_it(
    known: BrowserContext, organiser: tuple[Server, str], tmp_path: Path
) -> None:
    server, person = organiser
    page = known.new_page()
    page.goto(f"{server.url}/referentiels?qui={person}")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(_referentiel(tmp_path / "comptoir.pdf"))
    expect(page.get_by_role("button", name="Importer", exact=True)).to_be_enabled(timeout=30_000)
    click(page, "Importer")
    expect(page.get_by_text("À vérifier (")).to_be_visible(timeout=60_000)
    text = page.get_by_label("Texte, mot pour mot")
    expect(text).to_have_value(CRITERION)
    expect(page.locator(".pl-box").first).to_be_visible()

    text.fill("À reprendre dans la source")
    text.press("Tab")
    settled(page)
    _frame(page, CRITERION)
    page.locator(".pl-into").get_by_role("button", name="Texte du critère").click()
    settled(page)
    expect(text).to_have_value(CRITERION)

    page.get_by_role("radio", name="Publier").click()
    click(page, "Publier cette version")
    click(page, "Fermer")
    expect(page.get_by_text("Publiés dans cette installation")).to_be_visible()

    page.goto(f"{server.url}/dossiers?qui={person}")
    expect(page.get_by_role("button", name="Ouvrir l’exemple")).to_be_enabled(timeout=30_000)
    choose(page, "Référentiel", "Agent de comptoir et de salle")
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(_dossier(tmp_path / "dossier.pdf"))
    click(page, "Prélire ce dossier")
    expect(page.locator(".pl[data-ready]")).to_be_visible(timeout=120_000)
    expect(page.locator(".pl-criterion").first).to_contain_text(CRITERION)
    page.close()
