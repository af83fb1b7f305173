"""Runs: stopped, interrupted, retried, refused; what is finished is kept, and a candidacy follows its newest reading."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter
from sqlalchemy import update

from assistant.access.actor import LOCAL
from assistant.application import jobs as jobs_module
from assistant.application.context import Decision
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.jobs import JobProgress
from assistant.components import components_of
from assistant.dossier.model import Dossier, InputFile
from assistant.errors import AccessDenied, Cancelled, UnreadableDossier
from assistant.matching.match import Ranking
from assistant.preread import PreReadRequest
from assistant.progress import silent
from assistant.result import PreRead
from assistant.settings import Settings
from assistant.store.dossiers import Dossiers
from assistant.store.engine import writing
from assistant.store.prereads import PreReads
from assistant.store.steps import StepCache
from assistant.store.tables import STEPS
from tests.application.house import PDF, House, dossier, essay, items, result
from tests.conftest import DOSSIERS
from tests.dossier.test_conversion import word
from tests.dossier.test_pictures import scan

REFERENTIEL = "cycle-client-ia"


def stopping_at(step: str) -> Callable[[str, int, int], None]:
    def tell(now: str, done: int, total: int) -> None:
        if now == step:
            raise Cancelled("Lecture arrêtée.")

    return tell


def state(app: Application, preread: str) -> str:
    return app.jobs.progress(LOCAL, preread).state


@pytest.mark.parametrize("step", ["lecture", "reconnaissance de caractères", "recherche"])
def test_a_run_stopped_anywhere_goes_on_to_the_same_bytes(step: str, settings: Settings) -> None:
    app, file = Application(settings), UploadedFile("dossier.pdf", scan())
    preread = app.prereads.add(LOCAL, [file], REFERENTIEL)
    with pytest.raises(Cancelled):
        app.jobs.run(LOCAL, preread, stopping_at(step))
    assert state(app, preread) == "stopped"
    app.jobs.run(LOCAL, preread, silent)
    other = Application(settings.model_copy(update={"data_dir": settings.data_dir / "elsewhere"}))
    elsewhere = other.prereads.add(LOCAL, [file], REFERENTIEL)
    other.jobs.run(LOCAL, elsewhere, silent)
    resumed = app.prereads.open(LOCAL, preread)
    assert resumed.preread.to_json() == other.prereads.open(LOCAL, elsewhere).preread.to_json()


def test_the_same_file_handed_in_again_is_the_same_pre_read(settings: Settings) -> None:
    app = Application(settings)
    first = app.prereads.add(LOCAL, [UploadedFile("d.pdf", PDF)], REFERENTIEL)
    assert app.prereads.add(LOCAL, [UploadedFile("d.pdf", PDF)], REFERENTIEL) == first
    assert app.prereads.add(LOCAL, [UploadedFile("e.pdf", PDF)], REFERENTIEL) != first
    other = Application(settings.model_copy(update={"ocr": "off"}))
    assert other.prereads.add(LOCAL, [UploadedFile("d.pdf", PDF)], REFERENTIEL) != first


def test_a_refused_file_outside_a_session_leaves_nothing_behind(settings: Settings) -> None:
    app = Application(settings)
    with pytest.raises(UnreadableDossier):
        app.prereads.add(LOCAL, [UploadedFile("dossier.pdf", b"Bonjour")], REFERENTIEL)
    preread = app.prereads.add(LOCAL, [UploadedFile("dossier.pdf", PDF)], REFERENTIEL)
    with pytest.raises(UnreadableDossier):
        app.jobs.run(LOCAL, preread, silent)
    assert app.prereads.list(LOCAL) == ()


def test_a_word_document_is_pre_read_and_its_pages_can_be_shown(settings: Settings) -> None:
    app = Application(settings)
    handed_in = word()
    preread = app.prereads.add(LOCAL, [UploadedFile("dossier.docx", handed_in)], REFERENTIEL)
    app.jobs.run(LOCAL, preread, silent)
    assert app.prereads.open(LOCAL, preread).preread.dossier.file == "dossier.docx"
    assert app.prereads.page_png(LOCAL, preread, 1, 1.0).startswith(b"\x89PNG")
    data, name, media = app.prereads.original(LOCAL, preread)
    assert (data, name) == (handed_in, "dossier.docx")
    assert "wordprocessing" in media


FIGURES = {
    "cycle-client-plombier": (11, "Allowed hours"),
    "relation-client-jardinerie": (11, "framboisier"),
    "tpe-ia-osteopathe": (19, "Messages traités"),
    "manager-menuiserie-bloc1": (5, "PILE DEVIS"),
    "relation-client-bricolage": (10, "livraison oubliée deux fois"),
}


@pytest.mark.usefixtures("shared_readings")
@pytest.mark.parametrize("name", FIGURES)
def test_what_stands_in_the_figures_of_the_labelled_dossiers_can_be_cited(name: str, settings: Settings) -> None:
    page, words = FIGURES[name]
    data = (DOSSIERS / name / "dossier.pdf").read_bytes()
    read = components_of(settings).read((InputFile("dossier.pdf", data),), (), silent)
    assert any(words in s.text for s in read.sentences if s.page == page and s.source == "ocr")
    assert read.unread_pages == ()


class Pipeline:
    """Stands in for the pipeline: gives a result of its own, or raises."""

    def __init__(self, error: BaseException | None = None, drafted: str = "", status: str = "complete") -> None:
        self.error, self.drafted, self.status = error, drafted, status
        self.runs = 0

    def __call__(self, request: PreReadRequest, parts: object, steps: object, progress: object) -> PreRead:
        self.runs += 1
        if self.error:
            raise self.error
        steps.save("dossier", "k", TypeAdapter(Dossier).dump_json(dossier()))  # type: ignore[attr-defined]
        steps.save("ranking", "r", TypeAdapter(Ranking).dump_json(Ranking((), ())))  # type: ignore[attr-defined]
        made = result(essay(), self.drafted)
        return made.model_copy(update={"status": self.status})


def until_done(made: House, preread: str) -> JobProgress:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        now = made.app.jobs.progress(made.organiser, preread)
        if not now.at_work:
            return now
        time.sleep(0.02)
    raise AssertionError("the run did not end")


def test_try_again_inside_a_session_shows_its_result_with_all_the_jury_wrote(
    made: House, review: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 2: the retry ran under another key, which no candidacy pointed at; its result never showed."""
    observation, gap, question = items("C1")
    made.note(made.anne, review, "ma note")
    made.decide(made.anne, review, Decision(points=1))
    made.choose(made.anne, review, observation, "adopted")
    made.choose(made.anne, review, question, "edited", "Ma question ?")
    made.choose(made.anne, review, gap, "rejected")
    monkeypatch.setattr(jobs_module, "preread", Pipeline(drafted=" bis"))
    before = made.view(review).preread or ""
    again = made.app.jobs.retry(made.organiser, before)
    assert until_done(made, again).state == "complete"
    assert (again != before, made.view(review).preread) == (True, again)
    view = made.app.reviews.desk(made.anne, review)
    assert view.criteria[0].items[0].text == "C1 constat bis"
    work = view.work["C1"]
    assert (work.note.text, work.decision.points) == ("ma note", 1)
    assert [(one.kind, one.text) for one in work.taken_over] == [
        ("observation", "C1 constat"), ("question", "Ma question ?"),
    ]  # fmt: skip
    grid = made.app.exports.grid(made.anne, review, "individual")
    assert [one.text for one in grid.rows[0].observations] == ["C1 constat"]
    assert [(one.text, one.origin) for one in grid.rows[0].questions] == [("Ma question ?", "ai_edited")]
    made.choose(made.anne, review, observation, None)
    assert made.app.reviews.desk(made.anne, review).work["C1"].taken_over[0].kind == "question"


