"""An organiser's whole path in a browser: twelve candidates, their dossiers, and who reads them, in few clicks."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from assistant.application.door import Application
from assistant.application.people import OPERATOR
from assistant.settings import Settings
from tests.application.house import PDF
from tests.e2e.conftest import Server
from tests.e2e.lists import settled

pytestmark = pytest.mark.browser
MOST_CLICKS = 25
CANDIDATES = 12


class Counted:
    """Clicks as a person makes them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def button(self, name: str) -> None:
        settled(self.page)
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.clicks += 1
        settled(self.page)

    def tab(self, name: str) -> None:
        settled(self.page)
        self.page.get_by_role("tab", name=name).click()
        self.clicks += 1

    def upload(self, place: int, files: list[dict[str, object]]) -> None:
        """Choosing files in the system's window: one click on the button, one to confirm."""
        settled(self.page)
        self.page.locator("input[type=file]").nth(place).set_input_files(files)  # type: ignore[arg-type]  # payloads
        self.clicks += 2
        settled(self.page)


@pytest.fixture
def organised(tmp_path: Path) -> tuple[Path, str, str]:
    """A data folder with an organiser, four jurors and an empty session; its ids."""
    folder = tmp_path / "data"
    application = Application(Settings(data_dir=folder, ocr="off"))
    olga = application.people.join(OPERATOR, "Olga Renard", "organiser")
    for name in ("Anne Arnaud", "Bruno Béranger", "Chloé Caron", "Denis Dumas"):
        application.people.join(OPERATOR, name, "juror")
    session = application.sessions.found(olga, "juin 2026", None, "cycle-client-ia", (), blind_first=False)
    application.engine.dispose()
    return folder, olga.person, session


def test_twelve_dossiers_are_added_and_assigned_in_few_clicks(
    organised: tuple[Path, str, str], known: BrowserContext
) -> None:
    folder, olga, session = organised
    server = Server(folder, {"PRELECTURE_OCR": "off"})
    server.start()
    page = known.new_page()
    try:
        page.goto(f"{server.url}/organisation?qui={olga}")
        expect(page.get_by_role("button", name="Inscrire la liste")).to_be_visible(timeout=30_000)
        person = Counted(page)
        lines = "".join(f"{number:04};Candidat {number};Entreprise {number}\n" for number in range(1, CANDIDATES + 1))
        person.upload(0, [file("liste.csv", "text/csv", f"Numéro;Nom;Entreprise\n{lines}".encode())])
        person.button("Inscrire la liste")
        expect(page.get_by_text(f"{CANDIDATES} candidats inscrits")).to_be_visible(timeout=30_000)
        dossiers = [
            file(f"{number:04}-dossier.pdf", "application/pdf", PDF + bytes([number]))
            for number in range(1, CANDIDATES + 1)
        ]
        person.upload(1, [*dossiers, file("sans-nom.pdf", "application/pdf", PDF)])
        person.button("Remettre ces dossiers")
        expect(page.get_by_text(f"{CANDIDATES} dossiers remis, 1 laissé de côté")).to_be_visible(timeout=30_000)
        person.tab("Attribution")
        person.button("Proposer une répartition")
        person.button("Enregistrer les attributions")
        expect(page.get_by_text(f"{CANDIDATES} dossiers attribués")).to_be_visible(timeout=30_000)
        application = Application(Settings(data_dir=folder))
        seats = [len(one.seats) for one in application.sessions.list(OPERATOR)[0].candidacies]
        assert seats == [2] * CANDIDATES
        assert person.clicks <= MOST_CLICKS
        found = Axe().run(page).response["violations"]
        assert not [one["id"] for one in found if one["impact"] in {"serious", "critical"}]
        page.screenshot(path=str(folder / "organisation.png"), full_page=True)
    finally:
        page.close()
        server.kill()
    assert session


def file(name: str, kind: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": kind, "buffer": data}
