"""Dossiers on disk: kept once, never half-written, their owner's alone, and never handed out when they were altered."""

import stat
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.store.files import FileStore


def test_the_same_file_is_kept_once_and_an_altered_one_is_refused(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    sha256 = files.put(b"%PDF contenu")
    assert files.put(b"%PDF contenu") == sha256
    assert files.get(sha256) == b"%PDF contenu"
    (kept,) = [p for p in tmp_path.rglob("*") if p.is_file()]
    kept.write_bytes(b"autre")
    with pytest.raises(StoreError, match="modifié"):
        files.get(sha256)
    with pytest.raises(StoreError, match="introuvable"):
        files.get("0" * 64)


def test_an_altered_file_is_put_right_when_it_is_handed_in_again(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    sha256 = files.put(b"%PDF contenu")
    (tmp_path / sha256[:2] / f"{sha256}.pdf").write_bytes(b"autre")
    assert files.put(b"%PDF contenu") == sha256
    assert files.get(sha256) == b"%PDF contenu"


def test_folders_and_files_are_their_owners_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    files = FileStore(data / "files")
    files.put(b"%PDF contenu")
    modes = {stat.S_IMODE(one.stat().st_mode) for one in (data, *data.rglob("*")) if one.is_dir()}
    assert modes == {0o700}
    assert {stat.S_IMODE(one.stat().st_mode) for one in data.rglob("*") if one.is_file()} == {0o600}


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 63, "G" * 64, "0" * 64 + "/x"])
def test_only_a_hash_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="introuvable"):
        FileStore(tmp_path).get(name)
