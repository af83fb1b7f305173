"""A candidate's and a trainer's whole path in a browser, and nobody shut out of their pages."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.access.actor import Actor, Role
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.people import LOCAL, OPERATOR
from assistant.progress import silent
from assistant.settings import Settings
from tests.dossier.pages import lines, pdf
from tests.e2e.conftest import Server
from tests.e2e.desks import window
from tests.e2e.lists import choose, click, settled
from tests.e2e.test_accessible import serious

pytestmark = pytest.mark.browser
FIRST = [
    "Du premier appel à l’entretien annuel, un client passe chez nous par onze étapes.",
    "Les devis partent du bureau le vendredi soir et personne ne les relance.",
    "Sur 87 devis partis l’an dernier, 41 sont restés sans réponse.",
    "Le détail des comptages est en annexe 4.",
]
SECOND = [*FIRST, "La recopie d’une feuille de chantier prend 17 minutes, comptées sur dix chantiers."]
REFERENTIEL = "cycle-client-ia"


def application_on(server: Server) -> Application:
    return Application(Settings(data_dir=server.data, ocr="off"))


def joined(app: Application, name: str, role: Role) -> Actor:
    return app.people.join(OPERATOR, name, role)


def drafted(app: Application, actor: Actor, texts: list[str]) -> str:
    preread = app.prereads.add(actor, [UploadedFile("brouillon.pdf", pdf(lines(texts)))], REFERENTIEL)
    app.jobs.run(actor, preread, silent)
    return preread


def opened(known: BrowserContext, address: str) -> Page:
    page = window(known)
    page.goto(address)
    settled(page)
    return page


def test_a_candidate_hands_in_a_draft_reads_it_and_shares_it(
    known: BrowserContext, server: Server, tmp_path: Path
) -> None:
    app = application_on(server)
    lea, theo = joined(app, "Léa Morel", "candidate"), joined(app, "Théo Vidal", "trainer")
    file = tmp_path / "brouillon.pdf"
    file.write_bytes(pdf(lines(FIRST)))
    page = opened(known, f"{server.url}/mon-dossier?qui={lea.person}")
    expect(page.get_by_text("Aucun jury ne voit vos brouillons")).to_be_visible(timeout=30_000)
    page.locator("input[type=file]").first.set_input_files(file)
    choose(page, "Référentiel", app_title(app))
    click(page, "Lire mon brouillon")
    expect(page.get_by_text("Ce que votre dossier montre")).to_be_visible(timeout=240_000)
    expect(page.get_by_text("Personne d’autre que vous ne voit cette page.")).to_be_visible()
    expect(page.get_by_text("annexe 4").last).to_be_visible()
    assert serious(page) == []
    choose(page, "Formateur", "Théo Vidal")
    click(page, "Partager avec ce formateur")
    expect(page.get_by_text("Théo Vidal à qui vous l’avez partagée")).to_be_visible()
    assert app.cohorts.list(theo) == ()
    app.engine.dispose()


def app_title(app: Application) -> str:
    from assistant.application import catalogue

    return next(one.title for one in catalogue.choosable(LOCAL) if one.id == REFERENTIEL)


def test_a_trainer_sees_what_a_cohort_covers_and_keeps_an_example(known: BrowserContext, server: Server) -> None:
    app = application_on(server)
    lea, theo = joined(app, "Inès Faure", "candidate"), joined(app, "Marc Vial", "trainer")
    shared = drafted(app, lea, FIRST)
    app.candidates.share(lea, shared, theo.person)
    cohort = app.cohorts.found(theo, "Promotion d’automne", REFERENTIEL)
    own = app.cohorts.add(theo, cohort, UploadedFile("autre.pdf", pdf(lines(SECOND))))
    app.jobs.run(theo, own, silent)
    page = opened(known, f"{server.url}/promotions?qui={theo.person}")
    click(page, "Ouvrir")
    expect(page.get_by_text("Ce que la promotion couvre")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Sans modèle")).to_be_visible()
    click(page, "Ajouter des dossiers")
    click(page, "Ajouter")
    expect(page.get_by_text("2 dossiers", exact=False).first).to_be_visible()
    page.keyboard.press("Escape")
    choose(page, "Critère", "Cr1.2")
    click(page, "Garder le passage 1 comme exemple")
    expect(page.get_by_role("button", name="Préparer la fiche (DOCX)")).to_be_visible(timeout=60_000)
    assert serious(page) == []
    app.engine.dispose()
