"""A folder of dossiers read for one référentiel and counted: what `prelecture cohort` does."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.access.actor import Actor
from assistant.application.cohort_counts import Counted, Member, counted
from assistant.application.coverages import coverages_of
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.application.jobs import Jobs
from assistant.application.place import allow_preread
from assistant.application.prereads import PreReads
from assistant.errors import UnreadableDossier
from assistant.progress import Progress


@dataclass(frozen=True, slots=True)
class NamedFiles:
    """One dossier of a folder: its name there, and its files."""

    name: str
    files: tuple[UploadedFile, ...]


@dataclass(frozen=True, slots=True)
class FolderCounted:
    """The counts, and why some of the dossiers could not be read: (name, French sentence)."""

    counted: Counted
    unread: tuple[tuple[str, str], ...]


class FolderCohorts:
    """Cohorts of files that nobody keeps."""

    def __init__(self, installation: Installation, prereads: PreReads, jobs: Jobs) -> None:
        self._installation = installation
        self._prereads = prereads
        self._jobs = jobs

    def count(
        self, actor: Actor, dossiers: Sequence[NamedFiles], referentiel_id: str, blocs: tuple[str, ...],
        progress: Progress,
    ) -> FolderCounted:  # fmt: skip
        """Reads each dossier, then counts them together; one that cannot be read is named, and counted as unread."""
        with self._installation.reading() as connection:
            referentiel = self._installation.present(connection, referentiel_id)
        criteria = tuple(referentiel.content.criteria(referentiel.choose(blocs)))
        known: list[tuple[str, str | None]] = []
        unread = []
        for done, one in enumerate(dossiers):
            progress("dossiers", done, len(dossiers))
            try:
                preread = self._prereads.add(actor, one.files, referentiel_id, blocs)
                self._jobs.run(actor, preread, progress)
                known.append((one.name, preread))
            except UnreadableDossier as error:
                unread.append((one.name, error.message))
                known.append((one.name, None))
        progress("dossiers", len(dossiers), len(dossiers))
        return FolderCounted(counted(self._members(actor, known), criteria), tuple(unread))

    def _members(self, actor: Actor, known: Sequence[tuple[str, str | None]]) -> list[Member]:
        with self._installation.reading() as connection:
            records = [
                allow_preread(connection, actor, "read the dossier", preread)
                for _, preread in known
                if preread is not None
            ]
        coverages = coverages_of(self._installation, records)
        return [Member(name, coverages.get(preread) if preread else None) for name, preread in known]
