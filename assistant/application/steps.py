"""Finished steps of a run, kept in the database apart from the run: deleting them loses only time."""

from assistant.application.installation import Installation
from assistant.store.steps import StepCache, step_key


class KeptSteps:
    """The step cache of an installation, one transaction per step; `dossier` is the dossier as the run read it."""

    def __init__(self, installation: Installation, run: str) -> None:
        self._installation, self._run = installation, run
        self.dossier = b""

    def load(self, name: str) -> bytes | None:
        with self._installation.reading() as connection:
            found = StepCache(connection).load(self._key(name))
        self._note(name, found)
        return found

    def save(self, name: str, payload: bytes) -> None:
        with self._installation.writing() as connection:
            StepCache(connection).save(self._key(name), name, payload)
        self._note(name, payload)

    def _key(self, name: str) -> str:
        return step_key(name, [self._run], "")

    def _note(self, name: str, payload: bytes | None) -> None:
        if name == "dossier" and payload is not None:
            self.dossier = payload
