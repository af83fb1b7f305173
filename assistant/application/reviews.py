"""Reading a dossier and writing about it: the desk, its acts, their history, harmonisation."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from assistant import logs
from assistant.access.actor import Actor
from assistant.access.matrix import allow, allowed
from assistant.application.acts import Here, act_of, checked_value, fresh_item
from assistant.application.auditing import AuditAct, audited, viewed_lately
from assistant.application.context import (
    CandidacyHead,
    Harmony,
    JurorReading,
    ReviewContext,
    Revoked,
    SessionHead,
    Version,
)
from assistant.application.desk import Ack, Current, DeskView, Event
from assistant.application.desk_view import desk_view
from assistant.application.installation import Installation, LoadedPreRead
from assistant.application.phrases import phrases_of
from assistant.application.place import ReviewPlace, place_of, typed
from assistant.application.revocation import latest_revocation, still_to_decide
from assistant.dossier.model import Dossier
from assistant.errors import EditConflict, InvalidInput, NotFound, PrelectureError
from assistant.review.harmony import Agreed, agreed_of, compared, complete, decides, stands
from assistant.review.items import items_of
from assistant.review.values import JURY, ConsentValue, Kind, Value, raw_of, value_of
from assistant.review.work import OwnEvidence, Work
from assistant.store.chain import Head
from assistant.store.dossiers import Dossiers
from assistant.store.journal import Journal, Key, Revision
from assistant.store.people import People
from assistant.store.prereads import PreReads

ACTS_AUDITED: Mapping[str, AuditAct] = {
    "choice": "item",
    "decision": "decision",
    "lock": "lock",
    "agreed": "agreement",
    "consent": "consent",
}
PENDING = "La prélecture de ce dossier n’est pas terminée\u00a0: réessayez dans un instant."


class Reviews:
    """One person's work on one dossier, and what a jury agrees on."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def desk(self, actor: Actor, review_id: str) -> DeskView:
        """Everything the desk shows. Raises AccessDenied, NotFound, and NotFound while the pre-read is not finished."""
        with self._installation.reading() as connection:
            context = self._context(connection, actor, review_id)
            phrases = phrases_of(connection, actor.person, context.referentiel.content.id)
        return desk_view(context, phrases, self._installation.settings.model)

    def context(self, actor: Actor, review_id: str) -> ReviewContext:
        """The same as plain objects, for pages and exports. Raises AccessDenied and NotFound."""
        with self._installation.reading() as connection:
            return self._context(connection, actor, review_id)

    def act(self, actor: Actor, review_id: str, event: Event) -> Ack:
        """Stores one act and says so, or says in French why not; the same event sent again is stored once."""
        try:
            revision = self.record(actor, review_id, event)
        except EditConflict as conflict:
            shown = _current(conflict.current, actor, review_id, event)
            return Ack(id=event.id, ok=False, message=conflict.message, current=shown)
        except PrelectureError as error:
            return Ack(id=event.id, ok=False, message=error.message, retry=error.retryable)
        except Exception as error:  # noqa: BLE001  # logged with where it came through; the person is told its number
            reference = logs.failure("act", error, review=review_id, kind=event.kind)
            return Ack(id=event.id, ok=False, message=logs.apology(reference), retry=True)
        return Ack(id=event.id, ok=True, version=revision.version, item=revision.key.item)

    def record(self, actor: Actor, review_id: str, event: Event) -> Revision:
        """Stores one act, drawn from version `event.base`.

        Raises EditConflict when another version came in between, AccessDenied, InvalidInput, DecisionRefused, StoreError.
        """
        if event.kind in {"own_text", "own_evidence"} and not event.item:
            event = event.model_copy(update={"item": fresh_item()})
        with self._installation.writing() as connection:
            journal = Journal(connection)
            head = journal.hold(review_id)
            place = place_of(connection, review_id)
            known = next((one for one in place.revisions if one.event == event.id), None)
            if known is not None and known.key == _key(review_id, actor, event):
                return known
            allow(actor, act_of(event.kind), place.access)
            loaded = self._loaded(connection, place)
            value = checked_value(Here(place, loaded, actor.person, event))
            made = _written(journal, head, place, actor, event, raw_of(value))
            _audit(connection, actor, review_id, event, made)
        logs.event("act", review=review_id, kind=event.kind)
        return made

    def history(
        self, actor: Actor, review_id: str, kind: Kind, criterion: str = "", item: str = ""
    ) -> tuple[Version, ...]:
        """Every version of a text of the actor's own, the latest first."""
        with self._installation.reading() as connection:
            allow(actor, "read own work", place_of(connection, review_id).access)
            rows = Journal(connection).history(Key(review_id, actor.person, criterion, kind, item))
        return tuple(Version(_words(one.value), one.version, one.written) for one in typed(rows))

    def harmony(self, actor: Actor, review_id: str) -> Harmony:
        """All readings side by side, once everyone has locked theirs. Raises AccessDenied."""
        with self._installation.reading() as connection:
            place = place_of(connection, review_id)
            allow(actor, "read the others' work", place.access)
            loaded = self._loaded(connection, place)
            took_back = latest_revocation(place)
            said_by = [took_back.key.person] if took_back else []
            names = People(connection).many([*(seat.person for seat in place.access.seats), *said_by])
        jury = [seat.person for seat in place.access.seats]
        readings = tuple(
            JurorReading(seat.person, names[seat.person].name if seat.person in names else "", seat.part,
                         quoted(place.work(seat.person), loaded.dossier))
            for seat in sorted(place.access.seats, key=lambda one: one.part)
        )  # fmt: skip
        criteria = tuple(part.id for part in loaded.preread.criteria)
        agreed = agreed_of(place.proposals, place.consents)
        return Harmony(
            readings,
            compared(criteria, [one.work for one in readings]),
            agreed,
            frozenset(name for name in criteria if stands(agreed.get(name), jury)),
            complete(agreed, criteria, jury),
            _revoked(took_back, agreed, names[said_by[0]].name if said_by and said_by[0] in names else ""),
        )

    def unlock(self, actor: Actor, review_id: str, person: str, reason: str) -> None:
        """The organiser opens a juror's locked reading again; the reason stays in the journal."""
        if not reason.strip():
            raise InvalidInput("Donnez la raison\u00a0: elle est conservée.")
        with self._installation.writing() as connection:
            journal = Journal(connection)
            journal.hold(review_id)
            place = place_of(connection, review_id)
            allow(actor, "unlock", place.access)
            lock = place.latest(person, "lock")
            if lock is None or lock.value is None:
                raise InvalidInput("Cette lecture n’est pas verrouillée.")
            before = place.latest(actor.person, "unlock", item=person)
            key = Key(review_id, actor.person, "", "unlock", person)
            journal.record(key, {"reason": reason.strip()}, before.version if before else 0)
            journal.record(lock.key, None, lock.version)
            audited(connection, actor, "unlock", review_id, person=person)
        logs.event("unlocked", review=review_id)

    def viewed(self, actor: Actor, review_id: str) -> None:
        """Writes down that somebody opened a dossier, and which drafted items they were shown. At most once an hour each."""
        with self._installation.writing() as connection:
            place = place_of(connection, review_id)
            allow(actor, "read the dossier", place.access)
            if viewed_lately(connection, actor, review_id):
                return
            loaded = self._loaded(connection, place)
            shown = [item.id for part in loaded.preread.criteria for item in items_of(part)]
            audited(connection, actor, "view", review_id, preread=loaded.id, items=shown)

    def reopened(self, actor: Actor, review_id: str) -> Version | None:
        """Why the organiser opened the actor's locked reading again, and when; None where nobody did."""
        with self._installation.reading() as connection:
            place = place_of(connection, review_id)
            allow(actor, "read own work", place.access)
        found = [
            one for one in place.revisions if one.key.kind == "unlock" and one.key.item == actor.person and one.value
        ]
        latest = max(found, key=lambda one: one.written, default=None)
        return Version(str(latest.value["reason"]), latest.version, latest.written) if latest and latest.value else None

    def _context(self, connection: Connection, actor: Actor, review_id: str) -> ReviewContext:
        place = place_of(connection, review_id)
        allow(actor, "read the dossier", place.access)
        loaded = self._loaded(connection, place)
        mine = allowed(actor, "read own work", place.access)
        newer = self._installation.newer(connection, loaded.referentiel)
        session, candidacy = place.session, place.candidacy
        told_to = allowed(actor, "read accommodations", place.access)
        return ReviewContext(
            actor,
            review_id,
            loaded,
            quoted(place.work(actor.person), loaded.dossier) if mine else Work(actor.person, {}),
            place.access,
            newer.content.version if newer else None,
            SessionHead(session.id, session.title, session.held, session.blind_first) if session else None,
            CandidacyHead(
                candidacy.id, candidacy.number, candidacy.name, candidacy.company,
                candidacy.accommodations if told_to else "", candidacy.shown_to_jury,
            )
            if candidacy
            else None,
            "" if candidacy else _called(connection, loaded.id),
        )  # fmt: skip

    def _loaded(self, connection: Connection, place: ReviewPlace) -> LoadedPreRead:
        loaded = self._installation.loaded(connection, place.preread) if place.preread else None
        if loaded is None:
            raise NotFound(PENDING)
        return loaded


