from functools import cache
from pathlib import Path

import pytest

from assistant.dossier.model import Dossier
from assistant.dossier.read import read_dossier
from assistant.errors import UnreadableDossier
from assistant.evaluation.gold import load_cases
from assistant.evaluation.matching_quotes import Shown, is_found, joined
from assistant.referentiel.catalogue import load
from assistant.referentiel.wording import official_wording
from tests.dossier.pages import grid, lines, pdf, sideways, together, turned

CASES = load_cases(Path(__file__).parent.parent / "dossiers")
FILLER = [
    "Le candidat raconte ici une semaine de son travail au comptoir.",
    "Il a rencontré douze personnes et rédigé quatre propositions.",
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_labelled_sentence_can_be_cited_on_its_page(case) -> None:  # type: ignore[no-untyped-def]
    dossier = read_dossier(case.pdf.read_bytes(), "dossier.pdf", official_wording(load(case.gold.referentiel).content))
    body = [s for s in dossier.sentences if s.role == "body"]
    runs = joined([Shown(s.page, n, n, s.text) for n, s in enumerate(body)])
    labelled = [quote for criterion in case.gold.criteria for quote in criterion.evidence]
    assert [quote.quote for quote in labelled if not is_found(quote, runs)] == []


@cache
def as_read(file: Path) -> Dossier:
    return read_dossier(file.read_bytes(), "dossier.pdf")


def _words(text: str) -> list[str]:
    return text.replace("|", " ").split()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_sentence_is_exactly_its_page_s_text_and_its_boxes_lie_on_the_page(case) -> None:  # type: ignore[no-untyped-def]
    dossier = as_read(case.pdf)
    assert [entry.page for entry in dossier.ledger] == list(range(1, case.gold.pages + 1))
    assert len({s.id for s in dossier.sentences}) == len(dossier.sentences)
    for sentence in dossier.sentences:
        page = dossier.pages[sentence.page - 1]
        said = page.text[sentence.start : sentence.end]
        if sentence.over is not None:
            assert sentence.over.page == sentence.page + 1
            end = dossier.pages[sentence.over.page - 1].text[sentence.over.start : sentence.over.end]
            row = sentence.kind == "row" and sorted(_words(f"{said} | {end}")) == sorted(_words(sentence.text))
            assert row or sentence.text in {f"{said} {end}", said + end}
        else:
            assert said == sentence.text
        assert sentence.boxes
        for _, (x0, top, x1, bottom) in sentence.page_boxes:
            assert -1 <= x0 < x1 <= page.width + 1
            assert -1 <= top < bottom <= page.height + 1


def test_passages_hold_every_body_sentence_once_and_never_cross_a_page() -> None:
    dossier = as_read(CASES[0].pdf)
    pages = {s.id: s.page for s in dossier.sentences}
    inside = [sid for passage in dossier.passages for sid in passage.sentence_ids]
    assert sorted(inside) == sorted(s.id for s in dossier.sentences if s.role == "body")
    assert all({pages[sid] for sid in passage.sentence_ids} == {passage.page} for passage in dossier.passages)


def test_running_headers_and_page_numbers_are_kept_out_of_passages() -> None:
    pages = [
        together(
            lines(["Dossier de projet - Promotion 2025"], top=40), lines(FILLER, top=200), lines([f"Page {n}"], top=810)
        )
        for n in range(1, 6)
    ]
    dossier = read_dossier(pdf(*pages), "d.pdf")
    roles = {s.text: s.role for s in dossier.sentences}
    assert roles["Dossier de projet - Promotion 2025"] == "furniture"
    assert roles["Page 3"] == "furniture"
    assert roles[FILLER[0]] == "body"
    assert not any("Promotion" in passage.text for passage in dossier.passages)


def test_copied_official_wording_never_counts_as_evidence() -> None:
    criterion = "Le candidat cartographie les étapes du cycle client"
    own = "Le client appelle, je note sa demande, puis nous fixons une visite."
    dossier = read_dossier(pdf(lines([criterion, "", own])), "d.pdf", [criterion])
    roles = {s.text: s.role for s in dossier.sentences}
    assert roles[own] == "body"
    assert roles[criterion] == "official"


def test_rows_of_a_ruled_table_are_sentences_with_their_cells_apart() -> None:
    table = grid(
        [
            ["Étape", "Durée", "Outil"],
            ["Saisie des\nfactures", "17 minutes", "Tableur"],
            ["Relance", "6 minutes", "Mail"],
        ]
    )
    dossier = read_dossier(pdf(together(lines(FILLER, top=60), table)), "d.pdf")
    rows = [s for s in dossier.sentences if s.kind == "row"]
    assert [s.text for s in rows][1:] == ["Saisie des factures | 17 minutes | Tableur", "Relance | 6 minutes | Mail"]
    assert rows[1].cells == ("Saisie des factures", "17 minutes", "Tableur")
    assert rows[1].context == "Étape ; Durée ; Outil"


def test_rows_of_an_unruled_table_are_sentences_too() -> None:
    table = grid(
        [["Étape", "Durée", "Outil"], ["Saisie", "17 minutes", "Tableur"], ["Relance", "6 minutes", "Mail"]],
        ruled=False,
    )
    dossier = read_dossier(pdf(together(lines(FILLER, top=60), table)), "d.pdf")
    assert "Saisie | 17 minutes | Tableur" in [s.text for s in dossier.sentences if s.kind == "row"]


def test_text_between_two_tables_of_one_width_is_no_row() -> None:
    table = [["Étape", "Durée", "Outil"], ["Saisie", "17 minutes", "Tableur"], ["Relance", "6 minutes", "Mail"]]
    page = together(grid(table, top=100), lines(FILLER, top=200), grid(table, top=260))
    kinds = {s.text: s.kind for s in read_dossier(pdf(page), "d.pdf").sentences}
    assert kinds[FILLER[0]] == "prose"
    assert kinds["Relance | 6 minutes | Mail"] == "row"


def test_a_cut_word_is_whole_and_its_sentence_has_a_box_per_line() -> None:
    dossier = read_dossier(
        pdf(lines(["Nous avons revu toute la compta-", "bilité de la maison en trois semaines."])), "d.pdf"
    )
    (sentence,) = dossier.sentences
    assert sentence.text == "Nous avons revu toute la comptabilité de la maison en trois semaines."
    assert len(sentence.boxes) == 2


def test_a_page_without_text_is_listed_as_not_read() -> None:
    dossier = read_dossier(pdf(lines(FILLER), lambda canvas: canvas.rect(100, 100, 50, 50)), "d.pdf")
    assert [(e.page, e.read) for e in dossier.ledger] == [(1, "text"), (2, "none")]
    assert dossier.ledger[1].reason
    assert [(n.kind, n.page) for n in dossier.notices] == [("unreadable_page", 2)]


def test_a_section_title_is_carried_by_the_sentences_below_it() -> None:
    def draw(canvas) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(72, 740, "Les points de friction")
        canvas.setFont("Helvetica", 11)
        lines(FILLER, top=140)(canvas)

    dossier = read_dossier(pdf(draw), "d.pdf")
    assert {s.section for s in dossier.sentences} == {"Les points de friction"}


GOOD = pdf(lines(FILLER))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "vide"),
        (b"\x00" * 50, "vide"),
        (b"PK\x03\x04 un document Word", "pas un PDF"),
        (b"%PDF-1.7\n%%EOF\n", "abîmé"),
        (GOOD[: len(GOOD) // 3], "incomplet"),
        (pdf(lines(FILLER), encrypt="secret"), "mot de passe"),
        (pdf(lambda canvas: canvas.rect(10, 10, 50, 50)), "Aucun texte"),
    ],
    ids=["empty", "zeros", "not a pdf", "no pages", "truncated", "password", "no text"],
)
def test_bad_input_ends_in_one_french_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableDossier) as error:
        read_dossier(data, "d.pdf")
    assert says in error.value.message
    assert error.value.message.endswith(".")


def test_a_file_encrypted_with_an_empty_password_is_read_with_a_notice() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = pdf(lines(FILLER), encrypt=StandardEncryption("", ownerPassword="chef", canPrint=0))
    dossier = read_dossier(data, "d.pdf")
    assert dossier.words > 10
    assert "encrypted" in {n.kind for n in dossier.notices}


def test_five_hundred_pages_are_read() -> None:
    dossier = read_dossier(pdf(*[lines(FILLER)] * 500), "d.pdf")
    assert len(dossier.ledger) == 500
    assert all(entry.read == "text" for entry in dossier.ledger)


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_lying_on_its_side_is_turned_and_read_from_its_top(angle: int, rotate: int) -> None:
    dossier = read_dossier(turned(pdf(sideways(lines(FILLER, top=60), angle)), rotate), "d.pdf")
    assert [s.text for s in dossier.sentences] == FILLER
    (page,) = dossier.pages
    assert page.width < page.height
    assert page.turned == (angle - rotate) // 90 % 4
    first, second = (s.boxes[0] for s in dossier.sentences)
    assert first[0] == pytest.approx(second[0], abs=3)
    assert first[3] < second[1]
