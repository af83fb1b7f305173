"""The one pipeline: a dossier and a référentiel become a pre-read, step by step, resumable, with progress.

The verbs, in order: read, rank and sweep, weigh, choose, draft, assemble. Each finished step is kept, so that a run that was
killed goes on where it stopped; the same input gives the same bytes.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TypeVar

from pydantic import TypeAdapter

from assistant import logs
from assistant.dossier.model import Dossier, InputFile
from assistant.drafting.assembling import MadeWith, assemble
from assistant.drafting.findings import tasks_of
from assistant.drafting.task import Choice, Drafter, Drafting, FullReading
from assistant.matching.calibration import Calibration
from assistant.matching.chroma import VectorStore
from assistant.matching.deliverables import deliverable_questions
from assistant.matching.embedding import Embedder, LexicalEmbedder, private_embedder
from assistant.matching.lexical import load as load_lexical
from assistant.matching.match import Ranking, SearchTools, prepare, rank
from assistant.matching.question import questions_of
from assistant.privacy.known import NOTHING_KNOWN, About
from assistant.progress import Progress
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.model import Criterion, Deliverable
from assistant.referentiel.wording import official_wording
from assistant.result import PreRead
from assistant.settings import Settings
from assistant.step_keys import StepName, drafted_by, fingerprint_of, hash_of, key_of

if TYPE_CHECKING:
    from assistant.privacy.mask import Mask

T = TypeVar("T")
STEPS: Mapping[type, StepName] = {
    Dossier: "dossier",
    Ranking: "ranking",
    FullReading: "full_reading",
    Choice: "choice",
    Drafting: "drafting",
}
"""What each step makes."""


class Steps(Protocol):
    """Where finished steps are kept, by the key that says what they are made of; bytes in, bytes out."""

    def load(self, name: StepName, key: str) -> bytes | None: ...

    def save(self, name: StepName, key: str, payload: bytes) -> None: ...


class Reader(Protocol):
    """Turns files, in order, into one Dossier. Raises UnreadableDossier when none of them can be read."""

    @property
    def engine(self) -> str | None:
        """What reads pictures; None when nothing does."""
        ...

    def __call__(self, files: Sequence[InputFile], official: Sequence[str], progress: Progress) -> Dossier: ...


@dataclass(frozen=True, slots=True)
class PreReadRequest:
    """What is asked for: these files, in order, against these blocs of this référentiel (`blocs` empty: all)."""

    files: tuple[InputFile, ...]
    referentiel: LoadedReferentiel
    blocs: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, data: bytes, file: str, referentiel: LoadedReferentiel, blocs: tuple[str, ...] = ()
    ) -> "PreReadRequest":
        """A dossier of one file."""
        return cls((InputFile(file, data),), referentiel, blocs)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(self.referentiel.content.criteria(self.blocs))

    @property
    def deliverables(self) -> tuple[Deliverable, ...]:
        return tuple(self.referentiel.content.deliverables(self.blocs))


@dataclass(frozen=True, slots=True)
class Components:
    """The seams of the pipeline: production and tests fill them with plain objects."""

    settings: Settings
    read: Reader
    embedder: Embedder
    vectors: Callable[[], VectorStore]
    drafter: Drafter
    calibration: Calibration
    about: About = NOTHING_KNOWN
    """What is known of the dossier's people: it changes requests, and is no setting."""


def settings_sha256(tools: "Components") -> str:
    """Hash of the settings (and the calibration) that change a result; keys, folders and speeds are left out."""
    counted = tools.settings.model_dump(
        mode="json",
        include={"embedding_model", "embedding_base_url"},
    )
    counted["calibration"] = tools.calibration.model_dump(mode="json")
    counted["ocr"] = tools.read.engine
    counted["drafter"] = tools.drafter.fingerprint
    return hashlib.sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest()


