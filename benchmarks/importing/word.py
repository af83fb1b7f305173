"""A Word document written with python-docx, and the PDF that LibreOffice makes of it."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.referentiel.model import Criterion
from benchmarks.importing.renderings import _said


@dataclass(frozen=True, slots=True)
class Look:
    """What is left of a table without upright rules: `padding` in points above and below, a rule below each row, its
    first row shaded, its cells centred from top to bottom."""

    padding: float = 0.0
    rows: bool = False
    shaded: bool = False
    centred: bool = False


class Pen:
    """A Word document being written."""

    def __init__(self, *, wide: bool, size: float, foot: str) -> None:
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm, Pt

        self.document = docx.Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if wide:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(1.8)
        style: Any = self.document.styles["Normal"]
        style.font.size, style.font.name = Pt(size), "DejaVu Sans Condensed"
        style.paragraph_format.space_after = Pt(0)
        self.width = (section.page_width - section.left_margin - section.right_margin) / 12700
        if foot:
            section.footer.paragraphs[0].text = foot
            self._number(section.footer.paragraphs[0])

    def _number(self, paragraph: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = paragraph.add_run("\t" if kind == "begin" else "")._r
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            element.text = text
            run.append(element)

    def say(self, text: str, *, bold: bool = False, size: float | None = None, style: str | None = None) -> None:
        from docx.shared import Pt

        run = self.document.add_paragraph(style=style).add_run(text)
        run.bold = bold
        if size:
            run.font.size = Pt(size)

    def turn(self) -> None:
        self.document.add_page_break()  # type: ignore[no-untyped-call]

    def table(self, rows: int, widths: tuple[float, ...], heads: int = 0) -> Any:
        from docx.oxml import OxmlElement
        from docx.shared import Pt

        table = self.document.add_table(rows, len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
            for cell in column.cells:
                cell.width = Pt(width)
        for row in table.rows[:heads]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        return table

    def unrule(self, look: Look) -> None:
        """Takes the rules off every table, as authors do who line text up with tables nobody sees."""
        for table in self.document.tables:
            table.style = "Normal Table"
            if look.padding:
                _margins(table, look.padding)
            for row in table.rows:
                for cell in row.cells:
                    if look.rows:
                        _rule_below(cell)
                    if look.centred:
                        cell.vertical_alignment = 1
            if look.shaded:
                for cell in table.rows[0].cells:
                    _shade(cell)

    def save(self, path: Path) -> Path:
        """As a Word file, or as the PDF that LibreOffice makes of it."""
        if path.suffix == ".docx":
            self.document.save(str(path))
            return path
        with tempfile.TemporaryDirectory() as folder:
            word = Path(folder) / f"{path.stem}.docx"
            self.document.save(str(word))
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
            subprocess.run(
                [*command, "--outdir", str(path.parent), str(word)], check=True, capture_output=True, timeout=170
            )
        return path


def fill(cell: Any, lines: list[tuple[str, str]], *, bold: bool = False, upright: bool = False) -> None:
    """A cell's paragraphs, each with its style ("" for the plain one)."""
    if upright:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        turned = OxmlElement("w:textDirection")
        turned.set(qn("w:val"), "btLr")
        cell._tc.get_or_add_tcPr().append(turned)
    for place, (text, style) in enumerate(lines):
        paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
        if style:
            paragraph.style = style
        paragraph.add_run(text).bold = bold


def lines_of(criteria: list[Criterion], mark: str, coded: bool) -> list[tuple[str, str]]:
    found = []
    for one in criteria:
        said = _said(one) if coded else [(one.text, False), *((item, True) for item in one.indicators)]
        own = "" if coded and one.source_code else mark
        found += [(text, "List Bullet 2" if inner else own) for text, inner in said]
    return found


def _element(parent: Any, name: str, **values: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    parent.append(made)
    return made


def _margins(table: Any, padding: float) -> None:
    held = _element(table._tbl.tblPr, "w:tblCellMar")
    for side in ("top", "bottom"):
        _element(held, f"w:{side}", w=str(round(20 * padding)), type="dxa")


def _rule_below(cell: Any) -> None:
    held = _element(cell._tc.get_or_add_tcPr(), "w:tcBorders")
    _element(held, "w:bottom", val="single", sz="4", color="808080")


def _shade(cell: Any) -> None:
    _element(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill="D9E2F3")
