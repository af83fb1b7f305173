"""A session's dossiers given all at once: whose each is, what it ends with, and how long it still takes."""

import time
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from assistant.application import jobs as jobs_module
from assistant.application.batch_progress import BatchProgress, ToLookAt, began_lately, headline, in_words, remaining
from assistant.application.batches import GivenDossier
from assistant.application.handing_in import UploadedFile
from assistant.application.roster import Line
from assistant.commands.batch import run
from assistant.commands.given import given
from assistant.errors import AccessDenied, UnreadableDossier
from assistant.preread import PreReadRequest
from assistant.result import PreRead
from tests.application.house import PDF, House
from tests.application.test_jobs import Pipeline

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


def ends(*minutes_ago: float) -> list[datetime]:
    return [NOW - timedelta(minutes=one) for one in minutes_ago]


@pytest.mark.parametrize(
    ("ended", "left", "minutes"),
    [
        (ends(1, 2, 3, 4, 5), 10, 20),  # five in ten minutes
        (ends(1, 2), 10, None),  # too few to say
        (ends(*range(11, 40)), 10, None),  # it stands still: nothing ended lately
        (ends(1, 2, 3), 0, None),
    ],
)
def test_the_time_left_follows_the_pace_of_the_last_minutes(
    ended: list[datetime], left: int, minutes: float | None
) -> None:
    told = remaining(ended, NOW, left, NOW - timedelta(hours=1))
    assert (told and told.total_seconds() / 60) == minutes


def test_the_pace_is_counted_from_where_the_batch_began() -> None:
    assert remaining(ends(0.5, 1, 1.5), NOW, 3, NOW - timedelta(minutes=2)) == timedelta(minutes=2)


def test_a_batch_never_says_that_it_failed() -> None:
    look = (ToLookAt("1", "N’a pas pu être lu."),) * 4
    assert in_words(BatchProgress(296, look, 0, 0)) == "Terminé\u00a0: 296 lus, 4 à regarder."
    for one in (
        BatchProgress(0, look, 2, 30, timedelta(minutes=12), 2), BatchProgress(0, (), 0, 3, None, 0),
        BatchProgress(0, (), 0, 3, timedelta(hours=7, minutes=58), 2), BatchProgress(1, (), 0, 3, None, 2, paused=True),
    ):  # fmt: skip
        assert "éch" not in in_words(one)
    assert "7\u00a0h\u00a055" not in in_words(BatchProgress(0, (), 0, 3, timedelta(hours=7, minutes=58), 2))
    assert "8\u00a0h\u00a000" in in_words(BatchProgress(0, (), 0, 3, timedelta(hours=7, minutes=58), 2))
    assert "Aucun processus de lecture" in in_words(BatchProgress(0, (), 0, 3, None, 0))


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (BatchProgress(8, (ToLookAt("1", "…"),) * 4, 2, 286, timedelta(minutes=40)), "12 sur 300, environ 40\u00a0min"),
        (BatchProgress(1, (), 1, 2), "1 sur 4, durée restante pas encore connue"),
        (BatchProgress(1, (), 1, 2, paused=True), "1 sur 4, en pause\u00a0: ce qui est commencé se termine"),
        (BatchProgress(1, (), 0, 3, workers=0), "1 sur 4, en attente\u00a0: aucun processus de lecture ne tourne"),
        (BatchProgress(1, (), 0, 3, stands=True), "1 sur 4, interrompu\u00a0: reprenez la lecture"),
        (BatchProgress(3, (), 0, 0), "Terminé\u00a0: 3 lus, 0 à regarder."),
    ],
)
def test_a_page_says_how_far_it_is_in_one_line(progress: BatchProgress, said: str) -> None:
    assert headline(progress) == said


def test_a_pace_nobody_dated_is_counted_from_the_first_that_was_begun_lately() -> None:
    assert began_lately(ends(55, 3, 1), NOW) == ends(3)[0]
    assert began_lately(ends(55), NOW) is None


def files(folder: Path, content: Mapping[str, bytes]) -> Path:
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


