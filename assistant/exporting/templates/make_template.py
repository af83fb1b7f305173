"""Makes document.docx, the Word template of every document: `python -m assistant.exporting.templates.make_template`.

An organisation takes a copy, changes its styles, header and footer in Word, and keeps `{{ contenu }}` where the document
goes (see docx.py for the tags of a template that lays the grid out line by line).
"""

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.text.paragraph import Paragraph

from assistant.exporting.wording import AUTHOR, NBSP

TEMPLATE = Path(__file__).with_name("document.docx")
FONT = "Arial"
INK, GREY = RGBColor(0x1B, 0x1B, 0x1B), RGBColor(0x50, 0x50, 0x50)
MADE = datetime(2026, 1, 1)


def make_template() -> DocxDocument:
    """The whole template: its look, its running lines, and the place of the document."""
    document = Document()
    _look(document)
    _running_lines(document)
    document.add_paragraph("{{ contenu }}")
    return document


def _running_lines(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header_distance = section.footer_distance = Cm(1.1)
    section.header.paragraphs[0].text = "{{ title }}"
    footer = section.footer.paragraphs[0]
    footer.add_run(f"Page{NBSP}")
    _field(footer, "PAGE")
    footer.add_run(" sur ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    field = _element("fldSimple", instr=name)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)


def _look(document: DocxDocument) -> None:
    """Fonts, sizes, spaces and language: spacing is in the styles, never in empty paragraphs."""
    _unused(document)
    _style(document, "Normal", 10.5, after=6)
    _style(document, "Heading 1", 17, after=4, bold=True)
    _style(document, "Heading 2", 12, before=14, after=4, bold=True)
    _style(document, "Heading 3", 10.5, before=6, after=2, bold=True)
    _style(document, "Subtitle", 12, after=10, colour=GREY)
    _style(document, "List Bullet", 10.5, after=3)
    _style(document, "Header", 9, colour=GREY)
    _style(document, "Footer", 9, colour=GREY)
    _style(document, "Précision", 8.5, after=4, colour=GREY)
    _style(document, "Cellule", 9, before=1, after=1)
    _style(document, "Titre de colonne", 9, before=1, after=1, bold=True)
    _cell_list(document)
    _style(document, "Signataire", 10.5, before=14, after=22).paragraph_format.keep_with_next = True
    _style(document, "Ligne de signature", 10.5, after=10)
    origin = document.styles.add_style("Origine", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(origin, CharacterStyle)
    origin.font.italic, origin.font.color.rgb, origin.quick_style = True, GREY, True
    _french(document)
    _properties(document)


def _cell_list(document: DocxDocument) -> None:
    """A list as bullets, in the letters of a cell and near its edge."""
    style = _style(document, "Liste de cellule", 9, before=1, after=1)
    style.base_style = document.styles["List Bullet"]
    style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Cm(0.35), Cm(-0.35)


def _unused(document: DocxDocument) -> None:
    kept = {"Normal Table", "Table Grid"}
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in kept:
            style.delete()


def _style(
    document: DocxDocument,
    name: str,
    size: float,
    *,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    colour: RGBColor = INK,
) -> ParagraphStyle:
    known = name in [style.name for style in document.styles]
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    if not known:
        style.base_style, style.quick_style = document.styles["Normal"], True
    _font(style, size, bold=bold, colour=colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.15
    return style


def _font(style: CharacterStyle, size: float, *, bold: bool, colour: RGBColor) -> None:
    style.font.size, style.font.bold, style.font.italic, style.font.color.rgb = Pt(size), bold, False, colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # the theme's fonts would win over a named one
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)


def _french(document: DocxDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
        language.set(qn("w:eastAsia"), "fr-FR")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "fr-FR")


def _properties(document: DocxDocument) -> None:
    about = document.core_properties
    about.title, about.author, about.language = "", AUTHOR, "fr-FR"
    about.comments, about.keywords, about.last_modified_by = "", "", AUTHOR
    about.created = about.modified = MADE


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


if __name__ == "__main__":
    make_template().save(str(TEMPLATE))
