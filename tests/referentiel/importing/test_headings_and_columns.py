"""Where competences stand: in a row above the headings, in a legend, side by side; and how their lines are parted."""

from pathlib import Path
from typing import Any

import pytest

from assistant.referentiel.authoring.criteria import read_criteria
from assistant.referentiel.authoring.draft import Draft
from assistant.referentiel.authoring.importing import import_file, import_source
from assistant.referentiel.authoring.sharing_out import share_out
from assistant.referentiel.authoring.sources.lines import Word, lines_of, paragraphs_of
from assistant.referentiel.authoring.sources.marks import marks
from assistant.referentiel.authoring.sources.pieces import Cell, Paragraph, Source, Table
from assistant.referentiel.authoring.sources.plain import unwrapped
from assistant.referentiel.authoring.sources.recognising import Seen, _with_codes

HEADS = "<tr><th>Conditions de réalisation</th><th>Critères d’évaluation</th></tr>"


@pytest.fixture
def content(tmp_path: Path) -> Any:
    def read(body: str) -> dict[str, Any]:
        page = tmp_path / "page.html"
        page.write_text(f"<h1>Titre Agent de comptoir</h1>{body}", encoding="utf-8")
        return import_file(page).content

    return read


def _owned(content: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(bloc, competence, criterion) of each criterion."""
    texts = {c["id"]: c["text"] for bloc in content["blocs"] for c in bloc["competences"]}
    return [
        (bloc["title"], " + ".join(texts[c] for c in one["competences"]), one["text"])
        for bloc in content["blocs"]
        for one in bloc["criteria"]
    ]


def test_a_row_above_the_headings_is_the_competence_of_a_table_that_has_no_column_of_them(content: Any) -> None:
    tables = "".join(
        f"<table><tr><td colspan=2>{verb}</td></tr>{HEADS}<tr><td>Un comptoir</td><td>{criterion}</td></tr></table>"
        for verb, criterion in (("Servir le café", "Le café est chaud"), ("Tenir la caisse", "La caisse est juste"))
    )
    assert _owned(content(f"<p>BLOC 1 – Servir</p>{tables}")) == [
        ("Servir", "Servir le café", "Le café est chaud"),
        ("Servir", "Tenir la caisse", "La caisse est juste"),
    ]


def test_a_legend_below_the_blocs_heading_is_the_competence_of_its_matrix(content: Any) -> None:
    fields = "".join(
        f"<fieldset><legend>{verb}</legend><table><tr><th>Critères d’évaluation</th><th>Acquis</th></tr>"
        f"<tr><th>{criterion}</th><td><input type=radio></td></tr></table><label>Commentaire</label></fieldset>"
        for verb, criterion in (("Servir le café", "Le café est chaud"), ("Tenir la caisse", "La caisse est juste"))
    )
    assert _owned(content(f"<h2>Accueil et service</h2>{fields}")) == [
        ("Accueil et service", "Servir le café", "Le café est chaud"),
        ("Accueil et service", "Tenir la caisse", "La caisse est juste"),
    ]


def test_competences_without_codes_stand_side_by_side_below_their_activity(content: Any) -> None:
    table = (
        "<table><tr><td colspan=3>BLOC 1 – Servir</td></tr><tr><td>Activités</td><td colspan=2>Service au comptoir</td></tr>"
        "<tr><td>Compétences</td><td>Servir le café</td><td>Tenir la caisse</td></tr>"
        "<tr><td>Critères d’évaluation</td><td>Le café est chaud</td><td>La caisse est juste</td></tr></table>"
    )
    made = content(table)
    assert _owned(made) == [
        ("Servir", "Servir le café", "Le café est chaud"),
        ("Servir", "Tenir la caisse", "La caisse est juste"),
    ]
    assert [one["title"] for one in made["blocs"][0]["activities"]] == ["Service au comptoir"]


def test_a_glossary_explains_what_a_criterion_is_and_asks_nothing(content: Any) -> None:
    fiche = (
        "<p>FICHE COMPÉTENCE PROFESSIONNELLE N° 1</p><p>Servir le café</p><p>Critères de performance</p>"
        "<p>Le café est chaud</p><h2>Glossaire</h2><p>Critère de performance</p>"
        "<p>Un critère de performance sert à porter un jugement sur un résultat attendu.</p>"
    )
    assert [one[2] for one in _owned(content(fiche))] == ["Le café est chaud"]


def test_one_code_for_two_texts_is_two_competences(content: Any) -> None:
    rows = "".join(
        f"<tr><td>C1 – {verb}</td><td>{criterion}</td></tr>"
        for verb, criterion in (
            ("Servir le café au comptoir", "Le café est chaud"),
            ("Fermer la salle", "Tout est éteint"),
        )
    )
    table = f"<table><tr><th>Compétences</th><th>Critères d’évaluation</th></tr>{rows}</table>"
    assert [one[1] for one in _owned(content(table))] == ["Servir le café au comptoir", "Fermer la salle"]


def test_criteria_run_together_are_shared_out_in_order_by_their_words() -> None:
    draft = Draft()
    owners = [
        draft.open_competence("C1", "Servir le café au comptoir", 1),
        draft.open_competence("C2", "Tenir la caisse", 1),
    ]
    texts = ("Le café servi est chaud", "Le comptoir est propre", "La caisse est juste", "Le rendu est exact")
    criteria = [draft.add_criterion(None, text, owners, 1) for text in texts]
    share_out(draft, criteria, owners)
    assert [one.competences[0].code for one in criteria] == ["C1", "C1", "C2", "C2"]
    assert [one.kind for one in draft.doubts] == ["shared_out"]


def _column(*lines: str) -> list[str]:
    words = []
    for row, line in enumerate(lines):
        x = 10.0
        for text in line.split():
            words.append(Word(text, x, 12.0 * row, x + 5.0 * len(text), 12.0 * row + 9, 9.0))
            x += 5.0 * len(text) + 3
    return [one.text for one in paragraphs_of(lines_of(words), 8.0, 150.0, 1, inside=True)]


def test_a_competence_below_another_begins_with_its_verb_even_where_no_room_was_left() -> None:
    assert _column("Servir le café aux clients", "Tenir la caisse du comptoir") == [
        "Servir le café aux clients",
        "Tenir la caisse du comptoir",
    ]


def test_a_dash_within_a_sentence_begins_no_item() -> None:
    assert _column("Le rapport entre qualité", "– coût est justifié") == [
        "Le rapport entre qualité – coût est justifié"
    ]


def test_a_bracket_that_is_open_goes_on_whatever_the_next_line_begins_with() -> None:
    assert _column("Les outils (exemple :", "Microsoft) sont connus") == [
        "Les outils (exemple : Microsoft) sont connus"
    ]


def test_a_code_misread_on_a_scan_has_its_digits_and_points() -> None:
    read = ["Al", "-", "CE1.4,3", "C1.l", "Al", "dente", "CE4.1.,3", "CEL.2", "L.1"]
    made = _with_codes(tuple(Seen(text, (0, 0, 1, 1), 0.9) for text in read))
    assert [one.text for one in made] == ["A1", "-", "CE1.4.3", "C1.1", "Al", "dente", "CE4.1.3", "CE1.2", "L.1"]


def test_a_spot_before_a_line_is_its_bullet_and_one_within_a_word_is_none() -> None:
    from PIL import Image, ImageDraw

    picture = Image.new("L", (400, 120), 255)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((20, 42, 28, 50), fill=0)
    pen.ellipse((205, 42, 213, 50), fill=0)
    words = [Word("Le", 14.4, 12.6, 50.4, 20.0), Word("café", 70.0, 12.6, 100.0, 20.0)]
    (mark,) = marks(picture, words, [])
    assert (mark.text, round(mark.x0)) == ("•", 7)


def test_a_line_that_was_taken_up_again_in_interleaved_columns_goes_on_until_it_ends() -> None:
    lines = ["Cr1.1. Un contenu est adapté. Par exemple ", "", "● Le plan de la", "", "visite.", "", "Questions.", "",
             "sous-titrage, police ", "", "de caractère accessible…", ""]  # fmt: skip
    assert unwrapped(lines, 1)[0].text == (
        "Cr1.1. Un contenu est adapté. Par exemple sous-titrage, police de caractère accessible…"
    )


def test_a_criterion_that_may_hold_the_words_of_another_is_listed_and_not_placed() -> None:
    cell = [
        Paragraph("Le fond est compté.", 1),
        Paragraph("Le tiroir est fermé. La clé est rendue.", 1, guessed=True),
    ]
    table = Table(
        [
            Cell(0, 0, 1, 1, [Paragraph("Compétences", 1)]),
            Cell(0, 1, 1, 1, [Paragraph("Critères d’évaluation", 1)]),
            Cell(1, 0, 1, 1, [Paragraph("Tenir la caisse", 1)]),
            Cell(1, 1, 1, 1, cell),
        ]
    )
    words = [(1, one.text) for one in table.paragraphs()]
    found = import_source(Source([table], words), "x")
    assert [c["text"] for b in found.content["blocs"] for c in b["criteria"]] == ["Le fond est compté."]
    assert ("guessed", "Le tiroir est fermé. La clé est rendue.") in [(d.kind, d.text) for d in found.doubts]
    assert found.account.unaccounted == 0


def test_a_line_of_a_scan_without_its_mark_among_marked_ones_takes_no_bullets_in() -> None:
    draft = Draft()
    lines = [("Le fond est compté.", True), ("L’écart est expliqué", False), ("Le tiroir est fermé.", True)]
    made = read_criteria(draft, [Paragraph(text, 1, bullet=marked, ocr=True) for text, marked in lines], [])
    assert [(c.text, c.indicators) for c in made] == [(text, []) for text, _ in lines]


def test_an_example_is_part_of_the_criterion_it_explains() -> None:
    lines = ["Les contenus sont adaptés aux publics.", "Par exemple une police accessible", "Le ton est juste."]
    made = read_criteria(Draft(), [Paragraph(text, 1) for text in lines], [])
    assert [c.text for c in made] == [f"{lines[0]} {lines[1]}", lines[2]]
