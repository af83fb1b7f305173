"""A batch on a shared queue: it is followed to its end, one dossier that kills its worker included."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.application.batches import GivenDossier
from assistant.application.handing_in import UploadedFile
from assistant.application.working import SET_ASIDE
from assistant.commands.batch import run
from tests.application.house import PDF, House
from tests.worker.dossiers import lines
from tests.worker.fakes import POISON

Work = Callable[..., None]


def test_a_batch_ends_with_one_to_look_at(
    made: House, work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistant.commands.batch.load_settings", lambda: made.app.settings)
    folder = tmp_path / "lot"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.pdf").write_bytes((POISON if number == 1 else PDF) + str(number).encode())
    run(folder, made.session, wait=False)
    waits = made.app.batches.progress(made.organiser, made.session)
    assert (waits.waiting, waits.at_work, waits.workers, waits.left) == (3, 0, 0, None)
    work(concurrency=2)
    capsys.readouterr()
    run(None, made.session, wait=True)
    assert capsys.readouterr().out.splitlines() == [
        f"À regarder\u00a0: 1. {SET_ASIDE}",
        "Terminé\u00a0: 2 lus, 1 à regarder.",
    ]


def test_a_batch_is_stopped_whole(made: House, work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.commands.batch.load_settings", lambda: made.app.settings)
    for number in range(3):
        (tmp_path / f"{number}.pdf").write_bytes(PDF + str(number).encode())
    run(tmp_path, made.session, wait=False)
    assert made.app.batches.stop(made.organiser, made.session) == 3
    work()
    assert {one.reason for one in made.app.batches.progress(made.organiser, made.session).to_look_at} == {
        "Lecture arrêtée\u00a0; ce qui était lu est gardé, reprenez quand vous voulez."
    }


def test_a_paused_session_is_read_by_no_worker_until_it_goes_on(made: House, work: Work) -> None:
    dossiers = [
        GivenDossier(str(number), lambda number=number: (UploadedFile("d.pdf", PDF + bytes([number])),))  # type: ignore[misc]
        for number in range(2)
    ]
    made.app.batches.hand_in(made.organiser, made.session, dossiers)
    made.app.batches.pause(made.organiser, made.session, on=True)
    assert lines(made) == []
    work()
    paused = made.app.batches.progress(made.organiser, made.session)
    assert (paused.waiting, paused.paused) == (2, True)
    made.app.batches.pause(made.organiser, made.session, on=False)
    work(concurrency=2)
    assert made.app.batches.progress(made.organiser, made.session).read == 2
