"""A reading process that fails in the way its first argument says, for the tests of the sandbox."""

import os
import sys
import time
from typing import Any

from assistant.dossier.isolation.worker import main
from assistant.dossier.pdf.raw import RawPage
from assistant.dossier.pdf.source import PdfSource
from assistant.dossier.pdf.structure import Structure

BAD_PAGE = 1


class Fragile(PdfSource):
    """Dies, stalls or swells on the second page, on the structure, or on every page."""

    def __init__(self, way: str) -> None:
        self._way = way

    def page(self, document: Any, number: int) -> RawPage:
        if number == BAD_PAGE or self._way.startswith("every"):
            self._fail()
        return super().page(document, number)

    def structure(self, data: bytes) -> Structure:
        if self._way == "structure":
            os.abort()
        return super().structure(data)

    def _fail(self) -> None:
        if self._way.endswith("crash"):
            os.abort()
        if self._way.endswith("stall"):
            time.sleep(600)
        if self._way.endswith("swell"):
            swollen = bytearray(4 * 2**30)
            swollen[:] = b"x" * len(swollen)


if __name__ == "__main__":
    main(Fragile(sys.argv[1]))
