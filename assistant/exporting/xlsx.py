"""Any documents as a workbook to sort and count in: a sheet for each table, and one for what is not in a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from assistant.exporting.document import (
    BulletList,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    SignatureBlock,
    Table,
    cell,
    plain_text,
    storable,
)
from assistant.exporting.text_width import lines_of, width_of
from assistant.exporting.wording import AUTHOR, made_in_utc

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

TEXTS_SHEET = "Texte"
PLAIN, BOLD, HEAD = "Cellule", "Cellule forte", "Titre de colonne"
FONT, SIZE = "Arial", 10
ACROSS = 200
"""Characters across a sheet, which its columns share."""
NARROWEST, WIDEST = 9, 110
"""Characters of a column."""
CHARACTER, MARGINS, ARROW = 5.25, 5.0, 16.0
"""Points: a character of a column's width (a digit of its font, 7 pixels), what a cell leaves empty beside its text, and
the arrow of a filter in a heading."""
LINE, EDGE, HIGHEST = 12.75, 3.0, 409.0
"""Points: a line of text, a row's edges, and the highest row that a workbook can have."""
LONGEST_CELL = 32_000
"""Characters; Excel holds 32,767 in a cell."""
LONGEST_NAME = 31
"""Characters of a sheet's name."""


@dataclass(frozen=True, slots=True)
class _Written:
    """What a cell of a sheet holds."""

    value: str | float | None
    bold: bool = False

    @property
    def text(self) -> str:
        return "" if self.value is None else str(self.value)


def as_xlsx(*documents: Document) -> bytes:
    """The workbook's bytes; its first document names it, and the table with most columns comes first."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _looks(book)
    tables = [block for document in documents for block in document.blocks if isinstance(block, Table)]
    for table in sorted(tables, key=lambda one: -len(one.columns)):
        _sheet(book, table)
    texts = [line for document in documents for line in _texts(document)]
    if texts:
        columns = (Column("Rubrique", 25, names_row=True), Column("Texte", 75))
        _sheet(book, Table(TEXTS_SHEET, columns, tuple((cell(title, "strong"), cell(text)) for title, text in texts)))
    _properties(book, documents[0])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Everything outside tables, each text under the heading it stands under."""
    title = document.heading
    for block in document.blocks:
        match block:
            case Heading(_, text):
                title = text
            case Paragraph(content, _):
                yield title, plain_text(content)
            case BulletList(items, _):
                yield from ((title, plain_text(item)) for item in items)
            case SignatureBlock(name, note):
                yield title, f"{name}, {note}" if note else name
            case Table():
                continue


def _sheet(book: "Workbook", table: Table) -> None:
    """A table with a header row that stays in sight and comes back on each printed page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet: Worksheet = book.create_sheet(storable(table.name)[:LONGEST_NAME])
    rows = [[_written(one) for one in row] for row in table.rows]
    widths = _widths(table.columns, rows)
    for place, (column, width) in enumerate(zip(table.columns, widths, strict=True), start=1):
        _write(sheet, 1, place, _Written(column.title), HEAD)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, start=2):
        for place, one in enumerate(row, start=1):
            _write(sheet, number, place, one, BOLD if one.bold else PLAIN)
        sheet.row_dimensions[number].height = min(HIGHEST, _height(row, widths))
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _written(one: Cell) -> _Written:
    """A number where there is one; else its texts, one a line, an item of a list with its dash."""
    if one.number is not None:
        return _Written(one.number)
    lines = [
        line
        for block in one.blocks
        for line in (
            [plain_text(block.content)]
            if isinstance(block, Paragraph)
            else [f"– {plain_text(item)}" for item in block.items]
        )
    ]
    bold = any(
        isinstance(block, Paragraph) and any(getattr(run, "emphasis", "") == "strong" for run in block.content)
        for block in one.blocks
    )
    text = "\n".join(lines)
    return _Written(_cut(text) if text else None, bold)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[_Written]]) -> list[float]:
    """In characters: the columns' shares, and more where a row would be higher than a sheet can show."""
    whole = sum(column.width for column in columns)
    widths = [max(NARROWEST, ACROSS * column.width / whole, _heading(column.title)) for column in columns]
    for place, width in enumerate(widths):
        wider = width
        while wider < WIDEST and any(_height([row[place]], [wider]) > HIGHEST for row in rows):
            wider = min(WIDEST, wider * 1.25)
        widths[place] = round(wider, 1)
    return widths


def _heading(title: str) -> float:
    """Characters of a column whose title stands on one line."""
    return (width_of(title, SIZE, bold=True) + MARGINS + ARROW) / CHARACTER


def _height(row: Sequence[_Written], widths: Sequence[float]) -> float:
    """Points that a row's longest cell takes; rows have no height of their own until a person touches them."""
    most = max(
        lines_of(one.text, width * CHARACTER - MARGINS, SIZE, bold=one.bold)
        for one, width in zip(row, widths, strict=True)
    )
    return most * LINE + EDGE


def _write(sheet: "Worksheet", row: int, column: int, one: _Written, look: str) -> None:
    """A cell. A text is a text, whatever it begins with: never a formula."""
    made = sheet.cell(row, column)
    made.style = look
    if one.value is not None:
        made.value = one.value
    if isinstance(one.value, str):
        made.data_type = "s"
        made.quotePrefix = one.value[:1] in {"=", "+", "-", "@"}


def _looks(book: "Workbook") -> None:
    """The three looks of a cell, named, so that a person can change them all at once."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
    from openpyxl.utils.indexed_list import IndexedList

    # Columns are as wide as so many digits of the workbook's own font, which has no public name.
    book._fonts = IndexedList([Font(name=FONT, size=SIZE)])  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = Font(name=FONT, size=SIZE)  # type: ignore[attr-defined]
    side = Side(style="thin", color="FF767676")
    for name, bold in ((PLAIN, False), (BOLD, True), (HEAD, True)):
        look = NamedStyle(name, font=Font(name=FONT, size=SIZE, bold=bold))
        look.alignment = Alignment(wrap_text=True, vertical="top")
        look.border = Border(left=side, right=side, top=side, bottom=side)
        if name == HEAD:
            look.fill = PatternFill("solid", fgColor="FFEDEDED")
        book.add_named_style(look)


def _properties(book: "Workbook", document: Document) -> None:
    about, told = book.properties, document.properties
    about.title = storable(document.title)
    about.creator = about.lastModifiedBy = AUTHOR
    about.language = "fr-FR"
    about.keywords = storable("; ".join(told.keywords))
    about.description = storable(told.disclosure)
    about.created = about.modified = made_in_utc(told.created)
