"""Purges leave nothing but what was agreed and an audit that names nobody; a copy is put back into an empty place."""

import json
import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from assistant.access.actor import OPERATOR
from assistant.application import lifecycle
from assistant.application.audit import SAID
from assistant.application.auditing import AUDIT_ACTS
from assistant.application.backup import back_up, restore
from assistant.application.case_files import as_html, as_json
from assistant.application.context import Decision
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.application.kept_grid import kept, without_people
from assistant.application.lifecycle import Lifecycle, traces
from assistant.application.roster import Line
from assistant.components import calls_of
from assistant.errors import AccessDenied, InvalidInput, NotFound
from assistant.llm.calls import Request, StoredAnswer
from assistant.settings import Settings
from assistant.store.dossiers import Dossiers
from assistant.store.engine import reading, writing
from assistant.store.erasing import Erasing
from assistant.store.journal import Journal
from assistant.store.places import ERASING
from assistant.store.sessions import Sessions
from assistant.store.tables import DOSSIERS
from assistant.store.verification import verify_everything
from tests.application.house import PDF, SENTENCES, House, house

NAME, EMAIL = "Émilie Quatrebarbes", "emilie.quatrebarbes@exemple.fr"
PAUSE = 0.02
"""Seconds between two writes: SQLite lets one who waits in only where somebody pauses."""
WORDS = (NAME, EMAIL, *(text for _, text in SENTENCES.values()), "La candidate compte")


def lived(made: House, name: str = NAME, number: str = "0417") -> str:
    """A candidate whose jury read, wrote and agreed, with their name in what it wrote, and caches of every kind."""
    review = made.app.sessions.add_candidate(
        made.organiser,
        made.session,
        number,
        [UploadedFile(f"{name}.pdf", PDF + name.encode())],
        name=name,
        company="Sarl X",
    )
    made.finish(made.view(review).preread or "")
    made.seat(review, made.anne, made.bruno)
    made.note(made.anne, review, f"{name} dit : « {SENTENCES['p4s1'][1]} »")
    made.write(made.anne, review, "own_evidence", "C1", {"page": 4, "sentences": ["p4s1"]}, item="x1")
    made.lock(review, made.anne, made.bruno)
    proposed = made.propose(made.anne, review, Decision(points=1.5), f"La candidate compte, dit {name}.")
    made.consent(made.bruno, review, proposed.version)
    folder = made.app.settings.data_dir
    for cache in ("ocr", "readings", "converted"):
        (folder / cache).mkdir(exist_ok=True)
        (folder / cache / "x.json").write_text(f"{name} {SENTENCES['p4s1'][1]}", encoding="utf-8")
    return review


@pytest.fixture
def review(made: House) -> str:
    return lived(made)


LISTED = Line("0419", "Anne Le Gall", "Boulangerie Quimper", email="anne.le.gall@exemple.fr")


def listed_and_handed_in(made: House) -> str:
    """A candidate of a list, to whom a file was given afterwards."""
    made.app.organising.enrol(made.organiser, made.session, [LISTED])
    made.app.organising.hand_in(made.organiser, made.session, [UploadedFile("0419.pdf", PDF + b"0419")])
    with reading(made.app.engine) as connection:
        return next(one.id for one in Sessions(connection).candidacies(made.session) if one.number == LISTED.number)


def left_over(made: House) -> None:
    """The line that an earlier version left when a listed candidate's file came."""
    with writing(made.app.engine) as connection:
        Dossiers(connection).add(made.organiser.person, "", LISTED.name, LISTED.company)


def nothing_is_left_of_a_listed_candidate(made: House) -> None:
    review = listed_and_handed_in(made)
    with reading(made.app.engine) as connection:
        assert connection.execute(select(func.count()).where(DOSSIERS.c.candidate_name == LISTED.name)).scalar() == 1
    made.app.lifecycle.purge_candidate(OPERATOR, review)
    wanted = [LISTED.name, LISTED.company, LISTED.email]
    assert traces(Installation(made.app.settings), wanted) == ()
    left_over(made)
    assert traces(Installation(made.app.settings), wanted)
    made.app.lifecycle.purge_candidate(OPERATOR, review)
    assert traces(Installation(made.app.settings), wanted) == ()


