"""Where the raw pages and the structure of a file come from: from the file, or from what a broken-off reading kept."""

import pickle
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.dossier.pdf.raw import RawPage, lost_page, raw_page
from assistant.dossier.pdf.structure import Structure, lost_structure, structure_of

READ_PAGE = "lecture"
READ_STRUCTURE = "structure"
Announce = Callable[[str, int, int], None]


class PdfSource:
    """Straight from the file."""

    def page(self, document: Any, number: int) -> RawPage:
        """Page `number`, from 0, of an open document."""
        return raw_page(document, number)

    def pictures(self, document: Any, pages: Sequence[RawPage], progress: Announce) -> tuple[RawPage, ...]:
        """The pages with what stands in their pictures; here, as they are."""
        return tuple(pages)

    def structure(self, data: bytes) -> Structure:
        """Bookmarks, labels, properties, attachments and actions."""
        return structure_of(data)


class KeptSource(PdfSource):
    """Says what it is about to read, keeps each page in `folder`, and passes over the pages in `lost` (1-based).

    When the process dies, whoever watches it knows the page it died on, and the next one goes on from there.
    """

    def __init__(
        self, source: PdfSource, folder: Path, lost: Mapping[int, str], structure_lost: bool, announce: Announce
    ) -> None:
        self._source = source
        self._folder = folder
        self._lost = lost
        self._structure_lost = structure_lost
        self._announce = announce

    def page(self, document: Any, number: int) -> RawPage:
        reason = self._lost.get(number + 1)
        if reason is not None:
            return lost_page(reason)
        kept = self._folder / f"{number + 1}.page"
        if kept.exists():
            page: RawPage = pickle.loads(kept.read_bytes())
            return page
        self._announce(READ_PAGE, number + 1, len(document))
        page = self._source.page(document, number)
        # Written whole or not at all: a process killed while it writes must not leave half a page.
        fresh = kept.with_suffix(".fresh")
        fresh.write_bytes(pickle.dumps(page, pickle.HIGHEST_PROTOCOL))
        fresh.replace(kept)
        return page

    def pictures(self, document: Any, pages: Sequence[RawPage], progress: Announce) -> tuple[RawPage, ...]:
        return self._source.pictures(document, pages, progress)

    def structure(self, data: bytes) -> Structure:
        if self._structure_lost:
            return lost_structure()
        self._announce(READ_STRUCTURE, 0, 1)
        return self._source.structure(data)
