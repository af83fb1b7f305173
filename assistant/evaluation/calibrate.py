"""Fitting the weights and the threshold on labelled dossiers, all of them or all but one."""

from collections.abc import Sequence

import numpy as np

from assistant.evaluation.metrics import STATE_OF
from assistant.evaluation.observe import Observed
from assistant.matching.calibration import Calibration, fit, neutral
from assistant.matching.signals import NAMES, Array

START = ("clues", "requirement", "passage", "vector", "clue_share")
ROUNDS = 4
THRESHOLDS = tuple(round(0.02 * step, 2) for step in range(1, 48))
ABSENCE_COST = 3.0
"""A false absence misleads a juror more than a false presence, which they see at once when they read the passage."""


def calibrate(observed: Sequence[Observed]) -> Calibration:
    """Weights, then the threshold of "found", on these dossiers.

    A label says which criterion a sentence serves, not which requirement: each sentence is taken for the requirement
    it fits best under the weights of the round before (hard expectation-maximisation).
    """
    weights = _start()
    for _ in range(ROUNDS):
        rows, labels = [], []
        for one in observed:
            likelihood = weights.likelihood(one.signals)
            for label, group in one.groups:
                best = np.array(group)[likelihood[group].argmax(axis=0)]
                rows.append(one.signals[best, np.arange(one.signals.shape[1])])
                labels.append(one.cited(label))
        weights = fit(np.vstack(rows).astype(np.float64), np.concatenate(labels).astype(np.float64), found=0.5)
    return weights.model_copy(update={"found": best_threshold(observed, weights)})


def leave_one_out(observed: Sequence[Observed]) -> dict[str, Calibration]:
    """For each dossier, the calibration made on all the others."""
    return {
        left.case.name: calibrate([one for one in observed if one.case.name != left.case.name]) for left in observed
    }


def _start() -> Calibration:
    weights = tuple(1.0 if name in START else 0.0 for name in NAMES)
    return neutral().model_copy(update={"weights": weights})


def best_threshold(observed: Sequence[Observed], weights: Calibration) -> float:
    """The threshold with the best agreement of states, false absences counting for more; the lowest of the best."""
    tops = [
        (label.coverage, tops_of(weights.likelihood(one.signals[group])))
        for one in observed
        for label, group in one.groups
    ]
    return max(THRESHOLDS, key=lambda t: (sum(_worth(coverage, top, t) for coverage, top in tops), -t))


def tops_of(likelihood: Array) -> tuple[float, ...]:
    """The likelihood of the best sentence of each requirement."""
    return tuple(float(row.max()) for row in likelihood)


def _worth(coverage: str, tops: Sequence[float], threshold: float) -> float:
    if coverage == "oral":
        return 0.0
    met = sum(top >= threshold for top in tops)
    state = "found" if met == len(tops) else "partial" if met else "not_found"
    missed = coverage in {"addressed", "partial"} and state == "not_found"
    return float(STATE_OF[coverage] == state) - ABSENCE_COST * missed
