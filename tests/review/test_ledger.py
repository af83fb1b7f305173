"""What people write is kept for ever, version by version, and nobody reads or overwrites another's."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import EditConflict, StoreError
from assistant.review.ledger import LONGEST, Ledger
from assistant.store.engine import open_database


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(open_database(f"sqlite:///{tmp_path / 'n.db'}"))


def test_every_version_is_kept(ledger: Ledger) -> None:
    first = ledger.write("dossier", "anne", "Cr1.1/note", "un", 0)
    ledger.write("dossier", "anne", "Cr1.1/note", "un deux", first.version)
    assert ledger.read("dossier", "anne", "Cr1.1/note").value == "un deux"
    assert [entry.value for entry in ledger.history("dossier", "anne", "Cr1.1/note")] == ["un deux", "un"]


def test_an_old_version_is_restored_as_a_new_one(ledger: Ledger) -> None:
    for number, text in enumerate(("un", "deux")):
        ledger.write("dossier", "anne", "Cr1.1/note", text, number)
    old = ledger.history("dossier", "anne", "Cr1.1/note")[-1]
    restored = ledger.write("dossier", "anne", "Cr1.1/note", old.value, 2)
    assert (restored.value, restored.version) == ("un", 3)


def test_two_windows_cannot_overwrite_each_other(ledger: Ledger) -> None:
    ledger.write("dossier", "anne", "Cr1.1/note", "ici", 0)
    with pytest.raises(EditConflict):
        ledger.write("dossier", "anne", "Cr1.1/note", "ailleurs", 0)
    assert ledger.read("dossier", "anne", "Cr1.1/note").value == "ici"


def test_the_same_value_again_adds_no_version(ledger: Ledger) -> None:
    ledger.write("dossier", "anne", "Cr1.1/note", "un", 0)
    assert ledger.write("dossier", "anne", "Cr1.1/note", "un", 0).version == 1


def test_an_empty_text_is_a_version_like_others(ledger: Ledger) -> None:
    ledger.write("dossier", "anne", "Cr1.1/note", "un", 0)
    assert ledger.write("dossier", "anne", "Cr1.1/note", "", 1).version == 2


def test_a_text_beyond_all_measure_is_refused_whole(ledger: Ledger) -> None:
    with pytest.raises(StoreError):
        ledger.write("dossier", "anne", "Cr1.1/note", "x" * (LONGEST + 1), 0)
    assert ledger.read("dossier", "anne", "Cr1.1/note").version == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["anne", "bruno"]), st.sampled_from(["d1", "d2"]), st.text(max_size=20)), max_size=8
    )
)
def test_each_author_has_their_own_in_each_space(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[str, str, str]]
) -> None:
    ledger = Ledger(open_database(f"sqlite:///{tmp_path_factory.mktemp('n') / 'n.db'}"))
    latest: dict[tuple[str, str], str] = {}
    for author, space, text in writes:
        ledger.write(space, author, "c/note", text, ledger.read(space, author, "c/note").version)
        latest[author, space] = text
    for author in ("anne", "bruno"):
        for space in ("d1", "d2"):
            entry = ledger.all(space, author).get("c/note")
            assert (entry.value if entry else None) == latest.get((author, space))
