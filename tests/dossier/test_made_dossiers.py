"""The made dossiers of the bench, read as a test: what they say is known sentence by sentence."""

import pytest

from benchmarks.structure.measure import SCANNED, SETS, Score, measured

LEAST = {"fourth": 0.97}
"""The fourth set holds what is still read wrong: a subtitle right above a heading nearly as large, a large « at the head of a
paragraph, the last row of a table told by grounds alone."""


@pytest.fixture(scope="module", params=SETS, ids=lambda folder: folder.name)
def scores(request: pytest.FixtureRequest) -> list[Score]:
    files = sorted(request.param.glob("*.pdf"))
    return [measured(file) for file in files if not file.stem.startswith(SCANNED)]


def test_nearly_all_sentences_are_read_exactly(scores: list[Score], request: pytest.FixtureRequest) -> None:
    least = LEAST.get(request.node.callspec.params["scores"].name, 0.98)
    assert len(scores) >= 10
    assert sum(s.exact for s in scores) >= least * sum(s.expected for s in scores)


def test_no_sentence_is_a_mark_and_no_word_is_cut(scores: list[Score]) -> None:
    assert [s.name for s in scores if s.lone or s.cut] == []


def test_sentences_are_read_in_order(scores: list[Score]) -> None:
    assert sum(s.kept for s in scores) >= 0.995 * sum(s.neighbours for s in scores)
