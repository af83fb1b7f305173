"""What the version before this one kept is found again, word for word: its own code wrote `fixtures/before-house`."""

import json
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from pydantic import TypeAdapter
from sqlalchemy import Engine, MetaData, Table, create_engine, insert, inspect, select, text

from assistant.dossier.model import Dossier
from assistant.referentiel.catalogue import loaded_from
from assistant.result import PreRead
from assistant.review.values import KINDS, value_of
from assistant.store import migrations
from assistant.store.dossiers import Dossiers
from assistant.store.engine import open_database, reading, writing
from assistant.store.files import FileStore
from assistant.store.journal import Journal, Key, Revision
from assistant.store.migrations.versions import m0010_lines_of_lists
from assistant.store.people import People
from assistant.store.prereads import PreReads, Results
from assistant.store.referentiels import Referentiels
from assistant.store.sessions import Sessions
from assistant.store.verification import verify_everything
from tests.store.conftest import open_engine

FIXTURE = Path(__file__).parent / "fixtures" / "before-house" / "installation.tar.xz"


@dataclass(frozen=True)
class Moved:
    """An installation of the version before, opened by this one; `expected` is what the old code read from it."""

    engine: Engine
    folder: Path
    expected: Mapping[str, Any]

    def current(self, review: str, person: str) -> dict[tuple[str, str, str], Revision]:
        with reading(self.engine) as connection:
            rows = Journal(connection).current(review, person)
        return {(row.key.criterion, row.key.kind, row.key.item): row for row in rows}


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Moved:
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(folder)
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return Moved(open_database(f"sqlite:///{folder / 'data' / 'prelecture.db'}"), folder / "data", expected)


def work_of(rows: Mapping[tuple[str, str, str], Revision]) -> dict[str, Any]:
    """The journal's current rows in the shape in which the old code printed a person's work."""
    criteria: dict[str, dict[str, Any]] = {}
    for (criterion, kind, item), row in sorted(rows.items()):
        if not criterion or row.value is None:
            continue
        mine = criteria.setdefault(criterion, {"choices": {}, "own": [], "evidence": []})
        if kind == "choice":
            mine["choices"][item] = row.value
        elif kind == "own_text":
            mine["own"].append({"id": item, **{name: row.value[name] for name in ("kind", "text", "pages")}})
        elif kind == "own_evidence":
            mine["evidence"].append({"id": item, **row.value})
        elif kind in {"note", "motivation"}:
            mine[kind] = [row.value["text"], row.version, row.written]
        else:
            mine[kind] = row.value
    return criteria


@pytest.mark.parametrize("who", ["anne", "bruno", "chloe", "local"])
def test_every_note_choice_own_text_passage_and_decision_is_as_it_was(moved: Moved, who: str) -> None:
    runs = moved.expected["runs"]
    person = moved.expected["people"][who]["person"] if who != "local" else "local"
    in_session = who in {"anne", "bruno"}
    review = {"chloe": f"own-{runs['candidate']}", "local": f"own-{runs['own']}"}.get(who, moved.expected["candidacy"])
    old = moved.expected["works" if in_session else "own_works"][person]
    new = work_of(moved.current(review, person))
    assert len(old["criteria"]) == {"anne": 9, "bruno": 9, "chloe": 1, "local": 2}[who]
    for criterion, was in old["criteria"].items():
        now = new[criterion]
        assert now["choices"] == was["choices"]
        assert now["own"] == was["own"]
        assert [(one["id"], one["page"], one["sentences"], one["quote"]) for one in now["evidence"]] == [
            (one["id"], one["page"], [one["sentence"]] if one["sentence"] else [], one["quote"])
            for one in was["evidence"]
        ]
        for kind in ("note", "motivation"):
            if was[kind]["version"]:
                written = datetime.fromisoformat(was[kind]["written"])
                assert now[kind] == [was[kind]["value"], was[kind]["version"], written]
            else:
                assert kind not in now
        empty = {"points": None, "level": None, "text": ""}
        assert now.get("decision", empty) == was["decision"]
        assert ("read" in now) == was["opened"]
        assert ("drafts_asked" in now) == (was["asked_ai"] is not None)


