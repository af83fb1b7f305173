"""Finished steps are a cache, known by what they are made of: inputs, and the bytes of the code and data that make them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, update

from assistant.store.engine import reading, writing
from assistant.store.fingerprint import fingerprint
from assistant.store.steps import StepCache, step_key
from assistant.store.tables import STEPS

PARTS = st.lists(st.text(max_size=8) | st.binary(max_size=8), max_size=4)


def test_a_step_is_kept_and_replaced_under_its_key(engine: Engine) -> None:
    with writing(engine) as connection:
        cache = StepCache(connection)
        assert cache.load("k") is None
        cache.save("k", "dossier", b"\x00un")
        cache.save("k", "dossier", b"\x00deux")
    with reading(engine) as connection:
        assert StepCache(connection).load("k") == b"\x00deux"


@pytest.mark.parametrize(
    ("older_than", "most_bytes", "left"),
    [
        (timedelta(days=2), None, ["k0", "k1"]),
        (None, 20, ["k0", "k1"]),
        (None, 19, ["k0"]),
        (timedelta(days=2), 10, ["k0"]),
        (None, 0, []),
        (None, None, ["k0", "k1", "k2", "k3"]),
    ],
)
def test_old_steps_go_first_by_age_and_by_size(
    engine: Engine, older_than: timedelta | None, most_bytes: int | None, left: list[str]
) -> None:
    with writing(engine) as connection:
        cache = StepCache(connection)
        for days in range(4):
            cache.save(f"k{days}", "dossier", b"0123456789")
            old = datetime.now(UTC) - timedelta(days=days)
            connection.execute(update(STEPS).where(STEPS.c.key == f"k{days}").values(created=old))
        assert cache.prune(older_than=older_than, most_bytes=most_bytes) == 4 - len(left)
        assert [f"k{days}" for days in range(4) if cache.load(f"k{days}")] == left


@given(PARTS, PARTS)
def test_other_inputs_are_another_step(one: list[str | bytes], other: list[str | bytes]) -> None:
    as_bytes = [[part.encode() if isinstance(part, str) else part for part in parts] for parts in (one, other)]
    assert (step_key("s", one, "f") == step_key("s", other, "f")) == (as_bytes[0] == as_bytes[1])


def test_another_name_or_fingerprint_is_another_step() -> None:
    assert len({step_key("s", ["a"], "f"), step_key("t", ["a"], "f"), step_key("s", ["a"], "g")}) == 3


def test_any_changed_added_renamed_or_removed_file_is_another_fingerprint(tmp_path: Path) -> None:
    source = tmp_path / "matching"
    source.mkdir()
    (source / "rules.py").write_text("LIMIT = 1\n")
    (source / "words.txt").write_text("friction\n")

    def now() -> str:
        fingerprint.cache_clear()
        return fingerprint((str(source),))

    seen = [now()]
    (source / "rules.py").write_text("LIMIT = 2\n")
    seen.append(now())
    (source / "words.txt").write_text("frictions\n")
    seen.append(now())
    (source / "words.txt").rename(source / "other.txt")
    seen.append(now())
    (source / "more.py").write_text("")
    seen.append(now())
    (source / "more.py").unlink()
    assert now() == seen[-2]
    assert len(set(seen)) == len(seen)
    (source / "__pycache__").mkdir()
    (source / "__pycache__" / "rules.pyc").write_bytes(b"x")
    assert now() == seen[-2]
    fingerprint.cache_clear()


def test_the_same_files_elsewhere_have_the_same_fingerprint(tmp_path: Path) -> None:
    made = []
    for place in ("one", "two"):
        source = tmp_path / place / "matching"
        source.mkdir(parents=True)
        (source / "rules.py").write_text("LIMIT = 1\n")
        made.append(fingerprint((str(source),)))
    assert made[0] == made[1]


def test_another_version_of_a_library_is_another_fingerprint() -> None:
    assert fingerprint(("text.py",), ("numpy",)) != fingerprint(("text.py",), ("not-installed",))
    assert fingerprint(("text.py",)) == fingerprint(("text.py",))


def test_a_source_that_does_not_exist_is_a_defect_not_an_empty_fingerprint() -> None:
    with pytest.raises(FileNotFoundError):
        fingerprint(("no-such-room",))
