"""Files become a dossier and a pre-read that waits for its turn: one piece of the transaction that asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from assistant.application.installation import Installation
from assistant.dossier.files.conversion import kind_of
from assistant.dossier.pdf.opening import MOST_BYTES
from assistant.errors import InvalidInput, UnreadableDossier
from assistant.preread import Components, settings_sha256
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.store.dossiers import DossierRecord, Dossiers
from assistant.store.prereads import NewPreRead, PreReadRecord, PreReads
from assistant.store.referentiels import Referentiels

PDF_BEGINS_WITHIN = 4_096
"""Bytes: readers find the mark of a PDF that far from its beginning."""


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file as it was handed in; their order is the dossier's."""

    name: str
    data: bytes
    kind: Literal["main", "annex", "deliverable"] = "main"


def check(files: Sequence[UploadedFile]) -> None:
    """Refuses at the door what nobody can read, before anything is written. Raises InvalidInput, UnreadableDossier."""
    if not files:
        raise InvalidInput("Déposez un fichier.")
    for file in files:
        if not file.data.strip(b"\0 \r\n\t"):
            raise UnreadableDossier("Ce fichier est vide\u00a0: vérifiez l’export, puis déposez-le de nouveau.")
        if len(file.data) > MOST_BYTES:
            raise UnreadableDossier("Ce fichier dépasse 400\u00a0Mo\u00a0: réduisez ses images, puis réessayez.")
        if kind_of(file.data) is None and b"%PDF-" not in file.data[:PDF_BEGINS_WITHIN]:
            raise UnreadableDossier(
                "Ce fichier n’est pas un PDF\u00a0: exportez le dossier au format PDF, puis réessayez."
            )


def settings_used(parts: Components) -> dict[str, str | None]:
    """What of the settings changes a result, for the pre-read's record; no key, folder or speed."""
    return {
        "sha256": settings_sha256(parts),
        "drafter": parts.drafter.name,
        "embedding": parts.embedder.name,
        "ocr": parts.read.engine,
    }


def keep_referentiel(connection: Connection, loaded: LoadedReferentiel) -> None:
    """Keeps the whole of a version, so that what begins with it ends with it."""
    content = loaded.content
    Referentiels(connection).keep(
        loaded.sha256, content.id, content.version, content.title or content.id, loaded.source
    )


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
) -> PreReadRecord:
    """A pre-read that waits for its turn, with the settings of this moment. Raises ReferentielError for unknown blocs."""
    asked = NewPreRead(
        owner, dossier, referentiel.sha256, referentiel.content.id, referentiel.choose(blocs),
        settings_used(installation.components()), supersedes,
    )  # fmt: skip
    return PreReads(connection).add(asked)
