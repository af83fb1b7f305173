"""Drafts of a language model, replayed: the path from prompts to citations holds. No measure of quality: see the README."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.components import components_of, drafter_of
from assistant.drafting.neutrality import is_neutral
from assistant.evaluation.gold import Case, load_cases
from assistant.evaluation.recording import replayed
from assistant.evaluation.report import overall
from assistant.evaluation.run import OURS, Evaluated, MemorySteps, evaluate_case
from assistant.llm.calls import CallStore
from assistant.matching.chroma import VectorStore
from assistant.progress import silent
from assistant.settings import Settings
from tests.conftest import DOSSIERS

RECORDINGS = Path(__file__).parent.parent / "recordings"
NAMES = sorted(folder.name for folder in RECORDINGS.iterdir() if folder.is_dir())


pytestmark = pytest.mark.xdist_group("recordings")


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evaluated]:
    """The replay of each recording, made once."""
    made = {}
    for name in NAMES:
        data = tmp_path_factory.mktemp(name)
        settings, calls = replayed(RECORDINGS / name, Settings(data_dir=data))
        (case,) = (case for case in load_cases(DOSSIERS) if case.name == name)
        made[name] = _replay(case, settings, calls)
    return made


def _replay(case: Case, settings: Settings, calls: CallStore) -> Evaluated:
    store = VectorStore(settings.data_dir / "chroma")
    tools = replace(components_of(settings), vectors=lambda: store, drafter=drafter_of(settings, calls))
    return evaluate_case(case, tools, MemorySteps(), store, silent)


@pytest.fixture(params=NAMES)
def evaluated(request: pytest.FixtureRequest, every: dict[str, Evaluated]) -> Evaluated:
    return every[request.param]


def test_the_replay_is_whole(evaluated: Evaluated) -> None:
    assert evaluated.preread.status == "complete"
    assert evaluated.preread.provenance.drafter == "mailbox"
    assert evaluated.preread.provenance.support_check


def test_what_a_reader_would_cite_stands_in_the_first_250_words(every: dict[str, Evaluated]) -> None:
    total = overall([line for one in every.values() for line in one.lines], OURS).total
    assert total.found_250 >= 0.85 * total.labelled
    assert total.misleading <= 0.03 * total.shown
    assert total.states_agreed >= 0.9 * total.states
    assert total.false_absences == 0


def test_every_statement_is_cited_neutral_and_short(evaluated: Evaluated) -> None:
    known = {e.id for part in evaluated.preread.criteria for e in part.evidence}
    for part in evaluated.preread.criteria:
        assert sum(len(s.text.split()) for s in part.observation) <= 90
        assert len(part.questions) <= 3
        for statement in (*part.observation, *part.questions):
            assert is_neutral(statement.text)
            assert set(statement.citations) <= known
        assert all(statement.citations for statement in part.observation)


def test_citations_support_what_is_said(evaluated: Evaluated) -> None:
    said = [s.support for part in evaluated.preread.criteria for s in part.observation]
    assert said.count("no") + said.count("unchecked") == 0
