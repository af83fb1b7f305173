"""What a reader cannot see is left out and reported; what can be seen stays."""

import pytest
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader

from assistant.dossier.model import Dossier
from assistant.dossier.read import read_dossier
from assistant.evaluation.gold import load_cases
from tests.conftest import DOSSIERS
from tests.dossier.hiding import PLAIN, SECRET, WAYS, Y, cropped, photo, with_layer_off
from tests.dossier.pages import HEIGHT, WIDTH, Draw, drawn, lines, pdf, sideways, together, turned

TARGETS = len(WAYS) + 3


def reported(dossier: Dossier) -> str:
    return "".join("".join(n.detail.split()) for n in dossier.notices if n.kind == "hidden_text")


def check(data: bytes) -> None:
    dossier = read_dossier(data, "d.pdf")
    text = dossier.pages[0].text
    assert "Consigne" not in text
    assert "points" not in text
    assert {n.page for n in dossier.notices if n.kind == "hidden_text"} == {1}
    assert "".join(SECRET.split()) in reported(dossier)
    assert PLAIN[0] in text
    assert PLAIN[1] in text


def test_the_table_has_at_least_25_constructions() -> None:
    assert TARGETS >= 25


@pytest.mark.parametrize("way", WAYS)
def test_hidden_text_is_found(way: str) -> None:
    check(pdf(together(lines(PLAIN), WAYS[way])))


@pytest.mark.parametrize("way", ["render mode 3", "white", "under a photo", "2.5 points"])
def test_hidden_text_is_found_on_a_turned_page(way: str) -> None:
    check(turned(pdf(sideways(together(lines(PLAIN), WAYS[way]), 90)), 180))


def test_text_in_a_layer_that_is_off_is_hidden() -> None:
    check(with_layer_off(pdf(lines(PLAIN))))


def test_text_outside_the_cropped_part_is_hidden() -> None:
    check(cropped(pdf(together(lines(PLAIN), lines([SECRET], top=700)))))


@pytest.mark.parametrize("case", load_cases(DOSSIERS), ids=lambda case: case.name)
def test_nothing_is_reported_on_dossiers_that_hide_nothing(case) -> None:  # type: ignore[no-untyped-def]
    dossier = read_dossier(case.pdf.read_bytes(), "d.pdf")
    assert [n for n in dossier.notices if n.kind == "hidden_text"] == []


def _on(ground: Color, fill: Color) -> Draw:
    def draw(canvas) -> None:  # type: ignore[no-untyped-def]
        canvas.setFillColor(ground)
        canvas.rect(60, Y - 20, 400, 60, stroke=0, fill=1)
        canvas.setFillColor(fill)
        canvas.drawString(72, Y, SECRET)

    return draw


def _over_a_photo(canvas) -> None:  # type: ignore[no-untyped-def]
    canvas.drawImage(ImageReader(photo()), 60, Y - 20, 400, 60)
    canvas.setFillColor(Color(1, 1, 1))
    canvas.drawString(72, Y, SECRET)


def _small(canvas) -> None:  # type: ignore[no-untyped-def]
    canvas.setFont("Helvetica", 5)
    canvas.drawString(72, Y, SECRET)


def _shadowed(canvas) -> None:  # type: ignore[no-untyped-def]
    canvas.setFillColor(Color(0.2, 0.2, 0.2))
    canvas.drawString(72.8, Y - 0.8, SECRET)
    canvas.setFillColor(Color(1, 1, 1))
    canvas.drawString(72, Y, SECRET)


SEEN: dict[str, Draw] = {
    "black": lines([SECRET], top=300),
    "white on blue": _on(Color(0.1, 0.2, 0.6), Color(1, 1, 1)),
    "grey on white": _on(Color(1, 1, 1), Color(0.75, 0.75, 0.75)),
    "yellow on black": _on(Color(0, 0, 0), Color(1, 0.9, 0.2)),
    "red on green": _on(Color(0.1, 0.6, 0.1), Color(0.9, 0.1, 0.1)),
    "white on a photo": _over_a_photo,
    "five points": _small,
    "white with a shadow": _shadowed,
}


@pytest.mark.parametrize("way", SEEN)
def test_what_can_be_seen_stays(way: str) -> None:
    dossier = read_dossier(pdf(together(lines(PLAIN), SEEN[way])), "d.pdf")
    assert reported(dossier) == ""
    assert SECRET in dossier.pages[0].text


def _recognised_scan(said: list[str]) -> bytes:
    """A scan of `PLAIN` under invisible words."""

    def draw(canvas) -> None:  # type: ignore[no-untyped-def]
        canvas.drawImage(ImageReader(drawn(lines(PLAIN))), 0, 0, WIDTH, HEIGHT)
        text = canvas.beginText(72, HEIGHT - 100)
        text.setFont("Helvetica", 11)
        text.setTextRenderMode(3)
        text.setLeading(15)
        for line in said:
            text.textLine(line)
        canvas.drawText(text)

    return pdf(draw)


@pytest.mark.parametrize(("left", "letters"), [(WIDTH + 10, 3_000), (100, 6_000), (-5_000, 20_000)])
def test_a_line_of_thousands_of_letters_off_the_page_costs_those_letters_only(left: float, letters: int) -> None:
    def draw(canvas) -> None:  # type: ignore[no-untyped-def]
        canvas.drawString(left, 500, "x" * letters)
        canvas.drawString(left, 480, " ".join(f"mot{number}" for number in range(letters // 6)))

    dossier = read_dossier(pdf(together(lines(PLAIN), draw)), "d.pdf")
    assert dossier.sentences[0].text == PLAIN[0]
    assert any(notice.kind == "hidden_text" for notice in dossier.notices)


def test_the_words_of_a_recognised_scan_are_its_text() -> None:
    dossier = read_dossier(_recognised_scan(PLAIN), "d.pdf")
    assert [s.text for s in dossier.sentences] == PLAIN
    assert reported(dossier) == ""


def test_words_hidden_on_the_blank_part_of_a_scan_are_found() -> None:
    dossier = read_dossier(_recognised_scan([*PLAIN, "", "", SECRET]), "d.pdf")
    assert [s.text for s in dossier.sentences] == PLAIN
    assert reported(dossier) == "".join(SECRET.split())
