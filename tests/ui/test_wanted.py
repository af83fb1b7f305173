"""After sign-in one comes to the page one asked for, if it is one of ours; to no other address."""

import asyncio
from urllib.parse import quote

import pytest
from starlette.types import Message, Receive, Scope, Send

from assistant.ui.wanted import COOKIE, Wanted, own_page


def answer(path: str, query: str = "", cookie: str | None = None) -> dict[str, str]:
    """The headers of the answer of an app that serves pages, and leads back to its first one from the provider."""
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        back = scope["path"].endswith("/oauth2callback")
        told = (
            (b"location", f"{scope['path'].removesuffix('oauth2callback')}".encode())
            if back
            else (b"content-type", b"text/html")
        )
        await send({"type": "http.response.start", "status": 302 if back else 200, "headers": [told]})
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"x"), *([(b"cookie", f"{COOKIE}={cookie}".encode())] if cookie is not None else [])]
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": headers, "scheme": "http",
        "server": ("x", 80),
    }  # fmt: skip
    asyncio.run(Wanted(app)(scope, receive, send))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize("base", ["", "/prelecture"])
@pytest.mark.parametrize("page", ["/sessions?dossier=ab12", "/referentiels", "/?run=ab12"])
def test_one_comes_back_to_the_page_one_asked_for_and_only_once(page: str, base: str) -> None:
    path, _, query = page.partition("?")
    kept = answer(f"{base}{path}", query)["set-cookie"]
    assert "HttpOnly" in kept
    cookie = kept.removeprefix(f"{COOKIE}=").partition(";")[0]
    back = answer(f"{base}/oauth2callback", cookie=cookie)
    assert back["location"] == f"{base}{page}"
    assert "Max-Age=0" in back["set-cookie"]


@pytest.mark.parametrize(
    "forged",
    ["//evil.example", "https://evil.example/sessions", "/\\evil.example", "/sessions?x=\r\nSet-Cookie: a=b",
     "/oauth2callback?code=1", "/sessions/../x", "/bureau/p/r/desk.json", ""],
)  # fmt: skip
def test_nobody_is_led_to_an_address_that_is_no_page_of_ours(forged: str) -> None:
    assert answer("/oauth2callback", cookie=quote(forged, safe=""))["location"] == "/"


def test_whoever_asked_for_the_first_page_comes_to_it() -> None:
    assert "set-cookie" not in answer("/")
    assert "Max-Age=0" in answer("/", cookie=quote("/sessions", safe=""))["set-cookie"]
    assert own_page("//sessions") == ""
