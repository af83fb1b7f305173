"""What was read of a dossier, as anyone may look at it: format `prelecture-reading/1`. A contract with other programs."""

from typing import Any, Literal

from pydantic import model_serializer

from assistant.result import FileKind, Notice, PageRead, Part

ShownKind = Literal["prose", "bullet", "row", "heading", "caption", "code", "note", "form"]
ShownRole = Literal["body", "furniture", "official"]


class ReportedFile(Part):
    """One file, in order; no page when it could not be read (a notice says why)."""

    name: str
    sha256: str
    kind: FileKind
    pages: int


class ReportedPage(Part):
    """A page, numbered through from 1; `file` is the name of its file, `reason` says what was left out of it."""

    page: int
    file: str
    read: PageRead
    reason: str | None


class ReportedSentence(Part):
    """A sentence in reading order; `pages` are two when it goes on over the page, `cells` are those of a row."""

    id: str
    pages: tuple[int, ...]
    text: str
    kind: ShownKind
    role: ShownRole
    section: str
    cells: tuple[str, ...] | None = None

    @model_serializer(mode="wrap")
    def _without_absent_cells(self, handler: Any) -> dict[str, Any]:
        written: dict[str, Any] = handler(self)
        if self.cells is None:
            del written["cells"]
        return written


class ReadingReport(Part):
    """Everything that was read, and what was not."""

    format: Literal["prelecture-reading/1"] = "prelecture-reading/1"
    files: tuple[ReportedFile, ...]
    pages: tuple[ReportedPage, ...]
    sentences: tuple[ReportedSentence, ...]
    notices: tuple[Notice, ...]

    def to_json(self) -> str:
        """The same reading always gives the same bytes."""
        return self.model_dump_json(indent=1) + "\n"
