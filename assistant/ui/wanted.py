"""The page that somebody asked for before they signed in is the one they come to afterwards.

A provider leads back to one address, and Streamlit from there to the first page. What was asked for is kept in a cookie
until then, and is one of our own pages or nothing: no other site's address is ever followed.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.ui.identity import EVERY_SPACE

COOKIE = "prelecture_wanted"
KEPT_SECONDS = 900
CALLBACK = "/oauth2callback"
QUERY = re.compile(r"[A-Za-z0-9_.~%=&-]{0,400}")


def own_page(path: str, query: str = "") -> str:
    """An address within the app ("/sessions?dossier=…") for a page of ours; "" for the first one and anything else."""
    name = path.strip("/")
    if path.startswith("//") or name not in {"", *EVERY_SPACE} or not QUERY.fullmatch(query):
        return ""
    return f"/{name}?{query}" if query else f"/{name}" if name else ""


class Wanted:
    """Middleware: remembers the page of ours that is asked for, and leads there from the provider's answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        base, path = _parted(scope["path"])
        back = path == CALLBACK

        async def pass_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if back and message["status"] in {302, 303}:
                    _lead(headers, base, asked.cookies)
                elif not back and headers.get("content-type", "").startswith("text/html"):
                    _remember(headers, asked, own_page(path, scope["query_string"].decode("latin-1")))
            await send(message)

        await self._app(scope, receive, pass_on)


def _parted(path: str) -> tuple[str, str]:
    """The prefix under which the app is served, and the rest from its last slash on."""
    base, _, last = path.rpartition("/")
    return base, f"/{last}"


def _lead(headers: MutableHeaders, base: str, cookies: Mapping[str, str]) -> None:
    path, _, query = unquote(cookies.get(COOKIE, "")).partition("?")
    page = own_page(path, query)
    if page and headers.get("location") == f"{base}/":
        headers["location"] = f"{base}{page}"
    headers.append("set-cookie", f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")


def _remember(headers: MutableHeaders, asked: HTTPConnection, page: str) -> None:
    if page or COOKIE in asked.cookies:
        kept = f"{quote(page, safe='')}; Path=/; Max-Age={KEPT_SECONDS if page else 0}; HttpOnly; SameSite=Lax"
        headers.append("set-cookie", f"{COOKIE}={kept}{'; Secure' if asked.url.scheme == 'https' else ''}")
