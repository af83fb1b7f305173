"""What people write is kept for ever, version by version; nobody overwrites another's; an act sent twice is stored once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from assistant.errors import EditConflict, InvalidInput, StoreError
from assistant.store.audit import Audit
from assistant.store.counting import counted
from assistant.store.engine import reading, writing
from assistant.store.journal import LONGEST, Journal, Key, Revision

NOTE = Key("r1", "anne", "Cr1.1", "note")


def record(engine: Engine, key: Key, text: Any, base: int, event: str | None = None) -> Revision:
    with writing(engine) as connection:
        return Journal(connection).record(key, {"text": text}, base, event=event)


def texts(engine: Engine, key: Key = NOTE) -> list[Any]:
    with reading(engine) as connection:
        return [one.value["text"] for one in Journal(connection).history(key)]


def test_every_version_is_kept(engine: Engine) -> None:
    first = record(engine, NOTE, "un", 0)
    second = record(engine, NOTE, "un deux", first.version)
    assert texts(engine) == ["un deux", "un"]
    with reading(engine) as connection:
        assert Journal(connection).latest(NOTE) == second
        assert Journal(connection).history(NOTE) == (second, first)


def test_what_is_read_is_what_was_written_to_the_microsecond(engine: Engine) -> None:
    moment = datetime(2026, 6, 18, 9, 30, 1, 250, tzinfo=UTC)
    with writing(engine) as connection:
        made = Journal(connection).record(NOTE, {"text": "un"}, 0, event="e1", written=moment)
    assert (made.version, made.position, made.written, made.event) == (1, 1, moment, "e1")
    with reading(engine) as connection:
        assert Journal(connection).latest(NOTE) == made


def test_nothing_written_is_none(engine: Engine) -> None:
    with reading(engine) as connection:
        journal = Journal(connection)
        assert (journal.latest(NOTE), journal.history(NOTE), journal.current("r1")) == (None, (), ())


def test_two_windows_cannot_overwrite_each_other_and_the_second_is_told_what_stands(engine: Engine) -> None:
    here = record(engine, NOTE, "ici", 0)
    with pytest.raises(EditConflict) as refused:
        record(engine, NOTE, "ailleurs", 0)
    assert refused.value.current == here
    assert texts(engine) == ["ici"]


@pytest.mark.parametrize("base", [-1, 1, 2])
def test_a_version_that_was_never_shown_is_no_base(engine: Engine, base: int) -> None:
    with pytest.raises(EditConflict) as refused:
        record(engine, NOTE, "un", base)
    assert refused.value.current is None
    assert texts(engine) == []


def test_the_same_value_again_adds_no_version(engine: Engine) -> None:
    first = record(engine, NOTE, "un", 0)
    assert record(engine, NOTE, "un", 0) == first
    assert record(engine, NOTE, "un", 1) == first
    assert texts(engine) == ["un"]


def test_taking_back_is_a_version_like_others(engine: Engine) -> None:
    record(engine, NOTE, "un", 0)
    with writing(engine) as connection:
        assert Journal(connection).record(NOTE, None, 1).version == 2
    with reading(engine) as connection:
        assert [one.value for one in Journal(connection).history(NOTE)] == [None, {"text": "un"}]


def test_an_act_sent_twice_is_stored_once_and_answered_again(engine: Engine) -> None:
    first = record(engine, NOTE, "un", 0, "e1")
    record(engine, NOTE, "deux", 1, "e2")
    assert record(engine, NOTE, "un", 0, "e1") == first
    assert record(engine, NOTE, "autre chose", 2, "e1") == first
    assert texts(engine) == ["deux", "un"]


@pytest.mark.parametrize("key", [Key("r1", "bruno", "Cr1.1", "note"), Key("r2", "anne", "Cr1.1", "note")])
def test_an_act_of_one_text_is_never_that_of_another(engine: Engine, key: Key) -> None:
    record(engine, NOTE, "un", 0, "e1")
    with pytest.raises(EditConflict):
        record(engine, key, "un", 0, "e1")
    assert texts(engine, key) == []


@pytest.mark.parametrize("text", ["\ud83d", "é \udc00 \x00", "😀", "\u2028", "'; DROP TABLE journal; --"])
def test_even_half_a_character_is_kept(engine: Engine, text: str) -> None:
    record(engine, NOTE, text, 0)
    assert texts(engine) == [text]
    with reading(engine) as connection:
        assert Journal(connection).verify() == ()


@pytest.mark.parametrize(
    "key",
    [
        Key("r1", "anne", "C1", "choice", "\x00"),
        Key("r1", "anne", "C1", "choice", "\ud83d"),
        Key("r1", "anne", "C1", "choice", "x" * 101),
        Key("r1", "anne", "C" * 65, "note"),
        Key("r" * 121, "anne", "C1", "note"),
    ],
)
def test_a_key_that_no_column_holds_is_refused_in_french(engine: Engine, key: Key) -> None:
    with pytest.raises(InvalidInput):
        record(engine, key, "un", 0)
    with pytest.raises(InvalidInput):
        record(engine, NOTE, "un", 0, "e" * 65)
    assert texts(engine) == []


def test_a_text_beyond_all_measure_is_refused_whole(engine: Engine) -> None:
    with pytest.raises(StoreError, match="trop long"):
        record(engine, NOTE, "x" * (LONGEST + 1), 0)
    assert texts(engine) == []


def test_what_stands_now_is_read_at_once_in_the_order_it_was_written(engine: Engine) -> None:
    record(engine, NOTE, "un", 0)
    record(engine, Key("r1", "bruno", "Cr1.1", "note"), "autre", 0)
    record(engine, Key("r1", "anne", "Cr1.2", "note"), "deux", 0)
    record(engine, NOTE, "trois", 1)
    record(engine, Key("r2", "anne", "Cr1.1", "note"), "ailleurs", 0)
    with counted(engine) as seen, reading(engine) as connection:
        journal = Journal(connection)
        assert [one.value["text"] for one in journal.current("r1")] == ["autre", "deux", "trois"]
        assert [one.value["text"] for one in journal.current("r1", "anne")] == ["deux", "trois"]
        many = journal.current_of(["r1", "r2"], ["note"], "anne")
        assert [one.value["text"] for one in many] == ["deux", "trois", "ailleurs"]
        assert journal.current_of(["r1", "r2"], ["lock"]) == ()
    assert len(seen.statements) == 4


def test_a_lock_holds_the_head_of_its_review_and_is_made_once(engine: Engine) -> None:
    last = record(engine, NOTE, "un", 0)
    with writing(engine) as connection:
        lock = Journal(connection).lock("r1", "anne", event="e9")
        assert Journal(connection).lock("r1", "anne") == lock
    assert lock.value == {"head": last.hash}
    with reading(engine) as connection:
        head = Journal(connection).head("r1")
        assert (head.length, head.hash) == (2, lock.hash)


def test_only_the_first_lock_of_two_at_once_is_written(engine: Engine) -> None:
    record(engine, NOTE, "un", 0)
    start = Barrier(2)

    def lock(_number: int) -> Revision:
        start.wait(20)
        with writing(engine) as connection:
            return Journal(connection).lock("r1", "anne")

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lock, range(2))
    assert one == other


def test_many_windows_writing_at_once_make_one_unbroken_chain(engine: Engine) -> None:
    """Each keeps trying from what it saw last: nothing is lost, no version is written twice, the chain is whole."""
    start = Barrier(6)

    def write(number: int) -> None:
        start.wait(20)
        for step in range(5):
            done = False
            while not done:
                with reading(engine) as connection:
                    latest = Journal(connection).latest(NOTE)
                try:
                    record(engine, NOTE, f"{number}-{step}", latest.version if latest else 0, f"e{number}-{step}")
                    done = True
                except EditConflict:
                    continue

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    assert sorted(texts(engine)) == sorted(f"{n}-{s}" for n in range(6) for s in range(5))
    with reading(engine) as connection:
        assert Journal(connection).verify() == ()


def test_an_audit_written_by_many_at_once_is_one_unbroken_chain(engine: Engine) -> None:
    start = Barrier(6)

    def act(number: int) -> None:
        start.wait(20)
        for step in range(5):
            with writing(engine) as connection:
                made = Journal(connection).record(Key(f"r{number}", "anne", "C1", "note"), {"text": str(step)}, step)
                Audit(connection).append("anne", "write", f"r{number}", {"step": step}, revision=made)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(6)))
    with reading(engine) as connection:
        audit = Audit(connection)
        assert [entry.seq for entry in audit.entries()] == list(range(30, 0, -1))
        assert [entry.detail["step"] for entry in audit.entries("r3")] == [4, 3, 2, 1, 0]
        assert audit.verify() == ()
        assert audit.head().length == 30


def test_an_act_that_fails_leaves_neither_row_nor_head(engine: Engine) -> None:
    def half() -> None:
        with writing(engine) as connection:
            Journal(connection).record(NOTE, {"text": "un"}, 0)
            Audit(connection).append("anne", "write", "r1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    with reading(engine) as connection:
        assert Journal(connection).head("r1").length == Audit(connection).head().length == 0
        assert (Journal(connection).verify(), Audit(connection).verify()) == ((), ())


def test_a_row_costs_few_statements(engine: Engine) -> None:
    """The head, what was there, the row, the head again; PostgreSQL writes row and head at once, and the audit's head is
    held within the statement that moves it."""
    at_once = engine.dialect.name == "postgresql"
    record(engine, NOTE, "un", 0)
    with writing(engine) as connection:
        Audit(connection).append("anne", "write", "r1")
    with counted(engine) as seen, writing(engine) as connection:
        Journal(connection).record(NOTE, {"text": "deux"}, 1, event="e2")
    assert len(seen.statements) == (3 if at_once else 4)
    with counted(engine) as seen, writing(engine) as connection:
        Audit(connection).append("anne", "write", "r1")
    assert len(seen.statements) == (1 if at_once else 3)


WORDS = st.text(max_size=20)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
VALUES = st.none() | st.dictionaries(
    WORDS, st.none() | st.booleans() | st.integers() | WORDS | st.lists(WORDS), max_size=3
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["anne", "bruno"]), NAMES, VALUES), max_size=6))
def test_whatever_is_written_is_read_again_and_its_chain_is_whole(
    engine: Engine, rows: list[tuple[str, str, Any]]
) -> None:
    with engine.connect() as connection:
        journal = Journal(connection)
        expected: dict[Key, Any] = {}
        for person, item, value in rows:
            key = Key("law", person, "C1", "choice", item)
            latest = journal.latest(key)
            journal.record(key, value, latest.version if latest else 0)
            expected[key] = value
        assert {one.key: one.value for one in journal.current("law")} == expected
        assert journal.verify("law") == ()
