"""The order in which a juror reads a criterion's evidence: the likeliest first, each requirement served in turn."""

from collections.abc import Sequence

import numpy as np

from assistant.matching.signals import Array
from assistant.text import word_count

PATIENCE = 0.75
"""What a requirement's next sentence is worth after each one already served: lower means stricter turns."""


def reading_order(likelihood: Array, texts: Sequence[str], words: int) -> list[tuple[int, float]]:
    """Columns of `likelihood` (requirements x sentences) in reading order, with their likelihood, up to `words` words.

    Greedy: at each step the best sentence for any requirement, where a requirement that was served often waits.
    """
    queues = [best_first(row) for row in likelihood]
    place = [0] * len(queues)
    served = [0] * len(queues)
    chosen: dict[int, float] = {}
    spent = 0
    while spent < words:
        best: tuple[float, int, int] | None = None
        for requirement, queue in enumerate(queues):
            while place[requirement] < len(queue) and queue[place[requirement]] in chosen:
                place[requirement] += 1
            if place[requirement] == len(queue):
                continue
            sentence = queue[place[requirement]]
            worth = float(likelihood[requirement][sentence]) * PATIENCE ** served[requirement]
            if best is None or worth > best[0]:
                best = (worth, requirement, sentence)
        if best is None:
            break
        _, requirement, sentence = best
        chosen[sentence] = float(likelihood[:, sentence].max())
        served[requirement] += 1
        spent += word_count(texts[sentence])
    return list(chosen.items())


def best_first(row: Array) -> list[int]:
    """Places of `row` from the highest value to the lowest; equals keep the dossier's order."""
    return [int(place) for place in np.argsort(-row, kind="stable")]
