"""The vector store: the only module that knows Chroma.

Chroma is disposable: everything in it is rebuilt from the database. Vectors are always handed over; the embedding
function registered with a collection refuses to work, so that Chroma never tries to fetch a model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import IndexFailure
from assistant.matching.embedding import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

BATCH = 2_000
NEIGHBOURS = 10_000


@dataclass(frozen=True, slots=True)
class Similarities:
    """`scores[i, j]`: cosine of query i with entry `ids[j]`, 0 where it was not returned."""

    ids: tuple[str, ...]
    scores: Vectors


class VectorStore:
    """Collections of ids with vectors in one folder; one per process and folder."""

    def __init__(self, folder: Path) -> None:
        self._client = _client(folder)

    def fill(self, kind: str, ids: Sequence[str], texts: Sequence[str], vectors: Vectors, embedding: str) -> str:
        """Makes sure a collection holds exactly these entries; returns its name, made of their content and embedding.

        Raises IndexFailure.
        """
        content = sha256("\0".join([*ids, *texts]).encode()).hexdigest()[:24]
        name = _chroma_name(f"{kind}-{content}-{embedding}")
        collection = self._collection(name)
        if collection.count() != len(ids):
            self._client.delete_collection(name)
            collection = self._collection(name)
            for start in range(0, len(ids), BATCH):
                part = slice(start, start + BATCH)
                collection.add(ids=list(ids[part]), documents=list(texts[part]), embeddings=vectors[part])
        return name

    def search(self, name: str, ids: Sequence[str], queries: Vectors, results: int) -> Similarities:
        """The cosine of each query with its `results` nearest entries. Ids are ordered as given, ties never matter."""
        scores = np.zeros((len(queries), len(ids)), dtype=np.float32)
        column = {entry: place for place, entry in enumerate(ids)}
        if len(ids) and len(queries):
            collection = self._collection(name)
            answer = collection.query(query_embeddings=queries, n_results=min(results, len(ids)), include=["distances"])
            for row, (found, distances) in enumerate(zip(answer["ids"], answer["distances"] or [], strict=True)):
                for entry, distance in zip(found, distances, strict=True):
                    scores[row, column[entry]] = 1.0 - distance
        return Similarities(tuple(ids), scores)

    def _collection(self, name: str) -> "Collection":
        from chromadb.errors import ChromaError

        try:
            return self._client.get_or_create_collection(
                name,
                embedding_function=_refusing(),
                configuration={"hnsw": {"space": "cosine", "ef_search": NEIGHBOURS, "ef_construction": 200}},
            )
        except (ChromaError, ValueError) as error:
            raise IndexFailure(
                "L’index de recherche ne peut pas être ouvert : supprimez le dossier « chroma » "
                "du dossier de données, il sera reconstruit."
            ) from error


def _client(folder: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(folder), settings=ChromaSettings(anonymized_telemetry=False))


def _chroma_name(name: str) -> str:
    """Chroma takes 3 to 512 characters out of [a-zA-Z0-9._-], a letter or figure at both ends."""
    return re.sub(r"[^a-zA-Z0-9._-]", "-", name).strip("-._")[:400].ljust(3, "x")


def _refusing() -> Any:
    from chromadb import EmbeddingFunction

    class RefusingFunction(EmbeddingFunction[list[str]]):
        """Stands where Chroma would put its default model, and never computes anything."""

        def __init__(self) -> None:
            pass

        def __call__(self, input: list[str]) -> Any:
            raise IndexFailure("Une recherche a été demandée sans vecteurs : c’est un défaut du programme.")

        @staticmethod
        def name() -> str:
            return "prelecture"

        def get_config(self) -> dict[str, Any]:
            return {}

        @staticmethod
        def build_from_config(config: dict[str, Any]) -> "RefusingFunction":
            return RefusingFunction()

    return RefusingFunction()
