"""The place of files, as `prelecture doctor` looks at it: it answers, gives back what is written, and a disk has room."""

import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from assistant.application.findings import Finding
from assistant.errors import PrelectureError
from assistant.settings import Settings
from assistant.store.blobs import Blobs, Folder
from assistant.store.places import kept_by
from assistant.text import NBSP

NAME = "Fichiers"
GIGABYTE = 2**30
LITTLE_DISK, NO_DISK = 5 * GIGABYTE, GIGABYTE // 2
TRIAL = b"prelecture doctor"
SLOW = 2.0
"""Seconds for one small file, there and back, that are worth a word."""


def files_found(settings: Settings, free: Callable[[Path], int]) -> tuple[Finding, ...]:
    """Nothing where files are in the data folder, which has lines of its own."""
    if settings.files_url is None:
        return ()
    try:
        kept = kept_by(settings)
        if not kept.there():
            return (_missing(settings.files_url, kept),)
        seconds = _tried(kept)
    except PrelectureError as error:
        return (Finding(NAME, "fault", settings.files_url, error.message),)
    said = f"{settings.files_url}, un essai écrit et relu en {1000 * seconds:.0f}{NBSP}ms"
    if seconds > SLOW:
        return (Finding(NAME, "warning", said, "Chaque page affichée attendra autant\u00a0: regardez le réseau."),)
    room = (disk_found("Disque des fichiers", kept.root, free),) if isinstance(kept, Folder) else ()
    return (Finding(NAME, "ok", said), *room)


def disk_found(name: str, folder: Path, free: Callable[[Path], int]) -> Finding:
    """How much room is left where a folder is, or will be."""
    try:
        left = free(existing(folder))
    except OSError:
        return Finding(name, "fault", "place libre inconnue", f"Vérifiez que le disque de {folder} est monté.")
    said = f"{left / GIGABYTE:.1f}{NBSP}Go libres".replace(".", ",")
    if left < NO_DISK:
        return Finding(name, "fault", said, "Libérez de la place avant toute lecture, ou changez de disque.")
    if left < LITTLE_DISK:
        return Finding(name, "warning", said, f"Prévoyez au moins 5{NBSP}Go avant de lire une session.")
    return Finding(name, "ok", said)


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())


def _missing(address: str, kept: Blobs) -> Finding:
    """Nothing is made in its place: where a disk is not mounted, files would end up elsewhere."""
    to_do = (
        "Montez ce dossier, ou créez-le."
        if isinstance(kept, Folder)
        else "Vérifiez l’adresse du stockage, le nom du seau (créez-le s’il manque) et les droits de la clé\u00a0: "
        "PRELECTURE_FILES_ENDPOINT, PRELECTURE_FILES_URL, PRELECTURE_FILES_KEY."
    )
    return Finding(NAME, "fault", f"{address} n’est pas là, ou ne répond pas", to_do)


def _tried(kept: Blobs) -> float:
    """Seconds for a small file, written, read and removed. Raises StoreAway, DiskFull."""
    name = f"doctor-{uuid4().hex}"
    begun = time.monotonic()
    kept.put(name, TRIAL)
    try:
        kept.get(name)
        return time.monotonic() - begun
    finally:
        kept.remove(name)
