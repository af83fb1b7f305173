"""OCR measured on pages drawn from known text: character error rate and seconds a page, for both engines."""

import io
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from assistant.dossier.ocr.engines import Engine, OcrReader, Picture, preferred_engine
from assistant.dossier.pdf.render import render_page

WIDTH, HEIGHT = A4
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
TEXT = (
    "J’ai repris le dossier des relances en février : sur 84 devis envoyés, 31 n’avaient reçu aucune réponse après "
    "quinze jours. Avec l’équipe, nous avons décidé d’appeler chaque client le mardi matin, puis d’écrire un message "
    "court à ceux que l’on ne joignait pas. « Vous êtes le premier à me rappeler », m’a dit une cliente de Guérande. "
    "Le coût d’un appel est d’environ 3,20 € ; le gain moyen, 146 € hors taxes. À la fin du mois de mars, la part des "
    "devis signés était passée de 22 % à 37 %, et le délai de réponse de onze à quatre jours. Où sont les limites ? "
    "Les chantiers annulés n’y figurent pas, ni les clients déjà servis l’année précédente. Le fichier est tenu par "
    "Hélène, qui le vérifie chaque vendredi ; les numéros y sont conservés deux ans, puis effacés."
)
ROWS = [
    ["Semaine", "Devis envoyés", "Sans réponse", "Taux"],
    ["Semaine 6", "21", "9", "43 %"],
    ["Semaine 7", "18", "6", "33 %"],
    ["Semaine 8", "24", "8", "33 %"],
]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as a picture, and the text it shows."""

    name: str
    image: Image.Image
    text: str


def _pdf(draw: Callable[[Any], None]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def _prose(font: str, size: float, justified: bool = False) -> Callable[[Any], None]:
    def draw(canvas: Any) -> None:
        alignment = TA_JUSTIFY if justified else 0
        style = ParagraphStyle("text", fontName=font, fontSize=size, leading=1.3 * size, alignment=alignment)
        top = HEIGHT - 70
        for _ in range(3):
            paragraph = Paragraph(TEXT, style)
            _, height = paragraph.wrap(WIDTH - 140, HEIGHT)
            paragraph.drawOn(canvas, 70, top - height)
            top -= height + 12

    return draw


def _table(canvas: Any) -> None:
    table = Table(ROWS * 5, colWidths=[110] * 4)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("BACKGROUND", (0, 0), (-1, 0), "#c9daf8")])
    table.setStyle([("BACKGROUND", (0, row), (-1, row), "#fff2cc") for row in range(2, 20, 2)])
    _, height = table.wrap(WIDTH, HEIGHT)
    table.drawOn(canvas, 70, HEIGHT - 70 - height)


def _drawn(draw: Callable[[Any], None], dpi: int) -> Image.Image:
    return render_page(_pdf(draw), 1, dpi / 72).convert("L")


def _noisy(image: Image.Image) -> Image.Image:
    """Grain and a grey ground, as a copier leaves them."""
    grain = np.random.default_rng(7).normal(0, 18, (image.height, image.width))
    return Image.fromarray((np.asarray(image) * 0.9 + 8 + grain).clip(0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(0.5)
    )


def sheets() -> list[Sheet]:
    """The pages measured."""
    fonts = ["Helvetica", "Times-Roman"]
    if (DEJAVU / "DejaVuSans.ttf").exists():
        pdfmetrics.registerFont(TTFont("DejaVu", str(DEJAVU / "DejaVuSans.ttf")))
        fonts.append("DejaVu")
    prose, cells = " ".join([TEXT] * 3), " ".join(cell for row in ROWS * 5 for cell in row)
    made = [
        Sheet(f"{font}, 11 pt, {dpi} dpi", _drawn(_prose(font, 11), dpi), prose) for font in fonts for dpi in (150,)
    ]
    made += [
        Sheet(f"Helvetica, 11 pt, {dpi} dpi", _drawn(_prose("Helvetica", 11), dpi), prose) for dpi in (100, 200, 300)
    ]
    made.append(Sheet("justified, 150 dpi", _drawn(_prose("Times-Roman", 11, justified=True), 150), prose))
    made.append(Sheet("grain, 150 dpi", _noisy(_drawn(_prose("Helvetica", 11), 150)), prose))
    skewed = _drawn(_prose("Helvetica", 11), 150).rotate(
        1.2, expand=False, fillcolor=255, resample=Image.Resampling.BICUBIC
    )
    made.append(Sheet("skewed by 1.2°, 150 dpi", skewed, prose))
    made.append(Sheet("small text (7 pt), 150 dpi", _drawn(_prose("Helvetica", 7), 150), prose))
    made.append(Sheet("coloured table, 150 dpi", _drawn(_table, 150), cells))
    return made


def error_rate(text: str, read: str) -> float:
    """Character error rate: the least edits from one to the other, over the length of the text (Levenshtein, 1966)."""
    a, b = _plain(text), _plain(read)
    codes = np.frombuffer(b.encode("utf-32-le"), dtype=np.uint32)
    places = np.arange(len(codes) + 1)
    row = places.copy()
    for number, char in enumerate(a, start=1):
        best = np.empty_like(row)
        best[0] = number
        best[1:] = np.minimum(row[:-1] + (codes != ord(char)), row[1:] + 1)
        row = np.minimum.accumulate(best - places) + places
    return float(row[-1]) / max(1, len(a))


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ").split())


def measure(sheet: Sheet, engine: Engine) -> tuple[float, float]:
    """Character error rate and seconds of one sheet, read as a page of a dossier is."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.pdf"
        file.write_bytes(_pdf(lambda canvas: canvas.drawImage(ImageReader(sheet.image), 0, 0, WIDTH, HEIGHT)))
        start = time.monotonic()
        (result,) = OcrReader(engine, 1, None, file).read([Picture(0, (0, 0, WIDTH, HEIGHT), True)], lambda *_: None)
        seconds = time.monotonic() - start
    return error_rate(sheet.text, " ".join(word.text for word in result.words)), seconds


def print_recognition() -> None:
    """A line per sheet."""
    random.seed(7)
    engines: tuple[Engine, ...] = ("tesseract", "rapidocr") if preferred_engine() == "tesseract" else ("rapidocr",)
    print(
        "OCR (targets at 150 dpi: 1.5 % of characters wrong with the preferred engine, 4 % with the other; 3 s a page)"
    )
    print(f"  {'':28}" + "".join(f"{engine:>20}" for engine in engines))
    for sheet in sheets():
        cells = [measure(sheet, engine) for engine in engines]
        print(f"  {sheet.name:28}" + "".join(f"{rate:10.2%}{seconds:8.2f} s" for rate, seconds in cells))


if __name__ == "__main__":
    print_recognition()
