"""Runs pre-reads away from any page: closing the page does not stop them; what ends one is told, and logged.

Where they wait is the queue's (`work_queue`): a thread of this process, or workers on other machines. The file is read in a
process of its own either way.
"""

import hashlib
from collections.abc import Sequence
from time import monotonic
from typing import Literal

from sqlalchemy import Connection

from assistant import logs
from assistant.access.actor import PROGRAM, Actor
from assistant.access.grants import INCOMPLETE
from assistant.application.auditing import audited
from assistant.application.coverages import coverage_of_run
from assistant.application.embedded_queue import EmbeddedQueue
from assistant.application.handing_in import new_preread, settings_used
from assistant.application.installation import Installation
from assistant.application.known_people import about_dossier
from assistant.application.place import FINISHED, allow_preread
from assistant.application.shared_queue import SharedQueue
from assistant.application.steps import KeptSteps
from assistant.application.work_queue import ALONE, STOPPED, WAITING_FOR, Hold, State, WorkQueue
from assistant.application.work_queue import JobProgress as JobProgress
from assistant.dossier.files.intake import unpacked
from assistant.dossier.model import InputFile
from assistant.errors import (
    AccessDenied,
    Cancelled,
    IncompleteDossier,
    InvalidInput,
    NotFound,
    PrelectureError,
    Superseded,
    UnreadableDossier,
)
from assistant.preread import PreReadRequest, preread
from assistant.progress import Progress
from assistant.store.cohorts import Coverages
from assistant.store.dossiers import Dossiers
from assistant.store.prereads import PreReadRecord, PreReads, Results
from assistant.store.sessions import Sessions

TELL_EVERY = 0.5
"""Seconds between two signs of progress written to the database."""


