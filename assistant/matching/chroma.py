"""The vector store: the only module that knows Chroma.

Chroma is disposable: everything in it is rebuilt from the database, and a damaged folder is put away and made anew. It
holds ids and vectors, no text of a dossier. Vectors are always handed over; the embedding function registered with a
collection refuses to work, so that Chroma never tries to fetch a model.
"""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import numpy as np

from assistant.errors import IndexFailure
from assistant.matching.embedding import Vectors, unit

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

BATCH = 2_000
NEIGHBOURS = 10_000
FORMAT = "ids-and-vectors"
"""A file of this name says that the folder holds no text; one made before it was so is not used again."""
STILL_BROKEN = (
    "L’index de recherche ne peut pas être ouvert\u00a0: supprimez le dossier «\u00a0chroma\u00a0» du dossier de données, "
    "il sera reconstruit."
)
CHANGED = "L’index de recherche a été refait pendant cette lecture\u00a0: relancez-la."


class _Locks:
    """One lock for each folder: Chroma shares what it opened among all that use one, and two threads would put it away, or
    a collection that one of them is filling or searching, under each other's hands."""

    def __init__(self) -> None:
        self._choosing = Lock()
        self._chosen: WeakValueDictionary[Path, RLock] = WeakValueDictionary()

    def of(self, folder: Path) -> RLock:
        """The same lock for all that use this folder now; whoever holds it may take it again."""
        with self._choosing:
            return self._chosen.setdefault(folder.resolve(), RLock())


LOCKS = _Locks()


@dataclass(frozen=True, slots=True)
class Similarities:
    """`scores[i, j]`: cosine of query i with entry `ids[j]`, 0 where it was not returned."""

    ids: tuple[str, ...]
    scores: Vectors


class VectorStore:
    """Collections of ids with vectors in one folder; one per process and folder."""

    def __init__(self, folder: Path) -> None:
        """Opens the folder, or makes it anew when it is damaged. Raises IndexFailure when that fails too."""
        self._folder = folder
        self._lock = LOCKS.of(folder)
        with self._lock:
            try:
                if not (folder / FORMAT).exists():
                    self._put_away()
                self._client = _client(folder)
            except _failures():
                self._renew()

    def fill(self, kind: str, ids: Sequence[str], texts: Sequence[str], vectors: Vectors, embedding: str) -> str:
        """Makes sure a collection holds exactly these entries; returns its name, made of their content and embedding.

        Raises IndexFailure.
        """
        content = sha256("\0".join([*ids, *texts]).encode()).hexdigest()[:24]
        name = _chroma_name(f"{kind}-{content}-{embedding}")
        with self._lock:
            try:
                if not self._holds(name, ids, vectors):
                    self._add(name, ids, vectors)
            except _failures():
                self._renew()
                try:
                    self._add(name, ids, vectors)
                except _failures() as error:
                    raise IndexFailure(STILL_BROKEN) from error
        return name

    def _holds(self, name: str, ids: Sequence[str], vectors: Vectors) -> bool:
        """Whether the collection holds these very vectors: a damaged index may answer, and answer nonsense."""
        collection = self._collection(name)
        if collection.count() != len(ids):
            return False
        kept = collection.get(include=["embeddings"])
        place = {entry: number for number, entry in enumerate(kept["ids"])}
        if place.keys() != set(ids):
            return False
        found = np.asarray(kept["embeddings"], dtype=np.float32)[[place[entry] for entry in ids]]
        return found.shape == vectors.shape and bool(np.allclose(unit(found), unit(vectors), atol=1e-4))

    def _add(self, name: str, ids: Sequence[str], vectors: Vectors) -> None:
        self._collection(name)
        self._client.delete_collection(name)
        collection = self._collection(name)
        for start in range(0, len(ids), BATCH):
            part = slice(start, start + BATCH)
            collection.add(ids=list(ids[part]), embeddings=vectors[part])

    def _renew(self) -> None:
        """Begins again in an empty folder. Raises IndexFailure."""
        try:
            with self._lock:
                self._put_away()
                self._client = _client(self._folder)
        except _failures() as error:
            raise IndexFailure(STILL_BROKEN) from error

    def _put_away(self) -> None:
        """Takes the folder's content away; the folder itself stays."""
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient._identifier_to_system.pop(str(self._folder), None)  # else the broken one is handed out again
        if self._folder.exists():
            shutil.rmtree(self._folder)
        self._folder.mkdir(mode=0o700, parents=True)
        (self._folder / FORMAT).touch()

    def search(self, name: str, ids: Sequence[str], queries: Vectors, results: int) -> Similarities:
        """The cosine of each query with its `results` nearest entries. Ids are ordered as given, ties never matter.

        Raises IndexFailure, also where the collection is no longer what was filled: another may have begun the folder anew.
        """
        try:
            with self._lock:
                return self._search(name, ids, queries, results)
        except _failures() as error:
            raise IndexFailure(STILL_BROKEN) from error

    def _search(self, name: str, ids: Sequence[str], queries: Vectors, results: int) -> Similarities:
        scores = np.zeros((len(queries), len(ids)), dtype=np.float32)
        column = {entry: place for place, entry in enumerate(ids)}
        if len(ids) and len(queries):
            collection = self._filled(name, len(ids))
            answer = collection.query(query_embeddings=queries, n_results=min(results, len(ids)), include=["distances"])
            for row, (found, distances) in enumerate(zip(answer["ids"], answer["distances"] or [], strict=True)):
                for entry, distance in zip(found, distances, strict=True):
                    scores[row, column[entry]] = 1.0 - distance
        return Similarities(tuple(ids), scores)

    def _filled(self, name: str, entries: int) -> "Collection":
        """The collection that was filled: an empty one in its place would answer 0 to everything."""
        from chromadb.errors import NotFoundError

        try:
            collection = self._client.get_collection(name, embedding_function=_refusing())
        except NotFoundError as error:
            raise IndexFailure(CHANGED) from error
        if collection.count() != entries:
            raise IndexFailure(CHANGED)
        return collection

    def _collection(self, name: str) -> "Collection":
        return self._client.get_or_create_collection(
            name,
            embedding_function=_refusing(),
            configuration={"hnsw": {"space": "cosine", "ef_search": NEIGHBOURS, "ef_construction": 200}},
        )


def _failures() -> tuple[type[Exception], ...]:
    """What Chroma raises of a folder that it cannot use."""
    from chromadb.errors import ChromaError

    return (ChromaError, ValueError, RuntimeError, OSError)


def _client(folder: Path) -> "ClientAPI":
    """The environment and a `.env` nearby could name a server or a collector of traces instead: they are not heard."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    here = ChromaSettings(
        _env_file=None,
        anonymized_telemetry=False,
        chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
        chroma_server_host=None,
        chroma_otel_collection_endpoint="",
        chroma_otel_granularity=None,
    )
    return chromadb.PersistentClient(path=str(folder), settings=here)


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