def test_the_fixture_holds_something_of_every_kind(moved: Moved) -> None:
    """Else the test above would compare nothing with nothing."""
    with reading(moved.engine) as connection:
        kinds = {row.kind for row in connection.execute(text("SELECT kind FROM journal"))}
        verdicts = {json.loads(row.value)["verdict"] for row in connection.execute(
            text("SELECT value FROM journal WHERE kind = 'choice' AND value != 'null'"))}  # fmt: skip
    assert kinds == set(KINDS) - {"unlock"}
    assert verdicts == {"adopted", "edited", "rejected"}


def test_every_value_is_of_its_kinds_type(moved: Moved) -> None:
    with reading(moved.engine) as connection:
        rows = connection.execute(text("SELECT kind, value FROM journal")).all()
    assert len(rows) > 150
    for row in rows:
        value_of(row.kind, json.loads(row.value))


def test_earlier_versions_and_what_was_taken_back_stay_in_the_history(moved: Moved) -> None:
    anne = moved.expected["people"]["anne"]["person"]
    with reading(moved.engine) as connection:
        journal = Journal(connection)
        note = journal.history(Key(moved.expected["candidacy"], anne, "Cr1.1", "note"))
        assert [(row.version, row.value["text"]) for row in note] == [
            (3, "Anne lit la page 1\net doute 😀 \ud83d."), (2, "Anne lit la page 1"), (1, "Anne lit")]  # fmt: skip
        rows = journal.current(moved.expected["candidacy"], anne)
        taken_back = [row for row in rows if row.key.kind == "own_text" and row.value is None]
        assert [row.value["text"] for row in journal.history(taken_back[0].key) if row.value] == ["Retiré ensuite"]
        decision = journal.history(Key(f"own-{moved.expected['runs']['own']}", "local", "Cr1.2", "decision"))
        assert [row.value["text"] for row in decision] == ["Convaincant sur dossier.", "Convaincant"]


def test_both_locks_stand_at_their_moment_and_bear_the_head(moved: Moved) -> None:
    for person, was in moved.expected["works"].items():
        rows = moved.current(moved.expected["candidacy"], person)
        lock = rows["", "lock", ""]
        assert lock.written == datetime.fromisoformat(was["locked"])
        assert len(lock.value["head"]) == 64
        assert rows["", "drafts_ignored", ""].value == {"value": was["ignores_ai"]}


def test_what_the_jury_agreed_on_and_who_consented_is_as_it_was(moved: Moved) -> None:
    review = moved.expected["candidacy"]
    jury = {key[0]: row for key, row in moved.current(review, "jury").items() if key[1] == "agreed"}
    assert jury.keys() == moved.expected["agreed"].keys()
    for criterion, was in moved.expected["agreed"].items():
        now = jury[criterion]
        assert (now.value["text"], now.value["decision"], now.value["by"], now.version) == (
            was["text"], was["decision"], was["by"], was["version"])  # fmt: skip
        consents = {
            person
            for person in moved.expected["works"]
            if (row := moved.current(review, person).get((criterion, "consent", "")))
            and row.value == {"version": now.version}
        }
        assert consents == set(was["consents"])


def test_the_journal_that_was_made_is_whole(moved: Moved) -> None:
    with reading(moved.engine) as connection:
        assert verify_everything(connection) == ()


