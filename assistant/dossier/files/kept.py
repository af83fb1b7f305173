"""What was read of a file, kept: a file that did not change is not read again when another joins it or moves."""

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from assistant.dossier.model import Dossier, dossier_adapter

OWN = Path(__file__).resolve().parent.parent
"""All the code that makes a reading; where it changes, what it made before is not used."""
LEXICON = OWN.parent / "lexicon"


class KeptReadings:
    """Readings under `folder`, each named by the hash of its file and that of all it depends on.

    Deleting them loses only time. Whoever deletes a dossier calls `forget`: they hold its text.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, data: bytes, name: str, official: Sequence[str], engine: str) -> Dossier | None:
        """What was kept, or None; a damaged file counts as none."""
        try:
            kept = self._place(data, name, official, engine).read_bytes()
            return dossier_adapter().validate_json(kept)
        except (OSError, ValidationError):
            return None

    def save(self, data: bytes, name: str, official: Sequence[str], engine: str, dossier: Dossier) -> None:
        place = self._place(data, name, official, engine)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = place.with_suffix(f".{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(dossier_adapter().dump_json(dossier))
        fresh.replace(place)

    def forget(self, sha256: str) -> int:
        """Deletes whatever was read of a file, and says how many readings that were."""
        places = list(self._folder.glob(f"{sha256}-*"))
        for place in places:
            place.unlink(missing_ok=True)
        return len(places)

    def _place(self, data: bytes, name: str, official: Sequence[str], engine: str) -> Path:
        made_of = "\0".join([fingerprint(), engine, name, *official])
        key = hashlib.sha256(made_of.encode()).hexdigest()[:32]
        return self._folder / f"{hashlib.sha256(data).hexdigest()}-{key}.json"


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
