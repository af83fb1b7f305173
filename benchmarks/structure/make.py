"""Makes the dossiers of the bench again: `python -m benchmarks.structure.make`.

Needs what is not needed to run the bench: chromium, soffice, and the packages weasyprint, typst, python-docx, reportlab.
"""

import json
import subprocess
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path

from benchmarks.structure.content import CODE, NOTES, QUESTIONS, Made, Said, Writer, usual
from benchmarks.structure.drawn import drawn_layouts
from benchmarks.structure.office import office_layouts
from benchmarks.structure.typeset import typst_layouts

MADE = Path(__file__).parent / "made"
BASE = "@page { size: A4; margin: 22mm 20mm } body { font: 11pt/1.35 'DejaVu Sans'; hyphens: manual }"
NATIVE = " ul { list-style: disc } "
Render = Callable[[str, Path], None]


def chromium(html: str, file: Path) -> None:
    """Prints a page through Chromium, as Google Docs, Canva and many others do."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--print-to-pdf={file}", f"--user-data-dir={folder}/profile", page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def weasyprint(html: str, file: Path) -> None:
    from weasyprint import HTML

    HTML(string=html).write_pdf(file)


def block_html(block: Said) -> str:
    """One block as HTML."""
    texts = [escape(text) for text in block.texts]
    if block.kind == "title":
        return f"<h{block.level + 1}>{texts[0]}</h{block.level + 1}>"
    if block.kind == "bullets":
        return "<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"
    if block.kind == "numbers":
        return "<ol>" + "".join(f"<li>{text}</li>" for text in texts) + "</ol>"
    if block.kind == "code":
        return "<pre>" + "\n".join(texts) + "</pre>"
    if block.kind == "question":
        return "".join(f"<p class=question>{text}</p>" for text in texts)
    if block.kind == "table":
        head, *rows = block.rows
        cells = "<tr>" + "".join(f"<th>{escape(c)}</th>" for c in head) + "</tr>"
        cells += "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
        return f"<table>{cells}</table>"
    return "<p>" + " ".join(texts) + "</p>"


def page_html(made: Made, css: str, before: str = "", after: str = "") -> str:
    """A dossier as one page of HTML."""
    body = before + "".join(block_html(block) for block in made.blocks) + after
    return f"<!doctype html><html lang=fr><meta charset=utf-8><style>{BASE}{css}</style><body>{body}</body></html>"


CSS = {
    "docs-arial": (chromium, "p { margin: 0 0 8pt } th { text-align: left } td, th { border: 1px solid #000; padding: 4pt }"),
    "justified-wide": (chromium, "body { font-family: 'TeX Gyre Termes','DejaVu Serif'; text-align: justify; width: 62mm }"
                       " td,th { border-bottom: .5pt solid #555; text-align: left }"),
    "two-columns": (chromium, "body { columns: 2; column-gap: 10mm; font-size: 9.5pt; text-align: justify }"
                    " table { break-inside: avoid } td,th { border: .5pt solid #999; font-size: 8pt }"),
    "double-spaced": (chromium, "body { line-height: 2.1; font-family: 'DejaVu Serif' } p { margin: 0 }"
                      " table { border-collapse: collapse } td,th { border: 1px solid; padding: 2pt 6pt }"),
    "zebra-cards": (chromium, "h2 { background: #234; color: #fff; padding: 6pt; border-radius: 6pt } p { background: #eef;"
                    " border-radius: 9pt; padding: 8pt } tr:nth-child(even) { background: #dde } td,th { padding: 5pt 9pt;"
                    " text-align: left } ul { columns: 1; list-style: square }"),
    "weasy-disc": (weasyprint, "@page { @bottom-center { content: counter(page) } @top-right { content:"
                   " 'Dossier de projet' } } table { border-collapse: collapse } td,th { border: .5pt solid #000;"
                   " padding: 3pt }"),
    "weasy-hyphens": (weasyprint, "body { hyphens: auto; text-align: justify; font-family: 'DejaVu Serif'; width: 95mm }"
                      " @page { @bottom-right { content: 'Page ' counter(page) ' sur ' counter(pages) } }"
                      " td,th { border-top: .4pt solid #000; hyphens: none }"),
    "weasy-odd-even": (weasyprint, "@page :left { @top-left { content: 'Relation client' } @bottom-left { content:"
                       " counter(page) } } @page :right { @top-right { content: string(part) } @bottom-right { content:"
                       " counter(page) } } h2 { string-set: part content(); break-before: page } td,th { padding: 3pt 8pt;"
                       " text-align: left; border: 1px solid #444 }"),
    "slides": (chromium, "@page { size: 297mm 167mm; margin: 12mm } body { font-size: 17pt } h2 { break-before: page;"
               " font-size: 30pt } td,th { border: 1px solid #333; padding: 4pt 8pt; text-align: left }"
               " li { margin: 5pt 0 }"),
    "small-caps-bold": (chromium, "h2 { font-size: 11pt; font-weight: bold; margin-bottom: 0 } p { margin-top: 2pt }"
                        " ul { list-style: '– '; padding-left: 14pt } td,th { padding: 2pt 14pt 2pt 0; text-align: left }"),
    "centred-canva": (chromium, "body { text-align: center; font-size: 12pt } h2 { font-size: 22pt; letter-spacing: 1pt }"
                      " ul { text-align: left; width: 90mm; margin: 0 auto; list-style: '➢ ' } table { margin: 0 auto }"
                      " td,th { border-bottom: 2px solid #c69; padding: 6pt }"),
}  # fmt: skip


def with_contents(name: str, seed: int, leader: bool) -> tuple[Made, str]:
    """A dossier behind its contents, which are no sentence of it; the contents as HTML."""
    made = usual(name, seed)
    titles = [block.texts[0] for block in made.blocks if block.kind == "title"]
    rows = "".join(
        f"<div style='display:flex'><span>{n}. {escape(title)}</span>"
        f"<span style='flex:1;overflow:hidden;white-space:nowrap'>{'.' * 200 if leader else ''}</span>"
        f"<span>{n + 1}</span></div>"
        for n, title in enumerate(titles, start=1)
    )
    return made, f"<div style='break-after:page'><p style='font-size:18pt'>Sommaire</p>{rows}</div>"


def template(name: str, seed: int) -> Made:
    """Questions of an official template, each answered below."""
    write = Writer(seed)
    blocks: list[Said] = []
    for question in QUESTIONS:
        blocks += [Said("question", (question,)), write.prose(4), write.bullets(2)]
    return Made(name, tuple(blocks))


def listings(name: str, seed: int) -> Made:
    """Prose with listings between."""
    write = Writer(seed)
    blocks: list[Said] = []
    for code in CODE:
        blocks += [write.title(), write.prose(4), Said("code", code), write.prose(3)]
    return Made(name, tuple(blocks))


def keep(made: Made, file: Path) -> None:
    """Writes what should be read beside the file."""
    text = json.dumps(list(made.sentences()), ensure_ascii=False, indent=0)
    file.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Makes every dossier."""
    MADE.mkdir(exist_ok=True)
    for seed, (name, (render, css)) in enumerate(CSS.items(), start=1):
        made = usual(name, seed)
        render(page_html(made, css), MADE / f"{name}.pdf")
        keep(made, MADE / f"{name}.pdf")
    for name, leader in (("contents-leaders", True), ("contents-aligned", False)):
        made, before = with_contents(name, 30 + leader, leader)
        chromium(page_html(made, "h2 { break-before: page } td,th { border: 1px solid }", before), MADE / f"{name}.pdf")
        keep(made, MADE / f"{name}.pdf")
    made = template("template-questions", 41)
    css = ".question { border: 1px solid #888; padding: 4pt; background: #f4f4f4; margin: 10pt 0 0 } p { margin: 0 }"
    chromium(page_html(made, css), MADE / "template-questions.pdf")
    keep(made, MADE / "template-questions.pdf")
    made = listings("listings", 42)
    chromium(
        page_html(made, "pre { font: 9pt 'DejaVu Sans Mono'; background: #eee; padding: 6pt }"), MADE / "listings.pdf"
    )
    keep(made, MADE / "listings.pdf")
    for made in (*drawn_layouts(MADE), *office_layouts(MADE), *typst_layouts(MADE, NOTES)):
        keep(made, MADE / f"{made.name}.pdf")


if __name__ == "__main__":
    main()
