"""From lines to blocks in the order a person reads: paragraphs, headings, bullets, captions and table rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.dossier.layout.columns import Placed, as_read
from assistant.dossier.layout.tables import Row, ruled_rows, segments, unruled_rows
from assistant.dossier.model import SentenceKind
from assistant.dossier.pdf.drawn_lines import Rules
from assistant.dossier.pdf.text_layer import Line, union
from assistant.result import Box

BULLET = re.compile(r"^\s*(?:[•‣▪▫◦○●■□➢➤✓✔→❖\uf0b7\uf0a7\uf0d8\uf0fc·]|[-–—*]\s|\(?[a-z0-9]{1,2}[).]\s)")
CAPTION = re.compile(
    r"^\s*(?:figure|fig\.|tableau|capture|schéma|photo|image|illustration|graphique|copie d.écran)\s*(?:n°\s*)?\d+",
    re.I,
)
NUMBERED = re.compile(r"^\s*(?:(?:partie|chapitre|annexe|étape)\s+\w+|\d+(?:\.\d+)*\.?|[IVX]+\.)\s+\S", re.I)
ENDS = re.compile(r"[.!?…:;»\"”)]\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. `cells` is set for a table row, `context` for the column headings above it."""

    kind: SentenceKind
    lines: tuple[Line, ...]
    cells: tuple[tuple[Line, ...], ...] = ()
    context: tuple[str, ...] = ()
    size: float = 0.0
    running: bool = False
    """A header, footer or page number, repeated from page to page."""
    comment: bool = False
    """A note attached to the page."""

    @property
    def box(self) -> Box:
        return union([line.box for line in self.lines])


def blocks_of(lines: Sequence[Line], rules: Rules, body_size: float) -> list[Block]:
    """The blocks of one page in reading order; `body_size` is the font size most of the dossier is set in."""
    runs = [segments(line, rules) for line in lines]
    pieces = [piece for run in runs for piece in run]
    rows = ruled_rows(pieces, rules)
    taken = {id(line) for row in rows for line in row.lines}
    free_runs = [[piece for piece in run if id(piece) not in taken] for run in runs]
    rows += unruled_rows([run for run in free_runs if run], len(rows))
    home = {id(line): row for row in rows for line in row.lines}
    blocks = _in_order(_as_read([piece for run in runs for piece in run], home), home, body_size)
    return _read_order(_with_headings(blocks))


def _as_read(pieces: Sequence[Line], home: dict[int, Row]) -> list[Line]:
    """The pieces with those of a table row together, column by column where the page was written row by row."""
    placed: list[Placed[tuple[Line, ...]]] = []
    done: set[int] = set()
    for piece in pieces:
        row = home.get(id(piece))
        if row is None:
            placed.append(Placed((piece,), piece.box))
        elif id(row) not in done:
            done.add(id(row))
            placed.append(Placed(row.lines, union([line.box for line in row.lines])))
    return [line for one in as_read(placed) for line in one.item]


def _in_order(pieces: Sequence[Line], home: dict[int, Row], body_size: float) -> list[Block]:
    blocks: list[Block] = []
    paragraph: list[Line] = []
    written: set[int] = set()

    def close() -> None:
        if paragraph:
            blocks.append(_paragraph(tuple(paragraph), body_size))
            paragraph.clear()

    for piece in pieces:
        row = home.get(id(piece))
        if row is not None:
            close()
            if id(row) not in written:
                written.add(id(row))
                blocks.append(Block("row", row.lines, row.cells, (str(row.table),), row.lines[0].size))
            continue
        if paragraph and not _goes_on(paragraph, piece, body_size):
            close()
        paragraph.append(piece)
    close()
    return blocks


