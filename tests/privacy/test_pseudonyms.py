"""Personal data becomes placeholders before it leaves, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy.pseudonyms import Pseudonyms, names_in

TEXTS = {
    "COURRIEL": ["nadege.ferrand@exemple.fr", "contact+devis@sous.domaine.example"],
    "TÉLÉPHONE": ["06 12 34 56 78", "0612345678", "+33 6 12 34 56 78", "02.97.00.00.00", "0033 2 97 00 00 00"],
    "IBAN": ["FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"],
    "SIRET": ["732 829 320 00074", "73282932000074", "732 829 320"],
    "NIR": ["2 84 05 88 412 002 91", "184127645108946"],
    "IMMATRICULATION": ["AB-123-CD", "FG 456 HJ"],
    "ADRESSE": ["14 quai des Martyrs, 56700 Hennebont", "3 bis, rue de la Paix", "12 avenue du Général Leclerc"],
}
KEPT = [
    "812 envois",
    "14 200 €",
    "1 450 000",
    "le 12/03/2025",
    "9 h 30",
    "37 %",
    "123 456 789",
    "page 12",
    "2024-2026",
    "03/2024 25-34 5 5 4 4",
    "02/2025 45-54 4",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TEXTS.items() for text in texts])
def test_each_kind_is_hidden_and_put_back(kind: str, text: str) -> None:
    table = Pseudonyms(())
    sentence = f"On peut écrire à ceci : {text}. Merci."
    hidden = table.hide(sentence)
    assert text not in hidden
    assert f"[{kind}_1]" in hidden
    assert table.show(hidden) == sentence


@pytest.mark.parametrize("text", KEPT)
def test_other_figures_stay(text: str) -> None:
    assert Pseudonyms(()).hide(f"Il y a {text} dans le dossier.") == f"Il y a {text} dans le dossier."


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Dossier de projet de Nadège Ferrand, responsable du bureau", "Nadège Ferrand"),
        ("Présenté par Élodie Marchaudon, conseillère de vente", "Élodie Marchaudon"),
        ("Kévin Le Moigne, vendeur au comptoir pro.", "Kévin Le Moigne"),
        ("Candidate : MARTIN Jeanne", "MARTIN Jeanne"),
        ("Nom et prénom : Le Goff Anne-Marie", "Le Goff Anne-Marie"),
        ("Tutrice en entreprise : Mme Sandrine Huchet, responsable", "Sandrine Huchet"),
    ],
)
def test_names_stand_on_identity_lines(line: str, name: str) -> None:
    found = names_in([line], [], {})
    hidden = Pseudonyms(found).hide(line)
    assert all(part not in hidden for part in name.split() if len(part) > 2)


@pytest.mark.parametrize(
    "line", ["Dossier de Projet Professionnel", "Le Plan d’Action", "Bloc 1 – Session de juin 2025"]
)
def test_titles_are_no_names(line: str) -> None:
    assert names_in([line], [], {}) == ()


def test_a_name_is_hidden_everywhere_in_every_case_the_same_way() -> None:
    table = Pseudonyms(("Nadège Ferrand",))
    hidden = table.hide("Nadège Ferrand, FERRAND Chauffage, Nadège, ferrandais.")
    assert hidden == "[PERSONNE_1], [PERSONNE_1b] Chauffage, [PERSONNE_1a], ferrandais."
    assert table.show(hidden) == "Nadège Ferrand, Ferrand Chauffage, Nadège, ferrandais."


@pytest.mark.parametrize(
    "written",
    ["nadège ferrand", "NADEGE FERRAND", "Nadege Ferrand", "Nadège-Ferrand", "Nadege", "FERRAND", "nadège", "ferrand"],
)
def test_a_name_is_hidden_however_it_is_written(written: str) -> None:
    assert written not in Pseudonyms(("Nadège Ferrand",)).hide(f"Contact : {written}, au bureau.")


def test_a_word_that_is_also_a_name_stays_a_word() -> None:
    assert Pseudonyms(("Julie Petit",)).hide("un petit atelier") == "un petit atelier"


@given(st.lists(st.sampled_from([text for texts in TEXTS.values() for text in texts] + KEPT), max_size=8))
def test_what_is_hidden_comes_back(parts: list[str]) -> None:
    table = Pseudonyms(())
    text = " ; ".join(parts)
    assert table.show(table.hide(text)) == text
