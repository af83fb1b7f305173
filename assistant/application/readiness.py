"""Whether this process can serve people now: the database answers and the files are there. For a proxy or a supervisor."""

from dataclasses import dataclass

from sqlalchemy import text

from assistant.application.installation import Installation
from assistant.errors import PrelectureError
from assistant.store.blobs import private_folder
from assistant.store.places import FILES


@dataclass(frozen=True, slots=True)
class Ready:
    """What was looked at; nothing of what the installation holds."""

    database: bool
    files: bool

    @property
    def whole(self) -> bool:
        return self.database and self.files


class Readiness:
    """Asked by machines, which have no role: it says yes or no, and nothing else."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def check(self) -> Ready:
        return Ready(self._database(), self._files())

    def _database(self) -> bool:
        try:
            with self._installation.reading() as connection:
                connection.execute(text("SELECT 1"))
        except PrelectureError:
            return False
        return True

    def _files(self) -> bool:
        """The place that is set: the data folder, which is made where it is missing, another folder, or a bucket."""
        try:
            if self._installation.settings.files_url is None:
                private_folder(self._installation.settings.data_dir / FILES)
            return self._installation.kept.there()
        except (OSError, PrelectureError):
            return False
