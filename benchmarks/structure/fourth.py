"""A fourth set: settings met on layouts that nobody had read before.

Drop caps, watermarks, headers of two pages, tables told by their grounds or by white space alone, numbers in the margin,
callouts, notes of word processors. `python -m benchmarks.structure.fourth` makes it again; needs what `make.py` needs.
"""

import json
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from benchmarks.structure.content import Writer
from benchmarks.structure.make import chromium, weasyprint
from benchmarks.structure.office import exported

FOURTH = Path(__file__).parent / "fourth"
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _save(name: str, said: Sequence[str]) -> None:
    text = json.dumps(list(said), ensure_ascii=False, indent=0)
    (FOURTH / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _page(body: str, css: str) -> str:
    return f"<!doctype html><html lang=fr><meta charset=utf-8><style>{css}</style><body>{body}</body></html>"


def _paragraph(texts: Sequence[str], kind: str = "") -> str:
    return f"<p class='{kind}'>{escape(' '.join(texts))}</p>"


def _rows(write: Writer, count: int) -> list[tuple[str, str, str]]:
    rows = [("Étape", "Travail accompli", "Enseignement")]
    return rows + [(write.title().texts[0], write.prose(1).texts[0], write.prose(1).texts[0]) for _ in range(count)]


def _table(rows: Sequence[Sequence[str]]) -> str:
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
        + "</table>"
    )


def drop_caps_word() -> None:
    """Letters that go down over three lines, in frames of their own as Word sets them."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.shared import Pt

    write, document, said = Writer(401), Document(), list[str]()
    for _ in range(4):
        title, first, second = write.title().texts[0], write.prose(4).texts, write.prose(3).texts
        text = " ".join(first)
        document.add_heading(title, level=1)
        letter = document.add_paragraph()
        letter.add_run(text[0]).font.size = Pt(40)
        setting = letter._p.get_or_add_pPr()
        frame = 'w:dropCap="drop" w:lines="3" w:wrap="around" w:vAnchor="text" w:hAnchor="text"'
        setting.insert(0, parse_xml(f"<w:framePr {WORDS} {frame}/>"))
        setting.append(parse_xml(f'<w:spacing {WORDS} w:line="900" w:lineRule="exact" w:after="0"/>'))
        document.add_paragraph(text[1:])
        document.add_paragraph(" ".join(second))
        said += [title, *first, *second]
    exported(document, FOURTH / "drop-caps-word.pdf")
    _save("drop-caps-word", said)


def drop_caps_columns() -> None:
    """The same in three columns, the letters of several columns on one line."""
    write, body, said = Writer(402), "", list[str]()
    for _ in range(3):
        title, first, second = write.title().texts[0], write.prose(6).texts, write.prose(5).texts
        body += f"<h2>{escape(title)}</h2><div>{_paragraph(first, 'd')}{_paragraph(second, 'd')}</div>"
        said += [title, *first, *second]
    css = (
        "@page { size: A4; margin: 16mm } div { columns: 3; column-gap: 6mm; text-align: justify } p { margin: 0 0 5pt }"
        " body { font: 9.5pt/1.3 'DejaVu Serif' } .d::first-letter { float: left; font-size: 33pt; line-height: 28pt }"
    )
    chromium(_page(body, css), FOURTH / "drop-caps-columns.pdf")
    _save("drop-caps-columns", said)


def grounds_word() -> None:
    """A table without lines: every second row stands on a ground, cells go over lines and a page's end."""
    from docx import Document
    from docx.oxml import parse_xml

    write, document = Writer(403), Document()
    lead, rows, last = write.prose(3).texts, _rows(write, 9), write.prose(3).texts
    document.add_paragraph(" ".join(lead))
    table = document.add_table(rows=0, cols=3)
    for n, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
            if n % 2 == 0:
                cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {WORDS} w:val="clear" w:fill="CCCCEE"/>'))
    document.add_paragraph(" ".join(last))
    exported(document, FOURTH / "grounds-word.pdf")
    _save("grounds-word", [*lead, *(" | ".join(row) for row in rows), *last])


