"""Figures on labelled dossiers; also makes the calibration and the ablation table. Development only."""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.components import components_of, drafter_of, hides, reader_of
from assistant.dossier.model import InputFile
from assistant.drafting.extractive import ExtractiveDrafter
from assistant.drafting.task import Drafter
from assistant.evaluation.ablation import ablate
from assistant.evaluation.calibrate import calibrate as fit_all
from assistant.evaluation.calibrate import leave_one_out
from assistant.evaluation.gold import Case, load_cases
from assistant.evaluation.observe import Observed, observe
from assistant.evaluation.recording import CALLS, keep_recording, replayed
from assistant.evaluation.report import ReportLine, as_json, as_table, overall, shown_table
from assistant.evaluation.run import BM25, OURS, VECTORS, MemorySteps, evaluate_case
from assistant.llm.calls import CallStore
from assistant.matching.calibration import FILE, Calibration, neutral
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import embedder
from assistant.preread import Components
from assistant.progress import silent
from assistant.referentiel.model import Referentiel
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Choices:
    """What `prelecture evaluate` was asked to do."""

    json_file: Path | None = None
    leave_out: bool = False
    calibrate: bool = False
    ablation: Path | None = None
    with_model: bool = False
    record: Path | None = None
    replay: Path | None = None
    only: tuple[str, ...] = ()
    lent: bool = False


def evaluate(actor: Actor, settings: Settings, folder: Path, choices: Choices) -> str:
    """What was measured, as a table to print ("" where a file was written instead).

    Raises PrelectureError for labels that do not validate or a dossier that cannot be read.
    """
    allow(actor, "maintain")
    cases = [case for case in load_cases(folder) if not choices.only or case.name in choices.only]
    with tempfile.TemporaryDirectory() as scratch:
        settings = settings.model_copy(update={"data_dir": Path(scratch)})
        store = VectorStore(Path(scratch) / "chroma")
        if choices.calibrate:
            made = fit_all(_observe(cases, _uncalibrated(settings), store))
            FILE.write_text(made.model_dump_json(indent=1) + "\n", encoding="utf-8")
            return f"calibration written: threshold {made.found}"
        settings, drafter = _drafters(settings, choices)
        tools = replace(components_of(settings), vectors=lambda: store)
        if choices.ablation:
            choices.ablation.write_text(ablate(cases, tools, store), encoding="utf-8")
            return ""
        if choices.lent:
            return _lent_table(cases, tools, store)
        fitted = leave_one_out(_observe(cases, tools, store)) if choices.leave_out else {}
        lines = _lines(cases, tools, store, fitted, drafter)
        if choices.record:
            keep_recording(choices.record, settings, tools.read.engine, hidden=hides(settings))
    if choices.json_file:
        choices.json_file.write_text(
            json.dumps(as_json(lines, choices.leave_out), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    ours = [line for line in lines if line.way == OURS]
    return f"{as_table(lines, choices.leave_out)}\n\n{shown_table(ours)}\n"


def _drafters(settings: Settings, choices: Choices) -> tuple[Settings, Callable[[], Drafter]]:
    """The settings to work with, and a fresh drafter for each dossier: budgets are counted for one."""
    if choices.replay:
        settings, calls = replayed(choices.replay, settings)
        return settings, partial(drafter_of, settings, calls)
    if choices.with_model or choices.record:
        calls = CallStore((choices.record or settings.data_dir) / CALLS)
        return settings, partial(drafter_of, settings, calls)
    settings = settings.model_copy(update={"model": None})
    return settings, ExtractiveDrafter


def _lent_table(cases: Sequence[Case], tools: Components, store: VectorStore) -> str:
    """What is found where a référentiel is made anew, with the clues that the others lend it, and without any."""
    from assistant.evaluation.lent_clues import measure, others, stripped
    from assistant.referentiel.authoring.lending import with_lent_clues
    from assistant.referentiel.authoring.requirements import with_requirements

    def lent(referentiel: Referentiel) -> Referentiel:
        whole = with_requirements(stripped(referentiel))
        return with_lent_clues(whole, others(referentiel), tools.embedder, store).referentiel

    ways = (
        ("its own clues", lambda one: one, False),
        ("criteria only", stripped, False),
        ("requirements by rules", lambda one: with_requirements(stripped(one)), False),
        ("+ lent words", lambda one: with_requirements(stripped(one)), True),
        ("+ lent clues", lent, True),
    )
    return measure(cases, tools, store, ways)


def _uncalibrated(settings: Settings) -> Components:
    """Components to measure signals with, before any calibration was made."""
    return Components(settings, reader_of(settings), embedder(settings), _no_store, ExtractiveDrafter(), neutral())


def _no_store() -> VectorStore:
    raise AssertionError("signals are measured in the store handed over")


def _observe(cases: Sequence[Case], tools: Components, store: VectorStore) -> list[Observed]:
    from assistant.referentiel.catalogue import load
    from assistant.referentiel.wording import official_wording

    observed = []
    for case in cases:
        referentiel = load(case.gold.referentiel)
        dossier = tools.read(
            (InputFile(case.pdf.name, case.pdf.read_bytes()),), official_wording(referentiel.content), silent
        )
        observed.append(observe(case, dossier, referentiel, tools.embedder, store))
    return observed


def _lines(
    cases: Sequence[Case],
    tools: Components,
    store: VectorStore,
    fitted: dict[str, Calibration],
    drafter: Callable[[], Drafter],
) -> list[ReportLine]:
    lines: list[ReportLine] = []
    for case in cases:
        own = replace(tools, calibration=fitted.get(case.name, tools.calibration), drafter=drafter())
        lines += evaluate_case(case, own, MemorySteps(), store, silent).lines
    return [*lines, *(overall(lines, way) for way in (OURS, VECTORS, BM25))]
