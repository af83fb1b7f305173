"""Vectors from an endpoint: whatever is sent there passed the mask first."""

from collections.abc import Sequence

import numpy as np

from assistant.errors import EmbeddingsAway, IndexFailure
from assistant.matching.embedding import Embedder, Vectors
from assistant.privacy.door import checked, http_client
from assistant.privacy.mask import Mask
from assistant.settings import Settings


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
            away = (openai.APIConnectionError, openai.InternalServerError, openai.RateLimitError)
            kind = EmbeddingsAway if isinstance(error, away) else IndexFailure
            raise kind(
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
