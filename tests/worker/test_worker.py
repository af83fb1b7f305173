"""Workers that share a queue: each dossier is read once, the urgent first, and what goes wrong with one stays with it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from assistant import __version__
from assistant.access.actor import PROGRAM
from assistant.application.work_queue import OVERNIGHT, STOPPED
from assistant.application.working import MOST_TRIES, SET_ASIDE
from assistant.store.engine import reading
from assistant.store.workers import WorkerRecord, Workers
from assistant.worker import supervising
from assistant.worker.supervising import Supervisor
from tests.application.house import House
from tests.worker.dossiers import asked, ends, lines, record
from tests.worker.fakes import DAMAGED, DEFECT, ONCE, POISON, read_quickly

Work = Callable[..., None]


def test_what_is_asked_for_waits_and_a_worker_reads_it(made: House, work: Work) -> None:
    preread = asked(made)
    assert made.app.jobs.progress(made.organiser, preread).state == "queued"
    work()
    assert made.app.jobs.progress(made.organiser, preread).state == "complete"
    assert made.app.prereads.open(made.administrator, preread).preread.criteria
    assert lines(made) == []


def test_two_workers_read_each_dossier_once(made: House, work: Work) -> None:
    prereads = [asked(made) for _ in range(5)]
    work(workers=2, concurrency=2)
    assert [ends(made, one) for one in prereads] == [1] * 5
    assert made.app.audit.verify(made.administrator).faults == ()


def test_of_two_tries_at_one_dossier_one_gets_it(made: House) -> None:
    preread = asked(made)
    first, second = made.app.working.take(PROGRAM, preread), made.app.working.take(PROGRAM, preread)
    assert first is not None
    assert (first.tries, second) == (1, None)


def test_who_waits_passes_the_night(made: House, work: Work) -> None:
    night = [asked(made, urgency=OVERNIGHT) for _ in range(2)]
    juror = asked(made)
    made.app.jobs.start(made.organiser, night[1])
    work()
    order = sorted([*night, juror], key=lambda one: record(made, one).started or 0)
    assert order == [juror, night[1], night[0]]


def test_asking_twice_is_asking_once(made: House) -> None:
    preread = asked(made, urgency=OVERNIGHT)
    for _ in range(3):
        made.app.jobs.start(made.organiser, preread)
    with reading(made.app.engine) as connection:
        jobs = connection.execute(text("SELECT args, lock, queueing_lock, priority FROM procrastinate_jobs")).all()
    assert [tuple(one) for one in jobs] == [({"preread": preread}, None, None, 100)]


def test_a_dossier_that_kills_its_worker_is_set_aside_after_three_tries_and_the_others_are_read(
    made: House, work: Work
) -> None:
    before, poison, after = asked(made), asked(made, POISON), asked(made)
    work()
    assert [record(made, one).status for one in (before, poison, after)] == ["complete", "failed", "complete"]
    assert record(made, poison).reasons == (SET_ASIDE,)
    assert str(MOST_TRIES) in SET_ASIDE
    assert (lines(made), ends(made, poison)) == ([], 1)


def test_what_may_pass_later_is_tried_again_and_never_said_to_have_failed(
    made: House, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervising, "WAIT", timedelta(seconds=0.1))
    preread = asked(made, ONCE)
    work()
    assert (record(made, preread).status, ends(made, preread)) == ("complete", 1)


@pytest.mark.parametrize(("data", "says"), [(DAMAGED, "abîmé"), (DEFECT, "référence")])
def test_a_dossier_that_cannot_be_read_says_why_at_once(data: bytes, says: str, made: House, work: Work) -> None:
    preread = asked(made, data)
    work()
    told = made.app.jobs.progress(made.organiser, preread)
    assert told.state == "failed"
    assert says in told.message
    assert "mots du dossier" not in told.message
    assert lines(made) == []


def test_one_that_waits_is_stopped_at_once_and_taken_up_again_when_asked(made: House, work: Work) -> None:
    preread = asked(made)
    made.app.jobs.stop(made.organiser, preread)
    told = made.app.jobs.progress(made.organiser, preread)
    assert (told.state, told.message) == ("stopped", STOPPED)
    work()
    assert record(made, preread).status == "stopped"
    made.app.jobs.start(made.organiser, preread)
    work()
    assert record(made, preread).status == "complete"


def test_nothing_is_asked_for_where_the_asking_is_undone(made: House) -> None:
    candidacy = made.candidate()
    preread = made.view(candidacy).preread or ""
    shared = made.app.jobs.shared
    assert shared is not None
    with made.app.engine.connect() as connection:
        shared.note(connection, [preread], OVERNIGHT)
        connection.rollback()
    with reading(made.app.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar() == 0
    assert lines(made) == []


def test_a_worker_is_known_with_its_version_while_it_works_and_no_more_once_it_ended(made: House) -> None:
    asked(made)
    seen: list[WorkerRecord] = []

    async def watched() -> None:
        worker = Supervisor(made.app.settings, made.app.working, read_quickly)
        work = asyncio.create_task(worker.work(2, wait=False))
        while not work.done():
            with reading(made.app.engine) as connection:
                seen.extend(Workers(connection).all())
            await asyncio.sleep(0.05)
        await work

    asyncio.run(watched())
    assert {(one.version, one.concurrency) for one in seen} == {(__version__, 2)}
    with reading(made.app.engine) as connection:
        assert Workers(connection).all() == ()