def grounds_bands() -> None:
    """The same with grounds over whole rows, as style sheets set them."""
    write = Writer(404)
    lead, rows, last = write.prose(3).texts, _rows(write, 9), write.prose(3).texts
    css = (
        "@page { size: A4; margin: 20mm } body { font: 10pt/1.3 'DejaVu Sans' } table { border-collapse: collapse; width:"
        " 100% } td { padding: 4pt 7pt; vertical-align: top } tr { break-inside: avoid }"
        " tr:nth-child(odd) { background: #e5ecf4 }"
    )
    weasyprint(_page(_paragraph(lead) + _table(rows) + _paragraph(last), css), FOURTH / "grounds-bands.pdf")
    _save("grounds-bands", [*lead, *(" | ".join(row) for row in rows), *last])


def white_rows() -> None:
    """Rows apart by white space alone, years over two lines."""
    write = Writer(405)
    lead, last = write.prose(3).texts, write.prose(3).texts
    rows = [("Période", "Poste tenu", "Missions")]
    rows += [(f"{2010 + n}–{2011 + n}", write.title().texts[0], write.bullets(1).texts[0]) for n in range(8)]
    css = (
        "@page { size: A4; margin: 25mm } body { font: 11pt/1.3 'DejaVu Sans' } td { padding: 7pt 12pt 7pt 0;"
        " vertical-align: top } tr:first-child { font-weight: bold } td:first-child { width: 14mm }"
    )
    weasyprint(_page(_paragraph(lead) + _table(rows) + _paragraph(last), css), FOURTH / "white-rows.pdf")
    _save("white-rows", [*lead, *(" | ".join(row) for row in rows), *last])


