"""The dossiers of a batch where they lie: a folder, a ZIP, or beside a list of candidates. Each is opened in its turn."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from assistant.application.batches import GivenDossier
from assistant.application.given import dossiers_of, is_read, of_archive
from assistant.application.roster import Line, Roster, read_roster
from assistant.commands.files import input_files
from assistant.errors import UnreadableDossier
from assistant.text import NBSP

LISTS = frozenset({".csv", ".xlsx"})


@dataclass(frozen=True, slots=True)
class Given:
    """What was found: dossiers by name, and the list of candidates where one was given."""

    dossiers: tuple[GivenDossier, ...]
    roster: tuple[Line, ...] = ()
    problems: tuple[str, ...] = ()


def given(source: Path) -> Given:
    """Raises UnreadableDossier where there is nothing to read, InvalidInput for what is no list."""
    if source.is_dir():
        return Given(_of_folder(source))
    if not source.is_file():
        raise UnreadableDossier(f"«{NBSP}{source.name}{NBSP}» n’existe pas{NBSP}: vérifiez son nom.")
    if source.suffix.lower() in LISTS:
        roster: Roster = read_roster(source.name, source.read_bytes())
        return Given(_of_folder(source.parent, beside=source), roster.lines, roster.problems)
    if zipfile.is_zipfile(source):
        return Given(of_archive(source, source.name))
    raise UnreadableDossier(f"«{NBSP}{source.name}{NBSP}» n’est ni un dossier, ni un ZIP, ni une liste (CSV, XLSX).")


def _of_folder(folder: Path, beside: Path | None = None) -> tuple[GivenDossier, ...]:
    found: dict[str, list[Path]] = {}
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_file() and one != beside and is_read(one.name):
            found.setdefault(one.stem, []).append(one)
        elif one.is_dir() and not one.name.startswith("."):
            inside = sorted((file for file in one.rglob("*") if file.is_file() and is_read(file.name)), key=str)
            if inside:
                found.setdefault(one.name, []).extend(inside)
    return dossiers_of(found, input_files, folder.name)
