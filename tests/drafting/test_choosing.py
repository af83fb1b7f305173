"""What is shown unfolded with a model: its choice within limits, or one by rank and place."""

from assistant.drafting.choosing import MOST_SENTENCES, MOST_WORDS, accepted, chosen_by_rank, nothing_to_choose, spread
from tests.drafting.tasks import finding, sentence, task

TWENTY = "mot " * 19 + "fin."
MANY = [sentence(f"p{page}s{n}", f"{page} {n} {TWENTY}", f"Chapitre {page}") for page in (1, 2, 3) for n in range(1, 8)]
IDS = [one.id for one in MANY]
FULL = task(MANY, [finding("X1.r1", "un outil", IDS)])


def words(ids: tuple[str, ...]) -> int:
    return sum(len(FULL.sentences[sid].text.split()) for sid in ids)


def test_a_choice_keeps_its_order_and_its_limits() -> None:
    chosen = accepted(FULL, ["p3s1", "p1s1", "p3s1", *IDS])
    assert chosen[:2] == ("p3s1", "p1s1")
    assert len(chosen) == len(set(chosen)) <= MOST_SENTENCES
    assert words(chosen) <= MOST_WORDS


def test_what_was_not_found_for_the_criterion_cannot_be_chosen() -> None:
    narrow = task(MANY, [finding("X1.r1", "un outil", ["p1s1", "p1s2"])])
    assert accepted(narrow, ["p3s3", "p1s2"]) == ("p1s2",)


def test_where_nothing_of_the_choice_can_stand_the_places_take_turns() -> None:
    chosen = accepted(FULL, ["p9s9"])
    assert chosen == chosen_by_rank(FULL)
    assert {FULL.sentences[sid].page for sid in chosen} == {1, 2, 3}


def test_a_long_chapter_does_not_take_all_the_room() -> None:
    long_first = [*IDS[:7], *IDS[7:]]
    assert [sid[:2] for sid in spread(FULL, long_first, 70)] == ["p1", "p2", "p3"]


def test_one_sentence_longer_than_the_room_is_shown_all_the_same() -> None:
    endless = task({"p1s1": "mot " * 300}, [finding("X1.r1", "un outil", ["p1s1"])])
    assert chosen_by_rank(endless) == ("p1s1",)


def test_few_words_are_not_worth_a_call() -> None:
    assert nothing_to_choose(task({"p1s1": TWENTY}, [finding("X1.r1", "un outil", ["p1s1"])]))
    assert not nothing_to_choose(FULL)
