"""Many dossiers of a session at once: each becomes its candidate's, waits for its turn, and is followed to its end.

A batch that was interrupted is given again as it is: what is read is left, what waits is found again.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from assistant.access.actor import Actor
from assistant.application.auditing import audited
from assistant.application.batch_progress import BatchProgress, ToLookAt, began_lately, remaining
from assistant.application.handing_in import UploadedFile, check
from assistant.application.installation import Installation, Recent
from assistant.application.jobs import Jobs
from assistant.application.left_out import MOST, LeftOut
from assistant.application.organising import Organising
from assistant.application.place import FINISHED, allow_preread, organised, place_of
from assistant.application.roster import NOBODY, matched
from assistant.application.work_queue import OVERNIGHT, at_work
from assistant.errors import PrelectureError, UnreadableDossier
from assistant.privacy.known import Corrections
from assistant.progress import silent
from assistant.store.columns import clock
from assistant.store.dossiers import Dossiers
from assistant.store.prereads import PreReadRecord, PreReads, Status
from assistant.store.sessions import CandidacyRecord
from assistant.store.sessions import Sessions as Records
from assistant.store.work import PAUSED, Switches

INCOMPLETE = "incomplete"
TOGETHER = 50
"""How many are put in line in one transaction."""
WAITS = "Ce dossier est dit incomplet\u00a0: il sera lu quand il sera dit complet."
REASONS = {"partial": "Lu en partie.", "failed": "N’a pas pu être lu.", "stopped": "Lecture arrêtée."}


@dataclass(frozen=True, slots=True)
class GivenDossier:
    """One dossier of a batch: its name where it came from, and what reads its files when its turn comes. `shown`: its
    file's whole name, where it is one file."""

    name: str
    files: Callable[[], Sequence[UploadedFile]]
    shown: str = ""

    @property
    def label(self) -> str:
        """What people know it by."""
        return self.shown or self.name


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one: the pre-read to start, or None with the reason."""

    number: str
    preread: str | None
    how: Literal["new", "known", "not taken"]
    reason: str = ""
    unreadable: bool = False
    """Whether its files are of no kind that is read: they are nobody's."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of a batch: dossiers that are new, those that were there already, and those that were not taken."""

    new: int
    known: int
    not_taken: tuple[ToLookAt, ...]


