"""What a worker needs does not answer for a while: the dossier waits, says for what, and is read once it is back."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from assistant.application.desk import Event
from assistant.application.door import Application
from assistant.queueing import engine as queueing
from assistant.settings import Settings
from assistant.store.engine import writing
from assistant.worker.supervising import Supervisor
from tests.application.house import House, housed
from tests.worker.dossiers import asked, ends, lines, record
from tests.worker.fakes import AWAY, read_quickly

FULL = (
    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
    "CREATE TRIGGER no_room BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION no_room()",
)
"""What PostgreSQL answers where its disk is full, given by the server itself."""
ROOM = ("DROP FUNCTION no_room CASCADE",)
WAITS = {"queued", "running"}


class Files:
    """The folder of files is a disk that is not mounted."""

    says = "stockage"

    def __init__(self, folder: Path) -> None:
        self.mounted, self.elsewhere = folder / "mounted", folder / "elsewhere"
        self.mounted.mkdir()
        self.settings = {"files_url": str(self.mounted)}

    def goes(self, _: House) -> None:
        self.mounted.rename(self.elsewhere)

    def comes_back(self, _: House) -> None:
        self.elsewhere.rename(self.mounted)


class Model:
    """The model's endpoint does not answer."""

    says = "modèle"

    def __init__(self, _: Path) -> None:
        self.settings = {"model": "fake", "model_patience": 0.2}

    def goes(self, made: House) -> None:
        (made.app.settings.data_dir / AWAY).touch()

    def comes_back(self, made: House) -> None:
        (made.app.settings.data_dir / AWAY).unlink()


class Room:
    """The disk under the database is full, for what a reading writes."""

    says = "place libre"

    def __init__(self, _: Path) -> None:
        self.settings: dict[str, Any] = {}

    def goes(self, made: House) -> None:
        run(made, *FULL, table="results")

    def comes_back(self, made: House) -> None:
        run(made, *ROOM)


def run(made: House, *statements: str, table: str = "") -> None:
    with writing(made.app.engine) as connection:
        for one in statements:
            connection.execute(text(one.format(table=table)))


@contextmanager
def living(settings: Settings) -> Iterator[House]:
    made = housed(Application(settings))
    yield made
    made.app.engine.dispose()


@pytest.mark.parametrize("kind", [Files, Model, Room])
def test_what_is_away_is_waited_for_and_nothing_is_lost_or_doubled(
    kind: type[Files] | type[Model] | type[Room], shared: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "POLL", 0.1)
    need = kind(tmp_path)
    with living(shared.model_copy(update=need.settings)) as made:
        preread = asked(made)
        need.goes(made)

        async def through_it() -> None:
            work = asyncio.create_task(Supervisor(made.app.settings, made.app.working, read_quickly).work(1))
            while not (known := record(made, preread)).reasons:
                assert known.status in WAITS
                await asyncio.sleep(0.05)
            told = made.app.jobs.progress(made.organiser, preread)
            assert (told.state, lines(made), ends(made, preread)) == ("queued", [(preread, "waiting")], 0)
            assert need.says in told.message
            need.comes_back(made)
            while (known := record(made, preread)).status != "complete":
                assert known.status in WAITS
                await asyncio.sleep(0.05)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work

        asyncio.run(asyncio.wait_for(through_it(), 60))
        assert (lines(made), ends(made, preread)) == ([], 1)
        assert made.app.prereads.open(made.administrator, preread).preread.status == "complete"


def test_a_juror_whose_words_find_no_room_reads_why_and_loses_none(made: House) -> None:
    review = made.jury()
    made.note(made.anne, review, "avant")
    run(made, *FULL, table="journal")
    sent = Event(id="e1" * 8, kind="note", criterion="C1", item="", value={"text": "avant, et après"}, base=1)
    refused = made.app.reviews.act(made.anne, review, sent)
    assert (refused.ok, refused.retry) == (False, True)
    assert "place libre" in (refused.message or "")
    assert made.work(made.anne, review).on("C1").note_text == "avant"
    run(made, *ROOM)
    assert [made.app.reviews.act(made.anne, review, sent).version for _ in range(2)] == [2, 2]
    assert made.work(made.anne, review).on("C1").note_text == "avant, et après"
    assert made.app.audit.verify(made.administrator).faults == ()
