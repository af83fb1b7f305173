"""Many dossiers of a session at once: each becomes its candidate's, waits for its turn, and is followed to its end.

A batch that was interrupted is given again as it is: what is read is left, what waits is found again.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.application.auditing import audited
from assistant.application.batch_progress import BatchProgress, ToLookAt, remaining
from assistant.application.handing_in import UploadedFile, check
from assistant.application.installation import Installation
from assistant.application.jobs import Jobs
from assistant.application.organising import Organising
from assistant.application.place import FINISHED, allow_preread, place_of, session_access
from assistant.application.roster import NOBODY, matched
from assistant.application.shared_queue import reads
from assistant.application.work_queue import OVERNIGHT
from assistant.errors import NotFound, PrelectureError
from assistant.progress import silent
from assistant.store.dossiers import Dossiers
from assistant.store.prereads import PreReadRecord, PreReads
from assistant.store.sessions import CandidacyRecord, SessionRecord
from assistant.store.sessions import Sessions as Records
from assistant.store.work import PAUSED, Switches, Work

INCOMPLETE = "incomplete"
WAITS = "Ce dossier est dit incomplet\u00a0: il sera lu quand il sera dit complet."
REASONS = {"partial": "Lu en partie.", "failed": "N’a pas pu être lu.", "stopped": "Lecture arrêtée."}


@dataclass(frozen=True, slots=True)
class GivenDossier:
    """One dossier of a batch: its name where it came from, and what reads its files when its turn comes."""

    name: str
    files: Callable[[], Sequence[UploadedFile]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one: the pre-read to start, or None with the reason."""

    number: str
    preread: str | None
    how: Literal["new", "known", "not taken"]
    reason: str = ""


