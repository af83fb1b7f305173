"""Two jurors, one dossier, from the organiser's session to the collegial grid, in a real browser."""

import io
import re
from pathlib import Path

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import DOSSIERS
from tests.e2e.conftest import Server
from tests.e2e.desks import CANDIDATE, LAPTOP, criteria, go_to, notes, ready, stored
from tests.e2e.lists import choose, click, new_profile, settled, unfold

PDF = DOSSIERS / "cycle-client-plombier" / "dossier.pdf"
TITLE = "Automatiser le cycle client d'une PME/TPE à l'aide de l'IA"


def test_two_jurors_read_decide_lock_harmonise_and_export(
    browser: Browser, known: BrowserContext, modelled: Server, tmp_path: Path
) -> None:
    olga = known.new_page()
    anne, bruno = (browser.new_context(viewport=LAPTOP, locale="fr-FR").new_page() for _ in "ab")  # type: ignore[arg-type]
    new_profile(anne, modelled, "Anne Arnaud", "Juré")
    new_profile(bruno, modelled, "Bruno Béranger", "Juré")
    new_profile(olga, modelled, "Olga Renard", "Organisateur")
    _organise(olga)

    _read(anne)
    adopted = _adopt_edit_reject(anne)
    notes(anne).fill("Note d’Anne, pour elle seule.")
    _decide_all(anne, "1")
    _lock(anne)
    _read(bruno)
    expect(bruno.get_by_text("Note d’Anne")).to_have_count(0)
    expect(bruno.get_by_role("button", name="Harmoniser")).to_have_count(0)
    _decide_all(bruno, "0,5")
    _lock(bruno)

    _harmonise(anne, bruno)
    docx, xlsx = _exported(bruno, tmp_path)
    assert adopted["kept"] in docx
    assert adopted["edited"] in docx
    assert adopted["rejected"] not in docx
    assert "Note d’Anne" not in docx
    assert CANDIDATE in docx
    assert "Anne Arnaud" in docx
    assert "Bruno Béranger" in docx
    rows = [[cell.value for cell in row] for sheet in load_workbook(io.BytesIO(xlsx)) for row in sheet.iter_rows()]
    agreed = [cell for row in rows if row[0] == "Cr1.1" for cell in row]
    assert 1 in agreed, "what both jurors agreed on is a number that the workbook can add"
    assert not any(0.5 in row for row in rows), "a juror's own decision does not stand in the grid of all"


def _organise(page: Page) -> None:
    """The organiser founds a session, hands in the dossier and seats both jurors."""
    page.get_by_label("Intitulé").fill("Session de juin 2026")
    choose(page, "Référentiel", TITLE)
    click(page, "Créer la session")
    unfold(page, "Ajouter un dossier", page.get_by_label("Numéro du candidat"))
    page.get_by_label("Numéro du candidat").fill(CANDIDATE)
    page.get_by_label("Numéro du candidat").blur()
    settled(page)
    page.get_by_test_id("stFileUploaderDropzoneInput").last.set_input_files(PDF)
    expect(page.get_by_role("button", name="Ajouter ce dossier")).to_be_enabled(timeout=30_000)
    click(page, "Ajouter ce dossier")
    expect(page.get_by_text(f"Candidat n° {CANDIDATE}").first).to_be_visible(timeout=30_000)
    page.get_by_text(f"Organiser le dossier n° {CANDIDATE}").click()
    for seat, name in (("Premier juré", "Anne Arnaud"), ("Deuxième juré", "Bruno Béranger")):
        choose(page, seat, name)
        click(page, "Attribuer")
        expect(page.get_by_text(f"{seat} : {name}")).to_be_visible(timeout=15_000)


def _read(page: Page) -> None:
    """Opens the candidate's dossier and declares no link; waits while it is still being read."""
    page.reload()
    page.get_by_role("button", name=re.compile("^Lire le n°")).click(timeout=30_000)
    page.get_by_role("button", name="Je n’ai aucun lien avec ce candidat").click(timeout=15_000)
    expect(page.locator(".pl[data-ready]")).to_be_visible(timeout=240_000)


