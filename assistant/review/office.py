"""Every service for people: each call says who acts, passes `access.allow`, and only then reads or writes."""

import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from assistant.access.actor import Actor, Role
from assistant.access.matrix import OUTSIDE, Link, Seat, Standing, allow, allowed
from assistant.errors import AccessDenied
from assistant.referentiel.model import Criterion, Scale
from assistant.review import work as topics
from assistant.review.decision import Decision, checked
from assistant.review.items import Choice, ItemKind
from assistant.review.ledger import Entry, Ledger
from assistant.review.sessions import Assignment, Candidacy, Session, Sessions
from assistant.review.work import OwnEvidence, OwnText, Work, work_of

PARTS = (1, 2, 3)
BANK = "bank:"


class Office:
    """People's work in one database. `space` is a candidacy's id, or the key of a pre-read outside any session."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = Sessions(engine)
        self._ledger = Ledger(engine)

    # People and sessions

    def profiles(self) -> tuple[Actor, ...]:
        """Who may be chosen in local mode, where the machine is trusted; sign-in replaces this call."""
        return self._sessions.people()

    def enter(self, person: str) -> Actor | None:
        """The actor of a profile; sign-in replaces this call."""
        return self._sessions.person(person)

    def join(self, name: str, role: Role) -> Actor:
        """Makes a profile in local mode. Raises AccessDenied for an empty name."""
        if not name.strip():
            raise AccessDenied("Donnez un nom\u00a0: il figure sur la grille.")
        return self._sessions.add_person(name.strip(), role)

    def found(
        self, actor: Actor, title: str, held: date | None, referentiel: str, blocs: Sequence[str], *, blind_first: bool
    ) -> Session:
        """A new session, organised by the actor."""
        allow(actor, "found a session")
        return self._sessions.add_session(
            title.strip() or "Session sans titre", held, referentiel, blocs, blind_first, actor.person
        )

    def sessions(self, actor: Actor) -> tuple[Session, ...]:
        """The sessions the actor organises or reads in."""
        mine = {
            candidacy.session
            for one in self._sessions.assignments_of(actor.person)
            if (candidacy := self._sessions.candidacy(one.candidacy))
        }
        return tuple(
            session
            for session in self._sessions.sessions()
            if session.id in mine or session.created_by == actor.person or actor.role == "administrator"
        )

    def candidacies(self, actor: Actor, session: Session) -> tuple[Candidacy, ...]:
        """The dossiers of a session that the actor organises or reads; accommodations only where they may be seen."""
        every = self._sessions.candidacies(session.id)
        mine = {one.candidacy for one in self._sessions.assignments_of(actor.person)}
        organises = actor.person == session.created_by or actor.role == "administrator"
        return tuple(self._seen_by(actor, one) for one in every if organises or one.id in mine)

    def candidacy(self, actor: Actor, name: str) -> Candidacy | None:
        """One candidacy, when the actor has to do with it."""
        found = self._sessions.candidacy(name)
        if found is None:
            return None
        standing = self.standing(name)
        if not (allowed(actor, "organise", standing) or standing.seat(actor.person)):
            raise AccessDenied("Ce dossier ne vous est pas attribué.")
        return self._seen_by(actor, found)

    def session_of(self, candidacy: Candidacy) -> Session | None:
        """The session a candidacy, already obtained through this office, belongs to."""
        return self._sessions.session(candidacy.session)

    def _seen_by(self, actor: Actor, candidacy: Candidacy) -> Candidacy:
        if allowed(actor, "read accommodations", self.standing(candidacy.id)):
            return candidacy
        return replace(candidacy, accommodations="")

    def add_candidate(
        self, actor: Actor, session: Session, number: str, run_key: str, file: str, trainer: str = ""
    ) -> Candidacy:
        """A candidate's dossier; a juror who organises their own session reads it first."""
        allow(actor, "organise", Standing(organiser=session.created_by, in_session=True))
        if not number.strip():
            raise AccessDenied("Donnez un numéro au candidat.")
        made = self._sessions.add_candidacy(session.id, number.strip(), trainer, run_key, file)
        if actor.role == "juror" and actor.person != trainer and self._sessions.person(actor.person):
            self._sessions.assign(made.id, actor.person, 1)
        return made

    def assign(self, actor: Actor, candidacy: str, person: str, part: int) -> None:
        """Gives a dossier to a juror. Raises AccessDenied for the candidate's trainer and for those who are no juror."""
        standing = self.standing(candidacy)
        allow(actor, "organise", standing)
        juror = self._sessions.person(person)
        if juror is None or juror.role != "juror":
            raise AccessDenied("Seul un profil de juré peut lire un dossier pour le jury.")
        if person == standing.trainer:
            raise AccessDenied("Cette personne a formé le candidat\u00a0: elle ne peut pas être son juré.")
        if part not in PARTS:
            raise AccessDenied("Un dossier a un premier juré, un deuxième, et au besoin un troisième lecteur.")
        seat = standing.seat(person)
        if self._ledger.read(candidacy, person, topics.LINK).value in {"trainer", "relation"}:
            raise AccessDenied("Cette personne a déclaré un lien avec le candidat\u00a0: choisissez quelqu’un d’autre.")
        taken = next((one for one in standing.seats if one.part == part), None)
        if (seat and seat.locked) or (taken and taken.locked):
            raise AccessDenied("Une lecture verrouillée garde son juré.")
        self._sessions.assign(candidacy, person, part)

    def assignments(self, actor: Actor, candidacy: str) -> tuple[Assignment, ...]:
        """Who reads a dossier."""
        standing = self.standing(candidacy)
        if not (allowed(actor, "organise", standing) or standing.seat(actor.person)):
            raise AccessDenied("Ce dossier ne vous est pas attribué.")
        return self._sessions.assignments(candidacy)

    def declare(self, actor: Actor, candidacy: str, link: Link) -> None:
        """A juror says whether they have a link with the candidate."""
        standing = self.standing(candidacy)
        allow(actor, "declare a link", standing)
        seat = standing.seat(actor.person)
        if seat is not None and seat.link in {"trainer", "relation"} and link != seat.link:
            raise AccessDenied("Vous avez déclaré un lien\u00a0: l’organisateur désignera un autre juré.")
        before = self._ledger.read(candidacy, actor.person, topics.LINK).version
        self._ledger.write(candidacy, actor.person, topics.LINK, link, before, unless=topics.LOCK)
        self._sessions.declare(candidacy, actor.person, link)

    def accommodate(self, actor: Actor, candidacy: str, text: str, *, shown: bool) -> None:
        """Records a candidate's accommodations; the jury reads them only when `shown`."""
        allow(actor, "organise", self.standing(candidacy))
        self._sessions.set_accommodations(candidacy, text.strip(), shown)

    def standing(self, space: str) -> Standing:
        """What access to a space rests on."""
        candidacy = self._sessions.candidacy(space)
        if candidacy is None:
            return OUTSIDE
        session = self._sessions.session(candidacy.session)
        seats = tuple(
            Seat(one.person, one.part, one.link, bool(self._ledger.read(space, one.person, topics.LOCK).value))
            for one in self._sessions.assignments(space)
        )
        organiser = session.created_by if session else ""
        return Standing(organiser, candidacy.trainer, seats, True, candidacy.shown_to_jury)

    # Reading and writing

    def may_open(self, actor: Actor, space: str) -> None:
        """Raises AccessDenied when the actor may not read this dossier."""
        allow(actor, "read the dossier", self.standing(space))

    def may_open_run(self, actor: Actor, run_key: str) -> None:
        """A pre-read of a session's candidate is opened through the candidacy only. Raises AccessDenied."""
        owners = self._sessions.candidacies_of_run(run_key)
        if owners and not any(allowed(actor, "read the dossier", self.standing(one.id)) for one in owners):
            raise AccessDenied("Ce dossier appartient à une session et ne vous est pas attribué.")

    def began(self, actor: Actor, run_key: str) -> None:
        """Remembers that this person asked for a pre-read outside any session: it is listed to them alone."""
        allow(actor, "read the dossier")
        self._ledger.put(run_key, actor.person, topics.BEGAN, True)

    def has_begun(self, actor: Actor, run_key: str) -> bool:
        """Whether this person asked for that pre-read; a candidate's own check leaves no trace for a jury."""
        return bool(self._ledger.read(run_key, actor.person, topics.BEGAN).value)

    def begun_by_someone(self, run_key: str) -> bool:
        """Whether a profile asked for that pre-read; says not which."""
        return any(self.has_begun(actor, run_key) for actor in self._sessions.people())

    def work(self, actor: Actor, space: str) -> Work:
        """The actor's own work on a dossier."""
        allow(actor, "read own work", self.standing(space))
        return work_of(actor.person, self._ledger.all(space, actor.person))

    def works(self, actor: Actor, space: str) -> tuple[tuple[Actor, Assignment, Work], ...]:
        """Everyone's work on a dossier, once all have locked theirs."""
        allow(actor, "read the others' work", self.standing(space))
        return tuple(
            (self._sessions.person(one.person) or Actor(one.person, "juror"), one,
             work_of(one.person, self._ledger.all(space, one.person)))
            for one in self._sessions.assignments(space)
        )  # fmt: skip

    def write_text(self, actor: Actor, space: str, topic: str, text: str, base: int) -> Entry:
        """Saves a text as typed (a note, a motivation). Raises EditConflict when it was changed elsewhere since `base`."""
        _only(topics.TEXTS, topic)
        return self._write_text(actor, space, topic, text, base)

    def replace_text(self, actor: Actor, space: str, topic: str, text: str) -> Entry:
        """Replaces a text by one click (a phrase inserted, a draft emptied)."""
        _only(topics.TEXTS, topic)
        return self._state(actor, space, topic, text)

    def decide_in_words(
        self, actor: Actor, space: str, criterion: Criterion, scale: Scale, text: str, base: int
    ) -> Entry:
        """Saves a decision in free text as typed. Raises DecisionRefused where the référentiel prints a scale."""
        checked(Decision(text=text), criterion, scale)
        return self._write_text(actor, space, f"{criterion.id}/{topics.DECISION_TEXT}", text, base)

    def _write_text(self, actor: Actor, space: str, topic: str, text: str, base: int) -> Entry:
        allow(actor, "write own work", self.standing(space))
        return self._ledger.write(space, actor.person, topic, text, base, unless=topics.LOCK)

    def text(self, actor: Actor, space: str, topic: str) -> Entry:
        """The latest version of a text of the actor's own."""
        allow(actor, "read own work", self.standing(space))
        return self._ledger.read(space, actor.person, topic)

    def history(self, actor: Actor, space: str, topic: str) -> tuple[Entry, ...]:
        """Every version of a text of the actor's own, the latest first."""
        allow(actor, "read own work", self.standing(space))
        return self._ledger.history(space, actor.person, topic)

    def state(self, actor: Actor, space: str, topic: str, value: Any) -> Entry:
        """A fact stated by one click: a choice, an own text or passage, what was opened, asked for or ignored."""
        _only(topics.FACTS, topic)
        return self._state(actor, space, topic, value)

    def _state(self, actor: Actor, space: str, topic: str, value: Any) -> Entry:
        allow(actor, "write own work", self.standing(space))
        return self._ledger.put(space, actor.person, topic, value, unless=topics.LOCK)

    def open_criterion(self, actor: Actor, space: str, criterion: str) -> None:
        """Remembers that a criterion was read; reading is not writing, so a locked work stays as it is."""
        # A locked work, or a lock that lands meanwhile, is no error: the page is only being read.
        with suppress(AccessDenied):
            self._state(actor, space, f"{criterion}/{topics.OPENED}", True)

    def ask_for_drafts(self, actor: Actor, space: str, criterion: str) -> None:
        """Logs the moment a juror asked for what was drafted on a criterion."""
        self.state(actor, space, f"{criterion}/{topics.ASKED_AI}", True)

    def choose(self, actor: Actor, space: str, criterion: str, item: str, choice: Choice | None) -> None:
        """Adopts, edits or rejects one item; None takes the choice back."""
        if choice is not None and choice.verdict == "edited" and not choice.text.strip():
            raise AccessDenied("Écrivez votre version, ou écartez cet élément.")
        self.state(actor, space, f"{criterion}/{topics.CHOICE}/{item}", asdict(choice) if choice else None)

    def add_own(
        self, actor: Actor, space: str, criterion: str, kind: ItemKind, text: str, pages: Iterable[int]
    ) -> OwnText:
        """A statement, gap or question of the juror's own."""
        if not text.strip():
            raise AccessDenied("Écrivez d’abord un texte.")
        made = OwnText(_fresh(), kind, text.strip(), tuple(sorted(set(pages))))
        value = {"kind": made.kind, "text": made.text, "pages": list(made.pages)}
        self.state(actor, space, f"{criterion}/{topics.OWN}/{made.id}", value)
        return made

    def take_back(self, actor: Actor, space: str, criterion: str, made: OwnText | OwnEvidence) -> None:
        """Takes back an own text or passage; its history stays."""
        kind = topics.OWN if isinstance(made, OwnText) else topics.EVIDENCE
        self.state(actor, space, f"{criterion}/{kind}/{made.id}", None)

    def add_evidence(self, actor: Actor, space: str, criterion: str, evidence: OwnEvidence) -> None:
        """A passage or page the juror chose."""
        value = {name: kept for name, kept in asdict(evidence).items() if name != "id"}
        self.state(actor, space, f"{criterion}/{topics.EVIDENCE}/{evidence.id or _fresh()}", value)

    def decide(self, actor: Actor, space: str, criterion: Criterion, scale: Scale, decision: Decision) -> None:
        """The juror's own decision. Raises DecisionRefused when the scale has no room for it."""
        kept = checked(decision, criterion, scale)
        if kept.text:
            self._state(actor, space, f"{criterion.id}/{topics.DECISION_TEXT}", kept.text)
            return
        self._state(actor, space, f"{criterion.id}/{topics.DECISION}", None if kept.empty else asdict(kept))

    def ignore_drafts(self, actor: Actor, space: str, *, ignored: bool) -> None:
        """Hides or shows all that was drafted, for this dossier."""
        self.state(actor, space, topics.IGNORE_AI, ignored)

    def lock(self, actor: Actor, space: str) -> None:
        """Locks the actor's reading: it does not change any more, and the others' opens when all are locked."""
        allow(actor, "lock", self.standing(space))
        self._ledger.put(space, actor.person, topics.LOCK, True)

    # The juror's own phrases

    def phrases(self, actor: Actor, referentiel: str, criterion: str) -> Mapping[str, str]:
        """The actor's comment bank for a criterion: id -> phrase."""
        allow(actor, "read own work")
        kept = self._ledger.all(f"{BANK}{referentiel}"[:64], actor.person)
        start = f"{criterion}/"
        mine = {topic.removeprefix(start): entry.value for topic, entry in kept.items() if topic.startswith(start)}
        return {name: phrase for name, phrase in sorted(mine.items()) if phrase}

    def keep_phrase(self, actor: Actor, referentiel: str, criterion: str, phrase: str) -> None:
        """Adds a phrase to the bank; one that is there already is not added again."""
        allow(actor, "write own work")
        if phrase.strip() and phrase.strip() not in self.phrases(actor, referentiel, criterion).values():
            self._ledger.put(f"{BANK}{referentiel}"[:64], actor.person, f"{criterion}/{_fresh()}", phrase.strip())

    def forget_phrase(self, actor: Actor, referentiel: str, criterion: str, name: str) -> None:
        """Takes a phrase out of the bank."""
        allow(actor, "write own work")
        self._ledger.put(f"{BANK}{referentiel}"[:64], actor.person, f"{criterion}/{name}", None)


def _only(known: frozenset[str], topic: str) -> None:
    """Locks, declarations, consents and decisions have services of their own, with rules of their own."""
    kind = topic.partition("/")[2].partition("/")[0] or topic
    if kind not in known:
        raise AccessDenied("Ceci ne s’écrit pas ainsi.")


def _fresh() -> str:
    """An id that sorts by the time it was made."""
    return f"{time.time_ns():016x}{uuid.uuid4().hex[:6]}"
