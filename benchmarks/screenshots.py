"""`make screenshots`: the main pages of the app as pictures under docs/screenshots, from a made-up session."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from assistant.review.office import Office
from assistant.service import Desk, LoadedPreRead
from playwright.sync_api import Page, sync_playwright

from assistant.places import ROOT
from assistant.preread import PreReadRequest
from assistant.referentiel.catalogue import load
from assistant.review.decision import Decision
from assistant.review.items import Choice, items_of
from assistant.settings import Settings
from benchmarks.desk import STILL, served
from benchmarks.dossiers import SHORT

FOLDER = ROOT / "docs" / "screenshots"
REFERENTIEL = "cycle-client-ia"


def main() -> None:
    """Takes the pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        anne, olga, candidacy = _seeded(Path(folder))
        with served(Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 1400, "height": 980}, locale="fr-FR")
            _take(page, f"{address}/", "dossiers")
            _take(page, f"{address}/sessions?qui={olga}", "sessions")
            _take(page, f"{address}/sessions?qui={anne}&dossier={candidacy}&critere=Cr1.2&page=5", "bureau")
            page.get_by_text("Terminer et exporter").click()
            _still(page, "exports")
            page.get_by_text("Harmoniser", exact=True).click()
            page.get_by_text("Cr1.2 – ").click()
            _still(page, "harmonisation")
            browser.close()


def _seeded(folder: Path) -> tuple[str, str, str]:
    """Two jurors who read the same dossier, one session."""
    desk = Desk(Settings(data_dir=folder))
    office = Office(desk.engine)
    anne, bruno = office.join("Anne Arnaud", "juror"), office.join("Bruno Béranger", "juror")
    olga = office.join("Olga Renard", "organiser")
    session = office.found(olga, "Session de juin 2026", date(2026, 6, 18), REFERENTIEL, (), blind_first=False)
    opened = desk.review(PreReadRequest.of(SHORT.read_bytes(), "dossier-0417.pdf", load(REFERENTIEL)))
    candidacy = office.add_candidate(olga, session, "0417", opened.key, "dossier-0417.pdf").id
    for part, juror in enumerate((anne, bruno), start=1):
        office.assign(olga, candidacy, juror.person, part)
        office.declare(juror, candidacy, "none")
        _read(office, juror.person, candidacy, opened, 1.5 if part == 1 else 2.0)
    return anne.person, olga.person, candidacy


def _read(office: Office, person: str, candidacy: str, opened: LoadedPreRead, points: float) -> None:
    actor = office.enter(person)
    assert actor is not None
    asked = {criterion.id: criterion for criterion in load(REFERENTIEL).content.criteria()}
    for part in opened.preread.criteria:
        office.open_criterion(actor, candidacy, part.id)
        for item in items_of(part)[:2]:
            office.choose(actor, candidacy, part.id, item.id, Choice("adopted"))
        most = asked[part.id].points or 0
        office.decide(actor, candidacy, asked[part.id], "points", Decision(points=min(points, most)))
    office.write_text(actor, candidacy, "Cr1.2/note", "Écart 41 / 47 à faire expliquer à l’oral.", 0)
    office.lock(actor, candidacy)


def _take(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.wait_for_timeout(2500)
    _still(page, name)


def _still(page: Page, name: str) -> None:
    page.wait_for_selector(STILL)
    page.wait_for_timeout(1200)
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
