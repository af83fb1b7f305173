"""Files opened again by other programs than those that made them: pdfium, LibreOffice, python-docx, openpyxl."""

import io
import itertools
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
from docx import Document
from openpyxl import load_workbook


def pdf_text(data: bytes) -> str:
    """The words that can be selected, page after page, on one line."""
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def pdf_pages(data: bytes) -> int:
    return len(pypdfium2.PdfDocument(data))


def docx_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def xlsx_text(data: bytes) -> str:
    book = load_workbook(io.BytesIO(data))
    return "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None)


def through_libreoffice(files: Mapping[str, bytes], folder: Path) -> Mapping[str, bytes]:
    """The PDF that LibreOffice makes of each office file, by the file's name: all in one start of it, which takes longest."""
    office = shutil.which("soffice")
    assert office, "these tests need LibreOffice: .ci/run installs it"
    for name, data in files.items():
        (folder / name).write_bytes(data)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir",
         str(folder), *(str(folder / name) for name in files)],
        check=True, timeout=240, capture_output=True,
    )  # fmt: skip
    return {name: (folder / name).with_suffix(".pdf").read_bytes() for name in files}


def rows_of_table(page: Any) -> list[tuple[str, float, float]]:
    """Of each row of the table on a page of pdfplumber: its letters, its height, and that of its words, in points."""
    edges = sorted({round(edge["top"], 1) for edge in page.horizontal_edges})
    edges = [edge for place, edge in enumerate(edges) if place == 0 or edge - edges[place - 1] > 2]
    rows = []
    for top, bottom in itertools.pairwise(edges):
        within = [char for char in page.chars if top - 0.5 <= char["top"] and char["bottom"] <= bottom + 0.5]
        letters = "".join(char["text"] for char in within).translate({ord(space): None for space in " \xa0"})
        rows.append((letters, bottom - top, max((char["bottom"] for char in within), default=top) - top))
    return rows
