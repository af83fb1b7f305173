"""Files of an installation copied to another place, folder or bucket: each is checked by its hash, here and there.

Nothing is changed where they come from, and what is there already stays: a copy that was interrupted is asked for again.
The finished calls to the model and the secret that signs keys go too; what was made of files is made again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from assistant.access.actor import Actor
from assistant.access.keys import SECRET_FILE
from assistant.access.matrix import allow
from assistant.application.auditing import audited
from assistant.application.installation import Installation
from assistant.errors import FileGone, InvalidInput, StoreError
from assistant.settings import Settings
from assistant.store.blobs import Blobs
from assistant.store.files import FileStore
from assistant.store.places import CALLS, FILES, kept_by
from assistant.store.tables import DOSSIER_FILES


@dataclass(frozen=True, slots=True)
class CopiedFiles:
    """How many files and calls are at the target now; `lost`: hashes of files that could not be copied, for they are altered
    where they come from, or are named by the database and not there."""

    files: int
    calls: int
    lost: tuple[str, ...] = ()


def copy_files(installation: Installation, actor: Actor, target: str) -> CopiedFiles:
    """Copies to `target`, an address as in PRELECTURE_FILES_URL.

    Raises AccessDenied; SettingsError for an address that is none; InvalidInput where files are there already by settings;
    StoreAway and DiskFull, after which what arrived stays.
    """
    allow(actor, "maintain")
    settings = installation.settings
    there = kept_by(settings.model_copy(update={"files_url": target}))
    if there.same(installation.kept):
        raise InvalidInput("Les fichiers y sont déjà\u00a0: donnez un autre endroit.")
    with installation.reading() as connection:
        named = set(connection.execute(select(DOSSIER_FILES.c.sha256)).scalars())
    arrived, altered = _files(installation.files, FileStore(there.under(FILES)))
    calls = sum(_calls(installation.kept.under(CALLS), there.under(CALLS)))
    secret = installation.kept.get(SECRET_FILE)
    if secret is not None:
        there.create(SECRET_FILE, secret)
    copied = CopiedFiles(len(arrived), calls, tuple(sorted(altered | (named - arrived))))
    with installation.writing() as connection:
        audited(connection, actor, "files copied", "installation", files=copied.files, lost=len(copied.lost))
    return copied


def where(settings: Settings) -> str:
    """The place of an installation's files, as its settings name it."""
    return settings.files_url or str(settings.data_dir)


def _files(here: FileStore, there: FileStore) -> tuple[set[str], set[str]]:
    """The hashes of those that arrived, and of those that are not what their name says. Raises StoreError."""
    arrived, altered = set(), set()
    for sha256 in here.hashes():
        try:
            data = here.get(sha256)
        except FileGone:
            altered.add(sha256)
            continue
        there.put(data)
        try:
            there.get(sha256)
        except FileGone as error:
            raise StoreError("Un fichier n’est pas arrivé tel quel\u00a0: relancez la copie.") from error
        arrived.add(sha256)
    return arrived, altered


def _calls(here: Blobs, there: Blobs) -> Iterator[int]:
    for name in here.names():
        data = here.get(name)
        if data is None:
            continue  # erased meanwhile
        there.put(name, data)
        if there.get(name) != data:
            raise StoreError("Un appel au modèle n’est pas arrivé tel quel\u00a0: relancez la copie.")
        yield 1
