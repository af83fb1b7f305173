"""Which figures are pointed at as a possible contradiction, and which are not."""

from dataclasses import replace

import pytest

from assistant.drafting.contradictions import conflicting_figures
from assistant.drafting.task import OpposedPair
from tests.drafting.tasks import sentence

NEAR = [
    sentence("p3s1", "La ressaisie des bons de livraison nous prend 9 h par semaine."),
    sentence("p33s4", "La ressaisie des bons de livraison prend en tout 12 heures par semaine."),
]
OTHER = [
    sentence("p5s1", "Le logiciel de caisse coûte 29 € par mois."),
    sentence("p6s2", "Nous sommes 12 à nous partager l’atelier du lundi."),
]


def test_two_figures_for_the_same_thing_meet_however_far_apart() -> None:
    assert conflicting_figures([NEAR[0], *OTHER, NEAR[1]]) == (OpposedPair("p3s1", "p33s4"),)


def test_the_same_figure_or_another_unit_is_no_contradiction() -> None:
    same = sentence("p9s1", "La ressaisie des bons de livraison prend toujours 9 heures par semaine.")
    cost = sentence("p9s2", "La ressaisie des bons de livraison nous coûte 240 € par semaine.")
    assert conflicting_figures([NEAR[0], same, cost]) == ()


def test_other_things_with_the_same_unit_are_left_alone() -> None:
    rent = sentence("p9s3", "Le loyer du dépôt est de 640 € par mois depuis mars.")
    assert conflicting_figures([OTHER[0], rent]) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Avant, la ressaisie des bons prenait 9 h par semaine.", "La ressaisie des bons prend 3 h par semaine."),
        (
            "En mars, les devis sans réponse étaient 47 sur le carnet.",
            "En avril, les devis sans réponse étaient 52 sur le carnet.",
        ),
        (
            "Les devis de salle de bains prennent 40 minutes.",
            "La pose de salle de bains et les devis prennent 90 minutes.",
        ),
        ("Le bac de tri du hall pèse 12 kg le vendredi.", "Le bac de verre du quai pèse 31 kg le vendredi."),
        ("L’objectif des relances est de 60 % de réponses.", "Les relances ont 48 % de réponses."),
    ],
)
def test_two_moments_two_things_or_a_goal_are_no_contradiction(one: str, other: str) -> None:
    assert conflicting_figures([sentence("p3s1", one), sentence("p8s1", other)]) == ()


def test_rows_of_a_table_measure_each_another_thing() -> None:
    rows = [
        replace(sentence(f"p3s{n}", f"Ressaisie des bons du dépôt | {n} h par semaine"), kind="row") for n in (4, 9)
    ]
    assert conflicting_figures(rows) == ()


def test_the_time_may_stand_first_and_a_table_may_contradict_the_text() -> None:
    first = sentence("p9s2", "Chaque semaine, la ressaisie de tous ces bons de livraison prend 12 heures.")
    row = replace(sentence("p9s3", "Ressaisie des bons de livraison | 12 h par semaine"), kind="row")
    week = sentence("p3s1", "La ressaisie des bons de livraison nous prend 9 h chaque semaine.")
    assert conflicting_figures([week, first]) == (OpposedPair("p3s1", "p9s2"),)
    assert conflicting_figures([NEAR[0], row]) == (OpposedPair("p3s1", "p9s3"),)


def test_one_of_a_pair_was_found() -> None:
    assert conflicting_figures(NEAR, frozenset(["p33s4"]))
    assert conflicting_figures(NEAR, frozenset(["p5s1"])) == ()
