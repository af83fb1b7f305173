"""`make screenshots`: the main pages of the app as pictures under docs/screenshots, from a made-up session."""

import shutil
import tempfile
import uuid
from datetime import date
from pathlib import Path

from playwright.sync_api import FilePayload, Page, sync_playwright

from assistant.access.actor import OPERATOR, Actor
from assistant.application.context import Kind
from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.places import ROOT
from assistant.progress import silent
from assistant.settings import Settings
from benchmarks.desk import STILL
from benchmarks.dossiers import SHORT
from benchmarks.serving import served

FOLDER = ROOT / "docs" / "screenshots"
REFERENTIEL = "cycle-client-ia"


def main() -> None:
    """Takes the pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        anne, olga, candidacy = _seeded(Path(folder))
        lea, theo, draft, cohort, own = _seeded_besides(Path(folder), olga)
        with served(Path(folder), several=True) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="fr-FR")
            _take(page, f"{address}/", "dossiers")
            _take(page, f"{address}/sessions?qui={olga}", "sessions")
            _take(page, f"{address}/sessions?qui={anne}&dossier={candidacy}#critere=Cr1.2&page=5", "bureau")
            page.get_by_role("button", name="Terminer…").click()
            _still(page, "exports")
            page.get_by_role("button", name="Harmoniser").click()
            _still(page, "harmonisation")
            _take(page, f"{address}/organisation?qui={olga}", "organisation")
            _take(page, f"{address}/referentiels?qui={olga}&brouillon={own}", "referentiels")
            for who, where, name in (
                (lea, f"mon-dossier?brouillon={draft}", "candidat"),
                (theo, f"promotions?promotion={cohort}", "formateur"),
            ):
                # Another person is another window.
                other = browser.new_page(viewport={"width": 1366, "height": 768}, locale="fr-FR")
                _take(other, f"{address}/{where}&qui={who}", name)
                other.close()
            browser.close()
        take_what_leaves(Path(folder), olga)


def take_what_leaves(folder: Path, olga: str) -> None:
    """What will leave for a model, of two dossiers dropped for a session: the organiser looks, nothing is sent."""
    model = {"PRELECTURE_MODEL": "mistral-small", "PRELECTURE_MODEL_BASE_URL": "http://127.0.0.1:9/v1"}
    with served(folder, several=True, settings=model) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1366, "height": 960}, locale="fr-FR")
        page.goto(f"{address}/organisation?qui={olga}")
        page.locator("input[type=file]").nth(1).set_input_files([_dropped("0418"), _dropped("0419")])
        page.get_by_text("Inscrire un candidat pour chaque nom inconnu").click()
        page.get_by_text("Voir ce qui partira au modèle").click()
        page.get_by_text("Dossier à regarder").wait_for(timeout=90_000)
        page.wait_for_timeout(1000)
        page.get_by_text("Seulement les phrases où").click()
        page.get_by_text("Voir ce qui partira au modèle").evaluate("one => one.scrollIntoView()")
        _still(page, "envoi")
        browser.close()


def _dropped(number: str) -> FilePayload:
    return {"name": f"{number}.pdf", "mimeType": "application/pdf", "buffer": SHORT.read_bytes()}


def _seeded(folder: Path) -> tuple[str, str, str]:
    """The ids of a juror, of the organiser and of the candidacy."""
    anne, _, candidacy = seeded_session(folder)
    app = Application(Settings(data_dir=folder))
    olga = next(one for one in app.people.profiles(OPERATOR) if one.role == "organiser")
    app.engine.dispose()
    return anne.person, olga.person, candidacy


def _seeded_besides(folder: Path, olga: str) -> tuple[str, str, str, str, str]:
    """A candidate with a draft, a trainer with a cohort that holds it, and a référentiel being put right, by their ids."""
    app = Application(Settings(data_dir=folder))
    lea, theo = app.people.join(OPERATOR, "Léa Morel", "candidate"), app.people.join(OPERATOR, "Théo Vidal", "trainer")
    draft = app.prereads.add(lea, [UploadedFile("mon-brouillon.pdf", SHORT.read_bytes())], REFERENTIEL)
    app.jobs.run(lea, draft, silent)
    app.candidates.share(lea, draft, theo.person)
    cohort = app.cohorts.found(theo, "Promotion d’automne", REFERENTIEL)
    for shared in app.cohorts.shared(theo, cohort):
        app.cohorts.join(theo, cohort, shared.dossier)
    app.jobs.run(theo, app.cohorts.add(theo, cohort, UploadedFile("dossier-2.pdf", SHORT.read_bytes())), silent)
    organiser = next(one for one in app.people.profiles(OPERATOR) if one.person == olga)
    own = app.referentiels.begin_from(organiser, REFERENTIEL)
    app.engine.dispose()
    return lea.person, theo.person, draft, cohort, own


def seeded_session(folder: Path) -> tuple[Actor, Actor, str]:
    """Two jurors who read the same dossier and locked, one session: both, and the candidacy."""
    app = Application(Settings(data_dir=folder))
    anne, bruno = (
        app.people.join(OPERATOR, "Anne Arnaud", "juror"),
        app.people.join(OPERATOR, "Bruno Béranger", "juror"),
    )
    olga = app.people.join(OPERATOR, "Olga Renard", "organiser")
    session = app.sessions.found(olga, "Session de juin 2026", date(2026, 6, 18), REFERENTIEL, (), blind_first=False)
    file = UploadedFile("dossier-0417.pdf", SHORT.read_bytes())
    candidacy = app.sessions.add_candidate(olga, session, "0417", [file])
    app.jobs.run(olga, app.sessions.candidacy(olga, candidacy).preread or "", silent)
    for part, juror in enumerate((anne, bruno), start=1):
        app.sessions.assign(olga, candidacy, juror.person, part)
        app.sessions.declare(juror, candidacy, "none")
        _read(app, juror, candidacy, 1.5 if part == 1 else 2.0)
    app.engine.dispose()
    return anne, bruno, candidacy


def _read(app: Application, actor: Actor, candidacy: str, points: float) -> None:
    """One juror's reading, locked."""

    def act(kind: Kind, criterion: str, value: dict[str, object], item: str = "") -> None:
        event = Event(id=uuid.uuid4().hex, kind=kind, criterion=criterion, item=item, value=value)
        app.reviews.record(actor, candidacy, event)

    for criterion in app.reviews.desk(actor, candidacy).criteria:
        act("read", criterion.id, {"value": True})
        for item in criterion.items[:2]:
            act("choice", criterion.id, {"verdict": "adopted"}, item.id)
        act("decision", criterion.id, {"points": min(points, criterion.scale.max or 0)})
    act("note", "Cr1.2", {"text": "Écart 41 / 47 à faire expliquer à l’oral."})
    act("lock", "", {})


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
