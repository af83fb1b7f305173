"""What a candidate hands in, told by the sentences of an épreuve."""

import pytest

from assistant.referentiel.authoring.draft import Modality
from assistant.referentiel.authoring.productions import is_production, productions


@pytest.mark.parametrize(
    ("said", "made"),
    [
        (
            "Le candidat rédige une note de cadrage à l’aide d’un modèle. C2.1",
            ["une note de cadrage à l’aide d’un modèle"],
        ),
        (
            "La candidate travaillera sur l’élaboration de la fiche technique d’un produit et décrira le budget et le délai.",
            ["la fiche technique d’un produit", "le budget", "le délai"],
        ),
        ("Le candidat devra proposer, en une heure, les solutions retenues.", ["les solutions retenues"]),
        ("Le candidat présente oralement son parcours.", []),
        ("Le jury rédige un procès-verbal.", []),
        ("Le cahier des charges est fourni par le certificateur, le candidat participe à une réunion.", []),
    ],
)
def test_the_object_of_what_a_candidate_makes_is_a_deliverable(said: str, made: list[str]) -> None:
    assert productions(Modality(None, [said])) == made


def test_an_item_of_an_oral_epreuve_that_leaves_something_on_paper_is_handed_in() -> None:
    assert is_production("Mène un entretien puis rédige une offre")
    assert not is_production("Négocie en anglais avec le client")
