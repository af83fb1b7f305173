"""The workbook of a référentiel: a sheet for each kind of thing, comments on the headings, drop-downs, explanations."""

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.referentiel.authoring.workbook.rows import rows_of
from assistant.referentiel.authoring.workbook.sheets import FIELDS, HELP, SEPARATOR, SHEETS, TOP, Column, Sheet
from assistant.referentiel.model import Referentiel

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

ROOM = 400
"""Rows below the last one for which drop-downs are ready."""
EXPLAINED = (
    "Ce classeur contient tout le référentiel\u00a0: modifiez-le, enregistrez-le, puis relisez-le avec Prélecture.",
    "Une ligne par chose\u00a0; l’ordre des lignes est celui de la grille. Une ligne vide ne compte pas.",
    "Les textes des critères, compétences et épreuves sont ceux du certificateur, mot pour mot\u00a0: ne les récrivez pas.",
    "Les exigences sont faites des mots de leur critère\u00a0; les indices sont les vôtres.",
    "N’ajoutez ni formule ni colonne\u00a0: elles seraient refusées, avec la feuille, la ligne et la colonne.",
    "Plusieurs codes dans une case se séparent par des points-virgules.",
    "Tout changement de contenu demande une nouvelle version (feuille «\u00a0Référentiel\u00a0»).",
)


def as_workbook(referentiel: Referentiel) -> bytes:
    """The bytes of an XLSX file that `read_workbook` gives back without loss."""
    import openpyxl

    top, rows = rows_of(referentiel)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    _help(book)
    fields = book.create_sheet(FIELDS)
    _heads(
        fields, (Column("Champ", "", "Ne changez pas cette colonne.", width=34), Column("Valeur", "", "", width=110))
    )
    for number, column in enumerate(TOP, start=2):
        _put(fields, number, 1, column.title)
        _put(fields, number, 2, _said(column, top[column.field]))
        _comment(fields.cell(number, 1), column.help)
        if column.among:
            _choices(fields, f"B{number}", '"' + ",".join(column.among) + '"')
    for sheet in SHEETS:
        _sheet(book, sheet, rows[sheet.title])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _help(book: "Workbook") -> None:
    page = book.create_sheet(HELP)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 28, 110
    lines = [("Mode d’emploi", "")] + [("", text) for text in EXPLAINED] + [("", ""), ("Feuilles", "")]
    for sheet in SHEETS:
        lines.append((sheet.title, sheet.help))
        lines += [("", f"{column.title}\u00a0: {column.help}") for column in sheet.columns]
    for number, (name, text) in enumerate(lines, start=1):
        _put(page, number, 1, name)
        _put(page, number, 2, text)


def _sheet(book: "Workbook", sheet: Sheet, rows: list[dict[str, Any]]) -> None:
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.title)
    _heads(page, sheet.columns)
    for number, row in enumerate(rows, start=2):
        for place, column in enumerate(sheet.columns, start=1):
            _put(page, number, place, _said(column, row.get(column.field)))
    last = len(rows) + 1 + ROOM
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        if column.holds == "text" and (column.among or column.names):
            words = '"' + ",".join(column.among) + '"' if column.among else _ids(column.names)
            _choices(page, f"{letter}2:{letter}{last}", words)


def _said(column: Column, value: Any) -> Any:
    """A code as the word that a person knows it by."""
    if isinstance(value, tuple | list):
        return tuple(column.words.get(one, one) for one in value)
    return column.words.get(value, value) if isinstance(value, str) else value


def _ids(title: str) -> str:
    """Where the ids of a sheet stand."""
    from openpyxl.utils import get_column_letter

    sheet = next(one for one in SHEETS if one.title == title)
    letter = get_column_letter([column.field for column in sheet.columns].index("id") + 1)
    return f"'{title}'!${letter}$2:${letter}$2000"


def _heads(page: "Worksheet", columns: tuple[Column, ...]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(columns, start=1):
        cell = page.cell(1, place, column.title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E3E8EF")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.column_dimensions[get_column_letter(place)].width = column.width
        if column.help:
            _comment(cell, column.help)
    page.freeze_panes = "A2"


def _comment(cell: Any, text: str) -> None:
    from openpyxl.comments import Comment

    cell.comment = Comment(text, "Prélecture", width=320, height=90)


def _choices(page: "Worksheet", where: str, words: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=words, allow_blank=True, showErrorMessage=True)
    rule.error, rule.errorTitle = "Choisissez une valeur de la liste.", "Prélecture"
    page.add_data_validation(rule)
    rule.add(where)


@cache
def _wrapped() -> "Alignment":
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _put(page: "Worksheet", row: int, place: int, value: Any) -> None:
    """Text as text: never a formula, never a date."""
    if value is None or value in ("", (), []):
        return
    cell = page.cell(row, place)
    if isinstance(value, int | float):
        cell.value = value
        return
    text = f"{SEPARATOR} ".join(value) if isinstance(value, tuple | list) else str(value)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = _wrapped()
