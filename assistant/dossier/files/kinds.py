"""What a file is, by its content; plain text, which has none to tell it by, by its name as well."""

import zipfile
from io import BytesIO
from pathlib import PurePath
from typing import Literal

Kind = Literal["docx", "odt", "pptx", "odp", "xlsx", "ods", "text", "markdown", "image"]
NAMES: dict[Kind, str] = {
    "docx": "document Word",
    "odt": "document LibreOffice",
    "pptx": "présentation PowerPoint",
    "odp": "présentation LibreOffice",
    "xlsx": "classeur Excel",
    "ods": "classeur LibreOffice",
    "text": "texte",
    "markdown": "texte Markdown",
    "image": "image",
}
OFFICE: frozenset[Kind] = frozenset({"docx", "odt", "pptx", "odp"})
SHEETS: frozenset[Kind] = frozenset({"xlsx", "ods"})
TEXTS: dict[str, Kind] = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown"}
EXTENSIONS = (
    "pdf", "docx", "odt", "pptx", "odp", "xlsx", "ods", "txt", "md", "png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp",
    "gif", "zip",
)  # fmt: skip
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM")
PARTS: dict[str, Kind] = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "xl/workbook.xml": "xlsx"}
OPEN_DOCUMENTS: dict[str, Kind] = {"text": "odt", "presentation": "odp", "spreadsheet": "ods"}


def kind_of(data: bytes, name: str = "") -> Kind | None:
    """What a file that is no PDF is; None for a PDF, a ZIP of files, and what cannot be told."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    if data.startswith(PICTURES):
        return "image"
    if data.startswith(b"PK"):
        return _in_archive(data)
    written = TEXTS.get(PurePath(name).suffix.lower())
    return written if written and text_of(data) is not None else None


def is_archive(data: bytes) -> bool:
    """Whether a file is a ZIP of files, and no document."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and kind_of(data) is None


def text_of(data: bytes) -> str | None:
    """A plain text, in UTF-8, UTF-16 with its mark, or the Windows alphabet; None for what is no text."""
    if data.startswith(b"%PDF-") or not data.strip():
        return None
    for alphabet in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(alphabet)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _in_archive(data: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            for part, kind in PARTS.items():
                if part in names:
                    return kind
            if "mimetype" not in names or archive.getinfo("mimetype").file_size >= 200:
                return None
            written = archive.read("mimetype").decode("ascii", errors="replace").strip()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return None
    return OPEN_DOCUMENTS.get(written.partition("opendocument.")[2])
