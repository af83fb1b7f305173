"""Fitting the weights and the threshold on labelled dossiers, all of them or all but one."""

from collections.abc import Sequence

import numpy as np

from assistant.evaluation.metrics import STATE_OF, State
from assistant.evaluation.observe import Observed
from assistant.matching.calibration import Calibration, fit, neutral
from assistant.matching.signals import NAMES, Array

START = ("clues", "requirement", "passage", "vector", "clue_share")
ROUNDS = 4
THRESHOLDS = tuple(round(0.02 * step, 2) for step in range(1, 48))
FALSE_ABSENCES = 0.02
"""Largest share of criteria with evidence that may be called absent on the dossiers calibrated on: a false absence
misleads a juror more than a false presence, which they see at once when they read the passage."""


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
    """The threshold that serves the three states evenly, among those with few false absences; the lowest of the best.

    Evenly: the mean of the shares of addressed, partial and absent criteria that get their own state. Agreement alone
    would never say "not found", since few labelled criteria are absent.
    """
    tops = [
        (label.coverage, tops_of(weights.likelihood(one.signals[group])))
        for one in observed
        for label, group in one.groups
        if label.coverage != "oral"
    ]
    present = sum(coverage != "absent" for coverage, _ in tops)
    allowed = [t for t in THRESHOLDS if _missed(tops, t) <= FALSE_ABSENCES * present] or [THRESHOLDS[0]]
    return max(allowed, key=lambda t: (round(_evenly(tops, t), 6), -t))


Tops = Sequence[tuple[str, Sequence[float]]]


def tops_of(likelihood: Array) -> tuple[float, ...]:
    """The likelihood of the best sentence of each requirement."""
    return tuple(float(row.max()) for row in likelihood)


def state_at(tops: Sequence[float], threshold: float) -> State:
    """All requirements found, some, or none."""
    met = sum(top >= threshold for top in tops)
    return "found" if met == len(tops) else "partial" if met else "not_found"


def _missed(tops: Tops, threshold: float) -> int:
    return sum(coverage != "absent" and state_at(best, threshold) == "not_found" for coverage, best in tops)


def _evenly(tops: Tops, threshold: float) -> float:
    shares = []
    for kind in ("addressed", "partial", "absent"):
        states = [state_at(best, threshold) for coverage, best in tops if coverage == kind]
        if states:
            shares.append(states.count(STATE_OF[kind]) / len(states))
    return sum(shares) / max(1, len(shares))
