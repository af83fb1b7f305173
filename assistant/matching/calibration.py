"""The weights of the signals and the threshold of "found": made by `prelecture evaluate --calibrate`, kept in a file.

A logistic regression over the signals (ridge penalty, Newton's method): few weights, fitted on labelled dossiers,
judged on dossiers left out. It orders sentences and says above which value a requirement counts as "found".
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

from assistant.matching.signals import NAMES, Array

FILE = Path(__file__).with_name("calibration.json")
RIDGE = 30.0
ROUNDS = 30
LOWERING = frozenset({"counter", "echo", "slogan", "intention"})
"""Signals that may lower a sentence, never raise it."""


class Calibration(BaseModel):
    """One weight per signal, on signals centred by `mean` and scaled by `spread`; `found` is a probability."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    signals: tuple[str, ...]
    mean: tuple[float, ...]
    spread: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    found: float

    @model_validator(mode="after")
    def _one_weight_per_signal(self) -> "Calibration":
        if not len(self.signals) == len(self.mean) == len(self.spread) == len(self.weights):
            raise ValueError("signals, mean, spread and weights must have the same length")
        if self.signals != NAMES:
            raise ValueError("calibrated for other signals: run `prelecture evaluate --calibrate`")
        return self

    def likelihood(self, signals: Array) -> Array:
        """How likely a juror would cite each sentence: the last axis (signals) is folded into a value in 0..1."""
        scaled = (signals - np.array(self.mean)) / np.array(self.spread)
        value = scaled @ np.array(self.weights) + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(value, -30, 30))), dtype=np.float32)


def neutral() -> Calibration:
    """Weights that say nothing, to measure signals before any calibration was made."""
    count = len(NAMES)
    return Calibration(
        signals=NAMES, mean=(0.0,) * count, spread=(1.0,) * count, weights=(0.0,) * count, bias=0.0, found=0.5
    )


@cache
def calibration() -> Calibration:
    """The calibration of this installation."""
    return Calibration.model_validate_json(FILE.read_text(encoding="utf-8"))


def fit(rows: NDArray[np.float64], labels: NDArray[np.float64], found: float, ridge: float = RIDGE) -> Calibration:
    """Fits the weights to `rows` (sentences x signals) and `labels` (1.0 where a juror cites the sentence).

    A signal of LOWERING that the labels would make a merit is left out, and the others fitted again.
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread > 1e-6, spread, 1.0)
    scaled = (rows - mean) / spread
    used = np.ones(rows.shape[1], dtype=bool)
    while True:
        weights, bias = _newton(scaled * used, labels, ridge)
        wrong = [place for place, name in enumerate(NAMES) if name in LOWERING and weights[place] > 0]
        if not wrong:
            break
        used[wrong] = False
    return Calibration(
        signals=NAMES,
        mean=_rounded(mean),
        spread=_rounded(spread),
        weights=_rounded(weights),
        bias=round(bias, 6),
        found=found,
    )


def _newton(
    scaled: NDArray[np.float64], labels: NDArray[np.float64], ridge: float
) -> tuple[NDArray[np.float64], float]:
    design = np.hstack([scaled, np.ones((len(scaled), 1))])
    penalty = ridge * np.eye(design.shape[1])
    penalty[-1, -1] = 0.0
    weights = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (labels - chance) - penalty @ weights
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    weights[:-1][~scaled.any(axis=0)] = 0.0
    return weights[:-1], float(weights[-1])


def _rounded(values: Sequence[float] | NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)