class Killed(BaseException):
    """The process ends where it stands."""


def nothing_is_left_of_a_purge_that_was_killed_once_it_is_asked_again(
    made: House, monkeypatch: pytest.MonkeyPatch, whole_session: bool
) -> None:
    """Killed between the commit and the files. Nothing of another candidate goes, nor what came back meanwhile."""
    name, again_in = ("Ysé Corentin", b"deux") if whole_session else ("Zita Malherbe", b"une")
    both = [UploadedFile(f"{name}.pdf", PDF + name.encode()), UploadedFile("b.pdf", PDF + again_in, "annex")]
    review = made.app.sessions.add_candidate(made.organiser, made.session, "killed", both, name=name)
    made.finish(made.view(review).preread or "")
    said = SENTENCES["p4s1"][1]
    monkeypatch.setattr(lifecycle, "TELLING", len(said))
    calls, request = calls_of(made.app.settings), Request("modele", "draft", "Consigne", said, "{}")
    other = Request("modele", "draft", "Consigne", "D’un autre dossier", "{}")
    for one in (request, other):
        calls.keep(one, StoredAnswer("Réponse", 7, 2))
    installation = Installation(made.app.settings)
    files = set(installation.files.hashes())

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Lifecycle, "_after", killed)
        with pytest.raises(Killed):
            made.app.lifecycle.purge_candidate(OPERATOR, review)
    assert set(installation.files.hashes()) == files
    assert calls.find(request)
    kept_session, made.session = made.session, made.founded(made.organiser)
    made.app.sessions.add_candidate(made.organiser, made.session, "back", both[1:])
    again = Application(made.app.settings).lifecycle
    with pytest.raises(NotFound):
        again.purge_candidate(made.organiser, review)
    finished = (
        again.purge_session(made.organiser, kept_session) if whole_session else again.purge_candidate(OPERATOR, review)
    )
    assert (finished.files, finished.calls) == (1, 1)
    assert files - set(installation.files.hashes()) == {sha256(PDF + name.encode()).hexdigest()}
    assert calls.find(request) is None
    assert calls.forget([other.user]) == 1
    assert traces(installation, [name]) == ()
    assert list(installation.kept.under(ERASING).names()) == []


def rows(engine: Engine, review: str) -> list[object]:
    with reading(engine) as connection:
        return [one.value for one in Journal(connection).current(review)]


def test_a_purge_leaves_no_word_and_the_chains_hold(made: House, review: str) -> None:
    other = lived(made, "Hector Vandamme", "0418")
    installation = Installation(made.app.settings)
    assert {one.word for one in traces(installation, [NAME])}
    erased = made.app.lifecycle.purge_candidate(OPERATOR, review)
    assert NAME in erased.words
    assert erased.candidates == erased.dossiers == erased.files == 1
    only_theirs = [NAME, "Quatrebarbes", EMAIL]
    assert traces(installation, only_theirs) == ()
    with reading(made.app.engine) as connection:
        assert verify_everything(connection) == ()
    assert set(map(str, rows(made.app.engine, review))) == {"None"}
    assert made.work(made.anne, other).on("C1").note.text.startswith("Hector")


def test_nothing_is_left_of_a_listed_candidate_nor_of_the_line_an_earlier_version_left(settings: Settings) -> None:
    nothing_is_left_of_a_listed_candidate(house(settings))


@pytest.mark.parametrize("whole_session", [False, True])
def test_nothing_is_left_of_a_purge_that_was_killed_once_it_is_asked_again(
    made: House, monkeypatch: pytest.MonkeyPatch, whole_session: bool
) -> None:
    nothing_is_left_of_a_purge_that_was_killed_once_it_is_asked_again(made, monkeypatch, whole_session)


def test_a_purge_that_was_undone_erases_no_file_whoever_purges_next(
    made: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = lived(made, "Wanda Levasseur")

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "erase", killed)
        with pytest.raises(Killed):
            made.app.lifecycle.purge_candidate(OPERATOR, review)
    installation = Installation(made.app.settings)
    files = sorted(installation.files.hashes())
    made.app.lifecycle.tidy(OPERATOR)
    assert sorted(installation.files.hashes()) == files
    assert made.view(review).number == "0417"
    assert made.app.lifecycle.purge_candidate(OPERATOR, review).files == 1


