"""Formal checks: facts about the file that a candidate can put right, and no more than that."""

from typing import Literal

import pytest

from assistant.dossier.model import Dossier, DossierFile, Page, Sentence
from assistant.formal import FormalPoint, formal_points
from assistant.referentiel.catalogue import loaded_from
from assistant.referentiel.model import Referentiel
from assistant.result import LedgerEntry

Line = tuple[str, Literal["prose", "heading", "caption", "bullet"], Literal["body", "furniture"]]


def prose(text: str) -> Line:
    return (text, "prose", "body")


def heading(text: str) -> Line:
    return (text, "heading", "body")


def contents(text: str) -> Line:
    return (text, "prose", "furniture")


def dossier(*pages: tuple[Line, ...], files: tuple[DossierFile, ...] = ()) -> Dossier:
    sentences = tuple(
        Sentence(f"p{number}s{place}", number, 0, len(text), text, (), "text", kind, role, "")
        for number, lines in enumerate(pages, start=1)
        for place, (text, kind, role) in enumerate(lines, start=1)
    )
    numbers = range(1, len(pages) + 1)
    return Dossier(
        "d.pdf", "0", tuple(Page(n, str(n), 595, 842, "") for n in numbers), sentences, (),
        tuple(LedgerEntry(page=n, read="text", words=9) for n in numbers), (), files=files,
    )  # fmt: skip


def told(points: tuple[FormalPoint, ...]) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.kind, one.pages) for one in points]


def asking(text: str, part: str = "") -> Referentiel:
    deliverable = f", part: '{part}'" if part else ""
    source = f"""id: essai
version: "1"
title: Essai
scale: none
blocs:
  - id: B0
    modalities:
      - {{id: M1, kind: dossier, description: "{text}", deliverables: [{{id: L1, text: le dossier{deliverable}}}]}}
    criteria:
      - {{id: C1, text: "Le candidat présente ses choix.", assessed_by: [dossier]}}
"""
    return loaded_from(source, "essai.yaml").content


def test_an_annex_that_is_called_and_not_there_is_told_with_the_page_that_calls_it() -> None:
    made = dossier(
        (heading("1. Le contexte"), prose("Le détail est en annexe 4.")),
        (prose("Les photos (annexe 1) et les relevés (annexes 2 et 3) suivent."),),
        (heading("Annexe 1 – Photos"), ("Annexe 2 : relevés", "caption", "body")),
    )
    points = formal_points(made)
    assert told(points) == [("annex_absent", (2,)), ("annex_absent", (1,))]
    assert "« annexe 3 » est appelée p. 2".replace(" ", "") in points[0].text.replace("\u00a0", "").replace(" ", "")


@pytest.mark.parametrize("call", ["annexes 1 à 3", "annexes 1, 2 et 3", "annexe 1 et annexe 3", "annexe III"])
def test_every_way_of_calling_the_third_annex_is_understood(call: str) -> None:
    made = dossier((prose(f"Voir {call}."),), (heading("Annexe A"), heading("Annexe B – Relevés")))
    assert told(formal_points(made)) == [("annex_absent", (1,))]


def test_letters_numbers_and_annex_files_name_the_same_places() -> None:
    made = dossier((prose("Voir l’annexe B, puis l’annexe C."),), (heading("Annexe II"), heading("Annexe 3")))
    assert formal_points(made) == ()
    files = (DossierFile("d.pdf", "0", "main", 1), DossierFile("photos.pdf", "1", "annex", 1))
    assert formal_points(dossier((prose("Voir l’annexe 1."),), (prose("Une photo."),), files=files)) == ()


def test_contents_that_point_elsewhere_are_told_and_a_cover_that_is_not_counted_is_not() -> None:
    pages = (
        (contents("1. Le contexte ........ 2"), contents("2. La base ........ 3"), contents("3. Le bilan ........ 9")),
        (heading("1. Le contexte"),), (heading("2. La base"),), (heading("3. Le bilan"),),
    )  # fmt: skip
    (point,) = formal_points(dossier(*pages))
    assert (point.kind, point.pages) == ("contents_elsewhere", (1, 4))
    shifted = ((contents("1. Le contexte ..... 1"), contents("2. La base ..... 2")), *pages[1:3])
    assert formal_points(dossier(*shifted)) == ()


def test_a_page_that_could_not_be_read_is_told_with_what_to_do() -> None:
    made = dossier((prose("Je travaille à l’atelier."),))
    ledger = (LedgerEntry(page=1, read="none", words=0, reason="image sans texte"),)
    unread = Dossier(made.file, made.sha256, made.pages, made.sentences, (), ledger, ())
    (point,) = formal_points(unread)
    assert (point.kind, point.pages) == ("unread_page", (1,))
    assert "image sans texte" in point.text
    assert "légende" in point.advice


@pytest.mark.parametrize(
    ("asked", "told_of"),
    [
        ("Un dossier de 20 à 30 pages.", True), ("Un dossier de 3 pages maximum.", False), ("Au plus 2 pages.", True),
        ("2 pages maximum hors annexes.", False), ("Au moins 4 pages.", True), ("Un dossier illustré.", False),
    ],
)  # fmt: skip
def test_the_length_that_is_prescribed_is_held_against_the_pages(asked: str, told_of: bool) -> None:
    made = dossier((prose("Un."),), (prose("Deux."),), (heading("Annexe 1"),))
    assert [one.kind for one in formal_points(made, asking(asked))] == ["length"] * told_of


def test_a_part_that_no_heading_announces_is_told() -> None:
    asked = asking("Un dossier.", "Partie 2 : analyse de la gestion de crise comprenant :")
    assert [one.kind for one in formal_points(dossier((heading("1. Mon entreprise"),)), asked)] == ["part_absent"]
    for title in ("Partie 2", "La gestion d’une crise, analyse"):
        assert formal_points(dossier((heading(title),)), asked) == ()


def test_nothing_told_is_about_the_worth_of_a_dossier() -> None:
    made = dossier((prose("Voir l’annexe 4."),))
    said = " ".join(f"{one.text} {one.advice}" for one in formal_points(made, asking("Au moins 4 pages.")))
    assert not any(word in said for word in ("insuffisant", "faible", "mauvais", "note", "%"))
