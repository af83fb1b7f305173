"""A database brought up to date once in each test process: a new one is a copy of it, wherever migrating is not tried."""

import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from assistant.store import engine as store

MIGRATE = store._migrate


@cache
def _up_to_date() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "prelecture.db"
        engine = store.open_database(f"sqlite:///{file}")
        engine.dispose()
        return file.read_bytes()


def copy_into(file: Path) -> None:
    """Makes an empty file a database that is up to date, as if it had been opened."""
    file.write_bytes(_up_to_date())


def _copied(engine: Engine) -> None:
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and Path(file).exists() and not Path(file).stat().st_size:
        store._migrate = MIGRATE
        copy_into(Path(file))
        store._migrate = _copied
    MIGRATE(engine)


def install() -> None:
    """From now on, in this process."""
    store._migrate = _copied


def remove() -> None:
    """Databases migrate again, one by one."""
    store._migrate = MIGRATE
