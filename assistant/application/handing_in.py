"""Files become a dossier and a pre-read that waits for its turn: one piece of the transaction that asks for it."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection

from assistant import logs
from assistant.application.installation import Installation
from assistant.dossier.files.kinds import is_archive, kind_of
from assistant.dossier.model import InputFile as InputFile
from assistant.dossier.pdf.opening import MOST_BYTES
from assistant.errors import InvalidInput, UnreadableDossier
from assistant.preread import Components, settings_sha256
from assistant.privacy.known import NO_CORRECTIONS, Corrections
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.store.dossiers import DossierRecord, Dossiers
from assistant.store.prereads import NewPreRead, PreReadRecord, PreReads
from assistant.store.referentiels import Referentiels

PDF_BEGINS_WITHIN = 4_096
"""Bytes: readers find the mark of a PDF that far from its beginning."""


Purpose = Literal["", "draft", "reading"]
"""What a dossier outside any session was handed in for: to check one's own draft, or to read it as a juror would; "" where
nobody said."""
PURPOSE = "purpose"
MASK = "mask"
"""In the settings of a pre-read: what its person added to the mask and took out of it."""
UploadedFile = InputFile
"""One file as it was handed in; their order is the dossier's. A ZIP stands for what it holds."""


def check(files: Sequence[InputFile]) -> None:
    """Refuses at the door what nobody can read, before anything is written. Raises InvalidInput, UnreadableDossier.

    One readable file is enough: the reading says which of the others could not be read.
    """
    with logs.timed("handed_in", count=len(files)):
        _check(files)


def _check(files: Sequence[InputFile]) -> None:
    if not files:
        raise InvalidInput("Déposez un fichier.")
    refused = [reason for file in files if (reason := _refusal(file)) is not None]
    if len(refused) == len(files):
        raise UnreadableDossier(refused[0])
    if sum(len(file.data) for file in files) > MOST_BYTES:
        raise UnreadableDossier("Ce dossier dépasse 400\u00a0Mo\u00a0: réduisez ses images, puis réessayez.")


def _refusal(file: InputFile) -> str | None:
    if not file.data.strip(b"\0 \r\n\t"):
        return "Ce fichier est vide\u00a0: vérifiez l’export, puis déposez-le de nouveau."
    told = kind_of(file.data, file.name) is not None or is_archive(file.data)
    if told or b"%PDF-" in file.data[:PDF_BEGINS_WITHIN]:
        return None
    return "Ce fichier n’est pas un PDF\u00a0: exportez le dossier au format PDF, puis réessayez."


def settings_used(parts: Components) -> dict[str, str | None]:
    """What of the settings changes a result, for the pre-read's record; no key, folder or speed."""
    return {
        "sha256": settings_sha256(parts),
        "drafter": parts.drafter.name,
        "embedding": parts.embedder.name,
        "ocr": parts.read.engine,
    }


def corrected(corrections: Corrections) -> dict[str, list[list[str]]]:
    """What a person corrected in the preview, beside the settings of the pre-read; nothing where nothing was."""
    kept = [list(corrections.also), list(corrections.never)]
    return {MASK: kept} if any(kept) else {}


def purpose_of(line: Sequence[PreReadRecord]) -> Purpose:
    """What a dossier's readings were asked for, the latest reading first."""
    said = {one.settings.get(PURPOSE) for one in line}
    return "reading" if "reading" in said else "draft" if "draft" in said else ""


def keep_referentiel(connection: Connection, loaded: LoadedReferentiel) -> None:
    """Keeps the whole of a version, so that what begins with it ends with it."""
    content = loaded.content
    Referentiels(connection).keep(loaded.sha256, content.id, content.version, content.shown_title, loaded.source)


def new_dossier(
    connection: Connection,
    installation: Installation,
    owner: str,
    files: Sequence[UploadedFile],
    *,
    candidate_name: str = "",
    company: str = "",
) -> DossierRecord:
    """The dossier with its files, which are on disk before the transaction names them."""
    dossiers = Dossiers(connection)
    made = dossiers.add(owner, files[0].name, candidate_name, company)
    for file in files:
        dossiers.add_file(made.id, installation.files.put(file.data), file.name, file.kind)
    return made


def new_preread(
    connection: Connection,
    installation: Installation,
    owner: str,
    dossier: str,
    referentiel: LoadedReferentiel,
    blocs: tuple[str, ...],
    supersedes: str | None = None,
    corrections: Corrections | None = None,
    purpose: Purpose = "",
) -> PreReadRecord:
    """A pre-read that waits for its turn, with the settings of this moment. Raises ReferentielError for unknown blocs.

    `corrections`: None where nothing was said of them, so that those of an earlier run count; empty ones take these back.
    `purpose` stays the dossier's first.
    """
    masked = corrected(corrections or NO_CORRECTIONS)
    if corrections is not None and not masked:
        earlier = any(MASK in record.settings for record in PreReads(connection).of_dossier(dossier))
        masked = {MASK: [[], []]} if earlier else {}
    meant = purpose or purpose_of(PreReads(connection).of_dossier(dossier))
    kept = {PURPOSE: meant} if meant else {}
    asked = NewPreRead(
        owner, dossier, referentiel.sha256, referentiel.content.id, referentiel.choose(blocs),
        {**settings_used(installation.components()), **masked, **kept}, supersedes,
    )  # fmt: skip
    return PreReads(connection).add(asked)
