"""Certification sessions: candidates with their files, who reads whom, links declared, accommodations, withdrawals."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from assistant import logs
from assistant.access.actor import Actor
from assistant.access.matrix import allow, allowed
from assistant.application.allowance import taken
from assistant.application.auditing import audited
from assistant.application.handing_in import UploadedFile, check, keep_referentiel, new_dossier, new_preread
from assistant.application.place import FINISHED, ReviewPlace, organised, place_of
from assistant.application.seating import Seating
from assistant.application.session_lists import CandidacyView, SessionView, candidacy_view, session_views
from assistant.errors import AccessDenied, InvalidInput, NotFound
from assistant.privacy.known import NO_CORRECTIONS, Corrections
from assistant.store.dossiers import Dossiers
from assistant.store.erasing import Erasing
from assistant.store.journal import Journal
from assistant.store.names import kept_name
from assistant.store.people import People
from assistant.store.sessions import CandidacyRecord, SessionRecord
from assistant.store.sessions import Sessions as Records


class Sessions(Seating):
    """The sessions of an installation. A number that is given is given with a file, or not at all."""

    def found(
        self, actor: Actor, title: str, held: date | None, referentiel_id: str, blocs: Sequence[str], *,
        blind_first: bool,
    ) -> str:  # fmt: skip
        """A new session, organised by the actor, which keeps to the référentiel of this day; its id."""
        self._installation.let(actor, "found a session")
        with self._installation.writing() as connection:
            referentiel = self._installation.present(connection, referentiel_id)
            chosen = tuple(blocs) and referentiel.choose(tuple(blocs))
            keep_referentiel(connection, referentiel)
            made = Records(connection).add(
                kept_name(title, 200) or "Session sans titre", held, referentiel.sha256, referentiel.content.id, chosen,
                blind_first=blind_first, created_by=actor.person,
            )  # fmt: skip
            audited(connection, actor, "session", made.id, referentiel=referentiel.sha256)
        return made.id

    def list(self, actor: Actor) -> tuple[SessionView, ...]:
        """The sessions the actor organises or reads in, each with the candidates that are theirs to see."""
        with self._installation.reading() as connection:
            return session_views(connection, self._installation, actor)

    def candidacy(self, actor: Actor, candidacy_id: str) -> CandidacyView:
        """One candidacy, when the actor has to do with it. Raises NotFound and AccessDenied."""
        with self._installation.reading() as connection:
            place = place_of(connection, candidacy_id)
            organises = allowed(actor, "organise", place.access)
            if not (organises or place.access.seat(actor.person)):
                raise AccessDenied(
                    "Ce dossier ne vous est pas attribué.", person=actor.person, act="read", subject=candidacy_id
                )
            names = People(connection).many([place.access.trainer, *(seat.person for seat in place.access.seats)])
            return candidacy_view(place, actor, {person: one.name for person, one in names.items()})

    def add_candidate(
        self, actor: Actor, session_id: str, number: str, files: Sequence[UploadedFile], *, trainer: str = "",
        name: str = "", company: str = "", corrections: Corrections = NO_CORRECTIONS,
    ) -> str:  # fmt: skip
        """A candidate with their files and a pre-read that waits for its turn, in one transaction or not at all; the id.
        `corrections`: what the organiser corrected in the preview of what leaves.

        Nobody is seated on it: whoever reads a dossier does not organise it.
        Raises InvalidInput, UnreadableDossier, AccessDenied, StoreError when the number is taken.
        """
        with self._installation.writing() as connection:
            sessions = Records(connection)
            session = organised(connection, actor, session_id)
            if not kept_name(number, 60):
                raise InvalidInput("Donnez un numéro au candidat.")
            check(files)
            dossier = new_dossier(
                connection,
                self._installation,
                actor.person,
                files,
                candidate_name=name.strip(),
                company=company.strip(),
            )
            referentiel = self._installation.referentiel(connection, session.referentiel_sha256)
            preread = new_preread(
                connection, self._installation, actor.person, dossier.id, referentiel, session.blocs, None, corrections
            )
            made = sessions.add_candidacy(
                session_id, number.strip(), name=name.strip(), company=company.strip(), dossier=dossier.id,
                preread=preread.id, trainer=trainer,
            )  # fmt: skip
            audited(connection, actor, "candidate", made.id, preread=preread.id)
            taken(connection, self._installation, actor, files, made.id)
        logs.event("candidate_added", candidacy=made.id, session=session_id, preread=preread.id)
        return made.id

    def replace_file(self, actor: Actor, candidacy_id: str, file: UploadedFile, position: int = 0) -> str:
        """Puts another file in the place of one, which stays in the history; the id of the pre-read to start.

        What the jury wrote stays; what it reads is the new file, once it is read.
        """
        check([file])
        with self._installation.writing() as connection:
            place = _still_open(connection, actor, candidacy_id, "déverrouillez-la avant de remplacer le fichier.")
            candidacy, session = _inside(place)
            Dossiers(connection).replace_file(
                candidacy.dossier, position, self._installation.files.put(file.data), file.name
            )
            referentiel = self._installation.referentiel(connection, session.referentiel_sha256)
            made = new_preread(
                connection, self._installation, actor.person, candidacy.dossier, referentiel, session.blocs,
                candidacy.preread,
            )  # fmt: skip
            Records(connection).point_to(candidacy_id, made.id)
            audited(connection, actor, "file replaced", candidacy_id, preread=made.id, position=position)
            taken(connection, self._installation, actor, [file], candidacy_id)
        return made.id

    def mask_again(self, actor: Actor, candidacy_id: str, corrections: Corrections) -> tuple[str, str | None]:
        """A pre-read of the same files that hides what was corrected in the preview: its id, and that of the run it takes
        the place of, if that one is not finished. A finished one is read until the new one is there.
        """
        with self._installation.writing() as connection:
            place = _still_open(connection, actor, candidacy_id, "ce qui a été envoyé ne change plus.")
            candidacy, session = _inside(place)
            referentiel = self._installation.referentiel(connection, session.referentiel_sha256)
            made = new_preread(
                connection, self._installation, actor.person, candidacy.dossier, referentiel, session.blocs,
                candidacy.preread, corrections,
            )  # fmt: skip
            waits = place.preread is not None and place.preread.status not in FINISHED
            if waits:
                Records(connection).point_to(candidacy_id, made.id)
            audited(connection, actor, "preread asked", made.id)
        return made.id, candidacy.preread if waits else None

    def withdraw(self, actor: Actor, candidacy_id: str) -> None:
        """Takes a candidate's dossier back. The number is free again, unless somebody wrote on it; its history stays."""
        with self._installation.writing() as connection:
            Journal(connection).hold(candidacy_id)
            place = place_of(connection, candidacy_id)
            allow(actor, "organise", place.access)
            candidacy, _ = _inside(place)
            if any(one.key.kind != "link" for one in place.revisions):
                raise InvalidInput(
                    "Un juré a commencé à lire ce dossier\u00a0: il reste dans la session. Vous pouvez remplacer son fichier."
                )
            Dossiers(connection).withdraw(candidacy.dossier)
            Records(connection).remove_candidacy(candidacy_id)
            Erasing(connection).erase_orphans()
            audited(connection, actor, "withdrawn", candidacy_id)
        logs.event("candidate_withdrawn", candidacy=candidacy_id)

    def accommodate(self, actor: Actor, candidacy_id: str, text: str, *, shown: bool) -> None:
        """Records a candidate's accommodations; the jury reads them only when `shown`."""
        with self._installation.writing() as connection:
            allow(actor, "organise", place_of(connection, candidacy_id).access)
            Records(connection).accommodate(candidacy_id, text.strip(), shown=shown)
            audited(connection, actor, "accommodations", candidacy_id, shown=shown)


def _still_open(connection: Connection, actor: Actor, candidacy_id: str, otherwise: str) -> ReviewPlace:
    """The place of a dossier that an organiser may still change; once a reading is locked, `otherwise` says why not."""
    place = place_of(connection, candidacy_id)
    allow(actor, "organise", place.access)
    if any(seat.locked for seat in place.access.seats):
        raise InvalidInput(f"Une lecture est verrouillée\u00a0: {otherwise}")
    return place


def _inside(place: ReviewPlace) -> tuple[CandidacyRecord, SessionRecord]:
    if place.candidacy is None or place.session is None:
        raise NotFound("Ce dossier n’appartient à aucune session.")
    return place.candidacy, place.session
