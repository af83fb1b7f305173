"""A document as plain data (dicts, lists, text and numbers), which the HTML and the PDF templates read."""

from collections.abc import Sequence
from typing import Any

from assistant.exporting.breaking import kept_whole
from assistant.exporting.document import (
    Block,
    BulletList,
    Cell,
    Document,
    Heading,
    Inline,
    PageReference,
    Paragraph,
    SignatureBlock,
    Table,
    spelled,
    storable,
)

ACROSS, ACROSS_LYING = 504.0, 750.0
"""Points between the margins of an A4 page, upright and lying."""


def as_data(document: Document) -> dict[str, Any]:
    """The document's texts and blocks, for paper: columns for workbooks only are left out."""
    return {
        "title": storable(document.title),
        "heading": storable(document.heading),
        "running_head": storable(document.running_head),
        "landscape": document.landscape,
        "one_page": document.one_page,
        "blocks": _blocks(document.blocks, ACROSS_LYING if document.landscape else ACROSS),
    }


def _blocks(blocks: Sequence[Block], across: float) -> list[dict[str, Any]]:
    return [_block(block, across) for block in blocks]


def _block(block: Block, across: float) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": storable(text)}
        case Paragraph(content, style):
            return {"kind": "paragraph", "style": style, "content": _runs(content)}
        case BulletList(items, room):
            return {"kind": "list", "room": room, "entries": [_runs(item) for item in items]}
        case SignatureBlock(name, note):
            return {"kind": "signature", "name": storable(name), "note": storable(note)}
        case Table():
            return _table(block, across)


def _table(table: Table, across: float) -> dict[str, Any]:
    shown = [place for place, column in enumerate(table.columns) if not column.workbook_only]
    columns = [table.columns[place] for place in shown]
    whole = sum(column.width for column in columns)
    return {
        "kind": "table",
        "name": storable(table.name),
        "columns": [
            {"title": column.title, "width": round(100 * column.width / whole, 1), "names_row": column.names_row}
            for column in columns
        ],
        "rows": [
            _row([row[place] for place in shown], [across * column.width / whole for column in columns])
            for row in table.rows
        ],
    }


def _row(cells: Sequence[Cell], widths: Sequence[float]) -> list[dict[str, Any]]:
    """`whole`: of a cell in a row that is not cut by a page's end."""
    whole = kept_whole(cells, widths)
    return [{"blocks": _blocks(one.blocks, width), "whole": whole} for one, width in zip(cells, widths, strict=True)]


def _runs(content: tuple[Inline, ...]) -> list[dict[str, str]]:
    return [
        {"text": spelled(run), "emphasis": "pages" if isinstance(run, PageReference) else run.emphasis}
        for run in content
    ]
