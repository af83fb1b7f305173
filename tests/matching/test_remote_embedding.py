"""The embeddings endpoint, over a real connection to a stub server on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import numpy as np
import pytest

from assistant.errors import IndexFailure
from assistant.matching.embedding import LexicalEmbedder, embedder, private_embedder
from assistant.privacy.door import Unmasked
from assistant.privacy.mask import Mask, own_words
from assistant.privacy.people import Person
from assistant.settings import Settings


class Stub(BaseHTTPRequestHandler):
    """Answers a vector per text; refuses when the model is named `broken`."""

    received: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.received.extend(body["input"])
        if body["model"] == "broken":
            self.send_error(500)
            return
        rows: list[dict[str, Any]] = [
            {"object": "embedding", "index": i, "embedding": [float(len(text)), 1.0, 2.0]}
            for i, text in enumerate(body["input"])
        ]
        answer = json.dumps(
            {"object": "list", "model": body["model"], "data": rows, "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        )
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()


def test_an_endpoint_gives_unit_vectors_under_its_own_name(endpoint: str) -> None:
    chosen = embedder(Settings(embedding_model="any-embed", embedding_base_url=endpoint))
    vectors = chosen.embed([own_words(f"texte {i}" * (i % 7 + 1)) for i in range(150)])
    assert chosen.name == "any-embed"
    assert vectors.shape == (150, 3)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_an_endpoint_that_fails_ends_in_one_french_sentence(endpoint: str) -> None:
    with pytest.raises(IndexFailure, match="PRELECTURE_EMBEDDING_BASE_URL"):
        embedder(Settings(embedding_model="broken", embedding_base_url=endpoint)).embed([own_words("texte")])


def test_what_leaves_to_become_vectors_is_masked(endpoint: str) -> None:
    remote = embedder(Settings(embedding_model="any-embed", embedding_base_url=endpoint))
    with pytest.raises(Unmasked):
        remote.embed(["Léa Tanguy relance les clients."])
    Stub.received.clear()
    private = private_embedder(remote, lambda: Mask([Person(("Léa", "Tanguy"))]))
    private.embed(["Léa Tanguy relance les clients."])
    assert Stub.received == ["[PERSONNE_1] relance les clients."]


def test_where_nothing_leaves_no_mask_is_made() -> None:
    def never() -> Mask:
        raise AssertionError("a mask was made for nothing")

    inner = LexicalEmbedder()
    assert private_embedder(inner, never) is inner
