"""What is written of a page keeps its letters and their boxes together."""

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.tables import Row
from assistant.dossier.pdf.lines import Line
from assistant.dossier.text.writing import write_page

WIDE = 5.0


def line(text: str, top: float) -> Line:
    """Letters of WIDE points from the left edge on."""
    boxes = tuple((WIDE * n, top, WIDE * (n + 1), top + 10.0) for n in range(len(text)))
    return Line(text, boxes, (0.0, top, WIDE * len(text), top + 10.0), 10.0, bold=False)


def test_the_sentences_of_a_long_row_stand_in_boxes_under_their_own_letters() -> None:
    said = " ".join(f"Nous avons compté {n} appels ce mois." for n in range(10, 16))
    cells = tuple((line(said, 20.0 * place),) for place in range(3))
    row = Row(1, cells, ((0, 1), (1, 1), (2, 1)))
    page = write_page([Block("row", row.lines, row, size=10.0)], lambda _: False)
    assert len(page.sentences) == 18
    for sentence in page.sentences:
        text = page.text[sentence.start : sentence.end]
        first, last = sentence.boxes[0], sentence.boxes[-1]
        place = said.index(text)
        assert (first[0], last[2]) == (WIDE * place, WIDE * (place + len(text)))
