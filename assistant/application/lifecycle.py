"""How long data is kept, and how a candidate or a session is erased for good, with proof."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, delete, exists, select, update

from assistant.access.actor import Actor
from assistant.access.addresses import canonical
from assistant.access.matrix import allow
from assistant.application.auditing import audited
from assistant.application.installation import Installation
from assistant.application.kept_grid import keep
from assistant.application.left_to_erase import Left, LeftToErase
from assistant.application.place import place_of, session_access
from assistant.application.referentiels import SCANNED
from assistant.components import calls_of
from assistant.errors import NotFound
from assistant.store.blobs import Folder
from assistant.store.erasing import Erasing, make_room
from assistant.store.journal import Journal
from assistant.store.places import CALLS, CONVERTED, ERASING, OCR, READINGS
from assistant.store.sessions import Sessions
from assistant.store.steps import StepCache
from assistant.store.tables import AUDIT, IDENTITIES, INVITATIONS, PEOPLE, PREREADS, SIGN_INS

CACHES = (OCR, READINGS, CONVERTED)
"""What was made of files and is kept where they are: it holds text and pictures of dossiers, and deleting it loses only
time. So it is with this machine's own vectors."""
VECTORS = "chroma"
SENTENCES = 10
TELLING = 40
"""Characters a sentence must have to tell whose kept calls are whose."""
NOBODY = "Personne effacée"


@dataclass(slots=True)
class Erased:
    """What a purge looks for afterwards (`words`: name, address, sentences) and how much it removed."""

    candidates: int = 0
    dossiers: int = 0
    files: int = 0
    calls: int = 0
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Expired:
    """What the retention periods say is to be erased."""

    sessions: tuple[str, ...]
    prereads: tuple[str, ...]


