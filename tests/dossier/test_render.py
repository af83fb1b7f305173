"""Drawing a page happens apart, and a page that cannot be drawn is one sentence."""

import io
from pathlib import Path

import pytest
from PIL import Image

from assistant.dossier.pdf.render import Drawer, page_png
from assistant.errors import UnreadableDossier
from tests.dossier.pages import lines, pdf


def test_a_page_is_drawn_at_its_scale_and_turned(tmp_path: Path) -> None:
    file = tmp_path / "d.pdf"
    file.write_bytes(pdf(lines(["Bonjour."])))
    assert Image.open(io.BytesIO(page_png(file, 1, 1.0))).size == (596, 842)
    assert Image.open(io.BytesIO(page_png(file, 1, 1.0, turned=1))).size == (842, 596)


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_is_not_there_is_one_sentence(page: int, tmp_path: Path) -> None:
    file = tmp_path / "d.pdf"
    file.write_bytes(pdf(lines(["Bonjour."])))
    with pytest.raises(UnreadableDossier, match="ne peut pas être affichée"):
        page_png(file, page, 1.0)


def test_a_file_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDossier):
        page_png(tmp_path / "gone.pdf", 1, 1.0)


def test_a_drawing_process_that_died_is_replaced_for_the_next_page() -> None:
    file = pdf(lines(["Bonjour."]))
    drawer = Drawer()
    assert drawer.draw(file, 1, 1.0, 0)
    drawer._child.process.kill()  # type: ignore[union-attr]  # what a page that crashes it does
    drawer._child.process.wait()  # type: ignore[union-attr]
    assert drawer.draw(file, 1, 1.0, 0)


def test_a_page_that_stalls_the_drawing_costs_that_page() -> None:
    file = pdf(lines(["Bonjour."]))
    drawer = Drawer(seconds=0.0)
    assert drawer.draw(file, 1, 1.0, 0) == b""
