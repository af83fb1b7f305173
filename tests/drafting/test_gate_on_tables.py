"""Tables of verdicts and facts by several hands: the shares that pass, or are withheld, may only go down."""

import time
from pathlib import Path

import pytest

from assistant.drafting.neutrality import faults, is_neutral
from assistant.drafting.tone import FILE
from assistant.evaluation.tone_training import CITED, DRAFTED, HARMLESS, TABLES, VERDICTS
from assistant.evaluation.tone_training import cited_table as learned_beside
from benchmarks.neutrality import (
    Cited,
    cited_table,
    fifth_table,
    kept_table,
    quoted,
    through,
    through_cited,
    through_quoted,
    withheld,
    withheld_cited,
)
from benchmarks.neutrality import table as half

UNSEEN = Path(__file__).parent / "tone"
"""Sentences by other hands, kept away from what is learned from."""


def table(name: str, folder: Path = TABLES) -> list[str]:
    return [line for line in folder.joinpath(name).read_text(encoding="utf-8").splitlines() if line]


def unseen(name: str) -> list[str]:
    return table(name, UNSEEN)


HELD_BACK = {"verdicts": 0.08, "diluted": 0.08, "harmless": 0.11}
"""Shares let through (or withheld) that a change of the gate may not exceed; `make bench` prints the figures."""


def test_the_tables_hold_at_least_150_sentences_of_each_kind() -> None:
    tables = (table(VERDICTS[0]), table(HARMLESS[0]), unseen("unseen_verdicts.txt"), unseen("unseen_harmless.txt"))
    assert [len(set(sentences)) for sentences in tables if len(set(sentences)) < 150] == []


def test_the_sentences_by_other_hands_were_never_learned_from() -> None:
    learned = {line for name in (*VERDICTS, *HARMLESS, DRAFTED) for line in table(name)}
    learned |= {one.text for name in CITED for one in learned_beside(name)}
    others = {line for file in UNSEEN.glob("*.txt") for line in unseen(file.name)}
    others |= {one.sentence for kind in ("verdicts", "diluted", "litotes", "harmless") for one in both_halves(kind)}
    kept = [kept_table(which, name) for which in ("third", "fourth") for name in ("verdicts", "harmless")]
    others |= {one.sentence for table in kept for one in table}
    same = {line.replace("'", "’") for line in learned} & {line.replace("'", "’") for line in others}
    assert not same


def both_halves(kind: str) -> list[Cited]:
    return [*cited_table(kind, held_back=False), *cited_table(kind, held_back=True)]


def test_what_was_learned_is_small_and_says_its_version() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# version ")
    assert len(lines) < 3000


def test_verdicts_are_stopped() -> None:
    passed = [sentence for sentence in table(VERDICTS[0]) if is_neutral(sentence)]
    assert len(passed) <= 0.02 * len(table(VERDICTS[0])), passed


def test_harmless_sentences_pass() -> None:
    stopped = [sentence for sentence in table(HARMLESS[0]) if faults(sentence, quoted(sentence))]
    assert len(stopped) <= 0.03 * len(table(HARMLESS[0])), stopped


def test_what_a_model_drafts_when_it_obeys_passes() -> None:
    stopped = [sentence for sentence in table(DRAFTED) if faults(sentence, quoted(sentence))]
    assert len(stopped) <= 0.04 * len(table(DRAFTED)), stopped


def test_verdicts_by_another_hand_are_stopped_alone_diluted_and_quoted() -> None:
    assert through(half("verdicts", held_back=True)) <= HELD_BACK["verdicts"]
    assert through(half("diluted", held_back=True)) <= HELD_BACK["diluted"]
    assert through_quoted(half("verdicts", held_back=True)) == 0


def test_harmless_sentences_by_another_hand_pass() -> None:
    assert withheld(half("harmless", held_back=True)) <= HELD_BACK["harmless"]


HELD_BACK_CITED = {"verdicts": 0.0, "diluted": 0.04, "litotes": 0.14, "harmless": 0.047}
"""The same for statements beside the sentences they cite, as they always come from a model."""


@pytest.mark.parametrize("kind", ["verdicts", "diluted", "litotes"])
def test_verdicts_beside_what_they_cite_are_stopped(kind: str) -> None:
    assert through_cited(cited_table(kind, held_back=True)) <= HELD_BACK_CITED[kind]


def test_harmless_statements_beside_what_they_cite_pass() -> None:
    assert withheld_cited(cited_table("harmless", held_back=True)) <= HELD_BACK_CITED["harmless"]


THIRD = {"verdicts": 0.095, "harmless": 0.023}
"""The same for the kept half of tables of thirteen kinds of verdicts by a third hand."""


FOURTH = {"verdicts": 0.034, "harmless": 0.02}
"""The same for ten kinds by a fourth hand: marks in words, understatement, level words, predictions, irony…"""


def test_ten_kinds_of_verdicts_by_a_fourth_hand_are_stopped_and_facts_pass() -> None:
    assert through_cited(kept_table("fourth", "verdicts")) <= FOURTH["verdicts"]
    assert withheld_cited(kept_table("fourth", "harmless")) <= FOURTH["harmless"]


def test_thirteen_kinds_of_verdicts_by_a_third_hand_are_stopped_and_facts_pass() -> None:
    assert through_cited(kept_table("third", "verdicts")) <= THIRD["verdicts"]
    assert withheld_cited(kept_table("third", "harmless")) <= THIRD["harmless"]


FIFTH = {"verdicts": 0.093, "harmless": 0.161}
"""The same for sentences by a fifth hand that cite nothing."""


def test_verdicts_by_a_fifth_hand_are_stopped_and_facts_pass() -> None:
    shares = through(fifth_table("verdicts", held_back=True)), withheld(fifth_table("harmless", held_back=True))
    assert shares <= (FIFTH["verdicts"], 1.0), "shares alone: a kept half is not shown"
    assert shares[1] <= FIFTH["harmless"]


def test_a_sentence_told_word_for_word_is_the_dossier_s() -> None:
    said = [*half("harmless", held_back=False), *unseen("unseen_harmless.txt"), *table(HARMLESS[0])]
    assert [one for one in said if faults(one, [one, *quoted(one)])] == []


def test_a_statement_is_weighed_in_two_milliseconds() -> None:
    sentences = table(DRAFTED)
    faults(sentences[0])
    start = time.process_time()
    for sentence in sentences:
        faults(sentence)
    assert (time.process_time() - start) / len(sentences) < 0.004, "twice the aim, for a busy machine"
