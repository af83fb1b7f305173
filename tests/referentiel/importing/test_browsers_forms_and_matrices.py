"""What browsers print, what forms ask, and criteria crossed with the competences they serve."""

from pathlib import Path
from typing import Any

import pytest

from assistant.commands.importing import import_referentiel
from assistant.referentiel.authoring.importing import import_file, import_source
from assistant.referentiel.authoring.sources.geometry import open_ends, page_pieces
from assistant.referentiel.authoring.sources.glyphs import _empty, _shown
from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.sources.marks import before_a_line
from assistant.referentiel.authoring.sources.pieces import Cell, Paragraph, Source, Table
from assistant.referentiel.authoring.sources.upward import _may_stand

CELL = (0.0, 0.0, 200.0, 400.0)
ASIDE = (200.0, 0.0, 400.0, 400.0)


def _words(*lines: tuple[float, str], x: float = 5.0) -> list[Word]:
    """Lines given by their top and words, each letter five points wide."""
    made = []
    for top, line in lines:
        left = x
        for text in line.split():
            made.append(Word(text, left, top, left + 5.0 * len(text), top + 9, 9.0))
            left += 5.0 * len(text) + 3
    return made


def _cell(*lines: tuple[float, str]) -> list[str]:
    (table,) = page_pieces([*_words(*lines), *_words((0, "Comp"), x=210.0)], [[CELL, ASIDE]], 1, 400.0)
    assert isinstance(table, Table)
    return [one.text for one in table.cells[0].paragraphs]


def _stepped(*paragraphs: tuple[str, ...], lines: float = 11.0, apart: float = 13.0) -> list[str]:
    """Paragraphs whose lines stand `lines` points below one another, and the next one `apart` below its last."""
    placed, top = [], 0.0
    for paragraph in paragraphs:
        for place, line in enumerate(paragraph):
            top += lines if place else apart
            placed.append((top, line))
    return _cell(*placed)


LONG = (
    ("Choix justifié des facteurs de calcul", "retenus par le candidat"),
    ("Cohérence des ordres de grandeur dits", "et des unités"),
    ("Exactitude des temps de parcours faits", "par les salariés"),
)


def test_a_step_a_little_wider_than_all_others_parts_two_criteria_without_marks() -> None:
    said = _stepped(*LONG, ("Réalisme du calendrier proposé au jury", "par le candidat"))
    assert said == [*(" ".join(one) for one in LONG), "Réalisme du calendrier proposé au jury par le candidat"]


def test_two_sentences_of_one_criterion_stay_together_where_room_parts_all_others() -> None:
    said = _stepped(
        ("Le sol est sec avant tout labourage.", "Un profil est fait après la pluie", "et avant le semis."),
        ("Les rangs sont droits.",), ("Le semis est fait à la bonne date et", "à la bonne densité."),
        ("Les outils sont lavés.",), ("Les volumes prélevés sont tous notés", "au registre."),
        ("Les plants sont sains.",), ("Les filets sont posés avant le vol des", "insectes."),
        ("La serre est aérée.",), ("La récolte est pesée.",),
    )  # fmt: skip
    assert said[0] == "Le sol est sec avant tout labourage. Un profil est fait après la pluie et avant le semis."
    assert said[-2:] == ["La serre est aérée.", "La récolte est pesée."]


def test_criteria_that_begin_small_are_parted_by_the_room_before_them() -> None:
    said = _cell(
        (0, "la demande est reformulée"), (11, "le niveau de langue convient"), (22, "la recherche est menée dans au moins"),
        (33, "deux sources"), (44, "le thème est lisible"), (55, "les droits sont respectés"), (66, "un bilan est rédigé"),
    )  # fmt: skip
    assert said == [
        "la demande est reformulée", "le niveau de langue convient", "la recherche est menée dans au moins deux sources",
        "le thème est lisible", "les droits sont respectés", "un bilan est rédigé",
    ]  # fmt: skip


def test_numbers_in_turn_begin_a_criterion_each_and_a_number_out_of_turn_none() -> None:
    said = _cell((0, "1. Le plan est daté et signé par les"), (11, "deux parties."), (22, "2. Le budget tient compte des"),
                 (33, "12. 000 euros prévus."))  # fmt: skip
    assert said == [
        "1. Le plan est daté et signé par les deux parties.",
        "2. Le budget tient compte des 12. 000 euros prévus.",
    ]


