"""`python -m benchmarks.cohort_fit COHORT.YAML`: the constants of `matching.coverage`, fitted on a labelled cohort.

To be done anew after each calibration: levels are log odds under it. Prints the constants, and how well each dossier is
told when its labels are left out of them. Method: expectation-maximisation of a linear model with random effects
(criteria, dossiers) around the mean level of each labelled state.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.access.actor import LOCAL
from assistant.application.coverages import coverages_of
from assistant.application.door import Application
from assistant.application.handing_in import UploadedFile
from assistant.application.installation import Installation
from assistant.matching import coverage as estimate
from assistant.matching.coverage import Coverage
from assistant.progress import silent
from assistant.settings import Settings
from assistant.store.prereads import PreReads

Numbers = NDArray[np.float64]
STATES = ("absent", "partial", "addressed")
ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Constants:
    """Of `matching.coverage`: LEVELS, the three spreads, SHARES."""

    levels: Numbers
    spread: float
    criteria_spread: float
    dossiers_spread: float
    shares: Numbers


def fitted(level: Numbers, state: NDArray[np.int64]) -> Constants:
    """For levels and labelled states (0 to 2) of shape (dossiers, criteria)."""
    mean = np.array([level[state == one].mean() for one in range(3)])
    criterion, dossier = np.zeros(level.shape[1]), np.zeros(level.shape[0])
    noise, between_criteria, between_dossiers = 1.0, 0.3, 0.3
    for _ in range(ROUNDS):
        left = level - mean[state]
        criterion = (left - dossier[:, None]).sum(axis=0) / (len(dossier) + noise / between_criteria)
        dossier = (left - criterion[None]).sum(axis=1) / (len(criterion) + noise / between_dossiers)
        off = criterion[None] + dossier[:, None]
        mean = np.array([(level - off)[state == one].mean() for one in range(3)])
        noise = float(((level - mean[state] - off) ** 2).mean())
        between_criteria = _variance(criterion, noise, between_criteria, len(dossier))
        between_dossiers = _variance(dossier, noise, between_dossiers, len(criterion))
    shares = np.bincount(state.ravel(), minlength=3) / state.size
    return Constants(mean, noise**0.5, between_criteria**0.5, between_dossiers**0.5, shares)


def _variance(effect: Numbers, noise: float, before: float, count: int) -> float:
    return float(np.mean(effect**2 + noise * before / (noise + count * before)))


def use(constants: Constants) -> None:
    """Puts other constants in the place of the installed ones, for this process."""
    estimate.LEVELS, estimate.SHARES = constants.levels, constants.shares
    estimate.SPREAD = constants.spread
    estimate.CRITERIA_SPREAD, estimate.DOSSIERS_SPREAD = constants.criteria_spread, constants.dossiers_spread


def print_fit(file: Path) -> None:
    """Reads the cohort, fits, and leaves each dossier out in turn."""
    labels = yaml.safe_load(file.read_text(encoding="utf-8"))
    names = [one["id"] for one in labels["dossiers"][0]["criteria"]]
    state = np.array([[STATES.index(part["coverage"]) for part in one["criteria"]] for one in labels["dossiers"]])
    read = _read(file, labels)
    level = np.array([[_level(one, name) for name in names] for one in read])
    found = []
    for left in range(len(read)):
        kept = [place for place in range(len(read)) if place != left]
        use(fitted(level[kept], state[kept]))
        told = estimate.states(read, names)[left]
        found.append([told[name] != "not_found" for name in names])
    there = state > 0
    off = np.abs(np.array(found).sum(axis=0) - there.sum(axis=0))
    print(f"left out in turn: presence right in {(np.array(found) == there).mean():.0%} of {there.size} cells")
    print(f"counts within 30% of the truth: {(off <= 0.3 * there.sum(axis=0)).sum()} of {len(names)} criteria")
    print(f"off by {off.mean():.2f} dossiers on average, of {len(read)}")
    print(fitted(level, state))


def _level(one: Coverage, name: str) -> float:
    part = next(part for part in one.criteria if part.id == name)
    return part.level - estimate.PER_DOUBLING * float(np.log2(one.sentences / estimate.USUAL))


def _read(file: Path, labels: dict[str, list[dict[str, str]]]) -> list[Coverage]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), model=None)
        application, installation = Application(settings), Installation(settings)
        found = []
        for one in labels["dossiers"]:
            data = (file.parent / one["file"]).read_bytes()
            uploaded = [UploadedFile(Path(one["file"]).name, data)]
            preread = application.prereads.add(LOCAL, uploaded, str(labels["referentiel"]))
            application.jobs.run(LOCAL, preread, silent)
            with installation.reading() as connection:
                record = PreReads(connection).get(preread)
            assert record is not None
            found.append(coverages_of(installation, [record])[preread])
        return found


if __name__ == "__main__":
    print_fit(Path(sys.argv[1]))
