"""A journal that cannot lie: every way of falsifying it is refused by the database, noticed at start, or found by verify."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from assistant.errors import StoreError
from assistant.store.chain import Head
from assistant.store.engine import open_database, reading, writing
from assistant.store.journal import Journal, Key
from assistant.store.verification import verify_everything
from tests.store.tampering import EVERY, HEAD_ON, ON_TRIGGERS, Tampering, noticed, unprotect, written

SEEN = {
    "head on": "refused by the database",
    "behind the triggers": "found by verify",
    "on the triggers": "noticed at start",
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def falsified(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, Head]]:
    """A database with a journal to falsify, and the head that was printed on a grid. Each try is rolled back."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('db') / 'x.db'}")
    else:
        engine = open_database(request.getfixturevalue("postgres"))
    yield engine, written(engine)
    if request.param == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.mark.parametrize("tampering", EVERY, ids=lambda one: f"{one.way}: {one.name}")
def test_tampering_is_noticed(falsified: tuple[Engine, Head], tampering: Tampering) -> None:
    engine, printed = falsified
    if engine.dialect.name not in tampering.on:
        pytest.skip(f"not a way of {engine.dialect.name}")
    with reading(engine) as connection:
        assert verify_everything(connection) == ()
        assert Journal(connection).verify("r1", printed) == ()
    assert noticed(engine, tampering, printed).startswith(SEEN[tampering.way])


def test_there_are_more_than_thirty_ways_on_each_database() -> None:
    for dialect in ("sqlite", "postgresql"):
        names = {one.name for one in EVERY if dialect in one.on}
        assert len(names) > 30
    assert len(HEAD_ON) > 15
    assert len(ON_TRIGGERS) > 10


def test_a_database_whose_protection_is_gone_does_not_open(url: str) -> None:
    engine = open_database(url)
    with writing(engine) as connection:
        unprotect(connection)
    engine.dispose()
    with pytest.raises(StoreError, match="protection du journal"):
        open_database(url)


def test_a_printed_head_still_holds_when_more_was_written_since(falsified: tuple[Engine, Head]) -> None:
    engine, printed = falsified
    with engine.connect() as connection:
        Journal(connection).record(Key("r1", "bruno", "C2", "note"), {"text": "plus tard"}, 0)
        assert Journal(connection).verify("r1", printed) == ()
        assert Journal(connection).head("r1").length == printed.length + 1
