"""The dossiers of a batch where they lie: a folder, a ZIP, or beside a list of candidates. Each is opened in its turn."""

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from assistant.application.batches import GivenDossier
from assistant.application.handing_in import UploadedFile
from assistant.application.prereads import ACCEPTED
from assistant.application.roster import Line, Roster, read_roster
from assistant.commands.files import input_files
from assistant.errors import UnreadableDossier
from assistant.text import NBSP

T = TypeVar("T")
LISTS = frozenset({".csv", ".xlsx"})
LARGEST = 400_000_000
"""Bytes of one file of a ZIP, unpacked: the most that a dossier may have."""


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
        return Given(_of_archive(source))
    raise UnreadableDossier(f"«{NBSP}{source.name}{NBSP}» n’est ni un dossier, ni un ZIP, ni une liste (CSV, XLSX).")


def _of_folder(folder: Path, beside: Path | None = None) -> tuple[GivenDossier, ...]:
    found: dict[str, list[Path]] = {}
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_file() and one != beside and _is_read(one.name):
            found.setdefault(one.stem, []).append(one)
        elif one.is_dir() and not one.name.startswith("."):
            inside = sorted((file for file in one.rglob("*") if file.is_file() and _is_read(file.name)), key=str)
            if inside:
                found.setdefault(one.name, []).extend(inside)
    return _made(found, input_files, folder.name)


def _of_archive(source: Path) -> tuple[GivenDossier, ...]:
    """A ZIP that holds one folder stands for that one. Each file at its top is a dossier, and each folder."""
    with zipfile.ZipFile(source) as archive:
        names = [
            one.filename for one in archive.infolist()
            if not one.is_dir() and not one.filename.startswith("__MACOSX/") and _is_read(PurePosixPath(one.filename).name)
        ]  # fmt: skip
    parts = {name: PurePosixPath(name).parts for name in names}
    while parts and all(len(one) > 1 for one in parts.values()) and len({one[0] for one in parts.values()}) == 1:
        parts = {name: one[1:] for name, one in parts.items()}
    found: dict[str, list[str]] = {}
    for name, one in sorted(parts.items()):
        found.setdefault(one[0] if len(one) > 1 else PurePosixPath(one[0]).stem, []).append(name)
    return _made(found, partial(_unpacked, source), source.name)


def _unpacked(source: Path, names: Iterable[str]) -> tuple[UploadedFile, ...]:
    made = []
    try:
        with zipfile.ZipFile(source) as archive:
            for place, name in enumerate(names):
                if archive.getinfo(name).file_size > LARGEST:
                    raise UnreadableDossier(f"Ce dossier dépasse 400{NBSP}Mo{NBSP}: réduisez ses images.")
                made.append(UploadedFile(PurePosixPath(name).name, archive.read(name), "annex" if place else "main"))
    except (OSError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        raise UnreadableDossier(
            "Ce fichier du ZIP ne s’ouvre pas : il est abîmé, ou protégé par un mot de passe."
        ) from error
    return tuple(made)


def _made(
    found: Mapping[str, Sequence[T]], read: Callable[[Sequence[T]], Sequence[UploadedFile]], name: str
) -> tuple[GivenDossier, ...]:
    if not found:
        raise UnreadableDossier(f"«{NBSP}{name}{NBSP}» ne contient aucun fichier à lire.")
    return tuple(GivenDossier(one, partial(read, parts)) for one, parts in found.items())


def _is_read(name: str) -> bool:
    low = name.lower()
    return PurePosixPath(low).suffix.lstrip(".") in ACCEPTED and not low.startswith((".", "readme", "lisez-moi"))
