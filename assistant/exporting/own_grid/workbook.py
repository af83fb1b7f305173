"""Fills an XLSX of the certifier's: only the text of mapped cells changes; styles, formulas, drop-downs stay as they are.

openpyxl tells what is there; the cells are written into the sheet's own XML, for openpyxl would drop what it does not
know (drawings, form controls) when it saves.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from assistant.errors import ReferentielError
from assistant.exporting.grid import Grid
from assistant.exporting.own_grid.filling import EMPTY_BOXES, TICKED, Written, around, ticked, to_write
from assistant.exporting.own_grid.mapping import GridMap, Place, Skipped
from assistant.exporting.own_grid.proposing import GridCell, Proposal, proposed
from assistant.exporting.own_grid.rules import MAIN, Rule, allowed_values, rules_of, sheet_parts
from assistant.referentiel.model import Referentiel
from assistant.text import fold

FORMULA = "cette case contient une formule"
MOST_ROWS, MOST_COLUMNS = 3_000, 120
BEFORE_COUNTING = frozenset(
    {
        "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
        "externalReferences", "definedNames",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    data: bytes
    skipped: tuple[Skipped, ...]


def propose_xlsx(data: bytes, referentiel: Referentiel) -> Proposal:
    """Raises ReferentielError when the file is no workbook."""
    book = _book(data)
    return proposed(_cells(book), referentiel, "xlsx", sha256(data).hexdigest())


def fill_xlsx(data: bytes, map_: GridMap, grid: Grid) -> Filled:
    """The bytes of the filled workbook, and what could not be written where. Raises ReferentielError."""
    book = _book(data)
    if map_.template_sha256 != sha256(data).hexdigest():
        raise ReferentielError("Ce n’est pas le fichier pour lequel la correspondance a été faite\u00a0: refaites-la.")
    accepted: dict[str, dict[str, Any]] = {}
    writes, skipped = to_write(map_, grid)
    rules = rules_of(data, book)
    for one in writes:
        value, why = _accepted(book, rules.get(one.place.part, ()), one)
        if why:
            skipped.append(Skipped(criterion=one.criterion, field=one.field, why=why))
        else:
            accepted.setdefault(one.place.part, {})[_name(one.place)] = value
    return Filled(_written(data, accepted), tuple(skipped))


def _book(data: bytes) -> Any:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return openpyxl.load_workbook(io.BytesIO(data))
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ReferentielError("Cette grille n’est pas un classeur .xlsx lisible\u00a0: "
            "enregistrez-la dans ce format.") from error  # fmt: skip


def _name(place: Place) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(place.column)}{place.row}"


def _cells(book: Any) -> list[GridCell]:
    """Every cell of every sheet up to the last one used; of merged ones the first alone."""
    made = []
    for sheet in book.worksheets:
        merged = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
        covered = {
            (row, column)
            for r in sheet.merged_cells.ranges
            for row in range(r.min_row, r.max_row + 1)
            for column in range(r.min_col, r.max_col + 1)
        } - set(merged)
        for row in range(1, min(sheet.max_row, MOST_ROWS) + 1):
            for column in range(1, min(sheet.max_column, MOST_COLUMNS) + 1):
                if (row, column) in covered:
                    continue
                cell = sheet.cell(row, column)
                over = merged.get((row, column))
                made.append(
                    GridCell(
                        Place(part=sheet.title, row=row, column=column),
                        "" if cell.value is None or cell.data_type == "f" else str(cell.value),
                        over.max_row - over.min_row + 1 if over else 1,
                        over.max_col - over.min_col + 1 if over else 1,
                        cell.data_type != "f",
                    )
                )
    return made


def _accepted(book: Any, rules: Sequence[Rule], one: Written) -> tuple[Any, str]:
    """The value as the cell takes it, or why it does not."""
    if one.place.part not in book.sheetnames:
        return None, f"la feuille «\u00a0{one.place.part}\u00a0» n’est pas dans le classeur"
    sheet = book[one.place.part]
    name = _name(one.place)
    cell = sheet[name]
    if any(
        name in r and (r.min_row, r.min_col) != (one.place.row, one.place.column) for r in sheet.merged_cells.ranges
    ):
        return None, f"la case {name} est fusionnée avec une autre\u00a0: indiquez la première"
    if cell.data_type == "f":
        return None, f"{FORMULA} ({name})"
    value: Any = one.number if one.number is not None else one.text
    held = str(cell.value or "")
    if one.field == "decision" and any(mark in held for mark in EMPTY_BOXES):
        place = ticked(held, one.said)
        if place is None:
            return None, f"la case {name} n’a pas de case à cocher «\u00a0{one.text}\u00a0»"
        return held[:place] + TICKED + held[place + 1 :], ""
    holding = [rule for rule in rules if rule.holds(name)]
    if not holding and isinstance(cell.value, str):
        said = around(held, one.text)
        return (value if said == one.text else said), ""
    for rule in holding:
        if rule.type == "list":
            allowed = allowed_values(book, sheet, rule.formula1)
            fits = next((word for word in allowed if any(fold(str(word)) == fold(said) for said in one.said)), None)
            if fits is None:
                return None, f"la liste de la case {name} n’a pas «\u00a0{one.text}\u00a0»"
            value = fits
        elif rule.type in {"decimal", "whole"} and not rule.admits(one.number):
            return None, f"la case {name} n’accepte pas «\u00a0{one.text}\u00a0»"
        elif rule.type == "textLength" and not rule.admits(float(len(one.text))):
            return None, f"la case {name} n’accepte pas un texte de {len(one.text)} signes"
        elif rule.type in {"date", "time", "custom"}:
            return None, f"la case {name} n’accepte que ce que sa règle permet"
    return value, ""


def _written(data: bytes, accepted: dict[str, dict[str, Any]]) -> bytes:
    """The same package with some cells' values; the workbook is told to count its formulas anew when it is opened."""
    from lxml import etree

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        parts = sheet_parts(source)
        changed = {parts[title]: cells for title, cells in accepted.items()}
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename in changed:
                root = etree.fromstring(content)
                for name, value in changed[item.filename].items():
                    _set(root, name, value)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            elif item.filename == "xl/workbook.xml" and accepted:
                content = _counted_anew(content)
            target.writestr(item, content)
    return out.getvalue()


