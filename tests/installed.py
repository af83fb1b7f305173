"""What tests ask of a whole installation: a pre-read made as a person would ask for it."""

from assistant.access.actor import LOCAL
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import LoadedPreRead
from assistant.progress import Progress, silent
from assistant.settings import Settings

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