def margin_numbers() -> None:
    """Paragraphs with their numbers in the margin, painted after the text of the page."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Sans", SANS))
    write, said, number = Writer(406), list[str](), 0
    canvas = Canvas(str(FOURTH / "margin-numbers.pdf"), (595, 842))
    for _ in range(3):
        title, y, numbers = write.title().texts[0], 750.0, list[tuple[float, str]]()
        canvas.setFont("Sans", 15)
        canvas.drawString(110, 780, title)
        canvas.setFont("Sans", 11)
        said.append(title)
        for _ in range(4):
            number += 1
            texts = write.prose(3).texts
            numbers.append((y, f"{number}."))
            said += [f"{number}. {texts[0]}", *texts[1:]]
            line = ""
            for word in " ".join(texts).split(" "):
                longer = f"{line} {word}".strip()
                if pdfmetrics.stringWidth(longer, "Sans", 11) > 400:
                    canvas.drawString(110, y, line)
                    y, longer = y - 16, word
                line = longer
            canvas.drawString(110, y, line)
            y -= 26
        for y, text in numbers:
            canvas.drawRightString(80, y, text)
        canvas.showPage()
    canvas.save()
    _save("margin-numbers", said)


def callouts() -> None:
    """Boxes with a coloured edge between the paragraphs, a line in bold above their text; a subtitle in the middle."""
    write, body, said = (
        Writer(407),
        "<h1>Mon dossier</h1><p class=s>Promotion 2026</p>",
        ["Mon dossier", "Promotion 2026"],
    )
    for n in range(4):
        title, first, inside = write.title().texts[0], write.prose(4).texts, write.prose(2).texts
        body += f"<h2>{escape(title)}</h2>{_paragraph(first)}"
        body += f"<div class=c><b>À retenir n° {n + 1}</b><br>{escape(' '.join(inside))}</div>"
        said += [title, *first, f"À retenir n° {n + 1}", *inside]
    css = (
        "@page { size: A4; margin: 25mm } body { font: 11pt/1.3 'DejaVu Sans' } h1, .s { text-align: center } h1 { font-size:"
        " 26pt } .s { font-size: 15pt } h2 { font-size: 16pt; font-weight: normal } .c { background: #fff3cd; padding: 8pt;"
        " border-left: 4pt solid #fa0 }"
    )
    chromium(_page(body, css), FOURTH / "callouts.pdf")
    _save("callouts", said)


def watermark() -> None:
    """A word across each page, a header set like the text."""
    import typst

    write, said = Writer(408), list[str]()
    source = (
        '#set page(paper: "a5", background: rotate(35deg, text(60pt, fill: luma(235))[CONFIDENTIEL]), header: [Dossier'
        ' professionnel #h(1fr) Session 2026], margin: 20mm)\n#set text(lang: "fr", size: 11pt)\n'
    )
    for _ in range(4):
        title, texts = write.title().texts[0], write.prose(8).texts
        source += f"= {title}\n{' '.join(texts).replace('@', '')}\n#pagebreak(weak: true)\n"
        said += [title, *texts]
    _typeset(typst, source, "watermark")
    _save("watermark", said)


def two_pages() -> None:
    """Two pages under a header as large as their text."""
    import typst

    write, said = Writer(409), list[str]()
    source = '#set page(paper: "a4", header: [Dossier professionnel #h(1fr) Session 2026], margin: 25mm)\n'
    for _ in range(2):
        title, texts = write.title().texts[0], write.prose(12).texts
        source += f"= {title}\n{' '.join(texts)}\n#pagebreak(weak: true)\n"
        said += [title, *texts]
    _typeset(typst, source, "two-pages")
    _save("two-pages", said)


def _typeset(typst: object, source: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.typ"
        file.write_text(source, encoding="utf-8")
        typst.compile(str(file), output=str(FOURTH / f"{name}.pdf"))  # type: ignore[attr-defined]


def contents_in_a_list() -> None:
    """The contents as a list of titles with bullets and without pages; each heads a chapter below."""
    write, said = Writer(410), list[str]()
    titles = [write.title().texts[0] for _ in range(6)]
    said += [*(text for title in titles for text in (title, *write.prose(4).texts))]
    body = "<h1>Sommaire</h1><ul>" + "".join(f"<li>{escape(title)}</li>" for title in titles) + "</ul>"
    for n, text in enumerate(said):
        body += f"<h2>{escape(text)}</h2>" if n % 5 == 0 else f"<p>{escape(text)}</p>"
    css = "@page { size: A5; margin: 16mm } body { font: 11pt/1.3 'DejaVu Sans' } ul { list-style: '● '; break-after: page }"
    weasyprint(_page(body, css), FOURTH / "contents-in-a-list.pdf")
    _save("contents-in-a-list", said)


def notes_word_processor() -> None:
    """Notes whose numbers stand full size at a tab before them, as LibreOffice sets them."""
    write, body, said, notes = Writer(411), "", list[str](), list[str]()
    for n in range(1, 5):
        texts = write.prose(3).texts
        call = texts[0].rstrip(".?! »")
        body += f"<p>{escape(call)}<sup>{n}</sup>{escape(texts[0][len(call) :])} {escape(' '.join(texts[1:]))}</p>"
        said += [f"{call}{'¹²³⁴'[n - 1]}{texts[0][len(call) :]}", *texts[1:]]
        notes.append(f"Entretien mené par téléphone le {n + 3} avril {2019 + n}.")
    body += "<div class=f><hr>" + "".join(f"<p><i>{n}</i>{escape(t)}</p>" for n, t in enumerate(notes, 1)) + "</div>"
    css = (
        "@page { size: A5; margin: 16mm } body { font: 11pt/1.3 'DejaVu Serif' } sup { font-size: 7pt; line-height: 0 } .f {"
        " position: fixed; bottom: 0; font-size: 9pt } hr { width: 40mm; margin: 0 } .f p { margin: 0 }"
        " i { font-style: normal; display: inline-block; width: 7mm }"
    )
    weasyprint(_page(body, css), FOURTH / "notes-word-processor.pdf")
    _save("notes-word-processor", [*said, *(f"{n} {text}" for n, text in enumerate(notes, 1))])


def main() -> None:
    """Makes every dossier of the fourth set."""
    FOURTH.mkdir(exist_ok=True)
    for make in (
        drop_caps_word, drop_caps_columns, grounds_word, grounds_bands, white_rows, margin_numbers, callouts, watermark,
        two_pages, contents_in_a_list, notes_word_processor,
    ):  # fmt: skip
        make()


if __name__ == "__main__":
    main()
