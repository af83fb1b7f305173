"""A table that goes on over the page: its rows there stand under the headings of the page before."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.table_headings import Heading, context_of, heading_of, said
from assistant.dossier.layout.tables import Row

NEAR = 8.0


def with_carried_headings(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """The blocks of each page; the rows of a table begun on the page before carry its headings."""
    result: list[list[Block]] = []
    open_rows: list[Row] = []
    heading: Heading = ()
    heading_rows: list[Row] = []
    for blocks in pages:
        made = list(blocks)
        first = _table_at(made, first=True)
        goes_on = bool(first and open_rows and heading) and same_columns(first[0][1], open_rows[-1])
        repeated = _repeated(first, heading_rows) if goes_on else 0
        for n, _ in first[:repeated]:
            made[n] = replace(made[n], context=(), heading=True, running=True)
        if goes_on and (repeated or not any(made[n].heading for n, _ in first)):
            for n, row in first[repeated:]:
                made[n] = replace(made[n], context=context_of(row, heading, ""), heading=False)
        result.append(made)
        last = _table_at(made, first=False)
        headings = [row for n, row in last if made[n].heading]
        if last and headings:
            heading = heading_of(headings, max(start + count for _, row in last for start, count in row.spans))
            heading_rows = headings
        elif not (last and first and last[0][0] == first[0][0] and open_rows):
            heading = ()
        open_rows = [row for _, row in last]
    return result


def _repeated(first: Sequence[tuple[int, Row]], headings: Sequence[Row]) -> int:
    """How many of a page's first rows say again, word for word, what heads the table."""
    again = [[said(cell) for cell in row.cells] for _, row in first[: len(headings)]]
    heads = [[said(cell) for cell in row.cells] for row in headings]
    return len(heads) if again == heads else 0


def _table_at(blocks: Sequence[Block], first: bool) -> list[tuple[int, Row]]:
    """The rows of the table that opens or closes a page's text, with their places."""
    body = [n for n, block in enumerate(blocks) if not block.furniture and block.kind not in {"note", "caption"}]
    if not body:
        return []
    at = body[0] if first else body[-1]
    row = blocks[at].row
    if row is None:
        return []
    return [(n, r) for n, b in enumerate(blocks) if (r := b.row) is not None and r.table == row.table]


def same_columns(a: Row, b: Row) -> bool:
    """Whether the columns of two rows start at the same places."""
    return len(a.columns) == len(b.columns) and all(
        abs(x - y) < NEAR for x, y in zip(a.columns, b.columns, strict=True)
    )
