"""What was put on top of a page: fields filled in, texts added and comments. Actions are counted, never followed."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from assistant.dossier.pdf.text_layer import Frame, sound
from assistant.result import Box

MarkKind = Literal["form", "added", "comment"]
"""form: a field's value; added: text written over the page for all to see; comment: a note that opens on a click."""
MOST_MARKS = 500
LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class Mark:
    """One field, added text or comment, with its place on the displayed page; `label` is the field's name."""

    kind: MarkKind
    text: str
    box: Box
    label: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one page in the file's order, and how many of its links would start a program."""

    marks: tuple[Mark, ...] = ()
    launches: int = 0


def marks_of(page: Any, frame: Frame) -> Marks:
    """The marks of an open pypdfium2 page; hidden ones are left out."""
    import pypdfium2.raw as pdfium

    found: list[Mark] = []
    launches = 0
    for annotation in _annotations(pdfium, page):
        subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
        if subtype == pdfium.FPDF_ANNOT_LINK:
            launches += _launches(pdfium, annotation)
        elif not pdfium.FPDFAnnot_GetFlags(annotation) & (
            pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
        ):
            mark = _mark(pdfium, page, annotation, subtype, frame)
            if mark is not None and mark.text:
                found.append(mark)
    return Marks(tuple(found), launches)


def _annotations(pdfium: Any, page: Any) -> Iterator[Any]:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), MOST_MARKS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            try:
                yield annotation
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)


def _mark(pdfium: Any, page: Any, annotation: Any, subtype: int, frame: Frame) -> Mark | None:
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
        return None
    box = sound(frame.shown(rect.left, rect.bottom, rect.right, rect.top))
    if box is None:
        return None
    if subtype == pdfium.FPDF_ANNOT_WIDGET:
        return _field(pdfium, page.formenv, annotation, box)
    if subtype in (pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_WATERMARK, pdfium.FPDF_ANNOT_UNKNOWN):
        return None
    text = _string(lambda *into: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", *into))
    return Mark("added" if subtype == pdfium.FPDF_ANNOT_FREETEXT else "comment", text, box)


def _field(pdfium: Any, form: Any, annotation: Any, box: Box) -> Mark | None:
    """A text or a choice; ticks and buttons say nothing by themselves."""
    kinds = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
    if form is None or pdfium.FPDFAnnot_GetFormFieldType(form, annotation) not in kinds:
        return None
    text = _string(lambda *into: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, *into))
    label = _string(lambda *into: pdfium.FPDFAnnot_GetFormFieldAlternateName(form, annotation, *into))
    return Mark("form", text, box, label)


def _string(get: Callable[[Any, int], int]) -> str:
    """A string pdfium writes in UTF-16 into a buffer whose size it tells first."""
    import pypdfium2.raw as pdfium

    size = min(get(None, 0), 2 * LONGEST)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size + 2)
    get(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le", errors="replace").split("\0", 1)[0].strip()


def _launches(pdfium: Any, annotation: Any) -> bool:
    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    return bool(action) and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_LAUNCH
