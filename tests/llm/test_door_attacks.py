"""What an environment or an endpoint does to make words go elsewhere: nothing of them arrives there."""

import ast
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import IndexFailure, ModelRequestRefused
from assistant.llm.endpoint import Endpoint
from assistant.llm.stub import Reply, StubModel
from assistant.matching.embedding import embedder, private_embedder
from assistant.privacy.door import http_client
from assistant.privacy.mask import Mask, own_words
from assistant.privacy.people import Person
from assistant.settings import Settings

ASSISTANT = Path(__file__).parents[2] / "assistant"
SCHEMA = {"type": "object", "properties": {}, "additionalProperties": False}
VECTOR = {"object": "list", "model": "m", "data": [{"object": "embedding", "index": 0, "embedding": [1.0, 2.0]}]}


class Listener:
    """Counts whoever comes, with headers and body, and answers with `vector`."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def _any(self) -> None:
                heard.append(
                    (
                        {name.lower(): told for name, told in self.headers.items()},
                        self.rfile.read(int(self.headers.get("Content-Length") or 0)),
                    )
                )
                body = json.dumps(VECTOR).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_CONNECT = do_PUT = _any

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def elsewhere() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def model() -> Iterator[StubModel]:
    with StubModel() as stub:
        yield stub


def ask(address: str) -> None:
    endpoint = Endpoint(Settings(model="stub", model_base_url=address, model_seconds=2.0))
    endpoint.complete(
        own_words("Consigne."), own_words("<extrait>\ns1 : Bonjour.\n</extrait>"), "r", SCHEMA, "json_schema"
    )


def embed(address: str) -> None:
    embedder(Settings(embedding_model="m", embedding_base_url=address)).embed([own_words("Bonjour.")])


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY", "OPENAI_PROXY"])
def test_a_proxy_of_the_environment_sees_nothing(
    name: str, elsewhere: Listener, model: StubModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, elsewhere.address)
    monkeypatch.setenv("NO_PROXY", "")
    before = len(model.received)
    ask(model.address)
    assert len(model.received) == before + 1
    assert elsewhere.heard == []


@pytest.mark.parametrize("status", [301, 307, 308])
def test_an_endpoint_that_sends_elsewhere_is_refused(status: int, elsewhere: Listener) -> None:
    reply = Reply(status, b"", (("Location", f"{elsewhere.address}/v1/chat/completions"),))
    with StubModel(lambda request, number: reply) as stub, pytest.raises(ModelRequestRefused, match="ailleurs"):
        ask(stub.address)
    assert elsewhere.heard == []


def test_embeddings_sent_elsewhere_are_refused(elsewhere: Listener) -> None:
    client = http_client(2.0)
    reply = Reply(308, b"", (("Location", f"{elsewhere.address}/v1/embeddings"),))
    with StubModel(lambda request, number: reply) as stub, pytest.raises(IndexFailure):
        embed(stub.address)
    assert client.follow_redirects is False
    assert elsewhere.heard == []


def test_no_tracing_hears_a_call(elsewhere: Listener, model: StubModel, monkeypatch: pytest.MonkeyPatch) -> None:
    from langsmith import utils

    for name, value in {
        "LANGSMITH_TRACING": "true", "LANGSMITH_TRACING_V2": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "k",
        "LANGSMITH_ENDPOINT": elsewhere.address, "LANGCHAIN_ENDPOINT": elsewhere.address, "LANGSMITH_OTEL_ENABLED": "true",
        "OTEL_EXPORTER_OTLP_ENDPOINT": elsewhere.address, "OTEL_TRACES_EXPORTER": "otlp",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    forget: Any = utils.get_env_var
    forget.cache_clear()
    try:
        assert utils.tracing_is_enabled(), "the environment asks for it"
        ask(model.address)
    finally:
        forget.cache_clear()
    assert elsewhere.heard == []


def test_keys_and_certificates_of_the_environment_are_not_used(
    elsewhere: Listener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    embed(elsewhere.address)
    headers, _ = elsewhere.heard[0]
    assert headers["authorization"] == "Bearer none"


def test_what_becomes_a_vector_is_masked_like_what_is_asked(elsewhere: Listener) -> None:
    remote = embedder(Settings(embedding_model="m", embedding_base_url=elsewhere.address))
    private_embedder(remote, lambda: Mask([Person(("Solenne", "Picard"))])).embed(["Solenne Picard ouvre."])
    ((_, body),) = elsewhere.heard
    assert json.loads(body)["input"] == ["[PERSONNE_1] ouvre."]


def test_the_vector_store_hears_neither_the_environment_nor_a_file_nearby(
    elsewhere: Listener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.matching.chroma import _client

    (tmp_path / ".env").write_text(f"CHROMA_OTEL_COLLECTION_ENDPOINT={elsewhere.address}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHROMA_API_IMPL", "chromadb.api.fastapi.FastAPI")
    monkeypatch.setenv("CHROMA_SERVER_HOST", elsewhere.address)
    monkeypatch.setenv("CHROMA_OTEL_COLLECTION_ENDPOINT", elsewhere.address)
    monkeypatch.setenv("CHROMA_OTEL_GRANULARITY", "all")
    kept = _client(tmp_path / "store").create_collection("phrases", embedding_function=None)
    kept.add(ids=["1"], embeddings=[1.0, 2.0])
    assert kept.count() == 1
    assert elsewhere.heard == []


CLIENTS = {
    "httpx", "httpx2", "httpcore", "httpcore2", "openai", "requests", "urllib3", "aiohttp", "http.client",
    "urllib.request", "ftplib", "smtplib", "websockets", "anthropic", "mistralai", "ollama", "langchain",
    "langchain_openai", "langchain_community", "grpc",
}  # fmt: skip
"""What makes connections, or makes clients that do."""
MAKERS = {"privacy/door.py", "llm/endpoint.py", "matching/remote_embedding.py"}
"""The door, and the two that are handed its client."""


NAMED = re.compile(
    rf"^ *(?:import|from) .*\b(?:{'|'.join(map(re.escape, sorted(CLIENTS)))})\b|urllib|http import", re.M
)
"""What a source holds that may import one of them: the few that do are parsed."""


def imported(source: str) -> Iterator[str]:
    """The modules that a source imports when it runs, wherever in it; not those for types only."""
    tree = ast.parse(source)
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reaches_out(module: str) -> bool:
    return module in CLIENTS or module.split(".")[0] in CLIENTS


def test_no_client_is_made_beside_the_door() -> None:
    sources = {file: file.read_text(encoding="utf-8") for file in ASSISTANT.rglob("*.py")}
    found = {
        str(file.relative_to(ASSISTANT))
        for file, source in sources.items()
        if NAMED.search(source) and any(map(reaches_out, imported(source)))
    }
    assert found == MAKERS


@pytest.mark.parametrize("maker", sorted(MAKERS - {"privacy/door.py"}))
def test_each_client_is_handed_the_doors_connection(maker: str) -> None:
    tree = ast.parse((ASSISTANT / maker).read_text(encoding="utf-8"))
    made = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in {"OpenAI", "ChatOpenAI"}
    ]
    assert made
    for call in made:
        given = {word.arg: word.value for word in call.keywords}
        assert isinstance(given["http_client"], ast.Call)
        assert getattr(given["http_client"].func, "id", "") == "http_client"
