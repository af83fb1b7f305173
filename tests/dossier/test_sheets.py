"""Workbooks of LibreOffice (ODS): their tables as one sees them."""

import zipfile
from pathlib import Path

from assistant.dossier.files.sheets import workbook_of

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def ods(folder: Path, sheets: str, styles: str = "") -> Path:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    file = folder / "suivi.ods"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", content)
    return file


def sheet(name: str, *rows: str, style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


EMPTY = "<table:table-cell/>"


def test_rows_are_read_as_shown_and_an_empty_row_parts_two_tables(tmp_path: Path) -> None:
    file = ods(
        tmp_path,
        sheet(
            "Appels", row(cell("Motif"), cell("Appels par jour")), row(cell("Facture"), cell("5,8")), row(EMPTY, EMPTY),
            row(cell("Total"), cell("21,3")),
        ),
    )  # fmt: skip
    (only,) = workbook_of(file, "ods").sheets
    assert only.name == "Appels"
    assert only.tables == ((("Motif", "Appels par jour"), ("Facture", "5,8")), (("Total", "21,3"),))


def test_repeated_cells_and_rows_are_written_out_and_a_million_empty_ones_are_not(tmp_path: Path) -> None:
    twice = cell("oui", 'table:number-columns-repeated="2"')
    file = ods(
        tmp_path,
        sheet(
            "Semaine", row(cell("Lundi"), twice, more='table:number-rows-repeated="3"'),
            row(EMPTY, more='table:number-rows-repeated="1048573"'),
        ),
    )  # fmt: skip
    (only,) = workbook_of(file, "ods").sheets
    assert only.tables == ((("Lundi", "oui", "oui"),) * 3,)
    assert not only.cut


def test_comments_filtered_rows_and_hidden_sheets_are_no_part_of_what_is_read(tmp_path: Path) -> None:
    noted = (
        "<table:table-cell><office:annotation><text:p>À revoir</text:p></office:annotation><text:p>12 devis</text:p>"
        "</table:table-cell>"
    )
    hides = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    file = ods(
        tmp_path,
        sheet("Devis", row(noted), row(cell("filtrée"), more='table:visibility="filter"'))
        + sheet("Brouillon", row(cell("secret")), style="h"),
        hides,
    )
    book = workbook_of(file, "ods")
    assert [one.tables for one in book.sheets] == [((("12 devis",),),)]
    assert book.hidden == ("Brouillon",)