class Batches:
    """The batches of an installation."""

    def __init__(self, installation: Installation, jobs: Jobs, organising: Organising) -> None:
        self._installation = installation
        self._jobs = jobs
        self._organising = organising

    def whose(self, actor: Actor, session_id: str, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """For each name, the candidate's number it is for, and why it is for nobody: one of the two is "".

        By a number or a name of the list; where nobody of the list is meant, a candidate of that name as number is new.
        """
        with self._installation.reading() as connection:
            self._session(connection, actor, session_id)
            known = {one.id: one for one in Records(connection).candidacies(session_id)}
        found = matched({name: (one.number, one.name) for name, one in known.items()}, [f"{one}." for one in names])
        numbers = {place: known[name].number for name, places in found.files.items() for place in places}
        several = {place for place, why in found.unmatched if why != NOBODY}
        first: dict[str, int] = {}
        told = []
        for place, name in enumerate(names):
            number = numbers.get(place) or name.strip()[:60]
            if place in several:
                told.append(("", "Plusieurs candidats de la session correspondent à ce nom."))
            elif first.setdefault(number, place) != place:
                told.append(("", f"Un autre dossier de ce lot est déjà celui du candidat n° {number}."))
            else:
                told.append((number, ""))
        return tuple(told)

    def take(self, actor: Actor, session_id: str, number: str, files: Sequence[UploadedFile]) -> Taken:
        """One dossier becomes its candidate's, who is added where the session has none of that number."""
        try:
            check(files)
        except PrelectureError as error:
            return Taken(number, None, "not taken", error.message)
        with self._installation.writing() as connection:
            session = self._session(connection, actor, session_id)
            records = Records(connection)
            known = next((one for one in records.candidacies(session_id) if one.number == number), None)
            if known is not None and place_of(connection, known.id).access.seat(actor.person):
                return Taken(
                    number, None, "not taken", "Vous lisez ce dossier\u00a0: un autre organisateur s’en occupe."
                )
            if known is not None and known.preread is not None:
                return self._again(connection, known, files)
            if known is None:
                empty = Dossiers(connection).add(actor.person, "", "", "")
                known = records.add_candidacy(session_id, number, dossier=empty.id, name="", company="", trainer="")
                audited(connection, actor, "candidate", known.id)
            made = self._organising.give(connection, actor, session, known, files)
            return Taken(number, None if known.complete == INCOMPLETE else made, "new")

    def start(self, actor: Actor, prereads: Sequence[str]) -> None:
        """They wait for a worker, behind whoever waits in front of a screen; without a shared queue, for `read_next`."""
        if self.shared:
            self._jobs.start_all(actor, prereads, OVERNIGHT)
            return
        with self._installation.writing() as connection:
            for one in prereads:
                allow_preread(connection, actor, "run the pre-read", one)
                PreReads(connection).requeue(one)
            for one in prereads:
                audited(connection, actor, "preread asked", one)

    @property
    def shared(self) -> bool:
        """Whether workers read them; else `read_next` does, one after the other."""
        return self._jobs.shared is not None

    def read_next(self, actor: Actor, session_id: str) -> None:
        """Reads the next one that waits, here and now. How it ended is in the progress of its session."""
        waiting = [one for candidacy, one in self._records(actor, session_id) if _open(one) and _complete(candidacy)]
        if waiting:
            try:
                self._jobs.run(actor, waiting[0].id, silent)
            except PrelectureError:
                # It is written down with its reason, and the batch goes on; what could not be written ends it.
                if waiting[0].id in {one.id for _, one in self._records(actor, session_id) if _open(one)}:
                    raise

    def stop(self, actor: Actor, session_id: str) -> int:
        """Stops all that waits or is read; how many."""
        waiting = [one for _, one in self._records(actor, session_id) if _open(one)]
        for one in waiting:
            self._jobs.stop(actor, one.id)
        return len(waiting)

    def progress(self, actor: Actor, session_id: str, began: datetime | None = None) -> BatchProgress:
        """How far a session is. `began`: since when its pace is counted."""
        lines = self._records(actor, session_id)
        queue = self._jobs.shared
        with self._installation.reading() as connection:
            work = Work(connection).many([one.id for _, one in lines]) if queue else {}
            workers = queue.engine.workers(connection) if queue else None
            paused = bool(queue) and Switches(connection).on(PAUSED)
        at_work = sum(reads(one) for one in work.values())
        open_ones = [one for candidacy, one in lines if _open(one) and _complete(candidacy)]
        look = tuple(
            _to_look_at(*line)
            for line in lines
            if line[1].status in REASONS or (_open(line[1]) and not _complete(line[0]))
        )
        ended = [one.finished for _, one in lines if one.finished is not None]
        waiting = len(open_ones) - at_work
        left = None if paused or workers == 0 else remaining(ended, datetime.now(UTC), len(open_ones), began)
        read = sum(one.status == "complete" for _, one in lines)
        return BatchProgress(read, look, at_work, waiting, left, workers, paused)

    def _records(self, actor: Actor, session_id: str) -> list[tuple[CandidacyRecord, PreReadRecord]]:
        """The newest pre-read of each candidate who has a file."""
        with self._installation.reading() as connection:
            self._session(connection, actor, session_id)
            candidacies = [one for one in Records(connection).candidacies(session_id) if one.preread]
            of = PreReads(connection).of_dossiers([one.dossier for one in candidacies])
        return [(one, of[one.dossier][0]) for one in candidacies if of.get(one.dossier)]

    def _again(self, connection: Connection, known: CandidacyRecord, files: Sequence[UploadedFile]) -> Taken:
        """A candidate who has a file already: the same batch given again, or another file, which is not put in its place."""
        dossier = Dossiers(connection).get(known.dossier)
        given = [hashlib.sha256(one.data).hexdigest() for one in files]
        if dossier is None or [one.sha256 for one in dossier.files] != given:
            return Taken(
                known.number,
                None,
                "not taken",
                "Ce candidat a déjà un autre fichier\u00a0: remplacez-le depuis sa fiche.",
            )
        record = PreReads(connection).get(known.preread or "")
        unread = record is not None and record.status not in FINISHED
        return Taken(known.number, record.id if record and unread else None, "known")

    def _session(self, connection: Connection, actor: Actor, session_id: str) -> SessionRecord:
        session = Records(connection).get(session_id)
        if session is None:
            raise NotFound("Cette session n’est pas dans cette installation\u00a0: vérifiez son identifiant.")
        allow(actor, "organise", session_access(session))
        return session


def _open(record: PreReadRecord) -> bool:
    return record.status in {"queued", "running"}


def _complete(candidacy: CandidacyRecord) -> bool:
    return candidacy.complete != INCOMPLETE


def _to_look_at(candidacy: CandidacyRecord, record: PreReadRecord) -> ToLookAt:
    if _open(record):
        return ToLookAt(candidacy.number, WAITS)
    return ToLookAt(candidacy.number, " ".join(record.reasons) or REASONS.get(record.status, WAITS))
