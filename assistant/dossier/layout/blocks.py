"""From lines to blocks in the order a person reads: paragraphs, headings, bullets, captions, code and table rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.columns import Placed, as_read, by_columns
from assistant.dossier.layout.continuing import rejoined_blocks
from assistant.dossier.layout.grids import Grid, grids_of
from assistant.dossier.layout.margin_notes import notes_in_margin, put_beside
from assistant.dossier.layout.notes import with_notes
from assistant.dossier.layout.paragraphs import paragraphs
from assistant.dossier.layout.pieces import cut_lines, rejoined, with_bullets, with_dots
from assistant.dossier.layout.signs import BULLET, CAPTION, NUMBERED, is_capitals, is_lone, looks_like_code, may_be_code
from assistant.dossier.layout.style import Style
from assistant.dossier.layout.table_headings import context_of, heading_of, heading_rows, said
from assistant.dossier.layout.tables import Row, banded_rows, grid_rows, unruled_rows
from assistant.dossier.layout.titles import title_of
from assistant.dossier.model import SentenceKind
from assistant.dossier.pdf.drawn_lines import Rules
from assistant.dossier.pdf.lines import Line, union

LARGER, LARGER_READ = 1.13, 1.35
"""How much larger than the body a heading is set; OCR's sizes are less sure."""
LONGEST_TITLE, LONGEST_BOLD, LONGEST_CAPTION = 22, 14, 40
CODE_SHARE, WEAK = 0.55, 0.5
Item = Line | Row


def blocks_of(
    lines: Sequence[Line],
    rules: Rules,
    style: Style,
    page: tuple[float, float] = (595.0, 842.0),
    contents: frozenset[int] = frozenset(),
) -> list[Block]:
    """The blocks of one page (width, height in points) in reading order.

    `contents`: places in `lines` of the lines of the contents and of lists of figures.
    """
    grids = grids_of(rules, lines)
    borders = [edge for grid in grids for edge in grid.borders]
    runs = [
        [line] if n in contents else run
        for n, (line, run) in enumerate(zip(lines, cut_lines(lines, borders), strict=True))
    ]
    entries = {id(run[0]) for n, run in enumerate(runs) if n in contents}
    runs = with_dots(with_bullets(runs, borders), rules.dots)
    rows = _rows([[piece for piece in run if id(piece) not in entries] for run in runs], rules, grids)
    items = _as_read([piece for run in runs for piece in run], {id(line): row for row in rows for line in row.lines})
    blocks = [block for run in _parted(items, entries) for block in _blocks(run, rules, style, entries)]
    return with_notes(_whole(rejoined_blocks(_read_order(blocks, style.body))), style.body, rules, page)


def _rows(runs: Sequence[Sequence[Line]], rules: Rules, grids: Sequence[Grid]) -> list[Row]:
    pieces = [piece for run in runs for piece in run]
    rows = grid_rows(pieces, grids)
    free = _free(runs, rows)
    rows += banded_rows([piece for run in free for piece in run], rules, len(grids) + 1)
    free = _free(runs, rows)
    return rows + unruled_rows(free, len(grids) + len(rows) + 2)


def _free(runs: Sequence[Sequence[Line]], rows: Sequence[Row]) -> list[list[Line]]:
    taken = {id(line) for row in rows for line in row.lines}
    return [kept for run in runs if (kept := [piece for piece in run if id(piece) not in taken])]


def _as_read(pieces: Sequence[Line], home: dict[int, Row]) -> list[Item]:
    """The pieces with those of a table row together, column by column where the page was written row by row."""
    placed: list[Placed[Item]] = []
    done: set[int] = set()
    for piece in pieces:
        row = home.get(id(piece))
        if row is None:
            placed.append(Placed(piece, piece.box))
        elif id(row) not in done:
            done.add(id(row))
            placed.append(Placed(row, union([line.box for line in row.lines])))
    return [one.item for one in as_read(placed)]


def _parted(items: Sequence[Item], entries: set[int]) -> Iterator[list[Item]]:
    """Runs of rows, of lines of code, of the contents' lines, and of other lines."""
    mono = _code(items)

    def sort_of(item: Item) -> str:
        if isinstance(item, Row):
            return "row"
        return "contents" if id(item) in entries else "code" if id(item) in mono else "text"

    for _, run in groupby(items, sort_of):
        yield list(run)


def _code(items: Sequence[Item]) -> set[int]:
    """The lines of code listings: runs of lines in a typewriter face, enough of which are no sentences."""
    found: set[int] = set()
    for mono, run in groupby(items, lambda item: isinstance(item, Line) and item.mono):
        lines = [item for item in run if isinstance(item, Line)]
        if not mono:
            continue
        strong = sum(looks_like_code(line.text) for line in lines)
        weak = sum(may_be_code(line.text) for line in lines if not looks_like_code(line.text))
        if strong and strong + WEAK * weak >= CODE_SHARE * len(lines):
            found |= {id(line) for line in lines}
    return found


