"""Files opened again by other programs than those that made them: pdfium, LibreOffice, python-docx, openpyxl."""

import io
import shutil
import subprocess
from pathlib import Path

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


def through_libreoffice(data: bytes, ending: str, folder: Path) -> bytes:
    """The PDF that LibreOffice makes of an office file."""
    office = shutil.which("soffice")
    assert office, "these tests need LibreOffice: .ci/run installs it"
    (folder / f"fichier.{ending}").write_bytes(data)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir",
         str(folder), str(folder / f"fichier.{ending}")],
        check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    return (folder / "fichier.pdf").read_bytes()
