"""Fills a DOCX of the certifier's: tables' cells, drop-down lists and check boxes; every format stays as it is."""

import copy
import io
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from zipfile import BadZipFile

from assistant.errors import ReferentielError
from assistant.exporting.grid import Grid
from assistant.exporting.own_grid.filling import EMPTY_BOXES, TICKED, Written, around, ticked, to_write
from assistant.exporting.own_grid.mapping import GridMap, Place, Skipped
from assistant.exporting.own_grid.proposing import GridCell, Proposal, proposed
from assistant.exporting.own_grid.workbook import FORMULA, Filled
from assistant.referentiel.model import Referentiel
from assistant.text import fold

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def propose_docx(data: bytes, referentiel: Referentiel) -> Proposal:
    """Raises ReferentielError when the file is no Word document."""
    cells = [cell for cell, _ in _cells(_document(data))]
    return proposed(cells, referentiel, "docx", sha256(data).hexdigest())


def fill_docx(data: bytes, map_: GridMap, grid: Grid) -> Filled:
    """The bytes of the filled document, and what could not be written where. Raises ReferentielError."""
    document = _document(data)
    if map_.template_sha256 != sha256(data).hexdigest():
        raise ReferentielError("Ce n’est pas le fichier pour lequel la correspondance a été faite\u00a0: refaites-la.")
    cells = {cell.place: element for cell, element in _cells(document)}
    writes, skipped = to_write(map_, grid)
    for one in writes:
        element = cells.get(one.place)
        why = "cette case n’est pas dans le document" if element is None else _write(element, one)
        if why:
            skipped.append(Skipped(criterion=one.criterion, field=one.field, why=why))
    out = io.BytesIO()
    document.save(out)
    return Filled(out.getvalue(), tuple(skipped))


def _document(data: bytes) -> Any:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, BadZipFile) as error:
        raise ReferentielError("Cette grille n’est pas un document .docx lisible\u00a0: "
            "enregistrez-la dans ce format.") from error  # fmt: skip


def _cells(document: Any) -> Iterator[tuple[GridCell, Any]]:
    """Every cell of every table, nested ones after their own; merged ones once, at their first place."""
    from docx.oxml.ns import qn

    for number, table in enumerate(document.element.body.iter(qn("w:tbl"))):
        rows = [row for row in table.iter(qn("w:tr")) if next(row.iterancestors(qn("w:tbl"))) is table]
        for row_number, row in enumerate(rows, start=1):
            column = 1 + _before(row)
            for cell in row.iter(qn("w:tc")):
                if next(cell.iterancestors(qn("w:tr"))) is not row:
                    continue
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                wide = int(span.get(qn("w:val"))) if span is not None else 1
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
                if not goes_on:
                    place = Place(part=str(number), row=row_number, column=column)
                    high = 1 if merge is None else _rows_below(rows[row_number:], column)
                    yield GridCell(place, _text(cell), high, wide, not _counts(cell)), cell
                column += wide


def _rows_below(rows: list[Any], column: int) -> int:
    """Over how many rows a merged cell goes: its own, and each below that goes on with it at this column."""
    from docx.oxml.ns import qn

    high = 1
    for row in rows:
        at = 1 + _before(row)
        for cell in row.iter(qn("w:tc")):
            if next(cell.iterancestors(qn("w:tr"))) is not row:
                continue
            if at == column:
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if merge is None or merge.get(qn("w:val")) == "restart":
                    return high
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            at += int(span.get(qn("w:val"))) if span is not None else 1
        high += 1
    return high


def _before(row: Any) -> int:
    """Columns left out at the beginning of a row."""
    from docx.oxml.ns import qn

    left = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return int(left.get(qn("w:val"))) if left is not None else 0


def _text(cell: Any) -> str:
    from docx.oxml.ns import qn

    lines = []
    for paragraph in cell.iter(qn("w:p")):
        if next(paragraph.iterancestors(qn("w:tc"))) is cell:
            lines.append("".join(t.text or "" for t in paragraph.iter(qn("w:t"))))
    return "\n".join(lines).strip()


def _counts(cell: Any) -> bool:
    """Holds a field that Word works out (a sum, a reference)."""
    from docx.oxml.ns import qn

    return next(cell.iter(qn("w:instrText"), qn("w:fldSimple")), None) is not None


