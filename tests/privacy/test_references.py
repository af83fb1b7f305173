"""Numbers of files, meters and papers, addresses written name first, and initials, are told; figures of a trade are not."""

import time

import pytest

from assistant.privacy.forms import forms_in
from assistant.privacy.references import REFERENCES


def told(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sorted(forms_in(text), key=lambda span: span.start)]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Client C-20418, remise 5 %", "C-20418"),
        ("Le PDL 14 508 773 201 946 de la maison", "14 508 773 201 946"),
        ("N° AVS 756.5639.6439.03", "756.5639.6439.03"),
        ("la pièce D2H6M4RT1 était floue", "D2H6M4RT1"),
        ("Carte carburant 7002 5183 0094 6127 355, plein", "7002 5183 0094 6127 355"),
        ("Remorque JU 28 614, poids total 3,5 t", "JU 28 614"),
        ("rendez-vous chaussée de Kerlann 112 bte 4, avec l’architecte", "chaussée de Kerlann 112 bte 4"),
        ("PK 18,5 côté montagne", "PK 18,5 côté montagne"),
        ("27 av. Aristide-Kerlann veut ses courses avant midi", "27 av. Aristide-Kerlann"),
        ("Contrôle fait par L. M., lot 2207", "L. M."),
        ("GOUPIL A. matin ; RTT le lundi", "GOUPIL A."),
        ("le zéro six, 39, 98, 40, 11", "zéro six, 39, 98, 40, 11"),
    ],
)
def test_it_is_told(text: str, secret: str) -> None:
    assert secret in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "La résidente, née en Kabylie, mange mixé et boit de l’eau gélifiée.",
        "ANNEXE A. à relire",
        "validé OK, visa RH",
        "Réf. X4RTBPFW7 au catalogue",
        "commande 2024-031, 12 000 euros",
    ],
)
def test_what_is_no_number_of_somebody_stays(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("way", ["rue ", "villa ", "zone ", "12 grand-rue de ", ""])
def test_a_name_of_nothing_but_hyphens_is_read_once(way: str) -> None:
    """Each hyphen may be a letter of a word or begin the next one: tried all ways, ten such lines took a second."""
    lines = (way + "A-" * 63 + "\n") * 10
    start = time.process_time()
    for form in REFERENCES:
        assert list(form.pattern.finditer(lines)) == [] or way.startswith("12")
    assert time.process_time() - start < 0.25


def test_a_long_name_with_hyphens_is_told_whole() -> None:
    way = "rue Saint-Jean-Baptiste-de-La-Salle-Les-Bains-du-Lac, 12"
    assert any(found.group() == way for form in REFERENCES for found in form.pattern.finditer(f"J’habite {way}"))
