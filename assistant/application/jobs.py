"""Runs pre-reads away from any page: closing the page does not stop them; what ends one is told, and logged.

In the embedded mode a thread takes them one after the other; the file is read in a process of its own.
"""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Literal

from assistant import logs
from assistant.access.actor import PROGRAM, Actor
from assistant.access.grants import INCOMPLETE
from assistant.application.auditing import audited
from assistant.application.coverages import coverage_of_run
from assistant.application.handing_in import new_preread, settings_used
from assistant.application.installation import Installation
from assistant.application.known_people import about_dossier
from assistant.application.place import FINISHED, allow_preread
from assistant.application.steps import KeptSteps
from assistant.dossier.files.intake import unpacked
from assistant.dossier.model import InputFile
from assistant.errors import Cancelled, IncompleteDossier, InvalidInput, NotFound, PrelectureError, UnreadableDossier
from assistant.preread import PreReadRequest, preread
from assistant.progress import Progress
from assistant.store.cohorts import Coverages
from assistant.store.dossiers import Dossiers
from assistant.store.prereads import PreReadRecord, PreReads, Results
from assistant.store.sessions import Sessions

TELL_EVERY = 0.5
"""Seconds between two signs of progress written to the database."""
STOPPED = "Lecture arrêtée\u00a0; ce qui était lu est gardé, reprenez quand vous voulez."
State = Literal["queued", "running", "complete", "partial", "failed", "stopped", "interrupted"]


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a run is, or how it ended; `message` is a French sentence where it did not end well."""

    step: str = ""
    done: int = 0
    total: int = 0
    state: State = "queued"
    message: str = ""

    @property
    def at_work(self) -> bool:
        return self.state in {"queued", "running"}


class Jobs:
    """The runs of one process."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="preread")
        self._lock = threading.Lock()
        self._known: dict[str, JobProgress] = {}
        self._stopped: set[str] = set()

    def start(self, actor: Actor, preread_id: str) -> None:
        """Starts a run, or takes it up where it stopped, unless this process is at it already."""
        with self._installation.writing() as connection:
            record = allow_preread(connection, actor, "run the pre-read", preread_id)
            if self._at_work(preread_id) or record.status in FINISHED:
                return
            PreReads(connection).requeue(preread_id)
            if record.status != "queued":
                audited(connection, actor, "preread asked", preread_id)
        self._submit(preread_id)

    def stop(self, actor: Actor, preread_id: str) -> None:
        """Stops a run at its next sign of progress; what it finished is kept."""
        with self._installation.reading() as connection:
            allow_preread(connection, actor, "run the pre-read", preread_id)
        with self._lock:
            self._stopped.add(preread_id)

    def retry(self, actor: Actor, preread_id: str) -> str:
        """Asks again for what failed or is partial; the id of the run, which is another one where a result stands.

        The result that stands is read until the new one is there; then the candidacy follows, with all that was written.
        """
        with self._installation.writing() as connection:
            record = allow_preread(connection, actor, "run the pre-read", preread_id)
            prereads = PreReads(connection)
            if record.status not in FINISHED:
                again = record.id
                if not self._at_work(again):
                    prereads.requeue(again)
            else:
                known = prereads.superseded_by(record.id)
                later = prereads.get(known) if known else None
                if later is not None and later.status not in FINISHED:
                    again = later.id
                    if not self._at_work(again):
                        prereads.requeue(again)
                else:
                    referentiel = self._installation.referentiel(connection, record.referentiel_sha256)
                    again = new_preread(
                        connection, self._installation, record.owner, record.dossier, referentiel, record.blocs,
                        record.id,
                    ).id  # fmt: skip
            audited(connection, actor, "preread asked", again)
        self._submit(again)
        return again

    def progress(self, actor: Actor, preread_id: str) -> JobProgress:
        """How far it is. A run that another process left is "interrupted". Raises NotFound and AccessDenied."""
        with self._lock:
            known = self._known.get(preread_id)
        with self._installation.reading() as connection:
            try:
                record = allow_preread(connection, actor, "read the dossier", preread_id)
            except NotFound:
                # A refused file leaves nothing but the sentence that says why.
                if known is not None and known.state == "failed":
                    return known
                raise
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
            self._run(preread_id, progress)

    def close(self) -> None:
        """Waits for nothing: runs in their queue are taken up when asked again."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _at_work(self, preread_id: str) -> bool:
        with self._lock:
            known = self._known.get(preread_id)
        return known is not None and known.at_work

    def _submit(self, preread_id: str) -> None:
        with self._lock:
            known = self._known.get(preread_id)
            if known is not None and known.at_work:
                return
            self._known[preread_id] = JobProgress()
            self._stopped.discard(preread_id)
        self._pool.submit(self._work, preread_id)

    def _work(self, preread_id: str) -> None:
        def tell(step: str, done: int, total: int) -> None:
            self._set(preread_id, JobProgress(step, done, total, "running"))
            if preread_id in self._stopped:
                raise Cancelled(STOPPED)

        try:
            self._set(preread_id, JobProgress("", 0, 0, "running"))
            state = self._run(preread_id, tell)
        except Cancelled as error:
            self._set(preread_id, JobProgress(state="stopped", message=error.message))
        except PrelectureError as error:
            self._set(preread_id, JobProgress(state="failed", message=error.message))
        except Exception as error:  # noqa: BLE001  # logged with where it came through, told with its number
            message = logs.apology(logs.failure("preread", error, preread=preread_id))
            self._failed(preread_id, message)
            self._set(preread_id, JobProgress(state="failed", message=message))
        else:
            self._set(preread_id, JobProgress(state=state))

    def _failed(self, preread_id: str, message: str) -> None:
        try:
            with self._installation.writing() as connection:
                PreReads(connection).finish(preread_id, "failed", [message])
                audited(connection, PROGRAM, "preread failed", preread_id, status="failed")
        except PrelectureError as error:
            logs.failure("preread_end", error, preread=preread_id)

    def _run(self, preread_id: str, progress: Progress) -> State:
        with self._installation.writing() as connection:
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
        except UnreadableDossier as error:
            # First what a page that watches is told: what is refused leaves nothing else to be found.
            self._set(preread_id, JobProgress(state="failed", message=error.message))
            self._refused(record, error)
            raise
        except Cancelled:
            self._end(preread_id, "stopped")
            raise
        except PrelectureError as error:
            self._end(preread_id, "failed", error.message)
            raise
        with self._installation.writing() as connection:
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

    def _refused(self, record: PreReadRecord, error: UnreadableDossier) -> None:
        """Outside a session a refused file leaves nothing behind; a candidacy keeps it, to be replaced or withdrawn.

        One that may be read when it is tried again (a machine too busy) is kept either way.
        """
        with self._installation.writing() as connection:
            alone = not Sessions(connection).candidacies_of_dossier(record.dossier)
            if alone and record.supersedes is None and not error.retryable:
                PreReads(connection).forget(record.id)
                Dossiers(connection).withdraw(record.dossier)
            else:
                PreReads(connection).finish(record.id, "failed", [error.message])
            audited(connection, PROGRAM, "preread failed", record.id, refused=True)

    def _end(self, preread_id: str, status: Literal["stopped", "failed"], message: str = "") -> None:
        with self._installation.writing() as connection:
            PreReads(connection).finish(preread_id, status, [message])
            audited(connection, PROGRAM, "preread failed", preread_id, status=status)

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

    def _set(self, preread_id: str, job: JobProgress) -> None:
        with self._lock:
            self._known[preread_id] = job
