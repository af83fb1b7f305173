"""Dossiers kept under the hash of their content: the same file is kept once, and never half-written.

What is read is checked against that hash, whatever it is kept on.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import FileGone, StoreAway
from assistant.store.blobs import AWAY, Blobs, blobs_at

_HASH = re.compile(r"[0-9a-f]{64}")
GONE = "Le fichier de ce dossier est introuvable\u00a0: déposez-le de nouveau."


class FileStore:
    """Files named by their SHA-256."""

    def __init__(self, place: Path | Blobs) -> None:
        self._blobs = blobs_at(place)

    def put(self, data: bytes) -> str:
        """Keeps `data`; returns its SHA-256. Raises StoreAway, and DiskFull where no room is left."""
        sha256 = hashlib.sha256(data).hexdigest()
        if self._blobs.get(_name(sha256)) != data:
            self._blobs.put(_name(sha256), data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The content of a kept file. Raises FileGone when it is gone or was altered, StoreAway."""
        if not _HASH.fullmatch(sha256):
            raise FileGone(GONE)
        data = self._blobs.get(_name(sha256))
        if data is None:
            # A folder that is not mounted, a bucket that is not there: nobody is asked to hand everything in again.
            raise FileGone(GONE) if self._blobs.there() else StoreAway(AWAY)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileGone("Le fichier de ce dossier a été modifié sur le disque\u00a0: déposez-le de nouveau.")
        return data

    def all(self) -> Iterator[tuple[str, bytes]]:
        """The name and the content of every kept file, as they stand."""
        for name in self._blobs.names():
            if _HASH.fullmatch(Path(name).stem) and (data := self._blobs.get(name)) is not None:
                yield name, data

    def hashes(self) -> Iterator[str]:
        """Those of every kept file."""
        stems = (Path(name).stem for name in self._blobs.names())
        return (stem for stem in stems if _HASH.fullmatch(stem))

    def remove(self, sha256: str) -> bool:
        """Deletes a kept file; whether there was one. Raises StoreAway."""
        return bool(_HASH.fullmatch(sha256)) and self._blobs.remove(_name(sha256))


def _name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}.pdf"
