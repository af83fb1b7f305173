"""What a night may bring: a worker that is killed or asked to end, a database that goes away, work that nobody is at."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self

import psutil
import pytest
from sqlalchemy import text

from assistant.access.actor import PROGRAM
from assistant.application.handing_in import UploadedFile
from assistant.application.queue_control import QueueState
from assistant.application.work_queue import OVERNIGHT, STOPPED
from assistant.application.working import MOST_TRIES, Claimed, Swept
from assistant.errors import AccessDenied, SettingsError, Superseded
from assistant.places import ROOT
from assistant.queueing import engine as queueing
from assistant.settings import Settings
from assistant.store import columns, prereads
from assistant.store.engine import writing
from assistant.store.prereads import PreReads
from assistant.worker import supervising
from assistant.worker.supervising import Supervisor
from tests.application.house import House, house
from tests.worker.dossiers import asked, ends, lines, record
from tests.worker.fakes import DAMAGED, SLOW, cannot_start, read_quickly

Work = Callable[..., None]
WORKER = (
    "from tests.worker.fakes import loading_little, read_quickly; from assistant.worker.__main__ import main;"
    "loading_little(); main(read_quickly)"
)


def run(made: House, *statements: str) -> None:
    with writing(made.app.engine) as connection:
        for one in statements:
            connection.execute(text(one))


def silence(made: House) -> None:
    """An hour passes without a word of anybody who was at work."""
    run(
        made,
        "UPDATE work SET beat = beat - interval '1 hour' WHERE state = 'taken'",
        "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'",
    )


def jobs(made: House) -> list[tuple[str, str]]:
    with writing(made.app.engine) as connection:
        rows = connection.execute(text("SELECT args ->> 'preread' AS preread, status::text FROM procrastinate_jobs"))
        return [(row.preread, row.status) for row in rows]


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 40
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


async def _taken(made: House, supervisor: Supervisor) -> "asyncio.Task[None]":
    """A supervisor at work in this process, once it has taken what waits."""
    work = asyncio.create_task(supervisor.work(2))
    for _ in range(400):
        if [state for _, state in lines(made)] == ["taken"]:
            return work
        await asyncio.sleep(0.05)
    raise AssertionError("nothing was taken")


def test_a_worker_killed_at_work_leaves_nobody_behind_and_another_ends_what_it_began(made: House, work: Work) -> None:
    preread, undisturbed = asked(made, SLOW), asked(made)
    made.app.jobs.stop(made.organiser, undisturbed)
    settings = made.app.settings
    environment = {
        **os.environ, "PRELECTURE_DATABASE_URL": settings.database, "PRELECTURE_QUEUE": "postgresql",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    worker = subprocess.Popen([sys.executable, "-c", WORKER], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        until(lambda: lines(made) == [(preread, "taken")])
        until(lambda: record(made, preread).step == "lecture")
        family = psutil.Process(worker.pid).children(recursive=True)
    finally:
        worker.kill()
        worker.wait()
    assert family
    until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in family))
    assert made.app.working.sweep(PROGRAM) == Swept(0, 0, 0)  # it may be slow
    silence(made)
    told = made.app.jobs.progress(made.organiser, preread)
    assert (told.state, told.done) == ("queued", 0)
    assert made.app.working.sweep(PROGRAM) == Swept(1, 0, 0)
    assert jobs(made) == [(preread, "todo")]
    made.app.jobs.start(made.organiser, undisturbed)
    work()
    both = [made.app.prereads.open(made.administrator, one).preread.to_json() for one in (preread, undisturbed)]
    assert both[0] == both[1]
    assert ends(made, preread) == 1


def test_a_worker_asked_to_end_gives_back_what_it_has_without_blaming_it(
    made: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "GRACE", 0.05)
    preread = asked(made, SLOW)

    async def asked_to_end() -> None:
        task = await _taken(made, Supervisor(made.app.settings, made.app.working, read_quickly))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(asked_to_end())
    assert lines(made) == [(preread, "waiting")]
    assert record(made, preread).status == "queued"
    again = made.app.working.take(PROGRAM, preread)
    assert again is not None
    assert again.tries == 1


def test_a_run_at_work_is_stopped_and_its_process_ended(made: House) -> None:
    preread = asked(made, SLOW)

    async def stop() -> None:
        task = await _taken(made, Supervisor(made.app.settings, made.app.working, read_quickly))
        await asyncio.to_thread(made.app.jobs.stop, made.organiser, preread)
        for _ in range(200):
            if not lines(made):
                break
            await asyncio.sleep(0.05)
        task.cancel()

    asyncio.run(stop())
    told = made.app.jobs.progress(made.organiser, preread)
    assert (told.state, told.message, lines(made)) == ("stopped", STOPPED, [])


def test_while_it_is_paused_nothing_is_taken_and_then_it_goes_on(made: House, work: Work) -> None:
    preread = asked(made)
    made.app.queue.pause(made.administrator, on=True)

    async def paused() -> None:
        task = asyncio.create_task(Supervisor(made.app.settings, made.app.working, read_quickly).work(1, wait=False))
        await asyncio.sleep(1.0)
        assert lines(made) == [(preread, "waiting")]
        assert made.app.queue.state(made.administrator).paused
        await asyncio.to_thread(lambda: made.app.queue.pause(made.administrator, on=False))
        await task

    asyncio.run(paused())
    assert record(made, preread).status == "complete"
    with pytest.raises(AccessDenied):
        made.app.queue.pause(made.organiser, on=True)


def test_what_has_no_job_any_more_is_found_and_read(made: House, work: Work) -> None:
    """Orphans: the job is gone, over, or with a worker that is dead; the dossier still waits in our table."""
    gone, over, dead = asked(made), asked(made), asked(made, urgency=OVERNIGHT)
    run(
        made,
        f"DELETE FROM procrastinate_jobs WHERE args ->> 'preread' = '{gone}'",
        f"UPDATE procrastinate_jobs SET status = 'failed' WHERE args ->> 'preread' = '{over}'",
        f"UPDATE procrastinate_jobs SET status = 'doing' WHERE args ->> 'preread' = '{dead}'",
    )
    assert made.app.working.sweep(PROGRAM) == Swept(0, 0, 3)
    assert sorted(jobs(made)) == sorted((one, "todo") for one in (gone, over, dead))
    work()
    assert [record(made, one).status for one in (gone, over, dead)] == ["complete"] * 3


def test_several_sweeps_at_once_find_each_run_once(made: House) -> None:
    prereads = [asked(made) for _ in range(4)]
    for one in prereads:
        made.app.working.take(PROGRAM, one)
    silence(made)
    with ThreadPoolExecutor(4) as several:
        found = list(several.map(lambda _: made.app.working.sweep(PROGRAM), range(4)))
    assert sum(one.again for one in found) == 4
    assert sorted(one for one, status in jobs(made) if status == "todo") == sorted(prereads)


@pytest.mark.parametrize("begun", [False, True])
def test_a_dossier_is_set_aside_for_silences_at_it_and_not_for_those_before_anybody_read_it(
    made: House, begun: bool
) -> None:
    """On a machine too busy to start what reads, workers fell silent three times before any of them opened the file."""
    preread = asked(made)
    found = []
    for _ in range(MOST_TRIES):
        assert made.app.working.take(PROGRAM, preread) is not None
        if begun:
            with writing(made.app.engine) as connection:
                PreReads(connection).start(preread)
        silence(made)
        found.append(made.app.working.sweep(PROGRAM))
    assert found[-1] == (Swept(0, 1, 0) if begun else Swept(1, 0, 0))
    assert record(made, preread).status == ("failed" if begun else "queued")


def test_a_run_whose_worker_is_silent_is_not_counted_as_progress(made: House) -> None:
    preread = asked(made)
    held = made.app.working.take(PROGRAM, preread)
    assert held is not None
    with writing(made.app.engine) as connection:
        PreReads(connection).start(preread)
        PreReads(connection).note_progress(preread, "lecture", 9, 10)
    assert made.app.queue.state(made.administrator) == QueueState(0, 1, 0, paused=False)
    assert made.app.jobs.progress(made.organiser, preread).done == 9
    silence(made)
    assert made.app.queue.state(made.administrator) == QueueState(1, 0, 0, paused=False)
    assert made.app.jobs.progress(made.organiser, preread).done == 0


def test_who_lost_a_run_writes_nothing_of_it(made: House, work: Work) -> None:
    preread = asked(made)
    lost = made.app.working.take(PROGRAM, preread)
    assert lost is not None
    silence(made)
    made.app.working.sweep(PROGRAM)
    work()
    before = record(made, preread)
    for act in (made.app.working.go_on, made.app.working.stopped):
        with pytest.raises(Superseded):
            act(PROGRAM, lost)
    with pytest.raises(Superseded):
        made.app.jobs.run_one(PROGRAM, preread, lambda *_: None, lost)
    made.app.working.give_back(PROGRAM, lost)
    made.app.working.give_back(PROGRAM, Claimed(preread, lost.claim, 3))
    assert (record(made, preread), lines(made), ends(made, preread)) == (before, [], 1)


def test_a_clock_that_is_wrong_takes_nothing_from_anybody(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    preread = asked(made)
    assert made.app.working.take(PROGRAM, preread) is not None
    monkeypatch.setattr(time, "time", lambda: 4e9)
    monkeypatch.setattr(time, "monotonic", lambda: 4e9)
    assert made.app.working.sweep(PROGRAM) == Swept(0, 0, 0)
    assert lines(made) == [(preread, "taken")]


@pytest.mark.parametrize("apart", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_worker_whose_clock_is_an_hour_wrong_writes_the_database_s_time(
    made: House, apart: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(time.time() + apart.total_seconds(), tz)

    for module in (columns, prereads):
        monkeypatch.setattr(module, "datetime", Wrong)
    preread = asked(made)
    before = datetime.now(UTC)
    with writing(made.app.engine) as connection:
        PreReads(connection).start(preread)
        PreReads(connection).note_progress(preread, "lecture", 1, 2)
        PreReads(connection).finish(preread, "complete")
    known = record(made, preread)
    assert known.started is not None
    assert known.finished is not None
    assert before <= known.started <= known.updated <= known.finished <= datetime.now(UTC)


def test_a_shared_queue_needs_postgresql_and_a_worker_needs_a_shared_queue(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="PostgreSQL"):
        _ = house(settings.model_copy(update={"queue": "postgresql"})).app.jobs
    alone = house(settings)
    for call in (lambda: alone.app.working.ready(PROGRAM), lambda: alone.app.queue.state(alone.administrator)):
        with pytest.raises(SettingsError, match="PRELECTURE_QUEUE"):
            call()


def test_a_dossier_of_ones_own_that_a_worker_refuses_says_why_to_whoever_handed_it_in(made: House, work: Work) -> None:
    preread = made.app.prereads.add(made.anne, [UploadedFile("d.pdf", DAMAGED)], "cycle-client-ia")
    made.app.jobs.start(made.anne, preread)
    work()
    told = made.app.jobs.progress(made.anne, preread)
    assert (told.state, "abîmé" in told.message) == ("failed", True)
    made.app.prereads.withdraw(made.anne, preread)
    assert made.app.prereads.list(made.anne) == ()


def test_a_program_that_cannot_start_blames_no_dossier(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one broken upgrade would set a whole night aside."""
    monkeypatch.setattr(supervising, "WAIT", timedelta(seconds=0.05))
    preread = asked(made)

    async def broken() -> None:
        task = asyncio.create_task(Supervisor(made.app.settings, made.app.working, cannot_start).work(1, wait=False))
        await asyncio.sleep(4.0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(broken())
    again = made.app.working.take(PROGRAM, preread)
    assert again is not None
    assert again.tries == 1
