"""Installations whose pre-reads wait on a real PostgreSQL; each test has a database of its own."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from assistant.application.door import Application
from assistant.settings import Settings
from assistant.worker import supervising
from assistant.worker.supervising import Supervisor
from tests.application.house import House, housed
from tests.worker.fakes import loading_little, read_quickly


def run(url: str, statement: str) -> None:
    """One statement outside any transaction."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def named(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session", autouse=True)
def _light() -> None:
    loading_little()


@pytest.fixture(scope="session")
def template(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database brought up to date once, queue included, with people and a session in it."""
    run(postgres, "CREATE DATABASE work_template")
    folder = tmp_path_factory.mktemp("template")
    app = Application(Settings(data_dir=folder, database_url=named(postgres, "work_template"), queue="postgresql"))
    app.engine.dispose()
    return "work_template"


@pytest.fixture
def shared(postgres: str, template: str, settings: Settings) -> Settings:
    """The settings of an installation with a shared queue. Its database goes with the server."""
    name = f"work_{uuid4().hex[:8]}"
    run(postgres, f"CREATE DATABASE {name} TEMPLATE {template}")
    return settings.model_copy(update={"database_url": named(postgres, name), "queue": "postgresql"})


@pytest.fixture(autouse=True)
def _no_page_is_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of pages leave Streamlit's script as the program, which the processes that read would run anew."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture
def made(shared: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(supervising, "LOOK", 0.1)
    house = housed(Application(shared))
    yield house
    house.app.engine.dispose()


@pytest.fixture
def work(made: House) -> Callable[..., None]:
    """Lets workers of this many dossiers at once work until nothing is left."""

    def until_empty(workers: int = 1, concurrency: int = 1) -> None:
        async def together() -> None:
            apps = [made.app, *(Application(made.app.settings) for _ in range(workers - 1))]
            several = [Supervisor(app.settings, app.working, read_quickly) for app in apps]
            await asyncio.gather(*(one.work(concurrency, wait=False) for one in several))

        asyncio.run(together())

    return until_empty
