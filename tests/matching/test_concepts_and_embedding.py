import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.matching.concepts import spoken_of
from assistant.matching.embedding import DIMENSIONS, LexicalEmbedder


def similarity(one: str, other: str) -> float:
    vectors = LexicalEmbedder().embed([one, other])
    return float(vectors[0] @ vectors[1])


def test_words_that_speak_of_the_same_thing_meet_in_a_concept() -> None:
    assert "§relance" in spoken_of("je les rappelle").tokens
    assert "§relance" in spoken_of("restés sans nouvelles").tokens
    assert {"durée", "montant"} <= spoken_of("9 h par semaine, soit 1 200 €").measures


def test_an_account_is_told_from_an_intention_and_a_slogan() -> None:
    assert "§preuve" in spoken_of("J'ai compté pendant un mois").discourse
    assert "§intention" in spoken_of("À terme, il faudrait relancer").discourse
    assert "§slogan" in spoken_of("Le client est au cœur de nos valeurs").discourse


def test_a_paraphrase_is_nearer_than_another_subject() -> None:
    clue = "personne ne rappelle les clients qui n'ont pas donné suite"
    near = similarity(clue, "41 devis sont restés sans nouvelles, je n'en ai relancé que 9")
    far = similarity(clue, "Le magasin ouvre à neuf heures et vend des plantes")
    assert near > far


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_every_text_has_a_unit_vector_and_always_the_same(texts: list[str]) -> None:
    vectors = LexicalEmbedder().embed(texts)
    assert vectors.shape == (len(texts), DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert np.array_equal(vectors, LexicalEmbedder().embed(texts))
