"""Where a review stands: its candidacy and session, or its owner; who may do what there; and what is written so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.matrix import Act, CandidacyAccess, Seat, allow, allowed, own
from assistant.errors import NotFound
from assistant.review.values import JURY, KINDS, Kind, value_of
from assistant.review.work import TypedRevision, Work, work_of
from assistant.store.journal import Journal, Revision
from assistant.store.prereads import PreReadRecord, PreReads
from assistant.store.sessions import CandidacyRecord, SeatRecord, SessionRecord, Sessions
from assistant.store.shares import Shares

REVOCATION = "revocation"
"""The item of the row that says why what a jury decided was taken back."""
OWN = "own-"
FINISHED = frozenset({"complete", "partial"})


@dataclass(frozen=True, slots=True)
class ReviewPlace:
    """One review as the database holds it at this moment."""

    review_id: str
    access: CandidacyAccess
    preread: PreReadRecord | None
    revisions: tuple[Revision, ...]
    candidacy: CandidacyRecord | None = None
    session: SessionRecord | None = None

    def work(self, person: str) -> Work:
        """What one person wrote here."""
        return work_of(person, typed(one for one in self.revisions if one.key.person == person))

    def latest(self, person: str, kind: Kind, criterion: str = "", item: str = "") -> Revision | None:
        return next(
            (
                one
                for one in self.revisions
                if (one.key.person, one.key.kind, one.key.criterion, one.key.item) == (person, kind, criterion, item)
            ),
            None,
        )

    @property
    def proposals(self) -> tuple[TypedRevision, ...]:
        """What the jury proposed last on each criterion."""
        return typed(one for one in self.revisions if one.key.person == JURY)

    @property
    def consents(self) -> tuple[TypedRevision, ...]:
        """Of those who are seated now."""
        jury = {seat.person for seat in self.access.seats}
        return typed(one for one in self.revisions if one.key.kind == "consent" and one.key.person in jury)


def own_review(preread: str) -> str:
    """The review of a dossier outside any session, by the first pre-read made of it."""
    return f"{OWN}{preread}"


def typed(revisions: Iterable[Revision]) -> tuple[TypedRevision, ...]:
    """Rows with their values as types."""
    return tuple(
        TypedRevision(
            one.key.kind,
            one.key.criterion,
            one.key.item,
            value_of(one.key.kind, one.value),
            one.version,
            one.written,
            one.key.person,
        )
        for one in revisions
        if one.key.kind in KINDS
    )


def place_of(connection: Connection, review_id: str) -> ReviewPlace:
    """Raises NotFound for an id that is none."""
    if review_id.startswith(OWN):
        return _own_place(connection, review_id)
    sessions = Sessions(connection)
    candidacy = sessions.candidacy(review_id)
    session = sessions.get(candidacy.session) if candidacy else None
    if candidacy is None or session is None:
        raise NotFound("Ce dossier n’est pas dans cette installation\u00a0: vérifiez son adresse ou son identifiant.")
    preread = PreReads(connection).get(candidacy.preread) if candidacy.preread else None
    revisions = Journal(connection).current(review_id)
    access = candidacy_access(candidacy, session, sessions.seats(review_id), locked_in(revisions))
    return ReviewPlace(review_id, access, preread, revisions, candidacy, session)


def _own_place(connection: Connection, review_id: str) -> ReviewPlace:
    first = PreReads(connection).get(review_id.removeprefix(OWN))
    if first is None or Sessions(connection).candidacies_of_dossier(first.dossier):
        raise NotFound("Ce dossier n’est pas dans cette installation\u00a0: déposez-le de nouveau.")
    revisions = Journal(connection).current(review_id)
    return ReviewPlace(
        review_id, own(first.owner, subject=review_id), newest_read(line_of(connection, first)), revisions
    )


def candidacy_access(
    candidacy: CandidacyRecord, session: SessionRecord, seats: Iterable[SeatRecord], locked: Iterable[str]
) -> CandidacyAccess:
    """What access to a candidacy rests on; `locked`: who has locked their reading of it."""
    closed = frozenset(locked)
    return CandidacyAccess(
        session.created_by,
        candidacy.trainer,
        tuple(Seat(one.person, one.part, one.link, one.person in closed) for one in seats),
        True,
        candidacy.shown_to_jury,
        others=session.others,
        subject=candidacy.id,
        incomplete=candidacy.complete == "incomplete",
    )


def session_access(session: SessionRecord) -> CandidacyAccess:
    """What access to a session as a whole rests on: who organises it."""
    return CandidacyAccess(organiser=session.created_by, in_session=True, others=session.others, subject=session.id)


def organised(connection: Connection, actor: Actor, session_id: str) -> SessionRecord:
    """A session of the actor's. Raises NotFound and AccessDenied."""
    session = Sessions(connection).get(session_id)
    if session is None:
        raise NotFound(
            "Cette session n’est pas dans cette installation\u00a0: vérifiez son adresse ou son identifiant."
        )
    allow(actor, "organise", session_access(session))
    return session


def locked_in(revisions: Iterable[Revision]) -> frozenset[str]:
    """Who has locked, in the rows of one review."""
    return frozenset(one.key.person for one in revisions if one.key.kind == "lock" and one.value is not None)


def line_of(connection: Connection, record: PreReadRecord) -> tuple[PreReadRecord, ...]:
    """The readings of one dossier by one owner, the latest first: a retry, another file, another model."""
    return tuple(one for one in PreReads(connection).of_dossier(record.dossier) if one.owner == record.owner)


def newest_read(line: Sequence[PreReadRecord]) -> PreReadRecord:
    """The newest that is finished; the newest of all while none is."""
    return next((one for one in line if one.status in FINISHED), line[0])


def review_of(connection: Connection, record: PreReadRecord) -> str:
    """The review a pre-read is read in: the candidacy its dossier was handed in for, else its owner's own."""
    candidacies = Sessions(connection).candidacies_of_dossier(record.dossier)
    return candidacies[0].id if candidacies else own_review(line_of(connection, record)[-1].id)


def own_access(connection: Connection, record: PreReadRecord) -> CandidacyAccess:
    """What access to a dossier outside any session rests on: its owner, and the trainers it is shown to."""
    shown = frozenset(one.person for one in Shares(connection).of_dossier(record.dossier))
    return own(record.owner, shown, record.id)


def allow_preread(connection: Connection, actor: Actor, act: Act, preread_id: str) -> PreReadRecord:
    """The pre-read, when the actor may do this with it. Raises NotFound and AccessDenied."""
    record = PreReads(connection).get(preread_id)
    if record is None:
        raise NotFound("Ce dossier n’est pas dans cette installation\u00a0: déposez-le de nouveau.")
    candidacies = Sessions(connection).candidacies_of_dossier(record.dossier)
    if not candidacies:
        allow(actor, act, own_access(connection, record))
        return record
    for candidacy in candidacies[:-1]:
        if allowed(actor, act, place_of(connection, candidacy.id).access):
            return record
    allow(actor, act, place_of(connection, candidacies[-1].id).access)
    return record
