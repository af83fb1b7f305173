"""Pages as pictures, as a reader sees them: rotation applied, so that boxes in points fall where they belong.

A page that crashes or stalls the drawing must not take the app with it: `page_png` draws in a process
of its own, kept for the next page: starting one takes longer than drawing.
"""

import io
import json
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.dossier.isolation.pace import slowness
from assistant.dossier.isolation.process import Ceilings, Child, Watch
from assistant.dossier.pdf.opening import opened
from assistant.errors import UnreadableDossier
from assistant.places import ROOT

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
SECONDS = 20.0
MEMORY_MB = 1_300


def page_png(pdf: Path | bytes, page: int, scale: float, turned: int = 0) -> bytes:
    """Page `page` (1-based) of a PDF, a file or its content, as a PNG at `scale` pixels per point, turned as in `Page`.

    Raises UnreadableDossier when it cannot be drawn.
    """
    try:
        data = pdf.read_bytes() if isinstance(pdf, Path) else pdf
        drawn = _drawer().draw(data, page, scale, turned)
    except OSError as error:
        raise UnreadableDossier(f"La page {page} ne peut pas être affichée\u00a0: réessayez.") from error
    if not drawn:
        raise UnreadableDossier(f"La page {page} ne peut pas être affichée\u00a0: elle est abîmée.")
    return drawn


def get_ready_to_draw() -> None:
    """Starts the drawing process before the first page is asked for."""
    _drawer().start()


class Drawer:
    """A process that draws pages one after the other; one that crashes or stalls is replaced for the next page."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._child: Child | None = None

    def start(self) -> None:
        """Starts the process if it is not there."""
        with self._lock:
            self._alive()

    def draw(self, pdf: bytes, page: int, scale: float, turned: int) -> bytes:
        """The PNG, or nothing when the page cannot be drawn. Raises OSError when no process can be started."""
        order = json.dumps([len(pdf), page, scale, turned]) + "\n"
        with self._lock:
            child = self._alive()
            assert child.process.stdin is not None
            drawn = threading.Event()
            guard = threading.Thread(target=self._hold, args=(child, drawn), daemon=True)
            guard.start()
            try:
                child.process.stdin.write(order.encode() + pdf)
                child.process.stdin.flush()
                return _answer(child)
            except OSError:
                return b""
            finally:
                drawn.set()
                guard.join()

    def _hold(self, child: Child, drawn: threading.Event) -> None:
        """Ends the process when it goes over its ceilings before the page is drawn."""
        watch = Watch(child, Ceilings(self._seconds * slowness()), family=False)
        while not drawn.wait(watch.patience()):
            if watch.over():
                child.process.kill()
                return

    def _alive(self) -> Child:
        if self._child is None or self._child.process.poll() is not None:
            # In the family of this process: it ends with it, when its input closes.
            self._child = Child(
                [sys.executable, "-m", "assistant.dossier.pdf.render"],
                ROOT,
                own_session=False,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        return self._child


def _answer(child: Child) -> bytes:
    """A line with the length, then the picture; nothing when the process ended before."""
    assert child.process.stdout is not None
    head = child.process.stdout.readline()
    if not head.strip().isdigit():
        child.end()
        return b""
    wanted = int(head)
    drawn = child.process.stdout.read(wanted)
    return drawn if len(drawn) == wanted else b""


@cache
def _drawer() -> Drawer:
    """The drawing process of this one; it ends with it, when its input closes."""
    return Drawer()


def render_page(data: bytes, page: int, scale: float, turned: int = 0) -> "Image":
    """The same as a picture, drawn in this process; a giant page is drawn smaller.

    Raises UnreadableDossier when the file cannot be opened or the page cannot be drawn.
    """
    import pypdfium2

    with opened(data) as document:
        if not 1 <= page <= len(document):
            raise UnreadableDossier(f"La page {page} n’existe pas dans ce dossier.")
        try:
            shown = document[page - 1]
            width, height = shown.get_size()
            fitting = min(scale, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            return shown.render(scale=fitting, rotation=90 * turned, may_draw_forms=True).to_pil().convert("RGB")  # type: ignore[no-any-return]
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise UnreadableDossier(f"La page {page} ne peut pas être affichée\u00a0: elle est abîmée.") from error


def page_count(data: bytes) -> int:
    """How many pages the file has. Raises UnreadableDossier."""
    with opened(data) as document:
        return len(document)


def main() -> None:
    """`python -m assistant.dossier.pdf.render`: for each line [bytes, page, scale, turned] and as many bytes of a PDF, a
    length and a PNG (0: none)."""
    from assistant.dossier.isolation.worker import hold_memory

    hold_memory(MEMORY_MB)
    while line := sys.stdin.buffer.readline():
        size, page, scale, turned = json.loads(line)
        png = io.BytesIO()
        try:
            render_page(sys.stdin.buffer.read(size), page, scale, turned).save(png, "PNG", compress_level=1)
        except (UnreadableDossier, OSError, MemoryError):
            png = io.BytesIO()
        drawn = png.getvalue()
        sys.stdout.buffer.write(f"{len(drawn)}\n".encode() + drawn)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
