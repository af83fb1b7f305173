"""Local mode answers this machine, by its own name, from its own page; and nothing else of this browser."""

import asyncio
from collections.abc import Mapping

import pytest
from starlette.types import Message, Receive, Scope, Send

from assistant.ui.guard import Guarded

HERE = ("127.0.0.1", 5000)


def answered(headers: Mapping[str, str], client: tuple[str, int] | None = HERE, kind: str = "http") -> bool:
    """Whether what asks reaches the app."""
    reached: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope["type"])

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        assert message["type"] != "http.response.start" or message["status"] == 403

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "method": "GET", "path": "/", "headers": raw, "client": client, "query_string": b""}
    asyncio.run(Guarded(app, lambda: True)(scope, receive, send))
    return bool(reached)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "[::1]:8501", "127.0.0.2"])
def test_its_own_names_are_answered(kind: str, host: str) -> None:
    assert answered({"host": host}, kind=kind)
    assert answered({"host": host, "origin": "http://localhost:8501"}, kind=kind)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "prelecture.exemple.fr"}, {"host": "localhost.exemple.fr"}, {"host": "192.168.1.4:8501"}, {},
        {"host": "localhost", "origin": "https://exemple.fr"}, {"host": "localhost", "origin": "null"},
        {"host": "localhost", "origin": "http://localhost.exemple.fr"}, {"host": "localhost", "origin": "file://"},
    ],
)  # fmt: skip
def test_another_s_name_or_page_is_refused(kind: str, headers: dict[str, str]) -> None:
    assert not answered(headers, kind=kind)


@pytest.mark.parametrize("client", [("192.168.1.4", 1), ("2001:db8::1", 1)])
def test_another_machine_is_refused_whatever_name_it_asks_for(client: tuple[str, int]) -> None:
    assert not answered({"host": "localhost"}, client)
