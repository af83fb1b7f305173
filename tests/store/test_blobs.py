"""Bytes kept by name, wherever they are kept: whole or not at all, even where the disk is full or the store is away."""

import errno
import hashlib
import os
import socket
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import DiskFull, FileGone, SettingsError, StoreAway
from assistant.settings import Settings
from assistant.store.blobs import Blobs, Disk, Folder
from assistant.store.bucket import Bucket, Reached, s3_options
from assistant.store.files import FileStore
from assistant.store.places import kept_by
from tests.store.kept import in_memory

STEPS = ("begin", "write", "settle", "move")


@pytest.fixture(params=["folder", "bucket"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return Folder(tmp_path / "kept") if request.param == "folder" else in_memory()


class FullDisk(Disk):
    """A disk that refuses the `fails`-th thing it is asked for; of what it writes before, it takes three bytes at a time."""

    def __init__(self, fails: int, code: int = errno.ENOSPC) -> None:
        self.left, self.code = fails, code

    def begin(self, folder: Path) -> tuple[int, str]:
        self._count()
        return super().begin(folder)

    def write(self, file: int, data: memoryview) -> int:
        self._count()
        return super().write(file, data[:3])

    def settle(self, file: int) -> None:
        self._count()
        super().settle(file)

    def move(self, made: str, place: Path) -> None:
        self._count()
        super().move(made, place)

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise OSError(self.code, os.strerror(self.code))


def test_what_is_put_is_got_replaced_listed_and_removed(blobs: Blobs) -> None:
    assert blobs.get("a/b.json") is None
    blobs.put("a/b.json", b"one")
    blobs.put("a/b.json", b"two")
    blobs.put("c", b"", lasting=False)
    assert (blobs.get("a/b.json"), blobs.get("c")) == (b"two", b"")
    assert list(blobs.names()) == ["a/b.json", "c"]
    assert list(blobs.names("a/")) == ["a/b.json"]
    assert blobs.under("a").get("b.json") == b"two"
    assert (blobs.remove("c"), blobs.remove("c")) == (True, False)
    assert list(blobs.names()) == ["a/b.json"]


def test_of_two_that_create_one_does(blobs: Blobs) -> None:
    assert blobs.create("secret", b"first")
    assert not blobs.create("secret", b"second")
    assert blobs.get("secret") == b"first"


def test_what_is_old_or_everything_is_cleared_away(blobs: Blobs) -> None:
    blobs.put("x/one", b"1")
    blobs.put("two", b"2")
    assert blobs.clear(datetime.now(UTC) - timedelta(days=1)) == 0
    assert blobs.clear(datetime.now(UTC) + timedelta(days=1)) == 2
    blobs.put("three", b"3")
    assert (blobs.clear(), list(blobs.names())) == (1, [])


def test_a_file_is_kept_once_and_one_that_was_altered_is_refused_wherever_it_is_kept(blobs: Blobs) -> None:
    files = FileStore(blobs)
    sha256 = files.put(b"%PDF contenu")
    assert (files.put(b"%PDF contenu"), list(files.hashes())) == (sha256, [sha256])
    assert files.get(sha256) == b"%PDF contenu"
    (name,) = blobs.names()
    blobs.put(name, b"autre")
    with pytest.raises(FileGone, match="modifié"):
        files.get(sha256)
    assert files.put(b"%PDF contenu") == sha256
    assert files.get(sha256) == b"%PDF contenu"
    with pytest.raises(FileGone, match="introuvable"):
        files.get("0" * 64)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_after_any_write_that_the_disk_refuses_what_was_kept_is_whole_and_a_retry_completes(
    tmp_path: Path, code: int
) -> None:
    refused = []
    for fails in range(1, 40):
        root = tmp_path / f"{code}-{fails}"
        kept = FileStore(Folder(root)).put(b"kept before")
        disk = FullDisk(fails, code)
        files = FileStore(Folder(root, disk))
        try:
            made = files.put(b"handed in now")
        except DiskFull as error:
            refused.append(error)
        else:
            assert files.get(made) == b"handed in now"
        assert files.get(kept) == b"kept before"
        whole = {place.name for place in root.rglob("*") if place.is_file()}
        assert {hashlib.sha256(b"kept before").hexdigest() + ".pdf"} <= whole
        assert not [name for name in whole if name.startswith(".")]  # nothing half-written takes the room that is left
        made = files.put(b"handed in now")
        assert files.get(made) == b"handed in now"
        if disk.left > 0:
            break
    assert len(refused) >= len(STEPS)
    assert all(one.retryable and one.away and "libérez-en" in one.message for one in refused)


def test_a_process_killed_at_a_write_leaves_nothing_that_is_taken_for_a_file(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (tmp_path / ".new-abc").write_bytes(b"half")
    folder.put("a", b"whole")
    assert list(folder.names()) == ["a"]
    assert folder.clear() == 2


def test_a_folder_that_is_not_mounted_asks_nobody_to_hand_in_again(tmp_path: Path) -> None:
    files = FileStore(Folder(tmp_path / "mount" / "files"))
    with pytest.raises(StoreAway, match="stockage") as raised:
        files.get("0" * 64)
    assert raised.value.retryable


def test_files_are_their_owners_alone_whatever_they_replace(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    (tmp_path / "data").mkdir(mode=0o755)
    (tmp_path / "data" / "open").write_bytes(b"")
    folder.put("open", b"secret")
    assert stat.S_IMODE((tmp_path / "data" / "open").stat().st_mode) == 0o600


def test_the_place_of_files_is_the_data_folder_a_folder_or_a_bucket(settings: Settings, tmp_path: Path) -> None:
    def at(address: str | None) -> Blobs:
        return kept_by(settings.model_copy(update={"files_url": address}))

    assert isinstance(at("s3://bucket/folder"), Bucket)
    for address in (f"file://{tmp_path}", str(tmp_path)):
        place = at(address)
        assert isinstance(place, Folder)
        assert place.root == tmp_path
    place = at(None)
    assert isinstance(place, Folder)
    assert place.root == settings.data_dir
    for wrong in ("ftp://host/folder", "folder", "https://bucket"):
        with pytest.raises(SettingsError, match="PRELECTURE_FILES_URL"):
            at(wrong)


def test_a_store_that_speaks_s3_keeps_files_and_one_that_does_not_answer_is_said_to_be_away(s3: str) -> None:
    options = s3_options(s3, "eu-west-3", "key", "secret")
    reached = Reached(options)
    files = FileStore(Bucket("dossiers/ici", reached))
    with pytest.raises(StoreAway):  # there is no such bucket
        files.put(b"%PDF contenu")
    reached.store.mkdir("dossiers")
    sha256 = files.put(b"%PDF contenu")
    bucket = Bucket("dossiers/ici", reached)
    assert list(bucket.names()) == [f"{sha256[:2]}/{sha256}.pdf"]
    assert files.get(sha256) == b"%PDF contenu"
    assert bucket.create("secret", b"1")
    assert not bucket.create("secret", b"2")
    with pytest.raises(FileGone):
        files.get("0" * 64)
    assert bucket.clear(datetime.now(UTC) - timedelta(days=1)) == 0
    assert bucket.clear() == 2
    with pytest.raises(StoreAway):
        FileStore(Bucket("elsewhere", reached)).get("0" * 64)


def test_a_store_that_nobody_answers_for_is_away() -> None:
    with socket.socket() as taken:  # nobody listens behind it
        taken.bind(("127.0.0.1", 0))
        options = s3_options(f"http://127.0.0.1:{taken.getsockname()[1]}", "eu-west-3", "key", "secret")
        options["config_kwargs"]["retries"] = {"max_attempts": 0}
        with pytest.raises(StoreAway, match="stockage"):
            FileStore(Bucket("dossiers", Reached(options))).get("0" * 64)
