from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dossier.text.sentences import spans


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in spans(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("J'ai compté. Il en manque deux.", ["J'ai compté.", "Il en manque deux."]),
        ("M. Dupont et Mme. Durand sont venus. Bien.", ["M. Dupont et Mme. Durand sont venus.", "Bien."]),
        ("Voir l'art. 6 du RGPD. Ensuite, rien.", ["Voir l'art. 6 du RGPD.", "Ensuite, rien."]),
        ("« Tu viens ? » Elle a ri.", ["« Tu viens ? »", "Elle a ri."]),
        ("3. Les frictions", ["3. Les frictions"]),
        ("Il a dit « oui ! ». Puis non.", ["Il a dit « oui ! ».", "Puis non."]),
        ("Environ 2.5 kg. Merci", ["Environ 2.5 kg.", "Merci"]),
        ("J. Martin signe.", ["J. Martin signe."]),
        ("Alors... il part. Fin.", ["Alors... il part.", "Fin."]),
        (
            "Il dit : « Je passe. Rien ne presse. » Puis il part.",
            ["Il dit : « Je passe. Rien ne presse. »", "Puis il part."],
        ),
        ("Une « marche. On monte. Puis on redescend.", ["Une « marche.", "On monte.", "Puis on redescend."]),
    ],
)
def test_french_sentences_are_cut_where_they_end(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_a_long_quotation_is_cut_like_any_text() -> None:
    long = "Elle écrit : « " + "Je note chaque appel sur le carnet. " * 12 + "»"
    assert len(cut(long)) > 5


@given(st.text(alphabet="aB é.!?;»« 12\n,", max_size=150))
def test_sentences_cover_every_word_once_and_in_order(text: str) -> None:
    found = spans(text)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(a < b for a, b in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))
