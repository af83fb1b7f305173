"""Every format of every document: what it holds, that it opens elsewhere, and that no text of a dossier can break it."""

import io
import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document as word_document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from assistant.errors import SettingsError, StoreError
from assistant.exporting.annex import annex_document
from assistant.exporting.as_json import as_json, from_json
from assistant.exporting.document import Document, paragraph
from assistant.exporting.docx import as_docx
from assistant.exporting.feedback import feedback_document
from assistant.exporting.files import FORMATS, FileFormat, GridDocument, export
from assistant.exporting.grid import Cited, Grid
from assistant.exporting.grid_document import grid_document
from assistant.exporting.grid_tags import grid_tags
from assistant.exporting.html import as_html
from assistant.exporting.oral import oral_document
from assistant.exporting.pdf import as_pdf
from assistant.exporting.xlsx import as_xlsx
from tests.exporting.grids import FRICTION, GRID
from tests.exporting.opened import docx_text, pdf_pages, pdf_text, through_libreoffice, xlsx_text

HOSTILE = (
    '{{ 7*7 }} {% for x in y %} <script>alert(1)</script> & \x0b «\u00a0é\u00a0» #strong[$1+1$] =1+1 \\ " *a* _b_ @c'
)
BUILDERS: dict[str, Callable[[Grid], Document]] = {
    "grid": grid_document,
    "annex": annex_document,
    "oral": oral_document,
    "feedback": feedback_document,
}
TEXTS: dict[FileFormat, Callable[[bytes], str]] = {
    "docx": docx_text,
    "pdf": pdf_text,
    "xlsx": xlsx_text,
    "html": lambda data: data.decode(),
    "json": lambda data: data.decode(),
}
MADE = [(document, form) for document, forms in FORMATS.items() for form in forms]


def opened(grid: Grid, document: GridDocument, form: FileFormat) -> str:
    return " ".join(TEXTS[form](export(grid, document, form).data).split())


@pytest.mark.parametrize(("document", "form"), MADE)
def test_every_file_names_the_candidate(document: GridDocument, form: FileFormat) -> None:
    assert "0417" in opened(GRID, document, form)
    assert export(GRID, document, form).name.endswith(f"-collegiale-0417.{form}")


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "html", "json"])
def test_a_grid_names_jury_referentiel_model_and_every_kept_text(form: FileFormat) -> None:
    text = opened(GRID, "grid", form)
    for words in ("Jeanne Arnaud", "Paul Béranger", "mistral-large", "cycle-client-ia", "Temps supplémentaire"):
        assert words in text
    assert "recopie de 17 minutes par feuille" in text
    assert "Qui a tenu les feuilles de comptage" in text


@pytest.mark.parametrize(("document", "form"), MADE)
def test_a_text_of_the_dossier_is_letters_and_nothing_else(document: GridDocument, form: FileFormat) -> None:
    kept = (Cited(HOSTILE, (1,), "own", HOSTILE),)
    row = replace(FRICTION, observations=kept, gaps=kept, questions=kept, motivation=HOSTILE)
    row = replace(row, quotes=(replace(FRICTION.quotes[0], quote=HOSTILE),), competences=(HOSTILE,))
    text = opened(replace(GRID, rows=(row,), session=HOSTILE, referentiel=HOSTILE, file=HOSTILE), document, form)
    assert "7*7" in text
    assert "49" not in text.replace("0417", "")
    assert form != "html" or "<script" not in text
    assert "#strong[$1+1$]" in text


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=60))
def test_any_words_are_written_as_they_are(words: str) -> None:
    grid = replace(GRID, session=words, rows=(replace(FRICTION, motivation=f"x{words}x"),))
    assert from_json(as_json(grid)) == grid
    document = grid_document(grid)
    for text in (xlsx_text(as_xlsx(document)), docx_text(as_docx(document))):
        assert f"x{words}x" in text
    assert as_pdf(document).startswith(b"%PDF")
    assert "<main>" in as_html(document)


@pytest.mark.parametrize("name", BUILDERS)
def test_a_pdf_is_tagged_in_french_with_its_title_and_selectable_words(name: str) -> None:
    document = BUILDERS[name](GRID)
    data = as_pdf(document)
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.root_object
    assert root["/Lang"] in ("fr", "fr-FR")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    assert '"ai_assisted": true' in (reader.metadata.subject or "")
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]
    assert document.heading in pdf_text(data)


