"""What pdfium hands over of a page before anything is put together: lines, drawn edges, pictures and marks."""

from dataclasses import dataclass, field
from typing import Any

from assistant.dossier.pdf.annotations import Marks, marks_of
from assistant.dossier.pdf.drawn_lines import MOST_OBJECTS, Rules, rules_of
from assistant.dossier.pdf.hidden import HiddenText, seen
from assistant.dossier.pdf.lines import Line
from assistant.dossier.pdf.structure import Structure
from assistant.dossier.pdf.text_layer import Frame, frame_of, text_layer, upright

BROKEN = "page abîmée"
A4 = Frame(0.0, 0.0, 595.0, 842.0, 0)


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as read, in content order. `failure` says in French why nothing was read; `cut` that not all of it was.

    `blank`: there is nothing on the page, not even a drawing. `uncertain`: words read in its pictures may be wrong.

    Lines read in pictures (OCR) join `lines`, with their own `source`. Words nobody can see stand in `hidden` only.
    `scanned`: some lines are the invisible words of a scan that was recognised before. `mismatch`: words of the text
    layer that the page does not show; what it shows was read instead. `missed`: pictures that were left unread, each
    as a French clause.
    """

    frame: Frame
    lines: tuple[Line, ...] = ()
    rules: Rules = field(default_factory=Rules)
    marks: Marks = field(default_factory=Marks)
    failure: str | None = None
    cut: bool = False
    blank: bool = False
    uncertain: bool = False
    hidden: tuple[HiddenText, ...] = ()
    scanned: bool = False
    mismatch: str = ""
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawDossier:
    """All that is needed to put a Dossier together without opening the file again."""

    file: str
    sha256: str
    encrypted: bool
    pages: tuple[RawPage, ...]
    structure: Structure


def raw_page(document: Any, number: int) -> RawPage:
    """Page `number` (from 0) of an open pypdfium2 document; a page that pdfium cannot load costs that page only."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return lost_page(BROKEN)
    frame = A4
    try:
        frame = frame_of(page)
        text_page = page.get_textpage()
        try:
            return _read(page, text_page, upright(text_page, frame))
        finally:
            text_page.close()
    except pypdfium2.PdfiumError:
        return RawPage(frame, failure=BROKEN)
    finally:
        page.close()


def _read(page: Any, text_page: Any, frame: Frame) -> RawPage:
    layer = text_layer(text_page, frame)
    rules = rules_of(page, frame)
    marks = marks_of(page, frame)
    sight = seen(page, text_page, layer, frame, rules)
    blank = layer.empty and not marks.marks and _undrawn(page)
    return RawPage(
        frame, sight.lines, rules, marks, cut=layer.cut, blank=blank, hidden=sight.hidden, scanned=sight.scanned
    )


def _undrawn(page: Any) -> bool:
    """Whether nothing but text, if that, stands on the page."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, index)) for index in range(count))
    return all(kind == pdfium.FPDF_PAGEOBJ_TEXT for kind in kinds)


def lost_page(reason: str) -> RawPage:
    """A page of which nothing is known but why."""
    return RawPage(A4, failure=reason)