def _write(cell: Any, one: Written) -> str:
    """Writes one cell; what stops it, in French, else ""."""
    from docx.oxml.ns import qn

    if _counts(cell):
        return FORMULA
    listed = next(cell.iter(qn("w:dropDownList"), qn("w:comboBox")), None)
    if listed is not None:
        return _choose(listed, one)
    box = next(cell.iter(f"{W14}checkbox"), None)
    if box is not None:
        return _tick(box, one)
    runs = [t for t in cell.iter(qn("w:t")) if t.text]
    boxes = sum(mark in EMPTY_BOXES for run in runs for mark in run.text)
    if one.field == "decision" and boxes:
        said = "".join(run.text for run in runs)
        place = ticked(said, one.said) if boxes > 1 or one.text not in {"X", "x"} else said.index(_first_box(said))
        return _ticked_at(runs, place) if place is not None else f"aucune case à cocher «\u00a0{one.text}\u00a0»"
    hint = next(cell.iter(qn("w:showingPlcHdr")), None) is not None
    _put(cell, one.text if hint else around(_text(cell), one.text))
    return ""


def _first_box(text: str) -> str:
    return next(char for char in text if char in EMPTY_BOXES)


def _ticked_at(runs: list[Any], place: int) -> str:
    """Ticks the box at this place of the runs' joined text."""
    for run in runs:
        if place < len(run.text):
            run.text = run.text[:place] + TICKED + run.text[place + 1 :]
            return ""
        place -= len(run.text)
    return "cette case n’est plus dans le document"


def _choose(listed: Any, one: Written) -> str:
    from docx.oxml.ns import qn

    items = [(item.get(qn("w:displayText")) or item.get(qn("w:value")) or "") for item in listed.iter(qn("w:listItem"))]
    fits = next((word for word in items if word and any(fold(word) == fold(said) for said in one.said)), None)
    if fits is None:
        return f"la liste déroulante n’a pas «\u00a0{one.text}\u00a0»"
    control = next(listed.iterancestors(qn("w:sdt")))
    shown = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    if shown is not None:
        shown.getparent().remove(shown)
    _texts(control.find(qn("w:sdtContent")), fits)
    return ""


def _tick(box: Any, one: Written) -> str:
    from docx.oxml.ns import qn

    state = box.find(f"{W14}checked")
    if state is None:
        state = box.makeelement(f"{W14}checked", {})
        box.insert(0, state)
    state.set(f"{W14}val", "1")
    glyph = box.find(f"{W14}checkedState")
    mark = chr(int(glyph.get(f"{W14}val"), 16)) if glyph is not None else TICKED
    control = next(box.iterancestors(qn("w:sdt")))
    _texts(control.find(qn("w:sdtContent")), mark)
    return ""


def _texts(content: Any, text: str) -> None:
    """The first run of a control gets the words, the others lose theirs."""
    from docx.oxml.ns import qn

    runs = list(content.iter(qn("w:t")))
    if not runs:
        run = next(content.iter(qn("w:r")), None)
        if run is None:
            paragraph = next(content.iter(qn("w:p")), content)
            run = paragraph.makeelement(qn("w:r"), {})
            paragraph.append(run)
        runs = [run.makeelement(qn("w:t"), {})]
        run.append(runs[0])
    runs[0].text = text
    for other in runs[1:]:
        other.text = ""


def _put(cell: Any, text: str) -> None:
    """One paragraph a line, each formed as the cell's first; what stood there (dots, a hint) makes room."""
    from docx.oxml.ns import qn

    paragraphs = [p for p in cell.iter(qn("w:p")) if next(p.iterancestors(qn("w:tc"))) is cell]
    first = paragraphs[0]
    run = next(first.iter(qn("w:r")), None)
    properties = run.find(qn("w:rPr")) if run is not None else first.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    for other in paragraphs[1:]:
        other.getparent().remove(other)
    for child in list(first):
        if child.tag != qn("w:pPr"):
            first.remove(child)
    after = first
    for place, line in enumerate(text.split("\n")):
        paragraph = first if not place else copy.deepcopy(first)
        for child in list(paragraph):
            if child.tag != qn("w:pPr"):
                paragraph.remove(child)
        made = paragraph.makeelement(qn("w:r"), {})
        if properties is not None:
            made.append(copy.deepcopy(properties))
        words = made.makeelement(qn("w:t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        words.text = "".join(c for c in line if c >= " " or c == "\t")
        made.append(words)
        paragraph.append(made)
        if place:
            after.addnext(paragraph)
        after = paragraph