def test_a_space_without_room_is_a_soft_hyphen_and_a_hyphen_at_a_words_end_one_that_is_shown() -> None:
    def char(text: str, x0: float) -> dict[str, Any]:
        return {"text": text, "x0": x0, "top": 1.0, "bottom": 9.0}

    chars = [char("t", 10), char(" ", 14), char("i", 14), char("s", 16), char(" ", 20), char("d", 22)]
    assert _empty(chars) == {(" ", 14, 1.0)}
    assert _shown("pré\u2010") == "pré\u00ad"
    assert _shown("porte\u2010clé") == "porte\u2010clé"


def test_a_drawn_disc_before_a_line_is_its_bullet_however_near_the_column_beside_it_ends() -> None:
    words = [Word("proche", 60, 10, 95, 20), Word("Choix", 106, 10, 130, 20)]
    assert before_a_line((99.0, 14.0, 101.0, 16.0), words, 3.0)
    assert not before_a_line((99.0, 14.0, 101.0, 16.0), words)


def test_a_merged_cell_that_a_page_cuts_is_closed_where_only_its_neighbours_have_a_rule() -> None:
    def upright(x: float, top: float, bottom: float) -> dict[str, Any]:
        return {"orientation": "v", "x0": x, "x1": x, "top": top, "bottom": bottom}

    def level(x0: float, x1: float, y: float) -> dict[str, Any]:
        return {"orientation": "h", "x0": x0, "x1": x1, "top": y, "bottom": y}

    cut = [upright(x, 0, 100) for x in (0.0, 50.0, 100.0)] + [level(0, 100, 0), level(50, 100, 100)]
    assert [(one["x0"], one["x1"], one["top"]) for one in open_ends(cut)] == [(0.0, 100.0, 100)]
    goes_on = cut + [upright(x, 100, 200) for x in (0.0, 50.0, 100.0)] + [level(0, 100, 200)]
    assert open_ends(goes_on) == []


def test_a_line_above_shaded_rows_heads_their_columns() -> None:
    words = [*_words((0, "Compétences")), *_words((0, "Critères"), x=210.0), *_words((30, "Servir le café")),
             *_words((30, "Le café est chaud"), x=210.0)]  # fmt: skip
    boxes = [(0.0, 25.0, 200.0, 60.0), (200.0, 25.0, 400.0, 60.0)]
    (table,) = page_pieces(words, [boxes], 1, 400.0)
    assert isinstance(table, Table)
    assert [(cell.row, cell.text) for cell in table.cells] == [
        (0, "Compétences"), (0, "Critères"), (1, "Servir le café"), (1, "Le café est chaud"),
    ]  # fmt: skip


def test_only_a_narrow_tall_cell_with_hardly_a_letter_is_read_standing() -> None:
    inside = [Word("l", 15, 40, 18, 50)]
    assert _may_stand((10, 0, 40, 200), inside)
    assert not _may_stand((10, 0, 140, 200), inside)
    assert not _may_stand((10, 0, 40, 200), [Word("Compétences", 12, 40, 38, 50), Word("visées", 12, 60, 38, 70)])


def _import(tmp_path: Path, body: str) -> list[tuple[str | None, str, str, float | None]]:
    page = tmp_path / "page.html"
    page.write_text(f"<h1>Titre Agent de comptoir</h1>{body}", encoding="utf-8")
    found = import_file(page)
    assert found.account.unaccounted == 0
    return _owned(found.content)


def _owned(content: dict[str, Any]) -> list[tuple[str | None, str, str, float | None]]:
    texts = {c["id"]: c["text"] for bloc in content["blocs"] for c in bloc["competences"]}
    return [
        (bloc["title"], " + ".join(texts[c] for c in one["competences"]), one["text"], one.get("points"))
        for bloc in content["blocs"]
        for one in bloc["criteria"]
    ]


