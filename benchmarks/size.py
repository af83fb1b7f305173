"""Dossiers far larger than any that is handed in: time, memory and pages accounted for."""

import io
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assistant.components import reader_of
from assistant.dossier.model import InputFile
from assistant.progress import silent
from assistant.settings import Settings
from benchmarks.dossiers import SHORT, of_length
from benchmarks.hostile import Watch


def _drawn(pages: int, draw: Callable[[Canvas, int], None]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0)
    for page in range(pages):
        canvas.drawString(72, 800, f"Page {page + 1} : nous avons relancé les clients au printemps.")
        draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _photos(canvas: Canvas, page: int) -> None:
    """Six megabytes of grain, small on the page."""
    grain = Image.frombytes("RGB", (1400, 1400), os.urandom(1400 * 1400 * 3))
    canvas.drawImage(ImageReader(grain), 400, 100, 60, 60)


def _icons(canvas: Canvas, page: int) -> None:
    for place in range(400):
        icon = Image.new("RGB", (2, 2), (place % 256, page % 256, 90))
        canvas.drawImage(ImageReader(icon), 72 + place % 20 * 22, 100 + place // 20 * 22, 18, 18)


def print_size() -> None:
    """A line per dossier."""
    print("Very large dossiers, read with everything on")
    made: list[tuple[str, Callable[[], bytes]]] = [
        ("800 pages", lambda: of_length(SHORT, 800)),
        ("300 MB", lambda: _drawn(52, _photos)),
        ("20,000 images", lambda: _drawn(50, _icons)),
    ]
    for name, make in made:
        data = make()
        with tempfile.TemporaryDirectory() as folder, Watch() as watch:
            reading = reader_of(Settings(data_dir=Path(folder)))
            start = time.monotonic()
            dossier = reading((InputFile("dossier.pdf", data),), (), silent)
            seconds = time.monotonic() - start
        read = sum(entry.read != "none" for entry in dossier.ledger)
        print(
            f"  {name:14} {len(data) / 2**20:5.0f} MB {len(dossier.ledger):4} pages, {read:4} read "
            f"{seconds:6.1f} s {watch.megabytes:6.0f} MB"
        )


if __name__ == "__main__":
    print_size()
