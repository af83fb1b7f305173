"""A folder of dossiers counted with the calls to the model kept in a folder, or answered from one: nothing else is kept."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.access.actor import Actor
from assistant.application.door import Application
from assistant.application.folder_cohort import FolderCounted, NamedFiles
from assistant.components import hides, reader_of
from assistant.errors import SettingsError
from assistant.evaluation.recording import CALLS, keep_recording, replayed
from assistant.llm.calls import CallStore
from assistant.progress import Progress
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Recording:
    """The folder where calls are kept (`fresh`), or the one they are answered from."""

    folder: Path
    fresh: bool


def count(
    actor: Actor,
    settings: Settings,
    recording: Recording,
    dossiers: Sequence[NamedFiles],
    referentiel: str,
    blocs: tuple[str, ...],
    progress: Progress,
) -> FolderCounted:
    """The counts with the model that is set, or with the one of a recording.

    Stopped and asked again, it takes up the calls that it kept. Raises SettingsError without a model or a recording,
    CallNotRecorded where a recording lacks a call.
    """
    if recording.fresh and settings.model is None:
        raise SettingsError("Pour enregistrer, réglez d’abord un modèle\u00a0: PRELECTURE_MODEL et son adresse.")
    with tempfile.TemporaryDirectory() as scratch:
        apart = settings.model_copy(update={"data_dir": Path(scratch), "database_url": None, "queue": "embedded"})
        if recording.fresh:
            calls = CallStore(recording.folder / CALLS)
        else:
            apart, calls = replayed(recording.folder, apart)
        application = Application(apart, calls=calls)
        try:
            found = application.folder_cohorts.count(actor, dossiers, referentiel, blocs, progress)
        finally:
            application.engine.dispose()
        if recording.fresh:
            keep_recording(recording.folder, apart, reader_of(apart).engine, hidden=hides(apart))
    return found
