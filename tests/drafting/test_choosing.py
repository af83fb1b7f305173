"""What is shown unfolded with a model: its choice and the ranking together, within limits, nothing said twice."""

from dataclasses import replace

import pytest

from assistant.drafting.choosing import (
    ALONE_WORDS,
    ASKED,
    MEAN_WORDS,
    MOST_SENTENCES,
    MOST_WORDS,
    accepted,
    chosen_by_rank,
    nothing_to_choose,
    put_forward,
    says_the_same,
    shared_out,
    shown_unfolded,
    spread,
)
from assistant.drafting.task import OpposedPair, Task
from tests.drafting.tasks import finding, sentence, task

TWENTY = "mot " * 19 + "fin."
MANY = [sentence(f"p{page}s{n}", f"{page} {n} {TWENTY}", f"Chapitre {page}") for page in (1, 2, 3) for n in range(1, 8)]
IDS = [one.id for one in MANY]
FULL = task(MANY, [finding("X1.r1", "un outil", IDS)])


LIVING = {
    "p4s2": "Le four reste éteint le lundi depuis mai, ce qui a fait tomber la facture de 312 à 240 euros par mois.",
    "p4s3": "Il a fallu décaler la cuisson des pains de garde au mardi, et prévenir les deux cantines par écrit.",
    "p9s1": "Le four reste éteint le lundi depuis mai : la facture est tombée de 312 à 240 euros par mois.",
    "p9s5": "La farine vient de trois moulins que j’ai comparés au prix du quintal et au délai de livraison.",
    "p12s1": "J’ai affiché les quantités du lendemain au-dessus du pétrin, pour que personne ne pétrisse de mémoire.",
}


def words(ids: tuple[str, ...]) -> int:
    return sum(len(FULL.sentences[sid].text.split()) for sid in ids)


def test_a_choice_keeps_its_limits() -> None:
    chosen = accepted(FULL, ["p3s1", "p1s1", "p3s1", *IDS])
    assert len(chosen) == len(set(chosen)) <= MOST_SENTENCES
    assert words(chosen) <= ALONE_WORDS


def test_what_reader_and_ranking_both_put_first_comes_first() -> None:
    chosen = accepted(FULL, ["p3s1", IDS[1]])
    assert chosen[0] == IDS[1]
    assert {"p3s1", IDS[0]} <= set(chosen)


def test_room_that_the_reader_left_is_filled_from_the_first_of_the_ranking_alone() -> None:
    brief = task({f"p{page}s1": f"{page} fois." for page in range(1, 41)}, [finding("X1.r1", "x", [])])
    many = replace(brief, findings=(finding("X1.r1", "x", list(brief.sentences)),))
    assert set(accepted(many, ["p30s1"])) <= {"p30s1", *list(many.sentences)[:ASKED]}


def test_what_was_not_found_for_the_criterion_cannot_be_chosen() -> None:
    narrow = task(MANY, [finding("X1.r1", "un outil", ["p1s1", "p1s2"])])
    assert set(accepted(narrow, ["p3s3", "p1s2"])) == {"p1s2", "p1s1"}


def test_where_nothing_of_the_choice_can_stand_the_ranking_chooses() -> None:
    chosen = accepted(FULL, ["p9s9"])
    assert chosen == chosen_by_rank(FULL)
    assert chosen[0] == IDS[0]


def test_of_two_sentences_that_say_the_same_one_is_shown() -> None:
    one = task(LIVING, [finding("X1.r1", "une économie", list(LIVING))])
    assert says_the_same(LIVING["p4s2"], LIVING["p9s1"])
    assert len({"p4s2", "p9s1"} & set(accepted(one, ["p9s1", "p4s2"]))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("La saisie des bons prend 9 h par semaine.", "La saisie des bons prend 12 h par semaine."),
        ("En janvier, 14 lapins sur le carnet.", "En février, 14 lapins sur le carnet rouge."),
        ("Relance du devis.", "Relance du devis par courriel."),
    ],
)
def test_other_figures_other_months_or_few_words_are_another_thing(one: str, other: str) -> None:
    assert not says_the_same(one, other)


def test_a_sentence_that_leans_on_the_one_before_is_shown_after_it() -> None:
    one = task(LIVING, [finding("X1.r1", "une économie", ["p9s5", "p4s3", "p4s2"])], evidence=["p4s3", "p9s5", "p4s2"])
    chosen = accepted(one, ["p4s3", "p9s5"])
    assert chosen.index("p4s2") + 1 == chosen.index("p4s3")


def test_a_fact_told_in_neighbouring_sentences_counts_once() -> None:
    run = {f"p1s{n}": f"Étape {n} : bac numéro {n * 7}." for n in range(1, 10)}
    one = task(run, [finding("X1.r1", "les étapes", list(run))])
    assert len(accepted(one, list(run))) == len(run) > MOST_SENTENCES


