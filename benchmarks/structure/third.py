"""A third set: layouts that candidates hand in, written before the reader was tried on it.

`python -m benchmarks.structure.third` makes it again; needs what `make.py` needs and python-pptx. The right sentences
were written with the pages, not taken from what is read.
"""

import tempfile
from html import escape
from pathlib import Path

from benchmarks.structure.content import Said, Writer
from benchmarks.structure.make import BASE, chromium, weasyprint
from benchmarks.structure.office import exported
from benchmarks.structure.third_office import THIRD, callouts, presentation, save, word_rows


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
    save("curriculum", said)


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
    save("cards", said)


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
    save("report", said)


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
    save("emojis", said)


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
    save("question-and-answer", said)


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
    save("scan", said)


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
    save("chat", said)


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
    save("invoice", said)


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
    save("glossary", ["Glossaire", *said])


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
    save("endnotes", said)


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
    save("levels", said)


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
    save("rows-over-pages", said)


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
    save("margin-notes", said)


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