def preread(order: PreReadRequest, tools: Components, steps: Steps, progress: Progress) -> PreRead:
    """Pre-reads a dossier. Raises UnreadableDossier, IndexFailure, Cancelled; a model's failures stay in the result."""
    progress = _one_at_a_time(progress)
    official = official_wording(order.referentiel.content)
    criteria = order.criteria
    asked = [order.referentiel.sha256, *order.referentiel.choose(order.blocs)]
    # Making ready what comes after takes as long as reading a short dossier, which another process does.
    beside = ThreadPoolExecutor(3, thread_name_prefix="beside")
    try:
        store = beside.submit(_search_made_ready, order, tools)
        drafter_ready = beside.submit(tools.drafter.get_ready)
        dossier, read = _step(
            steps,
            "dossier",
            key_of("dossier", _handed_in(order.files), list(official), tools.read.engine),
            Dossier,
            lambda: tools.read(order.files, official, progress),
        )
        # Reading in full needs nothing of the ranking, and waits for a model most of the time.
        searching = beside.submit(
            copy_context().run,
            lambda: _step(
                steps,
                "ranking",
                key_of("ranking", read, asked, _measured_by(tools)),
                Ranking,
                lambda: _ranked(dossier, order, tools, store.result(), progress),
            ),
        )
        drafter = [*drafted_by(tools.drafter), tools.about.key]
        try:
            reading, found = _step(
                steps,
                "full_reading",
                key_of("full_reading", read, asked, drafter),
                FullReading,
                lambda: _read_in_full(dossier, order, tools, drafter_ready, progress),
                finished=lambda done: not done.failed_pages and not done.reasons,
            )
        finally:
            wait([searching])
        ranking, ranked = searching.result()
    finally:
        beside.shutdown(wait=False)
    tasks = tasks_of(dossier, criteria, ranking.criteria, reading)
    choice, chosen = _step(
        steps,
        "choice",
        key_of("choice", read, ranked, found, asked, drafter),
        Choice,
        lambda: tools.drafter.choose(dossier, tasks, progress),
        finished=lambda done: not done.reasons,
    )
    drafting, _ = _step(
        steps,
        "drafting",
        key_of("drafting", read, ranked, found, chosen, asked, drafter),
        Drafting,
        lambda: tools.drafter.draft(dossier, tasks, choice, progress),
        finished=lambda done: all(draft.failure is None and draft.unchecked is None for draft in done.drafts),
    )
    return assemble(
        order.referentiel,
        order.referentiel.choose(order.blocs),
        dossier,
        tasks,
        reading,
        choice,
        drafting,
        ranking.deliverables,
        MadeWith(tools.drafter.name, tools.embedder.name, tools.drafter.checks_support, settings_sha256(tools)),
    )


def _search_made_ready(order: PreReadRequest, tools: Components) -> VectorStore:
    store = tools.vectors()
    load_lexical()
    prepare(order.criteria, order.deliverables)
    return store


def _read_in_full(
    dossier: Dossier, order: PreReadRequest, tools: Components, ready: "Future[None]", progress: Progress
) -> FullReading:
    ready.result()
    return tools.drafter.read(dossier, order.criteria, progress)


def _one_at_a_time(progress: Progress) -> Progress:
    """The same, for steps that run beside each other."""
    lock = Lock()

    def tell(step: str, done: int, total: int) -> None:
        with lock:
            progress(step, done, total)

    return tell


def _ranked(
    dossier: Dossier, order: PreReadRequest, tools: Components, store: VectorStore, progress: Progress
) -> Ranking:
    progress("recherche", 0, 1)

    def mask() -> "Mask":
        from assistant.drafting.sending import mask_for

        return mask_for(dossier, order.criteria, tools.about)

    embedder = private_embedder(tools.embedder, mask)
    found = rank(dossier, order.criteria, order.deliverables, SearchTools(embedder, store, tools.calibration))
    progress("recherche", 1, 1)
    return found


def _handed_in(files: Sequence[InputFile]) -> list[str]:
    return [part for file in files for part in (file.name, file.kind, hash_of(file.data))]


def _measured_by(tools: Components) -> Mapping[str, object]:
    """The settings that change a ranking."""
    embedding = tools.settings.model_dump(mode="json", include={"embedding_model", "embedding_base_url"})
    return {**embedding, "calibration": tools.calibration.model_dump(mode="json")}


@cache
def _adapter(kind: type[T]) -> "TypeAdapter[T]":
    """Made once for each kind of step."""
    return TypeAdapter(kind)


def get_ready(referentiels: Iterable[LoadedReferentiel]) -> None:
    """Does once what every pre-read of a process would do: for one that others are forked from."""
    for kind in STEPS:
        _adapter(kind)
        fingerprint_of(STEPS[kind])
    embedder = LexicalEmbedder()
    for loaded in referentiels:
        criteria, deliverables = tuple(loaded.content.criteria()), tuple(loaded.content.deliverables())
        prepare(criteria, deliverables)
        asked = (*questions_of(criteria), *deliverable_questions(deliverables, criteria))
        embedder.embed([text for question in asked for text in question.phrasings])


def _step(
    steps: Steps,
    name: StepName,
    key: str,
    kind: type[T],
    work: Callable[[], T],
    finished: Callable[[T], bool] = lambda _: True,
) -> tuple[T, str]:
    """A step's stored result, or its work, with the hash of its bytes; only a finished one is stored, so that a retry
    does the rest."""
    adapter: TypeAdapter[T] = _adapter(kind)  # type: ignore[arg-type]  # a class is hashable
    stored = steps.load(name, key)
    if stored is not None:
        logs.event("step", step=name, kept=True)
        return adapter.validate_json(stored), hash_of(stored)
    with logs.timed("step", step=name):
        done = work()
    payload = adapter.dump_json(done)
    if finished(done):
        steps.save(name, key, payload)
    return done, hash_of(payload)
