"""The one door: every client that can leave the machine (chat, embeddings) is made of what this module gives.

Proxies of the environment, redirects and the tracing of libraries would send the same words elsewhere: none is
followed. Only text marked `Masked` passes: a client checks with `checked` before it sends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.privacy.mask import Masked

if TYPE_CHECKING:
    import httpx2


class Unmasked(TypeError):
    """A text was about to leave that nobody masked: a defect of the program, never of its user."""


def checked(*texts: str) -> None:
    """Raises Unmasked unless every text passed a mask or is the program's own."""
    if not all(isinstance(text, Masked) for text in texts):
        raise Unmasked("A text that passed no mask was about to leave the machine.")


def http_client(seconds: float) -> "httpx2.Client":
    """A client that goes straight to the address that is set: no proxy, no netrc, no redirect. `seconds` bounds each
    wait."""
    import httpx2

    return httpx2.Client(trust_env=False, follow_redirects=False, timeout=seconds)


@contextmanager
def untraced() -> Iterator[None]:
    """No library sends a copy of what passes, whatever the environment says."""
    from langsmith import tracing_context

    with tracing_context(enabled=False):
        yield
