"""Handing in dossiers outside a session, listing and opening pre-reads, and the pages of those one may read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.application.allowance import taken
from assistant.application.auditing import audited
from assistant.application.handing_in import (
    MASK,
    Purpose,
    UploadedFile,
    check,
    corrected,
    keep_referentiel,
    new_dossier,
    new_preread,
    purpose_of,
    settings_used,
)
from assistant.application.installation import Installation, LoadedPreRead, Recent, files_of
from assistant.application.place import FINISHED, allow_preread, line_of, newest_read, review_of
from assistant.components import reader_of
from assistant.dossier.files.intake import unpacked
from assistant.dossier.files.kinds import EXTENSIONS, kind_of
from assistant.dossier.pdf.render import get_ready_to_draw, page_png
from assistant.errors import InvalidInput, NotFound, PrelectureError
from assistant.places import EXAMPLE
from assistant.preread import PreReadRequest
from assistant.privacy.known import NO_CORRECTIONS, Corrections
from assistant.progress import silent
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.wording import official_wording
from assistant.store.dossiers import DossierRecord, Dossiers
from assistant.store.listing import dossiers_in_sessions
from assistant.store.prereads import PreReadRecord, Status
from assistant.store.prereads import PreReads as Records

ACCEPTED = EXTENSIONS
"""The endings of the files that can be handed in."""
LEAST_SCALE = 0.1
"""Pixels per point of the smallest picture of a page."""
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "text": "text/plain; charset=utf-8",
    "markdown": "text/plain; charset=utf-8",
    "image": "application/octet-stream",
}


@dataclass(frozen=True, slots=True)
class PreReadLine:
    """One pre-read in a list: the newest of its dossier. `review` is where it is read; `message` why it is not whole."""

    id: str
    review: str
    candidate: str
    file: str
    referentiel: str
    blocs: tuple[str, ...]
    status: Status
    interrupted: bool
    message: str
    started: datetime
    readable: bool
    purpose: Purpose = ""


class PreReads:
    """Dossiers outside any session, and what is common to all pre-reads."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._pages: Recent[tuple[str, int, float], bytes] = Recent(400)

    def add(
        self,
        actor: Actor,
        files: Sequence[UploadedFile],
        referentiel_id: str,
        blocs: tuple[str, ...] = (),
        candidate: str = "",
        corrections: Corrections = NO_CORRECTIONS,
        purpose: Purpose = "",
    ) -> str:
        """A dossier of one's own, and its pre-read, which waits for its turn; the id of the pre-read.

        `candidate` is what its owner calls it by in the list; `corrections` what they corrected in the preview.
        The same files handed in again for the same blocs and purpose, with the same settings, are the same pre-read.
        Raises InvalidInput, UnreadableDossier, ReferentielError, StoreError.
        """
        self._installation.let(actor, "hand in a dossier")
        check(files)
        with self._installation.writing() as connection:
            referentiel = self._installation.present(connection, referentiel_id)
            chosen = referentiel.choose(blocs)
            known = self._known(connection, actor, files, referentiel, chosen, corrections, purpose)
            if known is not None:
                return known.id
            keep_referentiel(connection, referentiel)
            dossier = new_dossier(connection, self._installation, actor.person, files, candidate_name=candidate.strip())
            made = new_preread(
                connection,
                self._installation,
                actor.person,
                dossier.id,
                referentiel,
                chosen,
                None,
                corrections,
                purpose,
            ).id
            taken(connection, self._installation, actor, files, made)
        return made

    def list(self, actor: Actor) -> tuple[PreReadLine, ...]:
        """What the actor handed in outside any session and did not withdraw, the latest first."""
        self._installation.let(actor, "hand in a dossier")
        with self._installation.reading() as connection:
            records = Records(connection).of_owner(actor.person)
            dossiers = Dossiers(connection).many([one.dossier for one in records])
            handed_in = dossiers_in_sessions(connection, [one.dossier for one in records])
            titles = {
                one.referentiel_sha256: self._installation.title(connection, one.referentiel_sha256, one.referentiel_id)
                for one in records
            }
        lines: dict[str, list[PreReadRecord]] = {}
        for record in records:
            if dossiers[record.dossier].withdrawn is None and record.dossier not in handed_in:
                lines.setdefault(record.dossier, []).append(record)
        return tuple(
            _line(line, dossiers[dossier], titles[line[0].referentiel_sha256]) for dossier, line in lines.items()
        )

    def review_id(self, actor: Actor, preread_id: str) -> str:
        """Where a pre-read is read and written about. Raises NotFound and AccessDenied."""
        with self._installation.reading() as connection:
            return review_of(connection, allow_preread(connection, actor, "read the dossier", preread_id))

    def open(self, actor: Actor, preread_id: str) -> LoadedPreRead:
        """A finished pre-read. Raises NotFound (also while it is not finished) and AccessDenied."""
        with self._installation.reading() as connection:
            record = allow_preread(connection, actor, "read the dossier", preread_id)
            loaded = self._installation.loaded(connection, record)
        if loaded is None:
            raise NotFound("Ce dossier n’est pas encore lu\u00a0: réessayez dans un instant.")
        return loaded

    def replace_file(self, actor: Actor, preread_id: str, file: UploadedFile, position: int = 0) -> str:
        """Puts another file in the place of one, which stays in the history; the id of the pre-read to start."""
        check([file])
        with self._installation.writing() as connection:
            record = allow_preread(connection, actor, "run the pre-read", preread_id)
            Dossiers(connection).replace_file(
                record.dossier, position, self._installation.files.put(file.data), file.name
            )
            referentiel = self._installation.referentiel(connection, record.referentiel_sha256)
            made = new_preread(
                connection, self._installation, record.owner, record.dossier, referentiel, record.blocs, record.id
            )
            taken(connection, self._installation, actor, [file], made.id)
        return made.id

    def withdraw(self, actor: Actor, preread_id: str) -> None:
        """Takes a dossier of one's own out of the list; its history stays until it is erased."""
        with self._installation.writing() as connection:
            record = allow_preread(connection, actor, "run the pre-read", preread_id)
            if not review_of(connection, record).startswith("own-"):
                raise InvalidInput("Ce dossier appartient à une session\u00a0: son organisateur le retire.")
            Dossiers(connection).withdraw(record.dossier)
            audited(connection, actor, "withdrawn", preread_id)

    def page_png(self, actor: Actor, preread_id: str, page: int, scale: float) -> bytes:
        """A page (1-based) as a PNG at `scale` pixels per point. Raises NotFound, AccessDenied, UnreadableDossier."""
        loaded = self.open(actor, preread_id)
        if not 1 <= page <= len(loaded.dossier.pages):
            raise NotFound(f"Ce dossier n’a pas de page {page}.")
        size = min(max(scale, LEAST_SCALE), 6.0)
        shown = loaded.dossier.pages[page - 1]
        number = shown.number_in_file or page
        drawn = self._pages.of(
            (preread_id, page, size),
            lambda: page_png(self._installation.pdf(loaded, shown.file), number, size, shown.turned),
        )
        assert drawn is not None
        return drawn

    def original(self, actor: Actor, preread_id: str, file_index: int = 0) -> tuple[bytes, str, str]:
        """A file as it was handed in: its bytes, its name, its media type. Raises NotFound and AccessDenied."""
        loaded = self.open(actor, preread_id)
        files = files_of(loaded.dossier)
        if not 0 <= file_index < len(files):
            raise NotFound("Ce dossier n’a pas ce fichier.")
        data = self._installation.files.get(files[file_index].sha256)
        name = files[file_index].name
        return data, name, MEDIA.get(kind_of(data, name) or "", "application/pdf")

    def estimate(
        self, actor: Actor, files: Sequence[UploadedFile], referentiel_id: str, blocs: tuple[str, ...] = ()
    ) -> str:
        """What a run with the model will take, in French; "" without a model, or when the file cannot be read yet."""
        self._installation.let(actor, "hand in a dossier")
        settings = self._installation.settings
        if settings.model is None or not files:
            return ""
        from assistant.drafting.model_drafter import ModelDrafter

        drafter = self._installation.components().drafter
        assert isinstance(drafter, ModelDrafter)
        with self._installation.reading() as connection:
            referentiel = self._installation.present(connection, referentiel_id)
        reader = reader_of(settings.model_copy(update={"ocr": "off"}))
        try:
            handed_in = unpacked(files)
            dossier = reader(handed_in, official_wording(referentiel.content), silent)
        except PrelectureError:
            return ""
        request = PreReadRequest(handed_in, referentiel, blocs)
        likely = drafter.estimate(dossier, request.criteria)
        thousands = max(1, round(likely.tokens / 1000))
        return f"Avec le modèle « {settings.model} » : environ {likely.calls} appels et {thousands} 000 jetons envoyés."

    def get_ready(self) -> None:
        """Starts what draws pages, and has it draw one of the example's, before the first one is asked for."""
        get_ready_to_draw()
        if EXAMPLE.is_file():
            page_png(EXAMPLE, 1, LEAST_SCALE)

    def _known(
        self,
        connection: Connection,
        actor: Actor,
        files: Sequence[UploadedFile],
        referentiel: LoadedReferentiel,
        blocs: tuple[str, ...],
        corrections: Corrections,
        purpose: Purpose,
    ) -> PreReadRecord | None:
        """The actor's own pre-read of these very files, masked the same way, if there is one for the same purpose."""
        wanted = [(hashlib.sha256(file.data).hexdigest(), file.name[:255]) for file in files]
        used = settings_used(self._installation.components())["sha256"]
        for record in Records(connection).of_owner(actor.person):
            same = (record.referentiel_sha256, record.blocs, record.settings.get("sha256"))
            masked = corrected(corrections).get(MASK) == record.settings.get(MASK)
            if same != (referentiel.sha256, blocs, used) or not masked:
                continue
            dossier = Dossiers(connection).get(record.dossier)
            if dossier is None or dossier.withdrawn or not review_of(connection, record).startswith("own-"):
                continue
            line = line_of(connection, record)
            meant = purpose_of(line)
            if purpose and meant and meant != purpose:
                continue
            if [(one.sha256, one.name) for one in dossier.files] == wanted:
                return line[0]
        return None


def _line(line: Sequence[PreReadRecord], dossier: DossierRecord, referentiel: str) -> PreReadLine:
    newest, read = line[0], newest_read(line)
    return PreReadLine(
        newest.id,
        f"own-{line[-1].id}",
        dossier.candidate_name,
        dossier.title,
        referentiel,
        newest.blocs,
        newest.status,
        newest.interrupted,
        " ".join(newest.reasons),
        newest.started or newest.created,
        read.status in FINISHED,
        purpose_of(line),
    )
