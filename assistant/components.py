"""The production parts of the pipeline, chosen and wired as the settings say. Nothing here is kept or decided.

What asks a model is loaded only where a model is set.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.dossier.files.conversion import Converter
from assistant.dossier.files.kept import KeptReadings
from assistant.dossier.files.reading import DossierReader
from assistant.dossier.ocr.engines import Engine, preferred_engine
from assistant.dossier.ocr.shared_pictures import KeptPictures
from assistant.drafting.extractive import ExtractiveDrafter
from assistant.drafting.task import Drafter
from assistant.errors import IndexFailure
from assistant.matching.calibration import calibration
from assistant.matching.chroma import STILL_BROKEN, VectorStore
from assistant.matching.embedding import embedder
from assistant.matching.own_folder import own_folder
from assistant.preread import Components
from assistant.privacy.known import NOTHING_KNOWN, About
from assistant.settings import FAKE, Settings
from assistant.store.places import CALLS, CONVERTED, OCR, READINGS, kept_by

if TYPE_CHECKING:
    from assistant.drafting.sending import Hiding
    from assistant.llm.calls import CallStore
    from assistant.llm.client import ModelClient
    from assistant.llm.rates import Turns


def reader_of(settings: Settings) -> DossierReader:
    """Reading as the settings say; "auto" takes the better engine of this machine."""
    engine: Engine | None = None
    if settings.ocr != "off":
        engine = preferred_engine() if settings.ocr == "auto" else settings.ocr
    kept = kept_by(settings)
    pictures, readings = KeptPictures(kept.under(OCR)), KeptReadings(kept.under(READINGS))
    return DossierReader(engine, settings.ocr_workers, pictures, converter(settings), readings)


def converter(settings: Settings) -> Converter:
    """What turns other files into PDF, and keeps them."""
    return Converter(kept_by(settings).under(CONVERTED))


def vector_store(folder: Path) -> VectorStore:
    """This process's vector store under the data folder. Raises IndexFailure where it cannot be made."""
    try:
        return VectorStore(own_folder(folder / "chroma"))
    except OSError as error:
        raise IndexFailure(STILL_BROKEN) from error


def components_of(
    settings: Settings,
    about: About = NOTHING_KNOWN,
    turns: "Turns | None" = None,
    readers: Path | None = None,
    calls: "CallStore | None" = None,
) -> Components:
    """The production parts of the pipeline; `about`: what is known of the dossier's people; `turns`: the line before the
    model, where it is shared; `readers`: the socket of a server of readers; `calls`: see `drafter_of`."""
    return Components(
        settings=settings,
        read=replace(reader_of(settings), server=readers),
        embedder=embedder(settings),
        vectors=partial(vector_store, settings.data_dir),
        drafter=drafter_of(settings, calls, about, turns),
        calibration=calibration(),
        about=about,
    )


def drafter_of(
    settings: Settings, calls: "CallStore | None" = None, about: About = NOTHING_KNOWN, turns: "Turns | None" = None
) -> Drafter:
    """The extractive drafter without a model; else the one that asks it. `calls` replaces the installation's own."""
    if settings.model is None:
        return ExtractiveDrafter()
    from assistant.drafting.model_drafter import CallLimits, ModelDrafter

    limits = CallLimits(
        settings.model_context,
        settings.model_output,
        settings.model_concurrency,
        settings.model_budget,
        settings.model_run_seconds,
    )
    client = client_of(settings, calls or calls_of(settings), turns)
    return ModelDrafter(
        client,
        limits,
        check=settings.support_check,
        hiding=hiding(settings),
        about=about,
        keep_home=settings.sensitive == "home",
    )


def calls_of(settings: Settings) -> "CallStore":
    """The finished calls of this installation."""
    from assistant.llm.calls import CallStore

    return CallStore(kept_by(settings).under(CALLS))


def client_of(settings: Settings, calls: "CallStore", turns: "Turns | None" = None) -> "ModelClient":
    """The client of the model that is set; `fake` is served by this process."""
    from assistant.llm.client import ModelClient
    from assistant.llm.endpoint import Endpoint
    from assistant.llm.line import Line
    from assistant.llm.stub import fake_address

    if settings.model == FAKE:
        settings = settings.model_copy(update={"model_base_url": fake_address()})
    line = None if turns is None else Line(turns, settings.model_output)
    return ModelClient(
        Endpoint(settings), settings.model or "", settings.model_method, calls, settings.model_patience, line=line
    )


def hiding(settings: Settings) -> "Hiding":
    """What is hidden before it is sent. With masking switched off, guarded sentences still leave without names."""
    if hides(settings):
        return "all"
    return "none" if settings.model == FAKE else "sensitive"


def hides(settings: Settings) -> bool:
    """Whether personal data becomes placeholders before it is sent: always, for a gateway on this machine may relay.

    `fake` is answered by this very process.
    """
    if settings.pseudonyms != "auto":
        return settings.pseudonyms == "on"
    return settings.model != FAKE
