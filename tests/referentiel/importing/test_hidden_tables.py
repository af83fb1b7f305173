"""A table whose rules are hidden is told by its headings and by the strips of the page that no line crosses."""

from assistant.referentiel.authoring.sources.hidden import LoosePage, hidden_tables
from assistant.referentiel.authoring.sources.lines import Word

STEP, LETTER = 10.0, 4.0


def words(column: float, top: float, text: str, *, bold: bool = False) -> list[Word]:
    made, x = [], column
    for one in text.split():
        made.append(Word(one, x, top, x + LETTER * len(one), top + 8, 8, bold))
        x += LETTER * (len(one) + 0.6)
    return made


def page(rows: list[tuple[int, float, str]], number: int = 1) -> LoosePage:
    """`rows`: line from the top, column, words; those of the first line are bold."""
    held = [word for line, x, text in rows for word in words(x, 80 + STEP * line, text, bold=not line)]
    return LoosePage(number, 842, tuple(held), (), 595)


HEADS = [(0, 40.0, "Compétences"), (0, 220.0, "Critères d’évaluation"), (0, 440.0, "Modalités d’évaluation")]
BODY = [
    (1, 40.0, "Accueillir chaque client au"), (2, 40.0, "comptoir et en salle."),
    (1, 220.0, "Le client est salué dès son arrivée."), (2, 220.0, "La commande est reformulée."),
    (3, 220.0, "Le café est servi chaud en salle."), (1, 440.0, "Mise en situation devant"), (2, 440.0, "un jury de deux"),
    (3, 440.0, "professionnels pendant"), (4, 440.0, "trente minutes."), (5, 40.0, "Tenir la caisse du comptoir."),
    (5, 220.0, "La caisse est juste à la fermeture."), (6, 220.0, "Les écarts sont expliqués."),
]  # fmt: skip


def cells(made: dict[int, list[list[tuple[float, float, float, float]]]], number: int) -> list[tuple[int, int, int]]:
    """Each cell as its left side, top and bottom, in whole points."""
    return sorted((round(x0), round(top), round(bottom)) for x0, top, _, bottom in made[number][0])


def test_rows_begin_with_competences_and_what_stands_beside_several_runs_over_them() -> None:
    made = hidden_tables([page([*HEADS, *BODY])])
    lefts = sorted({left for left, _, _ in cells(made, 1)})
    assert len(lefts) == 3
    spans = [[(top, bottom) for left, top, bottom in cells(made, 1) if left == one] for one in lefts]
    assert spans[0] == spans[1] == [(79, 89), (89, 129), (129, 149)]
    assert spans[2] == [(79, 89), (89, 149)]


def test_columns_go_on_over_the_next_page_and_end_where_text_runs_over_them() -> None:
    going_on = page([(2, 220.0, "Le rendu de monnaie est exact."), (3, 220.0, "Le ticket est remis au client.")], 2)
    prose = [
        (line, 40.0, "Le règlement de la certification est remis à chaque candidat un mois avant la session")
        for line in range(9)
    ]
    made = hidden_tables([page([*HEADS, *BODY]), going_on, page(prose, 3)])
    assert 3 not in made


def test_text_without_a_row_of_headings_is_no_table() -> None:
    assert hidden_tables([page(BODY)]) == {}
