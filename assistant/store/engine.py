"""The database: a SQLite file by default, any PostgreSQL by URL; brought up to date when it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import StoreError

HEAD = "0002"
BUSY_SECONDS = 20
MIGRATION_LOCK = 7_310_245
"""Any number of our own: PostgreSQL's advisory lock that lets one process at a time migrate."""


def open_database(url: str) -> Engine:
    """An engine on the database at `url`, migrated to the present version.

    Raises StoreError when it cannot be reached, written or migrated.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    try:
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _sqlite_connection)
            event.listen(engine, "begin", _begin_immediate)
        _migrate(engine)
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(
            "La base de données ne peut pas être ouverte\u00a0: vérifiez PRELECTURE_DATABASE_URL, "
            "la place libre et les droits du dossier de données."
        ) from error
    return engine


def _sqlite_connection(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    """Takes the write lock at once: two writers wait for one another instead of failing half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(engine: Engine) -> None:
    with engine.begin() as connection:
        if _version(connection) == HEAD:
            return
        from alembic import command
        from alembic.config import Config

        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).resolve().parent.parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it is written, or nothing. Raises StoreError."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StoreError(
            "L’enregistrement a échoué\u00a0: vérifiez la place libre sur le disque, puis réessayez."
        ) from error
