"""One page's canonical text: blocks written one after the other, each character with the box it came from."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.signs import is_lone
from assistant.dossier.pdf.lines import Line, union
from assistant.dossier.text.damage import Damage
from assistant.dossier.text.repair import as_it_stands, cut_word, parts_of_word, repair
from assistant.dossier.text.sentences import lines_of, spans
from assistant.dossier.text.spacing import closed_up, space_out
from assistant.result import Box

CELL_GAP = " | "
"""Keeps the cells of a row apart where it is shown, searched and sent; comparing quotes leaves it out."""
LONGEST_ROW, LONGEST_CAPTION = 80, 25


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of the page's text with its block: `text[start:end]`, one box per line it runs over."""

    start: int
    end: int
    boxes: tuple[Box, ...]
    block: Block
    cells: tuple[str, ...] = ()
    """Of a row: the text of each cell, the empty ones included."""
    first: bool = True
    last: bool = True
    """Whether it opens, and whether it closes, its block."""


@dataclass(frozen=True, slots=True)
class PageText:
    """`text` and its sentences in reading order, with how many repairs were certain and how many places stay doubtful."""

    text: str
    sentences: tuple[Written, ...]
    certain: int
    doubtful: int

    mended: int = 0
    """Lines whose garbled letters were put right."""

    def with_damage(self, damage: Damage) -> "PageText":
        """The same, with the damage that was counted before the page was put in order."""
        return replace(self, mended=damage.mended, doubtful=self.doubtful + damage.doubtful)


@dataclass(slots=True)
class _Pen:
    """Writes lines and remembers for each character its box, and where each line starts."""

    known: Callable[[str], bool]
    text: str = ""
    boxes: list[Box | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    certain: int = 0
    doubtful: int = 0
    as_it_stands: bool = False
    in_cell: bool = False
    soft: bool = False
    """Whether the line before ends in a hyphen that is seen only where a word is cut."""

    def write(self, line: Line, gap: str) -> None:
        """Adds a line after `gap`; a word cut at the end of the line before is made whole."""
        if self.as_it_stands:
            repaired = as_it_stands(line.text)
        else:
            line = closed_up(line)
            repaired = space_out(repair(line.text, line.boxes), self.known)
        self.certain += repaired.certain
        self.doubtful += repaired.doubtful
        if not repaired.text.strip():
            return
        soft, self.soft = self.soft, line.text.rstrip().endswith("\u00ad")
        if self.text and gap == " " and soft:
            gap = ""
        elif self.text and gap == " ":
            joint = cut_word(self.text, repaired.text.lstrip(), self.known)
            if joint is not None:
                self.text, self.boxes = self.text[:-1] + joint, self.boxes[: -1 if not joint else None]
                self.certain += 1
                gap = ""
            elif self.in_cell and parts_of_word(self.text, repaired.text.lstrip()):
                self.certain += 1
                gap = ""
        if self.text and gap:
            self.text += gap
            self.boxes += [None] * len(gap)
        self.starts.append(len(self.boxes))
        self.text += repaired.text
        if repaired.untouched:
            self.boxes += line.boxes[: len(repaired.text)]
        else:
            self.boxes += [line.boxes[origin] for origin in repaired.origins]

    def boxes_of(self, start: int, end: int) -> tuple[Box, ...]:
        """The boxes around what is written from `start` to `end`, one for each line."""
        first, behind = bisect_right(self.starts, start), bisect_left(self.starts, end)
        bounds = [start, *self.starts[first:behind], end]
        lines = ([box for box in self.boxes[a:b] if box is not None] for a, b in pairwise(bounds))
        return tuple(_rounded(union(boxes)) for boxes in lines if boxes)


def write_page(blocks: Sequence[Block], known: Callable[[str], bool]) -> PageText:
    """The canonical text of a page: one block a line, a code listing as it stands.

    `known` tells which words stand elsewhere in the dossier. A mark, a number or a sign alone is text, no sentence.
    """
    text = ""
    sentences: list[Written] = []
    certain = doubtful = 0
    for block in blocks:
        pen = _Pen(known, as_it_stands=block.kind == "code", in_cell=block.row is not None)
        cells = _write_block(pen, block)
        certain += pen.certain
        doubtful += pen.doubtful
        if not pen.text.strip():
            continue
        start = len(text) + (1 if text else 0)
        text = f"{text}\n{pen.text}" if text else pen.text
        spans = [(a, b) for a, b in _sentences(block, pen.text) if any(c.isalpha() for c in pen.text[a:b])]
        if all(is_lone(pen.text[a:b]) for a, b in spans) and block.row is None:
            spans = []
        for n, (a, b) in enumerate(spans):
            boxes = pen.boxes_of(a, b)
            sentences.append(Written(start + a, start + b, boxes, block, cells, first=n == 0, last=n == len(spans) - 1))
    return PageText(text, tuple(sentences), certain, doubtful)


def _write_block(pen: _Pen, block: Block) -> tuple[str, ...]:
    """Writes a block's lines; of a row, returns what each cell says."""
    if block.row is None:
        for line in block.lines:
            pen.write(line, "\n" if pen.as_it_stands else " ")
        return ()
    cells = []
    for cell in block.row.cells:
        before = len(pen.text)
        for place, line in enumerate(cell):
            pen.write(line, " " if place else CELL_GAP)
        said = pen.text[before:]
        cells.append(said.removeprefix(CELL_GAP).strip())
    return tuple(cells)


def _sentences(block: Block, text: str) -> list[tuple[int, int]]:
    """A row, a heading, a caption or a note is one sentence, a line of code is; everything else is cut."""
    if block.kind == "code":
        return lines_of(text)
    whole = block.kind in {"heading", "note"} or block.contents
    whole = whole or (block.kind == "caption" and len(text.split()) <= LONGEST_CAPTION)
    if whole or (block.kind == "row" and len(text.split()) <= LONGEST_ROW):
        stripped = text.strip()
        start = text.index(stripped) if stripped else 0
        return [(start, start + len(stripped))] if stripped else []
    # A long row is cut into sentences; the border of a cell opens none.
    border = CELL_GAP.lstrip()
    return [(start + len(border) if text.startswith(border, start) else start, end) for start, end in spans(text)]


def _rounded(box: Box) -> Box:
    """To a hundredth of a point."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
