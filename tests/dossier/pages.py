"""Small PDFs made for the tests, with text whose place is known."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
Draw = Callable[[Any], None]


def pdf(*pages: Draw, encrypt: Any = None) -> bytes:
    """A PDF whose pages are drawn by `pages`, in order."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=encrypt, invariant=1)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(texts: Sequence[str], top: float = 100, left: float = 72, step: float = 15) -> Draw:
    """Lines of text from `top` points below the page's upper edge."""

    def draw(canvas: Any) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(left, HEIGHT - top - number * step, text)

    return draw


def together(*draws: Draw) -> Draw:
    def draw(canvas: Any) -> None:
        for one in draws:
            one(canvas)

    return draw


def grid(
    rows: Sequence[Sequence[str]], top: float = 100, widths: Sequence[float] = (150, 150, 150), ruled: bool = True
) -> Draw:
    """A table; a cell may hold several lines."""

    def draw(canvas: Any) -> None:
        y = HEIGHT - top
        for row in rows:
            cells = [cell.split("\n") for cell in row]
            height = 15 * max(len(cell) for cell in cells) + 6
            x = 72.0
            for cell, width in zip(cells, widths, strict=False):
                if ruled:
                    canvas.rect(x, y - height, width, height)
                for number, text in enumerate(cell):
                    canvas.drawString(x + 4, y - 14 - 15 * number, text)
                x += width
            y -= height

    return draw


def sideways(draw: Draw, angle: int) -> Draw:
    """The same drawing turned by `angle` degrees, anticlockwise as PDF counts."""

    def turn(canvas: Any) -> None:
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(angle)
        canvas.translate(-WIDTH / 2, -HEIGHT / 2)
        draw(canvas)

    return turn


def turned(data: bytes, rotate: int) -> bytes:
    """The PDF with its pages displayed turned by `rotate` degrees clockwise."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.rotate(rotate)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
