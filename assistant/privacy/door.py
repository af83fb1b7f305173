"""The one door: every client that can leave the machine (chat, embeddings) is made of what this module gives.

Proxies of the environment, redirects and the tracing of libraries would send the same words elsewhere: none is
followed. Only text marked `Masked` passes: a client checks with `checked` before it sends.
"""

import os
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant.errors import SettingsError
from assistant.privacy.mask import Masked

if TYPE_CHECKING:
    import httpx2

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_PROXY")


class Unmasked(TypeError):
    """A text was about to leave that nobody masked: a defect of the program, never of its user."""


def checked(*texts: str) -> None:
    """Raises Unmasked unless every text passed a mask or is the program's own."""
    if not all(isinstance(text, Masked) for text in texts):
        raise Unmasked("A text that passed no mask was about to leave the machine.")


def http_client(seconds: float) -> "httpx2.Client":
    """A client that goes straight to the address that is set: no proxy, no netrc, no redirect.

    `seconds` bounds the whole answer, not each wait: a server that sends one byte a second, of its headers or of its
    body, is late like a silent one.
    """
    import httpcore2
    import httpx2

    clock = threading.local()

    class Timed(httpcore2.NetworkStream):
        """A connection that is read against the clock of the request at hand."""

        def __init__(self, inner: httpcore2.NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            left = getattr(clock, "until", time.monotonic() + seconds) - time.monotonic()
            if left <= 0:
                raise httpcore2.ReadTimeout("the whole answer took too long")
            return self._inner.read(max_bytes, left if timeout is None else min(timeout, left))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._inner.write(buffer, timeout)

        def close(self) -> None:
            self._inner.close()

        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore2.NetworkStream:
            return Timed(self._inner.start_tls(ssl_context, server_hostname, timeout))

        def get_extra_info(self, info: str) -> Any:
            return self._inner.get_extra_info(info)

    class Connecting(httpcore2.SyncBackend):
        """Connects as ever, and reads against the clock."""

        def connect_tcp(self, *args: Any, **more: Any) -> httpcore2.NetworkStream:
            return Timed(super().connect_tcp(*args, **more))

    class Straight(httpx2.HTTPTransport):
        """The plain transport with that connection; the clock starts with each request."""

        def __init__(self) -> None:
            super().__init__(trust_env=False)
            self._pool._network_backend = Connecting()

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            clock.until = time.monotonic() + seconds
            return super().handle_request(request)

    return httpx2.Client(transport=Straight(), trust_env=False, follow_redirects=False, timeout=seconds)


def refuse_proxies() -> None:
    """For clients whose connection is not ours to make. Raises SettingsError where the environment names a proxy."""
    found = [name for name in PROXIES if os.environ.get(name) or os.environ.get(name.lower())]
    if found:
        raise SettingsError(
            f"Un mandataire est réglé dans l’environnement ({found[0]})\u00a0: rien n’est envoyé à ce fournisseur. "
            "Retirez ce réglage."
        )


@contextmanager
def untraced() -> Iterator[None]:
    """No library sends a copy of what passes, whatever the environment says."""
    from langsmith import tracing_context

    with tracing_context(enabled=False):
        yield
