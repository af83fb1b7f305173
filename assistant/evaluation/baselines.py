"""What a user would do instead: chunks of about 110 words, the criterion as the query, the nearest chunks to read."""

from collections.abc import Sequence

import numpy as np

from assistant.dossier.model import Dossier
from assistant.evaluation.matching_quotes import Shown
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import Embedder
from assistant.text import stems, word_count

CHUNK_WORDS = 110


def chunks(dossier: Dossier) -> tuple[Shown, ...]:
    """Runs of sentences of about `CHUNK_WORDS` words that do not cross a page, with everything the page holds."""
    result: list[Shown] = []
    for page in dossier.pages:
        sentences = [s for s in dossier.sentences if s.page == page.number]
        run: list[int] = []
        for place, sentence in enumerate(sentences):
            run.append(place)
            full = sum(word_count(sentences[i].text) for i in run) >= CHUNK_WORDS
            if full or sentence is sentences[-1]:
                text = " ".join(sentences[i].text for i in run)
                result.append(Shown(page.number, run[0], run[-1], text))
                run = []
    return tuple(result)


def by_vectors(
    pieces: Sequence[Shown], queries: Sequence[str], embedder: Embedder, store: VectorStore
) -> list[list[Shown]]:
    """For each query all chunks, the nearest first, ranked by the vector store."""
    ids = [f"c{i}" for i in range(len(pieces))]
    texts = [p.text for p in pieces]
    name = store.fill("chunks", ids, texts, embedder.embed(texts), embedder.name)
    found = store.search(name, ids, embedder.embed(list(queries)), len(ids))
    return [_ordered(pieces, row) for row in found.scores]


def by_bm25(pieces: Sequence[Shown], queries: Sequence[str]) -> list[list[Shown]]:
    """For each query all chunks by plain BM25 over French stems."""
    import bm25s

    index = bm25s.BM25()
    index.index([stems(piece.text) for piece in pieces], show_progress=False)
    return [_ordered(pieces, np.asarray(index.get_scores(stems(query)))) for query in queries]


def _ordered(pieces: Sequence[Shown], scores: "np.ndarray[tuple[int, ...], np.dtype[np.floating]]") -> list[Shown]:
    return [pieces[int(place)] for place in np.argsort(-scores, kind="stable")]
