import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dossier.text.repair import cut_word, parts_of_word, repair, vocabulary


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("la dé\x1cnition du \x1dux", "la définition du flux"),
        ("interpr´et´ees par le m´edecin", "interprétées par le médecin"),
        ("e\u0301tude de\u0301taille\u0301e", "étude détaillée"),
        ("des eﬀets et des ﬁches", "des effets et des fiches"),
        ("\uf0b7 premier point", "• premier point"),
        ("un\x00 mot", "un mot"),
        ("deux  espaces   ici ", "deux espaces ici"),
        ("soft\u00adhyphen", "softhyphen"),
        ("c’est l’été", "c’est l’été"),
    ],
)
def test_what_is_certain_is_mended(broken: str, mended: str) -> None:
    assert repair(broken).text == mended


def test_what_is_not_certain_is_counted_not_guessed() -> None:
    repaired = repair("mot \uf0aa inconnu \ufffd")
    assert repaired.doubtful == 2


@given(st.text(max_size=200))
def test_each_character_kept_knows_where_it_came_from(text: str) -> None:
    repaired = repair(text)
    assert len(repaired.origins) == len(repaired.text)
    assert list(repaired.origins) == sorted(repaired.origins)
    assert all(0 <= origin < len(text) for origin in repaired.origins)
    assert all(c not in repaired.text for c in "\x00\x02\u00ad")


@given(st.text(alphabet="abcdeéèêàçù ',.;:!?0123456789-", max_size=120))
def test_sound_text_is_left_alone(text: str) -> None:
    assert repair(text).text == " ".join(text.split(" ")).strip(" ") or repair(text).text.split() == text.split()


@pytest.mark.parametrize(
    ("before", "after", "joint"),
    [
        ("une entre-", "prise de plomberie", ""),
        ("un rendez-", "vous manqué", "-"),
        ("peut-", "être", "-"),
        ("celui-", "ci", "-"),
        ("la fin.", "ensuite", None),
        ("le tiret -", "ensuite", None),
        ("Paris-", "Lyon", "-"),
        ("Covid-", "19 a retardé", "-"),
        ("DÉVELOP-", "PEMENT DURABLE", ""),
        ("un expert-", "comptable", "-"),
        ("des petits-", "déjeuners", "-"),
        ("la stratégie go-to-", "market", "-"),
        ("depuis au-", "jourd’hui", ""),
        ("vingt mi-", "nutes", ""),
        ("une micro-entre-", "prise", ""),
    ],
)
def test_words_cut_at_a_line_end_are_made_whole(before: str, after: str, joint: str | None) -> None:
    assert cut_word(before, after, lambda word: False) == joint


def test_the_dossier_s_own_words_decide_between_one_word_and_a_compound() -> None:
    known = vocabulary(["le porte-monnaie est là", "une entreprise simple"])
    assert cut_word("un porte-", "monnaie", known.__contains__) == "-"
    assert cut_word("une entre-", "prise", known.__contains__) == ""


def test_a_word_that_a_narrow_cell_breaks_without_a_hyphen_is_told_from_two_words() -> None:
    assert parts_of_word("J’ai écouté les enregistrement", "s, puis")
    assert parts_of_word("la docu", "mentation technique")
    assert not parts_of_word("il y", "a deux")
    assert not parts_of_word("le client", "s’en va")
    assert not parts_of_word("chaque devis", "relance")
