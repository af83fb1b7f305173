"""Pages that are pictures: read as they lie or turned, with the bullets that a reader of words leaves out."""

from pathlib import Path

from PIL import Image, ImageDraw

from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.sources.marks import SCALE, marks
from assistant.referentiel.authoring.sources.pieces import Paragraph, Source
from assistant.referentiel.authoring.sources.recognising import PageRead, Recogniser
from assistant.referentiel.authoring.sources.scan import _page, read_picture
from tests.dossier.pages import drawn, lines

SAID = ["Le candidat présente son analyse du marché local"]


def said(source: Source) -> list[str]:
    return [piece.text for piece in source.pieces if isinstance(piece, Paragraph)]


def test_a_page_lying_upside_down_is_read_once_turned_and_remembered(tmp_path: Path) -> None:
    page = drawn(lines(SAID), 200).convert("L")
    file, kept = tmp_path / "page.png", tmp_path / "kept"
    page.crop((0, 0, page.width, page.height // 6)).rotate(180).save(file)
    assert said(read_picture(file, kept)) == SAID
    (remembered,) = kept.iterdir()
    remembered.write_text(remembered.read_text().replace("candidat", "titulaire"))
    assert said(read_picture(file, kept)) == [SAID[0].replace("candidat", "titulaire")]


def test_a_page_on_which_nothing_is_recognised_is_told_unread() -> None:
    class Blind(Recogniser):
        def __init__(self) -> None: ...

        def read(self, picture: Image.Image) -> PageRead:
            return PageRead(())

    read = _page(3, lambda: Image.new("L", (90, 60), 255), Blind())
    assert [page for page, _ in read.unread] == [3]


def test_a_spot_before_a_line_is_a_bullet_and_one_in_a_word_is_a_letter() -> None:
    picture = Image.new("L", (400, 60), 255)
    pen = ImageDraw.Draw(picture)
    for left in (60, 120, 136):  # a bullet, and two letters
        pen.rectangle((left, 26, left + 8, 34), fill=0)
    word = Word("ab", 110 * SCALE, 20 * SCALE, 160 * SCALE, 40 * SCALE, ocr=True)
    (found,) = marks(picture, [word], [])
    assert (found.text, round(found.x0 / SCALE)) == ("•", 60)
