"""Pages as pictures, as a reader sees them: rotation applied, so that boxes in points fall where they belong."""

from typing import TYPE_CHECKING

from assistant.dossier.opening import opened
from assistant.errors import UnreadableDossier

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000


def render_page(data: bytes, page: int, scale: float, turned: int = 0) -> "Image":
    """Page `page` (1-based) at `scale` pixels per point, turned as in `Page`; a giant page is drawn smaller.

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
