"""Two jurors, one dossier, from profiles to the collegial grid, in a real browser."""

import io
from pathlib import Path

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Server
from tests.e2e.jurors import CANDIDATE, become, choose, click, decided, new_profile, read_as, settled, texts_of, view

CRITERIA = 9


def test_two_jurors_read_decide_lock_harmonise_and_export(browser: Browser, modelled: Server, tmp_path: Path) -> None:
    anne, bruno, olga = (
        browser.new_context(viewport={"width": 1400, "height": 1000}, locale="fr-FR").new_page() for _ in "abc"
    )
    new_profile(anne, modelled, "Anne Arnaud", "Juré")
    new_profile(bruno, modelled, "Bruno Béranger", "Juré")
    new_profile(olga, modelled, "Olga Renard", "Organisateur")
    _organise(olga)

    read_as(anne)
    adopted = _adopt_edit_reject(anne)
    _write(anne, "Vos notes", "Note d’Anne, pour elle seule.")
    decided(anne, CRITERIA, "1")
    _lock(anne)
    read_as(bruno)
    expect(bruno.get_by_text("Note d’Anne")).to_have_count(0)
    expect(bruno.get_by_text("Harmoniser", exact=True)).to_have_count(0)
    decided(bruno, CRITERIA, "0.5")
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
    sheet = load_workbook(io.BytesIO(xlsx))["Grille"]
    decisions = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("0,5" in value for value in decisions)


def _organise(page: Page) -> None:
    """The organiser founds a session, hands in the dossier and seats both jurors."""
    from tests.e2e.test_dossier_page import PDF, TITLE

    page.get_by_label("Intitulé").fill("Session de juin 2026")
    choose(page, "Référentiel", TITLE)
    click(page, "Créer la session")
    page.get_by_text("Ajouter un dossier").click()
    page.get_by_label("Numéro du candidat").fill(CANDIDATE)
    page.get_by_label("Numéro du candidat").blur()
    settled(page)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(PDF)
    expect(page.get_by_role("button", name="Ajouter ce dossier")).to_be_enabled(timeout=20_000)
    click(page, "Ajouter ce dossier")
    page.get_by_text(f"Organiser le dossier n° {CANDIDATE}").click()
    for seat, name in (("Premier juré", "Anne Arnaud"), ("Deuxième juré", "Bruno Béranger")):
        choose(page, seat, name)
        click(page, "Attribuer")
        expect(page.get_by_text(f"{seat} : {name}")).to_be_visible(timeout=15_000)


def _adopt_edit_reject(page: Page) -> dict[str, str]:
    """On the first criterion: one item adopted, one edited, one rejected, one by one."""
    said = texts_of(page)
    click(page, "Reprendre")
    expect(page.get_by_text("Repris tel quel")).to_be_visible(timeout=10_000)
    click(page, "Modifier")
    version = page.get_by_role("textbox", name="Votre version")
    expect(version).not_to_have_value("", timeout=10_000)
    version.fill("Ma propre formulation des onze étapes.")
    click(page, "Reprendre cette version")
    expect(page.get_by_text("Repris et modifié")).to_be_visible(timeout=10_000)
    click(page, "Écarter")
    expect(page.get_by_text("Écarté", exact=False).first).to_be_visible(timeout=10_000)
    return {"kept": said[0], "edited": "Ma propre formulation des onze étapes.", "rejected": said[2]}


def _write(page: Page, label: str, text: str) -> None:
    page.get_by_role("textbox", name=label).fill(text)
    expect(page.get_by_text("Enregistré", exact=True).first).to_be_visible(timeout=10_000)


def _lock(page: Page) -> None:
    view(page, "Terminer et exporter")
    page.get_by_text("J’ai terminé ma lecture").click()
    click(page, "Verrouiller ma lecture")
    expect(page.get_by_text("elle ne change plus")).to_be_visible(timeout=15_000)


def _harmonise(first: Page, second: Page) -> None:
    """Anne proposes on the first criterion, Bruno consents."""
    first.reload()
    view(first, "Harmoniser")
    expect(first.get_by_text(f"0 critères arrêtés sur {CRITERIA}")).to_be_visible(timeout=20_000)
    first.get_by_text("Cr1.1 – ").click()
    box = first.locator(".st-key-agree-Cr1-1")
    expect(box.get_by_text("Note d’Anne")).to_be_visible()
    box.get_by_role("spinbutton").fill("0.5")
    box.get_by_role("spinbutton").press("Enter")
    box.get_by_label("Texte du jury").fill("Les étapes sont décrites ; l’écart a été expliqué.")
    box.get_by_label("Texte du jury").blur()
    box.get_by_role("button", name="Proposer").click()
    expect(box.get_by_text("y consentent : Anne Arnaud")).to_be_visible(timeout=15_000)
    second.reload()
    view(second, "Harmoniser")
    second.get_by_text("Cr1.1 – ").click()
    second.locator(".st-key-agree-Cr1-1").get_by_role("button", name="J’y consens").click()
    expect(second.get_by_text(f"1 critères arrêtés sur {CRITERIA}")).to_be_visible(timeout=15_000)


def _exported(page: Page, folder: Path) -> tuple[str, bytes]:
    """The collegial grid, opened: the text of the DOCX and the bytes of the XLSX."""
    made = {}
    for ending in ("docx", "xlsx"):
        with page.expect_download() as download:
            page.locator(
                f".st-key-grille-collégiale-{ending} button, [class*='st-key-grille-coll'][class*='-{ending}'] button"
            ).first.click()
        made[ending] = folder / f"grille.{ending}"
        download.value.save_as(made[ending])
    document = Document(str(made["docx"]))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts), made["xlsx"].read_bytes()


def test_a_profile_is_found_again_after_a_reload(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    new_profile(page, server, "Anne Arnaud", "Juré")
    page.reload()
    expect(page.get_by_text("Anne Arnaud – changer de profil")).to_be_visible(timeout=20_000)
    become(page, server, "Anne Arnaud")
    page.close()
