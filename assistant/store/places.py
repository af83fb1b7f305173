"""Where an installation keeps its files, and what was made of them: in its data folder, or where PRELECTURE_FILES_URL says.

Every machine of an installation is told the same place; nothing else of its data folder is shared.
"""

from functools import cache
from pathlib import Path

from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.store.blobs import Blobs, Folder
from assistant.store.bucket import PROTOCOL, Bucket, Reached, s3_options

FILES, READINGS, CONVERTED, OCR, CALLS = "files", "readings", "converted", "ocr", "calls"
ERASING = "erasing"
"""What stands under that place: what was handed in; and, to be made again at any time: what was read of each file, its
conversion to PDF, the words of its pictures; the finished calls to a model; and what a purge has still to erase."""


def kept_by(settings: Settings) -> Blobs:
    """The place. Raises SettingsError for an address of another kind."""
    address = settings.files_url
    if address is None:
        return Folder(settings.data_dir.resolve())
    if address.startswith(PROTOCOL):
        secret = settings.files_secret.get_secret_value() if settings.files_secret else None
        reached = _reached(settings.files_endpoint, settings.files_region, settings.files_key, secret)
        return Bucket(address.removeprefix(PROTOCOL), reached)
    folder = Path(address.removeprefix("file://"))
    if not folder.is_absolute() or "://" in str(address.removeprefix("file://")):
        raise SettingsError(
            "PRELECTURE_FILES_URL n’est pas valable\u00a0: donnez s3://seau/dossier, ou le chemin entier d’un dossier."
        )
    return Folder(folder)


@cache
def _reached(endpoint: str | None, region: str | None, key: str | None, secret: str | None) -> Reached:
    return Reached(s3_options(endpoint, region, key, secret))
