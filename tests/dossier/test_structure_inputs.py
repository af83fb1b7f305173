"""Small files that were once read wrong, each with its right sentences."""

from pathlib import Path

import pytest

from assistant.dossier.model import Dossier, Sentence
from assistant.dossier.read import read_dossier

INPUTS = Path(__file__).parent / "inputs"


def read(name: str) -> Dossier:
    return read_dossier((INPUTS / f"{name}.pdf").read_bytes(), f"{name}.pdf")


def body(name: str) -> list[Sentence]:
    return [s for s in read(name).sentences if s.role == "body"]


def texts(name: str, kind: str | None = None) -> list[str]:
    return [s.text for s in body(name) if kind is None or s.kind == kind]


@pytest.mark.parametrize("file", sorted(INPUTS.glob("*.pdf")), ids=lambda file: file.stem)
def test_no_sentence_is_a_mark_or_a_number_alone(file: Path) -> None:
    said = [s.text for s in read_dossier(file.read_bytes(), file.name).sentences]
    assert said
    assert [text for text in said if not any(char.isalpha() for char in text)] == []


def test_bullets_painted_after_the_text_stand_before_it() -> None:
    assert texts("bullets-painted-last") == [
        "Ce projet agrège des données de trois sources :",
        "• les trottinettes en libre-service",
        "• les alertes de sécurité des clients",
        "• la mobilité maritime",
        "L’objectif est de réunir ces flux dans un entrepôt unique.",
    ]


def test_bullets_far_from_their_text_belong_to_it() -> None:
    said = texts("hanging-bullets-wide-tab", "bullet")
    assert [text.split()[:2] for text in said] == [["•", "Proposer"], ["•", "Afficher"], ["•", "Offrir"]]
    assert said[0].endswith("en haut de chaque page du site.")


def test_lines_far_apart_are_one_paragraph() -> None:
    said = texts("line-spacing-double")
    assert [text.split()[0] for text in said] == ["Pendant", "J’ai", "Trois"]
    assert all(text.endswith(".") for text in said)


def test_a_listing_is_cut_by_line_and_keeps_its_backticks() -> None:
    assert texts("backticks-sql", "code") == [
        "CREATE TABLE `users` (", "`id_user` INT(11) NOT NULL,", "`email_user` VARCHAR(255),", "`actif` TINYINT(1));"
    ]  # fmt: skip


def test_a_sentence_over_the_page_is_one_with_boxes_on_both() -> None:
    first, second = body("sentence-over-pages")
    assert first.text.startswith("J’ai relevé")
    assert first.text.endswith("que la responsable a validé en réunion d’équipe le 12 mai.")
    assert first.pages == (1, 2)
    assert {page for page, _ in first.page_boxes} == {1, 2}
    assert second.text == "Les relances ont suivi."


def test_contents_end_where_they_end() -> None:
    dossier = read("contents-swallow-dossier")
    assert {s.role for s in dossier.sentences if s.page == 1} == {"furniture"}
    assert {s.role for s in dossier.sentences if s.page > 1} == {"body"}
    assert [s.text for s in dossier.sentences if s.kind == "heading" and s.page > 1] == [
        "PRÉSENTATION DE L’ENTREPRISE", "ANALYSE DES APPELS", "MISE EN PLACE DES RELANCES"
    ]  # fmt: skip


def test_words_of_a_picture_make_no_headings_of_the_text() -> None:
    assert {s.kind for s in body("ocr-size-zero")} == {"prose"}


def test_a_template_s_question_is_apart_from_the_answer() -> None:
    said = texts("template-question-glued")
    assert said[0].endswith("dans quelles conditions :")
    assert said[1].startswith("Pendant huit semaines")


def test_a_drawn_curve_cuts_no_word() -> None:
    assert len(texts("decorative-curve-cuts-words", "prose")) == 2
    assert "|" not in "".join(texts("decorative-curve-cuts-words"))


def test_a_footnote_is_tied_to_the_sentence_that_calls_it() -> None:
    caller, after, note = body("footnote-call")
    assert caller.text.endswith("dans le cadre de l’enquête⁵.")
    assert after.text.startswith("Cette phrase suit")
    assert (note.kind, note.called_by) == ("note", caller.id)


def test_abbreviations_end_no_sentence() -> None:
    said = texts("french-figures-abbreviations")
    assert len(said) == 10
    assert said[2] == "Voir aussi la fig. 3, le chap. 2, l’éq. A et la coll. de fiches, etc."
    assert said[7].startswith("Le 1er. janv. 2024, S.A.R.L. Martin et Cie. a signé")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("calibri-ti-ligature", ["gestion", "l’attente", "solution", "d’automatisation", "documentation"]),
        ("three-quarters-apostrophe", ["d’une", "d’artisanat", "l’accueil", "l’essai"]),
        ("ligature-space", ["L’affectation", "vérification", "configuration"]),
    ],
)
def test_damaged_letters_are_mended_and_said(name: str, words: list[str]) -> None:
    dossier = read(name)
    said = " ".join(s.text for s in dossier.sentences)
    assert [word for word in words if word not in said] == []
    assert [n.kind for n in dossier.notices] == ["altered_text"]
