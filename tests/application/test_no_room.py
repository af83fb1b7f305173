"""The disk under a SQLite database is full: whoever writes reads why, nothing is half-written, and a retry stores it once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, func, select

from assistant.application.desk import Ack, Event
from assistant.application.handing_in import UploadedFile
from assistant.errors import DiskFull
from assistant.store.engine import reading
from assistant.store.tables import CANDIDACIES, DOSSIERS, PREREADS
from tests.application.house import PDF, House

HELD = (DOSSIERS, PREREADS, CANDIDACIES)


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """The database's file may not grow: SQLite itself answers SQLITE_FULL."""

    def no_more(connection: Any, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "connect", no_more)
    engine.dispose()
    yield
    event.remove(engine, "connect", no_more)
    engine.dispose()


def counted(made: House) -> list[int]:
    with reading(made.app.engine) as connection:
        return [connection.execute(select(func.count()).select_from(one)).scalar_one() for one in HELD]


def test_a_juror_s_words_wait_for_room_and_are_stored_once(made: House, review: str) -> None:
    base, kept = 0, ""

    def type_on() -> tuple[Event, Ack]:
        value = {"text": f"{kept}{'des mots et encore des mots ' * 300}"}
        sent = Event(id=uuid4().hex, kind="note", criterion="C1", item="", value=value, base=base)
        return sent, made.app.reviews.act(made.anne, review, sent)

    with full(made.app.engine):
        while True:
            sent, said = type_on()
            if not said.ok:
                break
            base, kept = said.version or 0, str((sent.value or {})["text"])[:40_000]
        assert said.retry
        assert "place libre" in (said.message or "")
        assert made.app.reviews.act(made.anne, review, sent).ok is False
    assert len(made.app.reviews.history(made.anne, review, "note", "C1")) == base
    assert [made.app.reviews.act(made.anne, review, sent).version for _ in range(2)] == [base + 1] * 2
    assert made.app.audit.verify(made.administrator).faults == ()


def test_a_dossier_that_finds_no_room_leaves_nothing_behind_and_is_taken_once_there_is_some(made: House) -> None:
    before = counted(made)

    def hand_in(number: int) -> None:
        made.app.sessions.add_candidate(
            made.organiser, made.session, str(number), [UploadedFile("d.pdf", PDF)], name="N" * 100
        )

    def until_full() -> None:
        for number in range(1, 200):
            hand_in(number)
            before[:] = counted(made)

    with full(made.app.engine), pytest.raises(DiskFull, match="place libre"):
        until_full()
    assert counted(made) == before
    hand_in(1_000)
    assert counted(made) == [one + 1 for one in before]
    assert made.app.audit.verify(made.administrator).faults == ()
