"""Vectors without a download: a lexical embedding of our own, behind the seam any other embedding fits.

Method: feature hashing (Weinberger et al., 2009) of stems, thesaurus concepts and character trigrams (which bridge
spelling mistakes and word families), with signs, sublinear counts, and unit length.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import blake2b
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexFailure
from assistant.matching.concepts import spoken_of
from assistant.privacy.door import checked, http_client
from assistant.privacy.mask import Mask
from assistant.settings import Settings

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
            for feature, count in _features(text).items():
                place, sign = _place(feature)
                matrix[row, place] += sign * count
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        empty = lengths[:, 0] == 0
        matrix[empty, 0] = 1.0
        lengths[empty] = 1.0
        return np.asarray(matrix / lengths, dtype=np.float32)


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


class RemoteEmbedder:
    """Any OpenAI-compatible embeddings endpoint. Only masked texts are sent."""

    BATCH = 64
    leaves = True

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.name = f"{settings.embedding_model}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Raises IndexFailure when the endpoint refuses, does not answer, or answers something else than vectors;
        Unmasked when a text passed no mask."""
        import openai

        checked(*texts)

        key = self._settings.embedding_api_key
        client = openai.OpenAI(
            api_key=key.get_secret_value() if key else "none",
            base_url=self._settings.embedding_base_url,
            timeout=self._settings.embedding_seconds,
            max_retries=2,
            http_client=http_client(self._settings.embedding_seconds),
        )
        rows: list[list[float]] = []
        try:
            for start in range(0, len(texts), self.BATCH):
                answer = client.embeddings.create(
                    model=self.name, input=list(texts[start : start + self.BATCH]), encoding_format="float"
                )
                rows += [item.embedding for item in sorted(answer.data, key=lambda item: item.index)]
            vectors = np.asarray(rows, dtype=np.float32)
        except (openai.OpenAIError, ValueError, TypeError) as error:
            raise IndexFailure(
                "Le service de vecteurs (embeddings) ne répond pas comme prévu : vérifiez "
                "PRELECTURE_EMBEDDING_BASE_URL, le modèle et la clé, ou retirez ces réglages."
            ) from error
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True) if vectors.ndim == 2 else np.zeros((0, 1))
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all() or (lengths == 0).any():
            raise IndexFailure(
                "Le service de vecteurs (embeddings) a répondu des vecteurs inutilisables : changez de modèle."
            )
        return (vectors / lengths).astype(np.float32)


class MaskedEmbedder:
    """An embedder that is shown texts through the mask of one dossier."""

    leaves = True

    def __init__(self, inner: Embedder, mask: Mask) -> None:
        self._inner, self._mask = inner, mask
        self.name = inner.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._inner.embed([self._mask.hide(text) for text in texts])


def private_embedder(inner: Embedder, mask: Callable[[], Mask]) -> Embedder:
    """The embedder itself where nothing leaves, else one that hides first; `mask` is made only then."""
    return MaskedEmbedder(inner, mask()) if inner.leaves else inner


def embedder(settings: Settings) -> Embedder:
    """The endpoint that is set, or the embedded default."""
    return RemoteEmbedder(settings) if settings.embedding_model else LexicalEmbedder()
