"""What the pages share: the installation, opened once; the runs at work; the dossiers opened."""

import importlib
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import streamlit as st

from assistant.dossier.model import InputFile
from assistant.dossier.pdf.render import get_ready_to_draw
from assistant.drafting.model_drafter import ModelDrafter
from assistant.errors import Cancelled, PrelectureError
from assistant.preread import PreReadRequest, run_key
from assistant.progress import silent
from assistant.referentiel.catalogue import load
from assistant.referentiel.wording import official_wording
from assistant.review.harmony import Harmony
from assistant.review.items import items_of
from assistant.review.office import Office
from assistant.service import Desk, LoadedPreRead, components_of, reading_of
from assistant.settings import load_settings


@dataclass(frozen=True, slots=True)
class Job:
    """A run at work, or how it ended: `error` is a French sentence."""

    step: str = ""
    done: int = 0
    total: int = 0
    error: str | None = None
    finished: bool = False


class Runner:
    """Runs pre-reads one after the other, away from any page: closing the page does not stop them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="preread")
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._stopped: set[str] = set()

    def submit(self, order: PreReadRequest) -> str:
        """Starts a run unless the same one is at work; returns its key."""
        key = self.key_of(order)
        with self._lock:
            known = self._jobs.get(key)
            if known is None or known.finished:
                self._jobs[key] = Job()
                self._stopped.discard(key)
                self._pool.submit(self._work, key, order)
        return key

    def key_of(self, order: PreReadRequest) -> str:
        """The key a run of this order has, before it is started."""
        return run_key(order, components_of(self._desk.settings))

    def job(self, key: str) -> Job | None:
        with self._lock:
            return self._jobs.get(key)

    def stop(self, key: str) -> None:
        """Stops a run at its next sign of progress; what it finished is kept."""
        with self._lock:
            self._stopped.add(key)

    def _work(self, key: str, order: PreReadRequest) -> None:
        def tell(step: str, done: int, total: int) -> None:
            self._set(key, Job(step, done, total))
            if key in self._stopped:
                raise Cancelled("Lecture arrêtée\u00a0; ce qui était lu est gardé, reprenez quand vous voulez.")

        try:
            self._desk.review(order, tell)
        except PrelectureError as error:
            self._set(key, Job(error=error.message, finished=True))
        except BaseException:
            self._set(key, Job(error="Un défaut du programme a interrompu la lecture ; réessayez.", finished=True))
            raise
        else:
            self._set(key, Job(finished=True))

    def _set(self, key: str, job: Job) -> None:
        with self._lock:
            self._jobs[key] = job


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """The installation of this process."""
    return Desk(load_settings())


@st.cache_resource(show_spinner=False)
def office() -> Office:
    """Every service for people: each call says who acts."""
    return Office(desk().engine)


@st.cache_resource(show_spinner=False)
def harmony() -> Harmony:
    """What jurors agree on."""
    return Harmony(desk().engine)


@st.cache_resource(show_spinner=False)
def runner() -> Runner:
    return Runner(desk())


@st.cache_resource(show_spinner=False, max_entries=8)
def opened(key: str) -> LoadedPreRead | None:
    """A finished pre-read, kept open for the next click."""
    return desk().open(key)


FIRST_NEEDED = ("assistant.ui.reading", "PIL.PngImagePlugin", "pandas", "pyarrow.compute")
"""What the first opening imports, most of it for Streamlit's own widgets: more than half a second."""


@st.cache_resource(show_spinner=False)
def get_ready() -> None:
    """Loads what the first dossier opened will need, while the list is being read. Done once per process."""
    threading.Thread(target=_get_ready, daemon=True, name="ready").start()


def _get_ready() -> None:
    for name in FIRST_NEEDED:
        importlib.import_module(name)
    get_ready_to_draw()


@st.cache_data(show_spinner=False, max_entries=500)
def drafted_items(key: str) -> dict[str, tuple[str, ...]]:
    """The items of each criterion of a finished pre-read, by id: for progress in a list of many dossiers.

    Raises NotRead, which is not kept, while it is not finished.
    """
    preread = desk().result(key)
    if preread is None:
        raise NotRead(key)
    return {part.id: tuple(item.id for item in items_of(part)) for part in preread.criteria}


class NotRead(Exception):
    """A pre-read is not finished."""


def retry(dossier: LoadedPreRead) -> None:
    """Asks for a run again: what is finished is kept, what failed is done."""
    run = desk().runs.get(dossier.key)
    if run is None:
        return
    order = PreReadRequest.of(desk().files.get(run.dossier_sha256), run.file, load(run.referentiel), run.blocs)
    opened.clear(dossier.key)
    runner().submit(order)


@st.cache_data(show_spinner="Estimation…", max_entries=20)
def estimate(data: bytes, name: str, referentiel: str, blocs: tuple[str, ...]) -> str:
    """What a run with the model will take, in French; empty without a model, or when the file cannot be read yet."""
    settings = desk().settings
    tools = components_of(settings)
    if not isinstance(tools.drafter, ModelDrafter):
        return ""
    reading = reading_of(settings.model_copy(update={"ocr": "off"}))
    loaded = load(referentiel)
    try:
        dossier = reading((InputFile(name, data),), official_wording(loaded.content), silent)
    except PrelectureError:
        return ""
    order = PreReadRequest.of(data, name, loaded, blocs)
    likely = tools.drafter.estimate(dossier, order.criteria)
    thousands = max(1, round(likely.tokens / 1000))
    return f"Avec le modèle « {settings.model} » : environ {likely.calls} appels et {thousands} 000 jetons envoyés."
