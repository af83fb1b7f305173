"""A candidate's own space: drafts, versions, what each criterion can be shown by, a report, and whom it is shown to.

What happens here leaves no trace for a jury: drafts belong to no session, and a file handed in to a session is another
dossier.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.application.advice import CriterionAdvice, advice_on
from assistant.application.allowance import taken
from assistant.application.auditing import audited
from assistant.application.comparing import Comparisons
from assistant.application.handing_in import UploadedFile, check, new_preread
from assistant.application.installation import Installation, LoadedPreRead
from assistant.application.place import FINISHED, allow_preread, line_of, own_access, review_of
from assistant.application.prereads import PreReadLine, PreReads
from assistant.application.versions import Compared
from assistant.errors import InvalidInput, NotFound
from assistant.exporting.document import Document
from assistant.exporting.draft_inputs import DraftContext, DraftCriterion, DraftDeliverable
from assistant.exporting.draft_report import draft_report
from assistant.exporting.files import MEDIA_TYPES, ExportedFile
from assistant.formal import FormalPoint, formal_points
from assistant.store.dossiers import Dossiers
from assistant.store.journal import Journal
from assistant.store.people import People
from assistant.store.prereads import PreReadRecord
from assistant.store.shares import Shares

ReportFormat = Literal["docx", "pdf"]
REPORT_MEDIA: Mapping[str, str] = {"docx": MEDIA_TYPES["docx"], "pdf": MEDIA_TYPES["pdf"]}


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A document that the référentiel asks for; `state` and the pages where the draft speaks of it."""

    text: str
    state: Literal["found", "not_found", "unread"]
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """One version of a draft as its owner, or a trainer it is shown to, reads it. `before`: the version to compare with."""

    preread: str
    title: str
    referentiel: str
    version: int
    deposited: datetime
    before: str | None
    by_model: bool
    criteria: tuple[CriterionAdvice, ...]
    deliverables: tuple[Deliverable, ...]
    formal: tuple[FormalPoint, ...]
    pages: int
    pages_read: int
    pages_by_ocr: int
    changed: Compared | None
    shown_to: tuple[str, ...]
    owned: bool


class Candidates:
    """What a candidate does with drafts."""

    def __init__(self, installation: Installation, prereads: PreReads, comparisons: Comparisons) -> None:
        self._installation = installation
        self._prereads = prereads
        self._comparisons = comparisons

    def drafts(self, actor: Actor) -> tuple[PreReadLine, ...]:
        """The actor's drafts, the latest first; what was handed in to be read as a juror is none."""
        return tuple(one for one in self._prereads.list(actor) if one.purpose != "reading")

    def also_read(self, actor: Actor, lines: Sequence[PreReadLine]) -> frozenset[str]:
        """Which of these own drafts (by pre-read) were also written about at the desk, which an erasure takes too."""
        with self._installation.reading() as connection:
            for one in lines:
                self._own(connection, actor, one.id)
            return frozenset(
                one.id
                for one in lines
                if any(said.value is not None for said in Journal(connection).current(one.review))
            )

    def new_version(self, actor: Actor, preread_id: str, files: Sequence[UploadedFile]) -> str:
        """Other files in the place of all those of a draft, which stay in its history; the id of the pre-read to start.

        Raises InvalidInput, UnreadableDossier, AccessDenied, TooManyUploads.
        """
        check(files)
        with self._installation.writing() as connection:
            record = self._own(connection, actor, preread_id)
            dossiers = Dossiers(connection)
            held = dossiers.get(record.dossier)
            for file in held.files if held else ():
                dossiers.remove_file(record.dossier, file.position)
            for one in files:
                dossiers.add_file(record.dossier, self._installation.files.put(one.data), one.name, one.kind)
            latest = line_of(connection, record)[0]
            referentiel = self._installation.referentiel(connection, record.referentiel_sha256)
            made = new_preread(
                connection, self._installation, record.owner, record.dossier, referentiel, record.blocs, latest.id
            )
            taken(connection, self._installation, actor, files, made.id)
        return made.id

    def draft(self, actor: Actor, preread_id: str) -> Draft:
        """A finished version. Raises NotFound (also while it is not read) and AccessDenied."""
        loaded = self._prereads.open(actor, preread_id)
        with self._installation.reading() as connection:
            record = allow_preread(connection, actor, "read the dossier", preread_id)
            versions = self._versions(connection, record)
            shares = Shares(connection).of_dossier(record.dossier)
            names = People(connection).many([one.person for one in shares])
        place = next((at for at, one in enumerate(versions) if one.id == record.id), 0)
        before = versions[place - 1].id if place else None
        changed = self._comparisons.side_by_side(actor, before, preread_id) if before else None
        return _draft(
            loaded, record, place + 1, before, changed, tuple(one.name for one in names.values()),
            record.owner == actor.person,
        )  # fmt: skip

    def trainers(self, actor: Actor) -> tuple[Actor, ...]:
        """To whom a draft can be shown, by name."""
        self._installation.let(actor, "hand in a dossier")
        with self._installation.reading() as connection:
            return tuple(
                Actor(one.id, "trainer", one.name) for one in People(connection).all() if one.role == "trainer"
            )

    def share(self, actor: Actor, preread_id: str, trainer: str) -> None:
        """Shows a draft to a trainer, who sees it and its versions to come until it is ended.

        Raises AccessDenied, and InvalidInput for somebody who is no trainer.
        """
        with self._installation.writing() as connection:
            record = self._own(connection, actor, preread_id)
            allow(actor, "share", own_access(connection, record))
            person = People(connection).get(trainer)
            if person is None or person.role != "trainer":
                raise InvalidInput("Un brouillon se partage avec un formateur\u00a0: choisissez-en un dans la liste.")
            Shares(connection).share(record.dossier, trainer)
            audited(connection, actor, "share", record.dossier, person=trainer)

    def unshare(self, actor: Actor, preread_id: str, trainer: str) -> None:
        """Shows it to that trainer no more, from this moment on."""
        with self._installation.writing() as connection:
            record = self._own(connection, actor, preread_id)
            allow(actor, "share", own_access(connection, record))
            Shares(connection).end(record.dossier, trainer)
            audited(connection, actor, "share ended", record.dossier, person=trainer)

    def shared_with(self, actor: Actor, preread_id: str) -> tuple[Actor, ...]:
        """Who sees this draft besides its owner."""
        with self._installation.reading() as connection:
            record = allow_preread(connection, actor, "read the dossier", preread_id)
            shares = Shares(connection).of_dossier(record.dossier)
            names = People(connection).many([one.person for one in shares])
        return tuple(Actor(one.id, "trainer", one.name) for one in names.values())

    def report(self, actor: Actor, preread_id: str, form: ReportFormat) -> ExportedFile:
        """The draft's report, for its owner. Raises AccessDenied."""
        with self._installation.reading() as connection:
            self._own(connection, actor, preread_id)
        draft = self.draft(actor, preread_id)
        data = _rendered(draft_report(_context(draft)), form)
        with self._installation.writing() as connection:
            sha256 = hashlib.sha256(data).hexdigest()
            audited(connection, actor, "export", preread_id, document="draft report", form=form, sha256=sha256)
        return ExportedFile(f"mon-dossier-version-{draft.version}.{form}", MEDIA_TYPES[form], data)

    def _own(self, connection: Connection, actor: Actor, preread_id: str) -> PreReadRecord:
        record = allow_preread(connection, actor, "run the pre-read", preread_id)
        if not review_of(connection, record).startswith("own-"):
            raise NotFound("Ce dossier a été remis à une session\u00a0: il n’est pas un brouillon.")
        return record

    def _versions(self, connection: Connection, record: PreReadRecord) -> list[PreReadRecord]:
        """Finished pre-reads of different files, the first first; of the same files, the latest reading."""
        found: dict[str, PreReadRecord] = {}
        for one in line_of(connection, record)[::-1]:
            if one.status in FINISHED:
                loaded = self._installation.loaded(connection, one)
                if loaded is not None:
                    found[loaded.preread.dossier.sha256] = one
        return list(found.values())


