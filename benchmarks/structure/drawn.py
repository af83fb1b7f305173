"""Layouts drawn piece by piece with reportlab: marks painted last, footnotes, side notes, words in pieces, a scan."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.structure.content import NOTES, Made, Said, Writer

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 72.0, 523.0, 90.0, 740.0
FONT = "DejaVuSans"


def _canvas(file: Path) -> Any:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    folder = Path("/usr/share/fonts/truetype/dejavu")
    for name in ("DejaVuSans", "DejaVuSans-Bold"):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
    return Canvas(str(file), pagesize=(WIDTH, HEIGHT), invariant=1)


def _wrapped(text: str, width: float, size: float, font: str = FONT) -> list[str]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) > width and line:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


class Paper:
    """Draws lines from the top; a page that is full ends, with its furniture, and another begins."""

    def __init__(self, file: Path, leading: float = 15.0, size: float = 11.0, header: str = "", side: str = "") -> None:
        self.canvas = _canvas(file)
        self.leading, self.size, self.header, self.side = leading, size, header, side
        self.y, self.page = TOP, 1
        self.later: list[tuple[float, float, str]] = []
        self.notes: list[str] = []

    def line(self, text: str, x: float = LEFT, font: str = FONT, size: float = 0.0) -> None:
        if self.y > BOTTOM - 14 * len(self.notes):
            self.end_page()
        self.canvas.setFont(font, size or self.size)
        self.canvas.drawString(x, HEIGHT - self.y, text)
        self.y += self.leading

    def paragraph(self, text: str, x: float = LEFT) -> None:
        for line in _wrapped(text, RIGHT - x, self.size):
            self.line(line, x)
        self.y += 0.5 * self.leading

    def title(self, text: str) -> None:
        self.y += self.leading
        if self.y > BOTTOM - 4 * self.leading:
            self.end_page()
        self.line(text, font="DejaVuSans-Bold", size=1.35 * self.size)
        self.y += 4

    def item(self, text: str, mark: str = "•", gap: float = 18.0, later: bool = False) -> None:
        first = True
        for line in _wrapped(text, RIGHT - LEFT - 20 - gap, self.size):
            if first and later:
                self.later.append((LEFT + 20, self.y, mark))
            elif first:
                if self.y > BOTTOM - 14 * len(self.notes):
                    self.end_page()
                self.canvas.setFont(FONT, self.size)
                self.canvas.drawString(LEFT + 20, HEIGHT - self.y, mark)
            self.line(line, LEFT + 20 + gap)
            first = False
        self.y += 3

    def called(self, before: str, number: int, note: str) -> None:
        """A paragraph that ends with a raised call; its note goes to the page's foot."""
        for line in (lines := _wrapped(before, RIGHT - LEFT - 10, self.size)):
            self.line(line)
            if line is lines[-1]:
                end = LEFT + self.canvas.stringWidth(line, FONT, self.size)
                self.canvas.setFont(FONT, 0.6 * self.size)
                self.canvas.drawString(end + 0.5, HEIGHT - self.y + self.leading + 4, str(number))
        self.notes.append(f"{number} {note}")
        self.y += 0.5 * self.leading

    def end_page(self) -> None:
        self.canvas.setFont(FONT, self.size)
        for x, y, mark in self.later:
            self.canvas.drawString(x, HEIGHT - y, mark)
        if self.notes:
            self.canvas.line(LEFT, HEIGHT - 752, LEFT + 140, HEIGHT - 752)
        self.canvas.setFont(FONT, 8)
        for n, note in enumerate(self.notes):
            self.canvas.drawString(LEFT, HEIGHT - 764 - 11 * n, note)
        if self.header:
            self.canvas.drawString(LEFT, HEIGHT - 45, self.header)
            self.canvas.drawRightString(RIGHT, HEIGHT - 805, f"{self.page}")
        if self.side:
            self.canvas.saveState()
            self.canvas.translate(30, HEIGHT / 2)
            self.canvas.rotate(90)
            self.canvas.drawString(0, 0, self.side)
            self.canvas.restoreState()
        self.canvas.showPage()
        self.later, self.notes = [], []
        self.y, self.page = TOP, self.page + 1

    def save(self) -> None:
        self.end_page()
        self.canvas.save()


