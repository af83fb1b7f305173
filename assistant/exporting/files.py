"""Every file a jury takes away, by document and format: the one list that pages, commands and benches go through."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from assistant.exporting.annex import annex_document
from assistant.exporting.as_json import as_json
from assistant.exporting.document import Document
from assistant.exporting.docx import as_docx
from assistant.exporting.feedback import feedback_document
from assistant.exporting.grid import Grid, GridKind
from assistant.exporting.grid_document import grid_document
from assistant.exporting.grid_tags import grid_tags
from assistant.exporting.html import as_html
from assistant.exporting.notes import notes_document
from assistant.exporting.oral import oral_document
from assistant.exporting.pdf import as_pdf
from assistant.exporting.xlsx import as_xlsx

FileFormat = Literal["docx", "pdf", "xlsx", "html", "json"]
GridDocument = Literal["grid", "annex", "oral", "feedback"]
NotesFormat = Literal["docx", "pdf"]
MEDIA_TYPES: Mapping[FileFormat, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "json": "application/json",
}
FORMATS: Mapping[GridDocument, tuple[FileFormat, ...]] = {
    "grid": ("docx", "pdf", "xlsx", "html", "json"),
    "annex": ("pdf", "docx", "html"),
    "oral": ("pdf", "docx", "html"),
    "feedback": ("docx", "pdf", "html"),
}
"""In which formats each document comes. The workbook holds the grid and the annex; JSON holds the whole grid."""
BUILDERS: Mapping[GridDocument, Callable[[Grid], Document]] = {
    "grid": grid_document,
    "annex": annex_document,
    "oral": oral_document,
    "feedback": feedback_document,
}
NAMES: Mapping[GridDocument, str] = {"grid": "grille", "annex": "annexe", "oral": "oral", "feedback": "retour"}
MASCULINE: frozenset[GridDocument] = frozenset({"oral", "feedback"})
KINDS: Mapping[GridKind, tuple[str, str]] = {
    "individual": ("individuelle", "individuel"),
    "collegial": ("collegiale", "collegial"),
    "personal": ("personnelle", "personnel"),
}
"""As a file's name says it, feminine and masculine."""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file as it is handed over: its name (letters, digits and hyphens), its media type and its bytes."""

    name: str
    media_type: str
    data: bytes


def export(grid: Grid, document: GridDocument, form: FileFormat, template: Path | None = None) -> ExportedFile:
    """One document in one format; `template` is the organisation's own Word template, for the grid alone.

    Raises SettingsError when that template cannot be opened or filled in.
    """
    assert form in FORMATS[document], f"no {document} in {form}"
    data = _data(grid, document, form, template)
    return ExportedFile(file_name(grid, document, form), MEDIA_TYPES[form], data)


def notes_file(grid: Grid, notes: Mapping[str, str], form: NotesFormat) -> ExportedFile:
    """A juror's own notes by criterion; the grid says whose dossier they are about."""
    document = notes_document(grid, notes)
    data = as_docx(document) if form == "docx" else as_pdf(document)
    return ExportedFile(f"mes-notes-{safe_name(grid)}.{form}", MEDIA_TYPES[form], data)


def file_name(grid: Grid, document: GridDocument, form: FileFormat) -> str:
    """« grille-collegiale-0417.pdf », before the file is made."""
    name, kind = NAMES[document], KINDS[grid.kind][document in MASCULINE]
    return f"{name}-{kind}-{safe_name(grid)}.{form}"


def safe_name(grid: Grid) -> str:
    """The candidate's number, or outside a session the title given to the dossier, else the file's name without its ending;
    in letters, digits and hyphens."""
    whose = grid.candidate or PurePath(grid.file).stem
    return "".join(char if char.isalnum() else "-" for char in whose)


def _data(grid: Grid, document: GridDocument, form: FileFormat, template: Path | None) -> bytes:
    match form:
        case "json":
            return as_json(grid).encode()
        case "xlsx":
            return as_xlsx(grid_document(grid), annex_document(grid))
        case "docx" if document == "grid":
            return as_docx(grid_document(grid), template, grid_tags(grid))
    built = BUILDERS[document](grid)
    if form == "docx":
        return as_docx(built)
    return as_pdf(built) if form == "pdf" else as_html(built).encode()
