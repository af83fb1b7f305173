"""Every file a jury takes away: what it holds, what it never holds, and that no text of a dossier can break it."""

import io
import itertools
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.errors import SettingsError, StoreError
from assistant.exporting.as_json import as_json, from_json
from assistant.exporting.docx import as_docx
from assistant.exporting.feedback import NOTHING, feedback_docx, feedback_html, feedback_pdf
from assistant.exporting.grid import Cited, Grid
from assistant.exporting.html import as_html
from assistant.exporting.oral import oral_docx, oral_html, oral_pdf
from assistant.exporting.pdf import as_pdf
from assistant.exporting.xlsx import as_xlsx
from tests.exporting.grids import FRICTION, GRID, STEPS

HOSTILE = "{{ 7*7 }} {% for x in y %} <script>alert(1)</script> & \x0b «\u00a0é\u00a0» 😀 مرحبا =1+1"


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def docx_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def xlsx_text(data: bytes) -> str:
    book = load_workbook(io.BytesIO(data))
    return "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None)


GRIDS: dict[str, Callable[[Grid], str]] = {
    "docx": lambda grid: docx_text(as_docx(grid)),
    "pdf": lambda grid: pdf_text(as_pdf(grid)),
    "xlsx": lambda grid: xlsx_text(as_xlsx(grid)),
    "html": as_html,
    "json": as_json,
}
FEEDBACK: dict[str, Callable[[Grid], str]] = {
    "docx": lambda grid: docx_text(feedback_docx(grid)),
    "pdf": lambda grid: pdf_text(feedback_pdf(grid)),
    "html": feedback_html,
}


@pytest.mark.parametrize("name", GRIDS)
def test_a_grid_names_candidate_jury_referentiel_and_what_the_ai_did(name: str) -> None:
    text = GRIDS[name](GRID)
    for said in ("0417", "Jeanne Arnaud", "Paul Béranger", "mistral-large", "Temps supplémentaire"):
        assert said in text
    assert "cycle-client-ia" in text


@pytest.mark.parametrize("name", ["docx", "pdf", "xlsx", "html"])
def test_every_kept_text_stands_with_its_pages_and_ai_text_says_so(name: str) -> None:
    text = " ".join(GRIDS[name](GRID).split())
    assert "recopie de 17 minutes par feuille. (p." in text.replace("\u00a0", " ")
    assert "1,5" in text
    assert "rédigé par l’IA" in text
    assert "Non renseignée" in text


@pytest.mark.parametrize("name", ["docx", "pdf", "xlsx", "html"])
def test_without_a_total_none_is_printed(name: str) -> None:
    without = GRIDS[name](replace(GRID, total=None, most_total=None))
    assert not re.search(r"\bTotal\b", without)
    assert re.search(r"\bTotal\b", GRIDS[name](GRID))


@pytest.mark.parametrize("name", GRIDS)
def test_a_text_of_the_dossier_is_letters_and_nothing_else(name: str) -> None:
    row = replace(FRICTION, observations=(Cited(HOSTILE, (1,), "own"),), motivation=HOSTILE)
    text = GRIDS[name](replace(GRID, rows=(row,), session=HOSTILE, candidate=HOSTILE))
    assert "49" not in text.replace("0417", "")
    assert "<script>" not in text or name != "html"
    assert "7*7" in text


@pytest.mark.parametrize("name", FEEDBACK)
def test_the_feedback_holds_what_was_noted_and_no_decision_mark_question_or_name(name: str) -> None:
    text = " ".join(FEEDBACK[name](GRID).split())
    assert "Le comptage couvre douze semaines" in text
    assert "qui a compté les appels" in text
    for never in ("1,5", "Deux points chiffrés", "Qui a tenu", "Jeanne", "Béranger", "41 sont restés"):
        assert never not in text
    assert NOTHING in " ".join(FEEDBACK[name](replace(GRID, rows=(replace(STEPS, observations=()),))).split())


@pytest.mark.parametrize("count", [0, 1, 12, 40])
def test_the_oral_sheet_is_one_page(count: int) -> None:
    questions = tuple(
        Cited(f"Question {n} sur la façon dont vous avez compté ?", (n,), "own") for n in range(1, count + 1)
    )
    grid = replace(GRID, rows=(replace(FRICTION, questions=questions),))
    assert len(pypdfium2.PdfDocument(oral_pdf(grid))) == 1
    for text in (pdf_text(oral_pdf(grid)), oral_html(grid), docx_text(oral_docx(grid))):
        assert text.count("sur la façon dont") == count
        assert ("Aucune question" in text) is (count == 0)


def test_a_cell_that_looks_like_a_formula_is_a_text() -> None:
    row = replace(FRICTION, motivation='=HYPERLINK("http://exemple.fr")', decision="+1")
    sheet = load_workbook(io.BytesIO(as_xlsx(replace(GRID, rows=(row,)))))["Grille"]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sheet.freeze_panes == "A2"
    assert next(cell.value for cell in cells if cell.value == 1.5) == 1.5


def test_the_word_document_is_accessible() -> None:
    document = Document(io.BytesIO(as_docx(GRID)))
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert document.core_properties.language == "fr-FR"
    assert '"ai_assisted": true' in document.core_properties.comments
    assert any(table.rows[0]._tr.findall(f".//{qn('w:tblHeader')}") for table in document.tables)


def test_the_html_page_is_accessible_and_runs_nothing() -> None:
    text = as_html(GRID)
    assert '<html lang="fr">' in text
    assert text.count("<h1") == 1
    assert "<script" not in text
    levels = [int(level) for level in re.findall(r"<h(\d)", text)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", text))


def test_a_template_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "modele.docx"
    broken.write_bytes(b"ceci n'est pas un document")
    with pytest.raises(SettingsError, match="modele"):
        as_docx(GRID, broken)


letters = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=60)


@settings(max_examples=30, deadline=None)
@given(letters)
def test_a_grid_survives_json_whatever_its_words(words: str) -> None:
    grid = replace(GRID, session=words, rows=(replace(FRICTION, motivation=words),))
    assert from_json(as_json(grid)) == grid


@settings(max_examples=12, deadline=None)
@given(letters)
def test_any_words_are_written_as_they_are(words: str) -> None:
    grid = replace(GRID, rows=(replace(FRICTION, motivation=f"x{words}x"),))
    for text in (xlsx_text(as_xlsx(grid)), docx_text(as_docx(grid))):
        assert f"x{words}x" in text


def test_json_that_is_not_ours_is_refused() -> None:
    with pytest.raises(StoreError):
        from_json('{"format": "autre"}')


@pytest.mark.parametrize(("ending", "make"), [("docx", as_docx), ("xlsx", as_xlsx)])
def test_office_files_open_in_libreoffice(ending: str, make: Callable[[Grid], bytes], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "these tests need LibreOffice: .ci/run installs it"
    (tmp_path / f"grille.{ending}").write_bytes(make(GRID))
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir",
         str(tmp_path), str(tmp_path / f"grille.{ending}")],
        check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    assert "0417" in pdf_text((tmp_path / "grille.pdf").read_bytes())
