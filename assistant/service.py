"""What the command line and the app ask for: pre-read this file now, with everything set up and kept."""

from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from assistant import logs
from assistant.dossier.files.conversion import Converter
from assistant.dossier.files.kept import KeptReadings
from assistant.dossier.files.reading import DossierReader
from assistant.dossier.model import Dossier
from assistant.dossier.ocr.engines import Engine, preferred_engine
from assistant.drafting.extractive import ExtractiveDrafter
from assistant.drafting.model_drafter import CallLimits, ModelDrafter
from assistant.drafting.task import Drafter
from assistant.errors import Cancelled, PrelectureError, UnreadableDossier
from assistant.llm.calls import CallStore
from assistant.llm.client import ModelClient
from assistant.llm.endpoint import Endpoint
from assistant.llm.stub import FAKE, fake_address
from assistant.matching.calibration import calibration
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import embedder
from assistant.preread import Components, PreReadRequest, preread, run_key
from assistant.progress import Progress, silent
from assistant.result import PreRead
from assistant.settings import Settings
from assistant.store.engine import open_database
from assistant.store.files import FileStore
from assistant.store.runs import RunStore

TELL_EVERY = 0.5
"""Seconds between two signs of progress written to the database."""


class RunSteps:
    """The steps of one run, kept in the database."""

    def __init__(self, runs: RunStore, key: str) -> None:
        self._runs, self._key = runs, key

    def load(self, name: str) -> bytes | None:
        return self._runs.load_step(self._key, name)

    def save(self, name: str, payload: bytes) -> None:
        self._runs.save_step(self._key, name, payload)


class MemorySteps:
    """Steps kept for the length of a command."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load(self, name: str) -> bytes | None:
        return self._kept.get(name)

    def save(self, name: str, payload: bytes) -> None:
        self._kept[name] = payload


@dataclass(frozen=True, slots=True)
class LoadedPreRead:
    """A finished pre-read with the dossier it is about and where its PDF stands."""

    key: str
    preread: PreRead
    dossier: Dossier
    pdf: Path


class Desk:
    """Everything an installation keeps: database, files, vector store. LoadedPreRead once per process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine = open_database(settings.database)
        self.runs = RunStore(self.engine)
        self.files = FileStore(settings.data_dir / "files")

    def review(self, order: PreReadRequest, progress: Progress = silent) -> LoadedPreRead:
        """Pre-reads a dossier, or opens the pre-read made before; a killed run goes on where it stopped.

        Raises UnreadableDossier, leaving nothing in the database, and the other PrelectureErrors, leaving a failed run.
        """
        tools = components_of(self.settings)
        key = run_key(order, tools)
        done = self.open(key)
        if done is not None and done.preread.status == "complete":
            return done
        sha256, *_ = [self.files.put(file.data) for file in order.files]
        blocs = order.referentiel.choose(order.blocs)
        self.runs.start(key, sha256, order.files[0].name, order.referentiel.content.id, blocs)
        try:
            with logs.bound(preread=key), logs.timed("preread", criteria=len(order.criteria)) as line:
                result = preread(order, tools, RunSteps(self.runs, key), self._told(key, progress))
                line |= logs.Fields(state=result.status, pages=result.dossier.pages, calls=result.provenance.calls)
        except UnreadableDossier:
            self.runs.forget(key)
            raise
        except Cancelled:
            self.runs.finish(key, "stopped")
            raise
        except PrelectureError as error:
            self.runs.finish(key, "failed", error.message)
            raise
        self.runs.save_step(key, "result", result.to_json().encode())
        self.runs.finish(key, result.status, " ".join(result.reasons))
        opened = self.open(key)
        assert opened is not None
        return opened

    def result(self, key: str) -> PreRead | None:
        """The pre-read alone, or None."""
        result = self.runs.load_step(key, "result")
        return PreRead.model_validate_json(result) if result else None

    def open(self, key: str) -> LoadedPreRead | None:
        """A finished pre-read, or None."""
        run, result, dossier = self.runs.get(key), *(self.runs.load_step(key, name) for name in ("result", "dossier"))
        if run is None or result is None or dossier is None:
            return None
        from pydantic import TypeAdapter

        pdf = converter(self.settings.data_dir).pdf_file(self.files.path(run.dossier_sha256))
        return LoadedPreRead(key, PreRead.model_validate_json(result), TypeAdapter(Dossier).validate_json(dossier), pdf)

    def _told(self, key: str, progress: Progress) -> Progress:
        """Progress for the person watching, and now and then for the database."""
        last = 0.0

        def tell(step: str, done: int, total: int) -> None:
            nonlocal last
            progress(step, done, total)
            if monotonic() - last > TELL_EVERY or done == total:
                last = monotonic()
                self.runs.note_progress(key, step, done, total)

        return tell


def reading_of(settings: Settings) -> DossierReader:
    """Reading as the settings say; "auto" takes the better engine of this machine."""
    engine: Engine | None = None
    if settings.ocr != "off":
        engine = preferred_engine() if settings.ocr == "auto" else settings.ocr
    data = settings.data_dir.resolve()
    return DossierReader(
        engine, settings.ocr_workers, data / "ocr", converter(settings.data_dir), KeptReadings(data / "readings")
    )


def converter(folder: Path) -> Converter:
    """What turns other files into PDF, kept under the data folder."""
    return Converter(folder.resolve() / "converted")


def vector_store(folder: Path) -> VectorStore:
    """The vector store under the data folder."""
    return VectorStore(folder / "chroma")


def components_of(settings: Settings) -> Components:
    """The production tools of the pipeline."""
    return Components(
        settings=settings,
        read=reading_of(settings),
        embedder=embedder(settings),
        vectors=partial(vector_store, settings.data_dir),
        drafter=drafter_of(settings),
        calibration=calibration(),
    )


def drafter_of(settings: Settings, calls: CallStore | None = None) -> Drafter:
    """The extractive drafter without a model; else the one that asks it. `calls` replaces the installation's own."""
    if settings.model is None:
        return ExtractiveDrafter()
    limits = CallLimits(
        settings.model_context, settings.model_output, settings.model_concurrency, settings.model_budget
    )
    client = client_of(settings, calls or calls_of(settings))
    return ModelDrafter(client, limits, check=settings.support_check, pseudonyms=hides(settings))


def calls_of(settings: Settings) -> CallStore:
    """The finished calls of this installation."""
    return CallStore(settings.data_dir / "calls")


def client_of(settings: Settings, calls: CallStore) -> ModelClient:
    """The client of the model that is set; `fake` is served by this process."""
    if settings.model == FAKE:
        settings = settings.model_copy(update={"model_base_url": fake_address()})
    return ModelClient(Endpoint(settings), settings.model or "", settings.model_method, calls, settings.model_patience)


def hides(settings: Settings) -> bool:
    """Whether personal data becomes placeholders before it is sent: always, unless the endpoint is on this machine."""
    if settings.pseudonyms != "auto":
        return settings.pseudonyms == "on"
    if settings.model == FAKE:
        return False
    return settings.model_base_url is None or not is_loopback(settings.model_base_url)


def is_loopback(address: str) -> bool:
    """Whether an address never leaves this machine."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
