"""What addresses of mail, domains and names of files tell of who is named in a dossier."""

from collections.abc import Sequence

from assistant.privacy.dossier_mask import mask_of
from assistant.privacy.entities import Entity
from assistant.privacy.spelled import firms_spelled, spelled_in


def nobody(texts: Sequence[str]) -> list[tuple[Entity, ...]]:
    return [() for _ in texts]


def left_of(*sentences: str) -> str:
    mask = mask_of(sentences, {}, recognise=nobody)
    return " ".join(map(mask.hide, sentences))


def test_a_name_that_an_address_of_mail_spells_is_a_name_everywhere() -> None:
    left = left_of("Pugniere souhaitait un blond vénitien.", "Écrire à estelle.pugniere@salon.example.")
    assert "Pugniere" not in left
    assert "blond vénitien" in left


def test_words_of_the_language_in_an_address_tell_nobody() -> None:
    assert "Contact et Facture" in left_of("Contact et Facture sont des menus.", "contact.facture@salon.example")


def test_a_domain_tells_the_firm() -> None:
    spelled = spelled_in(["Écrire à g.l@atelier-korrigan.example"])
    assert list(firms_spelled("Je travaille à Atelier Korrigan depuis 2019.", spelled.firms)) == ["Atelier Korrigan"]


def test_who_is_named_by_a_file_is_hidden_in_it_and_outside() -> None:
    left = left_of("Annexe 3 : entretien-annuel-lopes-carla.docx", "Annexe 4 : photo_rayon_avant.jpg", "Carla compte.")
    assert "carla" not in left.lower()
    assert "lopes" not in left
    assert "photo_rayon_avant.jpg" in left


def test_a_hostile_line_is_read_once() -> None:
    assert spelled_in(["a." * 10_000 + "@", "a" * 20_000 + ".pdf", "x/" * 10_000]).firms == frozenset()
