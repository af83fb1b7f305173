"""Small PDFs made for the tests, with text whose place is known."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assistant.dossier.pdf.render import render_page

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
        width, height = (HEIGHT, WIDTH) if angle % 180 else (WIDTH, HEIGHT)
        canvas.setPageSize((width, height))
        canvas.translate(width / 2, height / 2)
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


def misleading_font(data: bytes, page: int = 0) -> bytes:
    """The PDF whose fonts on one page (0-based) say another letter than they draw: a for z, b for y and so on."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    fonts: Any = writer.pages[page]["/Resources"]["/Font"]  # type: ignore[index]
    pairs = [(ord(base) + i, ord(base) + 25 - i) for base in "aA" for i in range(26)]
    lines_of = "\n".join(f"<{code:02x}> <{said:04x}>" for code, said in pairs)
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(pairs)} beginbfchar\n{lines_of}\nendbfchar\n"
        "endcmap end end"
    )
    stream = StreamObject()
    stream.set_data(table.encode())
    for name in list(fonts):
        font = DictionaryObject(fonts[name].get_object())
        font[NameObject("/ToUnicode")] = writer._add_object(stream)
        fonts[name] = writer._add_object(font)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def drawn(page: Draw, dpi: int = 150) -> Image.Image:
    """A page as a picture."""
    return render_page(pdf(page), 1, dpi / 72)
