"""tesseract as a library and as a program, and what a second look at a picture is shown."""

import io
from typing import Any

import pytest
from PIL import Image

from assistant.dossier.ocr import tesseract
from assistant.dossier.ocr.picture_worker import _rest
from tests.dossier.pages import drawn, lines

FIRST = ["Quarante devis envoyés en mars"]
SECOND = ["Douze clients rappelés le mardi"]


def greymap(image: Image.Image) -> bytes:
    shown = io.BytesIO()
    image.convert("L").save(shown, "PPM")
    return shown.getvalue()


def shown(said: list[str]) -> bytes:
    page = drawn(lines(said))
    return greymap(page.crop((0, 0, page.width, page.height // 6)))


def said(words: list[dict[str, Any]]) -> list[str]:
    return [word["text"] for word in words]


def test_a_picture_is_read_alike_whatever_was_read_before() -> None:
    alone = tesseract.words_of(shown(FIRST), "3")
    tesseract.words_of(shown(SECOND), "11")
    assert tesseract.words_of(shown(FIRST), "3") == alone
    assert said(alone) == FIRST[0].split()


def test_where_the_library_is_not_installed_the_program_reads_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    by_library = tesseract.words_of(shown(SECOND), "3")
    monkeypatch.setattr(tesseract, "_library", lambda: None)
    by_program = tesseract.words_of(shown(SECOND), "3")
    assert [(w["text"], w["line"]) for w in by_program] == [(w["text"], w["line"]) for w in by_library]


def test_what_was_read_is_painted_over_in_its_own_ground() -> None:
    picture = Image.new("L", (40, 20), 255)
    picture.paste(30, (0, 0, 40, 10))
    picture.paste(240, (12, 4, 16, 6))  # light letters on a dark ground
    picture.paste(0, (12, 14, 16, 16))  # what was not read
    rest = Image.open(io.BytesIO(_rest(greymap(picture), [{"box": (10.0, 2.0, 18.0, 8.0)}])))
    assert set(rest.crop((0, 0, 40, 10)).get_flattened_data()) == {30}
    assert rest.crop((0, 10, 40, 20)).tobytes() == picture.crop((0, 10, 40, 20)).tobytes()
