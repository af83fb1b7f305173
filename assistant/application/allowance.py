"""How much one person may hand in: files at once, files an hour, megabytes a day."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.application.auditing import audited
from assistant.application.installation import Installation
from assistant.dossier.model import InputFile
from assistant.errors import TooManyUploads
from assistant.store.audit import Audit

MEGABYTE = 2**20


def taken(
    connection: Connection, installation: Installation, actor: Actor, files: Sequence[InputFile], subject: str
) -> None:
    """Writes an upload down, or raises TooManyUploads with what to do; called in the transaction that keeps the files."""
    within(connection, installation, actor, files)
    size = sum(len(file.data) for file in files)
    audited(connection, actor, "upload", subject, files=len(files), bytes=size)


def within(connection: Connection, installation: Installation, actor: Actor, files: Sequence[InputFile]) -> None:
    """Raises TooManyUploads for what this person may not hand in now: a preview reads it as well."""
    settings = installation.settings
    size = sum(len(file.data) for file in files)
    if len(files) > settings.upload_files:
        raise TooManyUploads(f"Déposez au plus {settings.upload_files} fichiers à la fois.")
    now = datetime.now(UTC)
    before = [
        (entry.at, json_int(entry.detail, "files"), json_int(entry.detail, "bytes"))
        for entry in Audit(connection).of_actor(actor.person, "upload", now - timedelta(days=1))
    ]
    hour = sum(count for at, count, _ in before if now - at < timedelta(hours=1))
    if hour + len(files) > settings.upload_files_per_hour:
        raise TooManyUploads(
            f"Vous avez déposé {hour} fichiers en une heure\u00a0: attendez un peu avant d’en déposer d’autres."
        )
    if sum(size for _, _, size in before) + size > settings.upload_megabytes_per_day * MEGABYTE:
        raise TooManyUploads(
            f"Vous avez déposé plus de {settings.upload_megabytes_per_day} Mo en un jour\u00a0: reprenez demain, ou "
            "réduisez les images de vos fichiers."
        )


def json_int(detail: object, name: str) -> int:
    """A number of an entry's detail; 0 where it has none."""
    value = detail.get(name) if isinstance(detail, dict) else None
    return value if isinstance(value, int) else 0