class Batches:
    """The batches of an installation."""

    def __init__(self, installation: Installation, jobs: Jobs, organising: Organising) -> None:
        self._installation = installation
        self._jobs = jobs
        self._organising = organising
        self._left_out: Recent[tuple[str, str], LeftOut] = Recent(MOST)

    def left_out(self, actor: Actor, session_id: str) -> LeftOut:
        """The files that the actor handed in for a session and that found no candidate yet."""
        with self._installation.reading() as connection:
            organised(connection, actor, session_id)
        return self._left_out.get((actor.person, session_id)) or LeftOut()

    def keep_left_out(self, actor: Actor, session_id: str, left: LeftOut) -> None:
        """Keeps them in the place of those before, until another list or an empty one; the page may be closed meanwhile."""
        with self._installation.reading() as connection:
            organised(connection, actor, session_id)
        self._left_out.put((actor.person, session_id), left)

    def hand_in(
        self,
        actor: Actor,
        session_id: str,
        dossiers: Sequence[GivenDossier],
        *,
        several: bool = False,
        new: bool = True,
        background: bool = True,
        corrections: Corrections | None = None,
    ) -> HandedIn:
        """Each dossier becomes its candidate's and waits for its turn, TOGETHER in one transaction.

        `several`: those of one candidate are one dossier, in their order; else only the first is taken. `new`: a name that
        is nobody's makes a candidate. `background`: as for `start`. `corrections`: what was corrected in the preview of
        what leaves, of all of them.
        """
        parts, not_taken = self.sorted_out(actor, session_id, dossiers, several=several, new=new)
        how = {"new": 0, "known": 0, "not taken": 0}
        to_start = []
        for number, given in parts.items():
            try:
                taken = self.take(actor, session_id, number, together(given), corrections)
            except PrelectureError as error:
                taken = Taken(number, None, "not taken", error.message, isinstance(error, UnreadableDossier))
            how[taken.how] += 1
            if taken.how == "not taken":
                not_taken.append(ToLookAt(given[0].label, taken.reason, unreadable=taken.unreadable))
            if taken.preread is not None:
                to_start.append(taken.preread)
        for start in range(0, len(to_start), TOGETHER):
            self.start(actor, session_id, to_start[start : start + TOGETHER], background=background)
        return HandedIn(how["new"], how["known"], tuple(not_taken))

    def sorted_out(
        self,
        actor: Actor,
        session_id: str,
        dossiers: Sequence[GivenDossier],
        *,
        several: bool = False,
        new: bool = True,
    ) -> tuple[dict[str, list[GivenDossier]], list[ToLookAt]]:
        """Those of each candidate's number, and those that are nobody's, with why."""
        whose = self.whose(actor, session_id, [one.name for one in dossiers], several=several, new=new)
        parts: dict[str, list[GivenDossier]] = {}
        for one, (number, why) in zip(dossiers, whose, strict=True):
            if not why:
                parts.setdefault(number, []).append(one)
        return parts, [ToLookAt(one.label, why) for one, (_, why) in zip(dossiers, whose, strict=True) if why]

    def whose(
        self, actor: Actor, session_id: str, names: Sequence[str], *, several: bool = False, new: bool = True
    ) -> tuple[tuple[str, str], ...]:
        """For each name, the candidate's number it is for, and why it is for nobody: one of the two is "".

        By a number or a name of the list; where nobody of the list is meant, a candidate of that name as number is `new`.
        """
        with self._installation.reading() as connection:
            organised(connection, actor, session_id)
            known = {one.id: one for one in Records(connection).candidacies(session_id)}
        found = matched({name: (one.number, one.name) for name, one in known.items()}, [f"{one}." for one in names])
        numbers = {place: known[name].number for name, places in found.files.items() for place in places}
        unclear = {place: why for place, why in found.unmatched if why != NOBODY}
        first: dict[str, int] = {}
        told = []
        for place, name in enumerate(names):
            number = numbers.get(place) or name.strip()[:60]
            if place in unclear:
                told.append(("", unclear[place]))
            elif place not in numbers and not new:
                told.append(("", "Aucun candidat de la session ne correspond à ce nom."))
            elif first.setdefault(number, place) != place and not several:
                told.append(("", f"Un autre dossier de ce lot est déjà celui du candidat n° {number}."))
            else:
                told.append((number, ""))
        return tuple(told)

    def take(
        self,
        actor: Actor,
        session_id: str,
        number: str,
        files: Sequence[UploadedFile],
        corrections: Corrections | None = None,
    ) -> Taken:
        """One dossier becomes its candidate's, who is added where the session has none of that number."""
        try:
            check(files)
        except PrelectureError as error:
            return Taken(number, None, "not taken", error.message, unreadable=True)
        with self._installation.writing() as connection:
            session = organised(connection, actor, session_id)
            records = Records(connection)
            listed = next((one for one in records.candidacies(session_id) if one.number == number), None)
            known = records.held([listed.id]).get(listed.id) if listed else None
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
            made = self._organising.give(actor, connection, session, known, files, corrections)
            return Taken(number, None if known.complete == INCOMPLETE else made, "new")

    def start(self, actor: Actor, session_id: str, prereads: Sequence[str], *, background: bool = True) -> None:
        """They wait for their turn, behind whoever waits in front of a screen; nobody takes them while it is paused.

        Not in the `background`: where there is no shared queue they wait for `read_next`.
        """
        with self._installation.reading() as connection:
            paused = Switches(connection).on(pause_of(session_id))
        if paused:
            return
        if self.shared or background:
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
        """Stops all that waits or is read; how many. What was paused is so no more."""
        waiting = [one for _, one in self._records(actor, session_id) if _open(one)]
        for one in waiting:
            self._jobs.stop(actor, one.id)
        with self._installation.writing() as connection:
            Switches(connection).turn(pause_of(session_id), actor.person, on=False)
            audited(connection, actor, "queue", session_id, stopped=len(waiting))
        return len(waiting)

    def pause(self, actor: Actor, session_id: str, *, on: bool) -> None:
        """Nothing more of this session is taken up, or it goes on; what is being read is read to its end either way."""
        waiting = [one.id for candidacy, one in self._records(actor, session_id) if _open(one) and _complete(candidacy)]
        with self._installation.writing() as connection:
            Switches(connection).turn(pause_of(session_id), actor.person, on=on)
            if on:
                self._jobs.queue.withdraw(connection, waiting)
            audited(connection, actor, "queue", session_id, paused=on)
        if not on:
            for start in range(0, len(waiting), TOGETHER):
                self.start(actor, session_id, waiting[start : start + TOGETHER])

    def again(self, actor: Actor, session_id: str) -> int:
        """Asks again for all that is to be looked at and can be read again; how many."""
        looked = [
            one for candidacy, one in self._records(actor, session_id) if one.status in REASONS and _complete(candidacy)
        ]
        for one in looked:
            self._jobs.retry(actor, one.id)
        return len(looked)

    def progress(self, actor: Actor, session_id: str, began: datetime | None = None) -> BatchProgress:
        """How far a session is. `began`: since when its pace is counted."""
        lines = self._records(actor, session_id)
        queue = self._jobs.shared
        with self._installation.reading() as connection:
            known = at_work(self._jobs.queue, connection, [one for _, one in lines if _open(one)])
            workers = queue.engine.workers(connection) if queue else None
            paused = Switches(connection).on(pause_of(session_id)) or (bool(queue) and Switches(connection).on(PAUSED))
            now = clock(connection)  # that by which their ends were written down
        running = sum(one.state == "running" for one in known.values())
        open_ones = [one for candidacy, one in lines if _open(one) and _complete(candidacy)]
        look = tuple(
            _to_look_at(*line)
            for line in lines
            if line[1].status in REASONS or (_open(line[1]) and not _complete(line[0]))
        )
        ended = [one.finished for _, one in lines if one.finished is not None]
        waiting = len(open_ones) - running
        left = (
            None
            if paused or workers == 0
            else remaining(
                ended, now, len(open_ones), began or began_lately([one.started for _, one in lines if one.started], now)
            )
        )
        read = sum(one.status == "complete" for _, one in lines)
        return BatchProgress(read, look, running, waiting, left, workers, paused, stands=waiting > 0 and not known)

    def statuses(self, actor: Actor, session_id: str) -> Mapping[str, Status]:
        """By candidate who has a file, how far its reading is: what `progress` counts."""
        return {candidacy.id: record.status for candidacy, record in self._records(actor, session_id)}

    def _records(self, actor: Actor, session_id: str) -> list[tuple[CandidacyRecord, PreReadRecord]]:
        """The newest pre-read of each candidate who has a file."""
        with self._installation.reading() as connection:
            organised(connection, actor, session_id)
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


def pause_of(session_id: str) -> str:
    """The name of the switch that pauses one session."""
    return f"paused-{hashlib.sha256(session_id.encode()).hexdigest()[:24]}"


def together(given: Sequence[GivenDossier]) -> tuple[UploadedFile, ...]:
    """One dossier of several that are one candidate's: the first file is the main one."""
    files = [file for one in given for file in one.files()]
    if len(given) == 1:
        return tuple(files)
    return tuple(UploadedFile(one.name, one.data, "annex" if place else "main") for place, one in enumerate(files))


def _open(record: PreReadRecord) -> bool:
    return record.status in {"queued", "running"}


def _complete(candidacy: CandidacyRecord) -> bool:
    return candidacy.complete != INCOMPLETE


def _to_look_at(candidacy: CandidacyRecord, record: PreReadRecord) -> ToLookAt:
    if _open(record):
        return ToLookAt(candidacy.number, WAITS)
    return ToLookAt(candidacy.number, " ".join(record.reasons) or REASONS.get(record.status, WAITS))
