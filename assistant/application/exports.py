"""The files a juror or a jury takes away, made when they are asked for: only what was adopted, edited or written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Literal

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.application.context import ReviewContext
from assistant.application.installation import Installation
from assistant.application.prereads import PreReads
from assistant.application.reviews import Reviews
from assistant.errors import InvalidInput
from assistant.exporting.as_json import as_json
from assistant.exporting.docx import as_docx
from assistant.exporting.feedback import feedback_docx, feedback_html, feedback_pdf
from assistant.exporting.filled import Heading, Reading, grid_of
from assistant.exporting.grid import Grid
from assistant.exporting.grid import GridKind as GridKind
from assistant.exporting.html import as_html
from assistant.exporting.oral import oral_docx, oral_html, oral_pdf
from assistant.exporting.pdf import as_pdf
from assistant.exporting.xlsx import as_xlsx

Document = Literal["grid", "oral", "feedback"]
Ending = Literal["docx", "pdf", "xlsx", "html", "json"]
Making = Callable[[Grid], bytes | str]
MEDIA: Mapping[Ending, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "json": "application/json",
}
ENDINGS: Mapping[Document, tuple[Ending, ...]] = {
    "grid": ("docx", "pdf", "xlsx", "html", "json"),
    "oral": ("pdf", "docx", "html"),
    "feedback": ("docx", "pdf", "html"),
}
"""The formats of each document, the usual one first."""
NAMES: Mapping[Document, str] = {"grid": "grille", "oral": "oral", "feedback": "retour"}
KINDS: Mapping[GridKind, str] = {"individual": "individuelle", "collegial": "collégiale"}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to take away."""

    name: str
    media: str
    data: bytes


class Exports:
    """What leaves the desk."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._reviews = Reviews(installation)
        self._prereads = PreReads(installation)

    def grid(self, actor: Actor, review_id: str, kind: GridKind) -> Grid:
        """The filled grid: one's own reading, or the whole jury's with what was agreed. Raises AccessDenied."""
        context = self._reviews.context(actor, review_id)
        allow(actor, "export", context.access)
        if kind == "individual":
            seat = context.access.seat(actor.person)
            readings = [Reading(actor.name, seat.part if seat else 1, context.work)]
            return grid_of(_heading(context), context.dossier.preread, context.referentiel, readings)
        harmony = self._reviews.harmony(actor, review_id)
        readings = [Reading(one.name, one.part, one.work) for one in harmony.readings]
        return grid_of(_heading(context), context.dossier.preread, context.referentiel, readings, harmony.agreed)

    def file(self, actor: Actor, review_id: str, kind: GridKind, document: Document, ending: Ending) -> ExportFile:
        """One document in one format. Raises AccessDenied and InvalidInput for a format it has not."""
        if ending not in ENDINGS[document]:
            raise InvalidInput("Ce document n’existe pas dans ce format.")
        grid = self.grid(actor, review_id, kind)
        made = self._ways()[document, ending](grid)
        return ExportFile(
            file_name(grid.candidate, kind, document, ending),
            MEDIA[ending],
            made.encode() if isinstance(made, str) else made,
        )

    def page(self, actor: Actor, preread_id: str) -> str:
        """A pre-read as one HTML page, without anything a person wrote."""
        from assistant.exporting.page import as_html as as_page

        loaded = self._prereads.open(actor, preread_id)
        return as_page(loaded.preread, loaded.referentiel)

    def _ways(self) -> Mapping[tuple[Document, Ending], Making]:
        template = self._installation.settings.grid_template
        return {
            ("grid", "docx"): partial(as_docx, template=template),
            ("grid", "pdf"): as_pdf,
            ("grid", "xlsx"): as_xlsx,
            ("grid", "html"): as_html,
            ("grid", "json"): as_json,
            ("oral", "pdf"): oral_pdf,
            ("oral", "docx"): oral_docx,
            ("oral", "html"): oral_html,
            ("feedback", "docx"): feedback_docx,
            ("feedback", "pdf"): feedback_pdf,
            ("feedback", "html"): feedback_html,
        }


def file_name(candidate: str, kind: GridKind, document: Document, ending: Ending) -> str:
    """ "grille-individuelle-0417.docx"; nothing of a candidate's number can be a path."""
    safe = "".join(char if char.isalnum() else "-" for char in candidate)
    return f"{NAMES[document]}-{KINDS[kind]}-{safe}.{ending}"


def _heading(context: ReviewContext) -> Heading:
    candidacy, session = context.candidacy, context.session
    return Heading(
        session.title if session else "Hors session",
        session.held if session else None,
        candidacy.number if candidacy else context.dossier.preread.dossier.file,
        candidacy.accommodations if candidacy else "",
        datetime.now(UTC),
    )
