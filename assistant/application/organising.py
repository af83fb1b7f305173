"""What an organiser does to a session as a whole: its list and files, its settings and dates, its end."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.addresses import reachable
from assistant.access.matrix import allow
from assistant.application.allowance import taken
from assistant.application.auditing import audited
from assistant.application.handing_in import UploadedFile, check, new_preread, settings_used
from assistant.application.independence import Independent
from assistant.application.installation import Installation
from assistant.application.jury_rules import JuryRule, jury_rule
from assistant.application.place import REVOCATION, organised, place_of, session_access
from assistant.application.revocation import latest_revocation, still_to_decide
from assistant.application.roster import Line, bare, matched
from assistant.application.seating import begun
from assistant.errors import AccessDenied, InvalidInput, PrelectureError
from assistant.llm.prompts import load_prompt, prompt_names
from assistant.privacy.known import Corrections
from assistant.review.harmony import agreed_of, decides
from assistant.review.values import JURY, AgreedValue, DecisionValue, raw_of, value_of
from assistant.store.dossiers import Dossiers
from assistant.store.journal import Journal, Key
from assistant.store.names import kept_name
from assistant.store.people import People
from assistant.store.prereads import PreReads
from assistant.store.sessions import CandidacyRecord, Completeness, Presence, SessionRecord
from assistant.store.sessions import Sessions as Records

FARTHEST_EAST = timedelta(hours=14)
"""Ahead of UTC: a day has begun once it has begun there."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How many candidates were added, how many changed, and a French sentence for each that was not."""

    added: int
    changed: int
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The pre-reads to start, by candidate's number; each file that found nobody, with the reason; the numbers of those
    whose file is handed in and is not read yet, because it is said to be incomplete."""

    prereads: Mapping[str, str]
    unmatched: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date to keep to, and the days left (negative when it has passed). `limit`: the last day, or the day itself."""

    title: str
    day: date
    left: int
    limit: bool = True


@dataclass(frozen=True, slots=True)
class SessionState:
    """A session as its organiser sets it. `frozen`: what its pre-reads are made with, since `opened`."""

    id: str
    title: str
    held: date | None
    opened: datetime | None
    archived: datetime | None
    frozen: Mapping[str, str]
    deadlines: tuple[Deadline, ...]
    organisers: tuple[str, ...]
    jury_by: date | None = None
    notify_by: date | None = None
    jury_rules: tuple[JuryRule, ...] = ()
    """What the référentiel itself says of its jury, and what of it the program checks."""
    organiser_ids: frozenset[str] = frozenset()


