"""XLSX and ODS: each sheet is a table, merged cells its spans."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.errors import ReferentielError
from assistant.referentiel.authoring.sources.pieces import Cell, Paragraph, Source, Table, kept, paragraph
from assistant.referentiel.authoring.structure import section


def read_xlsx(path: Path) -> Source:
    """Values as shown; a formula is read as its kept result. Raises ReferentielError when it is no workbook."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ReferentielError("Le classeur ne peut pas être lu : enregistrez-le à nouveau au format .xlsx.") from error
    pieces: list[Paragraph | Table] = []
    words: list[tuple[int, str]] = []
    for number, sheet in enumerate(book.worksheets, start=1):
        if sheet.sheet_state != "visible":
            continue
        spans = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
        cells: list[Cell] = []
        for row in sheet.iter_rows():
            for one in row:
                text = _shown(one.value)
                if not text:
                    continue
                words.append((number, text))
                span = spans.get((one.row, one.column))
                high = int(span.size["rows"]) if span else 1
                wide = int(span.size["columns"]) if span else 1
                bold = bool(one.font and one.font.b)
                lines = kept(paragraph(line, number, bold=bold) for line in cell_lines(text))
                cells.append(Cell((one.row or 1) - 1, (one.column or 1) - 1, high, wide, lines))
        if cells and section(sheet.title) is not None:
            # « Jury », « Prérequis »: the sheet's own name heads what stands on it.
            words.append((number, sheet.title))
            pieces += kept([paragraph(sheet.title, number, heading=2)])
        pieces += regions(cells, number)
    return Source(pieces, words)


def _shown(value: Any) -> str:
    if value is None or value is False:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def cell_lines(text: str) -> list[str]:
    """The lines of a cell; a line that begins small goes on with the one before."""
    made: list[str] = []
    for line in text.split("\n"):
        if made and line.strip() and line.strip()[:1].islower() and made[-1].strip()[-1:] not in ".;:":
            made[-1] += " " + line.strip()
        else:
            made.append(line)
    return made


def regions(cells: list[Cell], page: int) -> list[Paragraph | Table]:
    """A sheet is cut at empty rows; a row with one cell only, above or between, is a paragraph."""
    if not cells:
        return []
    rows = sorted({r for cell in cells for r in range(cell.row, cell.row + cell.rows)})
    groups: list[list[int]] = []
    for row in rows:
        if groups and row == groups[-1][-1] + 1:
            groups[-1].append(row)
        else:
            groups.append([row])
    made: list[Paragraph | Table] = []
    for group in groups:
        here = [cell for cell in cells if group[0] <= cell.row <= group[-1]]
        while here and len([c for c in here if c.row == min(x.row for x in here)]) == 1 and _lone(here):
            first = min(here, key=lambda c: c.row)
            # What stands alone at the head of the whole workbook, bold or over several columns, is its title.
            wide = first.cols > 1 or all(p.bold for p in first.paragraphs)
            titles = page == 1 and not made and group is groups[0] and wide
            made += [replace(p, heading=1) for p in first.paragraphs] if titles else first.paragraphs
            here.remove(first)
        if len(here) == 1:
            made += here[0].paragraphs
        elif here:
            top = min(cell.row for cell in here)
            for cell in here:
                cell.row -= top
            made.append(Table(here, page))
    return made


def _lone(cells: list[Cell]) -> bool:
    """The first row holds one cell that no other row stands beside."""
    first = min(cells, key=lambda c: c.row)
    return first.rows == 1
