"""The workbook read back: the référentiel, or every fault with its sheet, row and column, in French."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import ReferentielError
from assistant.referentiel.authoring.workbook.rows import Row, content_of
from assistant.referentiel.authoring.workbook.sheets import FIELDS, HELP, SEPARATOR, SHEETS, TOP, Column, Sheet
from assistant.referentiel.catalogue import problems
from assistant.referentiel.model import Referentiel
from assistant.referentiel.words import code_of

MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """`row` as the workbook counts, from 1 (0: the sheet as a whole); `column` its heading."""

    sheet: str
    row: int
    column: str
    said: str

    def __str__(self) -> str:
        place = [f"Feuille «\u00a0{self.sheet}\u00a0»"]
        if self.row:
            place.append(f"ligne {self.row}")
        if self.column:
            place.append(f"colonne «\u00a0{self.column}\u00a0»")
        return f"{', '.join(place)}\u00a0: {self.said}"


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """`referentiel` is None where there is a fault."""

    referentiel: Referentiel | None
    faults: tuple[Fault, ...]


def read_workbook(data: bytes | Path) -> ReadWorkbook:
    """Raises ReferentielError when the file is no workbook at all; anything else is a fault with its place."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        raw = data.read_bytes() if isinstance(data, Path) else data
        book = openpyxl.load_workbook(io.BytesIO(raw))
    except (OSError, InvalidFileException, KeyError, ValueError, EOFError, SyntaxError, zipfile.BadZipFile) as error:
        raise ReferentielError(
            "Ce fichier n’est pas un classeur Excel lisible\u00a0: enregistrez-le au format .xlsx."
        ) from error
    faults: list[Fault] = []
    top = _fields(book, faults)
    rows = {sheet.title: _rows(book, sheet, faults) for sheet in SHEETS}
    known = {*(sheet.title for sheet in SHEETS), FIELDS, HELP}
    faults += [
        Fault(name, 0, "", "cette feuille n’est pas du classeur\u00a0: supprimez-la")
        for name in book.sheetnames
        if name not in known
    ]
    faults += _references(rows, frozenset(book.sheetnames))
    if faults:
        return ReadWorkbook(None, tuple(sorted(faults, key=_place)))
    return _made(top, rows)


def _place(fault: Fault) -> tuple[int, int, int]:
    """Where a fault stands: its sheet, its row, its column."""
    sheets = [FIELDS, *(sheet.title for sheet in SHEETS)]
    titles = [column.title for sheet in SHEETS if sheet.title == fault.sheet for column in sheet.columns]
    return (
        sheets.index(fault.sheet) if fault.sheet in sheets else len(sheets),
        fault.row,
        titles.index(fault.column) if fault.column in titles else 0,
    )


def _made(top: Row, rows: dict[str, list[tuple[int, Row]]]) -> ReadWorkbook:
    content = content_of(top, {title: [row for _, row in found] for title, found in rows.items()})
    try:
        made = Referentiel.model_validate(content)
    except ValidationError as error:
        return ReadWorkbook(None, tuple(_refused(content, one["loc"]) for one in error.errors()))
    found = tuple(Fault(FIELDS, 0, "", said) for said in problems(made))
    return ReadWorkbook(None if found else made, found)


def _refused(content: Any, steps: tuple[int | str, ...]) -> Fault:
    """A value that the référentiel does not take: by the id of what holds it, and the field."""
    holder, name = content, ""
    for step in steps:
        holder = holder[step] if isinstance(step, int) or step in holder else {}
        name = holder["id"] if isinstance(holder, dict) and "id" in holder and holder is not content else name
    field = next((str(step) for step in reversed(steps) if isinstance(step, str)), "")
    columns = [column for columns in (TOP, *(sheet.columns for sheet in SHEETS)) for column in columns]
    title = next((column.title for column in columns if column.field == field), field)
    whose = f"{name}\u00a0: " if name else ""
    return Fault(FIELDS, 0, "", f"{whose}la valeur de «\u00a0{title}\u00a0» n’est pas acceptée")


def _fields(book: Any, faults: list[Fault]) -> Row:
    if FIELDS not in book.sheetnames:
        faults.append(Fault(FIELDS, 0, "", "cette feuille manque"))
        return {}
    page = book[FIELDS]
    known = {column.title: column for column in TOP}
    made: Row = {}
    for number in range(2, min(page.max_row, MOST_ROWS) + 1):
        name = page.cell(number, 1).value
        if name is None:
            continue
        column = known.get(str(name).strip())
        if column is None:
            faults.append(Fault(FIELDS, number, "Champ", f"«\u00a0{name}\u00a0» n’est pas un champ du référentiel"))
            continue
        value, said = _value(page.cell(number, 2), column)
        if said:
            faults.append(Fault(FIELDS, number, "Valeur", said))
        elif value is not None:
            made[column.field] = value
    missing = [column.title for column in TOP if column.needed and column.field not in made]
    faults += [Fault(FIELDS, 0, "Champ", f"«\u00a0{title}\u00a0» doit être rempli") for title in missing]
    return made