class Lifecycle:
    """Retention and purges of one installation."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._left = LeftToErase(installation.kept.under(ERASING))

    def purge_candidate(self, actor: Actor, candidacy_id: str) -> Erased:
        """Erases a candidate: their files, texts, vectors, drafts, kept calls, readings, and every word of the journal
        about them. What their jury agreed on and the audit stay, and name nobody. Asked again by the administrator of one
        who was purged, it finishes what an interruption left. Raises NotFound and AccessDenied."""
        if actor.role == "administrator" and self._purged(candidacy_id):
            self._installation.let(actor, "maintain")
            return self._finish(actor)
        return self._purge(actor, [candidacy_id])

    def purge_session(self, actor: Actor, session_id: str) -> Erased:
        """Erases every candidate of a session, or none of them when one may not be; where there is none any more, it
        finishes what an interruption left. Raises NotFound and AccessDenied."""
        with self._installation.reading() as connection:
            session = Sessions(connection).get(session_id)
            if session is None:
                raise NotFound("Cette session n’est pas dans cette installation.")
            allow(actor, "organise", session_access(session))
            candidacies = [one.id for one in Sessions(connection).candidacies(session_id)]
        return self._purge(actor, candidacies) if candidacies else self._finish_due(actor)

    def purge_own(self, actor: Actor, preread_id: str) -> Erased:
        """Erases a dossier outside any session, for its owner or the administrator."""
        with self._installation.writing() as connection:
            record = connection.execute(select(PREREADS).where(PREREADS.c.id == preread_id)).first()
            if record is None or Erasing(connection).in_sessions([record.dossier]):
                raise NotFound("Ce dossier n’est pas dans cette installation.")
            if record.owner != actor.person:
                allow(actor, "maintain")
            made = Erased()
            self._erase_dossiers(connection, actor, [record.dossier], [], made)
            audited(connection, actor, "purge", preread_id, dossiers=made.dossiers)
        self._after(made)
        return made

    def expired(self, actor: Actor, today: date | None = None) -> Expired:
        """What has been kept for as long as the settings say."""
        self._installation.let(actor, "maintain")
        now = today or datetime.now(UTC).date()
        settings = self._installation.settings
        with self._installation.reading() as connection:
            sessions = [
                one.id for one in Sessions(connection).all()
                if (one.held or one.created.date()) + timedelta(days=settings.keep_session_days) < now
                and Sessions(connection).candidacies(one.id)
            ]  # fmt: skip
            rows = connection.execute(select(PREREADS.c.id, PREREADS.c.dossier, PREREADS.c.updated)).all()
            inside = Erasing(connection).in_sessions([row.dossier for row in rows])
        latest: dict[str, tuple[datetime, str]] = {}
        for row in rows:
            if row.dossier not in inside:
                latest[row.dossier] = max(latest.get(row.dossier, (row.updated, row.id)), (row.updated, row.id))
        limit = now - timedelta(days=settings.keep_own_days)
        return Expired(tuple(sessions), tuple(name for at, name in latest.values() if at.date() < limit))

    def tidy(self, actor: Actor) -> int:
        """Removes caches and kept calls that are older than the settings say, and what interrupted purges left; how many."""
        self._installation.let(actor, "maintain")
        self._finish_due(actor)
        settings = self._installation.settings
        with self._installation.writing() as connection:
            removed = StepCache(connection).prune(older_than=timedelta(days=settings.keep_cache_days))
            lines = Erasing(connection).erase_orphans()
            audited(connection, actor, "purge", "caches", days=settings.keep_cache_days)
        now = datetime.now(UTC)
        for name in CACHES:
            removed += self._installation.kept.under(name).clear(now - timedelta(days=settings.keep_cache_days))
        removed += self._installation.kept.under(CALLS).clear(now - timedelta(days=settings.keep_calls_days))
        if lines:
            make_room(self._installation.engine)
        here = Folder(settings.data_dir)
        return removed + lines + here.under(SCANNED).clear(now - timedelta(days=settings.keep_cache_days))

    def _purged(self, candidacy_id: str) -> bool:
        """Whether this candidate was erased before: gone, and the audit says how."""
        with self._installation.reading() as connection:
            said = exists().where(AUDIT.c.act == "purge", AUDIT.c.subject == candidacy_id)
            return Sessions(connection).candidacy(candidacy_id) is None and bool(
                connection.execute(select(said)).scalar()
            )

    def _finish(self, actor: Actor) -> Erased:
        """What no candidate names any more: files and kept calls of purges that were interrupted, lines of lists, caches,
        vectors, and the room that rows took."""
        made = Erased()
        with self._installation.writing() as connection:
            made.dossiers = Erasing(connection).erase_orphans()
            audited(connection, actor, "purge", "leftovers", dossiers=made.dossiers)
        self._after(made)
        return made

    def _finish_due(self, actor: Actor) -> Erased:
        """The same where a purge was interrupted, and nothing where none was."""
        with self._installation.reading() as connection:
            due = self._left.due(connection)
        return self._finish(actor) if due else Erased()

    def _purge(self, actor: Actor, candidacies: Sequence[str]) -> Erased:
        made = Erased()
        with self._installation.writing() as connection:
            dossiers: set[str] = set()
            for name in candidacies:
                if Sessions(connection).candidacy(name) is None:
                    raise NotFound("Ce candidat n’est pas dans cette installation\u00a0: vérifiez son identifiant.")
                place = place_of(connection, name)
                if actor.role != "administrator":
                    allow(actor, "organise", place.access)
                assert place.candidacy is not None
                own = self._belonging(connection, place.candidacy.dossier, place.candidacy.email, set(candidacies))
                texts = self._texts(connection, sorted(own))
                names = [one for one in (place.candidacy.name, place.candidacy.company) if one]
                made.words += [one for one in (place.candidacy.name, place.candidacy.email) if one]
                keep(connection, place, [*names, place.candidacy.email], texts)
                self._forget_person(connection, place.candidacy.email)
                dossiers |= own
            self._erase_dossiers(connection, actor, sorted(dossiers), candidacies, made)
            made.candidates = len(candidacies)
        self._after(made)
        return made

    def _belonging(self, connection: Connection, dossier: str, email: str, purged: set[str]) -> set[str]:
        """The candidate's dossier, every other that holds one of its files, and what they handed in for themselves."""
        erasing = Erasing(connection)
        found = {dossier, *erasing.dossiers_holding(erasing.files_of([dossier]))}
        for person in self._candidates_of(connection, canonical(email)):
            found |= erasing.of_owner(person)
        inside = erasing.in_sessions(found)
        return {one for one in found if inside.get(one) is None or inside[one] in purged}

    def _texts(self, connection: Connection, dossiers: Sequence[str]) -> list[str]:
        """The sentences of these dossiers, as they were read."""
        erasing = Erasing(connection)
        said: dict[str, None] = {}
        for payload in erasing.dossier_texts(erasing.prereads_of(dossiers)):
            for sentence in json.loads(payload).get("sentences", ()):
                said.setdefault(str(sentence.get("text", "")))
        return list(said)

    def _left_by(self, connection: Connection, dossier: str) -> Left:
        """What stands of a dossier outside the database."""
        erasing = Erasing(connection)
        inside = [
            json.loads(payload).get("files", ()) for payload in erasing.dossier_texts(erasing.prereads_of([dossier]))
        ]
        files = erasing.files_of([dossier]) | {str(one["sha256"]) for group in inside for one in group}
        return Left(dossier, sorted(files), self._texts(connection, [dossier]))

    def _erase_dossiers(
        self, connection: Connection, actor: Actor, dossiers: Sequence[str], candidacies: Sequence[str], made: Erased
    ) -> None:
        """Rows and words, once it is written down what `_after` has to erase."""
        erasing = Erasing(connection)
        prereads = erasing.prereads_of(dossiers)
        texts: set[str] = set()
        for dossier in dossiers:
            left = self._left_by(connection, dossier)
            texts |= set(left.texts)
            self._left.note(replace(left, texts=[one for one in left.texts if len(one) >= TELLING]))
        erasing.erase(dossiers, candidacies)
        erasing.erase_orphans()
        made.dossiers += len(dossiers)
        made.words += sorted(texts, key=lambda text: (-len(text), text))[:SENTENCES]
        journal = Journal(connection)
        for review in [*candidacies, *(f"own-{one}" for one in prereads)]:
            erased = journal.erase(review)
            if erased or review in candidacies:
                audited(connection, actor, "purge", review, rows=erased)
        for preread in prereads:
            self._installation.forget(preread)

    def _forget_person(self, connection: Connection, email: str) -> None:
        """A candidate's account and invitation, where they have one; a juror's or an organiser's stays."""
        address = canonical(email)
        if not address:
            return
        connection.execute(delete(INVITATIONS).where(INVITATIONS.c.email == address))
        for person in self._candidates_of(connection, address):
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(name=NOBODY, role=""))
            connection.execute(delete(IDENTITIES).where(IDENTITIES.c.person == person))
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.person == person))

    def _candidates_of(self, connection: Connection, address: str) -> list[str]:
        """Who signed in with this address as a candidate, or without a role. A list may hold anybody's address: what a
        juror, a trainer or an organiser handed in stays theirs."""
        if not address:
            return []
        mine = (IDENTITIES.c.email == address) & (PEOPLE.c.role.in_(("candidate", "")))
        joined = select(PEOPLE.c.id).join(IDENTITIES, IDENTITIES.c.person == PEOPLE.c.id)
        return list(connection.execute(joined.where(mine)).scalars())

    def _after(self, made: Erased) -> None:
        """What stands outside the database, of this purge and of any that was interrupted: files that no dossier holds,
        caches, kept calls; and the room that rows took."""
        with self._installation.writing() as connection:  # nobody hands one of these files in again meanwhile
            due = self._left.due(connection)
            files = frozenset(sha256 for left in due for sha256 in left.files)
            for sha256 in sorted(files - Erasing(connection).still_held(files)):
                made.files += self._installation.files.remove(sha256)
        for name in CACHES:
            self._installation.kept.under(name).clear()
        shutil.rmtree(self._installation.settings.data_dir / VECTORS, ignore_errors=True)
        texts = dict.fromkeys(text for left in due for text in left.texts)
        made.calls = calls_of(self._installation.settings).forget(list(texts))
        make_room(self._installation.engine)
        self._left.done(due)


