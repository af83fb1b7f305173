"""Dossiers kept on disk under the hash of their content: the same file is kept once, and never half-written."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import StoreError

_HASH = re.compile(r"[0-9a-f]{64}")
GONE = "Le fichier de ce dossier est introuvable\u00a0: déposez-le de nouveau."


def private_folder(folder: Path) -> None:
    """Makes a folder, and those above it that are missing, for their owner alone. Raises OSError."""
    if not folder.exists():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)


class FileStore:
    """Files under `folder`, named by their SHA-256."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keeps `data`; returns its SHA-256. Raises StoreError when the disk refuses."""
        sha256 = hashlib.sha256(data).hexdigest()
        place = self._place(sha256)
        try:
            if place.exists() and hashlib.sha256(place.read_bytes()).hexdigest() == sha256:
                return sha256
            private_folder(place.parent)
            handle, name = tempfile.mkstemp(dir=place.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, place)
        except OSError as error:
            raise StoreError(
                "Le dossier n’a pas pu être enregistré\u00a0: libérez de la place, puis réessayez."
            ) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The content of a kept file. Raises StoreError when it is gone or was altered."""
        if not _HASH.fullmatch(sha256):
            raise StoreError(GONE)
        try:
            data = self._place(sha256).read_bytes()
        except OSError as error:
            raise StoreError(GONE) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError("Le fichier de ce dossier a été modifié sur le disque\u00a0: déposez-le de nouveau.")
        return data

    def path(self, sha256: str) -> Path:
        """Where a kept file stands. Raises StoreError when it is gone or was altered."""
        self.get(sha256)
        return self._place(sha256)

    def all(self) -> Iterator[Path]:
        """Where every kept file stands."""
        yield from (file for file in sorted(self._folder.glob("??/*")) if _HASH.fullmatch(file.stem))

    def remove(self, sha256: str) -> bool:
        """Deletes a kept file; whether there was one."""
        if not _HASH.fullmatch(sha256) or not self._place(sha256).exists():
            return False
        self._place(sha256).unlink(missing_ok=True)
        return True

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.pdf"