def _adopt_edit_reject(page: Page) -> dict[str, str]:
    """Three drafted items of Cr1.1: one taken over, one rewritten, one put aside."""
    go_to(page, "Cr1.1")
    drafted = page.locator(".pl-criterion .pl-row:has([data-act=reject])")
    expect(drafted.nth(2)).to_be_visible()
    rows = [page.locator(f"[data-item='{drafted.nth(at).get_attribute('data-item')}']") for at in range(3)]
    texts = [_spaced(row.locator(".pl-said > span").first.inner_text()) for row in rows]
    rows[0].get_by_role("button", name=re.compile("^Reprendre")).click()
    expect(rows[0]).to_contain_text("repris")
    rows[1].get_by_role("button", name=re.compile("^Modifier")).click()
    expect(page.locator(".pl-foot-taken"), "opened to be rewritten, it is not taken over yet").to_contain_text("(1)")
    page.get_by_role("textbox", name="Votre version").fill("Réécrit par Anne, avec ses mots.")
    page.get_by_role("button", name="Garder ma version").click()
    rows[2].get_by_role("button", name=re.compile("^Écarter")).click()
    expect(rows[2]).to_contain_text("écarté")
    stored(page)
    return {"kept": texts[0], "edited": "Réécrit par Anne, avec ses mots.", "rejected": texts[2]}


def _decide_all(page: Page, points: str) -> None:
    """The same points on every criterion, each one ticked as read."""
    for name in criteria(page):
        go_to(page, name)
        page.get_by_role("textbox", name=re.compile(f"Ma décision pour {name}")).fill(points)
        page.get_by_role("checkbox", name=re.compile(f"^{name} lu")).check()
    stored(page)


def _lock(page: Page) -> None:
    page.get_by_role("button", name="Terminer…").click()
    expect(page.get_by_text("Toutes les décisions sont renseignées")).to_be_visible()
    page.get_by_role("button", name="Verrouiller ma lecture", exact=True).click()
    page.get_by_role("button", name="Confirmer le verrouillage de ma lecture").click()
    expect(page.get_by_text("Votre lecture est verrouillée")).to_be_visible(timeout=15_000)


def _harmonise(anne: Page, bruno: Page) -> None:
    """Anne writes and decides for the jury on the first criterion; Bruno consents after a reload, at the same place."""
    anne.reload()
    ready(anne)
    anne.get_by_role("button", name="Harmoniser").click()
    anne.get_by_role("button", name=re.compile("^Cr1.1, à arrêter")).click()
    expect(anne.locator(".pl-harmonise").get_by_text("Réécrit par Anne")).to_be_visible()
    expect(anne.get_by_role("heading", name="Bruno Béranger")).to_be_visible()
    anne.get_by_role("textbox", name="Texte du jury pour Cr1.1").fill("Le jury retient la cartographie.")
    anne.get_by_role("textbox", name="Décision du jury pour Cr1.1").fill("1")
    stored(anne)
    bruno.reload()
    ready(bruno)
    bruno.get_by_role("button", name="Harmoniser").click()
    expect(bruno.get_by_role("textbox", name="Texte du jury pour")).to_be_visible()
    bruno.get_by_role("button", name=re.compile("^Cr1.1, proposé")).click()
    bruno.reload()
    ready(bruno)
    expect(bruno.get_by_role("textbox", name="Texte du jury pour Cr1.1")).to_have_value(
        "Le jury retient la cartographie."
    )
    bruno.get_by_role("button", name="Consentir au texte et à la décision pour Cr1.1").click()
    expect(bruno.get_by_text("Vous y consentez")).to_be_visible(timeout=15_000)
    expect(bruno.get_by_role("button", name=re.compile("^Cr1.1, arrêté"))).to_be_visible()


def _exported(page: Page, folder: Path) -> tuple[str, bytes]:
    """The collegial grid, taken right after the consent: a link is never drawn again under the click."""
    taken = []
    for ending in ("DOCX", "XLSX"):
        with page.expect_download(timeout=60_000) as download:
            page.locator(".pl-harmonise").get_by_role("link", name=f"Grille collégiale, {ending}").click()
        file = folder / f"grille.{ending.lower()}"
        download.value.save_as(file)
        taken.append(file.read_bytes())
    document = Document(io.BytesIO(taken[0]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    texts = [paragraph.text for paragraph in document.paragraphs]
    said = [*texts, *cells, *(p.text for s in document.sections for p in s.header.paragraphs)]
    return "\n".join(_spaced(text) for text in said), taken[1]


def _spaced(text: str) -> str:
    """With plain spaces: an export ends no line inside quotation marks or a figure."""
    return " ".join(text.split())