def test_people_session_candidate_seats_and_accommodations_are_as_they_were(moved: Moved) -> None:
    people = {name: one["person"] for name, one in moved.expected["people"].items()}
    with reading(moved.engine) as connection:
        assert {one.id: (one.name, one.role) for one in People(connection).all()} == {
            one["person"]: (one["name"], one["role"]) for one in moved.expected["people"].values()
        }
        store = Sessions(connection)
        session = store.get(moved.expected["session"])
        assert session is not None
        assert (session.title, str(session.held), session.referentiel_id, session.blocs, session.blind_first) == (
            "Juin 2026", "2026-06-18", "cycle-client-ia", ("B0",), True)  # fmt: skip
        one, other = (store.candidacy(moved.expected[name]) for name in ("candidacy", "refused_candidacy"))
        assert one is not None
        assert other is not None
        assert (one.number, one.trainer, one.accommodations, one.shown_to_jury) == (
            "0417", people["theo"], "Tiers temps ; documents agrandis.", True)  # fmt: skip
        assert [(seat.person, seat.part, seat.link) for seat in store.seats(one.id)] == [
            (people["anne"], 1, "none"), (people["bruno"], 2, "none")]  # fmt: skip
        assert [(seat.person, seat.link) for seat in store.seats(other.id)] == [(people["anne"], "relation")]
        link = Journal(connection).latest(Key(other.id, people["anne"], "", "link"))
        assert link is not None
        assert link.value == {"link": "relation"}


def test_every_dossier_opens_with_its_file_its_result_and_its_referentiel(moved: Moved) -> None:
    runs, files = moved.expected["runs"], FileStore(moved.folder / "files")
    with reading(moved.engine) as connection:
        candidacy = Sessions(connection).candidacy(moved.expected["candidacy"])
        assert candidacy is not None
        assert candidacy.preread == runs["session"]
        for run, owner in (("session", "odile"), ("own", "local"), ("candidate", "chloe")):
            record = PreReads(connection).get(runs[run])
            assert record is not None
            assert record.owner == (moved.expected["people"][owner]["person"] if owner != "local" else "local")
            assert (record.status, record.supersedes) == ("complete", None)
            dossier = Dossiers(connection).get(record.dossier)
            assert dossier is not None
            assert files.get(dossier.files[0].sha256).startswith(b"%PDF")
            result = Results(connection).load(record.id)
            assert result is not None
            preread = PreRead.model_validate_json(result.payload)
            read = TypeAdapter(Dossier).validate_json(result.dossier)
            sentences = {one.id: one.text for one in read.sentences}
            assert all(sentences[e.id] == e.quote for part in preread.criteria for e in part.evidence)
            snapshot = Referentiels(connection).get(record.referentiel_sha256)
            assert snapshot is not None
            loaded = loaded_from(snapshot.content, snapshot.id)
            assert loaded.sha256 == preread.referentiel.sha256
            asked = {criterion.id for criterion in loaded.content.criteria(record.blocs)}
            assert {part.id for part in preread.criteria} == asked


def test_what_failed_was_stopped_or_is_gone_says_so(moved: Moved) -> None:
    runs = moved.expected["runs"]
    with reading(moved.engine) as connection:
        store = PreReads(connection)
        failed, stopped, cut = (store.get(runs[name]) for name in ("failed", "stopped", "unknown_referentiel"))
        assert failed is not None
        assert stopped is not None
        assert cut is not None
        assert (failed.status, failed.reasons) == ("failed", ("Le modèle ne répond pas : réessayez.",))
        assert (stopped.status, stopped.blocs) == ("stopped", ())
        assert cut.interrupted
        assert (cut.referentiel_id, cut.referentiel_sha256) == ("retire-depuis", "")
        refused = Sessions(connection).candidacy(moved.expected["refused_candidacy"])
        assert refused is not None
        assert refused.preread is None
        dossier = Dossiers(connection).get(refused.dossier)
        assert dossier is not None
        assert (dossier.title, dossier.files) == ("refuse.pdf", ())


def test_phrases_are_as_they_were_and_a_forgotten_one_stays_forgotten(moved: Moved) -> None:
    rows = moved.current("phrases-cycle-client-ia", moved.expected["people"]["anne"]["person"])
    kept = {key[2]: row.value["text"] for key, row in rows.items() if row.value is not None}
    assert kept == moved.expected["phrases"]
    assert len(rows) == len(kept) + 1