def test_each_question_above_its_answers_is_a_criterion_of_the_heading_above_it(tmp_path: Path) -> None:
    answers = "<div><input type=radio><span>Acquis</span></div><div><input type=radio><span>Non acquis</span></div>"

    def asked(text: str) -> str:
        return f"<div role=heading aria-level=4><span>{text}</span><span> *</span></div><p>Obligatoire</p>{answers}"

    body = (
        "<div role=heading aria-level=2>Bloc 1 – Servir</div><div role=heading aria-level=3>Servir le café</div>"
        f"<p>Répondez.</p>{asked('Le café est chaud')}{asked('La tasse est propre')}"
        f"<div role=heading aria-level=3>Tenir la caisse</div>{asked('La caisse est juste')}"
    )
    assert _import(tmp_path, body) == [
        ("Servir", "Servir le café", "Le café est chaud", None),
        ("Servir", "Servir le café", "La tasse est propre", None),
        ("Servir", "Tenir la caisse", "La caisse est juste", None),
    ]


def test_a_field_for_points_makes_a_criterion_of_its_label_and_says_what_it_is_worth(tmp_path: Path) -> None:
    body = "<h2>Bloc 1 · Servir</h2><fieldset><legend>Servir le café</legend>" + "".join(
        f"<div><label>{text}</label><span><input type=number> / {worth} points</span></div>"
        for text, worth in (("Le café est chaud.", 3), ("La tasse est propre.", 2))
    )
    assert _import(tmp_path, f"{body}</fieldset>") == [
        ("Servir", "Servir le café", "Le café est chaud.", 3),
        ("Servir", "Servir le café", "La tasse est propre.", 2),
    ]


def test_the_words_of_a_box_stand_in_the_label_beside_it(tmp_path: Path) -> None:
    boxes = "".join(
        f"<div><input type=checkbox><label>{text}</label></div>"
        for text in ("le café est chaud", "la tasse est propre")
    )
    assert [
        one[2] for one in _import(tmp_path, f"<h2>Bloc 1 – Servir</h2><h3>Compétence : Servir le café</h3>{boxes}")
    ] == [
        "le café est chaud",
        "la tasse est propre",
    ]


def test_the_choices_of_a_list_are_no_criteria(tmp_path: Path) -> None:
    item = "<li>Le café est chaud <select><option>Choisir<option>Acquis<option>Non acquis</select></li>"
    body = f"<h2>Bloc 1 – Servir</h2><h3>Servir le café</h3><p>Critères d’évaluation</p><ul>{item}</ul>"
    assert [one[2] for one in _import(tmp_path, body)] == ["Le café est chaud"]


def test_crosses_say_which_competences_a_criterion_serves(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{text}</td><td>{one}</td><td>{two}</td></tr>"
        for text, one, two in (("Le café est chaud", "X", ""), ("La tasse est propre", "X", "X"))
    )
    heads = "<tr><th>Critères d’évaluation</th><th>Servir le café</th><th>Laver la vaisselle</th></tr>"
    assert _import(tmp_path, f"<h2>Bloc 1 – Servir</h2><table>{heads}{rows}</table>") == [
        ("Servir", "Servir le café", "Le café est chaud", None),
        ("Servir", "Servir le café + Laver la vaisselle", "La tasse est propre", None),
    ]


def test_competences_side_by_side_have_sub_headings_points_and_a_bloc_beside_them(tmp_path: Path) -> None:
    table = (
        "<table><tr><td rowspan=3>Bloc 1 – Servir</td><td colspan=2>C1. Servir le café</td>"
        "<td colspan=2>C2. Tenir la caisse</td></tr>"
        "<tr><td>Critères</td><td>Points</td><td>Critères</td><td>Points</td></tr>"
        "<tr><td>Le café est chaud</td><td>3</td><td>La caisse est juste</td><td>2</td></tr></table>"
    )
    assert _import(tmp_path, table) == [
        ("Servir", "Servir le café", "Le café est chaud", 3),
        ("Servir", "Tenir la caisse", "La caisse est juste", 2),
    ]


