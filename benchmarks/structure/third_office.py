"""The layouts of the third set that Word, LibreOffice and a presentation make."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.structure.content import Writer
from benchmarks.structure.office import exported

THIRD = Path(__file__).parent / "third"


def save(name: str, sentences: Sequence[str]) -> None:
    """The right sentences of a dossier, beside it."""
    text = json.dumps(list(sentences), ensure_ascii=False, indent=0)
    (THIRD / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _bordered(paragraph: Any, fill: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    sides = "".join(
        f'<w:{s} w:val="single" w:sz="8" w:space="4" w:color="336699"/>' for s in ("top", "left", "bottom", "right")
    )
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"))
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))


def callouts() -> None:
    """Framed and shaded paragraphs between plain ones, right against them, as LibreOffice exports them."""
    from docx import Document

    write, document, said = Writer(203), Document(), list[str]()
    document.sections[0].footer.paragraphs[0].text = "Dossier de compétences"
    for number in range(4):
        title = write.title().texts[0]
        document.add_heading(title, level=2)
        before, framed, after = write.prose(4), write.prose(2), write.prose(3)
        document.add_paragraph(" ".join(before.texts))
        paragraph = document.add_paragraph(f"À retenir : {' '.join(framed.texts)}")
        _bordered(paragraph, "E8F0F8" if number % 2 else "FFF4CC")
        document.add_paragraph(" ".join(after.texts))
        said += [title, *before.texts, f"À retenir : {framed.texts[0]}", *framed.texts[1:], *after.texts]
    exported(document, THIRD / "callouts.pdf")
    save("callouts", said)


def word_rows() -> None:
    """The same from Word: rows of a framed table go on over the pages, in narrow cells, sometimes one cell of them."""
    from docx import Document
    from docx.shared import Cm

    write, document, said = Writer(300), Document(), list[str]()
    section = document.sections[0]
    section.page_height, section.page_width = Cm(14), Cm(17)
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    rows = [("Période", "Ce que j’ai fait", "Bilan")]
    for n in range(9):
        first, second = write.prose(2), write.prose(1)
        rows.append((f"Mois {n + 1}", " ".join(first.texts), " ".join(second.texts)))
    for n, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
            cell.paragraphs[0].runs[0].bold = n == 0
        said.append(" | ".join(row))
    exported(document, THIRD / "word-rows.pdf")
    save("word-rows", said)


def presentation() -> None:
    """Slides of 16:9 with titles, text boxes and a table, exported from a presentation."""
    from pptx import Presentation
    from pptx.util import Cm, Pt

    write, slides, said = Writer(208), Presentation(), list[str]()
    slides.slide_width, slides.slide_height = Cm(33.87), Cm(19.05)
    for number in range(4):
        slide = slides.slides.add_slide(slides.slide_layouts[5])
        title = write.title().texts[0]
        slide.shapes.title.text = title
        said.append(title)
        for left, block in ((1.5, write.bullets(2)), (17.5, write.prose(2))):
            frame = slide.shapes.add_textbox(Cm(left), Cm(4.5), Cm(14.5), Cm(8)).text_frame
            frame.word_wrap = True
            for n, text in enumerate(block.texts):
                paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
                paragraph.text = ("• " if block.kind == "bullets" else "") + text
                paragraph.font.size = Pt(18)
            said += block.texts
        if number == 3:
            rows = (("Étape", "Avant", "Après"), ("Prise d’appel", "4 min", "2 min"), ("Devis", "5 jours", "3 jours"))
            table = slide.shapes.add_table(3, 3, Cm(1.5), Cm(13.5), Cm(28), Cm(3.5)).table
            for r, row in enumerate(rows):
                for c, text in enumerate(row):
                    table.cell(r, c).text = text
                said.append(" | ".join(row))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "presentation.pptx"
        slides.save(str(file))
        _converted(file)
    save("presentation", said)


def _converted(file: Path) -> None:
    import subprocess

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{file.parent}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(THIRD), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
