"""The page of a source: its words in the order of their columns, and where a text stands among them."""

from assistant.application.source_pages import _made, places_of
from assistant.referentiel.authoring.sources.lines import Word

LEFT = ("Servir le café", "au comptoir")
RIGHT = ("Le café est servi", "chaud et vite")


def _words() -> list[Word]:
    made = []
    for x, column in ((10.0, LEFT), (200.0, RIGHT)):
        for row, line in enumerate(column):
            at = x
            for text in line.split():
                made.append(Word(text, at, 12.0 * row, at + 5.0 * len(text), 12.0 * row + 9))
                at += 5.0 * len(text) + 3
    return made


def test_lines_of_a_column_follow_one_another_and_their_text_is_boxed_line_by_line() -> None:
    shown = _made(1, 1, b"", _words(), 400.0, 100.0)
    assert shown.lines == (*LEFT, *RIGHT)
    first, second = places_of(shown.words, "Le café est servi chaud et vite")
    assert first[0] == second[0] == 200.0 / 400.0
    assert first[3] < second[3] <= 1.0
    assert places_of(shown.words, "Rien de tel ici") == ()