def _set(root: Any, name: str, value: Any) -> None:
    """One cell's value; its style is left as it is, and a cell that was not there takes its place in the row."""
    from lxml import etree
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    letters, number = coordinate_from_string(name)
    data = root.find(f"{{{MAIN}}}sheetData")
    rows = {int(row.get("r")): row for row in data}
    row = rows.get(number)
    if row is None:
        row = etree.Element(f"{{{MAIN}}}row", r=str(number))
        data.insert(sum(1 for other in rows if other < number), row)
    cell = next((one for one in row if one.get("r") == name), None)
    if cell is None:
        column = column_index_from_string(letters)
        before = [c for c in row if column_index_from_string(coordinate_from_string(c.get("r"))[0]) < column]
        cell = etree.Element(f"{{{MAIN}}}c", r=name)
        row.insert(len(before), cell)
    for child in list(cell):
        cell.remove(child)
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.attrib.pop("t", None)
        etree.SubElement(cell, f"{{{MAIN}}}v").text = f"{value:g}"
        return
    cell.set("t", "inlineStr")
    text = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
    text.text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", str(value))[:32_000]
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _counted_anew(content: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(content)
    counting = root.find(f"{{{MAIN}}}calcPr")
    if counting is None:
        counting = etree.Element(f"{{{MAIN}}}calcPr")
        # Its place in the workbook: after what the schema puts before it.
        after = [place for place, one in enumerate(root) if etree.QName(one).localname in BEFORE_COUNTING]
        root.insert(max(after, default=-1) + 1, counting)
    counting.set("fullCalcOnLoad", "1")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
