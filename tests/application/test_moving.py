"""A database moved from SQLite to PostgreSQL: every row arrives as it was, and the chains still hold."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, insert, make_url, text, update

from assistant.access.actor import OPERATOR
from assistant.application import moving
from assistant.application.context import Decision
from assistant.application.door import Application
from assistant.application.moving import copy_database
from assistant.commands import keeping
from assistant.errors import AccessDenied, InvalidInput, StoreError
from assistant.store.engine import open_database, reading, writing
from assistant.store.places import kept_by
from assistant.store.prereads import PreReads
from assistant.store.tables import JOURNAL, PEOPLE, PREREADS
from assistant.store.work import PAUSED, Switches
from tests.application.house import House


@pytest.fixture
def empty(postgres: str) -> str:
    """The address of an empty PostgreSQL database."""
    name = f"moved_{uuid4().hex[:8]}"
    engine = create_engine(make_url(postgres).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(postgres).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def written(made: House, review: str) -> House:
    """An installation in which people wrote, locked, and had a dossier read again."""
    made.note(made.anne, review, "ma note, avec des « guillemets », un \u00a0 et 🙂")
    made.decide(made.anne, review, Decision(points=1.5))
    made.lock(review, made.anne)
    with writing(made.app.engine) as connection:
        prereads = PreReads(connection)
        first = prereads.get(made.view(review).preread or "")
        assert first is not None
        # One that supersedes another, and sorts before it by id.
        values = {**connection.execute(PREREADS.select().where(PREREADS.c.id == first.id)).mappings().one()}
        connection.execute(insert(PREREADS).values({**values, "id": "0" * 32, "supersedes": first.id}))
    return made


def test_all_that_people_wrote_is_found_again_on_postgresql(written: House, review: str, empty: str) -> None:
    written.app.sessions.say_independent(written.organiser, written.session, [written.bruno.person])
    with writing(written.app.engine) as connection:
        Switches(connection).turn(PAUSED, written.organiser.person, on=True)
    before = written.app.audit.verify(OPERATOR)
    moved = copy_database(OPERATOR, written.app.settings.database, empty)
    assert (moved.rows["people"], moved.rows["prereads"], moved.rows["journal"]) == (6, 2, 5)
    there = Application(written.app.settings.model_copy(update={"database_url": empty}))
    after = there.audit.verify(OPERATOR)
    assert (before.faults, after.faults, after.entries) == ((), (), before.entries + 1)
    here = House(**{**{name: getattr(written, name) for name in written.__dataclass_fields__}, "app": there})
    for one in (written, here):
        work = one.kept(review, one.anne.person)
        assert work.on("C1").note_text == "ma note, avec des « guillemets », un \u00a0 et 🙂"
    assert there.sessions.independent(here.organiser, here.session)[1] == {here.bruno.person}
    with reading(there.engine) as connection:
        assert not Switches(connection).on(PAUSED)  # it paused the queue that stays behind
    assert here.kept(review, here.anne.person) == written.kept(review, written.anne.person)
    here.note(here.bruno, review, "et l’on continue")  # ids and chains count on from where they stood


def test_files_are_copied_with_the_database_or_it_is_said_where_they_stay(
    written: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, elsewhere = written.app.settings, tmp_path / "ailleurs"
    monkeypatch.setattr(keeping, "load_settings", lambda: settings)
    keeping.copy_database(None, f"sqlite:///{tmp_path / 'une.db'}", None)
    said = capsys.readouterr().out
    assert str(settings.data_dir) in said
    assert "prelecture files copy --to" in said
    keeping.copy_database(None, f"sqlite:///{tmp_path / 'deux.db'}", str(elsewhere))
    assert "1 fichiers" in capsys.readouterr().out
    here, there = (kept_by(settings.model_copy(update={"files_url": one})) for one in (None, str(elsewhere)))
    (name,) = there.names("files/")
    assert there.get(name) == here.get(name)


def test_a_database_that_holds_something_is_left_as_it_is(written: House, empty: str) -> None:
    engine = open_database(empty)
    with writing(engine) as connection:
        connection.execute(insert(PEOPLE).values(id="x", name="X", role="juror", created=datetime.now(UTC)))
    engine.dispose()
    with pytest.raises(InvalidInput, match="vide"):
        copy_database(OPERATOR, written.app.settings.database, empty)
    with pytest.raises(InvalidInput):
        copy_database(OPERATOR, empty, empty)


def test_a_row_that_did_not_arrive_as_it_was_undoes_all_of_it(
    written: House, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = moving._copy

    def damaging(old: object, new: object, table: object) -> int:
        rows = copied(old, new, table)  # type: ignore[arg-type]
        if table is PEOPLE:
            new.execute(update(PEOPLE).where(PEOPLE.c.name == "Anne").values(name="Anna"))  # type: ignore[attr-defined]
        return rows

    monkeypatch.setattr(moving, "_copy", damaging)
    with pytest.raises(StoreError, match="people"):
        copy_database(OPERATOR, written.app.settings.database, empty)
    engine = open_database(empty)
    with reading(engine) as connection:
        assert connection.execute(PEOPLE.select()).first() is None
    engine.dispose()


def test_a_journal_that_is_broken_is_not_carried_on(written: House, empty: str) -> None:
    with written.app.engine.connect() as connection:
        connection.execute(text("DROP TRIGGER journal_no_update"))
        connection.execute(update(JOURNAL).where(JOURNAL.c.position == 1).values(written="2001-01-01"))
        connection.execute(
            text(
                "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal WHEN NOT (" + _change() + ")"
                " BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END"
            )
        )
        connection.commit()
    with pytest.raises(StoreError, match="origine"):
        copy_database(OPERATOR, written.app.settings.database, empty)


def _change() -> str:
    from assistant.store.protection import ERASED

    return ERASED


def test_only_who_maintains_the_installation_moves_it(made: House, empty: str) -> None:
    with pytest.raises(AccessDenied):
        copy_database(made.organiser, made.app.settings.database, empty)
