"""The grid that a jury signs: a row a criterion, empty parts left out, and each text with the one who wrote it."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.exporting.annex import annex_document
from assistant.exporting.as_json import as_json
from assistant.exporting.document import (
    BulletList,
    Cell,
    Document,
    Heading,
    Paragraph,
    SignatureBlock,
    Table,
    plain_text,
)
from assistant.exporting.feedback import feedback_document
from assistant.exporting.files import file_name
from assistant.exporting.grid import Grid, Member
from assistant.exporting.grid_document import grid_document
from assistant.exporting.html import as_html
from assistant.exporting.oral import oral_document
from assistant.exporting.wording import requirement_in_words, unbroken
from assistant.referentiel.model import Requirement
from tests.exporting.grids import BY_PROGRAM, FRICTION, GRID, STEPS

EVERY: list[Callable[[Grid], Document]] = [grid_document, annex_document, oral_document, feedback_document]


def tables(document: Document) -> dict[str, Table]:
    return {block.name: block for block in document.blocks if isinstance(block, Table)}


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def said(cell: Cell) -> str:
    texts = [
        text
        for block in cell.blocks
        for text in (
            [plain_text(block.content)] if isinstance(block, Paragraph) else [plain_text(one) for one in block.items]
        )
    ]
    return "\n".join(texts).replace("\u00a0", " ")


def rows(grid: Grid) -> list[dict[str, str]]:
    table = tables(grid_document(grid))["Grille"]
    return [{column.title: said(cell) for column, cell in zip(table.columns, row, strict=True)} for row in table.rows]


def test_the_grid_has_one_row_a_criterion() -> None:
    (steps, friction, _, total) = rows(GRID)
    assert steps["Critère"] == "Cr1.1"
    assert friction["Constats"].startswith("Le dossier relève 41 devis")
    assert "(p. 6, 7)" in friction["Constats"]
    assert friction["Décision"] == "1,5 / 2"
    assert friction["Motivation"] == "Deux points chiffrés ; l’écart a été expliqué à l’oral."
    assert (total["Critère"], total["Décision"], total["Points"]) == ("Total", "1,5 / 4", "1,5")


def test_a_quotation_leaves_its_own_bullet_in_the_dossier() -> None:
    listed = replace(FRICTION.observations[0], text="« • Relancer les factures en retard. »")
    row = rows(replace(GRID, rows=(replace(FRICTION, observations=(listed,)),)))[0]
    assert row["Constats"].startswith("« Relancer les factures")


def test_a_point_not_found_names_what_is_asked_unless_its_own_words_do() -> None:
    assert rows(GRID)[1]["Points non trouvés"].startswith("des éléments factuels : Le dossier ne dit pas")
    named = replace(FRICTION.gaps[0], text="Pas repéré : « Des éléments, factuels ».")
    row = rows(replace(GRID, rows=(replace(FRICTION, gaps=(named,)),)))[0]
    assert row["Points non trouvés"].startswith("Pas repéré")


def test_a_requirement_is_named_by_its_words_between_quotation_marks() -> None:
    assert requirement_in_words(Requirement(id="r", text="du RGPD.")) == "«\u00a0du RGPD\u00a0»"


def test_columns_and_parts_in_which_nothing_stands_are_left_out() -> None:
    bare = replace(STEPS, observations=())
    document = grid_document(replace(GRID, rows=(bare,), total=None, most_total=None))
    titles = [column.title for column in tables(document)["Grille"].columns if not column.workbook_only]
    assert titles == ["Critère", "Énoncé", "Décision"]
    assert headings(document) == ["Critères", "Signatures", "Part de l’intelligence artificielle"]


def test_there_is_no_total_without_points() -> None:
    assert "Total" not in [row["Critère"] for row in rows(replace(GRID, total=None, most_total=None))]


def test_questions_are_prepared_for_the_oral_and_never_asked_already() -> None:
    assert "Questions prévues pour l’oral" in headings(grid_document(GRID))
    for build in EVERY:
        assert "posées" not in as_html(build(GRID))


def test_what_a_juror_rewrote_is_theirs_and_what_was_taken_over_says_so() -> None:
    constats = rows(GRID)[1]["Constats"].split("\n")
    assert constats[0].endswith("rédigé par l’IA, repris")
    assert (
        constats[1] == "Le tableau de synthèse donne 47 devis, le texte 41. (d’après les p. 6, 7) – réécrit par le juré"
    )
    assert constats[2] == "Le comptage couvre douze semaines d’hiver. (p. 5)"
    assert constats[3].endswith("(p. 7) – lu par OCR, choisi par le juré")


@pytest.mark.parametrize("build", EVERY)
def test_nothing_is_said_to_be_written_by_an_ai_where_no_model_was_used(build: Callable[[Grid], Document]) -> None:
    text = as_html(build(replace(BY_PROGRAM, referentiel="Essai")))
    assert not re.search(r"\bIA\b|intelligence artificielle", text[text.index("<main>") :])


def test_no_prompt_and_no_hash_stand_on_the_grid_but_in_the_annex() -> None:
    for build in (grid_document, oral_document, feedback_document):
        assert "1f0a" not in as_html(build(GRID))
        assert GRID.file_sha256 not in as_html(build(GRID))
    annex = as_html(annex_document(GRID))
    assert "drafting 2:1f0a" in annex
    assert GRID.file_sha256 in annex
    assert "1f0a" in as_json(GRID)


def test_the_annex_holds_every_citation_word_for_word() -> None:
    listed = tables(annex_document(GRID))["Citations"].rows
    assert [tuple(said(cell) for cell in row) for row in listed] == [
        (row.id, str(quoted.page), quoted.quote, source)
        for row in GRID.rows
        for quoted, source in zip(row.quotes, ("texte", "lu par OCR, choisi par le juré"), strict=False)
    ]


def test_every_juror_has_room_to_sign_and_a_reading_of_ones_own_has_none() -> None:
    signed = [block for block in grid_document(GRID).blocks if isinstance(block, SignatureBlock)]
    assert [one.name for one in signed] == ["Jeanne Arnaud, premier juré", "Paul Béranger, deuxième juré"]
    own = grid_document(replace(GRID, kind="personal"))
    assert not [block for block in own.blocks if isinstance(block, SignatureBlock)]
    assert "Signatures" not in headings(own)


def test_a_personal_reading_has_no_number_no_jury_and_no_decision_nobody_took() -> None:
    undecided = tuple(replace(row, decision="", points=None) for row in GRID.rows)
    member = Member("Ada", "lecture personnelle", None)
    own = replace(
        GRID, kind="personal", session="Hors session", session_date=None, candidate="", file="mon dossier.pdf",
        jury=(member,), rows=undecided, total=None, most_total=None, accommodations="",
    )  # fmt: skip
    for build in EVERY:
        text = as_html(build(own)).replace("\u00a0", " ")
        said = text[text.index("<main>") :].replace("toute session de jury", "")
        assert "mon dossier.pdf" in said
        for never in (
            "andidat n°",
            "Numéro du candidat",
            "seul a décidé",
            " jury",
            " juré ",
            "(Hors session",
            "andidat mon",
        ):
            assert never not in said, never
    assert "rien ne se décide" in as_html(grid_document(own))
    assert "Décision" not in [one.title for one in tables(grid_document(own))["Grille"].columns]
    names = [file_name(own, document, "pdf") for document in ("grid", "annex", "oral", "feedback")]
    assert names == [
        "grille-personnelle-mon-dossier.pdf", "annexe-personnelle-mon-dossier.pdf", "oral-personnel-mon-dossier.pdf",
        "retour-personnel-mon-dossier.pdf",
    ]  # fmt: skip


def test_nobody_is_said_to_have_decided_where_no_decision_is_written() -> None:
    undecided = replace(GRID, rows=tuple(replace(row, decision="") for row in GRID.rows))
    assert "seul a décidé" in as_html(grid_document(GRID))
    assert "seul a décidé" not in as_html(grid_document(undecided))


def test_the_letter_puts_rewritten_words_among_the_readers_own() -> None:
    rewritten = replace(FRICTION.observations[1], text="Le candidat n’a pas compté.")
    quoted = replace(FRICTION.observations[0], text="« 41 sont restés »")
    letter = feedback_document(replace(GRID, rows=(replace(FRICTION, observations=(quoted, rewritten), quotes=()),)))
    said = [
        one.text if isinstance(one, Heading) else plain_text(one.items[0])
        for one in letter.blocks
        if isinstance(one, Heading | BulletList)
    ]
    assert said[1:5] == [
        "Relevé dans votre dossier",
        "«\u00a041 sont restés\u00a0» (p.\u00a06, 7)",
        "Ce qu’en écrit le jury",
        "Le candidat n’a pas compté. (d’après les p.\u00a06, 7)",
    ]


def test_pages_that_were_not_read_or_not_whole_are_named() -> None:
    facts = tables(grid_document(replace(GRID, partial_pages=(3, 4))))["Renseignements"]
    pages = next(said(row[1]) for row in facts.rows if said(row[0]) == "Pages")
    assert pages == "17 pages lues sur 18 ; page non lue : 15 ; pages lues en partie : 3, 4"


@pytest.mark.parametrize("build", EVERY)
def test_no_level_of_heading_is_skipped_and_no_list_or_table_is_empty(build: Callable[[Grid], Document]) -> None:
    for grid in (GRID, BY_PROGRAM, replace(GRID, rows=()), replace(GRID, rows=(STEPS,))):
        level = 1
        for block in build(grid).blocks:
            if isinstance(block, Heading):
                assert block.level <= level + 1
                level = block.level
            assert not isinstance(block, BulletList) or block.items
            assert not isinstance(block, Table) or block.columns


def test_the_oral_sheet_holds_the_questions_and_what_is_shown_only_at_the_oral() -> None:
    document = oral_document(GRID)
    assert headings(document) == ["C1", "C9"]
    items = [plain_text(item) for block in document.blocks if isinstance(block, BulletList) for item in block.items]
    assert items[0] == "Cr1.2\u00a0– Comment expliquez-vous l’écart entre 41 et 47 devis\u00a0? (p.\u00a06, 7)"
    assert items[2] == "Cr1.9\u00a0– se montre à l’oral\u00a0: Le candidat présente son projet avec clarté."


def test_an_oral_sheet_with_nothing_to_ask_says_so() -> None:
    assert "Aucune question" in as_html(oral_document(replace(GRID, rows=(STEPS,))))


def test_the_letter_holds_what_was_noted_and_no_decision_mark_question_or_name() -> None:
    text = as_html(feedback_document(GRID))
    assert "Madame, Monsieur," in text
    assert "Le comptage couvre douze semaines" in text
    assert "qui a compté les appels" in text
    for never in ("1,5", "Deux points chiffrés", "Qui a tenu", "Jeanne", "Béranger", "41 sont restés", "Cr1.9"):
        assert never not in text


def test_the_letter_names_what_a_search_did_not_find_by_what_was_asked() -> None:
    searched = replace(
        FRICTION.gaps[0], text="Pas repéré, à vérifier : « Des éléments factuels » (18 pages lues).", origin="ai"
    )
    alone = replace(GRID, ai=replace(GRID.ai, drafter="extractive"), rows=(replace(FRICTION, gaps=(searched,)),))
    text = as_html(feedback_document(alone))
    assert "des éléments factuels" in text
    assert "à vérifier" not in text


def test_the_letter_never_says_that_nothing_was_noted_beside_a_motivation() -> None:
    silent = replace(FRICTION, observations=(), gaps=(), quotes=())
    text = as_html(feedback_document(replace(GRID, rows=(silent, STEPS))))
    assert "Cr1.2" not in text
    assert "remarque écrite sur" not in text
    alone = as_html(feedback_document(replace(GRID, rows=(silent,))))
    assert "Cette lettre ne contient pas de remarque écrite" in alone
    assert "n’a pas noté" not in text + alone


def test_no_line_ends_inside_quotation_marks_a_figure_or_before_a_high_sign() -> None:
    torn = "Le groupe « Les Ferrand » doit 4 860 €, soit 12 % de plus ; pourquoi ?"
    assert unbroken(torn) == (
        "Le groupe «\u00a0Les Ferrand\u00a0» doit 4\u00a0860\u00a0€, soit 12\u00a0% de plus\u00a0; pourquoi\u00a0?"
    )
    assert unbroken("en 2021 1 appel et 12 3456") == "en 2021 1 appel et 12 3456"
