"""Any document as a PDF to print, sign, keep and read aloud: tagged, in French, with its title (PDF/UA-1)."""

import json
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.exporting.as_data import as_data
from assistant.exporting.document import Document, storable
from assistant.exporting.wording import AUTHOR

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATE = Path(__file__).parent / "templates" / "document.typ"
MISSING_LETTER = "could not be displayed"


def as_pdf(document: Document) -> bytes:
    """The document's bytes: the same for the same document.

    Letters come from the typesetter's own fonts. A script that they lack is taken from the machine's fonts, so that
    such a document depends on them; a character that no font has is printed as an empty box, and still read aloud and
    copied as itself, in a file that is tagged like others and does not claim the standard.
    """
    from typst import TypstError

    told = _told(document)
    for of_machine in (False, True):
        try:
            return _made(document, told, of_machine=of_machine, standard=True)
        except TypstError as error:
            if MISSING_LETTER not in error.message:
                raise
    return _made(document, told, of_machine=True, standard=False)


def _made(document: Document, told: str, *, of_machine: bool, standard: bool) -> bytes:
    from typst import compile as typeset

    made = typeset(
        _source(),
        format="pdf",
        sys_inputs={"document": told},
        font_paths=_fonts(of_machine),
        pdf_standards=["ua-1"] if standard else [],
        timestamp=document.properties.created.astimezone(UTC).replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _source() -> bytes:
    return TEMPLATE.read_bytes()


@cache
def _fonts(of_machine: bool) -> "Fonts":
    from typst import Fonts

    return Fonts(include_system_fonts=of_machine)


def _told(document: Document) -> str:
    """The document as JSON for the template."""
    about = document.properties
    made = about.created.astimezone(UTC)
    head = {
        "author": AUTHOR,
        "keywords": [storable(keyword) for keyword in about.keywords],
        "disclosure": storable(about.disclosure),
        "created": {name: getattr(made, name) for name in ("year", "month", "day", "hour", "minute", "second")},
    }
    return json.dumps({**as_data(document), **head}, ensure_ascii=False)
