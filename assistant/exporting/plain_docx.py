"""A short Word document in French without a template: headings, paragraphs and lists that a screen reader follows."""

from io import BytesIO
from typing import TYPE_CHECKING

from assistant.exporting import wording
from assistant.exporting.grid import Grid
from assistant.exporting.parts import AUTHOR

if TYPE_CHECKING:
    from docx.document import Document


def new_document(grid: Grid, title: str) -> "Document":
    """An empty A4 document whose language, title and AI disclosure are set."""
    from docx import Document as make
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = make()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    normal.element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = wording.without_controls(title)[:255], AUTHOR, AUTHOR
    about.language = "fr-FR"
    about.keywords, about.comments = wording.ai_keywords(grid), wording.ai_metadata(grid)
    about.created = about.modified = wording.made_in_utc(grid)
    return document


def as_bytes(document: "Document") -> bytes:
    """The document's bytes."""
    made = BytesIO()
    document.save(made)
    return made.getvalue()
