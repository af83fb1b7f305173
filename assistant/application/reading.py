"""What was read of a dossier, before or without a pre-read: for whoever wonders what is missing."""

from collections.abc import Sequence

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.components import reader_of
from assistant.dossier.model import InputFile
from assistant.dossier.report import report_of
from assistant.progress import Progress, silent
from assistant.reading_report import ReadingReport
from assistant.settings import Settings

__all__ = ["InputFile", "ReadingReport", "read_files"]


def read_files(
    actor: Actor, settings: Settings, files: Sequence[InputFile], progress: Progress = silent
) -> ReadingReport:
    """Reads files as one dossier, in their order, as the settings say; nothing is written to the database.

    Raises UnreadableDossier when none of them holds anything that can be read.
    """
    allow(actor, "hand in a dossier")
    return report_of(reader_of(settings)(files, (), progress))
