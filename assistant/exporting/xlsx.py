"""The filled grid as a workbook: a sheet to sort and count in, the citations, and what the grid is about."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from assistant.exporting import parts, wording
from assistant.exporting.grid import Cited, Grid, Row

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HEAD = (
    "Critère", "Énoncé", "Modalités", wording.OBSERVATIONS, wording.GAPS, wording.QUESTIONS,
    "Décision", "Points", "Maximum", "Motivation",
)  # fmt: skip
WIDTHS = (10, 46, 16, 52, 38, 38, 16, 9, 10, 40)
LONGEST_CELL = 32_000
"""Characters; Excel holds 32,767 in a cell."""
Value = str | float | None


def as_xlsx(grid: Grid) -> bytes:
    """The workbook's bytes."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Grille"
    _grid(sheet, grid)
    _table(book.create_sheet("Citations"), parts.QUOTES_HEAD, parts.quotes(grid), (10, 8, 100, 24))
    _table(book.create_sheet("Dossier"), ("Rubrique", "Renseignement"), _about(grid), (34, 100))
    _properties(book, grid)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _grid(sheet: "Worksheet", grid: Grid) -> None:
    _table(sheet, HEAD, [_row(row) for row in grid.rows], WIDTHS)
    sheet.page_setup.orientation = "landscape"
    if grid.total is not None:
        last = len(grid.rows) + 3
        for column, value in ((1, parts.TOTAL), (8, grid.total), (9, grid.most_total)):
            _write(sheet, last, column, value, bold=True)


def _row(row: Row) -> tuple[Value, ...]:
    return (
        row.id,
        "\n".join((parts.words(row), *(f"– {indicator}" for indicator in row.indicators))),
        wording.assessed_in_words(row),
        _items(row.observations),
        _items(row.gaps),
        _items(row.questions),
        row.decision or wording.NO_DECISION,
        row.points,
        row.most_points,
        row.motivation,
    )


def _items(items: Sequence[Cited]) -> str:
    """One item a line, with its pages and, where the AI had a part in it, who wrote it."""
    return "\n".join(
        f"{parts.with_pages(item)}{f' – {origin}' if (origin := wording.origin_in_words(item.origin)) else ''}"
        for item in items
    )


def _about(grid: Grid) -> list[tuple[str, str]]:
    members = [(member.part.capitalize(), f"{member.name}, {wording.lock_in_words(member)}") for member in grid.jury]
    return [*wording.facts(grid), *members, *((wording.AI_TITLE, said) for said in wording.ai_in_words(grid))]


def _table(sheet: "Worksheet", head: Sequence[str], rows: Sequence[Sequence[Value]], widths: Sequence[float]) -> None:
    """A table with a header row that stays in sight and comes back on each printed page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for column, (title, width) in enumerate(zip(head, widths, strict=True), start=1):
        _write(sheet, 1, column, title, bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            _write(sheet, number, column, value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write(sheet: "Worksheet", row: int, column: int, value: Value, *, bold: bool = False) -> None:
    """A cell. A text is a text, whatever it begins with: never a formula."""
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(row=row, column=column)
    if isinstance(value, str):
        cell.value = _cut(wording.without_controls(value))
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in {"=", "+", "-", "@"}
    elif value is not None:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def _properties(book: "Workbook", grid: Grid) -> None:
    about = book.properties
    about.title = wording.title(grid)
    about.creator = about.lastModifiedBy = parts.AUTHOR
    about.language = "fr-FR"
    about.keywords = wording.ai_keywords(grid)
    about.description = wording.ai_metadata(grid)
    about.created = about.modified = wording.made_in_utc(grid)
