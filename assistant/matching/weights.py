"""A logistic regression with few weights: fitted on labelled dossiers, judged on dossiers left out."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

Array = NDArray[np.float32]
ROUNDS = 30


class Weights(BaseModel):
    """One weight per named value, on values centred by `mean` and scaled by `spread`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: tuple[str, ...]
    mean: tuple[float, ...]
    spread: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    @model_validator(mode="after")
    def _one_of_each(self) -> "Weights":
        if not len(self.names) == len(self.mean) == len(self.spread) == len(self.weights):
            raise ValueError("names, mean, spread and weights must have the same length")
        return self

    def likelihood(self, values: Array) -> Array:
        """The chance, 0 to 1, that a juror cites: the last axis (one value per name) is folded."""
        scaled = (values - np.array(self.mean)) / np.array(self.spread)
        total = scaled @ np.array(self.weights) + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(total, -30, 30))), dtype=np.float32)


def silent_weights(names: Sequence[str]) -> Weights:
    """Weights that say nothing."""
    count = len(names)
    return Weights(names=tuple(names), mean=(0.0,) * count, spread=(1.0,) * count, weights=(0.0,) * count, bias=0.0)


def fit(
    rows: NDArray[np.float64],
    labels: NDArray[np.float64],
    names: Sequence[str],
    ridge: float,
    lowering: Collection[str] = (),
) -> Weights:
    """Fits weights to `rows` (sentences x names) and `labels` (1.0 where a juror cites the sentence).

    Newton's method with a ridge penalty on all weights but the bias. A value of `lowering` that the labels would make
    a merit is left out, and the others fitted again.
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread > 1e-6, spread, 1.0)
    scaled = (rows - mean) / spread
    used = np.ones(rows.shape[1], dtype=bool)
    while True:
        weights, bias = _newton(scaled * used, labels, ridge)
        wrong = [place for place, name in enumerate(names) if name in lowering and weights[place] > 0]
        if not wrong:
            break
        used[wrong] = False
    return Weights(
        names=tuple(names),
        mean=_rounded(mean),
        spread=_rounded(spread),
        weights=_rounded(weights),
        bias=round(bias, 6),
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
