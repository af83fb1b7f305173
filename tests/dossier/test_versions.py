"""A new version of a dossier is compared with the one before: each change is named for what it is."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dossier.model import Dossier, Sentence, SentenceKind
from assistant.dossier.version_copies import MOST_PAIRS, equal_pairs
from assistant.dossier.versions import VersionComparison, compared_versions

TEXT = (
    "Je travaille chez un plombier depuis 2019.",
    "Le téléphone sonne quarante fois par jour en hiver.",
    "Sur 87 devis partis, 41 sont restés sans réponse.",
    "La recopie d’une feuille de chantier prend 17 minutes.",
    "Nous avons choisi un formulaire relié à une base de données.",
    "Chaque fiche porte la date, le client et le montant.",
    "Le gérant relit les messages avant leur envoi.",
    "Au bout de deux mois, les relances partent toutes seules.",
)


def sentence(text: str, kind: SentenceKind = "prose", place: int = 0) -> Sentence:
    return Sentence(f"p1s{place}", 1, 0, len(text), text, (), "text", kind, "body", "")


def sentences(*texts: str) -> tuple[Sentence, ...]:
    return tuple(sentence(text, place=place) for place, text in enumerate(texts, 1))


def made(parts: tuple[Sentence, ...]) -> Dossier:
    return Dossier("dossier.pdf", "0", (), parts, (), (), ())


def dossier(*texts: str) -> Dossier:
    return made(sentences(*texts))


def compared(before: tuple[str, ...], after: tuple[str, ...]) -> VersionComparison:
    return compared_versions(dossier(*before), dossier(*after))


def kinds(comparison: VersionComparison) -> list[str]:
    return [change.kind for change in comparison.changes]


def test_a_sentence_added_is_added_and_the_others_did_not_change() -> None:
    after = (*TEXT[:4], "Deux clients sur trois préfèrent un message écrit.", *TEXT[4:])
    comparison = compared(TEXT, after)
    assert kinds(comparison) == ["added"]
    assert comparison.unchanged == len(TEXT)


def test_a_sentence_taken_out_is_removed_where_it_stood() -> None:
    comparison = compared(TEXT, (*TEXT[:2], *TEXT[3:]))
    assert [(c.kind, c.before.text if c.before else "") for c in comparison.changes] == [("removed", TEXT[2])]


def test_another_figure_in_the_same_words_is_a_figure_changed() -> None:
    after = tuple(text.replace("41", "47").replace("quarante fois", "soixante fois") for text in TEXT)
    assert kinds(compared(TEXT, after)) == ["figure_changed", "figure_changed"]


def test_a_lone_figure_in_its_place_is_the_same_cell_with_another_figure() -> None:
    assert kinds(compared((*TEXT[:3], "12", *TEXT[3:]), (*TEXT[:3], "15", *TEXT[3:]))) == ["figure_changed"]


def test_other_words_for_the_same_thing_are_reworded() -> None:
    new = "Recopier une feuille de chantier nous prend en moyenne 17 minutes, chronométrées."
    assert kinds(compared(TEXT, (*TEXT[:3], new, *TEXT[4:]))) == ["reworded"]


def test_what_moved_is_neither_removed_nor_added() -> None:
    comparison = compared(TEXT, (*TEXT[2:4], *TEXT[:2], *TEXT[4:]))
    assert kinds(comparison) == ["moved", "moved"]
    assert comparison.unchanged == len(TEXT) - 2


@given(st.data())
def test_a_block_moved_by_hand_is_what_moved_and_nothing_else_did(data: st.DataObject) -> None:
    """Sentences that stand elsewhere as well, too. Where a block passes a shorter one, it is the shorter that moved."""
    words = ("Constat", "Résultat obtenu", *TEXT)
    texts = data.draw(st.lists(st.sampled_from(words), min_size=2, max_size=14))
    first = data.draw(st.integers(0, len(texts) - 1))
    last = data.draw(st.integers(first + 1, len(texts)))
    block, rest = texts[first:last], [*texts[:first], *texts[last:]]
    to = data.draw(st.integers(0, len(rest)))
    comparison = compared(tuple(texts), (*rest[:to], *block, *rest[to:]))
    assert set(kinds(comparison)) <= {"moved"}
    assert len(comparison.changes) <= min(len(block), abs(to - first))


@given(st.lists(st.sampled_from(TEXT[:4]), max_size=9), st.lists(st.sampled_from(TEXT[:4]), max_size=9))
def test_as_many_sentences_stand_still_as_can(before: list[str], after: list[str]) -> None:
    """The longest common subsequence, counted here in the plain way."""
    longest = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for a, b in product(range(len(before)), range(len(after))):
        same = longest[a][b] + (before[a] == after[b])
        longest[a + 1][b + 1] = max(same, longest[a][b + 1], longest[a + 1][b])
    comparison = compared(tuple(before), tuple(after))
    assert comparison.unchanged == longest[-1][-1]
    in_both = sum((Counter(before) & Counter(after)).values())
    assert kinds(comparison).count("moved") == in_both - comparison.unchanged


@pytest.mark.parametrize("rows", [200, 1_000])
def test_of_a_thousand_equal_rows_those_about_the_same_place_are_held_against_each_other(rows: int) -> None:
    """Not all with all: that is a million pairs. What did not change keeps its own."""
    before = ["Oui"] * rows
    near = equal_pairs(before, before)
    assert {(a, a) for a in range(rows)} <= set(near)
    assert near == sorted(near)
    assert len(near) <= 2 * MOST_PAIRS


def test_a_long_table_of_equal_rows_is_compared_as_a_short_one() -> None:
    texts = [text for place in range(90) for text in (f"Point {place}", "Oui", "Oui")]
    after = [*texts[:30], *texts[60:150], "Une phrase de plus.", "Oui", *texts[150:]]
    comparison = compared(tuple(texts), tuple(after))
    assert Counter(kinds(comparison)) == {"removed": 29, "added": 1, "moved": 1}
    assert compared(tuple(texts), tuple(texts)).changes == ()


def test_case_and_typography_are_no_change() -> None:
    after = tuple(text.replace("’", "'").replace("é", "é") for text in TEXT)
    assert compared(TEXT, after).changes == ()


def test_a_repeated_sentence_that_loses_one_copy_lost_the_right_one() -> None:
    repeated = "Résultat attendu : un message."
    before = (TEXT[0], repeated, TEXT[1], TEXT[2], repeated, TEXT[3])
    comparison = compared(before, (TEXT[0], TEXT[1], TEXT[2], repeated, TEXT[3]))
    assert [(c.kind, c.before.id if c.before else "") for c in comparison.changes] == [("removed", "p1s2")]


@given(st.lists(st.sampled_from(TEXT), max_size=12), st.lists(st.sampled_from(TEXT), max_size=12))
def test_every_sentence_of_both_versions_is_told_once(before: list[str], after: list[str]) -> None:
    comparison = compared(tuple(before), tuple(after))
    assert comparison.unchanged + sum(c.before is not None for c in comparison.changes) == len(before)
    assert comparison.unchanged + sum(c.after is not None for c in comparison.changes) == len(after)


@given(st.lists(st.sampled_from(TEXT), max_size=12))
def test_a_version_compared_with_itself_did_not_change(texts: list[str]) -> None:
    assert compared(tuple(texts), tuple(texts)).changes == ()


def test_sentences_joined_or_parted_by_the_page_alone_did_not_change() -> None:
    """A title run into the next line, a list's opening joined to its first item, a figure that ends a paragraph."""
    before = (
        "Le carnet de bord du magasin",
        "Dossier présenté par Léa.",
        "J’en retiens trois :",
        *TEXT[:2],
        "1 870 €.",
    )
    after = (
        "Le carnet de bord du magasin Dossier présenté par Léa.",
        f"J’en retiens trois : {TEXT[0]}",
        f"{TEXT[1]} 1 870 €.",
    )
    assert compared(before, after).changes == ()
    assert compared(after, before).changes == ()


