"""The dossiers of a batch as they were given: each file of a ZIP or a folder, or each folder in it, is one dossier."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from assistant.application.batches import GivenDossier
from assistant.application.handing_in import UploadedFile
from assistant.application.prereads import ACCEPTED
from assistant.errors import UnreadableDossier
from assistant.text import NBSP

T = TypeVar("T")
LARGEST = 400_000_000
"""Bytes of one file of a ZIP, unpacked: the most that a dossier may have."""


def of_archive(source: Path | io.BytesIO, name: str) -> tuple[GivenDossier, ...]:
    """A ZIP that holds one folder stands for that one. Each file at its top is a dossier, and each folder.

    Raises UnreadableDossier when there is nothing to read in it.
    """
    with zipfile.ZipFile(source) as archive:
        names = [
            one.filename for one in archive.infolist()
            if not one.is_dir() and not one.filename.startswith("__MACOSX/") and is_read(PurePosixPath(one.filename).name)
        ]  # fmt: skip
    parts = {one: PurePosixPath(one).parts for one in names}
    while parts and all(len(one) > 1 for one in parts.values()) and len({one[0] for one in parts.values()}) == 1:
        parts = {inside: one[1:] for inside, one in parts.items()}
    found: dict[str, list[str]] = {}
    for inside, one in sorted(parts.items()):
        found.setdefault(one[0] if len(one) > 1 else PurePosixPath(one[0]).stem, []).append(inside)
    return dossiers_of(found, partial(_unpacked, source), name)


def _unpacked(source: Path | io.BytesIO, names: Iterable[str]) -> tuple[UploadedFile, ...]:
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


def dossiers_of(
    found: Mapping[str, Sequence[T]], read: Callable[[Sequence[T]], Sequence[UploadedFile]], name: str
) -> tuple[GivenDossier, ...]:
    """A dossier for each name; `read` makes its files of what was found. Raises UnreadableDossier when there is none."""
    if not found:
        raise UnreadableDossier(f"«{NBSP}{name}{NBSP}» ne contient aucun fichier à lire.")
    return tuple(GivenDossier(one, partial(read, parts), _shown(one, parts)) for one, parts in found.items())


def _shown(name: str, parts: Sequence[object]) -> str:
    """The whole name of the one file that a dossier is; nothing where it is a folder."""
    whole = PurePosixPath(str(parts[0])).name
    return whole if len(parts) == 1 and whole.rpartition(".")[0] == name else ""


def is_read(name: str) -> bool:
    """Whether a file of that name is part of a dossier."""
    low = name.lower()
    return PurePosixPath(low).suffix.lstrip(".") in ACCEPTED and not low.startswith((".", "readme", "lisez-moi"))
