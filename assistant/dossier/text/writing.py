"""One page's canonical text: blocks written one after the other, each character with the box it came from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.dossier.layout.blocks import Block
from assistant.dossier.pdf.text_layer import Line, union
from assistant.dossier.text.repair import cut_word, repair
from assistant.dossier.text.sentences import spans
from assistant.dossier.text.spacing import closed_up, space_out
from assistant.result import Box

CELL_GAP = "\u2003"
"""An em space keeps the cells of a row apart; every comparison of quotes folds it to a space."""


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of the page's text with its block: `text[start:end]`, one box per line it runs over."""

    start: int
    end: int
    boxes: tuple[Box, ...]
    block: Block


@dataclass(frozen=True, slots=True)
class PageText:
    """`text` and its sentences in reading order, with how many repairs were certain and how many places stay doubtful."""

    text: str
    sentences: tuple[Written, ...]
    certain: int
    doubtful: int


@dataclass(slots=True)
class _Pen:
    """Writes lines and remembers for each character its line and box."""

    known: Callable[[str], bool]
    text: str = ""
    boxes: list[tuple[int, Box | None]] | None = None
    line: int = 0
    certain: int = 0
    doubtful: int = 0

    def write(self, line: Line, gap: str) -> None:
        """Adds a line after `gap`; a word cut at the end of the line before is made whole."""
        assert self.boxes is not None
        line = closed_up(line)
        repaired = space_out(repair(line.text), self.known)
        self.certain += repaired.certain
        self.doubtful += repaired.doubtful
        if not repaired.text.strip():
            return
        if self.text and gap == " ":
            joint = cut_word(self.text, repaired.text.lstrip(), self.known)
            if joint is not None:
                self.text, self.boxes = self.text[:-1] + joint, self.boxes[: -1 if not joint else None]
                self.certain += 1
                gap = ""
        if self.text and gap:
            self.text += gap
            self.boxes.append((self.line, None))
        self.line += 1
        self.text += repaired.text
        self.boxes += [(self.line, line.boxes[origin]) for origin in repaired.origins]


def write_page(blocks: Sequence[Block], known: Callable[[str], bool]) -> PageText:
    """The canonical text of a page: one block a line. `known` tells which words stand elsewhere in the dossier."""
    text = ""
    sentences: list[Written] = []
    certain = doubtful = 0
    for block in blocks:
        pen = _Pen(known, boxes=[])
        if block.cells:
            for cell in block.cells:
                for place, line in enumerate(cell):
                    pen.write(line, " " if place else CELL_GAP)
        else:
            for line in block.lines:
                pen.write(line, " ")
        certain += pen.certain
        doubtful += pen.doubtful
        if not pen.text.strip():
            continue
        start = len(text) + (1 if text else 0)
        text = f"{text}\n{pen.text}" if text else pen.text
        for a, b in _sentences(block, pen.text):
            sentences.append(Written(start + a, start + b, _by_line((pen.boxes or [])[a:b]), block))
    return PageText(text, tuple(sentences), certain, doubtful)


def _sentences(block: Block, text: str) -> list[tuple[int, int]]:
    """A row, a heading or a caption is one sentence; everything else is cut."""
    if block.kind in {"heading", "caption"} or (block.kind == "row" and len(text.split()) <= 80):
        stripped = text.strip()
        start = text.index(stripped) if stripped else 0
        return [(start, start + len(stripped))] if stripped else []
    return spans(text)


def _by_line(characters: Sequence[tuple[int, Box | None]]) -> tuple[Box, ...]:
    lines: dict[int, list[Box]] = {}
    for line, box in characters:
        if box is not None:
            lines.setdefault(line, []).append(box)
    return tuple(_rounded(union(boxes)) for boxes in lines.values())


def _rounded(box: Box) -> Box:
    """To a hundredth of a point."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
