"""Dossiers of any length, made by repeating the pages of a labelled one."""

import io
from pathlib import Path

from assistant.places import ROOT

SHORT = ROOT / "tests" / "dossiers" / "cycle-client-plombier" / "dossier.pdf"
LONG = ROOT / "tests" / "dossiers" / "manager-menuiserie-bloc1" / "dossier.pdf"


def of_length(source: Path, pages: int) -> bytes:
    """`pages` pages of `source`, from its first and round again."""
    from pypdf import PdfReader, PdfWriter

    reader, writer = PdfReader(source), PdfWriter()
    for number in range(pages):
        writer.add_page(reader.pages[number % len(reader.pages)])
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