def test_a_candidate_of_the_list_whose_number_is_taken_back_leaves_no_name(made: House) -> None:
    made.app.organising.enrol(made.organiser, made.session, [LISTED])
    with reading(made.app.engine) as connection:
        (listed,) = Sessions(connection).candidacies(made.session)
    made.app.sessions.withdraw(made.organiser, listed.id)
    with reading(made.app.engine) as connection:
        assert Dossiers(connection).get(listed.dossier) is None


def test_what_is_past_its_time_takes_the_lines_of_earlier_versions_along(settings: Settings) -> None:
    made = house(settings)
    left_over(made)
    made.app.lifecycle.tidy(OPERATOR)
    assert traces(Installation(made.app.settings), [LISTED.name]) == ()


def test_its_sentences_are_gone_too_when_nobody_else_wrote_them(settings: Settings) -> None:
    made = house(settings)
    lived(made)
    made.app.lifecycle.purge_session(OPERATOR, made.session)
    assert traces(Installation(made.app.settings), [*WORDS[:5], "sarl x"]) == ()


def test_what_was_agreed_stays_and_names_nobody(made: House, review: str) -> None:
    made.app.lifecycle.purge_candidate(made.organiser, review)
    with reading(made.app.engine) as connection:
        (grid,) = kept(connection, made.session)
    said = json.dumps(grid, ensure_ascii=False)
    assert grid["number"] == "0417"
    assert grid["criteria"]["C1"]["points"] == 1.5  # type: ignore[index]  # JSON
    assert "[nom effacé]" in said
    assert not any(word in said for word in WORDS[:5])


@pytest.mark.parametrize("who", ["anne", "bruno", "chloe", "trainer"])
def test_a_juror_erases_nobody(made: House, review: str, who: str) -> None:
    with pytest.raises(AccessDenied):
        made.app.lifecycle.purge_candidate(getattr(made, who), review)


def test_a_session_is_erased_whole_or_not_at_all_and_by_whoever_organises_it(made: House, review: str) -> None:
    for who in (made.anne, made.chloe, made.trainer):
        with pytest.raises(AccessDenied):
            made.app.lifecycle.purge_session(who, made.session)
    assert made.view(review).number == "0417"
    assert made.app.lifecycle.purge_session(made.organiser, made.session).candidates == 1
    assert made.app.lifecycle.purge_session(made.organiser, made.session).candidates == 0
    with pytest.raises(AccessDenied):
        made.app.lifecycle.purge_session(made.anne, made.session)


def test_words_that_nobody_purged_but_that_are_gone_are_missed(settings: Settings) -> None:
    made = house(settings)
    review = lived(made)
    with writing(made.app.engine) as connection:
        Journal(connection).erase(review)
    with reading(made.app.engine) as connection:
        assert {one.kind for one in verify_everything(connection)} == {"erased"}


def test_a_dossier_of_one_s_own_is_erased_by_its_owner_alone(made: House) -> None:
    preread = made.own(made.anne).removeprefix("own-")
    with pytest.raises(AccessDenied):
        made.app.lifecycle.purge_own(made.bruno, preread)
    made.app.lifecycle.purge_own(made.anne, preread)
    assert made.app.prereads.list(made.anne) == ()


def test_what_is_past_its_time_is_named_and_nothing_else(settings: Settings) -> None:
    made = house(settings)
    lived(made)
    own = made.own(made.anne).removeprefix("own-")
    assert made.app.lifecycle.expired(OPERATOR) == type(made.app.lifecycle.expired(OPERATOR))((), ())
    later = datetime.now(UTC).date() + timedelta(days=400)
    assert made.app.lifecycle.expired(OPERATOR, later).prereads == (own,)
    much_later = later + timedelta(days=400)
    assert made.app.lifecycle.expired(OPERATOR, much_later).sessions == (made.session,)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Émilie quatrebarbes précise", "[nom effacé] précise"),
        ("QUATREBARBES, tél. 06 12 34 56 78", "[nom effacé], tél. [coordonnée effacée]"),
        ("« Je relève deux frictions. » p. 4", "« [passage effacé] » p. 4"),
        ("Rien de personnel", "Rien de personnel"),
        ("Miliee n’est pas son nom", "Miliee n’est pas son nom"),
    ],
)
def test_a_kept_text_names_nobody(text: str, left: str) -> None:
    assert without_people(text, [NAME], ["Je relève deux frictions."]) == left