@dataclass(frozen=True, slots=True)
class Found:
    """A word that should be nowhere, and where it stands."""

    word: str
    place: str


def traces(installation: Installation, words: Sequence[str]) -> tuple[Found, ...]:
    """Where any of these words still stands: every file of the data folder and of the place where files are kept, byte by
    byte, and every value of the database."""
    needles = [(word, form) for word in words for form in _forms(word)]
    found = []
    for file in sorted(path for path in installation.settings.data_dir.rglob("*") if path.is_file()):
        found += [Found(word, str(file)) for word in _inside(file.read_bytes(), needles)]
    if installation.settings.files_url is not None:
        for name in list(installation.kept.names()):
            found += [Found(word, name) for word in _inside(installation.kept.get(name) or b"", needles)]
    with installation.reading() as connection:
        for place, value in Erasing(connection).every_text():
            found += [Found(word, place) for word in dict.fromkeys(w for w, form in needles if form in value.lower())]
    return tuple(dict.fromkeys(found))


def _forms(word: str) -> tuple[bytes, ...]:
    """As bytes a word may stand under: UTF-8, UTF-16, and as JSON escapes it; in small letters of ASCII."""
    escaped = json.dumps(word)[1:-1]
    return tuple(dict.fromkeys(one.lower() for one in (word.encode(), escaped.encode(), word.encode("utf-16-le"))))


def _inside(data: bytes, needles: Sequence[tuple[str, bytes]]) -> list[str]:
    data = data.lower()
    return list(dict.fromkeys(word for word, form in needles if form in data))
