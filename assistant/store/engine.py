"""The database: a SQLite file by default, any PostgreSQL by URL; brought up to date when it is opened.

Reading and writing are two kinds of transaction. `reading` sees one moment of the database and never waits for a writer;
`writing` takes its place in the queue at once, so that two writers wait for one another instead of failing half-way.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from assistant.errors import DiskFull, StoreAway, StoreError
from assistant.store.blobs import private_folder
from assistant.store.protection import check_protection

HEAD = "0010"
BUSY_SECONDS = 20
CONNECT_SECONDS = 10
"""How long a PostgreSQL may take to let a connection in; behind a silent firewall it would be for ever."""
MIGRATION_LOCK = 7_310_245
"""Any number of our own: PostgreSQL's advisory lock that lets one process at a time migrate."""
PG_DISK_FULL = "53100"
ONLY_READS = "prelecture_only_reads"
"""Execution option that marks a reading transaction."""


def open_database(url: str) -> Engine:
    """An engine on the database at `url`, migrated to the present version, its append-only tables checked.

    Raises StoreError when it cannot be reached, written or migrated, and when what protects the journal is gone.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    try:
        if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
            _private_file(Path(parsed.database))
        # Parameters stay out of error messages: they may be a juror's note.
        waits = {"connect_timeout": CONNECT_SECONDS} if parsed.get_backend_name() == "postgresql" else {}
        engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True, connect_args=waits)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _sqlite_connection)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            event.listen(engine, "begin", _begin_postgresql)
        _migrate(engine)
        with reading(engine) as connection:
            check_protection(connection)
    except (SQLAlchemyError, OSError, StoreError) as error:
        if isinstance(error, StoreError) and not isinstance(error.__cause__, SQLAlchemyError):
            raise  # what it says is its own: the journal's protection, not the way to the database
        cause = error.__cause__ if isinstance(error, StoreError) else error
        raise _kind(cause)(
            "La base de données ne peut pas être ouverte\u00a0: vérifiez PRELECTURE_DATABASE_URL, "
            "la place libre et les droits du dossier de données."
        ) from error
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees one moment of the database and writes nothing. Raises StoreError."""
    try:
        with engine.connect() as connection:
            connection = connection.execution_options(**{ONLY_READS: True})
            with connection.begin():
                yield connection
    except SQLAlchemyError as error:
        raise _kind(error)(
            "La lecture de la base a échoué\u00a0: vérifiez que le dossier de données est accessible, puis réessayez."
        ) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it is written, or nothing. Raises StoreError."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise _kind(error)(
            "L’enregistrement a échoué\u00a0: vérifiez la place libre sur le disque, puis réessayez."
        ) from error


def _kind(error: BaseException | None) -> type[StoreError]:
    """What went wrong: no room left, a database that does not answer, or what was asked of it."""
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlite_errorcode", None) or getattr(error.orig, "sqlstate", None)
        if code in {sqlite3.SQLITE_FULL, PG_DISK_FULL}:
            return DiskFull
        if error.connection_invalidated or isinstance(error, OperationalError | InterfaceError):
            return StoreAway
    return StoreAway if isinstance(error, OSError | NoConnectionFree) else StoreError


def _private_file(file: Path) -> None:
    """Makes the database's folder and file for their owner alone; SQLite gives its side files the mode of this one."""
    private_folder(file.parent)
    if not file.exists():
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    file.chmod(0o600)


def _sqlite_connection(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA recursive_triggers=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    only_reads = connection.get_execution_options().get(ONLY_READS, False)
    cursor: Any = connection.connection.cursor()
    cursor.execute(f"PRAGMA query_only={'ON' if only_reads else 'OFF'}")
    cursor.execute("BEGIN DEFERRED" if only_reads else "BEGIN IMMEDIATE")
    cursor.close()


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(ONLY_READS, False):
        cursor: Any = connection.connection.cursor()
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.close()


def _migrate(engine: Engine) -> None:
    with reading(engine) as connection:
        if _version(connection) == HEAD:
            return
    from alembic import command
    from alembic.config import Config

    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        if _version(connection) == HEAD:
            return
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).resolve().parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
