"""`python -m benchmarks.cohort [COHORT.YAML [--replay FOLDER]]`: how well a cohort is counted, how fast a large one shown.

The counts are held against a labelled cohort (a YAML file that names its dossiers), without a model, or with the one whose
calls a folder holds (`prelecture cohort … --record FOLDER`). The time is that of 200 made dossiers of 25 criteria: the whole
table, and the passages of one criterion.
"""

import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import yaml

from assistant.access.actor import LOCAL, OPERATOR, Actor
from assistant.application.door import Application
from assistant.application.folder_cohort import NamedFiles
from assistant.application.handing_in import UploadedFile
from assistant.application.recorded_cohort import Recording, count
from assistant.cohort_report import CohortReport
from assistant.matching.coverage import LEVELS, Coverage, CoveragePart, PassageAt
from assistant.progress import silent
from assistant.referentiel.catalogue import load
from assistant.settings import Settings
from assistant.store.cohorts import Cohorts, Coverages
from assistant.store.dossiers import Dossiers
from assistant.store.engine import writing
from assistant.store.prereads import NewPreRead, PreReads
from assistant.store.referentiels import Referentiels

NEAR = 0.3
NEAR_WITH_MODEL = 0.15
"""Shares of the truth within which a count is right, without a model and with one."""
DOSSIERS, LARGE = 200, "relation-client-adv"
WORDS = {"addressed": "found", "partial": "partial", "absent": "not_found"}


def print_counts(file: Path, replay: Path | None = None) -> None:
    """Counts a labelled cohort and prints what was right."""
    labels = yaml.safe_load(file.read_text(encoding="utf-8"))
    truth = {one["id"]: {part["id"]: WORDS[part["coverage"]] for part in one["criteria"]} for one in labels["dossiers"]}
    dossiers = [
        NamedFiles(one["id"], (UploadedFile(Path(one["file"]).name, (file.parent / one["file"]).read_bytes()),))
        for one in labels["dossiers"]
    ]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), model=None)
        if replay is None:
            counts = Application(settings).folder_cohorts.count(LOCAL, dossiers, labels["referentiel"], (), silent)
        else:
            recording = Recording(replay, fresh=False)
            counts = count(LOCAL, settings, recording, dossiers, labels["referentiel"], (), silent)
    _print_counts(counts.counted.report, truth, NEAR if replay is None else NEAR_WITH_MODEL)


def _print_counts(report: CohortReport, truth: dict[str, dict[str, str]], allowed: float) -> None:
    cells = right = 0
    for row in report.dossiers:
        for one in row.criteria:
            cells += 1
            right += (one.state == "not_found") == (truth[row.file][one.id] == "not_found")
    near = 0
    for line in report.criteria:
        known = sum(one[line.id] != "not_found" for one in truth.values())
        near += abs(line.with_ + line.partly - known) <= allowed * known
    least = sorted(report.criteria, key=lambda one: -one.without)[:3]
    print(f"presence of passages, cell by cell: {right / cells:.0%} of {cells}")
    print(
        f"counts of dossiers with passages within {allowed:.0%} of the truth: {near} of {len(report.criteria)} criteria"
    )
    for line in least:
        known = sum(states[line.id] == "not_found" for states in truth.values())
        print(f"most missing: {line.id}, without passages in {line.without} dossiers; in truth {known}")


def print_time() -> None:
    """A large cohort of made dossiers: seconds until the table and one criterion's passages are there."""
    with tempfile.TemporaryDirectory() as folder:
        application = Application(Settings(data_dir=Path(folder), model=None))
        trainer = application.people.join(OPERATOR, "Théo", "trainer")
        cohort = _made(application, trainer)
        criteria = len(tuple(load(LARGE).content.criteria()))
        for name in ("first", "again"):
            start = perf_counter()
            view = application.cohorts.view(trainer, cohort)
            shown = perf_counter() - start
            start = perf_counter()
            passages = application.cohorts.passages(trainer, cohort, view.criteria[0].id)
            print(
                f"{len(view.rows)} dossiers x {criteria} criteria, {name}: table {shown:.2f} s (2), "
                f"{len(passages)} passages of one criterion {perf_counter() - start:.2f} s (0.5)"
            )


def _made(application: Application, trainer: Actor) -> str:
    loaded = load(LARGE)
    criteria = tuple(loaded.content.criteria())
    dice = np.random.default_rng(0)
    with writing(application.engine) as connection:
        Referentiels(connection).keep(loaded.sha256, loaded.content.id, loaded.content.version, "", loaded.source)
        cohort = Cohorts(connection).add(trainer.person, "Grande", loaded.sha256, loaded.content.id, ())
        for number in range(DOSSIERS):
            dossier = Dossiers(connection).add(trainer.person, f"{number}.pdf").id
            asked = NewPreRead(trainer.person, dossier, loaded.sha256, loaded.content.id, ())
            preread = PreReads(connection).add(asked, status="running").id
            PreReads(connection).finish(preread, "complete")
            parts = []
            for criterion in criteria:
                level = float(LEVELS[dice.integers(3)] + dice.normal(0, 0.6)) / 2
                passages = tuple(
                    PassageAt(id=f"p{place}s1", page=place, text="Une phrase du dossier, assez longue. " * 4)
                    for place in (1, 2, 3)
                )
                parts.append(
                    CoveragePart(
                        id=criterion.id, near=level, requirements={one.id: level for one in criterion.asked},
                        states={one.id: "found" for one in criterion.asked}, passages=passages,
                        told=tuple(f"p{place}s1" for place in range(30)),
                    )
                )  # fmt: skip
            made = Coverage(drafter="extractive", sentences=60, criteria=tuple(parts))
            Coverages(connection).save(preread, made.model_dump_json())
            Cohorts(connection).join(cohort.id, dossier)
    return cohort.id


if __name__ == "__main__":
    print_time()
    if "--replay" in sys.argv:
        print_counts(Path(sys.argv[1]), Path(sys.argv[3]))
    else:
        for name in sys.argv[1:]:
            print_counts(Path(name))
