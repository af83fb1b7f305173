"""A reading process that fails in the way its first argument says, for the tests of the sandbox."""

import os
import sys
import time
from collections.abc import Sequence
from typing import Any

from assistant.dossier.isolation.worker import main as read
from assistant.dossier.pdf.raw import RawPage
from assistant.dossier.pdf.source import Announce, PdfSource
from assistant.dossier.pdf.structure import Structure

BAD_PAGE = 1
HEAVY = 1.5
"""Seconds of processor time."""


class Fragile(PdfSource):
    """Dies, stalls, swells, works long or waits on the second page, on the structure, the pictures, or on every page."""

    def __init__(self, way: str) -> None:
        self._way = way
        self._begun = time.process_time()

    def page(self, document: Any, number: int) -> RawPage:
        if number == BAD_PAGE or self._way.startswith("every"):
            self._fail()
        return super().page(document, number)

    def structure(self, data: bytes) -> Structure:
        if self._way == "structure":
            os.abort()
        return super().structure(data)

    def pictures(self, document: Any, pages: Sequence[RawPage], progress: Announce) -> tuple[RawPage, ...]:
        if self._way == "pictures":
            os.abort()
        return super().pictures(document, pages, progress)

    def _fail(self) -> None:
        if self._way == "wait":
            time.sleep(2)
        if self._way == "heavy":
            while time.process_time() - self._begun < HEAVY:
                pass
        if self._way.endswith("crash"):
            os.abort()
        if self._way.endswith("stall"):
            time.sleep(600)
        if self._way.endswith("swell"):
            swollen = bytearray(4 * 2**30)
            swollen[:] = b"x" * len(swollen)


def main() -> None:
    """Starts late, ends at once or never begins where its first argument says so."""
    if sys.argv[1] == "late":
        time.sleep(2)
    if sys.argv[1] == "dead":
        sys.exit(1)
    if sys.argv[1] == "never":
        time.sleep(600)
    read(Fragile(sys.argv[1]))


if __name__ == "__main__":
    main()
