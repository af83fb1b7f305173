"""What was read of a file, kept: a file that did not change is not read again when another joins it or moves."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from assistant import logs
from assistant.dossier.model import Dossier, dossier_adapter
from assistant.errors import StoreError
from assistant.store.blobs import Blobs, blobs_at

OWN = Path(__file__).resolve().parent.parent
"""All the code that makes a reading; where it changes, what it made before is not used."""
LEXICON = OWN.parent / "lexicon"


class KeptReadings:
    """Readings, each named by the hash of its file and that of all it depends on, and kept behind a hash of its own.

    Deleting them loses only time. Whoever deletes a dossier calls `forget`: they hold its text.
    """

    def __init__(self, place: Path | Blobs) -> None:
        self._blobs = blobs_at(place)

    def load(self, data: bytes, name: str, official: Sequence[str], engine: str) -> Dossier | None:
        """What was kept, or None; a damaged one counts as none."""
        try:
            kept = self._blobs.get(_name(data, name, official, engine)) or b""
            said, _, payload = kept.partition(b"\n")
            if said.decode("ascii", "replace") != hashlib.sha256(payload).hexdigest():
                return None
            return dossier_adapter().validate_json(payload)
        except (StoreError, ValidationError) as error:
            logs.event("reading_not_found", kind=type(error).__name__)
            return None

    def save(self, data: bytes, name: str, official: Sequence[str], engine: str, dossier: Dossier) -> None:
        """Keeps it where that can be done: the reading is there all the same."""
        payload = dossier_adapter().dump_json(dossier)
        framed = hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload
        try:
            self._blobs.put(_name(data, name, official, engine), framed, lasting=False)
        except StoreError as error:
            logs.event("reading_not_kept", kind=type(error).__name__)

    def forget(self, sha256: str) -> int:
        """Deletes whatever was read of a file, and says how many readings that were. Raises StoreAway."""
        return sum(self._blobs.remove(name) for name in list(self._blobs.names(f"{sha256}-")))


def _name(data: bytes, name: str, official: Sequence[str], engine: str) -> str:
    made_of = "\0".join([fingerprint(), engine, name, *official])
    key = hashlib.sha256(made_of.encode()).hexdigest()[:32]
    return f"{hashlib.sha256(data).hexdigest()}-{key}.json"


@cache
def fingerprint() -> str:
    """Of the code and the data files that reading is made of."""
    files = [
        file for folder in (OWN, LEXICON) for file in folder.rglob("*") if file.suffix != ".pyc" and file.is_file()
    ]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(OWN.parent).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