class Organising:
    """The sessions one organises."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def state(self, actor: Actor, session_id: str) -> SessionState:
        """Raises NotFound and AccessDenied."""
        with self._installation.reading() as connection:
            session = organised(connection, actor, session_id)
            first = _first_deposit(connection, session_id)
            names = People(connection).many([session.created_by, *session.others])
            referentiel = self._installation.referentiel(connection, session.referentiel_sha256)
            misread = Independent(connection, session_id).misread(referentiel.content.jury_rules)
        settings, today = self._installation.settings, datetime.now(UTC).date()
        jury_by = session.jury_by or (first and _months(first, settings.jury_months))
        notify_by = session.notify_by or (session.held and session.held + timedelta(days=settings.notify_days))
        dates = (("Jury", session.held, False), ("Jury", jury_by, True), ("Notification du résultat", notify_by, True))
        return SessionState(
            session.id, session.title, session.held, session.opened, session.archived,
            {name: str(value) for name, value in session.frozen.items()},
            tuple(Deadline(title, day, (day - today).days, limit) for title, day, limit in dates if day),
            tuple(sorted(one.name for one in names.values())),
            session.jury_by, session.notify_by,
            tuple(jury_rule(one, misread=one in misread) for one in referentiel.content.jury_rules), frozenset(names),
        )  # fmt: skip

    def enrol(self, actor: Actor, session_id: str, lines: Sequence[Line]) -> Enrolled:
        """Adds the candidates of a list, without files yet; those known by number are brought up to date."""
        added = changed = 0
        refused = []
        with self._installation.writing() as connection:
            session = organised(connection, actor, session_id)
            records = Records(connection)
            known = {one.number: one for one in records.candidacies(session_id)}
            trainers = {bare(one.name): one.id for one in People(connection).all() if one.role in {"trainer", "juror"}}
            referentiel = self._installation.referentiel(connection, session.referentiel_sha256)
            for line in lines:
                try:
                    blocs = line.blocs and referentiel.choose(line.blocs)
                except PrelectureError:
                    blocs = ()
                    refused.append(
                        f"N° {line.number}\u00a0: bloc inconnu ({', '.join(line.blocs)})\u00a0; blocs de la session."
                    )
                trainer = trainers.get(bare(line.trainer), "") if line.trainer else ""
                if line.trainer and not trainer:
                    refused.append(
                        f"N° {line.number}\u00a0: le formateur «\u00a0{line.trainer}\u00a0» n’est pas dans l’installation."
                    )
                one = known.get(line.number)
                if one is None:
                    dossier = Dossiers(connection).add(actor.person, "", line.name, line.company)
                    one = records.add_candidacy(
                        session_id,
                        line.number,
                        dossier=dossier.id,
                        name=line.name,
                        company=line.company,
                        trainer=trainer,
                    )
                    added += 1
                elif place_of(connection, one.id).access.seat(actor.person):
                    refused.append(f"N° {line.number}\u00a0: vous lisez ce dossier, un autre organisateur le modifie.")
                    continue
                else:
                    records.name_candidate(one.id, line.name or one.name, line.company or one.company)
                    changed += 1
                email = reachable(line.email)
                if line.email and not email:
                    refused.append(
                        f"N° {line.number}\u00a0: «\u00a0{line.email}\u00a0» n’est pas une adresse de courriel."
                    )
                records.set_details(
                    one.id, email=email or one.email, blocs=blocs or one.blocs,
                    trainer=trainer or one.trainer,
                )  # fmt: skip
                if line.accommodations:
                    records.accommodate(one.id, line.accommodations, shown=one.shown_to_jury)
                audited(connection, actor, "candidate changed" if line.number in known else "candidate", one.id)
        return Enrolled(added, changed, tuple(refused))

    def hand_in(self, actor: Actor, session_id: str, files: Sequence[UploadedFile]) -> HandedIn:
        """Gives each file to the candidate whose number or name is in its name; all of it in one transaction.

        Raises TooManyUploads; a file nobody can read, or for a candidate who has one, is told with the reason.
        """
        with self._installation.writing() as connection:
            session = organised(connection, actor, session_id)
            known = {one.id: one for one in Records(connection).candidacies(session_id)}
            found = matched({name: (one.number, one.name) for name, one in known.items()}, [one.name for one in files])
            unmatched = [(files[place].name, why) for place, why in found.unmatched]
            prereads: dict[str, str] = {}
            waiting: list[str] = []
            given: list[UploadedFile] = []
            known |= Records(connection).held(found.files)
            for name, places in found.files.items():
                mine = [
                    UploadedFile(files[at].name, files[at].data, "annex" if n else "main")
                    for n, at in enumerate(places)
                ]
                why = self._not_taken(connection, actor, known[name], mine)
                if why:
                    unmatched += [(one.name, why) for one in mine]
                    continue
                preread = self.give(actor, connection, session, known[name], mine)
                if known[name].complete == "incomplete":
                    waiting.append(known[name].number)
                else:
                    prereads[known[name].number] = preread
                given += mine
            if given:
                taken(connection, self._installation, actor, given, session_id)
        return HandedIn(prereads, tuple(unmatched), tuple(waiting))

    def give(
        self, actor: Actor, connection: Connection, session: SessionRecord, candidacy: CandidacyRecord,
        files: Sequence[UploadedFile], corrections: Corrections | None = None,
    ) -> str:  # fmt: skip
        """The files become a candidate's dossier, in the caller's transaction; the pre-read to start. `corrections`: what
        was corrected in the preview of what leaves."""
        allow(actor, "organise", session_access(session))
        dossiers, dossier = Dossiers(connection), candidacy.dossier
        if not dossiers.take_up(dossier, actor.person, files[0].name, candidacy.name, candidacy.company):
            dossier = dossiers.add(actor.person, files[0].name, candidacy.name, candidacy.company).id
            Records(connection).hand_in(candidacy.id, dossier)
        for file in files:
            dossiers.add_file(dossier, self._installation.files.put(file.data), file.name, file.kind)
        referentiel = self._installation.referentiel(connection, session.referentiel_sha256)
        blocs = candidacy.blocs or session.blocs
        preread = new_preread(
            connection, self._installation, actor.person, dossier, referentiel, blocs, None, corrections
        )
        Records(connection).point_to(candidacy.id, preread.id)
        audited(connection, actor, "preread asked", candidacy.id, preread=preread.id)
        return preread.id

    def open(self, actor: Actor, session_id: str) -> None:
        """Freezes what the session's pre-reads are made with: model, prompts, settings, référentiel, by hash."""
        with self._installation.writing() as connection:
            session = organised(connection, actor, session_id)
            if session.opened:
                raise InvalidInput("Cette session est déjà ouverte\u00a0: ses réglages sont figés.")
            used = settings_used(self._installation.components())
            prompts = {name: load_prompt(name).reference for name in prompt_names()}
            frozen = {**used, "referentiel": session.referentiel_sha256, "prompts": json.dumps(prompts, sort_keys=True)}
            Records(connection).change(session_id, opened=datetime.now(UTC), frozen=json.dumps(frozen))
            audited(connection, actor, "session opened", session_id, settings=str(used["sha256"]), prompts=prompts)

    def change(
        self,
        actor: Actor,
        session_id: str,
        *,
        title: str,
        held: date | None,
        jury_by: date | None,
        notify_by: date | None,
    ) -> None:
        """Renames a session and sets its dates."""
        if not kept_name(title, 200):
            raise InvalidInput("Donnez un intitulé à la session.")
        with self._installation.writing() as connection:
            organised(connection, actor, session_id)
            Records(connection).change(session_id, title=title, held=held, jury_by=jury_by, notify_by=notify_by)
            audited(connection, actor, "session changed", session_id)

    def archive(self, actor: Actor, session_id: str, *, archived: bool) -> None:
        """Puts a session out of the lists, or back; nothing is lost."""
        with self._installation.writing() as connection:
            organised(connection, actor, session_id)
            Records(connection).change(session_id, archived=datetime.now(UTC) if archived else None)
            audited(connection, actor, "session archived", session_id, archived=archived)

    def delete(self, actor: Actor, session_id: str) -> None:
        """Deletes a session without candidates; one that has some is purged (`Lifecycle`)."""
        with self._installation.writing() as connection:
            organised(connection, actor, session_id)
            if Records(connection).candidacies(session_id):
                raise InvalidInput(
                    "Cette session contient des candidats\u00a0: archivez-la, ou effacez-la pour de bon."
                )
            Records(connection).remove(session_id)
            audited(connection, actor, "session deleted", session_id)

    def add_organiser(self, actor: Actor, session_id: str, person: str) -> None:
        """One more person organises the session; where they are seated, they still do not."""
        with self._installation.writing() as connection:
            organised(connection, actor, session_id)
            known = People(connection).get(person)
            if known is None or known.role not in {"juror", "organiser", "administrator"}:
                raise AccessDenied("Seul un juré ou un organisateur peut organiser une session.")
            Records(connection).add_organiser(session_id, person)
            audited(connection, actor, "organiser", session_id, person=person)

    def say_complete(self, actor: Actor, candidacy_id: str, complete: Completeness, comment: str) -> str | None:
        """Whether a file is complete; an incomplete one is not read, and its comment says what is missing.

        Returns the pre-read that may be started now, where one waits. Raises InvalidInput for an incomplete file that a
        juror has begun to read: what they wrote would be out of their reach.
        """
        incomplete = complete == "incomplete"
        if incomplete and not comment.strip():
            raise InvalidInput("Dites ce qui manque au dossier.")
        with self._installation.writing() as connection:
            Journal(connection).hold(candidacy_id)
            place = place_of(connection, candidacy_id)
            allow(actor, "organise", place.access)
            if incomplete and begun(place):
                raise InvalidInput(
                    "Un juré a commencé à lire ce dossier\u00a0: remplacez son fichier quand la pièce arrive, ce que le "
                    "juré a écrit est conservé."
                )
            Records(connection).set_complete(candidacy_id, complete, comment.strip() if incomplete else "")
            audited(connection, actor, "completeness", candidacy_id, complete=complete)
        waits = not incomplete and place.preread is not None and place.preread.status in {"queued", "stopped"}
        return place.preread.id if waits and place.preread else None

    def say_presence(self, actor: Actor, candidacy_id: str, presence: Presence, note: str) -> None:
        """Absent or excused: neither is a decision, and neither is a failure. Raises InvalidInput for an absence before
        the jury's day."""
        with self._installation.writing() as connection:
            place = place_of(connection, candidacy_id)
            allow(actor, "organise", place.access)
            session = place.candidacy and Records(connection).get(place.candidacy.session)
            if presence == "absent" and session:
                _day_has_come(session.held)
            Records(connection).set_presence(candidacy_id, presence, note.strip())
            audited(connection, actor, "presence", candidacy_id, presence=presence)

    def revoke(self, actor: Actor, candidacy_id: str, reason: str) -> int:
        """Takes back what a jury decided, with a reason that its jurors read: texts stand under their authors' names,
        decisions are empty, consents are to be given anew. How many decisions."""
        if not reason.strip():
            raise InvalidInput("Donnez la raison\u00a0: elle est conservée.")
        with self._installation.writing() as connection:
            journal = Journal(connection)
            journal.hold(candidacy_id)
            place = place_of(connection, candidacy_id)
            allow(actor, "unlock", place.access)
            agreed = [
                one for one in place.revisions
                if one.key.person == JURY and one.key.kind == "agreed" and decides(value_of("agreed", one.value))
            ]  # fmt: skip
            if not agreed:
                raise InvalidInput("Il ne reste aucune décision du jury à révoquer sur ce dossier.")
            waiting = still_to_decide(latest_revocation(place), agreed_of(place.proposals, ()))
            for one in agreed:
                proposed = value_of("agreed", one.value)
                assert isinstance(proposed, AgreedValue)
                journal.record(one.key, raw_of(proposed.model_copy(update={"decision": DecisionValue()})), one.version)
            before = place.latest(actor.person, "unlock", item=REVOCATION)
            key = Key(candidacy_id, actor.person, "", "unlock", REVOCATION)
            revoked = {**dict.fromkeys(waiting, 0), **{one.key.criterion: one.version for one in agreed}}
            said = value_of("unlock", {"reason": reason.strip(), "revoked": revoked})
            journal.record(key, raw_of(said), before.version if before else 0)
            audited(connection, actor, "revocation", candidacy_id, decisions=len(agreed))
        return len(agreed)

    def _not_taken(
        self, connection: Connection, actor: Actor, candidacy: CandidacyRecord, files: Sequence[UploadedFile]
    ) -> str:
        if place_of(connection, candidacy.id).access.seat(actor.person):
            return "Vous lisez ce dossier\u00a0: un autre organisateur s’en occupe."
        if candidacy.preread is not None:
            return f"Le candidat n° {candidacy.number} a déjà un fichier\u00a0: remplacez-le depuis sa fiche."
        try:
            check(files)
        except PrelectureError as error:
            return error.message
        return ""


def _first_deposit(connection: Connection, session_id: str) -> date | None:
    """When the first file of a session was handed in; None while there is none."""
    dossiers = [one.dossier for one in Records(connection).candidacies(session_id) if one.preread]
    asked = [one.created for records in PreReads(connection).of_dossiers(dossiers).values() for one in records]
    return min(asked).date() if asked else None


def _day_has_come(held: date | None) -> None:
    if held is None:
        raise InvalidInput(
            "Donnez d’abord la date du jury, dans les réglages de la session\u00a0: une absence se dit le jour du jury. "
            "Avant, dites le candidat excusé."
        )
    if held > (datetime.now(UTC) + FARTHEST_EAST).date():
        raise InvalidInput(
            f"Le jury se tient le {held:%d/%m/%Y}\u00a0: une absence se dit ce jour-là. Avant, dites le candidat excusé."
        )


def _months(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it has none such (30 November for 31 August + 3)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
