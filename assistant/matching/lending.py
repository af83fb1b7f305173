"""Words that the catalogue lends to a requirement for which nobody has written clues.

The requirements of the catalogue that ask nearly the same have clues. Their words, each by how near its requirement is
and how few requirements use it, are searched beside the requirement's own and weigh less than any of those: lent words
move a sentence up among its equals and never push out what the criterion itself says. Method: expansion by a kernel
over neighbours, in the manner of relevance models (Lavrenko and Croft, 2001).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from assistant.matching.concepts import spoken_of
from assistant.matching.embedding import LexicalEmbedder
from assistant.matching.weights import Array
from assistant.referentiel.model import Criterion, Requirement

ENOUGH = 4
"""Clues of its own with which a requirement borrows nothing; every bundled one has at least six."""
NEIGHBOURS = 20
NEARNESS = 4
"""Power of the cosine: the nearest requirements decide, many far ones together do not."""
MOST_WORDS = 60
WEIGHT = 0.5
"""Of the heaviest lent word; a word of the criterion's own weighs at least 1. From 0.3 to 0.5 as much is found."""

Lent = tuple[tuple[str, float], ...]
"""Tokens (stems and `§concept`) with their weights in a query."""


class Lenders:
    """Requirements with clues, ready to lend."""

    def __init__(self, lending: Iterable[tuple[Criterion, Requirement]]) -> None:
        pairs = [(criterion, one) for criterion, one in lending if one.clues]
        self._lending = tuple(one for _, one in pairs)
        self._vectors = LexicalEmbedder().embed([said(one.text, criterion.text) for criterion, one in pairs])
        self._words = [Counter(token for clue in one.clues for token in _tokens(clue)) for _, one in pairs]
        self._requirements = Counter(token for words in self._words for token in words)
        self._lent: dict[tuple[str, str], Lent] = {}

    def words(self, asked: str, subject: str) -> Lent:
        """What is lent to a requirement in these words, of a criterion in those; the heaviest first. Remembered."""
        if (asked, subject) not in self._lent:
            self._lent[asked, subject] = self._found(asked, subject)
        return self._lent[asked, subject]

    def _found(self, asked: str, subject: str) -> Lent:
        if not self._words:
            return ()
        near = self._nearness(asked, subject)
        weights: dict[str, float] = defaultdict(float)
        for place in np.argsort(-near, kind="stable")[:NEIGHBOURS].tolist():
            for token, count in self._words[place].items():
                rarity = math.log(len(self._words) / self._requirements[token])
                weights[token] += float(near[place]) ** NEARNESS * (1.0 + math.log(count)) * rarity
        own = _tokens(f"{asked} {subject}")
        heaviest = sorted(((w, t) for t, w in weights.items() if t not in own and w > 0), key=lambda p: (-p[0], p[1]))
        top = heaviest[0][0] if heaviest else 1.0
        return tuple((token, round(WEIGHT * weight / top, 4)) for weight, token in heaviest[:MOST_WORDS])

    def nearest(self, asked: str, subject: str, most: int) -> tuple[tuple[Requirement, float], ...]:
        """The `most` requirements that ask nearly the same, the nearest first, with their cosines."""
        if not self._words:
            return ()
        near = self._nearness(asked, subject)
        return tuple((self._lending[place], float(near[place])) for place in np.argsort(-near, kind="stable")[:most])

    def _nearness(self, asked: str, subject: str) -> Array:
        return np.asarray(np.maximum(self._vectors @ LexicalEmbedder().embed([said(asked, subject)])[0], 0.0))


def said(asked: str, subject: str) -> str:
    """The requirement's words twice, for they say it; the criterion's once, for they say what it is about."""
    return f"{asked} {asked} {subject}"


def _tokens(text: str) -> set[str]:
    return set(spoken_of(text).tokens)


def lending_of(criteria: Iterable[Criterion]) -> Sequence[tuple[Criterion, Requirement]]:
    """Each requirement with the criterion that asks it."""
    return [(criterion, one) for criterion in criteria for one in criterion.requirements]


@cache
def catalogue_lenders() -> Lenders:
    """The bundled référentiels. Loaded only where something is borrowed."""
    from assistant.referentiel.catalogue import available, load

    return Lenders(pair for name in available() for pair in lending_of(load(name).content.criteria()))
