"""A step is found again when all that makes it is the same, and made anew when its file, settings, code or data changed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import grimp
import pytest

from assistant import step_keys
from assistant.components import components_of
from assistant.dossier.model import InputFile
from assistant.places import PROMPTS
from assistant.preread import Components, PreReadRequest, preread
from assistant.progress import silent
from assistant.referentiel.catalogue import load
from assistant.settings import Settings
from assistant.step_keys import SOURCES, StepName
from assistant.store.fingerprint import fingerprint
from tests.dossier.pages import lines, pdf

DATA = pdf(lines(["Je note chaque demande d'un client dans un tableau partagé, et je relance sous deux jours."]))
ALL: list[StepName] = ["dossier", "ranking", "full_reading", "choice", "drafting"]


class Watched:
    """A cache that says which steps were made."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.made: list[StepName] = []

    def load(self, name: StepName, key: str) -> bytes | None:
        return self.kept.get(key)

    def save(self, name: StepName, key: str, payload: bytes) -> None:
        # Reading in full runs beside the ranking: which of the two ends first is chance.
        self.made = sorted([*self.made, name], key=ALL.index)
        self.kept[key] = payload


@pytest.fixture(scope="module")
def request_() -> PreReadRequest:
    return PreReadRequest.of(DATA, "d.pdf", load("cycle-client-ia"))


@pytest.fixture
def parts(settings: Settings) -> Components:
    return components_of(settings.model_copy(update={"ocr": "off"}))


@pytest.fixture(scope="module")
def first_run(request_: PreReadRequest, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """The cache of a first run."""
    made = Watched()
    settings = Settings(data_dir=tmp_path_factory.mktemp("first"), ocr="off", model=None)
    preread(request_, components_of(settings), made, silent)
    assert made.made == ALL
    return made


@pytest.fixture
def steps(first_run: Watched) -> Watched:
    """The cache after a first run."""
    made = Watched()
    made.kept = dict(first_run.kept)
    return made


@pytest.fixture(autouse=True)
def _forgets_fingerprints() -> Iterator[None]:
    yield
    fingerprint.cache_clear()


def test_the_same_again_makes_nothing(
    request_: PreReadRequest, parts: Components, steps: Watched, tmp_path: Path
) -> None:
    preread(request_, parts, steps, silent)
    elsewhere = parts.settings.model_copy(update={"data_dir": tmp_path / "elsewhere", "ocr_workers": 1})
    preread(request_, components_of(elsewhere), steps, silent)
    assert steps.made == []


def test_another_file_name_or_kind_is_read_anew(request_: PreReadRequest, parts: Components, steps: Watched) -> None:
    for file in (InputFile("d.pdf", DATA + b"\n"), InputFile("autre.pdf", DATA), InputFile("d.pdf", DATA, "annex")):
        preread(replace(request_, files=(file,)), parts, steps, silent)
        assert steps.made[0] == "dossier"
        steps.made.clear()


def test_another_ocr_engine_reads_anew(request_: PreReadRequest, parts: Components, steps: Watched) -> None:
    reader = replace(parts.read, engine="tesseract")  # type: ignore[type-var]  # the production reader is a dataclass
    preread(request_, replace(parts, read=reader), steps, silent)
    assert steps.made[0] == "dossier"


def test_another_referentiel_or_calibration_ranks_anew_what_was_read(
    request_: PreReadRequest, parts: Components, steps: Watched
) -> None:
    loaded = request_.referentiel
    preread(replace(request_, referentiel=replace(loaded, sha256="0" * 64)), parts, steps, silent)
    assert steps.made == ALL[1:]
    steps.made.clear()
    other = parts.calibration.model_copy(update={"found": parts.calibration.found + 0.01})
    preread(request_, replace(parts, calibration=other), steps, silent)
    assert steps.made[0] == "ranking"


@pytest.mark.parametrize(
    ("room", "first"), [("dossier", "dossier"), ("matching", "ranking"), ("drafting", "full_reading")]
)
def test_changed_code_or_data_makes_its_step_anew(
    room: str,
    first: StepName,
    request_: PreReadRequest,
    parts: Components,
    steps: Watched,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The number of the version stays the same; a file in the room of the step is another one."""
    changed = tmp_path / room
    changed.mkdir()
    (changed / "rules.py").write_text("LIMIT = 2\n")
    sources = {
        name: tuple(str(changed) if source == room else source for source in every) for name, every in SOURCES.items()
    }
    monkeypatch.setattr(step_keys, "SOURCES", sources)
    preread(request_, parts, steps, silent)
    assert steps.made == ALL[ALL.index(first) :]


ENTRIES: dict[StepName, tuple[str, ...]] = {
    "dossier": ("assistant.dossier.isolation.sandbox", "assistant.dossier.ocr.reading"),
    "ranking": ("assistant.matching.match", "assistant.matching.deliverables"),
    "full_reading": ("assistant.drafting.model_drafter",),
    "choice": ("assistant.drafting.model_drafter",),
    "drafting": ("assistant.drafting.model_drafter", "assistant.drafting.extractive", "assistant.drafting.findings"),
}
SAY_NOTHING = {"assistant", "assistant.errors", "assistant.logs", "assistant.places", "assistant.progress",
               "assistant.rotation", "assistant.settings", "assistant.store", "assistant.store.blobs"}  # fmt: skip
"""Messages, paths, settings and where bytes are kept: they change no step's bytes; the settings that do stand in the keys."""


@pytest.mark.parametrize("step", ALL)
def test_every_module_a_step_imports_is_in_its_fingerprint(step: StepName) -> None:
    graph = grimp.build_graph("assistant")
    for entry in ENTRIES[step]:
        for module in {entry, *graph.find_upstream_modules(entry)} - SAY_NOTHING:
            path = module.removeprefix("assistant.").replace(".", "/")
            assert any(path == source.removesuffix(".py") or path.startswith(f"{source}/") or path == source
                       for source in SOURCES[step]), f"{step} imports {module}"  # fmt: skip


def test_prompts_are_in_the_fingerprint_of_what_is_drafted() -> None:
    assert str(PROMPTS) in SOURCES["drafting"]
    assert str(PROMPTS) in SOURCES["full_reading"]
