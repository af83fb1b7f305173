"""What stands in pictures is read, placed, marked as read by OCR, and never mistaken for nothing."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from reportlab.lib.utils import ImageReader

from assistant.dossier.isolation.process import Ceilings
from assistant.dossier.isolation.sandbox import Limits, read_apart
from assistant.dossier.model import Dossier
from assistant.dossier.ocr.engines import Engine, OcrReader, OcrResult, OcrWord, Picture
from assistant.dossier.ocr.pictures import MOST_PICTURES, OCR_OFF, TOGETHER, OcrSource, TextOnlySource
from assistant.dossier.read import read_dossier
from assistant.errors import NothingReadable
from assistant.evaluation.gold import load_cases
from tests.conftest import DOSSIERS
from tests.dossier.pages import HEIGHT, WIDTH, Draw, drawn, lines, misleading_font, pdf, together

TEXT = [
    "Relance des devis restés sans réponse",
    "Sur les 42 devis envoyés en mars, 17 n’ont reçu aucune réponse.",
    "Nous avons décidé d’appeler chaque client après huit jours.",
]
OWN = ["La page porte aussi un texte à elle, au-dessus de la capture d’écran.", "La suite est en dessous."]
ENGINES: tuple[Engine, ...] = ("tesseract", "rapidocr")


def cropped(image: Image.Image) -> Image.Image:
    white = Image.new("RGB", image.size, "white")
    x0, top, x1, bottom = ImageChops.difference(image, white).getbbox() or (0, 0, 1, 1)
    return image.crop((max(0, x0 - 20), max(0, top - 20), x1 + 20, bottom + 20))


def placed(image: Image.Image, left: float, top: float, width: float) -> Draw:
    """A picture on a page, in points from its upper left corner."""
    height = width * image.height / image.width

    def draw(canvas) -> None:  # type: ignore[no-untyped-def]
        canvas.drawImage(ImageReader(image), left, HEIGHT - top - height, width, height)

    return draw


def scan() -> bytes:
    return pdf(placed(drawn(lines(TEXT)), 0, 0, WIDTH))


class Scripted:
    """A reader that says what it was told to, and remembers the pictures it was asked for (not the lines to compare)."""

    def __init__(self, result: OcrResult) -> None:
        self.result, self.asked = result, list[Picture]()

    def read(self, pictures: Sequence[Picture], progress: Callable[[int, int], None]) -> list[OcrResult]:
        self.asked += [picture for picture in pictures if not picture.below]
        return [self.result for _ in pictures]


class PassingOverFigures:
    """Reads the lines to compare, and whole pages, as the real reader does; figures say nothing of the text layer."""

    def __init__(self, reader: OcrReader) -> None:
        self.reader, self.compared = reader, 0

    def read(self, pictures: Sequence[Picture], progress: Callable[[int, int], None]) -> list[OcrResult]:
        asked = [picture for picture in pictures if picture.below or picture.whole]
        read = iter(self.reader.read(asked, progress))
        results = [next(read) if picture.below or picture.whole else OcrResult(()) for picture in pictures]
        self.compared += sum(bool(r.words) for p, r in zip(pictures, results, strict=True) if p.below)
        return results


def read(data: bytes, folder: Path, engine: Engine = "tesseract", cache: Path | None = None) -> Dossier:
    file = folder / "dossier.pdf"
    file.write_bytes(data)
    # One at a time where each process would load its models first.
    reader = OcrReader(engine, 1 if engine == "rapidocr" else 2, cache, file)
    return read_dossier(data, "dossier.pdf", source=OcrSource(reader, reader.begin))


def letters(text: str) -> str:
    return "".join(c for c in text.replace("'", "’") if c.isalnum())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_scanned_page_is_read_with_each_sentence_where_it_stands(engine: Engine, tmp_path: Path) -> None:
    dossier = read(scan(), tmp_path, engine)
    true = read_dossier(pdf(lines(TEXT)), "d.pdf")
    assert [s.source for s in dossier.sentences] == ["ocr"] * len(dossier.sentences)
    assert dossier.ledger[0].read == "ocr"
    assert [letters(s.text) for s in dossier.sentences] == [letters(s.text) for s in true.sentences]
    for seen, known in zip(dossier.sentences, true.sentences, strict=True):
        for a, b in zip(seen.boxes[0], known.boxes[0], strict=True):
            assert a == pytest.approx(b, abs=6)


def test_a_screenshot_on_a_page_of_text_is_read_in_its_place(tmp_path: Path) -> None:
    picture = cropped(drawn(lines(TEXT * 3), 200))
    page = together(lines(OWN[:1], top=80), placed(picture, 72, 100, 450), lines(OWN[1:], top=700))
    dossier = read(pdf(page), tmp_path)
    assert dossier.ledger[0].read == "text+ocr"
    sources = [s.source for s in dossier.sentences]
    assert (sources[0], sources[-1]) == ("text", "text")
    assert set(sources[1:-1]) == {"ocr"}
    assert "17" in " ".join(s.text for s in dossier.sentences if s.source == "ocr")


def test_logos_and_scans_that_carry_their_text_are_left_alone() -> None:
    image = drawn(lines(TEXT))
    nobody = Scripted(OcrResult(()))
    read_dossier(pdf(together(lines(OWN), placed(cropped(image), 400, 300, 90))), "d.pdf", source=OcrSource(nobody))
    read_dossier(pdf(together(placed(image, 0, 0, WIDTH), lines(TEXT))), "d.pdf", source=OcrSource(nobody))
    assert nobody.asked == []


def test_a_page_whose_only_words_are_its_number_is_read_as_a_picture() -> None:
    reader = Scripted(OcrResult((OcrWord("Bonjour", (10, 10, 60, 20), 0, 0.9),)))
    page = together(placed(drawn(lines(TEXT)), 0, 60, 500), lines(["Page 4"], top=810))
    read_dossier(pdf(page, lines(OWN)), "d.pdf", source=OcrSource(reader))
    assert [(p.index, p.whole) for p in reader.asked] == [(0, True)]


def test_without_ocr_a_picture_is_a_page_not_read_and_never_a_gap() -> None:
    dossier = read_dossier(pdf(placed(drawn(lines(TEXT)), 0, 0, WIDTH), lines(OWN)), "d.pdf")
    assert [entry.read for entry in dossier.ledger] == ["none", "text"]
    with pytest.raises(NothingReadable):
        read_dossier(scan(), "d.pdf")


def test_words_read_with_little_confidence_are_reported_for_their_page() -> None:
    doubtful = Scripted(OcrResult((OcrWord("Rclance", (10, 10, 60, 20), 0, 0.5),)))
    dossier = read_dossier(scan(), "d.pdf", source=OcrSource(doubtful))
    assert [(n.kind, n.page) for n in dossier.notices] == [("uncertain_reading", 1)]


def test_a_picture_that_cannot_be_read_leaves_its_page_unread_with_the_reason() -> None:
    broken = Scripted(OcrResult((), "la lecture de l’image a échoué"))
    data = pdf(placed(drawn(lines(TEXT)), 0, 0, WIDTH), lines(OWN))
    dossier = read_dossier(data, "d.pdf", source=OcrSource(broken))
    assert (dossier.ledger[0].read, dossier.ledger[0].reason) == ("none", "la lecture de l’image a échoué")


def test_a_large_figure_that_cannot_be_read_makes_its_page_a_page_read_in_part() -> None:
    broken = Scripted(OcrResult((), "la lecture de l’image a échoué"))
    data = pdf(together(lines(OWN), placed(cropped(drawn(lines(TEXT * 3))), 72, 200, 400)))
    dossier = read_dossier(data, "d.pdf", source=OcrSource(broken))
    (entry,) = dossier.ledger
    assert entry.read == "partial"
    assert "image 1" in (entry.reason or "")
    assert dossier.partial_pages == (1,)
    assert [notice.page for notice in dossier.notices if notice.kind == "unread_picture"] == [1]


def test_pictures_beyond_what_is_read_of_one_page_are_named() -> None:
    image = cropped(drawn(lines(TEXT)))
    count = MOST_PICTURES + 3
    many = [placed(image, 40 + 30 * (n % 5), 60 + 40 * n, 300 + n) for n in range(count)]
    reader = Scripted(OcrResult(()))
    dossier = read_dossier(pdf(together(lines(OWN, top=20), *many)), "d.pdf", source=OcrSource(reader))
    assert len(reader.asked) == MOST_PICTURES
    assert dossier.ledger[0].read == "partial"
    assert "images 1, 2, 3 " in (dossier.ledger[0].reason or "")


def test_a_page_of_small_screenshots_is_read() -> None:
    image = cropped(drawn(lines(TEXT)))
    grid = [placed(image, 60 + 170 * (n % 3), 80 + 150 * (n // 3), 160) for n in range(12)]
    height = 160 * image.height / image.width
    reader = Scripted(OcrResult(()))
    read_dossier(pdf(together(lines(OWN, top=20), *grid)), "d.pdf", source=OcrSource(reader))
    assert len(reader.asked) == (12 if 12 * 160 * height >= TOGETHER * WIDTH * HEIGHT else 0)


def test_with_ocr_off_pictures_are_said_to_be_unread() -> None:
    data = pdf(together(lines(OWN), placed(cropped(drawn(lines(TEXT * 3))), 72, 200, 400)))
    dossier = read_dossier(data, "d.pdf", source=TextOnlySource())
    assert (dossier.ledger[0].read, OCR_OFF in (dossier.ledger[0].reason or "")) == ("partial", True)


@pytest.fixture
def by_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """tesseract's program is asked, as where its library does not come as a package."""
    missing = tmp_path / "missing" / "tesserocr.py"
    missing.parent.mkdir()
    missing.write_text("raise ImportError\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(missing.parent), os.environ.get("PYTHONPATH", "")]))


@pytest.mark.usefixtures("by_program")
def test_an_engine_that_waits_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "bin" / "tesseract"
    slow.parent.mkdir()
    slow.write_text(f'#!/bin/sh\nsleep 2\nexec {shutil.which("tesseract")} "$@"\n', encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    command = (sys.executable, "-m", "assistant.dossier.ocr.reading", "tesseract", "2", "")
    strict = Limits(page_seconds=1.5, wasted_seconds=0.0)
    dossier = read_apart(scan(), "d.pdf", limits=strict, command=command)
    assert [letters(s.text) for s in dossier.sentences] == [letters(text) for text in TEXT]


@pytest.mark.usefixtures("by_program")
def test_an_engine_that_stalls_once_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once = tmp_path / "bin" / "tesseract"
    once.parent.mkdir()
    once.write_text(
        f"#!/bin/sh\n[ -e {tmp_path}/asked ] || {{ touch {tmp_path}/asked; sleep 15; }}\n"
        f'exec {shutil.which("tesseract")} "$@"\n',
        encoding="utf-8",
    )
    once.chmod(0o755)
    monkeypatch.setenv("PATH", f"{once.parent}:{os.environ['PATH']}")
    monkeypatch.setattr("assistant.dossier.ocr.engines.PICTURE", Ceilings(cpu=60.0, idle=2.5))
    dossier = read(scan(), tmp_path)
    assert [letters(s.text) for s in dossier.sentences] == [letters(text) for text in TEXT]


def test_a_crash_of_the_engine_is_a_failure_of_that_picture_only(tmp_path: Path) -> None:
    reader = OcrReader("tesseract", 2, None, tmp_path / "missing.pdf")
    results = reader.read([Picture(0, (0, 0, 100, 100), True)], lambda done, total: None)
    assert [(r.words, bool(r.failure)) for r in results] == [((), True)]


def test_what_was_read_once_is_not_read_again(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    read(scan(), tmp_path, cache=cache)
    (kept,) = cache.glob("*.json")
    found = json.loads(kept.read_text())
    found["words"][0]["text"] = "REMEMBERED"
    kept.write_text(json.dumps(found))
    assert "REMEMBERED" in read(scan(), tmp_path, cache=cache).pages[0].text


class _Stopped(Exception):
    pass


def test_reading_pictures_can_be_stopped(tmp_path: Path) -> None:
    file = tmp_path / "dossier.pdf"
    file.write_bytes(scan())

    def stop(done: int, total: int) -> None:
        raise _Stopped

    with pytest.raises(_Stopped):
        OcrReader("tesseract", 1, None, file).read([Picture(0, (0, 0, 595, 842), True)] * 50, stop)


# Turning is the same work for both engines: one way shows that the slower one turns too.
@pytest.mark.parametrize(
    ("engine", "angle"), [("tesseract", 90), ("tesseract", 180), ("tesseract", 270), ("rapidocr", 90)]
)
def test_a_page_scanned_on_its_side_is_turned_and_read(engine: Engine, angle: int, tmp_path: Path) -> None:
    image = drawn(lines(TEXT)).rotate(angle, expand=True)
    dossier = read(pdf(placed(image, 0, 0, 595 if angle == 180 else 590)), tmp_path, engine)
    assert [letters(s.text) for s in dossier.sentences] == [letters(text) for text in TEXT]
    assert dossier.pages[0].turned == angle // 90
    first, last = dossier.sentences[0].boxes[0], dossier.sentences[-1].boxes[0]
    assert first[3] < last[1]


def test_a_screenshot_lying_on_its_side_is_read_where_it_stands(tmp_path: Path) -> None:
    picture = cropped(drawn(lines(TEXT * 3), 200)).rotate(90, expand=True)
    dossier = read(pdf(together(lines(OWN, top=80), placed(picture, 200, 200, 170))), tmp_path)
    said = [s for s in dossier.sentences if s.source == "ocr"]
    assert letters(TEXT[1]) in letters(" ".join(s.text for s in said))
    for sentence in said:
        for x0, top, x1, bottom in sentence.boxes:
            assert 195 < x0 < x1 < 375
            assert 195 < top < bottom


def test_tesseract_is_installed_where_these_tests_run() -> None:
    assert shutil.which("tesseract")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_whose_font_says_other_letters_than_it_draws_is_read_as_shown(engine: Engine, tmp_path: Path) -> None:
    data = misleading_font(pdf(lines(TEXT)))
    assert TEXT[0] not in read_dossier(data, "d.pdf").pages[0].text
    dossier = read(data, tmp_path, engine)
    assert [letters(s.text) for s in dossier.sentences] == [letters(text) for text in TEXT]
    assert [(n.kind, n.page) for n in dossier.notices] == [("mismatched_text", 1)]


def test_a_scan_with_the_words_of_another_page_is_read_as_shown(tmp_path: Path) -> None:
    said = [text.replace("devis", "points").replace("appeler", "accorder") for text in reversed(OWN * 2)]

    def draw(canvas) -> None:  # type: ignore[no-untyped-def]
        placed(drawn(lines(TEXT * 4)), 0, 0, WIDTH)(canvas)
        text = canvas.beginText(72, HEIGHT - 100)
        text.setFont("Helvetica", 11)
        text.setTextRenderMode(3)
        text.setLeading(15)
        for line in said:
            text.textLine(line)
        canvas.drawText(text)

    dossier = read(pdf(draw), tmp_path)
    assert letters(TEXT[2]) in letters(dossier.pages[0].text)
    assert letters(OWN[1]) not in letters(dossier.pages[0].text)
    assert "mismatched_text" in {n.kind for n in dossier.notices}


@pytest.mark.parametrize("case", load_cases(DOSSIERS), ids=lambda case: case.name)
def test_no_page_of_an_honest_dossier_is_said_to_differ(case, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "dossier.pdf"
    file.write_bytes(case.pdf.read_bytes())
    reader = PassingOverFigures(OcrReader("tesseract", 2, None, file))
    dossier = read_dossier(file.read_bytes(), "dossier.pdf", source=OcrSource(reader))
    assert [n for n in dossier.notices if n.kind == "mismatched_text"] == []
    assert reader.compared
