"""ODT and ODS, read from their own XML: the same pieces without an office program."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import ReferentielError
from assistant.referentiel.authoring.sources.pieces import Cell, Paragraph, Source, Table, kept, paragraph
from assistant.referentiel.authoring.sources.sheets import regions

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MOST_REPEATED = 200


def read_opendocument(path: Path) -> Source:
    """Raises ReferentielError when the file is no OpenDocument."""
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as packed:
            root = etree.fromstring(
                packed.read("content.xml"), etree.XMLParser(resolve_entities=False, no_network=True)
            )
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise ReferentielError("Le fichier OpenDocument ne peut pas être lu : enregistrez-le à nouveau.") from error
    body = root.find(OFFICE + "body")
    sheet = body.find(OFFICE + "spreadsheet")
    pieces: list[Paragraph | Table] = []
    if sheet is not None:
        for number, table in enumerate(sheet.findall(TABLE + "table"), start=1):
            pieces += regions(_cells(table, number), number)
    else:
        pieces = list(_blocks(body.find(OFFICE + "text"), 0, False))
    words = [(one.page, one.text) for one in Source(pieces, []).paragraphs()]
    return Source(pieces, words)


def _blocks(parent: Any, level: int, bullet: bool) -> Iterator[Paragraph | Table]:
    for node in parent:
        if node.tag in {TEXT + "p", TEXT + "h"}:
            heading = int(node.get(TEXT + "outline-level") or 1) if node.tag == TEXT + "h" else 0
            for line in _text(node).split("\n"):
                yield from kept([paragraph(line, 1, heading=heading, bullet=bullet, level=max(0, level - 1))])
            for box in node.iter("{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box"):
                yield from _blocks(box, 0, False)
        elif node.tag == TABLE + "table":
            made = Table(_cells(node, 1))
            if made.cells:
                yield made
        elif node.tag == TEXT + "list":
            yield from _blocks(node, level + 1, True)
        elif node.tag in {
            TEXT + "list-item",
            TEXT + "list-header",
            TEXT + "section",
            TEXT + "index-body",
            TEXT + "table-of-content",
        }:
            yield from _blocks(node, level, bullet)


def _text(node: Any) -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag == TEXT + "s":
            parts.append(" " * int(child.get(TEXT + "c") or 1))
        elif child.tag == TEXT + "tab":
            parts.append(" ")
        elif child.tag == TEXT + "line-break":
            parts.append("\n")
        elif isinstance(child.tag, str) and child.tag != TEXT + "note" and "drawing" not in child.tag:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _cells(table: Any, page: int) -> list[Cell]:
    cells: list[Cell] = []
    number = 0
    for row in table.iter(TABLE + "table-row"):
        if next(row.iterancestors(TABLE + "table"), None) is not table:
            continue
        col = 0
        for node in row:
            if node.tag not in {TABLE + "table-cell", TABLE + "covered-table-cell"}:
                continue
            times = int(node.get(TABLE + "number-columns-repeated") or 1)
            inside = [one for piece in _blocks(node, 0, False)
                      for one in (piece.paragraphs() if isinstance(piece, Table) else [piece])]  # fmt: skip
            for one in inside:
                one.page = page
            if inside and node.tag == TABLE + "table-cell":
                high = int(node.get(TABLE + "number-rows-spanned") or 1)
                wide = int(node.get(TABLE + "number-columns-spanned") or 1)
                cells.append(Cell(number, col, high, wide, inside))
            col += times
        number += min(MOST_REPEATED, int(row.get(TABLE + "number-rows-repeated") or 1))
    return cells