CONTENT = {
    "0417.pdf": PDF + b"a", "dossier 418/main.pdf": PDF + b"b", "dossier 418/annexe.docx": b"PK", "LISEZ-MOI.txt": b"x",
    ".cache": b"x", "photo.exe": b"x",
}  # fmt: skip


def packed(folder: Path) -> Path:
    target = folder.parent / "lot.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in CONTENT.items():
            archive.writestr(f"lot/{name}", data)
        archive.writestr("__MACOSX/lot/._0417.pdf", b"x")
    return target


@pytest.mark.parametrize("made_of", [lambda folder: folder, packed], ids=["folder", "zip"])
def test_each_file_and_each_folder_is_a_dossier(made_of: Callable[[Path], Path], tmp_path: Path) -> None:
    source = made_of(files(tmp_path / "lot", CONTENT))
    found = {one.name: [(file.name, file.kind) for file in one.files()] for one in given(source).dossiers}
    assert found == {"0417": [("0417.pdf", "main")], "dossier 418": [("annexe.docx", "main"), ("main.pdf", "annex")]}


def test_beside_a_list_lie_the_files_of_those_it_names(tmp_path: Path) -> None:
    files(tmp_path / "lot", {"candidats.csv": "Numéro;Nom\n0417;Zoé Durand\n".encode(), "ZoeDurand.pdf": PDF})
    found = given(tmp_path / "lot" / "candidats.csv")
    assert (found.roster, [one.name for one in found.dossiers]) == ((Line("0417", "Zoé Durand"),), ["ZoeDurand"])


@pytest.mark.parametrize("name", ["absent", "notes.txt", "vide"])
def test_where_there_is_nothing_to_read_one_sentence_says_so(name: str, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UnreadableDossier):
        given(tmp_path / name)


class Choosy(Pipeline):
    """Reads, but for the files that hold a word."""

    def __call__(self, request: PreReadRequest, parts: object, steps: object, progress: object) -> PreRead:
        self.error = UnreadableDossier("Ce PDF est abîmé.") if b"bad" in request.files[0].data else None
        return super().__call__(request, parts, steps, progress)


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    made = Choosy()
    monkeypatch.setattr(jobs_module, "preread", made)
    return made


