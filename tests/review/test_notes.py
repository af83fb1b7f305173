from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import AccessDenied, EditConflict
from assistant.review.actor import Actor
from assistant.review.notes import Notes
from assistant.store.engine import open_database

A, B = Actor("anne", "juror"), Actor("bruno", "juror")


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(open_database(f"sqlite:///{tmp_path / 'n.db'}"))


def test_every_version_is_kept(notes: Notes) -> None:
    first = notes.write(A, "run", "Cr1.1", "un", 0)
    notes.write(A, "run", "Cr1.1", "un deux", first.version)
    assert notes.read(A, "run", "Cr1.1").text == "un deux"
    assert [n.text for n in notes.history(A, "run", "Cr1.1")] == ["un deux", "un"]
    assert notes.written(A, "run") == {"Cr1.1"}


def test_two_windows_cannot_overwrite_each_other(notes: Notes) -> None:
    notes.write(A, "run", "Cr1.1", "ici", 0)
    with pytest.raises(EditConflict):
        notes.write(A, "run", "Cr1.1", "ailleurs", 0)
    assert notes.read(A, "run", "Cr1.1").text == "ici"


def test_the_same_text_again_adds_no_version(notes: Notes) -> None:
    notes.write(A, "run", "Cr1.1", "un", 0)
    assert notes.write(A, "run", "Cr1.1", "un", 0).version == 1


def test_those_who_do_not_read_dossiers_have_no_notes(notes: Notes) -> None:
    with pytest.raises(AccessDenied):
        notes.read(Actor("olga", "organiser"), "run", "Cr1.1")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([A, B]), st.sampled_from(["r1", "r2"]), st.text(max_size=20)), max_size=8))
def test_nobody_sees_another_s_notes(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[Actor, str, str]]
) -> None:
    notes = Notes(open_database(f"sqlite:///{tmp_path_factory.mktemp('n') / 'n.db'}"))
    latest: dict[tuple[Actor, str], str] = {}
    for actor, run, text in writes:
        notes.write(actor, run, "c", text, notes.read(actor, run, "c").version)
        latest[actor, run] = text
    for actor in (A, B):
        for run in ("r1", "r2"):
            assert notes.read(actor, run, "c").text == latest.get((actor, run), "")
