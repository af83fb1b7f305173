"""Pages drawn as a word processor lays a table out: a row is cut by a page wherever it ends, and merged cells with it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FONT, BOLD = "DejaVuSans", "DejaVuSans-Bold"
PAD = 3.0


def fonts() -> None:
    """Registers fonts that hold every letter of the référentiels: the system's DejaVu, or what reportlab brings."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    for name, other in ((FONT, "Vera"), (BOLD, "VeraBd")):
        if name in pdfmetrics.getRegisteredFontNames():
            continue
        try:
            pdfmetrics.registerFont(ttfonts.TTFont(name, f"{name}.ttf"))
        except ttfonts.TTFError:
            pdfmetrics.registerFont(ttfonts.TTFont(name, f"{other}.ttf"))


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph of a cell; `indent` in points, `after` the room below it."""

    text: str
    bullet: str = ""
    bold: bool = False
    indent: float = 0.0
    after: float = 0.0


@dataclass(slots=True)
class Block:
    """A cell over `rows` rows of its column."""

    col: int
    row: int
    rows: int
    texts: list[Text]
    cols: int = 1


@dataclass(slots=True)
class Grid:
    """A table: `heads` are rows of (text, columns) that may be said again on each page."""

    widths: tuple[float, ...]
    heads: list[list[tuple[str, int]]]
    blocks: list[Block] = field(default_factory=list)
    repeat: bool = False


class Paper:
    """A4 pages written from top to bottom."""

    def __init__(self, path: Path, *, wide: bool, size: float = 9.0, foot: str = "", margin: float = 40.0) -> None:
        from reportlab.lib.pagesizes import A4, landscape
        from reportlab.pdfgen.canvas import Canvas

        fonts()
        self.width, self.height = landscape(A4) if wide else A4
        self.size, self.leading, self.margin, self.foot = size, size * 1.18, margin, foot
        self.canvas: Any = Canvas(str(path), pagesize=(self.width, self.height), invariant=1)
        self.page, self.y = 1, margin

    @property
    def bottom(self) -> float:
        return float(self.height - self.margin)

    def save(self) -> None:
        self._foot()
        self.canvas.save()

    def turn(self) -> None:
        """The next page."""
        self._foot()
        self.canvas.showPage()
        self.page, self.y = self.page + 1, self.margin

    def _foot(self) -> None:
        if self.foot:
            self._say(self.margin, self.height - 22, f"{self.foot} – page {self.page}", FONT, 7)

    def _say(self, x: float, y: float, text: str, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def write(self, text: str, *, bold: bool = False, size: float | None = None, before: float = 0, bullet: str = "",
              indent: float = 0) -> None:  # fmt: skip
        """A paragraph across the page."""
        size = size or self.size
        font = BOLD if bold else FONT
        self.y += before
        hang = 12 if bullet else 0
        left = self.margin + indent
        for place, line in enumerate(wrapped(text, self.width - self.margin - left - hang, font, size)):
            if self.y + size * 1.25 > self.bottom:
                self.turn()
            if bullet and not place:
                self._say(left, self.y + size, bullet, FONT, size)
            self._say(left + hang, self.y + size, line, font, size)
            self.y += size * 1.25

    def table(self, grid: Grid) -> None:
        """Draws the table from here on, over as many pages as it takes."""
        lefts = [self.margin]
        for width in grid.widths:
            lefts.append(lefts[-1] + width)
        bands = self._bands(grid)
        self._heads(grid, lefts)
        rows = len(bands)
        for row in range(rows):
            self._band(grid, lefts, row, bands)
        self.y += 4

    def _heads(self, grid: Grid, lefts: list[float]) -> None:
        for row in grid.heads:
            cells, col = [], 0
            for text, cols in row:
                lines = wrapped(text, lefts[col + cols] - lefts[col] - 2 * PAD, BOLD, self.size)
                cells.append((col, cols, lines))
                col += cols
            high = max(len(lines) for _, _, lines in cells) * self.leading + 2 * PAD
            if self.y + high + 3 * self.leading > self.bottom:
                self.turn()
            for at, cols, lines in cells:
                for place, line in enumerate(lines):
                    self._say(lefts[at] + PAD, self.y + PAD + self.size + place * self.leading, line, BOLD, self.size)
                self._box(lefts[at], self.y, lefts[at + cols], self.y + high)
            self.y += high

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        for rule in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self._rule(*rule)

    def _lines(self, block: Block, lefts: list[float]) -> list[tuple[float, str, str, float]]:
        """(indent, font, line, room below) of each line of a block."""
        room = lefts[block.col + block.cols] - lefts[block.col] - 2 * PAD
        found: list[tuple[float, str, str, float]] = []
        for one in block.texts:
            font = BOLD if one.bold else FONT
            hang = 9.0 if one.bullet else 0.0
            lines = wrapped(one.text, room - one.indent - hang, font, self.size)
            for place, line in enumerate(lines):
                after = one.after if place == len(lines) - 1 else 0.0
                mark = f"{one.bullet}\x00" if one.bullet and not place else ""
                found.append((one.indent + hang, font, mark + line, after))
        return found

    def _bands(self, grid: Grid) -> list[float]:
        """The height of each row; the last row of a merged cell takes what it still needs."""
        lefts = [0.0]
        for width in grid.widths:
            lefts.append(lefts[-1] + width)
        rows = max((block.row + block.rows for block in grid.blocks), default=0)
        high = [self.leading + 2 * PAD] * rows
        for block in sorted(grid.blocks, key=lambda b: (b.rows, b.row)):
            need = sum(self.leading + line[3] for line in self._lines(block, lefts)) + 2 * PAD
            have = sum(high[block.row : block.row + block.rows])
            if need > have:
                high[block.row + block.rows - 1] += need - have
        self._left: dict[int, list[tuple[float, str, str, float]]] = {
            id(block): self._lines(block, lefts) for block in grid.blocks
        }
        return high

    def _band(self, grid: Grid, lefts: list[float], row: int, bands: list[float]) -> None:
        """One row, in as many parts as there are pages to it."""
        left = bands[row]
        standing = [block for block in grid.blocks if block.row <= row < block.row + block.rows]
        first = True
        while left > 0.5:
            left = max(left, self._needs(standing, row, first))
            room = self.bottom - self.y
            if room < self.leading + 2 * PAD:
                for block in standing:
                    self._rule(lefts[block.col], self.y, lefts[block.col + block.cols], self.y)
                self.turn()
                if grid.repeat:
                    self._heads(grid, lefts)
                for block in standing:
                    self._rule(lefts[block.col], self.y, lefts[block.col + block.cols], self.y)
                continue
            part = min(left, room)
            for block in standing:
                x0, x1 = lefts[block.col], lefts[block.col + block.cols]
                if first and block.row == row:
                    self._rule(x0, self.y, x1, self.y)
                self._rule(x0, self.y, x0, self.y + part)
                self._rule(x1, self.y, x1, self.y + part)
                starts = first and block.row == row
                self._fill(block, x0, part, PAD if starts else 0.0)
                if part >= left - 0.5 and block.row + block.rows - 1 == row:
                    self._rule(x0, self.y + part, x1, self.y + part)
            self.y += part
            left -= part
            first = False

    def _needs(self, standing: list[Block], row: int, first: bool) -> float:
        """The room that the lines still to be written want, of cells that end with this row."""
        ending = [block for block in standing if block.row + block.rows - 1 == row and self._left[id(block)]]
        return max(
            (
                sum(self.leading + line[3] for line in self._left[id(b)]) + (PAD if first and b.row == row else 0) + 2
                for b in ending
            ),
            default=0.0,
        )

    def _fill(self, block: Block, x0: float, part: float, down: float) -> None:
        """As many of a cell's lines as go into this part; what does not waits for the next."""
        lines = self._left[id(block)]
        y = self.y + down + 1.0
        while lines and y + self.leading <= self.y + part + 0.5:
            indent, font, line, after = lines.pop(0)
            if "\x00" in line:
                mark, line = line.split("\x00")
                self._say(x0 + PAD + indent - 9.0, y + self.size, mark, FONT, self.size)
            self._say(x0 + PAD + indent, y + self.size, line, font, self.size)
            y += self.leading + after


def wrapped(text: str, room: float, font: str, size: float) -> list[str]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and stringWidth(longer, font, size) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines or [""]