def _rendered(document: Document, form: ReportFormat) -> bytes:
    if form == "docx":
        from assistant.exporting.docx import as_docx

        return as_docx(document)
    from assistant.exporting.pdf import as_pdf

    return as_pdf(document)


def _draft(
    loaded: LoadedPreRead,
    record: PreReadRecord,
    version: int,
    before: str | None,
    changed: Compared | None,
    shown_to: tuple[str, ...],
    owned: bool,
) -> Draft:
    preread, content = loaded.preread, loaded.referentiel.content
    asked = {criterion.id: criterion for criterion in content.criteria()}
    texts = {one.id: one.text for one in content.deliverables()}
    added = frozenset(
        one.after.id
        for one in (changed.report.sentences if changed else ())
        if one.change == "added" and one.after is not None
    )
    ledger = preread.dossier.ledger
    return Draft(
        record.id,
        preread.dossier.file,
        content.shown_title,
        version,
        record.finished or record.created,
        before,
        preread.provenance.drafter != "extractive",
        tuple(advice_on(part, asked[part.id], added) for part in preread.criteria if part.id in asked),
        tuple(
            Deliverable(texts.get(one.id, one.id), one.state, tuple(sorted({item.page for item in one.evidence})))
            for one in preread.deliverables
        ),
        formal_points(loaded.dossier, content, record.blocs),
        len(ledger),
        sum(entry.read != "none" for entry in ledger),
        sum(entry.read in {"ocr", "text+ocr"} for entry in ledger),
        changed,
        shown_to,
        owned,
    )


def _context(draft: Draft) -> DraftContext:
    return DraftContext(
        draft.title, draft.referentiel, draft.version, draft.deposited, draft.by_model, draft.pages,
        tuple(
            DraftCriterion(
                one.id, one.text, tuple((place.page, place.quote) for place in one.places),
                tuple((advice.text, advice.question) for advice in one.advice), one.questions, one.oral,
            )
            for one in draft.criteria
        ),
        tuple(DraftDeliverable(one.text, one.pages, one.state) for one in draft.deliverables),
        tuple((point.text, point.advice) for point in draft.formal),
        datetime.now(UTC),
    )  # fmt: skip