@pytest.mark.parametrize("title", ["Exemple de grille renseignée", "Annexe 2 – Illustration"])
def test_a_table_shown_as_an_example_asks_nothing_unless_there_is_no_other(tmp_path: Path, title: str) -> None:
    example = (
        f"<h3>{title}</h3><table><tr><th>Critères</th><th>Observations</th></tr>"
        "<tr><td>Le tri est fait</td><td>Vu</td></tr></table>"
    )
    own = (
        "<h3>Bloc 1 – Servir</h3><table><tr><th>Compétences</th><th>Critères</th></tr>"
        "<tr><td>Servir le café</td><td>Le café est chaud</td></tr></table>"
    )
    assert [one[2] for one in _import(tmp_path, example + own)] == ["Le café est chaud"]
    assert [one[2] for one in _import(tmp_path, example)] == ["Le tri est fait"]


def test_rows_that_begin_small_are_criteria_of_their_own(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{text}</td><td>□</td></tr>" for text in ("le café est chaud", "la tasse est propre"))
    body = (
        "<h3>Bloc 1 – Servir</h3><table><tr><th>Critères</th><th>Oui</th></tr>"
        f"<tr><td colspan=2>C1. Servir le café</td></tr>{rows}</table>"
    )
    assert [one[2] for one in _import(tmp_path, body)] == ["le café est chaud", "la tasse est propre"]


def test_savoirs_below_criteria_in_the_same_columns_are_no_criteria(tmp_path: Path) -> None:
    body = (
        "<h3>Bloc 1 – Servir</h3><table><tr><th>Compétences</th><th>Critères</th></tr>"
        "<tr><td>Servir le café</td><td>Le café est chaud</td></tr></table>"
        "<table><tr><th>Savoirs associés</th><th>Limites de connaissances</th></tr>"
        "<tr><td>Le café</td><td>Notions</td></tr></table>"
    )
    assert [one[2] for one in _import(tmp_path, body)] == ["Le café est chaud"]


def test_a_blocs_number_on_one_line_and_its_title_on_the_next_name_it_above_a_table() -> None:
    pieces: list[Paragraph | Table] = []
    for number, title, skill, asked in (
        (1, "Servir", "Servir le café", "Le café est chaud"),
        (2, "Compter", "Tenir la caisse", "La caisse est juste"),
    ):
        texts = (("Compétences", "Critères d’évaluation"), (skill, asked))
        cells = [
            Cell(row, col, 1, 1, [Paragraph(text)]) for row, pair in enumerate(texts) for col, text in enumerate(pair)
        ]
        pieces += [Paragraph(f"Bloc {number}"), Paragraph(title, bold=True), Table(cells)]
    words = " ".join(
        p.text for piece in pieces for p in ([piece] if isinstance(piece, Paragraph) else piece.paragraphs())
    )
    found = import_source(Source(pieces, [(1, words)]), "comptoir")
    assert [(one[0], one[2]) for one in _owned(found.content)] == [
        ("Servir", "Le café est chaud"),
        ("Compter", "La caisse est juste"),
    ]


def test_a_file_that_asks_nothing_says_what_it_holds_instead_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h2>Bloc 1 – Servir</h2><p>C1 – Servir le café</p><p>C2 – Tenir la caisse</p>", encoding="utf-8")
    (told,) = (one.text for one in import_file(page).doubts if one.text.startswith("Aucun critère"))
    assert "2 compétences y sont nommées, sans critère" in told
    assert "importez" in told
    import_referentiel(page, tmp_path / "out.yaml", None)
    assert "Aucun critère d’évaluation dans ce fichier" in " ".join(capsys.readouterr().out.split())


def test_what_a_candidate_makes_for_an_examination_at_the_end_is_handed_in(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<p>2/ Une évaluation à l’issue du parcours :</p><p>Le candidat présente en fin de parcours un projet de création "
        "d’un comptoir. Il rédigera une note de calcul.</p><h2>Bloc 1 – Servir</h2><table><tr><th>Compétences</th>"
        "<th>Critères</th></tr><tr><td>Servir le café</td><td>Le café est chaud</td></tr></table>",
        encoding="utf-8",
    )
    (general,) = import_file(page).content["general_modalities"]
    assert [one["text"] for one in general["deliverables"]] == [
        "un projet de création d’un comptoir",
        "une note de calcul",
    ]
