"""The one door: every client that can leave the machine (chat, embeddings) is made of what this module gives.

Proxies of the environment, redirects and the tracing of libraries would send the same words elsewhere: none is
followed. Only text marked `Masked` passes: a client checks with `checked` before it sends.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.errors import SettingsError
from assistant.privacy.mask import Masked

if TYPE_CHECKING:
    import httpx2

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class Unmasked(TypeError):
    """A text was about to leave that nobody masked: a defect of the program, never of its user."""


def checked(*texts: str) -> None:
    """Raises Unmasked unless every text passed a mask or is the program's own."""
    if not all(isinstance(text, Masked) for text in texts):
        raise Unmasked("A text that passed no mask was about to leave the machine.")


def http_client(seconds: float) -> "httpx2.Client":
    """A client that goes straight to the address that is set: no proxy, no netrc, no redirect.

    `seconds` bounds the whole answer, not each wait: a server that sends one byte a second is late like a silent one.
    """
    import httpx2

    class Late(httpx2.SyncByteStream):
        """A body read against the clock."""

        def __init__(self, body: httpx2.SyncByteStream, until: float) -> None:
            self._body, self._until = body, until

        def __iter__(self) -> Iterator[bytes]:
            for piece in self._body:
                if time.monotonic() > self._until:
                    raise httpx2.ReadTimeout("the whole answer took too long")
                yield piece

        def close(self) -> None:
            self._body.close()

    class Straight(httpx2.HTTPTransport):
        """The plain transport, its bodies read against the clock."""

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            until = time.monotonic() + seconds
            response = super().handle_request(request)
            assert isinstance(response.stream, httpx2.SyncByteStream)
            response.stream = Late(response.stream, until)
            return response

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
