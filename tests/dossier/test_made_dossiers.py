"""The made dossiers of the bench, read as a test: what they say is known sentence by sentence."""

import pytest

from benchmarks.structure.measure import SCANNED, SETS, Score, measured


@pytest.fixture(scope="module", params=SETS, ids=lambda folder: folder.name)
def scores(request: pytest.FixtureRequest) -> list[Score]:
    files = sorted(request.param.glob("*.pdf"))
    return [measured(file) for file in files if not file.stem.startswith(SCANNED)]


def test_nearly_all_sentences_are_read_exactly(scores: list[Score]) -> None:
    assert len(scores) >= 10
    assert sum(s.exact for s in scores) >= 0.98 * sum(s.expected for s in scores)


def test_no_sentence_is_a_mark_and_no_word_is_cut(scores: list[Score]) -> None:
    assert [s.name for s in scores if s.lone or s.cut] == []


def test_sentences_are_read_in_order(scores: list[Score]) -> None:
    assert sum(s.kept for s in scores) >= 0.995 * sum(s.neighbours for s in scores)
