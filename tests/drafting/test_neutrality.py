"""Nothing the program or a model writes may amount to a verdict; facts about things and people pass."""

from pathlib import Path

import pytest

from assistant.drafting.neutrality import is_neutral, offences
from assistant.evaluation.gold import load_cases
from assistant.evaluation.observe import blocs_of
from assistant.evaluation.tone_training import DRAFTED, HARMLESS, TABLES, VERDICTS
from assistant.referentiel.catalogue import load
from assistant.settings import Settings
from tests.conftest import DOSSIERS
from tests.installed import pre_read

UNSEEN = Path(__file__).parent / "tone"
"""Sentences by another hand, kept away from what is learned from."""


def table(name: str, folder: Path = TABLES) -> list[str]:
    return [line for line in folder.joinpath(name).read_text(encoding="utf-8").splitlines() if line]


def unseen(name: str) -> list[str]:
    return table(name, UNSEEN)


NAMED_IN_THE_ISSUE = [
    "Le dossier relève deux points de friction.",
    "Le coût d’acquisition d’un client est de 38 €.",
    "Une note de service fixe les horaires.",
    "Le niveau de délégation est défini par le gérant.",
    "La facture est validée par le client.",
    "Le taux de satisfaction est de 87 %.",
]


def test_the_tables_hold_at_least_150_sentences_of_each_kind() -> None:
    tables = (table(VERDICTS[0]), table(HARMLESS[0]), unseen("unseen_verdicts.txt"), unseen("unseen_harmless.txt"))
    assert [len(set(sentences)) for sentences in tables if len(set(sentences)) < 150] == []


def test_the_unseen_sentences_were_never_learned_from() -> None:
    learned = {line for name in (*VERDICTS, *HARMLESS, DRAFTED) for line in table(name)}
    assert not learned & set(unseen("unseen_verdicts.txt") + unseen("unseen_harmless.txt"))


@pytest.mark.parametrize("sentence", table(VERDICTS[0]))
def test_a_verdict_is_stopped(sentence: str) -> None:
    assert offences(sentence)


@pytest.mark.parametrize("sentence", NAMED_IN_THE_ISSUE)
def test_a_harmless_use_passes(sentence: str) -> None:
    assert is_neutral(sentence), offences(sentence)


def test_harmless_sentences_pass() -> None:
    stopped = [sentence for sentence in table(HARMLESS[0]) if not is_neutral(sentence)]
    assert len(stopped) <= 0.02 * len(table(HARMLESS[0])), stopped


def test_verdicts_by_another_hand_are_stopped() -> None:
    passed = [sentence for sentence in unseen("unseen_verdicts.txt") if is_neutral(sentence)]
    assert len(passed) <= 0.12 * len(unseen("unseen_verdicts.txt")), passed


def test_harmless_sentences_by_another_hand_pass() -> None:
    stopped = [sentence for sentence in unseen("unseen_harmless.txt") if not is_neutral(sentence)]
    assert len(stopped) <= 0.08 * len(unseen("unseen_harmless.txt")), stopped


def test_what_a_model_drafts_when_it_obeys_passes() -> None:
    drafted = table(DRAFTED)
    assert sum(is_neutral(sentence) for sentence in drafted) >= 0.98 * len(drafted)


def test_a_mark_or_a_decision_is_never_excused_by_its_tone() -> None:
    for sentence in ("Le dossier décrit les étapes de la vente : 14/20.", "Le critère est acquis."):
        assert offences(sentence)


def test_the_candidate_s_own_words_in_quotation_marks_are_not_checked() -> None:
    assert is_neutral("Le dossier rapporte : « le client est très satisfait, excellent travail ».")


@pytest.mark.parametrize("case", load_cases(DOSSIERS), ids=lambda case: case.name)
def test_what_the_program_writes_itself_is_neutral(case, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    referentiel = load(case.gold.referentiel)
    without_ocr, blocs = settings.model_copy(update={"ocr": "off"}), blocs_of(case.gold, referentiel)
    result = pre_read(without_ocr, case.pdf.read_bytes(), referentiel=case.gold.referentiel, blocs=blocs).preread
    said = [s.text for part in result.criteria for s in (*part.observation, *part.questions)]
    said += [gap.text for part in result.criteria for gap in part.gaps] + [n.text for n in result.dossier.notices]
    assert said
    assert [text for text in said if not is_neutral(text)] == []