def test_two_sentences_made_into_one_by_the_candidate_are_reworded() -> None:
    after = (f"{TEXT[0].rstrip('.')} ; {TEXT[1][0].lower()}{TEXT[1][1:]}", *TEXT[2:])
    assert "reworded" in kinds(compared(TEXT, after))


def test_the_number_of_a_heading_stays_with_it() -> None:
    before = ("3. Le chemin d’un client", *TEXT)
    comparison = compared(before, ("3. Le parcours d’un client", *TEXT))
    assert [(c.kind, c.before.text if c.before else "") for c in comparison.changes] == [("reworded", before[0])]


def test_a_heading_in_its_place_with_another_name_is_reworded() -> None:
    before = (sentence("Le magasin", "heading"), *sentences(*TEXT))
    after = (sentence("Notre boutique", "heading"), *sentences(*TEXT))
    assert kinds(compared_versions(made(before), made(after))) == ["reworded"]


def test_contents_set_as_a_list_are_left_out() -> None:
    before = (sentence("3. Le chemin d’un client", "heading"), *sentences(*TEXT))
    comparison = compared_versions(made(before), made((sentence("• Le chemin d’un client", "bullet"), *before)))
    assert comparison.changes == ()


def test_a_row_read_in_another_order_is_the_same_row() -> None:
    before = (sentence("Image | 37 avis, ancien téléphone | Site illisible sur", "row"), *sentences(*TEXT))
    after = (sentence("Image | 37 avis, ancien | Site illisible sur téléphone", "row"), *sentences(*TEXT))
    assert compared_versions(made(before), made(after)).changes == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Les relances partent depuis le 6 janvier.", "Les relances partent depuis le 6 avril."),
        ("La démonstration a lieu en mars au dépôt.", "La démonstration a lieu en juin au dépôt."),
        ("Nous avons reçu un bidon par palette.", "Nous avons reçu deux bidons par palette."),
        ("Léa lit soixante et un courriels par semaine.", "Léa lit quarante courriels par semaine."),
        ("Le camping doit 4 860 € depuis la mi-août.", "Le camping doit 4 680 euros depuis la mi-août."),
        ("À J+5, elle appelle le client.", "À J+9, elle appelle le client."),
    ],
)
def test_figures_in_digits_in_letters_and_in_dates_are_figures(before: str, after: str) -> None:
    assert kinds(compared((*TEXT, before), (*TEXT, after))) == ["figure_changed"]


