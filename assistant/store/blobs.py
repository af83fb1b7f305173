"""Bytes kept by name, whole or not at all: in a folder of this machine (or one it mounts), or in a bucket (`bucket`)."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from assistant.errors import DiskFull, StoreAway

AWAY = "Les fichiers ne sont pas accessibles\u00a0: vérifiez que leur stockage répond et ses droits d’accès, puis réessayez."
FULL = "La place manque pour enregistrer un fichier\u00a0: libérez-en, puis réessayez."
UNFINISHED = ".new-"
"""How the name of a file begins that is being written; one left by a process that was killed is nobody's."""


class Blobs(Protocol):
    """Where bytes are kept by name (`ab/abcd.pdf`). Every method raises StoreAway, and DiskFull where no room is left."""

    def get(self, name: str) -> bytes | None:
        """What is kept under this name; None when nothing is."""
        ...

    def put(self, name: str, data: bytes, *, lasting: bool = True) -> None:
        """Keeps `data`, in place of what was there. Once it returns, a power cut loses nothing of it if it is `lasting`."""
        ...

    def create(self, name: str, data: bytes) -> bool:
        """Keeps `data` unless something is there; whether it did."""
        ...

    def remove(self, name: str) -> bool:
        """Whether there was something."""
        ...

    def names(self, start: str = "") -> Iterator[str]:
        """The names that begin so, in order; a purge may take some away meanwhile."""
        ...

    def clear(self, before: datetime | None = None) -> int:
        """Removes everything, or what was last written before a moment; how many."""
        ...

    def there(self) -> bool:
        """Whether the place itself is there, whatever it holds."""
        ...

    def under(self, part: str) -> "Blobs":
        """What is kept under `part/`."""
        ...

    def same(self, other: "Blobs") -> bool:
        """Whether the other one is this very place."""
        ...


class Disk:
    """What a folder asks of the system: a fake that fails at one of these stands for a disk that is full."""

    def begin(self, folder: Path) -> tuple[int, str]:
        """A new file, its owner's alone: its descriptor and path."""
        return tempfile.mkstemp(prefix=UNFINISHED, dir=folder)

    def write(self, file: int, data: memoryview) -> int:
        return os.write(file, data)

    def settle(self, file: int) -> None:
        os.fsync(file)

    def move(self, made: str, place: Path) -> None:
        os.replace(made, place)


class Folder:
    """Files under `root`, for their owner alone."""

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self.root = root
        self._disk = disk or Disk()

    def get(self, name: str) -> bytes | None:
        with _told():
            try:
                return (self.root / name).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def put(self, name: str, data: bytes, *, lasting: bool = True) -> None:
        place = self.root / name
        with _told(), self._written(place.parent, data, lasting) as made:
            self._disk.move(made, place)
            if lasting:
                self._settle(place.parent)

    def create(self, name: str, data: bytes) -> bool:
        place = self.root / name
        with _told(), self._written(place.parent, data, lasting=True) as made:
            try:
                os.link(made, place)
            except FileExistsError:
                return False
            self._settle(place.parent)
        return True

    def remove(self, name: str) -> bool:
        with _told():
            try:
                (self.root / name).unlink()
            except (FileNotFoundError, NotADirectoryError):
                return False
        return True

    def names(self, start: str = "") -> Iterator[str]:
        kept = (file.relative_to(self.root).as_posix() for file in self._files() if not _unfinished(file))
        return iter(sorted(name for name in kept if name.startswith(start)))

    def clear(self, before: datetime | None = None) -> int:
        removed = 0
        for file in self._files():
            with _told(), suppress(FileNotFoundError):
                if before is None or datetime.fromtimestamp(file.stat().st_mtime, UTC) < before:
                    file.unlink()
                    removed += 1
        return removed

    def there(self) -> bool:
        return self.root.is_dir()

    def under(self, part: str) -> "Folder":
        return Folder(self.root / part, self._disk)

    def same(self, other: Blobs) -> bool:
        return isinstance(other, Folder) and other.root.resolve() == self.root.resolve()

    def _files(self) -> list[Path]:
        with _told():
            return [file for file in self.root.rglob("*") if file.is_file()]

    @contextmanager
    def _written(self, folder: Path, data: bytes, lasting: bool) -> Iterator[str]:
        """A file beside its place, whole, and on the disk if it is to last; gone afterwards unless it was moved."""
        private_folder(folder)
        file, made = self._disk.begin(folder)
        try:
            try:
                left = memoryview(data)
                while left:
                    left = left[self._disk.write(file, left) :]
                if lasting:
                    self._disk.settle(file)
            finally:
                os.close(file)
            yield made
        finally:
            with suppress(FileNotFoundError):
                os.unlink(made)

    def _settle(self, folder: Path) -> None:
        """The name too survives a power cut."""
        if os.name == "posix":
            opened = os.open(folder, os.O_RDONLY)
            try:
                self._disk.settle(opened)
            finally:
                os.close(opened)


def blobs_at(place: "Path | Blobs") -> Blobs:
    """A folder by its path, or any other place as it is."""
    return Folder(place) if isinstance(place, Path) else place


def private_folder(folder: Path) -> None:
    """Makes a folder, and those above it that are missing, for their owner alone. Raises OSError."""
    if not folder.exists():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)


@contextmanager
def _told() -> Iterator[None]:
    """What the system refuses, as an error that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise DiskFull(FULL) from error
        raise StoreAway(AWAY) from error


def _unfinished(file: Path) -> bool:
    return file.name.startswith(UNFINISHED)
