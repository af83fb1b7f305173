"""What the cells of a workbook admit: their rules (data validations), those of newer Excel included.

A drop-down made in Excel whose values stand on another sheet is kept in an extension that openpyxl leaves out: the
rules are read from the sheets' own XML.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EXTENDED = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
FORMULA = "http://schemas.microsoft.com/office/excel/2006/main"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `cells` as the file names them ("C4:C12 E4")."""

    cells: str
    type: str
    operator: str
    formula1: str
    formula2: str

    def holds(self, name: str) -> bool:
        """Whether a cell ("C5") is under this rule."""
        from openpyxl.worksheet.cell_range import MultiCellRange

        return name in MultiCellRange(self.cells)

    def admits(self, value: float | None) -> bool:
        """Whether a number is within its bounds; bounds that are not plain numbers admit nothing."""
        if value is None:
            return False
        try:
            low = float(self.formula1)
            high = float(self.formula2) if self.formula2 else low
        except ValueError:
            return False
        whole = self.type != "whole" or value == int(value)
        tests = {
            "between": low <= value <= high,
            "notBetween": not low <= value <= high,
            "equal": value == low,
            "notEqual": value != low,
            "greaterThan": value > low,
            "lessThan": value < low,
            "greaterThanOrEqual": value >= low,
            "lessThanOrEqual": value <= low,
        }
        return whole and tests[self.operator]


def rules_of(data: bytes, book: Any) -> dict[str, tuple[Rule, ...]]:
    """The rules of every sheet, by its name."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = sheet_parts(source)
        known = {sheet.title for sheet in book.worksheets}
        roots = {title: etree.fromstring(source.read(part)) for title, part in parts.items() if title in known}
    return {
        title: tuple(_rule(one, space) for space in (MAIN, EXTENDED) for one in root.iter(f"{{{space}}}dataValidation"))
        for title, root in roots.items()
    }


def _rule(one: Any, space: str) -> Rule:
    def said(name: str) -> str:
        found = one.find(f"{{{space}}}{name}")
        inner = found.find(f"{{{FORMULA}}}f") if found is not None and space == EXTENDED else found
        return (inner.text or "") if inner is not None else ""

    within = one.find(f"{{{FORMULA}}}sqref")
    cells = one.get("sqref") or (within.text if within is not None else "") or ""
    operator = one.get("operator") or "between"
    return Rule(cells, one.get("type") or "none", operator, said("formula1"), said("formula2"))


def allowed_values(book: Any, sheet: Any, formula: str) -> list[Any]:
    """The values of a drop-down: said in the rule itself, a range, or a name of one; none where it is reckoned."""
    said = formula.lstrip("=")
    if said.startswith('"'):
        return [word.strip() for word in said.strip('"').split(",")]
    if said in book.defined_names:
        said = book.defined_names[said].attr_text
    elif said in sheet.defined_names:
        said = sheet.defined_names[said].attr_text
    where = re.fullmatch(r"(?:'?(?P<sheet>[^'!]+)'?!)?(?P<range>\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)", said)
    if not where:
        return []
    held = book[where["sheet"]] if where["sheet"] in book.sheetnames else sheet
    found = held[where["range"].replace("$", "")]
    rows = found if isinstance(found, tuple) else ((found,),)
    return [
        cell.value for row in rows for cell in (row if isinstance(row, tuple) else (row,)) if cell.value is not None
    ]


def sheet_parts(source: zipfile.ZipFile) -> dict[str, str]:
    """The file of each sheet, by the sheet's name."""
    from lxml import etree

    book = etree.fromstring(source.read("xl/workbook.xml"))
    links = etree.fromstring(source.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target") for one in links}
    made = {}
    for sheet in book.iter(f"{{{MAIN}}}sheet"):
        target = str(targets[sheet.get(f"{{{RELATED}}}id")])
        made[sheet.get("name")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return made