def _called(connection: Connection, preread: str) -> str:
    record = PreReads(connection).get(preread)
    dossier = Dossiers(connection).get(record.dossier) if record else None
    return dossier.candidate_name if dossier else ""


def _revoked(took_back: Revision | None, agreed: Mapping[str, Agreed], by: str) -> Revoked | None:
    """The revocation while a criterion waits for a decision since; None where none was, or all was decided anew."""
    waiting = still_to_decide(took_back, agreed)
    if took_back is None or took_back.value is None or not waiting:
        return None
    return Revoked(by, str(took_back.value["reason"]), took_back.written, waiting)


def _audit(connection: Connection, actor: Actor, review_id: str, event: Event, made: Revision) -> None:
    """What was done, never in what words: verdicts on items, decisions (that there is one), locks, texts."""
    about: dict[str, str | int] = {"criterion": event.criterion, "kind": event.kind, "item": made.key.item}
    about |= {"version": made.version, "verdict": str((made.value or {}).get("verdict", ""))}
    act = ACTS_AUDITED.get(event.kind, "write")
    audited(connection, actor, act, review_id, revision=made, **about, taken_back=made.value is None)


def _words(value: Value | None) -> str:
    return str(getattr(value, "text", ""))


def quoted(work: Work, dossier: Dossier) -> Work:
    """Chosen passages with the dossier's words where the journal holds none (it did not always)."""
    bare = {sid for own in work.criteria.values() for one in own.evidence if not one.quote for sid in one.sentences}
    if not bare:
        return work
    texts = {one.id: (one.text, one.source) for one in dossier.sentences if one.id in bare}

    def whole(one: OwnEvidence) -> OwnEvidence:
        if one.quote or not one.sentences:
            return one
        found = [texts[sid] for sid in one.sentences if sid in texts]
        return replace(one, quote=" ".join(text for text, _ in found), ocr=any(source == "ocr" for _, source in found))

    criteria = {
        name: replace(own, evidence=tuple(whole(one) for one in own.evidence)) for name, own in work.criteria.items()
    }
    return replace(work, criteria=criteria)


