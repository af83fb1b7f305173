from pathlib import Path

import numpy as np
import pytest

from assistant.errors import IndexFailure
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import LexicalEmbedder

TEXTS = ["relancer les devis", "commander du bois", "former l'équipe"]
IDS = ["a", "b", "c"]


@pytest.fixture
def store(tmp_path: Path) -> VectorStore:
    return VectorStore(tmp_path / "chroma")


def test_search_gives_the_cosine_of_every_entry(store: VectorStore) -> None:
    vectors = LexicalEmbedder().embed(TEXTS)
    name = store.fill("test", IDS, TEXTS, vectors, "lexical-1")
    queries = LexicalEmbedder().embed(["rappeler un devis", "une formation"])
    found = store.search(name, IDS, queries, len(IDS))
    assert np.allclose(found.scores, queries @ vectors.T, atol=1e-5)


def test_another_embedding_or_content_is_another_collection(store: VectorStore) -> None:
    vectors = LexicalEmbedder().embed(TEXTS)
    first = store.fill("test", IDS, TEXTS, vectors, "lexical-1")
    assert "lexical-1" in first
    assert store.fill("test", IDS, TEXTS, vectors, "mistral-embed") != first
    assert store.fill("test", IDS, [*TEXTS[:2], "autre"], vectors, "lexical-1") != first


def test_chroma_never_embeds_by_itself(store: VectorStore) -> None:
    name = store.fill("test", IDS, TEXTS, LexicalEmbedder().embed(TEXTS), "lexical-1")
    collection = store._collection(name)
    with pytest.raises(IndexFailure):
        collection.query(query_texts=["devis"], n_results=1)
    with pytest.raises(IndexFailure):
        collection.add(ids=["d"], documents=["un texte sans vecteur"])


def test_the_index_is_disposable(tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "chroma"
    vectors = LexicalEmbedder().embed(TEXTS)
    name = VectorStore(folder).fill("test", IDS, TEXTS, vectors, "lexical-1")
    shutil.rmtree(folder)
    again = VectorStore(tmp_path / "elsewhere")
    assert again.fill("test", IDS, TEXTS, vectors, "lexical-1") == name
    assert again.search(name, IDS, vectors, 3).scores[0, 0] == pytest.approx(1.0, abs=1e-5)
