"""Kept calls: an identical one is never made twice, and a damaged file is as good as none."""

from pathlib import Path

import pytest

from assistant.errors import CallNotRecorded
from assistant.llm.calls import CallStore, Request, StoredAnswer

REQUEST = Request("m", "draft", "système", "question é", "{}")
ANSWER = StoredAnswer("réponse", 12, 3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of one kept call."""
    CallStore(tmp_path).keep(REQUEST, ANSWER)
    (made,) = tmp_path.iterdir()
    return made


def test_a_kept_call_is_found_with_what_was_asked(tmp_path: Path, file: Path) -> None:
    assert CallStore(tmp_path).find(REQUEST) == ANSWER
    assert CallStore(tmp_path).request(REQUEST.key) == REQUEST


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"\xff\xfe\x00", b"[]", b"{}", b"null", b'{"request": {}, "answer": {}}',
     b'{"request": null, "answer": {"text": 1, "input_tokens": "x", "output_tokens": null}}'],
)  # fmt: skip
def test_a_damaged_call_is_absent_and_is_kept_anew(tmp_path: Path, file: Path, damage: bytes) -> None:
    store = CallStore(tmp_path)
    file.write_bytes(damage)
    assert store.find(REQUEST) is None
    assert store.request(REQUEST.key) is None
    with pytest.raises(CallNotRecorded):
        CallStore(tmp_path, replay_only=True).find(REQUEST)
    store.keep(REQUEST, ANSWER)
    assert store.find(REQUEST) == ANSWER


def test_a_call_cut_at_any_byte_is_absent_or_whole(tmp_path: Path, file: Path) -> None:
    whole = file.read_bytes()
    for end in range(0, len(whole) - 1, 7):
        file.write_bytes(whole[:end])
        assert CallStore(tmp_path).find(REQUEST) is None
