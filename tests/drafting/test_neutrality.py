"""Nothing the program or a model writes may amount to a verdict; facts about things and people pass."""

from pathlib import Path

import pytest

from assistant.drafting.neutrality import is_neutral, offences

HERE = Path(__file__).parent
VERDICTS = HERE.joinpath("verdicts.txt").read_text(encoding="utf-8").splitlines()
HARMLESS = HERE.joinpath("harmless.txt").read_text(encoding="utf-8").splitlines()


def test_the_tables_hold_at_least_150_sentences_of_each_kind() -> None:
    assert len(set(VERDICTS)) >= 150
    assert len(set(HARMLESS)) >= 150


@pytest.mark.parametrize("sentence", VERDICTS)
def test_a_verdict_is_stopped(sentence: str) -> None:
    assert offences(sentence)


@pytest.mark.parametrize("sentence", HARMLESS)
def test_a_harmless_sentence_passes(sentence: str) -> None:
    assert is_neutral(sentence), offences(sentence)


def test_the_candidate_s_own_words_in_quotation_marks_are_not_checked() -> None:
    assert is_neutral("Le dossier rapporte : « le client est très satisfait, excellent travail ».")
