"""The store is tested on both databases it may live in: a SQLite file and a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from assistant.store.engine import open_database
from tests import migrated


@pytest.fixture(autouse=True)
def _each_migrates() -> Iterator[None]:
    """What is opened here migrates; `engine` alone is a copy of what did."""
    migrated.remove()
    yield
    migrated.install()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty database is."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    yield request.getfixturevalue("postgres")
    made = open_engine(request.getfixturevalue("postgres"))
    with made.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    made.dispose()


def open_engine(url: str, *, between: bool = False) -> Engine:
    """An engine that knows nothing of the store: what somebody with the database's password has.

    Its statements stand outside any transaction where they are about whole databases (`between`).
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, isolation_level="AUTOCOMMIT") if between else create_engine(parsed)


class Copies:
    """Databases of one PostgreSQL, each a copy of one that was migrated."""

    def __init__(self, server: str) -> None:
        self._server, self._engine = server, open_engine(server, between=True)
        self._made = 0
        self._run("CREATE DATABASE up_to_date")
        open_database(self._named("up_to_date")).dispose()

    def next(self) -> str:
        self._made += 1
        self._run(f"CREATE DATABASE copy_{self._made} TEMPLATE up_to_date")
        return self._named(f"copy_{self._made}")

    def drop(self) -> None:
        self._run(f"DROP DATABASE copy_{self._made} WITH (FORCE)")

    def _named(self, database: str) -> str:
        return make_url(self._server).set(database=database).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


@pytest.fixture(scope="session")
def copies(postgres: str) -> Copies:
    return Copies(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of the test's own, up to date."""
    if request.param == "sqlite":
        file = tmp_path / "test.db"
        migrated.copy_into(file)
        made = open_database(f"sqlite:///{file}")
        yield made
        made.dispose()
        return
    copies: Copies = request.getfixturevalue("copies")
    made = open_database(copies.next())
    yield made
    made.dispose()
    copies.drop()