def test_a_mistake_put_right_is_reworded() -> None:
    before = ("La procedure est la même pour tous.", "Le prdouit.", *TEXT)
    assert kinds(compared(before, ("La procédure est la même pour tous.", "Le produit.", *TEXT))) == ["reworded"] * 2


def test_sentences_of_one_mould_about_different_things_are_not_one_sentence() -> None:
    mould = "Le {} est contrôlé chaque lundi par la personne de service, qui signe le registre."
    stays = mould.format("quai")
    before = (mould.format("stock"), *TEXT, stays)
    after = (*TEXT, "Une affiche le rappelle.", stays, "Tout est écrit.", mould.format("camion"))
    assert sorted(kinds(compared(before, after))) == ["added", "added", "added", "removed"]


def test_the_rewritten_sentence_is_preferred_to_another_of_the_same_turn() -> None:
    old = "Une chape anhydrite est une chape liquide à base de sulfate de calcium, qui craint l’humidité."
    new = "La chape anhydrite, coulée liquide et faite de sulfate de calcium, ne supporte pas l’eau."
    other = "Une chape ciment est une chape épaisse à base de mortier, qui craint le gel."
    changes = compared((*TEXT, old), (*TEXT, new, other)).changes
    assert [(c.kind, c.after.text if c.after else "") for c in changes] == [("reworded", new), ("added", other)]
