"""How likely a juror cites a sentence for a criterion: its requirements seen together, and the sentence in its place.

Evidence comes in runs, belongs to few criteria, and says enough to be understood alone.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.matching.weights import Array
from assistant.text import word_count

FEATURES: Mapping[str, str] = {
    "best": "log odds that it serves the requirement it serves best",
    "criteria_before": "logarithm of one plus the criteria it serves better than this one",
    "sentences_before": "logarithm of one plus the sentences that serve this criterion better",
    "density": "logarithm of the likelihoods around it, each by its distance (a bell of 6 sentences)",
    "density_share": "the same less that of all criteria together: whose part of the dossier this is",
    "weaker_neighbour": "log odds of the less likely of the two sentences beside it",
    "second_neighbour": "log odds of the likelier of the two sentences next to those",
    "section": "mean log odds of the sentences of its section",
    "words": "its words, at most 40",
    "log_words": "logarithm of one plus its words",
}
"""Every value by name: what it measures and in what unit."""
Numbers = NDArray[np.float64]
REACH = 6.0
LONG = 40
NOTHING = -8.0
"""Log odds of a neighbour that is in another section."""
FAINT = 1e-3


def citing_features(
    likelihood: Array, groups: Sequence[Sequence[int]], section_of: NDArray[np.int64], texts: Sequence[str]
) -> Array:
    """An array (criteria, sentences, FEATURES) out of the likelihood of each requirement (rows) and sentence.

    `groups`: the rows of each criterion.
    """
    odds = np.stack([_odds(likelihood[list(rows)].max(axis=0)) for rows in groups])
    chance = 1.0 / (1.0 + np.exp(-odds))
    sections = section_of
    density = np.log(_around(chance) + FAINT)
    before, after = _beside(odds, sections, 1), _beside(odds, sections, -1)
    words = np.array([word_count(text) for text in texts], dtype=np.float64)
    columns = [
        odds,
        np.log1p((odds[None] > odds[:, None]).sum(axis=1)),
        np.log1p(np.argsort(np.argsort(-odds, axis=1, kind="stable"), axis=1, kind="stable")),
        density,
        density - np.log(np.exp(density).sum(axis=0, keepdims=True)),
        np.minimum(before, after),
        np.maximum(_beside(odds, sections, 2), _beside(odds, sections, -2)),
        _section_mean(odds, sections),
        np.broadcast_to(np.minimum(words, LONG), odds.shape),
        np.broadcast_to(np.log1p(words), odds.shape),
    ]
    return np.stack(columns, axis=2).astype(np.float32)


def _odds(chance: Array) -> Numbers:
    kept = np.clip(chance.astype(np.float64), 1e-4, 1 - 1e-4)
    return np.asarray(np.log(kept / (1 - kept)))


def _around(chance: Numbers) -> Numbers:
    """The likelihoods of the sentences around, each by its distance; a sentence adds nothing to its own."""
    total = np.zeros_like(chance)
    for step in range(1, min(3 * int(REACH), chance.shape[1] - 1) + 1):
        weight = np.exp(-0.5 * (step / REACH) ** 2)
        total[:, step:] += weight * chance[:, :-step]
        total[:, :-step] += weight * chance[:, step:]
    return total


def _beside(odds: Numbers, sections: NDArray[np.int64], step: int) -> Numbers:
    """The odds of the sentence `step` places before (after, when negative) in the same section."""
    beside = np.full_like(odds, NOTHING)
    if odds.shape[1] > abs(step):
        same = sections[abs(step) :] == sections[: -abs(step)]
        if step > 0:
            beside[:, step:] = np.where(same, odds[:, :-step], NOTHING)
        else:
            beside[:, :step] = np.where(same, odds[:, -step:], NOTHING)
    return beside


def _section_mean(odds: Numbers, sections: NDArray[np.int64]) -> Numbers:
    means = np.zeros_like(odds)
    for section in np.unique(sections):
        inside = sections == section
        means[:, inside] = odds[:, inside].mean(axis=1, keepdims=True)
    return means
