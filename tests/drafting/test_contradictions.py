from assistant.drafting.contradictions import FigurePair, conflicting_figures
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
    assert conflicting_figures([NEAR[0], *OTHER, NEAR[1]]) == (FigurePair("p3s1", "p33s4"),)


def test_the_same_figure_or_another_unit_is_no_contradiction() -> None:
    same = sentence("p9s1", "La ressaisie des bons de livraison prend toujours 9 heures par semaine.")
    cost = sentence("p9s2", "La ressaisie des bons de livraison nous coûte 240 € par semaine.")
    assert conflicting_figures([NEAR[0], same, cost]) == ()


def test_other_things_with_the_same_unit_are_left_alone() -> None:
    rent = sentence("p9s3", "Le loyer du dépôt est de 640 € par mois depuis mars.")
    assert conflicting_figures([OTHER[0], rent]) == ()
