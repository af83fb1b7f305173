"""BM25 over stems and concepts: bm25s keeps the statistics of the texts, queries carry weights of their own."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.matching.concepts import spoken_of

Scores = NDArray[np.float32]
Query = Mapping[str, float]
"""Token (a stem or a `§concept`) -> weight."""


def query_of(texts: Iterable[str]) -> dict[str, float]:
    """One query out of several phrasings: a token said by many of them weighs more, but not in proportion."""
    counts = Counter(token for text in texts for token in set(spoken_of(text).tokens))
    return {token: 1.0 + math.log(count) for token, count in sorted(counts.items())}


def load() -> None:
    """Loads the library ahead of its first use."""
    import bm25s  # noqa: F401


class LexicalIndex:
    """The texts of one dossier (sentences, passages or sections), ready for weighted BM25 queries."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        corpus = [list(spoken_of(text).tokens) for text in texts]
        self._size = len(corpus)
        self._known = {token for tokens in corpus for token in tokens}
        self._documents = Counter(token for tokens in corpus for token in set(tokens))
        self._index = bm25s.BM25(method="lucene")
        if self._known:
            self._index.index(corpus, show_progress=False)
        self._columns: dict[str, Scores] = {}

    def scores(self, queries: Sequence[Query]) -> Scores:
        """BM25 of every query (rows) with every text (columns)."""
        tokens = sorted({token for query in queries for token in query if token in self._known})
        if not tokens:
            return np.zeros((len(queries), self._size), dtype=np.float32)
        place = {token: i for i, token in enumerate(tokens)}
        weights = np.zeros((len(queries), len(tokens)), dtype=np.float32)
        for row, query in enumerate(queries):
            for token, weight in query.items():
                if token in place:
                    weights[row, place[token]] = weight
        product: Scores = weights @ np.stack([self._column(token) for token in tokens])
        return product

    @property
    def rarest(self) -> float:
        """The rarity of a token that none of these texts has."""
        return math.log(1 + (self._size + 0.5) / 0.5)

    def rarity(self, token: str) -> float:
        """Inverse document frequency of `token` among these texts; a token never seen is the rarest of all."""
        return math.log(1 + (self._size - self._documents[token] + 0.5) / (self._documents[token] + 0.5))

    def _column(self, token: str) -> Scores:
        if token not in self._columns:
            self._columns[token] = np.asarray(self._index.get_scores([token]), dtype=np.float32)
        return self._columns[token]


SHORT = 1.5
"""Tokens as rare as any that are added to every clue's: a clue of two common words is soon held whole, and that says
little."""


def coverage(index: LexicalIndex, clues: Sequence[str], texts: Sequence[str]) -> Scores:
    """For each clue (rows) the share of its rarity that each text (columns) has.

    It comes near 1 when all the tokens of a long clue are there; a short clue counts for less (`SHORT`).
    """
    wanted = [sorted(set(spoken_of(clue).tokens)) for clue in clues]
    damping = SHORT * index.rarest
    place = {token: i for i, token in enumerate(sorted({token for tokens in wanted for token in tokens}))}
    weights = np.zeros((len(clues), len(place)), dtype=np.float32)
    for row, tokens in enumerate(wanted):
        rarities = [index.rarity(token) for token in tokens]
        for token, rarity in zip(tokens, rarities, strict=True):
            weights[row, place[token]] = rarity / (sum(rarities) + damping)
    present = np.zeros((len(place), len(texts)), dtype=np.float32)
    for column, text in enumerate(texts):
        for token in set(spoken_of(text).tokens) & place.keys():
            present[place[token], column] = 1.0
    shares: Scores = weights @ present
    return shares
