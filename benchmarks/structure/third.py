"""A third set: layouts that candidates hand in, written before the reader was tried on it.

`python -m benchmarks.structure.third` makes it again; needs what `make.py` needs and python-pptx. The right sentences
were written with the pages, not taken from what is read.
"""

import json
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.structure.content import Said, Writer
from benchmarks.structure.make import BASE, chromium, weasyprint
from benchmarks.structure.office import exported

THIRD = Path(__file__).parent / "third"


def _save(name: str, sentences: Sequence[str]) -> None:
    text = json.dumps(list(sentences), ensure_ascii=False, indent=0)
    (THIRD / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _page(body: str, css: str) -> str:
    return f"<!doctype html><html lang=fr><meta charset=utf-8><style>{BASE}{css}</style><body>{body}</body></html>"


def _paragraph(block: Said) -> str:
    return "<p>" + " ".join(escape(text) for text in block.texts) + "</p>"


def curriculum() -> None:
    """A two-column page in a table without borders, as Word's templates set curricula."""
    from docx import Document
    from docx.shared import Cm

    write, document = Writer(201), Document()
    document.add_heading("Camille Roux", level=0)
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    left.width, right.width = Cm(5), Cm(11)
    said = ["Camille Roux"]
    left.paragraphs[0].text = "Compétences"
    left.paragraphs[0].runs[0].bold = True
    said.append("Compétences")
    for text in write.bullets(5).texts:
        left.add_paragraph(text, style="List Bullet")
        said.append(text)
    right.paragraphs[0].text = "Expérience"
    right.paragraphs[0].runs[0].bold = True
    said.append("Expérience")
    for job, years in (("Assistante commerciale", "2021-2025"), ("Vendeuse conseil", "2018-2021")):
        right.add_paragraph().add_run(f"{job}, {years}").bold = True
        block = write.prose(4)
        right.add_paragraph(" ".join(block.texts))
        said += [f"{job}, {years}", *block.texts]
    for _ in range(3):
        block = write.prose(4)
        document.add_paragraph(" ".join(block.texts))
        said += block.texts
    exported(document, THIRD / "curriculum.pdf")
    _save("curriculum", said)


def cards() -> None:
    """Cards two by two, each with a large number beside its title, as Canva lays them out."""
    write, body, said = Writer(202), "", list[str]()
    for page in range(2):
        for n in range(4):
            title, block = write.title(), write.prose(3)
            number = f"{4 * page + n + 1:02}"
            body += (
                f"<div class=k style='left:{95 * (n % 2)}mm;top:{115 * (n // 2) + 277 * page}mm'>"
                f"<h2><b>{number}</b> {escape(title.texts[0])}</h2>{_paragraph(block)}</div>"
            )
            said += [f"{number} {title.texts[0]}", *block.texts]
    css = (
        "@page { margin: 10mm } .k { position: absolute; width: 78mm; height: 100mm; padding: 4mm; background: #fdf1e3;"
        " border-radius: 14pt } h2 { font-size: 15pt; color: #a33 } b { font-size: 30pt } body { position: relative }"
    )
    chromium(_page(body, css), THIRD / "cards.pdf")
    _save("cards", said)


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
    _save("callouts", said)


def report() -> None:
    """A LaTeX-like report: chapters, running headers, footnotes, captions, a figure between."""
    import typst

    write, said = Writer(204), list[str]()
    source = (
        '#set page(paper: "a4", numbering: "1 / 1", header: align(right)[_Rapport de stage_])\n'
        '#set text(lang: "fr", size: 11pt, font: "TeX Gyre Termes", hyphenate: true)\n#set par(justify: true)\n'
        '#set heading(numbering: "1.1")\n'
    )
    for number in range(1, 4):
        title, first, second = write.title().texts[0], write.prose(5), write.prose(5)
        note = f"Relevé fait par l’auteur entre le {number} et le {number + 9} mars."
        call = first.texts[1].rstrip(".?!")
        end = first.texts[1][len(call) :]
        source += f"= {title}\n{_t(first.texts[0])} {_t(call.rstrip())}#footnote[{_t(note)}]{end} "
        source += f"{_t(' '.join(first.texts[2:]))}\n\n#figure(rect(width: 60%, height: 4cm, fill: aqua), "
        source += f"caption: [Un écran du logiciel vu en {2020 + number}])\n\n"
        source += f"{_t(' '.join(second.texts))}\n#pagebreak()\n"
        said += [f"{number} {title}", first.texts[0], f"{call.rstrip()}{'¹²³'[number - 1]}{end}", *first.texts[2:]]
        said += [
            f"Fig. {number}. – Un écran du logiciel vu en {2020 + number}",
            *second.texts,
            f"{'¹²³'[number - 1]} {note}",
        ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.typ"
        file.write_text(source, encoding="utf-8")
        typst.compile(str(file), output=str(THIRD / "report.pdf"))
    _save("report", said)


def _t(text: str) -> str:
    for sign in "\\#$*_`<>@[]":
        text = text.replace(sign, f"\\{sign}")
    return text


def emojis() -> None:
    """Emojis as bullets and before titles, as in documents written in Google Docs."""
    write, body, said = Writer(205), "", list[str]()
    for sign, mark in (("📌", "✅"), ("🎯", "👉"), ("💡", "⭐")):
        title, lead, items, after = write.title().texts[0], write.prose(3), write.bullets(3), write.prose(3)
        body += f"<h2>{sign} {escape(title)}</h2>{_paragraph(lead)}"
        body += "".join(f"<p class=i>{mark} {escape(text)}</p>" for text in items.texts) + _paragraph(after)
        said += [f"{sign} {title}", *lead.texts, *(f"{mark} {text}" for text in items.texts), *after.texts]
    css = "body { font-family: 'Liberation Sans', 'Noto Color Emoji' } .i { margin: 3pt 0 3pt 10mm }"
    chromium(_page(body, css), THIRD / "emojis.pdf")
    _save("emojis", said)


def question_and_answer() -> None:
    """A bordered template: a shaded question in a frame, the answer with its lists in the frame below."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    write, document, said = Writer(206), Document(), list[str]()
    for question in (
        "Question 1 : Quel était le besoin de votre entreprise ?",
        "Question 2 : Quelles actions avez-vous menées, et avec qui ?",
        "Question 3 : Quels résultats avez-vous obtenus ?",
    ):
        table = document.add_table(rows=2, cols=1, style="Table Grid")
        asked, answered = (row.cells[0] for row in table.rows)
        asked.paragraphs[0].add_run(question).bold = True
        asked._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="DDDDDD"/>'))
        first, items, last = write.prose(4), write.bullets(3), write.prose(3)
        answered.paragraphs[0].text = "Réponse : " + " ".join(first.texts)
        for text in items.texts:
            answered.add_paragraph(text, style="List Bullet")
        answered.add_paragraph(" ".join(last.texts))
        document.add_paragraph("")
        said += [question, f"Réponse : {first.texts[0]}", *first.texts[1:], *items.texts, *last.texts]
    exported(document, THIRD / "question-and-answer.pdf")
    _save("question-and-answer", said)


def scan() -> None:
    """Two printed pages scanned in grey at 200 dpi, a little crooked."""
    import pypdfium2
    from PIL import Image

    write, body, said = Writer(207), "", list[str]()
    for _ in range(2):
        title, first, items, second = write.title().texts[0], write.prose(6), write.bullets(3), write.prose(5)
        body += f"<h2>{escape(title)}</h2>{_paragraph(first)}"
        body += "".join(f"<p>- {escape(text)}</p>" for text in items.texts) + _paragraph(second)
        body += "<div style='break-after: page'></div>"
        said += [title, *first.texts, *items.texts, *second.texts]
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        chromium(_page(body, "body { font-family: 'Liberation Serif'; font-size: 12pt }"), printed)
        pages = []
        for angle, page in zip((0.4, -0.3), pypdfium2.PdfDocument(printed), strict=False):
            image = page.render(scale=200 / 72, grayscale=True).to_pil()
            turned = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
            pages.append(turned.point(lambda v: 255 if v > 150 else 0).convert("1"))
        pages[0].save(THIRD / "scan.pdf", save_all=True, append_images=pages[1:], resolution=200)
    _save("scan", said)


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
    _save("presentation", said)


def _converted(file: Path) -> None:
    import subprocess

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{file.parent}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(THIRD), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip


def chat() -> None:
    """An exchange of messages in bubbles left and right, with names and times."""
    write, body, said = Writer(209), "", list[str]()
    for n in range(8):
        who, block = ("Mme Roy", "Moi")[n % 2], write.prose(2)
        body += f"<div class='m s{n % 2}'><small>{who}, 10 h {20 + 3 * n}</small>{_paragraph(block)}</div>"
        said += [f"{who}, 10 h {20 + 3 * n}", *block.texts]
    css = (
        ".m { width: 95mm; border-radius: 12pt; padding: 5pt 9pt; margin: 8pt 0; background: #e4e6eb } .s1 { margin-left:"
        " 70mm; background: #b8e0ff } p { margin: 2pt 0; font-size: 10.5pt } small { color: #555; font-size: 8.5pt }"
    )
    chromium(_page(body, css), THIRD / "chat.pdf")
    _save("chat", said)


def invoice() -> None:
    """An invoice put in as an annex: two addresses side by side, lines with amounts, totals, legal mentions."""
    rows = (
        ("Désignation", "Qté", "P.U. H.T.", "Total H.T."), ("Diagnostic de la relation client", "1", "480,00 €", "480,00 €"),
        ("Paramétrage de l’outil de suivi", "3", "120,00 €", "360,00 €"),
        ("Formation de l’équipe (demi-journée)", "2", "350,00 €", "700,00 €"),
    )  # fmt: skip
    totals = (("Total H.T.", "1 540,00 €"), ("T.V.A. 20 %", "308,00 €"), ("Total T.T.C.", "1 848,00 €"))
    said = ["Annexe 3 : facture du prestataire", "Atelier Numérique S.A.R.L.", "14, rue des Tanneurs", "37000 Tours",
            "Boulangerie Leroux", "3, place du Marché", "37150 Bléré"]  # fmt: skip
    body = (
        "<h2>Annexe 3 : facture du prestataire</h2><div class=r><div><div>Atelier Numérique S.A.R.L.</div><div>14, rue des"
        " Tanneurs</div><div>37000 Tours</div></div><div><div>Boulangerie Leroux</div><div>3, place du Marché</div>"
        "<div>37150 Bléré</div></div></div>"
    )
    write = Writer(210)
    block = write.prose(2)
    body += _paragraph(block) + "<table>"
    said += block.texts
    for n, row in enumerate(rows):
        tag = "td" if n else "th"
        body += "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>"
        said.append(" | ".join(row))
    body += "</table><table class=t>"
    for name, amount in totals:
        body += f"<tr><td>{name}</td><td>{amount}</td></tr>"
        said.append(f"{name} | {amount}")
    last = write.prose(3)
    body += "</table>" + _paragraph(last)
    said += last.texts
    css = (
        ".r { display: flex; justify-content: space-between; margin: 10mm 0 } table { border-collapse: collapse; width:"
        " 170mm; margin-top: 6mm } th { background: #345; color: #fff } td, th { border-bottom: 1px solid #999; padding:"
        " 5pt; text-align: left } td + td, th + th { text-align: right } .t { width: 70mm; margin-left: 100mm }"
    )
    chromium(_page(body, css), THIRD / "invoice.pdf")
    _save("invoice", said)


def glossary() -> None:
    """A glossary in two columns, each term in bold before its meaning; lines of text in the margin beside."""
    write, body, said = Writer(211), "", list[str]()
    terms = ("C.R.M.", "Devis", "Fidélisation", "Irritant", "K.P.I.", "Panier moyen", "Parcours client", "Relance", "S.A.V.",
             "Taux de réponse", "Veille", "Zone de chalandise")  # fmt: skip
    for term in terms:
        block = write.prose(2)
        body += f"<p><b>{term}</b> : {escape(' '.join(block.texts))}</p>"
        said += [f"{term} : {block.texts[0]}", *block.texts[1:]]
    css = "div { columns: 2; column-gap: 8mm; font-size: 10pt } p { margin: 0 0 7pt; text-align: justify }"
    chromium(_page(f"<h2>Glossaire</h2><div>{body}</div>", css), THIRD / "glossary.pdf")
    _save("glossary", ["Glossaire", *said])


def endnotes() -> None:
    """Calls in the text, the notes together at the end under a heading."""
    write, body, said, notes = Writer(212), "", list[str](), list[str]()
    for number in range(1, 5):
        block = write.prose(6)
        call = block.texts[2].rstrip(".?!")
        end = block.texts[2][len(call) :]
        before, after = " ".join(block.texts[:2]), " ".join(block.texts[3:])
        body += f"<p>{escape(before)} {escape(call)}<sup>{number}</sup>{end} {escape(after)}</p>"
        said += [*block.texts[:2], f"{call}{'¹²³⁴'[number - 1]}{end}", *block.texts[3:]]
        notes.append(f"Entretien avec le responsable du magasin n° {number}, le {number + 3} avril 2025.")
    body += "<h2>Notes</h2>" + "".join(f"<p>{n}. {escape(text)}</p>" for n, text in enumerate(notes, start=1))
    said += ["Notes", *(f"{n}. {text}" for n, text in enumerate(notes, start=1))]
    css = "body { font-family: 'Liberation Serif'; font-size: 12pt; line-height: 1.5 } sup { font-size: 8pt; line-height: 0 }"
    weasyprint(_page(body, css), THIRD / "endnotes.pdf")
    _save("endnotes", said)


def levels() -> None:
    """Headings numbered 1.1.1, lists with letters, roman numbers and dashes, « page x/y » below."""
    write, body, said = Writer(213), "", list[str]()
    for number in range(1, 4):
        title, lead, items, last = write.title().texts[0], write.prose(2), write.bullets(4).texts, write.prose(3)
        body += f"<h2>{number}. {escape(title)}</h2><h3>{number}.1 Le constat</h3><h4>{number}.1.1 Les faits</h4>"
        body += _paragraph(lead) + f"<p class=a>a) {escape(items[0])}</p><p class=b>i. {escape(items[1])}</p>"
        body += f"<p class=b>ii. {escape(items[2])}</p><p class=c>– {escape(items[3])}</p>" + _paragraph(last)
        said += [f"{number}. {title}", f"{number}.1 Le constat", f"{number}.1.1 Les faits", *lead.texts]
        said += [f"a) {items[0]}", f"i. {items[1]}", f"ii. {items[2]}", items[3], *last.texts]
    css = (
        ".a { margin: 2pt 0 2pt 6mm } .b { margin: 2pt 0 2pt 14mm } .c { margin: 2pt 0 2pt 22mm } h4 { font-style: italic;"
        " font-weight: normal } @page { @bottom-center { content: 'page ' counter(page) '/' counter(pages); font-size: 9pt }"
        " @top-left { content: 'Camille Roux – Titre professionnel'; font-size: 9pt } }"
    )
    weasyprint(_page(body, css), THIRD / "levels.pdf")
    _save("levels", said)


def rows_over_pages() -> None:
    """A table whose tall rows are cut by the pages' ends, its headings repeated over each."""
    write, body, said = Writer(214), "", list[str]()
    cells = [write.prose(2 if n % 2 else 1) for n in range(26)]
    heads = ("Période", "Ce que j’ai fait", "Ce que j’en retiens")
    said.append(" | ".join(heads))
    for n in range(13):
        left, right = (" ".join(cells[2 * n + side].texts) for side in (0, 1))
        body += f"<tr><td>Mois {n + 1}</td><td>{escape(left)}</td><td>{escape(right)}</td></tr>"
        said.append(f"Mois {n + 1} | {left} | {right}")
    head = "<thead><tr>" + "".join(f"<th>{text}</th>" for text in heads) + "</tr></thead>"
    css = (
        "@page { size: A5; margin: 18mm 14mm } body { font-size: 9.5pt } table { border-collapse: collapse } td, th { border:"
        " 1px solid #000; padding: 4pt; vertical-align: top; width: 46mm; text-align: left } td:first-child { width: 16mm }"
    )
    weasyprint(_page(f"<table>{head}<tbody>{body}</tbody></table>", css), THIRD / "rows-over-pages.pdf")
    _save("rows-over-pages", said)


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
    _save("word-rows", said)


def margin_notes() -> None:
    """A report with remarks in the margin beside the text and « page x sur y » at the foot."""
    write, body, said = Writer(215), "", list[str]()
    for _ in range(4):
        title, block, aside, more = write.title().texts[0], write.prose(4), write.bullets(1).texts[0], write.prose(3)
        body += f"<h2>{escape(title)}</h2><div class=s><div class=x>{escape(aside)}</div>{_paragraph(block)}</div>"
        body += _paragraph(more)
        said += [title, aside, *block.texts, *more.texts]
    css = (
        "body { padding-left: 45mm } .s { position: relative } .x { position: absolute; left: -45mm; width: 36mm; font-size:"
        " 8.5pt; color: #236; border-right: 2px solid #9ab } @page { @bottom-right { content: 'Page ' counter(page) ' sur '"
        " counter(pages); font-size: 8pt } }"
    )
    weasyprint(_page(body, css), THIRD / "margin-notes.pdf")
    _save("margin-notes", said)


def main() -> None:
    """Makes every dossier of the third set."""
    THIRD.mkdir(exist_ok=True)
    for make in (
        curriculum, cards, callouts, report, emojis, question_and_answer, scan, presentation, chat, invoice, glossary,
        endnotes, levels, rows_over_pages, word_rows, margin_notes,
    ):  # fmt: skip
        make()


if __name__ == "__main__":
    main()
