"""The pages say that they are in French: Streamlit's own frame says English, and screen readers believe it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENGLISH, FRENCH = b'<html lang="en">', b'<html lang="fr">'


class InFrench:
    """Middleware: the frame of every page, asked for by a browser as a page, with its language set."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _wants_a_page(scope):
            await self._app(scope, receive, send)
            return
        # Unpacked, so that it can be read here; the frame is small.
        plain = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]}
        await self._app(plain, receive, _translated(send))


def _wants_a_page(scope: Scope) -> bool:
    headers = dict(scope["headers"])
    return scope["method"] == "GET" and b"text/html" in headers.get(b"accept", b"")


def _translated(send: Send) -> Send:
    start: Message | None = None
    parts: list[bytes] = []

    async def pass_on(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            if b"text/html" in dict(message["headers"]).get(b"content-type", b""):
                start = message
            else:
                await send(message)
            return
        if start is None:
            await send(message)
            return
        parts.append(message.get("body", b""))
        if message.get("more_body"):
            return
        body = b"".join(parts).replace(ENGLISH, FRENCH, 1)
        kept = [(name, value) for name, value in start["headers"] if name not in {b"content-length", b"etag"}]
        await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})

    return pass_on
