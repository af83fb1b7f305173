"""The pipeline: same bytes, resumable, nothing invented, and no field anywhere for a grade."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assistant import result
from assistant.access.actor import LOCAL
from assistant.application.door import Application
from assistant.components import components_of
from assistant.dossier.files.reading import DossierReader
from assistant.dossier.model import InputFile
from assistant.dossier.read import read_dossier
from assistant.errors import UnreadableDossier
from assistant.evaluation.independent import raw_texts
from assistant.evaluation.matching_quotes import letters, stands
from assistant.evaluation.run import MemorySteps
from assistant.preread import PreReadRequest, preread
from assistant.progress import silent
from assistant.referentiel.catalogue import load
from assistant.referentiel.wording import official_wording
from assistant.result import LedgerEntry, PreRead
from assistant.settings import Settings
from tests.conftest import share
from tests.dossier.pages import lines, pdf
from tests.installed import pre_read


@pytest.fixture(scope="module")
def order(plumber: bytes) -> PreReadRequest:
    return PreReadRequest.of(plumber, "dossier.pdf", load("cycle-client-ia"))


@pytest.fixture(scope="module")
def done(order: PreReadRequest, readings: Path, tmp_path_factory: pytest.TempPathFactory) -> PreRead:
    settings = Settings(data_dir=tmp_path_factory.mktemp("done"), model=None)
    share(readings, settings.data_dir)
    return preread(order, components_of(settings), MemorySteps(), silent)


def test_the_same_input_gives_the_same_bytes(order: PreReadRequest, done: PreRead, tmp_path: Path) -> None:
    elsewhere = Settings(data_dir=tmp_path / "elsewhere")
    again = preread(order, components_of(elsewhere), MemorySteps(), silent)
    assert again.to_json() == done.to_json()


def test_the_json_reads_back_as_it_was(done: PreRead) -> None:
    assert PreRead.model_validate_json(done.to_json()) == done
    assert done.format == "prelecture/1"


def test_every_quote_stands_on_its_page(done: PreRead, plumber: bytes) -> None:
    pages = {page: letters(text) for page, text in raw_texts(plumber).items()}
    shown = [e for part in done.criteria for e in part.evidence] + [
        e for part in done.deliverables for e in part.evidence
    ]
    quotes = [(e.quote, pages[e.page], pages[e.over.page] if e.over else "") for e in shown if e.source == "text"]
    assert len(quotes) > 100
    assert [quote for quote, here, after in quotes if not stands(quote, here, after)] == []


@pytest.mark.usefixtures("shared_readings")
def test_every_id_cited_is_a_sentence_of_the_dossier(done: PreRead, plumber: bytes, settings: Settings) -> None:
    official = official_wording(load("cycle-client-ia").content)
    ids = {s.id for s in components_of(settings).read((InputFile("dossier.pdf", plumber),), official, silent).sentences}
    for part in done.criteria:
        known = {e.id for e in part.evidence}
        cited = [sid for s in (*part.observation, *part.questions) for sid in s.citations]
        cited += [sid for r in part.requirements for sid in r.evidence]
        assert set(cited) <= known <= ids
        assert {sid for r in part.requirements for sid in r.search.nearest} <= ids


def test_every_page_is_in_the_ledger_and_unused_pages_are_listed(done: PreRead) -> None:
    assert [entry.page for entry in done.dossier.ledger] == list(range(1, 19))
    assert set(done.dossier.unused_pages) < set(range(1, 19))


def test_oral_criteria_have_questions_and_no_gaps(done: PreRead) -> None:
    oral = [part for part in done.criteria if part.id.startswith("Cr3")]
    assert len(oral) == 3
    for part in oral:
        assert {r.state for r in part.requirements} == {"oral_only"}
        assert part.gaps == ()
        assert part.questions


@pytest.mark.usefixtures("shared_readings")
def test_a_run_goes_on_after_the_last_finished_step(order: PreReadRequest, settings: Settings, done: PreRead) -> None:
    steps = MemorySteps()

    class Killed(Exception):
        pass

    def dies(step: str, done: int, total: int) -> None:
        if step == "rédaction":
            raise Killed

    with pytest.raises(Killed):
        preread(order, components_of(settings), steps, dies)
    seen: list[str] = []
    resumed = preread(order, components_of(settings), steps, lambda step, *_: seen.append(step))
    assert "lecture" not in seen
    assert "recherche" not in seen
    assert resumed.to_json() == done.to_json()


def test_pages_not_read_make_the_result_partial(settings: Settings) -> None:
    data = pdf(
        lines(["Je note chaque demande d'un client dans un tableau partagé."]),
        lambda canvas: canvas.rect(50, 50, 80, 80),
    )
    partial = preread(
        PreReadRequest.of(data, "d.pdf", load("cycle-client-ia")), components_of(settings), MemorySteps(), silent
    )
    assert partial.status == "partial"
    assert "2" in partial.reasons[0]
    gaps = [gap for part in partial.criteria for gap in part.gaps]
    assert gaps
    assert all("non lue" in gap.text for gap in gaps if "Aucun" in gap.text)


def test_pages_read_in_part_are_told_in_the_ledger_every_search_every_gap_and_the_reasons(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = pdf(lines(["Je note chaque demande d'un client dans un tableau partagé."]))
    whole = read_dossier(data, "d.pdf")
    entry = LedgerEntry(page=1, read="partial", words=10, reason="une image n’a pas été lue")
    monkeypatch.setattr(DossierReader, "__call__", lambda *_: replace(whole, ledger=(entry,)))
    order = PreReadRequest.of(data, "d.pdf", load("cycle-client-ia"))
    done = preread(order, components_of(settings), MemorySteps(), silent)
    (line,) = json.loads(done.to_json())["dossier"]["ledger"]
    assert (line["read"], line["reason"]) == ("partial", "une image n’a pas été lue")
    assert (done.status, done.reasons) == ("partial", ("Pages lues en partie\u00a0: 1.",))
    searches = [requirement.search for part in done.criteria for requirement in part.requirements]
    assert {search.pages_partial for search in searches} == {(1,)}
    gaps = [gap.text for part in done.criteria for gap in part.gaps]
    assert gaps
    assert all("lue en partie" in text for text in gaps)
    assert {one.state for one in done.deliverables} <= {"found", "unread"}


GRADE = re.compile(r"grade|mark|verdict|rank|percent|level|rating|decision|note\b|mention|acquis|points", re.I)


def test_no_type_of_a_pre_read_has_a_field_for_a_grade() -> None:
    models: list[Any] = [v for v in vars(result).values() if isinstance(v, type) and issubclass(v, BaseModel)]
    assert len(models) > 10
    named = [f"{m.__name__}.{name}" for m in models for name in m.model_fields if GRADE.search(name)]
    assert named == ["Evidence.rank"], "the place of a sentence in the order of reading; never of a candidate"


def test_a_refused_dossier_leaves_nothing_in_the_list(settings: Settings) -> None:
    with pytest.raises(UnreadableDossier):
        pre_read(settings, b"%PDF-1.4 rien")
    assert Application(settings).prereads.list(LOCAL) == ()


@pytest.mark.usefixtures("shared_readings")
def test_a_finished_pre_read_is_opened_not_made_again(plumber: bytes, settings: Settings) -> None:
    first = pre_read(settings, plumber)
    seen: list[str] = []
    second = pre_read(settings, plumber, progress=lambda step, *_: seen.append(step))
    assert seen == []
    assert (second.id, second.preread) == (first.id, first.preread)
