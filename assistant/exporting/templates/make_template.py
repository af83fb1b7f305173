"""Makes grille.docx, the template of the grid: `python -m assistant.exporting.templates.make_template`.

An organisation takes a copy, changes its look or order in Word, and keeps the {{ names }} that docx.py fills in.
"""

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from assistant.exporting import wording
from assistant.exporting.wording import NBSP

TEMPLATE = Path(__file__).with_name("grille.docx")
FONT = "Arial"
INK, GREY, PALE = RGBColor(0x1B, 0x1B, 0x1B), RGBColor(0x50, 0x50, 0x50), "EDEDED"
MADE = datetime(2026, 1, 1)
NOTHING_KEPT = "Aucun élément retenu."
LISTS = (
    ("observations", wording.OBSERVATIONS),
    ("gaps", wording.GAPS),
    ("questions", wording.QUESTIONS),
)


def make_template() -> DocxDocument:
    """The whole template, in reading order."""
    document = Document()
    _look(document)
    _running_lines(document)
    _about(document)
    _criteria(document)
    _total(document)
    _signatures(document)
    _annex(document)
    _machine(document)
    return document


def _about(document: DocxDocument) -> None:
    document.add_heading(wording.TITLE, 1)
    document.add_paragraph("{{ kind }}", "Subtitle")
    _table(
        document,
        "Renseignements sur l’épreuve, le candidat et le dossier",
        (("Rubrique", "{{ fact.label }}", 4.5), ("Renseignement", "{{ fact.value }}", 12.5)),
        "fact in facts",
    )


def _criteria(document: DocxDocument) -> None:
    _tag(document, "for row in rows")
    document.add_heading("{{ row.id }}", 2)
    document.add_paragraph("{{ row.words }}", "Critère")
    _loop(document, "indicator in row.indicators", "{{ indicator }}")
    document.add_paragraph(
        f"Modalités d’évaluation{NBSP}: {{{{ row.assessed }}}}."
        f"{{% if row.most_points %}} Barème{NBSP}: {{{{ row.most_points }}}}.{{% endif %}}",
        "Précision",
    )
    for name, title in LISTS:
        document.add_heading(title, 3)
        _tag(document, f"if row.{name}")
        item = _loop(document, f"item in row.{name}", "{{ item.text }}{{ item.pages }}")
        item.add_run("{% if item.origin %} – {{ item.origin }}{% endif %}", "Origine")
        _tag(document, "else")
        document.add_paragraph(NOTHING_KEPT, "Précision")
        _tag(document, "endif")
    document.add_heading("Décision", 3)
    document.add_paragraph("{{ row.decision }}", "Décision")
    document.add_heading("Motivation", 3)
    document.add_paragraph("{{ row.motivation }}")
    _tag(document, "endfor")


def _total(document: DocxDocument) -> None:
    _tag(document, "if total")
    document.add_heading("Total", 1)
    document.add_paragraph("{{ total }}", "Décision")
    _tag(document, "endif")


def _signatures(document: DocxDocument) -> None:
    document.add_heading("Signatures", 1)
    _tag(document, "for member in jury")
    who = document.add_paragraph(style="Signataire")
    who.add_run("{{ member.name }}", "Strong")
    who.add_run(", {{ member.part }}\n{{ member.locked }}")
    document.add_paragraph(f"Signature{NBSP}:\t", "Ligne de signature")
    _tag(document, "endfor")


def _annex(document: DocxDocument) -> None:
    document.add_heading(wording.ANNEX_TITLE, 1)
    _tag(document, "if quotes")
    columns = (
        ("Critère", "{{ quote.criterion }}", 2.0),
        ("Page", "{{ quote.page }}", 1.4),
        ("Citation", "{{ quote.text }}", 10.4),
        ("Source", "{{ quote.source }}", 3.2),
    )
    _table(document, "Citations du dossier, mot pour mot", columns, "quote in quotes")
    _tag(document, "else")
    document.add_paragraph("Aucune citation retenue.")
    _tag(document, "endif")


def _machine(document: DocxDocument) -> None:
    document.add_heading(wording.AI_TITLE, 1)
    _loop(document, "sentence in ai", "{{ sentence }}")


def _tag(document: DocxDocument, tag: str) -> None:
    """A line that leaves nothing behind once the template is filled."""
    document.add_paragraph(f"{{%p {tag} %}}")


def _loop(document: DocxDocument, each: str, text: str) -> Paragraph:
    _tag(document, f"for {each}")
    item = document.add_paragraph(text, "List Bullet")
    _tag(document, "endfor")
    return item


def _table(document: DocxDocument, caption: str, columns: tuple[tuple[str, str, float], ...], each: str) -> None:
    """A table whose first row is its header, repeated on each page; (title, content, centimetres) a column."""
    table = document.add_table(4, len(columns), "Table Grid")
    table.autofit = False
    for tag, text in (("tblCaption", caption), ("tblDescription", caption)):
        table._tbl.tblPr.append(_element(tag, val=text))
    table.cell(1, 0).text, table.cell(3, 0).text = f"{{%tr for {each} %}}", "{%tr endfor %}"
    for column, (title, content, width) in enumerate(columns):
        _shade(_write(table.cell(0, column), title, "Titre de colonne"))
        _write(table.cell(2, column), content, "Cellule")
        for cell in table.columns[column].cells:
            cell.width = Cm(width)
        table.columns[column].width = Cm(width)
    _rows(table)


def _rows(table: Table) -> None:
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()
        properties.append(_element("cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader"))


def _write(cell: _Cell, text: str, style: str) -> _Cell:
    cell.paragraphs[0].text = text
    cell.paragraphs[0].style = style
    return cell


def _shade(cell: _Cell) -> None:
    cell._tc.get_or_add_tcPr().append(_element("shd", val="clear", color="auto", fill=PALE))


def _running_lines(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)
    section.header.paragraphs[0].text = f"{wording.TITLE} – candidat{NBSP}{{{{ candidate }}}} – {{{{ session }}}}"
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
    _style(document, "Heading 1", 17, before=20, after=6, bold=True)
    _style(document, "Heading 2", 13, before=18, after=4, bold=True)
    _style(document, "Heading 3", 10.5, before=8, after=2, bold=True)
    _style(document, "Subtitle", 12, after=10, colour=GREY)
    _style(document, "List Bullet", 10.5, after=3)
    _style(document, "Header", 9, colour=GREY)
    _style(document, "Footer", 9, colour=GREY)
    _style(document, "Critère", 10.5, after=4, bold=True)
    _style(document, "Précision", 9.5, after=4, colour=GREY)
    _style(document, "Décision", 12, after=6, bold=True)
    _style(document, "Cellule", 9.5, before=2, after=2)
    _style(document, "Titre de colonne", 9.5, before=2, after=2, bold=True)
    _style(document, "Signataire", 10.5, before=14, after=26).paragraph_format.keep_with_next = True
    line = _style(document, "Ligne de signature", 10.5, after=10)
    line.paragraph_format.tab_stops.add_tab_stop(Cm(11), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    origin = document.styles.add_style("Origine", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(origin, CharacterStyle)
    origin.font.italic, origin.font.color.rgb, origin.quick_style = True, GREY, True
    _french(document)
    _properties(document)


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
    about.title, about.author, about.language = wording.TITLE, "Prélecture", "fr-FR"
    about.comments, about.keywords, about.last_modified_by = "", "", "Prélecture"
    about.created = about.modified = MADE


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


if __name__ == "__main__":
    make_template().save(str(TEMPLATE))
