"""The order in which a juror reads a criterion's evidence, and how much of it is shown unfolded."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from assistant.matching.weights import Array
from assistant.text import word_count

MOST_WORDS = 150
"""Words of a criterion's evidence shown unfolded."""
LEAST_WORDS = 60
"""The same in a short dossier with many criteria: two sentences."""
SHARE = 0.4
"""Of a dossier's words, the largest part that all criteria together show unfolded."""
FULL = 12
"""Room for so few words is not filled with whatever fits."""
UNSERVED = 1.5
"""How much more a sentence is worth while it serves a requirement that nothing chosen serves."""

BESIDE = 0.8
"""What a sentence is worth beside one already chosen: two neighbours often tell one thing, another place tells more."""


def best_first(row: Array) -> list[int]:
    """Places of `row` from the highest value to the lowest; equals keep the dossier's order."""
    return [int(place) for place in np.argsort(-row, kind="stable")]


def unfolded_words(dossier_words: int, criteria: int) -> int:
    """The words that each criterion may show unfolded."""
    return int(max(LEAST_WORDS, min(MOST_WORDS, SHARE * dossier_words / max(1, criteria))))


def unfolded(
    citing: Array,
    serves: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]",
    texts: Sequence[str],
    words: int,
    beside: float = BESIDE,
) -> list[int]:
    """The sentences to show, best first, within `words` words: the likeliest ones, requirements not yet served before
    others, other places before neighbours. `serves[r, s]`: sentence s is held to serve requirement r; `beside`: what a
    sentence is worth beside one already chosen."""
    lengths = _lengths(tuple(texts))
    left = np.array([0 < length <= words for length in lengths])
    unserved = serves.any(axis=1)
    apart = np.ones(len(texts))
    chosen: list[int] = []
    room = words
    while left.any() and (room > FULL or not chosen):
        needed = serves[unserved].any(axis=0) if unserved.any() else np.zeros(len(texts), dtype=bool)
        worth = np.where(left, citing * apart * np.where(needed, UNSERVED, 1.0), -1.0)
        best = int(worth.argmax())
        left[best] = False
        if lengths[best] > room:
            continue
        chosen.append(best)
        room -= lengths[best]
        unserved &= ~serves[:, best]
        apart[max(0, best - 1) : best] *= beside
        apart[best + 1 : best + 2] *= beside
    return chosen


@lru_cache(maxsize=4)
def _lengths(texts: tuple[str, ...]) -> tuple[int, ...]:
    """Words of each text: asked for once for every criterion of a dossier."""
    return tuple(word_count(text) for text in texts)


def reading_order(first: Sequence[int], citing: Array, texts: Sequence[str], words: int) -> list[int]:
    """What is shown unfolded, then the other sentences from the likeliest, up to `words` words in all."""
    order: list[int] = []
    spent = 0
    for place in dict.fromkeys([*first, *best_first(citing)]):
        if spent >= words:
            break
        order.append(place)
        spent += word_count(texts[place])
    return order
