"""`prelecture cohort`: what a folder of dossiers covers, criterion by criterion. No total and no order by person."""

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.access.actor import LOCAL
from assistant.application.door import Application
from assistant.application.folder_cohort import FolderCounted, NamedFiles
from assistant.application.prereads import ACCEPTED
from assistant.commands.files import input_files, watched, write_text
from assistant.commands.shown import plain
from assistant.errors import SettingsError, UnreadableDossier
from assistant.settings import load_settings
from assistant.text import NBSP

MODES = {
    "model": "Trouvé par une lecture de chaque dossier avec le modèle.",
    "without": "Estimé sans modèle, sur tous les dossiers ensemble\u00a0: les nombres sont des ordres de grandeur.",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """Whether a model reads (None: where one is set), and where its calls are kept or taken from."""

    with_model: bool | None = None
    record: Path | None = None
    replay: Path | None = None


def run(folder: Path, referentiel: str, blocs: tuple[str, ...], output: Path | None, choices: Choices) -> None:
    """Raises PrelectureError when there is no dossier in the folder, or no model where one is asked for."""
    settings = load_settings()
    if choices.with_model and settings.model is None and choices.replay is None:
        raise SettingsError("Aucun modèle n’est réglé\u00a0: donnez PRELECTURE_MODEL et son adresse.")
    if choices.with_model is False:
        settings = settings.model_copy(update={"model": None})
    dossiers = named_files(folder)
    kept = choices.record or choices.replay
    with watched() as tell:
        if kept:
            from assistant.application.recorded_cohort import Recording, count

            recording = Recording(kept, fresh=choices.record is not None)
            found = count(LOCAL, settings, recording, dossiers, referentiel, blocs, tell)
        else:
            found = Application(settings).folder_cohorts.count(LOCAL, dossiers, referentiel, blocs, tell)
    if output:
        write_text(output, found.counted.report.to_json())
    _summary(Console(), found)


def named_files(folder: Path) -> list[NamedFiles]:
    """The dossiers of a folder, by name: each file that can be read, and each folder of such files.

    A folder that holds nothing but one folder stands for that one. Raises UnreadableDossier.
    """
    if not folder.is_dir():
        raise UnreadableDossier(
            f"«{NBSP}{folder.name}{NBSP}» n’est pas un dossier de fichiers\u00a0: vérifiez son nom."
        )
    inside = sorted(folder.iterdir(), key=lambda one: one.name)
    files = [one for one in inside if one.is_file() and _is_read(one)]
    folders = [one for one in inside if one.is_dir() and not one.name.startswith(".")]
    if not files and len(folders) == 1 and len(_files(folders[0])) != 1:
        return named_files(folders[0])
    found = [NamedFiles(one.name, input_files([one])) for one in files]
    found += [NamedFiles(one.name, input_files(_files(one))) for one in folders if _files(one)]
    if not found:
        raise UnreadableDossier(f"«{NBSP}{folder.name}{NBSP}» ne contient aucun fichier à lire.")
    return sorted(found, key=lambda one: one.name)


def _files(folder: Path) -> list[Path]:
    return sorted((one for one in folder.iterdir() if one.is_file() and _is_read(one)), key=lambda one: one.name)


def _is_read(path: Path) -> bool:
    name = path.name.lower()
    return path.suffix.lower().lstrip(".") in ACCEPTED and not name.startswith((".", "readme", "lisez-moi"))


def _summary(console: Console, found: FolderCounted) -> None:
    report = found.counted.report
    table = Table(show_lines=False)
    for heading in ("Critère", "Avec des passages", "En partie", "Sans passage", "Ce qui manque le plus"):
        table.add_column(heading)
    for one in report.criteria:
        missing = ", ".join(f"{most.requirement} ({most.dossiers})" for most in one.most_missing)
        table.add_row(plain(one.id), str(one.with_), str(one.partly), str(one.without), plain(missing or "–"))
    console.print(f"{len(report.dossiers)}{NBSP}dossiers. {MODES[found.counted.mode]}", highlight=False)
    console.print(table)
    for name, why in found.unread:
        console.print(plain(f"Non lu{NBSP}: {name}. {why}"))
    console.print("Ces nombres disent où des passages ont été repérés\u00a0; ils ne disent rien de leur valeur.")