def _rows(book: Any, sheet: Sheet, faults: list[Fault]) -> list[tuple[int, Row]]:
    if sheet.title not in book.sheetnames:
        faults.append(Fault(sheet.title, 0, "", "cette feuille manque"))
        return []
    page = book[sheet.title]
    heads = {}
    for place in range(1, page.max_column + 1):
        name = page.cell(1, place).value
        if name is not None:
            heads[str(name).strip()] = place
    titles = [column.title for column in sheet.columns]
    faults += [Fault(sheet.title, 1, title, "cette colonne manque") for title in titles if title not in heads]
    faults += [
        Fault(sheet.title, 1, name, "cette colonne n’est pas du classeur") for name in heads if name not in titles
    ]
    faults += _merged(page, sheet, heads)
    made: list[tuple[int, Row]] = []
    for number in range(2, min(page.max_row, MOST_ROWS) + 1):
        cells = {c.field: (c, page.cell(number, heads[c.title])) for c in sheet.columns if c.title in heads}
        if all(cell.value is None or not str(cell.value).strip() for _, cell in cells.values()):
            continue
        made.append((number, _row(cells, sheet, number, faults)))
    return made


def _merged(page: Any, sheet: Sheet, heads: dict[str, int]) -> Iterator[Fault]:
    """Merged cells hold one value where a row each is wanted: what the others held is gone from the file."""
    titles = {place: name for name, place in heads.items()}
    for held in page.merged_cells.ranges:
        said = f"les cases {held.coord} sont fusionnées\u00a0: défusionnez-les et remplissez chacune"
        yield Fault(sheet.title, held.min_row, titles.get(held.min_col, ""), said)


def _row(cells: dict[str, tuple[Column, Any]], sheet: Sheet, number: int, faults: list[Fault]) -> Row:
    row: Row = {}
    for field, (column, cell) in cells.items():
        value, said = _value(cell, column)
        if value is None and column.needed and not said:
            said = "cette case doit être remplie"
        if said:
            faults.append(Fault(sheet.title, number, column.title, said))
        elif value is not None:
            row[field] = value
    return row


def _value(cell: Any, column: Column) -> tuple[Any, str]:
    """What a cell holds, and what is wrong with it."""
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None, ""
    if cell.data_type == "f":
        return None, "une formule n’est pas acceptée\u00a0: écrivez la valeur"
    if column.holds in {"number", "integer"}:
        return _number(value, column)
    if cell.is_date:
        return None, "Excel en a fait une date\u00a0: mettez la case au format Texte et récrivez-la"
    if isinstance(value, bool) or cell.data_type == "e":
        return None, "cette valeur n’est pas un texte"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if column.holds == "text":
        return _of_words(text, column) if column.words else (text, "")
    parts = [part.strip() for part in text.split(SEPARATOR) if part.strip()]
    if not column.words:
        return parts, ""
    found = [_of_words(part, column) for part in parts]
    wrong = next((said for _, said in found if said), "")
    return (None, wrong) if wrong else ([code for code, _ in found], "")


def _of_words(said: str, column: Column) -> tuple[str | None, str]:
    """The code of a word, however it is written; or what is wrong with it."""
    code = code_of(said, column.words)
    if code is None:
        return None, f"«\u00a0{said.strip()}\u00a0» n’est pas de la liste\u00a0: {', '.join(column.among)}"
    return code, ""


def _number(value: Any, column: Column) -> tuple[Any, str]:
    try:
        number = float(str(value).strip().replace(",", "."))
    except ValueError:
        return None, f"«\u00a0{value}\u00a0» n’est pas un nombre"
    if isinstance(value, bool) or number != number or number in (float("inf"), float("-inf")):
        return None, f"«\u00a0{value}\u00a0» n’est pas un nombre"
    if column.holds == "integer":
        return (
            (int(number), "") if number == int(number) else (None, f"«\u00a0{value}\u00a0» n’est pas un nombre entier")
        )
    return number, ""


def _references(rows: dict[str, list[tuple[int, Row]]], there: frozenset[str]) -> Iterator[Fault]:
    """Ids that stand twice, and cells that name what does not exist; a sheet that is not `there` is said once."""
    ids: dict[str, set[str]] = {}
    for sheet in SHEETS:
        if not sheet.has_ids:
            continue
        title = next(column.title for column in sheet.columns if column.field == "id")
        seen: dict[str, int] = {}
        for number, row in rows[sheet.title]:
            name = row.get("id")
            if name in seen:
                yield Fault(sheet.title, number, title, f"«\u00a0{name}\u00a0» figure déjà à la ligne {seen[name]}")
            elif name is not None:
                seen[name] = number
        ids[sheet.title] = set(seen)
    for sheet in SHEETS:
        for column in (one for one in sheet.columns if one.names in there):
            for number, row in rows[sheet.title]:
                value = row.get(column.field)
                named = value if isinstance(value, list) else [value] if value is not None else []
                for name in named:
                    if name not in ids[column.names]:
                        said = f"«\u00a0{name}\u00a0» n’est pas sur la feuille «\u00a0{column.names}\u00a0»"
                        yield Fault(sheet.title, number, column.title, said)
