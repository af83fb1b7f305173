"""Where the raw pages and the structure of a file come from: from the file, or from what a broken-off reading kept."""

import pickle
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.dossier.pdf.raw import RawPage, lost_page, raw_page
from assistant.dossier.pdf.structure import Structure, lost_structure, structure_of
from assistant.dossier.steps import READ_AGAIN, READ_PAGE, READ_PICTURES, READ_STRUCTURE

Announce = Callable[[str, int, int], None]
PICTURES = "pictures.kept"


class PdfSource:
    """Straight from the file."""

    def page(self, document: Any, number: int) -> RawPage:
        """Page `number`, from 0, of an open document."""
        return raw_page(document, number)

    def pages(self, document: Any, progress: Announce) -> list[RawPage]:
        """Every page, in order."""
        pages = []
        for number in range(len(document)):
            progress(READ_PAGE, number + 1, len(document))
            pages.append(self.page(document, number))
        return pages

    def pictures(self, document: Any, pages: Sequence[RawPage], progress: Announce) -> tuple[RawPage, ...]:
        """The pages with what stands in their pictures; here, as they are."""
        return tuple(pages)

    def without_pictures(self, pages: Sequence[RawPage], reason: str) -> tuple[RawPage, ...]:
        """The pages, with what is said of pictures that are left unread for `reason`; here, as they are."""
        return tuple(pages)

    def structure(self, data: bytes) -> Structure:
        """Bookmarks, labels, properties, attachments and actions."""
        return structure_of(data)


class KeptSource(PdfSource):
    """Says what it is about to read, keeps each page in `folder`, and passes over the pages in `lost` (1-based).

    When the process dies, whoever watches it knows the page it died on, and the next one goes on from there. Lost
    pages that are in `again` are tried once more after the others.
    """

    def __init__(
        self,
        source: PdfSource,
        folder: Path,
        lost: Mapping[int, str],
        again: Sequence[int],
        structure_lost: bool,
        pictures_lost: str,
        announce: Announce,
    ) -> None:
        self._source = source
        self._folder = folder
        self._lost = lost
        self._again = again
        self._structure_lost = structure_lost
        self._pictures_lost = pictures_lost
        self._announce = announce

    def pages(self, document: Any, progress: Announce) -> list[RawPage]:
        pages = [self.page(document, number) for number in range(len(document))]
        for page in self._again:
            kept = self._kept(page)
            if kept is None:
                self._announce(READ_AGAIN, page, len(document))
                kept = self._keep(page, self._source.page(document, page - 1))
            pages[page - 1] = kept
        return pages

    def page(self, document: Any, number: int) -> RawPage:
        reason = self._lost.get(number + 1)
        if reason is not None:
            return lost_page(reason)
        kept = self._kept(number + 1)
        if kept is None:
            self._announce(READ_PAGE, number + 1, len(document))
            kept = self._keep(number + 1, self._source.page(document, number))
        return kept

    def pictures(self, document: Any, pages: Sequence[RawPage], progress: Announce) -> tuple[RawPage, ...]:
        if self._pictures_lost:
            return self._source.without_pictures(pages, self._pictures_lost)
        place = self._folder / PICTURES
        read: tuple[RawPage, ...]
        if place.exists():
            read = pickle.loads(place.read_bytes())
        else:
            self._announce(READ_PICTURES, 0, 1)
            read = self._source.pictures(document, pages, progress)
            _write(place, read)
        # A page may have been lost since, while it was put in order.
        return tuple(
            lost_page(self._lost[number]) if number in self._lost and number not in self._again else page
            for number, page in enumerate(read, start=1)
        )

    def structure(self, data: bytes) -> Structure:
        if self._structure_lost:
            return lost_structure()
        self._announce(READ_STRUCTURE, 0, 1)
        return self._source.structure(data)

    def _kept(self, page: int) -> RawPage | None:
        place = self._folder / f"{page}.page"
        if not place.exists():
            return None
        kept: RawPage = pickle.loads(place.read_bytes())
        return kept

    def _keep(self, page: int, read: RawPage) -> RawPage:
        _write(self._folder / f"{page}.page", read)
        return read


def _write(place: Path, content: object) -> None:
    """Whole or not at all: a process killed while it writes must not leave half of it."""
    fresh = place.with_suffix(".fresh")
    fresh.write_bytes(pickle.dumps(content, pickle.HIGHEST_PROTOCOL))
    fresh.replace(place)
