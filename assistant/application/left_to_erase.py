"""What a purge has to erase outside the database, written down before its rows go: one that is interrupted is finished.

One note a dossier, where the files are. It counts once the dossier is gone, so that a purge that was undone erases nothing;
and it goes last, so that what it names is erased by whoever purges next.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from assistant.store.blobs import Blobs
from assistant.store.tables import DOSSIERS

ENDING = ".json"


@dataclass(frozen=True, slots=True)
class Left:
    """The hashes of a dossier's files, and the sentences that tell its calls to a model from others'."""

    dossier: str
    files: Sequence[str]
    texts: Sequence[str]


class LeftToErase:
    """The notes of one installation, in `place`."""

    def __init__(self, place: Blobs) -> None:
        self._place = place

    def note(self, left: Left) -> None:
        """To be called in the transaction that erases the dossier. Raises StoreAway, and DiskFull."""
        self._place.put(f"{left.dossier}{ENDING}", json.dumps(asdict(left), ensure_ascii=False).encode())

    def due(self, connection: Connection) -> tuple[Left, ...]:
        """Those of dossiers that are gone. Raises StoreAway."""
        noted = {name.removesuffix(ENDING) for name in self._place.names()}
        if not noted:
            return ()
        there = set(connection.execute(select(DOSSIERS.c.id).where(DOSSIERS.c.id.in_(sorted(noted)))).scalars())
        read = (self._place.get(f"{name}{ENDING}") for name in sorted(noted - there))
        return tuple(Left(**json.loads(data)) for data in read if data is not None)

    def done(self, erased: Iterable[Left]) -> None:
        for left in erased:
            self._place.remove(f"{left.dossier}{ENDING}")