def test_a_pdf_table_has_header_cells_and_lists_are_lists() -> None:
    tags = _tags(PdfReader(io.BytesIO(as_pdf(grid_document(GRID)))).root_object["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/L", "/LI"} <= tags


def _tags(element: object) -> set[str]:
    found: set[str] = set()
    waiting = [element]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found |= {str(one["/S"])} if "/S" in one else set()
            waiting += [one["/K"]] if "/K" in one else []
    return found


def test_the_same_document_gives_the_same_pdf() -> None:
    assert as_pdf(grid_document(GRID)) == as_pdf(grid_document(GRID))


@pytest.mark.parametrize("letters", ["😀", "漢字", "مرحبا", "\U0001f9ff 𒀀"])
def test_letters_that_no_font_has_cost_no_document(letters: str) -> None:
    data = as_pdf(replace(grid_document(GRID), blocks=(paragraph(f"avant {letters} après"),)))
    assert "avant" in pdf_text(data)
    assert PdfReader(io.BytesIO(data)).root_object["/StructTreeRoot"]


@pytest.mark.parametrize("count", [0, 1, 6, 12, 25, 40])
def test_the_oral_sheet_is_one_page(count: int, tmp_path: Path) -> None:
    questions = tuple(
        Cited(f"Question {n} sur la façon dont vous avez compté les devis sans réponse de l’hiver ?", (n,), "own")
        for n in range(1, count + 1)
    )
    document = oral_document(replace(GRID, rows=(replace(FRICTION, questions=questions), GRID.rows[2])))
    assert pdf_pages(as_pdf(document)) == 1
    assert pdf_text(as_pdf(document)).count("sur la façon dont") == count
    assert pdf_pages(through_libreoffice(as_docx(document), "docx", tmp_path)) == 1


def test_a_cell_that_looks_like_a_formula_is_a_text() -> None:
    row = replace(FRICTION, motivation='=HYPERLINK("http://exemple.fr")', decision="+1")
    sheet = load_workbook(io.BytesIO(as_xlsx(grid_document(replace(GRID, rows=(row,))))))["Grille"]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert next(cell.value for cell in cells if cell.value == 1.5) == 1.5


def test_a_workbook_has_a_sheet_a_table_and_one_for_the_rest() -> None:
    book = load_workbook(io.BytesIO(export(GRID, "grid", "xlsx").data))
    assert book.sheetnames == ["Grille", "Citations", "Renseignements", "Questions", "Texte"]
    assert book["Grille"].freeze_panes == "B2"


@pytest.mark.parametrize("length", [1, 40, 400, 4_000])
def test_every_row_of_a_workbook_is_high_enough_for_its_words(length: int) -> None:
    row = replace(FRICTION, motivation="mot " * length)
    sheet = load_workbook(io.BytesIO(as_xlsx(grid_document(replace(GRID, rows=(row,))))))["Grille"]
    place = next(cell.column_letter for cell in sheet[1] if cell.value == "Motivation")
    width, height = sheet.column_dimensions[place].width, sheet.row_dimensions[2].height
    assert width is not None
    assert height is not None
    lines = len("mot " * length) / width
    assert height >= min(409, lines * 12.75)
    assert length > 400 or height < 409


def test_the_word_document_is_accessible() -> None:
    document = word_document(io.BytesIO(as_docx(grid_document(GRID))))
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert document.core_properties.language == "fr-FR"
    assert document.core_properties.title == grid_document(GRID).title
    assert '"ai_assisted": true' in document.core_properties.comments
    assert all(table.rows[0]._tr.findall(f".//{qn('w:tblHeader')}") for table in document.tables)


def test_the_html_page_is_accessible_and_runs_nothing() -> None:
    text = as_html(grid_document(GRID))
    assert '<html lang="fr">' in text
    assert text.count("<h1") == 1
    assert "<script" not in text
    levels = [int(level) for level in re.findall(r"<h(\d)", text)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", text))


def test_a_template_of_ones_own_keeps_its_look_and_may_use_the_grids_parts(tmp_path: Path) -> None:
    own = tmp_path / "modele.docx"
    template = word_document()
    template.sections[0].header.paragraphs[0].text = "Certificateur imaginaire – {{ candidate }}"
    template.add_paragraph("Avant")
    template.add_paragraph("{{ contenu }}")
    template.add_paragraph("{%p for row in rows %}")
    template.add_paragraph("Ligne {{ row.id }} : {{ row.decision }}")
    template.add_paragraph("{%p endfor %}")
    template.save(str(own))
    data = as_docx(grid_document(GRID), own, grid_tags(GRID))
    document = word_document(io.BytesIO(data))
    assert document.sections[0].header.paragraphs[0].text == "Certificateur imaginaire – 0417"
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts.index("Avant") < texts.index("Critères") < texts.index("Ligne Cr1.2 : 1,5 / 2")
    assert not [text for text in texts if "contenu" in text or "{" in text]
    assert "Le comptage couvre douze semaines" in docx_text(data)


def test_a_template_that_cannot_be_opened_or_filled_is_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "modele.docx"
    broken.write_bytes(b"ceci n'est pas un document")
    with pytest.raises(SettingsError, match="modele"):
        as_docx(grid_document(GRID), broken)
    template = word_document()
    template.add_paragraph("{{ inconnu }}")
    template.save(str(broken))
    with pytest.raises(SettingsError, match="inconnu"):
        as_docx(grid_document(GRID), broken, grid_tags(GRID))


def test_json_that_is_not_ours_is_refused() -> None:
    with pytest.raises(StoreError):
        from_json('{"format": "autre"}')


@pytest.mark.parametrize(("form", "words"), [("docx", "Critères"), ("xlsx", "Motivation")])
def test_office_files_open_in_libreoffice(form: FileFormat, words: str, tmp_path: Path) -> None:
    data = through_libreoffice(export(GRID, "grid", form).data, form, tmp_path)
    text = pdf_text(data)
    for expected in ("0417", words, "17 minutes par feuille", "Paul Béranger"):
        assert expected in text
