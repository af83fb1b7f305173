"""Finished steps of runs, kept in the database apart from them: deleting them loses only time."""

from datetime import timedelta

from assistant.application.installation import Installation
from assistant.step_keys import StepName
from assistant.store.steps import StepCache

KEPT_FOR, MOST_BYTES = timedelta(days=30), 2_000_000_000


class KeptSteps:
    """The step cache of an installation, one transaction per step; `dossier` is the dossier as this run read it, `ranking`
    what it found in it."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self.dossier = b""
        self.ranking = b""

    def load(self, name: StepName, key: str) -> bytes | None:
        with self._installation.reading() as connection:
            found = StepCache(connection).load(key)
        self._note(name, found)
        return found

    def save(self, name: StepName, key: str, payload: bytes) -> None:
        with self._installation.writing() as connection:
            StepCache(connection).save(key, name, payload)
        self._note(name, payload)

    def prune(self) -> None:
        """Drops steps that are old, then the oldest of too many: only time is lost."""
        with self._installation.writing() as connection:
            StepCache(connection).prune(older_than=KEPT_FOR, most_bytes=MOST_BYTES)

    def _note(self, name: StepName, payload: bytes | None) -> None:
        if name == "dossier" and payload is not None:
            self.dossier = payload
        if name == "ranking" and payload is not None:
            self.ranking = payload
