"""Every format of every document: what it holds, that it opens elsewhere, and that no text of a dossier can break it."""

import io
import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
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
from assistant.exporting.document import Column, Document, Table, cell, paragraph, plain_text
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
from tests.exporting.opened import docx_text, pdf_pages, pdf_text, rows_of_table, through_libreoffice, xlsx_text

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
ANY_LETTER = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"))
QUESTIONS = (0, 1, 6, 12, 25, 40)
"""How many of them an oral sheet is tried with."""
OFFICE: tuple[FileFormat, ...] = ("docx", "xlsx")
SAID = "Le comptage couvre douze semaines d’hiver, devis sans réponse compris. "
LONG_ROWS = Table(
    "Rangées",
    (Column("Critère", 8, names_row=True), Column("Constats", 60), Column("Motivation", 32)),
    tuple(
        (cell(f"Cr{number}", "strong"), cell(text), cell(text[: len(text) // 3], "strong" if number % 2 else "plain"))
        for number, text in enumerate(
            (
                "Vu.",
                SAID * 3,
                SAID * 9,
                "WWW MMM " * 40,
                "il fit, ill, lit : " * 40,
                "https://exemple.fr/" + "x" * 300,
                "ÉÀÇ ŒUVRE – 41 % » " * 25,
                "non\u00a0sécable\u00a0: " * 25,
                "Un constat.\n– Un autre, plus long. " * 8,
            ),
            start=1,
        )
    ),
)
"""What a workbook may hold: nothing, much, wide letters and narrow ones, words longer than a line."""
HALF_PAGES = replace(
    GRID,
    rows=tuple(
        replace(FRICTION, id=f"Cr9.{n}", gaps=(), quotes=(), motivation=f"{SAID * 7} motif{n}.") for n in range(1, 7)
    ),
)
"""Rows that fill their pages unevenly."""
MADE = [(document, form) for document, forms in FORMATS.items() for form in forms]


def opened(grid: Grid, document: GridDocument, form: FileFormat) -> str:
    return " ".join(TEXTS[form](export(grid, document, form).data).split())


@pytest.mark.parametrize(("document", "form"), MADE)
def test_every_file_names_the_candidate(document: GridDocument, form: FileFormat) -> None:
    assert "0417" in opened(GRID, document, form)
    assert re.search(rf"-collegiale?-0417\.{form}$", export(GRID, document, form).name)


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


@settings(max_examples=8, deadline=None)
@given(st.lists(st.text(ANY_LETTER, min_size=1, max_size=60), min_size=4, max_size=8))
def test_any_words_are_written_as_they_are(texts: list[str]) -> None:
    rows = tuple(replace(FRICTION, id=f"Cr{n}", motivation=f"x{words}x") for n, words in enumerate(texts))
    grid = replace(GRID, session=texts[0], rows=rows)
    assert from_json(as_json(grid)) == grid
    document = grid_document(grid)
    for text in (xlsx_text(as_xlsx(document)), docx_text(as_docx(document))):
        assert all(f"x{words}x" in text for words in texts)
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


def oral_sheet(count: int) -> Document:
    questions = tuple(
        Cited(f"Question {n} sur la façon dont vous avez compté les devis sans réponse de l’hiver ?", (n,), "own")
        for n in range(1, count + 1)
    )
    return oral_document(replace(GRID, rows=(replace(FRICTION, questions=questions), GRID.rows[2])))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The PDF that LibreOffice makes of each file that a test below asks for."""
    files = {f"oral-{count}.docx": as_docx(oral_sheet(count)) for count in QUESTIONS}
    files |= {f"grille-{form}.{form}": export(GRID, "grid", form).data for form in OFFICE}
    files["rangs.docx"] = as_docx(grid_document(HALF_PAGES))
    files["rangees.xlsx"] = as_xlsx(replace(grid_document(GRID), blocks=(LONG_ROWS,)))
    return through_libreoffice(files, tmp_path_factory.mktemp("printed"))


@pytest.mark.parametrize("count", QUESTIONS)
def test_the_oral_sheet_is_one_page(count: int, printed: Mapping[str, bytes]) -> None:
    document = oral_sheet(count)
    assert pdf_pages(as_pdf(document)) == 1
    assert pdf_text(as_pdf(document)).count("sur la façon dont") == count
    assert pdf_pages(printed[f"oral-{count}.docx"]) == 1


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


def test_every_row_of_a_workbook_shows_its_words_and_little_more(printed: Mapping[str, bytes]) -> None:
    """As LibreOffice prints it: no letter is cut, and a row is at most a quarter and a line higher than its words."""
    with pdfplumber.open(io.BytesIO(printed["rangees.xlsx"])) as document:
        rows = [row for page in document.pages for row in rows_of_table(page)]
        line = rows[1][1]
    cells = [[plain_text(block.content) for one in row for block in one.blocks] for row in LONG_ROWS.rows]  # type: ignore[union-attr]  # paragraphs
    assert [sorted(letters) for letters, _, _ in rows[1:]] == [sorted(re.sub(r"\s", "", "".join(row))) for row in cells]
    assert [(high, words) for _, high, words in rows if high > 1.25 * words + line] == []


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_no_row_is_cut_by_the_end_of_a_page_and_all_sign_on_one(form: str, printed: Mapping[str, bytes]) -> None:
    data = as_pdf(grid_document(HALF_PAGES)) if form == "pdf" else printed["rangs.docx"]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    table = [page for page in pages if "motif" in page]
    assert len(table) > 1
    for n in range(1, len(HALF_PAGES.rows) + 1):
        begun = next(page for page in table if f"Cr9.{n}" in page)
        assert f"motif{n}." in begun
    signed = next(page for page in pages if "Signatures" in page)
    assert all(f"{one.name}, {one.part}" in " ".join(signed.split()) for one in GRID.jury)


@pytest.mark.parametrize("length", [1, 40, 400, 4_000])
def test_no_row_of_a_workbook_is_higher_than_a_sheet_shows(length: int) -> None:
    row = replace(FRICTION, motivation="mot " * length)
    sheet = load_workbook(io.BytesIO(as_xlsx(grid_document(replace(GRID, rows=(row,))))))["Grille"]
    height = sheet.row_dimensions[2].height
    assert height is not None
    assert height <= 409
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
def test_office_files_open_in_libreoffice(form: FileFormat, words: str, printed: Mapping[str, bytes]) -> None:
    text = pdf_text(printed[f"grille-{form}.{form}"])
    for expected in ("0417", words, "17 minutes par feuille", "Paul Béranger"):
        assert expected in text
