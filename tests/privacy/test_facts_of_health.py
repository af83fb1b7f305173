"""A fact of health leaves neither with whoever writes nor with a colleague; illness in general is a subject like another."""

import pytest

from assistant.privacy.form import Span
from assistant.privacy.health import facts_in
from assistant.privacy.mask import Mask
from assistant.privacy.people import Person


@pytest.mark.parametrize(
    "sentence",
    [
        "J’ai la RQTH depuis 2019.",
        "Je suis dyslexique, donc je relis deux fois.",
        "Ma collègue est asthmatique.",
        "Suite à mon opération du genou, je porte moins.",
    ],
)
def test_a_fact_of_the_writer_or_of_a_relation_is_hidden(sentence: str) -> None:
    assert "[SANTÉ_1]" in Mask().hide(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nous accueillons des résidents atteints d’Alzheimer.",
        "J’ai suivi une formation sur le burn-out.",
        "La rampe sert aux clients en fauteuil roulant.",
        "Le module traite de l’épilepsie.",
    ],
)
def test_illness_in_general_stays(sentence: str) -> None:
    assert Mask().hide(sentence) == sentence


def test_a_fact_beside_a_name_is_hidden_and_put_back() -> None:
    mask = Mask([Person(("Lina", "Picard"))])
    sentence = "Lina Picard est en arrêt pour dépression depuis mars."
    assert str(mask.hide(sentence)) == "[PERSONNE_1] est en [SANTÉ_1] depuis mars."
    assert mask.show(mask.hide(sentence)) == sentence


def test_a_name_far_away_is_not_who_is_ill() -> None:
    text = "Lina ouvre. " + "Le rayon est rangé chaque matin. " * 3 + "Un cancer se soigne."
    assert list(facts_in(text, [Span(0, 4, "PERSONNE#1")])) == []