def test_a_batch_gives_each_dossier_to_its_candidate_and_ends_with_what_is_to_be_looked_at(
    made: House, pipeline: Pipeline, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made.app.organising.enrol(made.organiser, made.session, [Line("0417", "Zoé Durand"), Line("0418", "Léo Martin")])
    source = files(
        tmp_path / "lot",
        {
            "0417.pdf": PDF + b"one", "LeoMartin.pdf": PDF + b"two", "900.pdf": PDF + b"bad", "901.pdf": PDF + b"four",
            "902.pdf": b"no PDF at all", "0417 et 0418.pdf": PDF + b"five", "dossier 417 bis.pdf": PDF + b"six",
        },
    )  # fmt: skip
    run(source, made.session, wait=True)
    said = capsys.readouterr().out
    assert "Terminé\u00a0: 3 lus, 4 à regarder." in said
    looked = sorted(
        line.removeprefix("À regarder\u00a0: ") for line in said.splitlines() if line.startswith("À regarder")
    )
    assert [one.partition(".")[0] for one in looked] == ["0417 et 0418", "900", "902", "dossier 417 bis"]
    listed = {one.number: one.status for view in made.app.sessions.list(made.organiser) for one in view.candidacies}
    assert listed == {"0417": "complete", "0418": "complete", "900": "failed", "901": "complete"}
    runs = pipeline.runs
    run(source, made.session, wait=True)
    assert "0 dossier remis, 4 déjà là" in capsys.readouterr().out
    assert pipeline.runs == runs + 1  # the one that could not be read is tried once more


def test_a_batch_cut_short_goes_on_where_it_stopped(
    made: House, pipeline: Pipeline, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = files(tmp_path / "lot", {f"{number}.pdf": PDF + str(number).encode() for number in range(3)})
    run(source, made.session, wait=False)
    made.app.batches.read_next(made.organiser, made.session)
    assert pipeline.runs == 1
    run(source, made.session, wait=True)
    assert "3 lus, 0 à regarder" in capsys.readouterr().out
    assert pipeline.runs == 3


def test_only_who_organises_a_session_gives_it_a_batch(made: House) -> None:
    calls: list[Callable[..., Any]] = [
        lambda: made.app.batches.whose(made.anne, made.session, ["1"]),
        lambda: made.app.batches.progress(made.anne, made.session),
        lambda: made.app.batches.stop(made.anne, made.session),
        lambda: made.app.batches.pause(made.anne, made.session, on=True),
        lambda: made.app.batches.again(made.anne, made.session),
        lambda: made.app.batches.hand_in(made.anne, made.session, []),
    ]
    for call in calls:
        with pytest.raises(AccessDenied):
            call()


class Held(Pipeline):
    """Reads nothing before it is let go, and says how far it is meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.let_go = Event(), Event()

    def __call__(self, request: PreReadRequest, parts: object, steps: object, progress: object) -> PreRead:
        self.began.set()
        while not self.let_go.wait(0.01):
            progress("lecture", 0, 2)  # type: ignore[operator]  # the job's own
        return super().__call__(request, parts, steps, progress)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    made = Held()
    monkeypatch.setattr(jobs_module, "preread", made)
    return made


def hand_in(made: House, held: Held, count: int = 3) -> None:
    """So many dossiers, of which the first is being read."""
    dossiers = [
        GivenDossier(str(number), lambda number=number: (UploadedFile("d.pdf", PDF + bytes([number])),))  # type: ignore[misc]
        for number in range(count)
    ]
    assert made.app.batches.hand_in(made.organiser, made.session, dossiers).new == count
    assert held.began.wait(10)


def until_over(made: House, over: Callable[[BatchProgress], bool] = lambda progress: progress.over) -> BatchProgress:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        progress = made.app.batches.progress(made.organiser, made.session)
        if over(progress):
            return progress
        time.sleep(0.01)
    raise AssertionError("the batch did not come to that")


def test_a_paused_batch_ends_what_it_is_at_begins_nothing_and_goes_on_when_asked(made: House, held: Held) -> None:
    hand_in(made, held)
    made.app.batches.pause(made.organiser, made.session, on=True)
    held.let_go.set()
    paused = until_over(made, lambda progress: progress.at_work == 0)
    assert (paused.read, paused.waiting, paused.paused) == (1, 2, True)
    more = GivenDossier("9", lambda: (UploadedFile("d.pdf", PDF + b"9"),))
    made.app.batches.hand_in(made.organiser, made.session, [more])
    assert until_over(made, lambda progress: progress.waiting == 3).paused
    made.app.batches.pause(made.organiser, made.session, on=False)
    assert until_over(made).read == 4
    assert held.runs == 4


def test_stopping_a_batch_ends_what_is_read_and_begins_nothing_more(made: House, held: Held) -> None:
    hand_in(made, held)
    assert made.app.batches.stop(made.organiser, made.session) == 3
    stopped = until_over(made)
    assert [one.number for one in stopped.to_look_at] == ["0", "1", "2"]
    assert held.runs == 0
    held.let_go.set()
    assert made.app.batches.again(made.organiser, made.session) == 3
    assert until_over(made).read == 3


def test_several_files_of_one_candidate_dropped_together_are_one_dossier(made: House, held: Held) -> None:
    held.let_go.set()
    made.app.organising.enrol(made.organiser, made.session, [Line("0417", "Zoé Durand")])
    given = [
        GivenDossier(name, lambda name=name: (UploadedFile(f"{name}.pdf", PDF + name.encode()),))  # type: ignore[misc]
        for name in ("0417", "0417-annexe", "inconnu")
    ]
    taken = made.app.batches.hand_in(made.organiser, made.session, given, several=True, new=False)
    assert (taken.new, [one.number for one in taken.not_taken]) == (1, ["inconnu"])
    assert until_over(made).total == 1
