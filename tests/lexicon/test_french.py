"""The lists say what a word is; inflected forms count, names do not."""

from assistant.lexicon.french import family_names, first_names, is_french_word, proper_nouns


def test_inflected_forms_are_words_and_names_are_not() -> None:
    assert all(
        map(is_french_word, ["chronométrées", "devis", "Boulangère", "PETITS-DÉJEUNERS", "aujourd'hui", "relançait"])
    )
    assert not any(map(is_french_word, ["Kerdonval", "léa", "chrono-métré", "dcvis"]))


def test_names_and_places_are_told_apart_by_their_lists() -> None:
    assert {"léa", "didier", "fatoumata"} <= first_names()
    assert "martin" in family_names()
    assert "paris" in proper_nouns()
