"""The production parts of the pipeline, chosen and wired as the settings say. Nothing here is kept or decided."""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from assistant.dossier.files.conversion import NAMES, Converter
from assistant.dossier.isolation.sandbox import COMMAND, read_apart
from assistant.dossier.model import Dossier, InputFile
from assistant.dossier.ocr.engines import Engine, preferred_engine
from assistant.drafting.extractive import ExtractiveDrafter
from assistant.drafting.model_drafter import CallLimits, ModelDrafter
from assistant.drafting.task import Drafter
from assistant.llm.calls import CallStore
from assistant.llm.client import ModelClient
from assistant.llm.endpoint import Endpoint
from assistant.llm.stub import FAKE, fake_address
from assistant.matching.calibration import calibration
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import embedder
from assistant.preread import Components
from assistant.progress import Progress
from assistant.result import Notice
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class DossierReader:
    """How dossiers are read: in a process apart, with the pictures unless OCR is off."""

    engine: Engine | None
    workers: int
    cache: Path
    converter: Converter

    def __call__(self, files: Sequence[InputFile], official: Sequence[str], progress: Progress) -> Dossier:
        """Raises UnreadableDossier and what `progress` raises."""
        (file,) = files
        pdf, kind = self.converter.as_pdf(file.data)
        dossier = read_apart(pdf, file.name, official, progress, command=self._command())
        if kind is None:
            return dossier
        said = "Le dossier a été converti en PDF\u00a0; sa mise en page peut différer de l’original."
        notice = Notice(kind="converted", text=said, detail=NAMES[kind])
        sha256 = hashlib.sha256(file.data).hexdigest()
        kept = (replace(dossier.files[0], sha256=sha256),)
        return replace(dossier, sha256=sha256, files=kept, notices=(notice, *dossier.notices))

    def _command(self) -> tuple[str, ...]:
        if self.engine is None:
            return COMMAND
        return (sys.executable, "-m", "assistant.dossier.ocr.reading", self.engine, str(self.workers), str(self.cache))


def reader_of(settings: Settings) -> DossierReader:
    """Reading as the settings say; "auto" takes the better engine of this machine."""
    engine: Engine | None = None
    if settings.ocr != "off":
        engine = preferred_engine() if settings.ocr == "auto" else settings.ocr
    return DossierReader(
        engine, settings.ocr_workers, settings.data_dir.resolve() / "ocr", converter(settings.data_dir)
    )


def converter(folder: Path) -> Converter:
    """What turns other files into PDF, kept under the data folder."""
    return Converter(folder.resolve() / "converted")


def vector_store(folder: Path) -> VectorStore:
    """The vector store under the data folder."""
    return VectorStore(folder / "chroma")


def components_of(settings: Settings) -> Components:
    """The production parts of the pipeline."""
    return Components(
        settings=settings,
        read=reader_of(settings),
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
