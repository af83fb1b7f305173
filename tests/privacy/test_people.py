"""Who is named: told together by what surrounds a name, by lists and by the model. Common nouns, brands and towns are
nobody."""

from collections.abc import Sequence

import pytest

from assistant.privacy.entities import Entity, by_model
from assistant.privacy.people import people_in
from assistant.text import fold


def names(*texts: str, vocabulary: Sequence[str] = ()) -> set[str]:
    return {
        " ".join(person.words) for person in people_in(texts, by_model, vocabulary=frozenset(map(fold, vocabulary)))
    }


def test_nobody_is_asked_of_the_model_where_the_rules_decide() -> None:
    def never(texts: Sequence[str]) -> list[tuple[Entity, ...]]:
        assert not texts
        return []

    assert people_in(["Mme Tréguier relit.", "Léa Tanguy signe."], never)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("J’ai appelé Nadège pour le devis.", "Nadège"),
        ("Mon assistante Léa Tanguy saisit les bons.", "Léa Tanguy"),
        ("TANGUY Léa, promotion 2024", "TANGUY Léa"),
        ("Je m’appelle Jordan et je suis plombier.", "Jordan"),
        ("Ma tutrice, Mme Sandrine Huchet, m’a laissé faire.", "Sandrine Huchet"),
        ("Avec M. Le Goff, nous avons compté.", "Goff"),
        ("Fatoumata, ma collègue, distribue les tracts.", "Fatoumata"),
        ("M. Boulanger a signé.", "Boulanger"),
        ("J’ai rappelé M. Perruche le lendemain.", "Perruche"),
        ("Mme Hérisson et MM. Lapin sont venus.", "Hérisson"),
        ("Mme Hérisson et MM. Lapin sont venus.", "Lapin"),
        ("Pierre a préparé la commande.", "Pierre"),
        ("D’après Rose, les ventes ont doublé.", "Rose"),
        ("Clément m’a montré le logiciel.", "Clément"),
        ("J’ai vu avec sandrine et karim pour les horaires.", "karim"),
        ("NOM : BLANC", "BLANC"),
        ("PLANNING DE NATHALIE POUR LA SEMAINE", "NATHALIE"),
        ("LE BOURHIS Gwenaëlle", "LE BOURHIS Gwenaëlle"),
        ("Vu avec J.-P. Morel hier.", "J P Morel"),
        ("— Fatou : tu crois qu’on peut finir ?", "Fatou"),
        ("Présents : Pascot, Keravel, Le Dréau", "Dréau"),
        ("Le chantier Belkacem a duré trois mois.", "Belkacem"),
        ("Validé par ROUCHETON.", "ROUCHETON"),
        ("TUTEUR : COULAUDIN", "COULAUDIN"),
        ("N’Diaye et M’Bappé déchargent.", "M’Bappé"),
        ("C’est Yuna qui ouvre.", "Yuna"),
        ("Le docteur Stern a prescrit un bilan.", "Stern"),
        ("j’ai eu mme de la fayolle au bout du fil", "fayolle"),
        ("rdv chez mme Guyomarch à 9 h", "Guyomarch"),
        ("[09:17] kévan : t’as le devis ?", "kévan"),
        ("Kelly 14:02 : j’arrive", "Kelly"),
        ("teixeira paulo 39 h", "teixeira paulo"),
        ("visa du chef : perrachon", "perrachon"),
        ("Attestation SST Grégoire Puybaret", "Grégoire Puybaret"),
        ("Karinette Bastouil - 6 impasse du Four 24310 Brantôme", "Karinette Bastouil"),
        ("JEANNE MARTELLIERE", "JEANNE MARTELLIERE"),
        ("Solenn Cariou, cheffe d’équipe, valide.", "Solenn Cariou"),
        ("C’est Rose qui ouvre le lundi.", "Rose"),
        ("Violette, la patronne, compte la caisse.", "Violette"),
        ("J’ai rappelé Sefket le soir même.", "Sefket"),
        ("Il l’avait oublié chez les Pommier, un samedi.", "Pommier"),
        ("Je demande si les Grandval avaient payé.", "Grandval"),
        ("entretien-annuel-lopes-carla.docx", "lopes carla"),
    ],
)
def test_people_are_told(text: str, name: str) -> None:
    assert any(fold(name) in fold(found) for found in names(text))


@pytest.mark.parametrize(
    "text",
    [
        "Monsieur Client veut son devis, et Madame la Directrice aussi.",
        "Si le téléphone peut sonner, qui est au garage ?",
        "Notre base est dans Airtable, puis Brevo envoie le message.",
        "À Paris et en Bretagne, la Poste et France Travail répondent.",
        "LE DOSSIER DU GARAGE EST AU TÉLÉPHONE",
        "Le Client est roi. Le Kanban aussi. Un Sprint dure deux semaines.",
        "Pierre qui roule n’amasse pas mousse, dit la rose.",
        "Claude et ChatGPT rédigent ; Copilot complète.",
        "MERCI À TOUS, VISA CLIENT, CHANTIER BREST",
        "Chantier Nord, dossier Client, Présents : Direction, Production",
        "PLAN HACCP ET PMS, NORME NF EN ISO, CSE, CSSCT",
        "Perceuse Makita, visseuse Hilti, farine Viron",
        "Notre persona Sophie a deux enfants.",
        "Nous vendons les montres Pierre Lannier.",
        "La rose et la pierre, la violette aussi.",
        "Je passe chez les Fournisseurs, puis les Makita ont été rangées.",
        "Introduction Chapitre Premier : Le Contexte De L’Entreprise",
    ],
)
def test_words_brands_towns_and_headings_are_nobody(text: str) -> None:
    assert names(text) == set()


def test_the_words_of_the_referentiel_are_nobody() -> None:
    assert names("Le Sponsor valide. Sponsor et Pilote signent.", vocabulary=["Sponsor", "Pilote"]) == set()
