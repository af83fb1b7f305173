"""PostgreSQL is stopped and started again while workers read and a juror writes: nothing is lost, doubled or half-written."""

import asyncio
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from assistant.application.desk import Event
from assistant.queueing import engine as queueing
from assistant.worker import supervising
from assistant.worker.supervising import Supervisor
from tests.application.house import House
from tests.worker.dossiers import asked, ends, lines, record
from tests.worker.fakes import SLOW, STEADY, read_quickly


@dataclass
class Juror:
    """One who types without a pause, and whose window sends each act again until it is acknowledged, as the desk does."""

    made: House
    review: str
    said: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)

    def type_on(self) -> None:
        while not self.enough.is_set():
            text = f"mot {len(self.said)}"
            sent = Event(
                id=uuid4().hex, kind="note", criterion="C1", item="", value={"text": text}, base=len(self.said)
            )
            while not (said := self.made.app.reviews.act(self.made.anne, self.review, sent)).ok:
                assert said.retry
                self.refused.append(said.message or "")
                time.sleep(0.02)
            self.said.append(text)
            time.sleep(0.03)


async def until(seen: Any) -> None:
    while not await asyncio.to_thread(seen):
        await asyncio.sleep(0.05)


def test_a_database_that_restarts_under_a_worker_and_a_juror_loses_nothing(
    made: House, postgres_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "GRACE", 0.05)
    monkeypatch.setattr(queueing, "POLL", 0.1)
    monkeypatch.setattr(supervising, "AWAY", 0.1)
    juror = Juror(made, made.jury())
    slow, steady = asked(made, SLOW), [asked(made, STEADY) for _ in range(2)]
    typing = threading.Thread(target=juror.type_on)

    async def restarted() -> None:
        work = asyncio.create_task(Supervisor(made.app.settings, made.app.working, read_quickly).work(2))
        await until(lambda: record(made, slow).step == "lecture")
        typing.start()
        await until(lambda: len(juror.said) > 3)
        await asyncio.to_thread(postgres_server.stop)
        await until(lambda: juror.refused)
        await asyncio.to_thread(postgres_server.ensure_postgres_running)
        later = await asyncio.to_thread(asked, made)
        for preread in (*steady, later):
            await until(lambda preread=preread: record(made, preread).status == "complete")
            assert ends(made, preread) == 1
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    try:
        asyncio.run(asyncio.wait_for(restarted(), 90))
    finally:
        postgres_server.ensure_postgres_running()
        juror.enough.set()
        if typing.is_alive():
            typing.join(20)
    assert all("réessayez" in one for one in juror.refused)
    kept = [one.text for one in reversed(made.app.reviews.history(made.anne, juror.review, "note", "C1"))]
    assert kept == juror.said
    assert lines(made) == [(slow, "waiting")]  # given back, for its worker was asked to end
    assert made.app.audit.verify(made.administrator).faults == ()
