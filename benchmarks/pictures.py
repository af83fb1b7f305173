"""Dossiers with pictures: seconds and memory of a long one, of a scan, and whether the same bytes come twice.

`python -m benchmarks.pictures`.
"""

import io
import tempfile
import time
from pathlib import Path

from pydantic import TypeAdapter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assistant.components import reader_of
from assistant.dossier.model import Dossier, InputFile
from assistant.dossier.ocr.pictures import pictures_of
from assistant.dossier.pdf.opening import opened
from assistant.dossier.pdf.source import PdfSource
from assistant.progress import silent
from assistant.settings import Settings
from benchmarks.dossiers import LONG
from benchmarks.hostile import Watch
from benchmarks.recognition import sheets

PAGES, PICTURES, SCANNED = 40, 12, 8
SECONDS, SECONDS_A_SCAN, MEGABYTES = 12.0, 1.2, 600.0
WIDTH, HEIGHT = A4


def print_pictures() -> None:
    """Each figure beside its target."""
    print("Pictures, everything on, on a fresh installation")
    dossier, seconds, megabytes = read(with_pictures())
    again, _, _ = read(with_pictures())
    print(
        f"  {PAGES} pages, {PICTURES} of them with a picture: {seconds:.1f} s (target {SECONDS:.0f} s), "
        f"{megabytes:.0f} MB (target {MEGABYTES:.0f} MB); the same bytes twice: {_bytes(dossier) == _bytes(again)}"
    )
    read_by_ocr = sum(any(s.source == "ocr" for s in dossier.sentences if s.page == e.page) for e in dossier.ledger)
    print(f"  pages on which something was read in a picture: {read_by_ocr} of {PICTURES}")
    _, seconds, megabytes = read(scanned())
    print(
        f"  {SCANNED} scanned pages: {seconds / SCANNED:.2f} s a page (target {SECONDS_A_SCAN} s), {megabytes:.0f} MB "
        f"(target {MEGABYTES:.0f} MB)"
    )


def read(data: bytes) -> tuple[Dossier, float, float]:
    """The dossier, wall-clock seconds and the highest resident memory of the processes started, in MB."""
    with tempfile.TemporaryDirectory() as folder, Watch() as watch:
        reader = reader_of(Settings(data_dir=Path(folder)))
        start = time.monotonic()
        dossier = reader((InputFile("dossier.pdf", data),), (), silent)
        seconds = time.monotonic() - start
    return dossier, seconds, watch.megabytes


def with_pictures() -> bytes:
    """The pages of a real-sized dossier, PICTURES of which are replaced by pages with a text above a screenshot."""
    from pypdf import PdfReader, PdfWriter

    long, drawn = PdfReader(LONG), PdfReader(io.BytesIO(_drawn()))
    # Its own pages with figures are left out: what is read in pictures is PICTURES of them.
    with opened(LONG.read_bytes()) as document:
        pages = PdfSource().pages(document, silent)
    text = [long.pages[n] for n, page in enumerate(pages) if not pictures_of(n, page)]
    writer = PdfWriter()
    every = PAGES // PICTURES
    for number in range(PAGES):
        place, rest = divmod(number, every)
        writer.add_page(drawn.pages[place] if rest == 1 and place < PICTURES else text[number % len(text)])
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def scanned() -> bytes:
    """Whole pages that are pictures."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for sheet in sheets()[:SCANNED]:
        canvas.drawImage(ImageReader(sheet.image), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _drawn() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    image = sheets()[0].image
    for number in range(PICTURES):
        canvas.setFont("Helvetica", 11)
        for line in range(12):
            canvas.drawString(
                70, HEIGHT - 70 - 15 * line, f"Étape {number + 1}, point {line + 1} : ce que j’ai vu à l’écran."
            )
        # No two are alike: what was read in a picture is kept by what it shows.
        part = image.crop((0, 20 * number, image.width, 20 * number + image.height // 2))
        canvas.drawImage(ImageReader(part), 70, 80, WIDTH - 140, (WIDTH - 140) * part.height / part.width)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _bytes(dossier: Dossier) -> bytes:
    return TypeAdapter(Dossier).dump_json(dossier)


if __name__ == "__main__":
    print_pictures()