def test_what_the_reader_named_as_one_piece_is_shown_whole_or_left() -> None:
    texts = {sid: f"{text} Détail {n}." for n, (sid, text) in enumerate(LIVING.items())}
    ranking = ["p4s2", "p9s5", "p12s1", "p4s3"]
    one = task(texts, [finding("X1.r1", "une économie", list(texts))], evidence=ranking)
    chosen = accepted(one, ["p4s3", "p4s2", "p9s5"])
    assert chosen.index("p4s3") == chosen.index("p4s2") + 1, "the ranking would have parted them"
    for room in range(10, 150, 10):
        kept = {*accepted(one, ["p12s1", "p4s2", "p4s3"], room)} & {"p4s2", "p4s3"}
        assert len(kept) != 1 or len(accepted(one, ["p12s1", "p4s2", "p4s3"], room)) == 1, room


def test_what_gives_way_to_statements_is_a_whole_piece() -> None:
    chosen = ("p1s1", "p2s1", "p2s2", "p3s1", "p3s2", "p3s3")
    shown = shown_unfolded(FULL, chosen, [["p1s1"], ["p1s5"]])
    assert shown == ("p1s1", "p2s1", "p2s2", "p1s5")


def test_of_what_the_chooser_says_contradicts_itself_both_sides_are_shown_where_a_statement_cites_both() -> None:
    pair = OpposedPair("p1s1", "p3s1")
    assert shown_unfolded(FULL, ["p1s1"], [["p1s1", "p3s1"]], [pair]) == ("p1s1", "p3s1")
    assert shown_unfolded(FULL, ["p1s1"], [["p1s1", "p3s1"]]) == ("p1s1",)


def test_a_criterion_that_is_only_mentioned_is_put_to_the_reader_whose_empty_answer_stands() -> None:
    only = task(LIVING, [finding("X1.r1", "un bilan", mentions=["p9s5"])])
    assert not nothing_to_choose(only)
    assert accepted(only, ["p9s5"]) == ("p9s5",)
    assert accepted(only, []) == ()
    admitted = task(LIVING, [finding("X1.r1", "un bilan", admits=list(LIVING))])
    assert not nothing_to_choose(admitted)
    assert nothing_to_choose(task(LIVING, [finding("X1.r1", "un bilan")]))


def test_each_statement_keeps_a_sentence_it_rests_on_and_the_rest_gives_way() -> None:
    chosen = tuple(IDS[:7])
    shown = shown_unfolded(FULL, chosen, [["p3s1", "p3s2"], ["p1s1", "p2s7"], ["p9s9"]])
    assert {"p3s1", "p1s1"} <= set(shown)
    assert not {"p3s2", "p2s7"} & set(shown)
    assert words(shown) <= words(chosen)
    assert shown[0] == "p1s1"
    assert IDS[6] not in shown


def test_of_a_contradiction_both_sides_are_shown() -> None:
    torn = replace(FULL, findings=(replace(FULL.findings[0], against=("p1s1", "p3s1")),))
    assert shown_unfolded(torn, ["p1s1", "p1s2"], [["p1s1", "p3s1", "p2s2"]]) == ("p1s1", "p1s2", "p3s1")


def test_a_long_chapter_does_not_take_all_the_room() -> None:
    long_first = [*IDS[:7], *IDS[7:]]
    assert [sid[:2] for sid in spread(FULL, long_first, 70)] == ["p1", "p2", "p3"]


def test_one_sentence_longer_than_the_room_is_shown_all_the_same() -> None:
    endless = task({"p1s1": "mot " * 300}, [finding("X1.r1", "un outil", ["p1s1"])])
    assert chosen_by_rank(endless) == ("p1s1",)


def test_few_words_are_not_worth_a_call() -> None:
    assert nothing_to_choose(task({"p1s1": TWENTY}, [finding("X1.r1", "un outil", ["p1s1"])]))
    assert not nothing_to_choose(FULL)


def test_a_criterion_of_which_little_was_found_leaves_its_words_to_the_others_of_its_competence() -> None:
    def other(name: str, found: list[str]) -> Task:
        one = task(MANY, [finding(f"{name}.r1", "un outil", found)])
        return replace(one, criterion=one.criterion.model_copy(update={"id": name}))

    rich, poor = other("X1", IDS), other("X2", IDS[:2])
    together = shared_out([(one, put_forward(one, [])) for one in (rich, poor)])
    alone = shared_out([(rich, put_forward(rich, []))])
    assert words(alone["X1"]) <= MEAN_WORDS < words(together["X1"]) <= MOST_WORDS
    assert words(together["X1"]) + words(together["X2"]) <= 2 * MEAN_WORDS


def test_of_two_sentences_put_as_far_forward_the_shorter_one_comes_first() -> None:
    texts = {"p1s1": f"Le four {'chaud ' * 40}.", "p3s1": "Le pain lève.", "p5s1": "Le four tient 180 degrés."}
    one = task(texts, [finding("X1.r1", "un four", ["p1s1", "p5s1"])])
    assert put_forward(one, ["p1s1", "p5s1"]) == ("p5s1", "p1s1")
