"""Towns, firms without a noun and first names in small letters are told by what surrounds them; words of a trade are not."""

from collections.abc import Sequence

import pytest

from assistant.privacy.dossier_mask import mask_of
from assistant.privacy.entities import Entity


def nobody(texts: Sequence[str]) -> list[tuple[Entity, ...]]:
    """A recogniser that knows no name."""
    return [() for _ in texts]


def hidden(sentence: str) -> str:
    return str(mask_of([sentence], {}, recognise=nobody).hide(sentence))


@pytest.mark.parametrize(
    ("sentence", "town"),
    [
        ("Le chantier était à Guérande, chez un particulier.", "Guérande"),
        ("Il vient de Roscoff et ma cheffe aussi.", "Roscoff"),
        ("La mairie de Locronan nous a commandé trois bancs.", "Locronan"),
        ("Notre agence de Fougères ouvre à 9 h.", "Fougères"),
        ("Je suis arrivée de Bamako en 2015.", "Bamako"),
        ("Lieu : Cotonou", "Cotonou"),
        ("Vannes, le 3 mars 2024", "Vannes"),
        ("J’ai travaillé deux ans à Marseille comme serveuse.", "Marseille"),
        ("Nous sommes allés à Vitré.", "Vitré"),
    ],
)
def test_a_town_that_is_tied_to_somebody_is_hidden(sentence: str, town: str) -> None:
    assert town not in hidden(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nous livrons de Lyon à Marseille.",
        "Le Conseil régional des Hauts-de-France finance.",
        "La Seine-Saint-Denis compte onze agences.",
        "La saucisse de Morteau se vend bien.",
        "Le bassin d’emploi de Rennes progresse.",
        "J’ai demandé à Claude de reformuler.",
        "Menuiserie Bois Et Agencement",
        "Passage de Word à Excel",
        "mon pc est un legion",
        "la sauce au jersey",
        "on a mis du lean dans l’atelier",
        "Chez nous on ferme à 19 h.",
    ],
)
def test_what_names_nobody_stays(sentence: str) -> None:
    assert hidden(sentence) == sentence


def test_a_town_once_told_is_hidden_everywhere() -> None:
    sentences = ["J’habite Roscoff, à Roscoff même.", "Le port de Roscoff est calme."]
    mask = mask_of(sentences, {}, recognise=nobody)
    assert "Roscoff" not in str(mask.hide(sentences[1]))


@pytest.mark.parametrize(
    ("sentence", "firm"),
    [
        ("On a livré la cuve chez Plastobreiz mardi.", "Plastobreiz"),
        ("Je travaille pour Nordisolex depuis deux ans.", "Nordisolex"),
        ("J’ai été embauchée par Lumicarre en mai.", "Lumicarre"),
        ("L’équipe d’Aquadomo compte six personnes.", "Aquadomo"),
        ("Fleurizen nous a confié la vitrine.", "Fleurizen"),
        ("Mon entreprise Fleurizen vend des bouquets.", "Fleurizen"),
    ],
)
def test_a_firm_without_a_noun_is_told_by_work(sentence: str, firm: str) -> None:
    assert firm not in hidden(sentence)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("quand nadia a expliqué le tri, j’ai compris", "nadia"),
        ("le planning de jordan était faux", "jordan"),
        ("j’ai prévenu karim hier", "karim"),
        ("vikas dit que le serveur rame", "vikas"),
        ("j’ai fait ça pour leila", "leila"),
    ],
)
def test_a_first_name_in_small_letters_is_told_by_what_surrounds_it(sentence: str, name: str) -> None:
    assert name not in hidden(sentence)
