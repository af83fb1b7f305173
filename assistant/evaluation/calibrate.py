"""Fitting the weights and the threshold on labelled dossiers, all of them or all but one."""

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.evaluation.observe import Observed
from assistant.matching.calibration import Calibration, bar_at
from assistant.matching.citing import FEATURES, citing_features
from assistant.matching.match import serving
from assistant.matching.signals import NAMES
from assistant.matching.weights import Array, Weights, fit, silent_weights

START = ("clues", "requirement", "passage", "vector", "clue_share")
LOWERING = frozenset({"counter", "echo", "slogan", "intention"})
"""Signals that may lower a sentence, never raise it."""
ROUNDS = 4
SIGNAL_RIDGE, CITING_RIDGE = 30.0, 30.0
THRESHOLDS = tuple(round(0.005 * step, 3) for step in range(2, 60))
FALSE_ABSENCES = 0.02
"""Largest share of the requirements of addressed criteria that may be called unfound on dossiers left out: a false
absence misleads a juror more than a false presence, which they see at once when they read the passage."""


def calibrate(observed: Sequence[Observed]) -> Calibration:
    """The weights of the signals on these dossiers; the rest on how each dossier looks when it is left out of them."""
    signals = fit_signals(observed)
    seen = {
        one.case.name: (
            fit_signals([other for other in observed if other is not one]) if len(observed) > 1 else signals
        ).likelihood(one.signals)
        for one in observed
    }
    return Calibration(signals=signals, citing=_fit_citing(observed, seen), found=_threshold(observed, seen))


def leave_one_out(observed: Sequence[Observed]) -> dict[str, Calibration]:
    """For each dossier, the calibration made on all the others."""
    return {
        left.case.name: calibrate([one for one in observed if one.case.name != left.case.name]) for left in observed
    }


def fit_signals(observed: Sequence[Observed]) -> Weights:
    """How well a sentence serves a requirement.

    A label says which criterion a sentence serves, not which requirement: each sentence is taken for the requirement
    it fits best under the weights of the round before (hard expectation-maximisation).
    """
    start = tuple(1.0 if name in START else 0.0 for name in NAMES)
    weights = silent_weights(NAMES).model_copy(update={"weights": start})
    for _ in range(ROUNDS):
        rows, labels = [], []
        for one in observed:
            likelihood = weights.likelihood(one.signals)
            for label, group in one.groups:
                best = np.array(group)[likelihood[group].argmax(axis=0)]
                rows.append(one.signals[best, np.arange(one.signals.shape[1])])
                labels.append(one.cited[label.id])
        weights = fit(
            np.vstack(rows).astype(np.float64),
            np.concatenate(labels).astype(np.float64),
            NAMES,
            SIGNAL_RIDGE,
            LOWERING,
        )
    return weights


def _fit_citing(observed: Sequence[Observed], seen: Mapping[str, Array]) -> Weights:
    """How likely a sentence is cited for a criterion."""
    rows, labels = [], []
    for one in observed:
        groups = one.groups
        features = citing_features(
            seen[one.case.name], [group for _, group in one.every_group], one.field.section_of, one.field.texts
        )
        place = {name: number for number, (name, _) in enumerate(one.every_group)}
        for label, _ in groups:
            rows.append(features[place[label.id]])
            labels.append(one.cited[label.id])
    return fit(
        np.vstack(rows).astype(np.float64), np.concatenate(labels).astype(np.float64), tuple(FEATURES), CITING_RIDGE
    )


def _threshold(observed: Sequence[Observed], seen: Mapping[str, Array]) -> float:
    """The highest threshold with few false absences: what lies below it is worth a look, never a claim."""
    allowed = [t for t in THRESHOLDS if false_absences(observed, seen, t) <= FALSE_ABSENCES]
    return max(allowed, default=THRESHOLDS[0])


def false_absences(observed: Sequence[Observed], seen: Mapping[str, Array], threshold: float) -> float:
    """The share of the requirements of addressed criteria that are called unfound."""
    found: list[bool] = []
    for one in observed:
        bar = bar_at(threshold, len(one.field.sentences))
        for label, group in one.groups:
            if label.coverage == "addressed":
                found += [bool(row.any()) for row in serving(seen[one.case.name][group], bar)]
    return 1.0 - sum(found) / max(1, len(found))
