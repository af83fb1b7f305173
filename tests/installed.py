"""What tests ask of a whole installation: a pre-read made as a person would ask for it."""

from functools import cache
from typing import Any

from sqlalchemy import select

from assistant.access.actor import LOCAL
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import LoadedPreRead
from assistant.progress import Progress, silent
from assistant.settings import Settings
from assistant.store.engine import reading, writing
from assistant.store.steps import StepCache
from assistant.store.tables import STEPS

REFERENTIEL = "cycle-client-ia"


def pre_read(
    settings: Settings,
    data: bytes,
    name: str = "dossier.pdf",
    referentiel: str = REFERENTIEL,
    blocs: tuple[str, ...] = (),
    progress: Progress = silent,
) -> LoadedPreRead:
    """A dossier of the local person's own, handed in, read and opened. Raises what keeps it from being read."""
    application = Application(settings)
    preread = application.prereads.add(LOCAL, [UploadedFile(name, data)], referentiel, blocs)
    application.jobs.run(LOCAL, preread, progress)
    return application.prereads.open(LOCAL, preread)


class ReadOnce:
    """Carries what was read and ranked from one installation to the next: tests of what comes after need not wait for it.

    Steps are known by all that they are made of, so nothing stale can be carried.
    """

    def __init__(self) -> None:
        self._steps: dict[str, tuple[str, bytes]] = {}

    def into(self, settings: Settings) -> None:
        """Gives an installation the steps that others made."""
        with writing(Application(settings).engine) as connection:
            for key, (name, payload) in self._steps.items():
                StepCache(connection).save(key, name, payload)

    def out_of(self, settings: Settings) -> None:
        """Takes an installation's reading and ranking for the next one."""
        with reading(Application(settings).engine) as connection:
            rows = connection.execute(select(STEPS).where(STEPS.c.name.in_(["dossier", "ranking"]))).all()
        self._steps |= {row.key: (row.name, row.payload) for row in rows}

    def pre_read(self, settings: Settings, data: bytes, **more: Any) -> LoadedPreRead:
        """`pre_read`, but for what was read and ranked before."""
        self.into(settings)
        opened = pre_read(settings, data, **more)
        self.out_of(settings)
        return opened


@cache
def read_once(name: str) -> ReadOnce:
    """What the tests of this process share of the dossier of that name."""
    return ReadOnce()