def _flow(name: str, folder: Path, seed: int, sections: int = 6, **more: Any) -> Made:
    """Prose and bullets through several pages: sentences run over the pages' ends."""
    style = {key: more.pop(key) for key in ("leading", "size", "header", "side") if key in more}
    paper, write = Paper(folder / f"{name}.pdf", **style), Writer(seed)
    blocks: list[Said] = []
    for number in range(sections):
        blocks += [write.title(), write.prose(5)]
        paper.title(blocks[-2].texts[0])
        paper.paragraph(" ".join(blocks[-1].texts))
        if number % 2 == 0:
            blocks.append(write.bullets(3))
            for text in blocks[-1].texts:
                paper.item(text, **more)
    paper.save()
    return Made(name, tuple(blocks))


def _footnotes(name: str, folder: Path, seed: int) -> Made:
    paper, write = Paper(folder / f"{name}.pdf", header="Mémoire de fin de formation"), Writer(seed)
    blocks: list[Said] = []
    for number in range(1, 4):
        title, first, second = write.title(), write.prose(4), write.prose(3)
        note = NOTES[number - 1]
        paper.title(title.texts[0])
        paper.called(" ".join(first.texts), number, note)
        paper.paragraph(" ".join(second.texts))
        called = (*first.texts[:-1], first.texts[-1] + "⁰¹²³"[number])
        blocks += [title, Said("prose", called), second, Said("note", (f"{number} {note}",))]
        paper.end_page()
    paper.canvas.save()
    return Made(name, tuple(blocks))


def _pieces(name: str, folder: Path, seed: int) -> Made:
    """Every word written alone, the lines of a page in any order, as some exports do."""
    canvas, write, draw = _canvas(folder / f"{name}.pdf"), Writer(seed), random.Random(seed)
    blocks: list[Said] = []
    for _ in range(3):
        y, lines = 100.0, list[tuple[float, str]]()
        for _ in range(3):
            blocks.append(write.prose(4))
            for line in _wrapped(" ".join(blocks[-1].texts), 430, 11):
                lines.append((y, line))
                y += 16
            y += 12
        draw.shuffle(lines)
        canvas.setFont(FONT, 11)
        for top, line in lines:
            x = LEFT
            for word in line.split(" "):
                canvas.drawString(x, HEIGHT - top, word)
                x += canvas.stringWidth(word + " ", FONT, 11)
        canvas.showPage()
    canvas.save()
    return Made(name, tuple(blocks))


def _curves(name: str, folder: Path, seed: int) -> Made:
    """Text boxes over curves and rounded grounds, as drawing programs make them."""
    canvas, write = _canvas(folder / f"{name}.pdf"), Writer(seed)
    blocks: list[Said] = []
    for page in range(3):
        path = canvas.beginPath()
        path.moveTo(100, 830)
        path.curveTo(300, 700, 90, 400, 260 + 40 * page, 20)
        canvas.drawPath(path)
        canvas.circle(420, 300, 180)
        canvas.roundRect(60, 330, 470, 300, 20)
        blocks += [write.title(), write.prose(3), write.prose(3)]
        canvas.setFont("DejaVuSans-Bold", 20)
        canvas.drawString(80, 700, blocks[-3].texts[0])
        y = 600.0
        for block in blocks[-2:]:
            canvas.setFont(FONT, 12)
            for line in _wrapped(" ".join(block.texts), 420, 12):
                canvas.drawString(80, y, line)
                y -= 18
            y -= 40
        canvas.showPage()
    canvas.save()
    return Made(name, tuple(blocks))


def drawn_layouts(folder: Path) -> Iterator[Made]:
    """Makes each and gives what it says."""
    yield _flow("drawn-marks-last", folder, 51, later=True)
    yield _flow("drawn-far-marks", folder, 52, gap=60.0, mark="▪", header="Dossier professionnel")
    yield _flow("drawn-private-marks", folder, 53, mark="●", leading=22.0)
    yield _flow("drawn-side-note", folder, 54, side="Titre professionnel 2025", header="Session de juin")
    yield _footnotes("drawn-footnotes", folder, 55)
    yield _pieces("drawn-pieces", folder, 56)
    yield _curves("drawn-curves", folder, 57)
