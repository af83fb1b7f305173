"""Pages as pictures, as a reader sees them: rotation applied, so that boxes in points fall where they belong.

A page that crashes or stalls the drawing must not take the app with it: `page_png` draws in a process of its own.
"""

import io
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.dossier.opening import opened
from assistant.errors import UnreadableDossier
from assistant.places import ROOT

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
SECONDS = 20.0
MEMORY_MB = 1_300


def page_png(file: Path, page: int, scale: float, turned: int = 0) -> bytes:
    """Page `page` (1-based) of a PDF as a PNG at `scale` pixels per point, turned as in `Page`.

    Raises UnreadableDossier when it cannot be drawn.
    """
    command = [sys.executable, "-m", "assistant.dossier.render", str(file), str(page), str(scale), str(turned)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError) as error:
        raise UnreadableDossier(f"La page {page} ne peut pas être affichée\u00a0: elle est abîmée.") from error
    return done.stdout


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
    """`python -m assistant.dossier.render FILE PAGE SCALE TURNED`: writes the PNG to stdout."""
    from assistant.dossier.worker import hold_memory

    hold_memory(MEMORY_MB)
    file, page, scale, turned = sys.argv[1:5]
    png = io.BytesIO()
    render_page(Path(file).read_bytes(), int(page), float(scale), int(turned)).save(png, "PNG", compress_level=1)
    sys.stdout.buffer.write(png.getvalue())


if __name__ == "__main__":
    main()
