"""Firms, schools and places of care are told by their form, their noun or who works there; nouns with a capital are none."""

from collections.abc import Sequence

import pytest

from assistant.privacy.dossier_mask import mask_of
from assistant.privacy.entities import Entity
from assistant.privacy.organisations import organisations_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La société Kerlann Emballages livre le mardi.", "Kerlann Emballages"),
        ("SARL Roche Frères, maçonnerie", "Roche Frères"),
        ("Bretonneau Levage SAS loue des nacelles.", "Bretonneau Levage"),
        ("embauchée par l’entreprise Morel & Fils", "Morel & Fils"),
        ("un stage au restaurant « La Table d’Armelle »", "La Table d’Armelle"),
        ("L’association Les Mains Vertes distribue des repas.", "Les Mains Vertes"),
        ("En 2016, j’ai été embauchée chez Solidrim.", "Solidrim"),
        ("Mon entreprise, L’Atelier des Possibles, a trois ans.", "L’Atelier des Possibles"),
        ("J’ai passé mon CAP au lycée Anne-Kerlann.", "Anne-Kerlann"),
        ("L’EHPAD Les Genêts d’Or compte quatre-vingts lits.", "Les Genêts d’Or"),
        ("SCI DU MOULIN VERGNE", "DU MOULIN VERGNE"),
        ("Le fournisseur livre Capillum Distribution le jeudi.", "Capillum Distribution"),
        ("Chez Solidrim j’ai fait mon stage.", "Solidrim"),
        ("La cliente vient de Coiff’Ardèche.", "Coiff’Ardèche"),
        ("Chez Bijouterie Opaline, je sertis.", "Bijouterie Opaline"),
        ("un bon de livraison pour Le Comptoir d’Armelle", "Le Comptoir d’Armelle"),
        ("on a monté Roule Ma Fourche avec des voisins", "Roule Ma Fourche"),
        ("Les Amis du Moulin Bleu reçoivent une subvention.", "Les Amis du Moulin Bleu"),
        ("la fleuriste de Pivoine & Compagnie", "Pivoine & Compagnie"),
        ("J’ai fait un stage au Café des Halles.", "Café des Halles"),
        ("L’exploitation GAEC des Trois Sorbiers trait le matin.", "GAEC des Trois Sorbiers"),
        ("Le comité des fêtes de Kerlannec a acheté la friteuse.", "Kerlannec"),
        ("Je suis trésorière de Terre et Tablier.", "Terre et Tablier"),
    ],
)
def test_an_organisation_is_told(text: str, name: str) -> None:
    assert name in organisations_in([text])


@pytest.mark.parametrize(
    "text",
    [
        "Le lycée Jules-Ferry prête ses salles pendant les vacances.",
        "un Cabinet comptable, une Agence Immobilière, le Lycée Professionnel",
        "La société Google et le groupe Facebook vendent de la publicité.",
        "Créer une SASU ou une SARL : quel statut choisir ?",
        "LES STATUTS DE LA SARL ET DE LA SAS",
        "Nous achetons nos outils chez Leroy Merlin.",
        "Une entreprise du BTP, une agence SEO, une association loi 1901",
        "Entreprise : 12 salariés",
        "Un Centre Social, une Mission Locale et la Direction des Ressources Humaines",
        "J’ai lu l’article dans Le Monde et le livre Le Petit Prince.",
        "La nacelle est louée chez Loxam, le serveur est un Synology.",
    ],
)
def test_nouns_brands_and_headings_are_none(text: str) -> None:
    assert organisations_in([text]) == ()


def nobody(texts: Sequence[str]) -> list[tuple[Entity, ...]]:
    return [() for _ in texts]


def test_it_is_hidden_wherever_the_dossier_writes_it() -> None:
    sentences = ["J’ai été embauchée chez Kerlann & Fils.", "Kerlann & Fils livre le mardi."]
    mask = mask_of(sentences, {}, recognise=nobody)
    hidden = [mask.hide(sentence) for sentence in sentences]
    assert hidden[1] == "[ENTREPRISE_1] livre le mardi."
    assert [mask.show(sentence) for sentence in hidden] == sentences


def test_titles_of_sections_one_after_the_other_are_no_name() -> None:
    section = "1.1 La jardinerie › Troisième partie : projet fictif"
    mask = mask_of([section, "Troisième partie : projet fictif"], {}, recognise=nobody)
    assert mask.hide(section) == section
