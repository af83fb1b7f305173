"""Purges, backups and what brings them back, on a real PostgreSQL: the same words as on a SQLite file."""

import itertools
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from assistant.access.actor import OPERATOR
from assistant.application import organising
from assistant.application.backup import back_up, restore
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.application.lifecycle import traces
from assistant.commands.keeping import purge
from assistant.errors import StoreError
from assistant.settings import Settings
from assistant.store.dossiers import Dossiers
from assistant.store.engine import reading
from assistant.store.sessions import Sessions
from assistant.store.verification import verify_everything
from tests.application.house import PDF, House, house
from tests.application.test_lifecycle import (
    LISTED,
    NAME,
    WORDS,
    lived,
    nothing_is_left_of_a_listed_candidate,
    nothing_is_left_of_a_purge_that_was_killed_once_it_is_asked_again,
)
from tests.store.conftest import open_engine

Place = Callable[[str], Settings]


@pytest.fixture(scope="module")
def place(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An empty installation on the database of that kind."""
    counted, engines = itertools.count(), open_engine(postgres)

    def made(kind: str) -> Settings:
        folder = tmp_path_factory.mktemp("place")
        if kind == "sqlite":
            return Settings(data_dir=folder)
        name = f"place{next(counted)}"
        with engines.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        url = make_url(postgres).set(database=name).render_as_string(hide_password=False)
        return Settings(data_dir=folder, database_url=url)

    yield made
    engines.dispose()


@pytest.fixture(scope="module")
def made(place: Place) -> House:
    """Each test founds its own session in one installation."""
    return house(place("postgresql"))


@pytest.fixture(autouse=True)
def _own_session(made: House) -> None:
    made.session = made.founded(made.organiser)


def test_a_purge_leaves_no_word_and_the_chains_hold(made: House) -> None:
    review, other = lived(made), lived(made, "Hector Vandamme", "0418")
    installation = Installation(made.app.settings)
    assert {one.word for one in traces(installation, [NAME])}
    erased = made.app.lifecycle.purge_candidate(OPERATOR, review)
    assert (erased.candidates, erased.dossiers, erased.files) == (1, 1, 1)
    assert traces(installation, [NAME, "Quatrebarbes", WORDS[1]]) == ()
    with reading(made.app.engine) as connection:
        assert verify_everything(connection) == ()
    assert made.work(made.anne, other).on("C1").note.text.startswith("Hector")
    made.app.lifecycle.purge_candidate(OPERATOR, other)


def test_nothing_is_left_of_a_listed_candidate_nor_of_the_line_an_earlier_version_left(made: House) -> None:
    nothing_is_left_of_a_listed_candidate(made)


def test_nothing_is_left_of_a_purge_that_was_killed_once_it_is_asked_again(
    made: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_is_left_of_a_purge_that_was_killed_once_it_is_asked_again(made, monkeypatch, whole_session=False)


def test_a_case_file_is_made_and_written_down_in_one_transaction(made: House) -> None:
    review = lived(made)
    case = made.app.audit.case_file(made.organiser, review)
    assert (case.whole, case.withheld, case.candidate) == (True, False, NAME)
    assert "case file" in {one.act for one in made.app.audit.case_file(made.organiser, review).lines}
    made.app.lifecycle.purge_candidate(OPERATOR, review)


def test_the_command_proves_that_nothing_is_left(
    made: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lived(made)
    settings = made.app.settings
    monkeypatch.setenv("PRELECTURE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("PRELECTURE_DATABASE_URL", settings.database_url or "")
    purge(None, made.session, expired=False, prove=True)
    assert "0 trouvé" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kept_in", "put_back_in"), [("postgresql", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "postgresql")]
)
def test_a_copy_is_put_back_into_an_empty_place_and_work_goes_on(
    made: House, place: Place, tmp_path: Path, kept_in: str, put_back_in: str
) -> None:
    source = made if kept_in == "postgresql" else house(place("sqlite"))
    review = lived(source, number=f"{kept_in}-{put_back_in}")
    source.app.sessions.say_independent(source.organiser, source.session, [source.bruno.person])
    copied = back_up(Installation(source.app.settings), OPERATOR, tmp_path / "copie.zip")
    elsewhere = Installation(place(put_back_in))
    back = restore(elsewhere, OPERATOR, tmp_path / "copie.zip")
    assert (back.rows, back.files) == (copied.rows, copied.files)
    again = Application(elsewhere.settings)
    assert not again.audit.verify(OPERATOR).faults
    assert (
        again.reviews.context(source.anne, review).work.on("C1").note == source.work(source.anne, review).on("C1").note
    )
    said = again.sessions.independent(source.organiser, source.session)
    assert said == source.app.sessions.independent(source.organiser, source.session)
    assert said[1] == {source.bruno.person}
    # The next row takes the next number.
    lived(House(again, source.anne, source.bruno, source.chloe, source.trainer, source.organiser, source.administrator,
                source.session), "Iris Lenoir", "après")  # fmt: skip


def test_a_copy_whose_journal_was_changed_is_refused_and_nothing_is_kept(
    made: House, place: Place, tmp_path: Path
) -> None:
    lived(made, number="changed")
    back_up(Installation(made.app.settings), OPERATOR, tmp_path / "copie.zip")
    with zipfile.ZipFile(tmp_path / "copie.zip") as before, zipfile.ZipFile(tmp_path / "autre.zip", "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "tables/journal.jsonl":
                rows = [json.loads(line) for line in data.splitlines()]
                next(one for one in rows if one["kind"] == "note" and one["salt"])["value"] = json.dumps(
                    {"text": "faux"}
                )
                data = b"".join(json.dumps(one).encode() + b"\n" for one in rows)
            after.writestr(name, data)
    elsewhere = Installation(place("postgresql"))
    with pytest.raises(StoreError, match="abîmé"):
        restore(elsewhere, OPERATOR, tmp_path / "autre.zip")
    assert restore(elsewhere, OPERATOR, tmp_path / "copie.zip").rows


def test_of_two_who_hand_in_for_one_candidate_at_once_the_second_is_told_and_nothing_is_mixed(
    made: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.app.organising.enrol(made.organiser, made.session, [LISTED])
    both = threading.Barrier(2)

    def side_by_side(_files: object) -> None:
        """Between reading what the candidate has and writing: they meet here, unless one waits for the other."""
        with suppress(threading.BrokenBarrierError):
            both.wait(0.2)

    monkeypatch.setattr(organising, "check", side_by_side)
    with ThreadPoolExecutor(2) as people:
        upload = (([UploadedFile(f"{LISTED.number}.pdf", PDF + data)]) for data in (b"une", b"deux"))
        given = list(people.map(partial(made.app.organising.hand_in, made.organiser, made.session), upload))
    assert sorted((len(one.prereads), len(one.unmatched)) for one in given) == [(0, 1), (1, 0)]
    with reading(made.app.engine) as connection:
        (listed,) = Sessions(connection).candidacies(made.session)
        assert len(Dossiers(connection).history(listed.dossier)) == 1
