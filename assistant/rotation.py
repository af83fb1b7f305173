"""A rotating log file that several processes may write at once, and that only its owner can read."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

BYTES, FILES = 5_000_000, 5


class SharedRotatingFile(RotatingFileHandler):
    """The app, its worker and a command line share one file: each line is written, and the file moved on, under a lock.

    A file that another process moved away is opened anew, so that no line lands in yesterday's file. Made with its
    folder, both for their owner alone. Raises OSError when it cannot be made.
    """

    def __init__(self, file: Path, max_bytes: int = BYTES, files: int = FILES) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.parent.chmod(0o700)
        self._lock_file = file.with_suffix(".lock")
        super().__init__(file, maxBytes=max_bytes, backupCount=files, encoding="utf-8")

    def emit(self, record: logging.LogRecord) -> None:
        try:
            with _locked(self._lock_file):
                self._follow()
                super().emit(record)
        except OSError:
            self.handleError(record)

    def _open(self) -> TextIOWrapper:
        stream = open(self.baseFilename, self.mode, encoding=self.encoding, opener=_for_the_owner)  # noqa: SIM115
        assert isinstance(stream, TextIOWrapper)
        os.fchmod(stream.fileno(), 0o600)
        return stream

    def _follow(self) -> None:
        """Opens the file again where the one that is open is no longer the one of that name."""
        if self.stream is None:
            return
        try:
            there, held = os.stat(self.baseFilename), os.fstat(self.stream.fileno())
            same = (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)
        except FileNotFoundError:
            same = False
        if not same:
            self.stream.close()
            self.stream = self._open()


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Held by one process at a time; where the system has no such lock (Windows), by none."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