def _goes_on(paragraph: Sequence[Line], piece: Line, body_size: float) -> bool:
    """Whether `piece` continues the paragraph: same type, close below, no sign of a new start."""
    last = paragraph[-1]
    if last.source != piece.source:
        return False
    if abs(last.box[1] - piece.box[1]) < 0.4 * max(last.height, piece.height) and piece.box[0] >= last.box[2] - 1:
        return piece.box[0] - last.box[2] < 3 * max(piece.height, 6.0)
    if BULLET.match(piece.text) or CAPTION.match(piece.text):
        return False
    if abs(last.size - piece.size) > 0.08 * max(last.size, piece.size) or last.bold != piece.bold:
        return not ENDS.search(last.text) and piece.text[:1].islower()
    height = max(last.height, piece.height, 0.7 * body_size * 0.7)
    gap = piece.box[1] - last.box[3]
    if not -0.6 * height <= gap <= _allowed_gap(paragraph, height):
        return False
    if piece.box[0] > last.box[2] or piece.box[2] < last.box[0]:
        return False
    right = max(line.box[2] for line in (*paragraph, piece))
    short = last.box[2] < right - 0.25 * (right - min(line.box[0] for line in paragraph))
    return not (short and not piece.text[:1].islower() and (bool(ENDS.search(last.text)) or len(last.text) < 60))


def _allowed_gap(paragraph: Sequence[Line], height: float) -> float:
    gaps = [b.box[1] - a.box[3] for a, b in pairwise(paragraph)]
    return (median(gaps) + 0.35 * height) if gaps else 0.95 * height


def _paragraph(lines: tuple[Line, ...], body_size: float) -> Block:
    text = " ".join(line.text.strip() for line in lines)
    size = max(line.size for line in lines)
    kind: SentenceKind = "prose"
    if CAPTION.match(text):
        kind = "caption"
    elif _is_heading(text, size, all(line.bold for line in lines), body_size):
        kind = "heading"
    elif BULLET.match(text):
        kind = "bullet"
    return Block(kind, lines, size=size)


def _is_heading(text: str, size: float, bold: bool, body_size: float) -> bool:
    words = len(text.split())
    if words > 22 or not any(c.isalpha() for c in text) or re.search(r"[.;,]\s*$", text):
        return False
    return (
        size >= 1.13 * body_size or (bold and words <= 14) or (bool(NUMBERED.match(text)) and size > 1.05 * body_size)
    )


def _with_headings(blocks: list[Block]) -> list[Block]:
    """Each row of a table with the words of its first row as context; a first row with figures is no heading."""
    first: dict[str, Block] = {}
    result = []
    for block in blocks:
        if block.kind != "row":
            result.append(block)
            continue
        table = block.context[0]
        head = first.setdefault(table, block)
        heading = tuple(" ".join(line.text.strip() for line in cell) for cell in head.cells)
        fits = head is not block and len(heading) > 1 and not any(re.search(r"\d", cell) for cell in heading[1:])
        result.append(Block("row", block.lines, block.cells, heading if fits else (), block.size))
    return result


def _read_order(blocks: list[Block]) -> list[Block]:
    """The content's own order, unless it jumps back up within a column: then an XY-cut of the page (Nagy, 1984)."""
    for before, after in pairwise(blocks):
        a, b = before.box, after.box
        overlap = min(a[2], b[2]) - max(a[0], b[0])
        if b[3] < a[1] and overlap > 0.5 * min(a[2] - a[0], b[2] - b[0]):
            return _xy_cut(blocks)
    return blocks


def _xy_cut(blocks: list[Block]) -> list[Block]:
    """Cuts at the widest empty column if one runs through, else at every empty band, and reads the parts in turn."""
    if len(blocks) < 2:
        return blocks
    for axis in (1, 0):
        parts = _cut(blocks, axis)
        if len(parts) > 1:
            return [block for part in parts for block in _xy_cut(part)]
    return sorted(blocks, key=lambda block: (round(block.box[1]), block.box[0]))


def _cut(blocks: list[Block], axis: int) -> list[list[Block]]:
    """Groups of blocks separated along `axis` (0: columns, 1: bands)."""
    ordered = sorted(blocks, key=lambda block: block.box[axis])
    parts: list[list[Block]] = [[ordered[0]]]
    reach = ordered[0].box[axis + 2]
    for block in ordered[1:]:
        if block.box[axis] > reach - 0.5:
            parts.append([])
        parts[-1].append(block)
        reach = max(reach, block.box[axis + 2])
    return parts
