"""Nothing the program or a model writes may amount to a verdict; facts about things and people pass."""

from pathlib import Path

import pytest

from assistant.drafting.neutrality import is_neutral, offences
from assistant.evaluation.gold import load_cases
from assistant.evaluation.observe import blocs_of
from assistant.preread import Order
from assistant.referentiel.catalogue import load
from assistant.service import Desk
from assistant.settings import Settings
from tests.conftest import DOSSIERS

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


@pytest.mark.parametrize("case", load_cases(DOSSIERS), ids=lambda case: case.name)
def test_what_the_program_writes_itself_is_neutral(case, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    referentiel = load(case.gold.referentiel)
    order = Order(case.pdf.read_bytes(), "dossier.pdf", referentiel, blocs_of(case.gold, referentiel))
    result = Desk(settings.model_copy(update={"ocr": "off"})).review(order).preread
    said = [s.text for part in result.criteria for s in (*part.observation, *part.questions)]
    said += [gap.text for part in result.criteria for gap in part.gaps] + [n.text for n in result.dossier.notices]
    assert said
    assert [text for text in said if not is_neutral(text)] == []
