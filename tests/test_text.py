from hypothesis import given
from hypothesis import strategies as st

from assistant.text import fold, stems, words


def test_accents_quotes_and_spaces_do_not_count() -> None:
    assert fold("L’Évaluation  «\u00a0cœur\u202f» – fin…") == 'l\'evaluation " coeur " - fin...'


def test_the_same_word_has_one_stem_with_or_without_accents() -> None:
    assert stems("évaluation") == stems("EVALUATION") == stems("evaluations")


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(word.isascii() for word in words(text))
