"""A new version of a dossier is compared with the one before: each change is named for what it is."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.dossier.model import Dossier, Sentence
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


def dossier(*texts: str) -> Dossier:
    sentences = tuple(
        Sentence(f"p1s{place}", 1, 0, len(text), text, (), "text", "prose", "body", "")
        for place, text in enumerate(texts, 1)
    )
    return Dossier("dossier.pdf", "0", (), sentences, (), (), ())


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