class Jobs:
    """The runs of an installation, asked for and carried out. Raises SettingsError where its queue cannot be had."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self.shared = SharedQueue(installation) if installation.settings.queue == "postgresql" else None
        self.queue: WorkQueue = self.shared or EmbeddedQueue(self._run_one, self._failed, self._never_begun)

    def start(self, actor: Actor, preread_id: str, urgency: int = WAITING_FOR) -> None:
        """Starts a run, or takes it up where it stopped, unless somebody is at it already."""
        self.start_all(actor, [preread_id], urgency)

    def start_all(self, actor: Actor, prereads: Sequence[str], urgency: int) -> None:
        """Starts several, all or none of them."""
        begun = []
        with self._installation.writing() as connection:
            asked_again = []
            for preread_id in prereads:
                record = allow_preread(connection, actor, "run the pre-read", preread_id)
                if record.status not in FINISHED and not self.queue.at_work(connection, preread_id):
                    PreReads(connection).requeue(preread_id)
                    begun.append(preread_id)
                    if record.status != "queued":
                        asked_again.append(preread_id)
            self.queue.note(connection, begun, urgency)
            for one in asked_again:
                audited(connection, actor, "preread asked", one)
        self.queue.submit(begun)

    def stop(self, actor: Actor, preread_id: str) -> None:
        """Stops a run soon, whether it waits or is read; what it finished is kept."""
        with self._installation.reading() as connection:
            allow_preread(connection, actor, "run the pre-read", preread_id)
        self.queue.stop(preread_id)

    def retry(self, actor: Actor, preread_id: str) -> str:
        """Asks again for what failed or is partial; the id of the run, which is another one where a result stands.

        The result that stands is read until the new one is there; then the candidacy follows, with all that was written.
        """
        with self._installation.writing() as connection:
            record = allow_preread(connection, actor, "run the pre-read", preread_id)
            prereads = PreReads(connection)
            if record.status not in FINISHED:
                again = record.id
                self._requeue(connection, again)
            else:
                known = prereads.superseded_by(record.id)
                later = prereads.get(known) if known else None
                if later is not None and later.status not in FINISHED:
                    again = later.id
                    self._requeue(connection, again)
                else:
                    referentiel = self._installation.referentiel(connection, record.referentiel_sha256)
                    again = new_preread(
                        connection, self._installation, record.owner, record.dossier, referentiel, record.blocs,
                        record.id,
                    ).id  # fmt: skip
            self.queue.note(connection, [again], WAITING_FOR)
            audited(connection, actor, "preread asked", again)
        self.queue.submit([again])
        return again

    def progress(self, actor: Actor, preread_id: str) -> JobProgress:
        """How far it is. A run that nobody has is "interrupted". Raises NotFound and AccessDenied."""
        with self._installation.reading() as connection:
            try:
                record = allow_preread(connection, actor, "read the dossier", preread_id)
            except NotFound:
                known = self.queue.progress(connection, preread_id, None)
                if known is None:
                    raise
                return known
            known = self.queue.progress(connection, preread_id, record)
        if known is not None:
            return known
        state: State = record.status
        if state in {"queued", "running"}:
            state = "interrupted"
        return JobProgress(record.step, record.done, record.total, state, " ".join(record.reasons))

    def latest(self, actor: Actor, preread_id: str) -> str:
        """The run that is to replace this pre-read and is not finished yet, or the pre-read itself."""
        with self._installation.reading() as connection:
            allow_preread(connection, actor, "read the dossier", preread_id)
            later = PreReads(connection).superseded_by(preread_id)
            record = PreReads(connection).get(later) if later else None
        return preread_id if record is None or record.status in FINISHED else record.id

    def run(self, actor: Actor, preread_id: str, progress: Progress) -> None:
        """Runs it here and now, for a command. Raises what ended it; a finished one is left as it is."""
        with self._installation.reading() as connection:
            record = allow_preread(connection, actor, "run the pre-read", preread_id)
        if record.status != "complete":
            self._run_one(preread_id, progress)

    def close(self) -> None:
        """Waits for nothing: runs in their queue are taken up when asked again."""
        self.queue.close()

    def run_one(self, actor: Actor, preread_id: str, progress: Progress, hold: Hold) -> State:
        """For a worker: reads the one that it holds, and writes down how it ended. Raises what ended it, Superseded
        when it is not held, AccessDenied to any person."""
        _only_the_program(actor, preread_id)
        return self._run_one(preread_id, progress, hold)

    def failed(self, actor: Actor, preread_id: str, message: str, hold: Hold) -> None:
        """For a worker: the run that it holds ended by a defect of the program, which `message` tells."""
        _only_the_program(actor, preread_id)
        self._failed(preread_id, message, hold)

    def _failed(self, preread_id: str, message: str, hold: Hold = ALONE) -> None:
        """What cannot be written is logged."""
        try:
            with self._installation.writing() as connection:
                hold.check(connection)
                PreReads(connection).finish(preread_id, "failed", [message])
                audited(connection, PROGRAM, "preread failed", preread_id, status="failed")
                hold.done(connection)
        except PrelectureError as error:
            logs.failure("preread_end", error, preread=preread_id)

    def _never_begun(self, preread_id: str) -> None:
        """It was stopped before anybody began to read it."""
        with self._installation.writing() as connection:
            record = PreReads(connection).get(preread_id)
            if record is not None and record.status == "queued":
                PreReads(connection).finish(preread_id, "stopped", [STOPPED])
                audited(connection, PROGRAM, "preread failed", preread_id, status="stopped")

    def _requeue(self, connection: Connection, preread_id: str) -> None:
        if not self.queue.at_work(connection, preread_id):
            PreReads(connection).requeue(preread_id)

    def _run_one(self, preread_id: str, progress: Progress, hold: Hold = ALONE) -> State:
        """Reads one, here and now, and writes down how it ended. Raises what ended it; Superseded when it is not held.

        What may pass later is left as it is where `hold` says that somebody tries again.
        """
        with self._installation.writing() as connection:
            hold.check(connection)
            record = PreReads(connection).get(preread_id)
            if record is None:
                raise NotFound("Ce dossier n’est plus dans cette installation\u00a0: déposez-le de nouveau.")
            if any(one.complete == "incomplete" for one in Sessions(connection).candidacies_of_dossier(record.dossier)):
                raise IncompleteDossier(INCOMPLETE)  # said while it waited for its turn: it goes on waiting
            PreReads(connection).start(preread_id)
            files = Dossiers(connection).many([record.dossier])[record.dossier].files
            about = about_dossier(connection, record.dossier)
            referentiel = self._installation.referentiel(connection, record.referentiel_sha256)
        try:
            handed_in = unpacked(
                [InputFile(one.name, self._installation.files.get(one.sha256), one.kind) for one in files]
            )
            for file in handed_in:
                # What a ZIP held is kept as well: its pages are shown from it.
                if file.data:
                    self._installation.files.put(file.data)
            request = PreReadRequest(handed_in, referentiel, record.blocs)
            parts = self._installation.components(about)
            self._check_frozen(record, settings_used(self._installation.components())["sha256"])
            steps = KeptSteps(self._installation)
            with logs.bound(preread=preread_id), logs.timed("preread", criteria=len(request.criteria)) as line:
                result = preread(request, parts, steps, self._noted(preread_id, progress))
                line |= logs.Fields(state=result.status, pages=result.dossier.pages, calls=result.provenance.calls)
            if hold.waits and result.status == "partial" and parts.drafter.gave_up is not None:
                raise parts.drafter.gave_up  # every answer that came is kept: the rest is asked for once it is back
        except Superseded:
            raise
        except Cancelled:
            self._end(preread_id, "stopped", hold)
            raise
        except UnreadableDossier as error:
            if error.retryable and not hold.last:
                raise
            # First what a page that watches is told: what is refused leaves nothing else to be found.
            self.queue.refused(preread_id, error.message)
            self._refused(record, error, hold)
            raise
        except PrelectureError as error:
            if (hold.last or not error.retryable) and not (hold.waits and error.away):
                self._end(preread_id, "failed", hold, error.message)
            raise
        with self._installation.writing() as connection:
            hold.check(connection)
            Results(connection).save(preread_id, result.to_json().encode(), steps.dossier)
            Coverages(connection).save(preread_id, coverage_of_run(steps, result))
            PreReads(connection).finish(preread_id, result.status, result.reasons)
            self._follow(Sessions(connection), record)
            made_by = result.provenance
            audited(
                connection, PROGRAM, "preread", preread_id, status=result.status,
                files=[hashlib.sha256(one.data).hexdigest() for one in handed_in if one.data],
                referentiel=referentiel.sha256, software=made_by.software, drafter=made_by.drafter,
                embedding=made_by.embedding, prompts=dict(made_by.prompts), settings=made_by.settings_sha256,
                calls=made_by.calls, dropped_citations=made_by.dropped_citations,
            )  # fmt: skip
            hold.done(connection)
        self._installation.forget(preread_id)
        steps.prune()
        return result.status

    def _check_frozen(self, record: PreReadRecord, used: str | None) -> None:
        """A session that is open reads all its candidates alike. Raises InvalidInput when the settings are others now."""
        with self._installation.reading() as connection:
            sessions = Sessions(connection)
            found = sessions.many([one.session for one in sessions.candidacies_of_dossier(record.dossier)])
        if any(one.frozen.get("sha256") not in {None, used} for one in found.values()):
            raise InvalidInput(
                "Les réglages de cette session sont figés depuis son ouverture, et ceux de l’installation ont changé"
                "\u00a0: remettez-les comme ils étaient pour lire ce dossier comme les autres."
            )

    def _follow(self, sessions: Sessions, record: PreReadRecord) -> None:
        """The candidacy reads the new result; what its jury wrote is kept under the candidacy and stays."""
        for candidacy in sessions.candidacies_of_dossier(record.dossier):
            if candidacy.preread in {record.supersedes, None}:
                sessions.point_to(candidacy.id, record.id)

    def _refused(self, record: PreReadRecord, error: UnreadableDossier, hold: Hold) -> None:
        """Outside a session a refused file leaves nothing behind; a candidacy keeps it, to be replaced or withdrawn.

        One that may be read when it is tried again (a machine too busy) is kept either way; and so is one that a worker
        read, for the record is all that tells whoever handed it in.
        """
        with self._installation.writing() as connection:
            hold.check(connection)
            alone = hold is ALONE and not Sessions(connection).candidacies_of_dossier(record.dossier)
            if alone and record.supersedes is None and not error.retryable:
                PreReads(connection).forget(record.id)
                Dossiers(connection).withdraw(record.dossier)
            else:
                PreReads(connection).finish(record.id, "failed", [error.message])
            audited(connection, PROGRAM, "preread failed", record.id, refused=True)
            hold.done(connection)

    def _end(self, preread_id: str, status: Literal["stopped", "failed"], hold: Hold, message: str = "") -> None:
        with self._installation.writing() as connection:
            hold.check(connection)
            PreReads(connection).finish(preread_id, status, [message])
            audited(connection, PROGRAM, "preread failed", preread_id, status=status)
            hold.done(connection)

    def _noted(self, preread_id: str, progress: Progress) -> Progress:
        """Progress for the person watching, and now and then for the database."""
        last = 0.0

        def tell(step: str, done: int, total: int) -> None:
            nonlocal last
            progress(step, done, total)
            if monotonic() - last > TELL_EVERY or done == total:
                last = monotonic()
                with self._installation.writing() as connection:
                    PreReads(connection).note_progress(preread_id, step, done, total)

        return tell


def _only_the_program(actor: Actor, preread_id: str) -> None:
    if actor != PROGRAM:
        raise AccessDenied(
            "Seul le programme prend une lecture dans la file.",
            person=actor.person,
            act="run the pre-read",
            subject=preread_id,
        )