def test_a_retry_that_fails_leaves_the_result_that_stood(
    made: House, review: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = Pipeline(UnreadableDossier("Ce PDF est abîmé\u00a0: exportez-le de nouveau."))
    monkeypatch.setattr(jobs_module, "preread", pipeline)
    before = made.view(review).preread or ""
    again = made.app.jobs.retry(made.organiser, before)
    assert until_done(made, again) == JobProgress(state="failed", message=str(pipeline.error))
    assert made.view(review).preread == before
    assert made.app.reviews.desk(made.anne, review).criteria
    pipeline.error = None
    assert made.app.jobs.retry(made.organiser, before) == again
    assert until_done(made, again).state == "complete"
    assert made.view(review).preread == again


@pytest.mark.parametrize("change", [{"model": "fake"}, {"ocr": "off"}, {"embedding_model": "other"}])
def test_another_model_or_ocr_engine_loses_no_candidacy(made: House, review: str, change: dict[str, str]) -> None:
    """Fault 2: the key was a hash of these settings; once they changed, nothing was found under it any more."""
    made.note(made.anne, review, "ma note")
    changed = Application(made.app.settings.model_copy(update=change))
    view = changed.reviews.desk(made.anne, review)
    assert (view.work["C1"].note.text, len(view.criteria)) == ("ma note", 2)


def test_a_newer_version_of_the_program_loses_no_candidacy(
    made: House, review: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.__version__", "9.9.9")
    assert Application(made.app.settings).reviews.desk(made.anne, review).criteria


def test_a_run_interrupted_by_a_restart_goes_on_when_asked_again(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "preread", Pipeline())
    review = made.app.sessions.add_candidate(made.organiser, made.session, "1", [UploadedFile("d.pdf", PDF)])
    preread = made.view(review).preread or ""
    with writing(made.app.engine) as connection:
        PreReads(connection).start(preread)
    made.app = Application(made.app.settings)
    assert made.app.jobs.progress(made.organiser, preread).state == "interrupted"
    made.app.jobs.start(made.organiser, preread)
    assert until_done(made, preread).state == "complete"


def test_a_run_at_work_is_not_started_twice_and_a_finished_one_not_again(
    made: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = Pipeline()
    monkeypatch.setattr(jobs_module, "preread", pipeline)
    review = made.app.sessions.add_candidate(made.organiser, made.session, "1", [UploadedFile("d.pdf", PDF)])
    preread = made.view(review).preread or ""
    for _ in range(5):
        made.app.jobs.start(made.organiser, preread)
    until_done(made, preread)
    made.app.jobs.start(made.organiser, preread)
    assert pipeline.runs == 1


def test_what_nobody_foresaw_is_told_with_a_reference_that_stands_in_the_log(
    made: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Fault 8: the exception of a run's thread went into a future that nobody read."""
    monkeypatch.setattr(jobs_module, "preread", Pipeline(ZeroDivisionError("mots du dossier")))
    review = made.app.sessions.add_candidate(made.organiser, made.session, "1", [UploadedFile("d.pdf", PDF)])
    preread = made.view(review).preread or ""
    made.app.jobs.start(made.organiser, preread)
    told = until_done(made, preread)
    assert told.state == "failed"
    reference = told.message.partition("référence\u00a0")[2][:9]
    assert reference in [getattr(record, "fields", {}).get("reference") for record in caplog.records]
    assert "mots" not in told.message
    made.app = Application(made.app.settings)
    assert made.app.jobs.progress(made.organiser, preread).message == told.message


def test_only_those_who_may_read_a_dossier_run_it(made: House, review: str) -> None:
    preread = made.view(review).preread or ""
    for call in (made.app.jobs.start, made.app.jobs.stop, made.app.jobs.retry):
        for actor in (made.chloe, made.trainer, LOCAL):
            with pytest.raises(AccessDenied):
                call(actor, preread)


def test_notes_outside_a_session_are_found_again_after_a_retry(made: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "preread", Pipeline(drafted=" bis"))
    review = made.own(made.anne)
    made.note(made.anne, review, "pour moi")
    (line,) = made.app.prereads.list(made.anne)
    again = made.app.jobs.retry(made.anne, line.id)
    while made.app.jobs.progress(made.anne, again).at_work:
        time.sleep(0.02)
    (line,) = made.app.prereads.list(made.anne)
    assert (line.id, line.review) == (again, review)
    view = made.app.reviews.desk(made.anne, review)
    assert (view.work["C1"].note.text, view.criteria[0].items[0].text) == ("pour moi", "C1 constat bis")


def test_a_dossier_of_ones_own_is_withdrawn_from_the_list(made: House) -> None:
    made.own(made.anne)
    (line,) = made.app.prereads.list(made.anne)
    made.app.prereads.withdraw(made.anne, line.id)
    assert made.app.prereads.list(made.anne) == ()
    with writing(made.app.engine) as connection:
        assert Dossiers(connection).of_owner(made.anne.person) == ()


def test_steps_that_are_a_month_old_go_when_a_run_ends(
    settings: Settings, plumber: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "preread", Pipeline())
    app = Application(settings)
    with writing(app.engine) as connection:
        StepCache(connection).save("old", "dossier", b"{}")
        connection.execute(update(STEPS).values(created=datetime.now(UTC) - timedelta(days=31)))
    preread = app.prereads.add(LOCAL, [UploadedFile("dossier.pdf", plumber)], REFERENTIEL)
    app.jobs.run(LOCAL, preread, silent)
    with writing(app.engine) as connection:
        assert StepCache(connection).load("old") is None
