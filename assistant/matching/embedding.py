"""Vectors without a download: a lexical embedding of our own, behind the seam any other embedding fits.

Method: feature hashing (Weinberger et al., 2009) of stems, thesaurus concepts and character trigrams (which bridge
spelling mistakes and word families), with signs, sublinear counts, and unit length.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.matching.concepts import spoken_of
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.privacy.mask import Mask

Vectors = NDArray[np.float32]
DIMENSIONS = 1024
CONCEPT_WEIGHT = 1.2
TRIGRAM_WEIGHT = 0.35


class Embedder(Protocol):
    """Turns texts into unit vectors; `name` goes into the collection's name, so that two kinds never mix."""

    @property
    def name(self) -> str: ...

    @property
    def leaves(self) -> bool:
        """Whether texts leave this process to become vectors."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors: ...


class LexicalEmbedder:
    """The embedded default: no model, no network, the same vector on every machine."""

    name = "lexical-1"
    leaves = False

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of `DIMENSIONS` per text; a text without words gives the zero vector's stand-in, a fixed axis."""
        matrix = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            places, values = _entries(text)
            np.add.at(matrix[row], places, values)
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        empty = lengths[:, 0] == 0
        matrix[empty, 0] = 1.0
        lengths[empty] = 1.0
        return np.asarray(matrix / lengths, dtype=np.float32)


@lru_cache(maxsize=8_192)
def _entries(text: str) -> tuple[NDArray[np.int16], Vectors]:
    """Places of a text's features, and what each adds there, in their order: a référentiel's clues are asked for each
    dossier."""
    features = _features(text)
    put = [_place(feature) for feature in features]
    values = [sign * count for (_, sign), count in zip(put, features.values(), strict=True)]
    return np.array([place for place, _ in put], dtype=np.int16), np.array(values, dtype=np.float32)


def unit(vectors: Vectors) -> Vectors:
    """Rows of length 1; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    made: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return made


def _features(text: str) -> dict[str, float]:
    counts = Counter(spoken_of(text).tokens)
    features: dict[str, float] = {}
    for token, count in counts.items():
        weight = 1.0 + math.log(count)
        features[token] = weight * (CONCEPT_WEIGHT if token.startswith("§") else 1.0)
        if not token.startswith("§"):
            grams = _trigrams(token)
            for gram in grams:
                features[gram] = features.get(gram, 0.0) + weight * TRIGRAM_WEIGHT / math.sqrt(len(grams))
    return features


@cache
def _trigrams(token: str) -> tuple[str, ...]:
    padded = f"<{token}>"
    return tuple(f"#{padded[i : i + 3]}" for i in range(len(padded) - 2))


@cache
def _place(feature: str) -> tuple[int, float]:
    number = int.from_bytes(blake2b(feature.encode(), digest_size=8).digest(), "big")
    return number % DIMENSIONS, 1.0 if number >> 63 else -1.0


def private_embedder(inner: Embedder, mask: "Callable[[], Mask]") -> Embedder:
    """The embedder itself where nothing leaves, else one that hides first; `mask` is made only then."""
    if not inner.leaves:
        return inner
    from assistant.matching.remote_embedding import MaskedEmbedder

    return MaskedEmbedder(inner, mask())


def embedder(settings: Settings) -> Embedder:
    """The endpoint that is set, or the embedded default."""
    if not settings.embedding_model:
        return LexicalEmbedder()
    from assistant.matching.remote_embedding import RemoteEmbedder

    return RemoteEmbedder(settings)