def test_what_one_wrote_on_anothers_reading_is_found_in_a_reading_of_ones_own(tmp_path: Path) -> None:
    """Two people handed in the same file with the same settings: one run, two reviews."""
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(tmp_path)
    expected = json.loads((tmp_path / "expected.json").read_text(encoding="utf-8"))
    url = f"sqlite:///{tmp_path / 'data' / 'prelecture.db'}"
    run, bruno = expected["runs"]["own"], expected["people"]["bruno"]["person"]
    before = create_engine(url)
    with before.begin() as connection:
        for topic, value in (("began", "true"), ("Cr1.1/note", '"Ma note"')):
            connection.execute(
                text("INSERT INTO entries (space, author, topic, version, value, written)"
                     " VALUES (:space, :author, :topic, 1, :value, '2026-06-01 10:00:00.000000')"),
                {"space": run, "author": bruno, "topic": topic, "value": value},
            )  # fmt: skip
    before.dispose()
    with reading(open_database(url)) as connection:
        mine, theirs = (PreReads(connection).of_owner(person) for person in (bruno, "local"))
        assert len(mine) == 1
        assert run in {one.id for one in theirs}
        assert mine[0].id != run
        assert Results(connection).load(mine[0].id) == Results(connection).load(run)
        (note,) = Journal(connection).current(f"own-{mine[0].id}")
        assert (note.key.person, note.value) == (bruno, {"text": "Ma note"})
        assert bruno not in {row.key.person for row in Journal(connection).current(f"own-{run}")}


def test_a_move_that_fails_leaves_the_old_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(tmp_path)
    url = f"sqlite:///{tmp_path / 'data' / 'prelecture.db'}"

    def cut(*_arguments: object) -> None:
        raise RuntimeError("cut")

    with monkeypatch.context() as patched:
        patched.setattr("assistant.store.migrations.house.moving._journal", cut)
        with pytest.raises(RuntimeError, match="cut"):
            open_database(url)
    old = create_engine(url)
    assert {"entries", "runs", "steps"} <= set(inspect(old).get_table_names())
    with old.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM entries")).scalar_one() == 168
    old.dispose()
    with reading(open_database(url)) as connection:
        assert verify_everything(connection) == ()


OLD_TABLES = ("runs", "steps", "people", "sessions", "candidacies", "assignments", "entries")


def test_a_postgresql_database_of_the_version_before_moves_like_a_sqlite_one(
    moved: Moved, postgres: str, tmp_path: Path
) -> None:
    """The fixture's rows, carried over to a PostgreSQL at schema 0002."""
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(tmp_path)
    before = create_engine(f"sqlite:///{tmp_path / 'data' / 'prelecture.db'}")
    server = open_engine(postgres)
    with server.begin() as connection, before.connect() as old:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for name in OLD_TABLES:
            table = Table(name, MetaData(), autoload_with=old)
            connection.execute(insert(table), [dict(row) for row in old.execute(select(table)).mappings()])
    server.dispose()
    engine = open_database(postgres)
    try:
        with reading(engine) as there, reading(moved.engine) as here:
            assert verify_everything(there) == ()
            for review in (moved.expected["candidacy"], f"own-{moved.expected['runs']['own']}"):
                assert Journal(there).current(review) == Journal(here).current(review)
            for run in moved.expected["runs"].values():
                assert PreReads(there).get(run) == PreReads(here).get(run)
                assert Results(there).load(run) == Results(here).load(run)
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()


def test_lines_that_were_left_when_their_files_came_are_cleared(engine: Engine) -> None:
    """A line of a list that nothing names, one whose candidate is still there, and a dossier with a file."""
    with writing(engine) as connection:
        dossiers, sessions = Dossiers(connection), Sessions(connection)
        alone, listed, filed = (dossiers.add("organiser", "", "Anne Le Gall", "Sarl X").id for _ in range(3))
        dossiers.add_file(filed, "ab", "d.pdf")
        session = sessions.add("Juin", None, "0", "essai", (), blind_first=False, created_by="organiser")
        sessions.add_candidacy(session.id, "1", dossier=listed)
        with Operations.context(MigrationContext.configure(connection)):
            m0010_lines_of_lists.upgrade()
        assert set(dossiers.many([alone, listed, filed])) == {listed, filed}
