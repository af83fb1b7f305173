"""What people write is kept for ever, version by version, and nobody reads or overwrites another's."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from assistant.errors import AccessDenied, EditConflict, StoreError
from assistant.review.ledger import LONGEST, Ledger
from assistant.store.engine import open_database, writing


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(open_database(f"sqlite:///{tmp_path / 'n.db'}"))


def test_every_version_is_kept(ledger: Ledger) -> None:
    first = ledger.write("dossier", "anne", "Cr1.1/note", "un", 0)
    ledger.write("dossier", "anne", "Cr1.1/note", "un deux", first.version)
    assert ledger.read("dossier", "anne", "Cr1.1/note").value == "un deux"
    assert [entry.value for entry in ledger.history("dossier", "anne", "Cr1.1/note")] == ["un deux", "un"]


def test_an_old_version_is_restored_as_a_new_one(ledger: Ledger) -> None:
    for number, text in enumerate(("un", "deux")):
        ledger.write("dossier", "anne", "Cr1.1/note", text, number)
    old = ledger.history("dossier", "anne", "Cr1.1/note")[-1]
    restored = ledger.write("dossier", "anne", "Cr1.1/note", old.value, 2)
    assert (restored.value, restored.version) == ("un", 3)


def test_two_windows_cannot_overwrite_each_other(ledger: Ledger) -> None:
    ledger.write("dossier", "anne", "Cr1.1/note", "ici", 0)
    with pytest.raises(EditConflict):
        ledger.write("dossier", "anne", "Cr1.1/note", "ailleurs", 0)
    assert ledger.read("dossier", "anne", "Cr1.1/note").value == "ici"


def test_the_same_value_again_adds_no_version(ledger: Ledger) -> None:
    ledger.write("dossier", "anne", "Cr1.1/note", "un", 0)
    assert ledger.write("dossier", "anne", "Cr1.1/note", "un", 0).version == 1


def test_an_empty_text_is_a_version_like_others(ledger: Ledger) -> None:
    ledger.write("dossier", "anne", "Cr1.1/note", "un", 0)
    assert ledger.write("dossier", "anne", "Cr1.1/note", "", 1).version == 2


def test_a_text_beyond_all_measure_is_refused_whole(ledger: Ledger) -> None:
    with pytest.raises(StoreError):
        ledger.write("dossier", "anne", "Cr1.1/note", "x" * (LONGEST + 1), 0)
    assert ledger.read("dossier", "anne", "Cr1.1/note").version == 0


@pytest.mark.parametrize("text", ["\ud83d", "é \udc00 \x00", "😀"])
def test_even_half_a_character_is_kept(ledger: Ledger, text: str) -> None:
    ledger.write("dossier", "anne", "Cr1.1/note", text, 0)
    assert ledger.read("dossier", "anne", "Cr1.1/note").value == text


@pytest.mark.parametrize("value", ["deux", "un"])
def test_nothing_is_written_once_the_named_topic_is_set_not_even_the_same_again(ledger: Ledger, value: str) -> None:
    ledger.write("dossier", "anne", "Cr1.1/note", "un", 0, unless="lock")
    ledger.put("dossier", "anne", "lock", True)
    with pytest.raises(AccessDenied):
        ledger.write("dossier", "anne", "Cr1.1/note", value, 1, unless="lock")
    with pytest.raises(AccessDenied):
        ledger.put("dossier", "anne", "Cr1.1/note", value, unless="lock")
    assert [entry.value for entry in ledger.history("dossier", "anne", "Cr1.1/note")] == ["un"]


def test_a_lock_closes_its_own_space_and_author_only(ledger: Ledger) -> None:
    ledger.put("dossier", "anne", "lock", True)
    ledger.put("dossier", "chloé", "lock", False)
    for space, author in (("dossier", "bruno"), ("autre", "anne"), ("dossier", "chloé")):
        assert ledger.write(space, author, "Cr1.1/note", "un", 0, unless="lock").version == 1
        assert ledger.put(space, author, "Cr1.1/note", "deux", unless="lock").version == 2


def test_the_lock_is_looked_up_in_the_transaction_that_writes(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that lands as soon as one transaction is over comes after the text, or the text is refused."""
    locks: list[datetime | None] = []

    @contextmanager
    def then_locked(engine: Engine) -> Iterator[Connection]:
        with writing(engine) as connection:
            yield connection
        if not locks:
            locks.append(None)
            locks[0] = ledger.put("dossier", "anne", "lock", True).written

    monkeypatch.setattr("assistant.review.ledger.writing", then_locked)
    entry = ledger.write("dossier", "anne", "Cr1.1/note", "un", 0, unless="lock")
    assert entry.written is not None
    assert locks[0] is not None
    assert entry.written <= locks[0]
    with pytest.raises(AccessDenied):
        ledger.write("dossier", "anne", "Cr1.1/note", "deux", 1, unless="lock")


def test_writing_and_locking_at_once_writes_nothing_after_the_lock(ledger: Ledger) -> None:
    """Several windows of one juror: from the lock on, each is refused, and what was written before stays."""
    ready = Barrier(4)

    def write(topic: str) -> int:
        ready.wait()
        for number in range(20):
            try:
                ledger.write("dossier", "anne", topic, f"un {number}", number, unless="lock")
            except AccessDenied:
                return number
        return 20

    def lock() -> datetime | None:
        ready.wait()
        return ledger.put("dossier", "anne", "lock", True).written

    topics = [f"Cr1.{number}/note" for number in range(3)]
    with ThreadPoolExecutor(4) as threads:
        writing, locking = [threads.submit(write, topic) for topic in topics], threads.submit(lock)
    moment = locking.result()
    assert moment is not None
    for topic, window in zip(topics, writing, strict=True):
        versions = ledger.history("dossier", "anne", topic)
        assert len(versions) == window.result()
        assert all(entry.written is not None and entry.written <= moment for entry in versions)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["anne", "bruno"]), st.sampled_from(["d1", "d2"]), st.text(max_size=20)), max_size=8
    )
)
def test_each_author_has_their_own_in_each_space(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[str, str, str]]
) -> None:
    ledger = Ledger(open_database(f"sqlite:///{tmp_path_factory.mktemp('n') / 'n.db'}"))
    latest: dict[tuple[str, str], str] = {}
    for author, space, text in writes:
        ledger.write(space, author, "c/note", text, ledger.read(space, author, "c/note").version)
        latest[author, space] = text
    for author in ("anne", "bruno"):
        for space in ("d1", "d2"):
            entry = ledger.all(space, author).get("c/note")
            assert (entry.value if entry else None) == latest.get((author, space))
