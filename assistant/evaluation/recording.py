"""A recording of model calls that anyone can replay: the calls, what OCR read, and the settings they were made with."""

import shutil
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.errors import SettingsError
from assistant.llm.calls import CallStore
from assistant.settings import OcrChoice, Settings

MANIFEST, CALLS, OCR = "recording.json", "calls", "ocr"


class Recording(BaseModel):
    """The settings that decide what is asked."""

    model_config = ConfigDict(extra="forbid")

    model: str
    model_context: int
    model_output: int
    support_check: bool
    hidden: bool
    ocr: OcrChoice


def replayed(folder: Path, settings: Settings) -> tuple[Settings, CallStore]:
    """The settings of a recording, and its calls. What OCR read then is put where it is looked for now.

    Raises SettingsError when the folder holds no recording.
    """
    try:
        recording = Recording.model_validate_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"Le dossier « {folder} » ne contient pas d’enregistrement lisible.") from error
    if (folder / OCR).is_dir():
        shutil.copytree(folder / OCR, settings.data_dir / OCR, dirs_exist_ok=True)
    changes = recording.model_dump(exclude={"hidden"})
    hidden = "on" if recording.hidden else "off"
    # Nothing is asked: the address is one where nobody listens.
    away = {"pseudonyms": hidden, "model_base_url": "http://127.0.0.1:9/v1", "model_method": "json_schema"}
    return settings.model_copy(update={**changes, **away}), CallStore(folder / CALLS, replay_only=True)


def keep_recording(folder: Path, settings: Settings, engine: str | None, *, hidden: bool) -> None:
    """Writes what a replay needs beside the calls; `engine` is what read the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = settings.model_dump(include={"model", "model_context", "model_output", "support_check"})
    recording = Recording.model_validate({**kept, "hidden": hidden, "ocr": engine or "off"})
    (folder / MANIFEST).write_text(recording.model_dump_json(indent=1) + "\n", encoding="utf-8")
    if (settings.data_dir / OCR).is_dir():
        shutil.copytree(settings.data_dir / OCR, folder / OCR, dirs_exist_ok=True)
