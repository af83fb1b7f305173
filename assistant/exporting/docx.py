"""Any document as a Word document, in a template that an organisation can replace.

A template is a DOCX with docxtpl's tags. `{{ contenu }}`, alone in a paragraph, is where the whole document goes, in the
template's own styles. For a look of one's own line by line, a grid's template may use instead, or beside it: title, kind,
candidate, session, facts (label, value), rows (id, words, indicators, assessed, most_points, observations, gaps and
questions with text, pages, origin, requirement; decision, motivation), total, jury (name, part, locked), quotes
(criterion, page, text, source), ai (sentences).
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zipfile import BadZipFile

from assistant.errors import SettingsError
from assistant.exporting.document import Document, storable
from assistant.exporting.html import one_page_size
from assistant.exporting.wording import AUTHOR, NBSP, made_in_utc

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from jinja2 import Environment

TEMPLATE = Path(__file__).parent / "templates" / "document.docx"
LONGEST_PROPERTY = 255
CONTENT = "contenu"
SMALLEST = 7.0
ONE_PAGE_STYLES = {"Normal": 1.0, "List Bullet": 1.0, "Heading 2": 1.1, "Subtitle": 1.0}
"""How large the letters of a style are beside the body's, in a document that keeps to one page."""


def as_docx(document: Document, template: Path | None = None, tags: Mapping[str, Any] | None = None) -> bytes:
    """The document's bytes; `tags` are what a template of one's own may use beside `contenu`.

    Raises SettingsError when the template cannot be opened or filled in.
    """
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    path = template or TEMPLATE
    place = f"contenu-{uuid4().hex}"
    try:
        made = DocxTemplate(path)
        made.render({**(tags or {}), "title": document.title, CONTENT: place}, _environment())
    except (OpcError, BadZipFile, OSError) as error:
        raise SettingsError(
            f"Le modèle de grille «{NBSP}{path.name}{NBSP}» ne s’ouvre pas{NBSP}: ce n’est pas un document Word "
            "(.docx) lisible."
        ) from error
    except (TemplateError, SyntaxError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise SettingsError(
            f"Le modèle de grille «{NBSP}{path.name}{NBSP}» ne peut pas être rempli{NBSP}: {error}"
        ) from error
    _fill(made.docx, place, document, keeps_page=template is not None)
    _properties(made.docx, document)
    filled = BytesIO()
    made.docx.save(filled)
    return filled.getvalue()


def _environment() -> "Environment":
    """Tags of the template are evaluated, in a sandbox; texts put in their place are letters and nothing else."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_as_letters)


def _as_letters(value: object) -> str:
    """A value as XML text. Braces are written as entities: docxtpl would read « {_{ » as its own escape for two."""
    from markupsafe import Markup, escape

    escaped = str(escape(storable(str(value))))
    return Markup(escaped.replace("{", "&#123;").replace("}", "&#125;"))


def _fill(word: "WordDocument", place: str, document: Document, *, keeps_page: bool) -> None:
    """Writes the document where the template asks for it; nowhere when the template lays the grid out by its tags."""
    from docx.oxml.ns import qn

    from assistant.exporting.docx_blocks import word_elements

    if not keeps_page:
        _page(word, document)
    for paragraph in list(word.element.body.iter(qn("w:p"))):
        if place in "".join(paragraph.itertext()):
            for element in word_elements(word, document.heading, document.blocks):
                paragraph.addprevious(element)
            paragraph.getparent().remove(paragraph)


def _page(word: "WordDocument", document: Document) -> None:
    """A4 the way the document asks for, and letters for one page where it is to be one."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    section = word.sections[0]
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if document.landscape else (short, long)
    if document.one_page:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(13)
        size = one_page_size(document, SMALLEST)
        for name, factor in ONE_PAGE_STYLES.items():
            style = word.styles[name]
            style.font.size = Pt(size * factor)
            style.paragraph_format.space_before = Pt(4 if name == "Heading 2" else 0)
            style.paragraph_format.space_after = Pt(2)
            style.paragraph_format.line_spacing = 1.0


def _properties(word: "WordDocument", document: Document) -> None:
    about, told = word.core_properties, document.properties
    about.title = storable(document.title)[:LONGEST_PROPERTY]
    about.author = about.last_modified_by = AUTHOR
    about.language = "fr-FR"
    about.keywords = storable("; ".join(told.keywords))[:LONGEST_PROPERTY]
    about.comments = storable(told.disclosure)[:LONGEST_PROPERTY]
    about.created = about.modified = made_in_utc(told.created)