def _blocks(run: Sequence[Item], rules: Rules, style: Style, entries: set[int]) -> Iterator[Block]:
    rows = [item for item in run if isinstance(item, Row)]
    lines = [item for item in run if isinstance(item, Line)]
    if rows:
        for _, table in groupby(rows, lambda row: row.table):
            yield from _table(list(table), rules, style)
    elif id(lines[0]) in entries:
        yield from (Block("prose", (line,), size=line.size, contents=True) for line in lines)
    elif lines[0].mono and _code(lines):
        yield Block("code", tuple(lines), size=lines[0].size)
    else:
        for paragraph in paragraphs(rejoined(lines), rules.across, style.leading):
            yield _paragraph(paragraph, style)


def _table(rows: Sequence[Row], rules: Rules, style: Style) -> Iterator[Block]:
    """A table's rows, each under its headings; cells that are texts of their own as the paragraphs they hold."""
    count = heading_rows(rows)
    heading = heading_of(rows[:count], max(start + span for row in rows for start, span in row.spans))
    group = ""
    for place, row in enumerate(rows):
        filled = [cell for cell in row.cells if cell]
        if place < count:
            yield Block("row", row.lines, row, size=row.lines[0].size, heading=True)
        elif row.is_text:
            for column, cell in enumerate(row.cells):
                for paragraph in paragraphs(rejoined(cell), rules.across, style.leading):
                    yield replace(_paragraph(paragraph, style), cell=(row.table, place, column))
        else:
            alone = len(filled) == 1 and len(row.cells) == 1 and count > 0
            yield Block("row", row.lines, row, context_of(row, heading, "" if alone else group), row.lines[0].size)
            group = said(filled[0]) if alone else group


def _paragraph(lines: tuple[Line, ...], style: Style) -> Block:
    text = " ".join(line.text.strip() for line in lines)
    size = max(line.size for line in lines)
    kind: SentenceKind = "prose"
    if CAPTION.match(text) and text[:1].isupper() and len(text.split()) <= LONGEST_CAPTION:
        kind = "caption"
    elif _is_heading(text, size, lines, style):
        kind = "heading"
    elif lines[0].marked or BULLET.match(text):
        kind = "bullet"
    return Block(kind, lines, size=size)


def _is_heading(text: str, size: float, lines: Sequence[Line], style: Style) -> bool:
    words = len(text.split())
    if words > LONGEST_TITLE or not any(c.isalpha() for c in text) or re.search(r"[.;,]\s*$", text):
        return False
    if lines[0].source == "ocr":
        return size >= LARGER_READ * style.read and words <= LONGEST_BOLD
    if title_of(text) in style.titles and len(lines) <= 3:
        return True
    larger = size >= LARGER * style.body
    bold = all(line.bold for line in lines) and words <= LONGEST_BOLD and size >= 0.9 * style.body
    numbered = bool(NUMBERED.match(text)) and (size > 1.05 * style.body or (is_capitals(text) and len(lines) <= 2))
    return larger or (bold and not text[:1].islower()) or numbered


def _whole(blocks: Sequence[Block]) -> list[Block]:
    """Figures and signs that stand alone as part of what they stand beside: no block is a lone number or mark."""
    result: list[Block] = []
    held: Block | None = None
    for block in blocks:
        if held is not None:
            if _near(held, block):
                block = _with(block, (*held.lines, *block.lines))
            elif result and _near(result[-1], held):
                result[-1] = _with(result[-1], (*result[-1].lines, *held.lines))
            else:
                result.append(held)
            held = None
        if block.kind in {"prose", "bullet", "heading"} and not block.furniture and is_lone(block.text):
            held = block
        else:
            result.append(block)
    if held is not None and result and _near(result[-1], held):
        result[-1] = _with(result[-1], (*result[-1].lines, *held.lines))
    elif held is not None:
        result.append(held)
    return result


def _with(block: Block, lines: tuple[Line, ...]) -> Block:
    return replace(block, lines=lines)


def _near(a: Block, b: Block) -> bool:
    """Whether a lone figure and a text stand close enough to be read as one."""
    if a.row or b.row or a.furniture or b.furniture or "code" in {a.kind, b.kind}:
        return False
    x0, top, x1, bottom = a.box
    left, up, right, down = b.box
    size = max(a.size, b.size, 8.0)
    across, along = max(left - x1, x0 - right, 0.0), max(up - bottom, top - down, 0.0)
    return across <= 2 * size and along <= 1.6 * size and (across == 0 or along == 0)


def _read_order(blocks: list[Block], body: float) -> list[Block]:
    """The content's own order, unless it jumps back up within a column: then column by column, notes in the margin
    where they stand."""
    for before, after in pairwise(blocks):
        a, b = before.box, after.box
        overlap = min(a[2], b[2]) - max(a[0], b[0])
        if b[3] < a[1] and overlap > 0.5 * min(a[2] - a[0], b[2] - b[0]):
            notes = notes_in_margin(blocks, body)
            text = [Placed(block, block.box) for block in blocks if block not in notes]
            return put_beside([placed.item for placed in by_columns(text)], notes)
    return blocks
