"""A recording replays without a model, and says what it lacks. No measure of quality: the stub answers."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.components import components_of, drafter_of
from assistant.evaluation.gold import Case, Gold, LabelledCriterion, Quote
from assistant.evaluation.recording import keep_recording, replayed
from assistant.evaluation.run import Evaluated, MemorySteps, evaluate_case
from assistant.llm.calls import CallStore
from assistant.llm.stub import StubModel
from assistant.matching.chroma import VectorStore
from assistant.progress import silent
from assistant.settings import Settings
from tests.dossier.pages import lines, pdf

SAID = [
    "Dossier de Nadège Ferrand",
    "J’ai relevé deux points de friction : neuf heures de ressaisie par semaine, et des devis perdus.",
    "Je relance les clients le mardi avec un outil de prise de rendez-vous en ligne.",
    "Le parcours du client compte onze étapes, du premier appel à la facture.",
]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """A page of text without a picture: nothing is left unread where OCR is off."""
    file = tmp_path / "dossier.pdf"
    file.write_bytes(pdf(lines(SAID)))
    labels = (LabelledCriterion(id="Cr1.2", coverage="addressed", evidence=(Quote(quote=SAID[1], pages=(1,)),)),)
    return Case("a page", file, Gold(case="a page", referentiel="cycle-client-ia", criteria=labels))


def evaluated(case: Case, settings: Settings, calls: CallStore) -> Evaluated:
    store = VectorStore(settings.data_dir / "chroma")
    tools = replace(components_of(settings), vectors=lambda: store, drafter=drafter_of(settings, calls))
    return evaluate_case(case, tools, MemorySteps(), store, silent)


def recorded(case: Case, folder: Path, data: Path) -> Evaluated:
    """An evaluation whose calls are kept in `folder`."""
    with StubModel() as model:
        settings = Settings(data_dir=data, model="stub", model_base_url=model.address, ocr="off", pseudonyms="on")
        made = evaluated(case, settings, CallStore(folder / "calls"))
        keep_recording(folder, settings, None, hidden=True)
    return made


def test_a_recording_replays_to_the_same_pre_read_with_nobody_at_the_address(case: Case, tmp_path: Path) -> None:
    made = recorded(case, tmp_path / "recording", tmp_path / "one")
    settings, calls = replayed(tmp_path / "recording", Settings(data_dir=tmp_path / "two"))
    again = evaluated(case, settings, calls)
    assert again.preread.status == made.preread.status == "complete"
    assert again.preread.criteria == made.preread.criteria


def test_a_call_that_was_not_recorded_is_named_and_makes_the_run_partial(case: Case, tmp_path: Path) -> None:
    recorded(case, tmp_path / "recording", tmp_path / "one")
    for file in (tmp_path / "recording" / "calls").glob("drafting-*.json"):
        file.unlink()
    settings, calls = replayed(tmp_path / "recording", Settings(data_dir=tmp_path / "two"))
    again = evaluated(case, settings, calls)
    assert again.preread.status == "partial"
    assert any("n’est pas dans l’enregistrement" in (part.failure or "") for part in again.preread.criteria)
