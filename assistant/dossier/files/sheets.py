"""The cells of a workbook, sheet by sheet, as a reader of French sees them: `5,8`, `12/03/2025`, `40 %`."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 30, 2_000, 40
LONGEST_CELL = 2_000
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as tables: runs of rows without an empty one among them, all of one width. `cut`: rows were left out."""

    name: str
    tables: tuple[tuple[Row, ...], ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets one sees, and the names of those that are hidden."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()


def workbook_of(file: Path, kind: str) -> Workbook:
    """Reads a workbook (`xlsx` or `ods`). What openpyxl, zipfile or the XML parser raise is raised."""
    return _excel(file) if kind == "xlsx" else _open_document(file)


def _excel(file: Path) -> Workbook:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(file.read_bytes()), read_only=True, data_only=True)
    sheets, hidden = [], []
    for sheet in book.worksheets[:MOST_SHEETS]:
        if sheet.sheet_state != "visible":
            hidden.append(str(sheet.title))
            continue
        sheet.reset_dimensions()
        rows = (
            tuple(_shown(cell.value, getattr(cell, "number_format", "") or "") for cell in row)
            for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
        )
        sheets.append(_sheet(str(sheet.title), rows))
    return Workbook(tuple(sheets), tuple(hidden))


def _shown(value: Any, style: str) -> str:
    """A value as French readers write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    if isinstance(value, datetime):
        whole = value.time() == time()
        return value.strftime("%d/%m/%Y" if whole else "%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _number(float(value), style)
    return " ".join(str(value).split())[:LONGEST_CELL]


def _number(value: float, style: str) -> str:
    percent = "%" in style
    value = value * 100 if percent else value
    decimals = re.search(r"\.(0+)", style)
    written = f"{value:.{len(decimals[1])}f}" if decimals else f"{value:.10g}"
    if re.fullmatch(r"-?0\.0*", written) and value:
        written = f"{value:.4g}"
    unit = "\u00a0%" if percent else "\u00a0€" if "€" in style else ""
    return written.replace(".", ",") + unit


def _sheet(name: str, rows: Iterator[Row]) -> Sheet:
    tables: list[tuple[Row, ...]] = []
    run: list[Row] = []
    cut = False
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            cut = True
            break
        if any(row):
            run.append(row)
        elif run:
            tables.append(_squared(run))
            run = []
    if run:
        tables.append(_squared(run))
    return Sheet(name, tuple(tables), cut)


def _squared(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows of one width, without the columns that are empty in all of them."""
    width = max(len(row) for row in rows)
    padded = [(*row, *("",) * (width - len(row))) for row in rows]
    used = [column for column in range(width) if any(row[column] for row in padded)]
    return tuple(tuple(row[column] for column in used) for row in padded)


def _open_document(file: Path) -> Workbook:
    with zipfile.ZipFile(file) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    unseen = {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        for look in style.iter(f"{STYLE}table-properties")
        if look.get(f"{TABLE}display") == "false"
    }
    sheets, hidden = [], []
    for table in list(root.iter(f"{TABLE}table"))[:MOST_SHEETS]:
        name = table.get(f"{TABLE}name", "")
        if table.get(f"{TABLE}style-name") in unseen:
            hidden.append(name)
        else:
            sheets.append(_sheet(name, _rows(table)))
    return Workbook(tuple(sheets), tuple(hidden))


def _rows(table: ElementTree.Element) -> Iterator[Row]:
    for row in table.iter(f"{TABLE}table-row"):
        if row.get(f"{TABLE}visibility") in {"collapse", "filter"}:
            continue
        cells: list[str] = []
        for cell in row:
            if cell.tag not in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
                continue
            repeated = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            cells += [_said(cell)] * min(repeated, MOST_COLUMNS - len(cells))
        written = tuple(cells)
        # Programs end a sheet with a million empty rows in one.
        times = int(row.get(f"{TABLE}number-rows-repeated", "1")) if any(written) else 1
        for _ in range(min(times, MOST_ROWS + 1)):
            yield written


def _said(cell: ElementTree.Element) -> str:
    """The paragraphs of a cell; a comment in it is none of them."""
    notes = {id(part) for note in cell.iter(f"{OFFICE}annotation") for part in note.iter()}
    parts = ["".join(p.itertext()) for p in cell.iter(f"{TEXT}p") if id(p) not in notes]
    return " ".join(" ".join(parts).split())[:LONGEST_CELL]
