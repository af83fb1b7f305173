"""The database: brought up to date, private, read without a lock, written whole or not at all."""

import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import StoreError
from assistant.places import ROOT
from assistant.store.counting import counted
from assistant.store.engine import HEAD, open_database, reading, writing
from assistant.store.people import People
from assistant.store.tables import METADATA


def test_a_database_is_brought_to_the_present_version(engine: Engine) -> None:
    with reading(engine) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD


def test_the_migrations_end_at_the_tables_that_the_stores_use(engine: Engine) -> None:
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, METADATA)
    assert [one for one in differences if one[0] != "remove_table" or one[1].name != "alembic_version"] == []


def test_what_fails_half_way_leaves_nothing(engine: Engine) -> None:
    def half() -> None:
        with writing(engine) as connection:
            People(connection).add("Anne", "juror")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    with reading(engine) as connection:
        assert People(connection).all() == ()


def test_a_reading_transaction_cannot_write(engine: Engine) -> None:
    with pytest.raises(StoreError, match="lecture"), reading(engine) as connection:
        People(connection).add("Anne", "juror")
    with reading(engine) as connection:
        assert People(connection).all() == ()
    with writing(engine) as connection:
        People(connection).add("Anne", "juror")
    with reading(engine) as connection:
        assert [person.name for person in People(connection).all()] == ["Anne"]


def test_reading_does_not_wait_for_a_writer_and_sees_one_moment(engine: Engine) -> None:
    with writing(engine) as connection:
        People(connection).add("Anne", "juror")
        with reading(engine) as other:
            assert People(other).all() == ()
    with reading(engine) as other:
        assert len(People(other).all()) == 1
        with writing(engine) as connection:
            People(connection).add("Bruno", "juror")
        assert len(People(other).all()) == 1


def test_a_failed_reading_says_that_reading_failed_and_a_failed_writing_that_writing_did(engine: Engine) -> None:
    with pytest.raises(StoreError, match="La lecture") as failed, reading(engine) as connection:
        connection.execute(text("SELECT * FROM nowhere"))
    assert failed.value.retryable
    with pytest.raises(StoreError, match="L’enregistrement"), writing(engine) as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))


def test_an_error_of_the_database_never_repeats_what_was_being_written(engine: Engine) -> None:
    with pytest.raises(StoreError) as failed, writing(engine) as connection:
        connection.execute(text("INSERT INTO people (id, name) VALUES (:id, :name)"), {"id": "a", "name": "secret"})
    cause = failed.value.__cause__
    assert isinstance(cause, SQLAlchemyError)
    assert "secret" not in str(cause).split("DETAIL")[0]


def test_statements_are_counted_and_writes_told_apart(engine: Engine) -> None:
    with counted(engine) as seen, writing(engine) as connection:
        People(connection).add("Anne", "juror")
        People(connection).all()
    assert (len(seen.statements), len(seen.writes)) == (2, 1)
    with reading(engine) as connection:
        People(connection).all()
    assert len(seen.statements) == 2


def test_many_threads_write_without_losing_a_line(engine: Engine) -> None:
    def work(number: int) -> None:
        for step in range(5):
            with writing(engine) as connection:
                People(connection).add(f"{number}-{step}", "juror")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert len({person.name for person in People(connection).all()}) == 40


def test_two_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    code = "import sys; from assistant.store.engine import open_database; open_database(sys.argv[1]).dispose()"
    command = [sys.executable, "-c", code, f"sqlite:///{tmp_path / 'new.db'}"]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]


def test_a_database_out_of_reach_is_one_french_sentence() -> None:
    with pytest.raises(StoreError, match="PRELECTURE_DATABASE_URL"):
        open_database("sqlite:////proc/nowhere/test.db")


def test_the_database_and_its_folder_are_their_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "prelecture.db"
    engine = open_database(f"sqlite:///{file}")
    with writing(engine) as connection:
        People(connection).add("Anne", "juror")
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert {one.name: stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()} == dict.fromkeys(
        ("prelecture.db", "prelecture.db-shm", "prelecture.db-wal"), 0o600
    )
    engine.dispose()


def test_a_database_that_was_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "prelecture.db"
    open_database(f"sqlite:///{file}").dispose()
    file.chmod(0o644)
    open_database(f"sqlite:///{file}").dispose()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
