"""Every number, date, name and quoted span of a statement stands in the sentences it cites."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.drafting.facts import unsourced

CITED = [
    "J’ai chronométré vingt saisies en mars : 17 minutes en moyenne, soit 9 h 38 par mois et 14 000 euros par an.",
    "Nous avons retenu Airtable parce que Sonia le connaissait déjà.",
]
ASKED = ["Le candidat identifie au moins deux points de friction"]


@pytest.mark.parametrize(
    "text",
    [
        "Le dossier chiffre la saisie : 17 minutes en moyenne, 9 h 38 par mois.",
        "La candidate chiffre un coût de 14 000 euros par an.",
        "Le coût est de 14\u202f000 € par an.",
        "Le dossier dit que « Sonia le connaissait déjà ».",
        "Le dossier dit « J’ai chronométré […] 17 minutes ».",
        "Airtable a été retenu parce que Sonia le connaissait.",
        "Vingt saisies ont été chronométrées en mars.",
        "Le dossier mesure 20 saisies.",
        "Deux éléments sont donnés pour l’exigence « points de friction ».",
        "Une vingtaine de saisies ont été chronométrées.",
        "Madame Sonia connaissait l’outil.",
        "Chaque saisie est chronométrée. Aucun écart n’est donné.",
    ],
)
def test_what_the_sentences_hold_is_sourced(text: str) -> None:
    assert unsourced(text, CITED, ASKED) == ()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("La saisie prend 19 minutes.", "19"),
        ("Le coût est de 1 400 euros.", "1 400"),
        ("Le choix date de juillet.", "juillet"),
        ("Le choix s’est porté sur Notion.", "Notion"),
        ("Le dossier dit « un gain de temps considérable ».", "un gain de temps considérable"),
        ("Trente saisies ont été chronométrées.", "trente"),
        ("Le dossier dit « J’ai chronométré […] 18 minutes ».", "18 minutes"),
        ("Zapier a été retenu.", "Zapier"),
        ("Le choix revient à M. Quéméneur.", "Quéméneur"),
        ("Le choix date d’un vendredi.", "vendredi"),
        ("La moitié des saisies a été chronométrée.", "moitie"),
        ("Une trentaine de saisies ont été chronométrées.", "trentaine"),
    ],
)
def test_what_they_do_not_hold_is_named(text: str, part: str) -> None:
    assert part in unsourced(text, CITED, ASKED)


def test_a_cover_line_is_no_source_for_a_figure() -> None:
    assert unsourced("Le coût annuel est de 14 000 euros.", ["Dossier de projet, session de juin"], ()) == ("14 000",)


@given(st.text(max_size=200))
@example("0\xadA0")
def test_a_sentence_is_always_sourced_by_itself(text: str) -> None:
    assert unsourced(text, [text], ()) == ()


@given(st.integers(11, 10**9))
def test_a_number_is_the_same_however_it_is_written(number: int) -> None:
    spaced = f"{number:,}".replace(",", "\u202f")
    assert unsourced(f"Le dossier compte {spaced} lignes.", [f"Il y a {number} lignes."], ()) == ()


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Le dossier nomme trois clients.", ["J’ai servi trois clients."]),
        ("Le dossier nomme trois clients.", ["J’ai servi 3 clients."]),
        ("Le dossier nomme trois clients.", ["Arvor, la mairie et le lycée m’ont appelé."]),
        ("Le dossier nomme trois clients.", ["Arvor a signé.", "La mairie a signé.", "Le lycée a signé."]),
        ("Le dossier nomme trois clients.", ["Un troisième client a signé."]),
        ("Une candidate tient un carnet.", ["Je tiens un carnet."]),
        ("Le carnet est tenu à deux.", ["Je tiens un carnet."]),
        ("Le poste est neuf.", ["J’ai acheté un poste."]),
    ],
)
def test_a_small_number_in_letters_is_said_or_can_be_counted(text: str, cited: list[str]) -> None:
    assert unsourced(text, cited, []) == ()


@pytest.mark.parametrize(
    ("text", "cited", "asked"),
    [
        ("Le dossier nomme trois clients.", ["Un client a signé."], []),
        ("Le dossier décrit deux points de friction.", ["La saisie est longue."], ASKED),
        ("Cinq outils sont comparés.", ["Canva et Excel sont comparés."], []),
    ],
)
def test_a_small_number_that_nothing_cited_bears_is_told(text: str, cited: list[str], asked: list[str]) -> None:
    assert len(unsourced(text, cited, asked)) == 1