def test_a_copy_made_while_people_write_is_put_back_into_an_empty_place(
    made: House, review: str, tmp_path: Path
) -> None:
    stop = threading.Event()

    def write_on() -> None:
        number = 0
        while not stop.wait(PAUSE):
            made.app.phrases.keep(made.anne, "essai", "C1", f"phrase {number}")
            number += 1

    writer = threading.Thread(target=write_on)
    writer.start()
    copied = back_up(Installation(made.app.settings), OPERATOR, tmp_path / "copie.zip")
    stop.set()
    writer.join()
    elsewhere = Installation(Settings(data_dir=tmp_path / "ailleurs"))
    back = restore(elsewhere, OPERATOR, tmp_path / "copie.zip")
    assert (back.rows, back.files) == (copied.rows, copied.files)
    again = Application(elsewhere.settings)
    assert again.reviews.context(made.anne, review).work.on("C1").note == made.work(made.anne, review).on("C1").note
    assert not again.audit.verify(OPERATOR).faults
    with pytest.raises(InvalidInput, match="contient déjà"):
        restore(elsewhere, OPERATOR, tmp_path / "copie.zip")
    with pytest.raises(InvalidInput, match="existe déjà"):
        back_up(elsewhere, OPERATOR, tmp_path / "copie.zip")
    (tmp_path / "faux.zip").write_bytes(b"PK")
    with pytest.raises(InvalidInput, match="abîmé"):
        restore(Installation(Settings(data_dir=tmp_path / "vide")), OPERATOR, tmp_path / "faux.zip")


def test_a_copy_holds_what_was_asked_of_the_model_so_that_nothing_is_asked_again(made: House, tmp_path: Path) -> None:
    request = Request("modele", "draft", "Consigne", "Texte masqué", "{}")
    calls_of(made.app.settings).keep(request, StoredAnswer("Réponse", 7, 2))
    assert back_up(Installation(made.app.settings), OPERATOR, tmp_path / "copie.zip").calls == 1
    elsewhere = Installation(Settings(data_dir=tmp_path / "ailleurs"))
    assert restore(elsewhere, OPERATOR, tmp_path / "copie.zip").calls == 1
    there = calls_of(elsewhere.settings)
    assert there.find(request) == StoredAnswer("Réponse", 7, 2)
    assert there.request(request.key) == request


def test_a_case_file_says_who_did_what_and_shows_no_reading_before_all_are_locked(made: House) -> None:
    review = made.jury("<b>12</b>")
    made.note(made.anne, review, "secret <script>")
    made.app.reviews.viewed(made.anne, review)
    case = made.app.audit.case_file(made.organiser, review)
    assert case.withheld
    assert not case.written
    assert case.whole
    acts = [one.act for one in case.lines]
    assert {"candidate", "upload", "seat", "link", "write", "view"} <= set(acts)
    assert "secret" not in as_json(case) + as_html(case)
    made.lock(review, made.anne, made.bruno)
    page = as_html(made.app.audit.case_file(made.organiser, review))
    assert "secret &lt;script&gt;" in page
    assert "<script" not in page
    assert "Anne" in page
    with pytest.raises(AccessDenied):
        made.app.audit.case_file(made.anne, review)


def test_the_audit_holds_no_name_and_no_text(made: House) -> None:
    lived(made, number="kk-0417")
    with reading(made.app.engine) as connection:
        said = b"\n".join(value for place, value in Erasing(connection).every_text() if place.startswith("audit"))
    for word in (*WORDS, "Quatrebarbes", "kk-0417", "Anne", "Sarl X", "d.pdf"):
        assert word.encode() not in said
        assert json.dumps(word)[1:-1].encode() not in said


def test_every_act_of_the_audit_has_words(made: House) -> None:
    assert set(SAID) == set(AUDIT_ACTS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Each test founds its own session in one installation: opening one takes longer than a test."""
    return house(Settings(data_dir=tmp_path_factory.mktemp("kept")))


@pytest.fixture(autouse=True)
def _own_session(made: House) -> None:
    made.session = made.founded(made.organiser)
