"""Personal data is told by how it is written; figures, dates and prices that look alike are left alone."""

import time

import pytest

from assistant.privacy.forms import forms_in
from assistant.privacy.mask import Mask
from assistant.privacy.people import Person


def told(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in sorted(forms_in(text), key=lambda span: span.start)]


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("Écrivez à lea.tanguy@exemple.fr.", "COURRIEL", "lea.tanguy@exemple.fr"),
        ("lea [at] exemple [dot] fr", "COURRIEL", "lea [at] exemple [dot] fr"),
        ("lea.tanguy @ exemple.fr", "COURRIEL", "lea.tanguy @ exemple.fr"),
        ("Appelez le 06 12 34 56 78 le matin", "TÉLÉPHONE", "06 12 34 56 78"),
        ("+33 (0)6.12.34.56.78", "TÉLÉPHONE", "+33 (0)6.12.34.56.78"),
        ("joignable au +32 475 12 34 56", "TÉLÉPHONE", "+32 475 12 34 56"),
        ("FR76 3000 4000 1200 0123 4567 845", "IBAN", "FR76 3000 4000 1200 0123 4567 845"),
        ("RIB 30004 00123 00012345678 45", "IBAN", "30004 00123 00012345678 45"),
        ("n° 1 87 03 29 019 123 45", "NIR", "1 87 03 29 019 123 45"),
        ("SIRET 732 829 320 00074", "SIRET", "732 829 320 00074"),
        ("RCS Brest 812 345 678", "SIRET", "812 345 678"),
        ("TVA FR 40 303 265 045", "TVA", "FR 40 303 265 045"),
        ("la carte 4970 1012 3456 7890", "CARTE", "4970 1012 3456 7890"),
        ("le fourgon AB-123-CD", "IMMATRICULATION", "AB-123-CD"),
        ("née le 3 mars 1990 à Metz", "NAISSANCE", "3 mars 1990"),
        ("Date de naissance : 12/03/87", "NAISSANCE", "12/03/87"),
        ("au 4 bis, impasse du Four à Quimper", "ADRESSE", "4 bis, impasse du Four"),
        ("12 rue des Lilas, 29200 Brest", "ADRESSE", "12 rue des Lilas, 29200 Brest"),
        ("29000 Quimper", "VILLE", "29000 Quimper"),
        ("passeport n° 12AB34567", "IDENTIFIANT", "12AB34567"),
        ("identifiant France Travail : 1234567A", "IDENTIFIANT", "1234567A"),
        ("mon numéro est le n° client 458712 chez eux", "IDENTIFIANT", "458712"),
        ("Instagram : @lea_tgy", "IDENTIFIANT", "@lea_tgy"),
        ("voir linkedin.com/in/lea-t-29", "LIEN", "linkedin.com/in/lea-t-29"),
        ("48.3904, -4.4861", "COORDONNÉES", "48.3904, -4.4861"),
        ("30002/00550/0000157841Z/25", "IBAN", "30002/00550/0000157841Z/25"),
        ("RIB : Banque 14505 Guichet 00002 Compte 04123456789 Clé 12", "IBAN", "04123456789"),
        ("CB 4970.1012.3456.7893", "CARTE", "4970.1012.3456.7893"),
        ("carte 4970 10XX XXXX 3344", "CARTE", "4970 10XX XXXX 3344"),
        ("passeport numero 08ck45621", "IDENTIFIANT", "08ck45621"),
        ("Ma carte d’identité porte le numéro X4RTBPFW4", "IDENTIFIANT", "X4RTBPFW4"),
        ("badge n° 45127", "IDENTIFIANT", "45127"),
        ("la camionnette gb 789 nt", "IMMATRICULATION", "gb 789 nt"),
        ("Snap : lea-crea29", "IDENTIFIANT", "lea-crea29"),
        ("suivez @leatgy sur les réseaux", "IDENTIFIANT", "@leatgy"),
        ("appelez le 06 39 98 1S 07", "TÉLÉPHONE", "06 39 98 1S 07"),
        ("04\u202f65\u202f71\u202f23\u202f90", "TÉLÉPHONE", "04\u202f65\u202f71\u202f23\u202f90"),
        ("35 400 Saint-Malo", "VILLE", "35 400 Saint-Malo"),
        ("97410 ST PIERRE", "VILLE", "97410 ST PIERRE"),
        ("Landivisiau - 29400", "VILLE", "Landivisiau - 29400"),
        ("né en 1991 à Schœlcher", "NAISSANCE", "Schœlcher"),
        ("BP 40217", "ADRESSE", "BP 40217"),
        ("IP 12.10.4.9", "IP", "12.10.4.9"),
        ("nom (chez) orange.fr", "COURRIEL", "nom (chez) orange.fr"),
        ("lea_arobase_exemple.fr", "COURRIEL", "lea_arobase_exemple.fr"),
        ("06.4812.7790", "TÉLÉPHONE", "06.4812.7790"),
        (
            "zéro six quarante-huit douze vingt-deux trente",
            "TÉLÉPHONE",
            "zéro six quarante-huit douze vingt-deux trente",
        ),
        ("fr76 1027 8073 4500 0214 5870 166", "IBAN", "fr76 1027 8073 4500 0214 5870 166"),
        ("née un 3 mai 1987", "NAISSANCE", "3 mai 1987"),
        ("âgée de 83 ans", "NAISSANCE", "83 ans"),
        ("ZA de Kerjean", "ADRESSE", "ZA de Kerjean"),
        ("au 12 de la rue des Lilas", "ADRESSE", "12 de la rue des Lilas"),
        ("Résidence Les Mimosas, appt 214", "ADRESSE", "Résidence Les Mimosas, appt 214"),
        ("12 bis rue du puits", "ADRESSE", "12 bis rue du puits"),
        ("1000 Bruxelles", "VILLE", "1000 Bruxelles"),
        ("mon site www.menuiserie-kerlann.fr", "LIEN", "www.menuiserie-kerlann.fr"),
        ("nkerlann.wixsite.com/portfolio", "LIEN", "nkerlann.wixsite.com/portfolio"),
        ("Point : 48.1173, -1.6778.", "COORDONNÉES", "48.1173, -1.6778"),
        ("mot de passe : Kerl4nn!29", "IDENTIFIANT", "Kerl4nn!29"),
        ("CAR-029-2024-01-02-20190123456", "IDENTIFIANT", "CAR-029-2024-01-02-20190123456"),
        ("Mme P. refuse la toilette", "PERSONNE", "P."),
        ("validé par K. V. le 12", "PERSONNE", "K. V."),
        ("au 14 rue Haute à Givors", "VILLE", "Givors"),
        ("NE LE 21 07 1979 A MAUBEUGE", "NAISSANCE", "21 07 1979"),
        ("date de naissance (JJ/MM/AAAA) : 04/06/1990", "NAISSANCE", "04/06/1990"),
        ("Tél. 06—48—12—77—91", "TÉLÉPHONE", "06—48—12—77—91"),
        ("Siret 812.345.678.00021", "SIRET", "812.345.678.00021"),
        ("RIB 20041010010234567X02287", "IBAN", "20041010010234567X02287"),
        ("76600 LE HAVRE", "VILLE", "76600 LE HAVRE"),
        ("le foyer est au 93200 st denis dans le parc", "VILLE", "93200 st denis"),
    ],
)
def test_each_kind_is_told_as_it_is_written(text: str, kind: str, written: str) -> None:
    assert (kind, written) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "118 400 000 € de travaux",
        "12000 Euros de chiffre d’affaires",
        "3 cours de gestion et 1 place de parking",
        "le 12 mars 2025, de 9 h 30 à 12 h",
        "1 200 heures en 2023, 2024 et 2025",
        "version 3.11.7.2 sur 192.168.1.1",
        "la règle @app.route du code",
        "un lot de 250 EUR 20 fois",
        "de 14 000 à 18 500 visiteurs",
        "critère Cr1.2, article L. 6113-1",
        "EAN 3 760123 456789",
        "le ratio 12,345 sur 67,891",
        "étagère réf. AB-123-CD, masque AA-000-AA",
        "Résultats : 01 02 03 04 05",
        "29000 visiteurs et 12 000 Bretons",
        "permis de construire n° PC02901923",
        "le compte 512000 banque et la clé 10",
        "la facture n° 2024-0456, le devis D2024-0087",
        "Mme X et M. Y sont des prénoms d’emprunt",
        "www.service-public.fr et https://www.legifrance.gouv.fr",
        "les personnes âgées de 60 ans et plus",
        "la zone industrielle de Brest",
        "4 allées larges et 2 quais, 1 chemin critique et un square",
        "j’ai 12 ans d’expérience",
        "La place de marché, le cours de cuisine, la rue piétonne",
        "le 05/06/2024 10 colis",
    ],
)
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "A",
        "@",
        "12 rue a ",
        " 06",
        "a.",
        "FR76 ",
        "a@a.",
        "né à a ",
        "lieu-dit A",
        "http://a",
        "-1.",
        "1-",
        "zéro ",
        "www.a",
        "12 de la rue ",
        "Résidence Les A",
        "M. A",
        "a chez b.",
        "FR76 1",
        "compte 0",
    ],
)
def test_no_pattern_takes_more_than_its_text_is_long(piece: str) -> None:
    """Four times the text takes about four times as long; a quadratic pattern would take sixteen."""

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            list(forms_in(text))
            best = min(best, time.process_time() - start)
        return best

    assert seconds(20_000) < 10 * seconds(5_000) + 0.05


@pytest.mark.parametrize("piece", ["a", "Léa ", "aB1", "06 12 34 56 78 ", "a-", "l'A", "[PERSONNE_1] "])
def test_two_hundred_thousand_letters_are_masked_in_seconds(piece: str) -> None:
    """A quadratic step would take minutes here: a run of letters, a list of numbers or of names is read once."""
    mask = Mask([Person(("Léa", "Tanguy"), "own")], ["Kerlann"])
    text = (piece * 200_000)[:200_000]
    start = time.process_time()
    hidden = mask.hide(text)
    assert time.process_time() - start < 15
    assert mask.show(hidden) == text