def _key(review_id: str, actor: Actor, event: Event) -> Key:
    """What the event writes: the jury is the author of what it agrees on."""
    if event.kind == "agreed":
        return Key(review_id, JURY, event.criterion, "agreed")
    return Key(review_id, actor.person, event.criterion, event.kind, event.item)


def _current(current: object, actor: Actor, review_id: str, event: Event) -> Current | None:
    """What stands where the act was refused; never what anybody else wrote, whatever id the event came with."""
    if not isinstance(current, Revision) or current.key != _key(review_id, actor, event):
        return None
    return Current(value=current.value, version=current.version)


def _written(
    journal: Journal, head: Head, place: ReviewPlace, actor: Actor, event: Event, value: dict[str, object] | None
) -> Revision:
    """One row, or two for a proposed decision, which carries its author's consent. `head`: the journal's, held."""
    key = _key(place.review_id, actor, event)
    if event.kind == "lock":
        return journal.lock(place.review_id, actor.person, event=event.id)
    if event.kind == "consent":
        before = place.latest(actor.person, "consent", event.criterion)
        return journal.record(key, value, before.version if before else 0, event=event.id, head=head)
    proposed = journal.record(key, value, event.base, event=event.id, head=head)
    if event.kind != "agreed" or not decides(value_of("agreed", value)):
        return proposed
    before = place.latest(actor.person, "consent", event.criterion)
    consent = raw_of(ConsentValue(version=proposed.version))
    journal.record(
        Key(place.review_id, actor.person, event.criterion, "consent"), consent, before.version if before else 0
    )
    return proposed
