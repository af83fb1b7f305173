"""Word documents exported by LibreOffice: styles, real lists, tables, headers and footers."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.structure.content import Made, usual


def exported(document: Any, file: Path) -> None:
    """Saves a python-docx document as PDF through LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{file.stem}.docx"
        document.save(source)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", str(file.parent), str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip


def _document(made: Made, justified: bool, grid: str) -> Any:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = Document()
    document.styles["Normal"].font.size = Pt(11)
    section = document.sections[0]
    section.header.paragraphs[0].text = "Dossier de candidature - Relation client"
    section.footer.paragraphs[0].text = "Candidate n° 0417"
    for block in made.blocks:
        if block.kind == "title":
            document.add_heading(block.texts[0], level=block.level)
        elif block.kind in {"bullets", "numbers"}:
            for text in block.texts:
                document.add_paragraph(text, style="List Bullet" if block.kind == "bullets" else None)
        elif block.kind == "table":
            table = document.add_table(rows=0, cols=len(block.rows[0]), style=grid)
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        else:
            paragraph = document.add_paragraph(" ".join(block.texts))
            if justified:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return document


def office_layouts(folder: Path) -> Iterator[Made]:
    """Makes each and gives what it says."""
    for name, seed, justified, grid in (
        ("word-grid", 61, False, "Table Grid"),
        ("word-justified-shading", 62, True, "Light Shading Accent 1"),
    ):
        made = usual(name, seed)
        blocks = tuple(block for block in made.blocks if block.kind != "numbers")
        made = Made(name, blocks)
        exported(_document(made, justified, grid), folder / f"{name}.pdf")
        yield made
