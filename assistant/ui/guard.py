"""What holds for every answer of the app: whence a page may load anything, and who may ask at all in local mode."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        # Components of the desk are modules that Streamlit hands over as blobs; its charts use WebAssembly nowhere else.
        "script-src 'self' blob: 'wasm-unsafe-eval' {inline}",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
"""Pictures come from this server alone (data: and blob: fetch nothing): a picture named in a dossier is never asked for."""
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
REFUSED = (
    "Prélecture est en mode local\u00a0: elle ne répond que sur la machine où elle tourne, à l’adresse localhost. "
    "Pour travailler à plusieurs, réglez la connexion des personnes (docs/guide-organisateur.md)."
)


class Guarded:
    """Middleware. `only_here`: whether only this machine may ask, looked up once a request."""

    def __init__(self, app: ASGIApp, only_here: Callable[[], bool]) -> None:
        self._app = app
        self._only_here = only_here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
        elif self._only_here() and not _from_here(scope):
            await _refuse(scope, receive, send)
        else:
            await self._app(scope, receive, _with_headers(send) if scope["type"] == "http" else send)


def _with_headers(send: Send) -> Send:
    async def pass_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _headers().items():
                headers[name] = value
        await send(message)

    return pass_on


@cache
def _headers() -> Mapping[str, str]:
    return {**HEADERS, "Content-Security-Policy": POLICY.format(inline=" ".join(_inline_scripts()))}


def _inline_scripts() -> tuple[str, ...]:
    """The scripts that stand in Streamlit's own page, each allowed by what it says and no other."""
    found = find_spec("streamlit")
    page = Path(found.origin).parent / "static" / "index.html" if found and found.origin else None
    if page is None or not page.is_file():
        return ()
    scripts = INLINE.findall(page.read_text(encoding="utf-8"))
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts)


def _from_here(scope: Scope) -> bool:
    """Asked from this machine, by its own name and from its own page: neither another site's name that leads here is ours,
    nor what another site's page asks for in this browser."""
    client = scope.get("client")
    host = Headers(scope=scope).get("host", "")
    name = host.rsplit(":", 1)[0].strip("[]") if not host.endswith("]") else host.strip("[]")
    origin = Headers(scope=scope).get("origin")
    from_here = origin is None or loopback(urlsplit(origin).hostname or "")
    return (client is None or loopback(client[0])) and loopback(name) and from_here


def loopback(name: str) -> bool:
    """Whether an address or name is this machine's own."""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(REFUSED, status_code=403)(scope, receive, _with_headers(send))
