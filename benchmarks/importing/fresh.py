"""Sources of kinds that the other benches do not draw, written before the importer that reads them was looked at:
a jury's grid of merged cells inside a règlement, sheets of a workbook, accordions of a page, lists in two columns.
"""

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.importing.fresh_content import CYCLES, LIEUX, Made, Part, gold_of
from benchmarks.importing.gold import Gold

TITLES = {"cycles": "Responsable d’atelier de réparation de cycles", "lieux": "Animateur de tiers-lieu"}
RULES = (
    "Le candidat dépose ses productions quinze jours avant la session, sur la plateforme de l’organisme.",
    "Le jury est composé de deux professionnels qui n’ont pas participé à la formation du candidat.",
    "Un bloc est validé lorsque chacune de ses compétences est acquise.",
    "Les décisions sont notifiées par écrit dans un délai d’un mois.",
)
KNOWLEDGE = ("Les normes de sécurité des établissements", "Le vocabulaire technique du métier", "La tenue d’une caisse")


def render_fresh(folder: Path, half: str = "", only: str = "") -> Iterator[tuple[Path, Gold]]:
    """`half`: « open » or « kept », both when empty."""
    kinds: tuple[tuple[str, str, str, Any, dict[str, bool]], ...] = (
        ("open", "cycles", "grille.docx", grid, {"codes": True, "points": True}),
        ("open", "lieux", "classeur.ods", workbook, {"codes": False, "points": False}),
        ("open", "cycles", "accordeon.html", accordion, {"codes": False, "points": False}),
        ("open", "lieux", "colonnes.pdf", columns, {"codes": False, "points": False}),
        ("kept", "lieux", "grille-listes.docx", grid_of_lists, {"codes": False, "points": False}),
        ("kept", "cycles", "classeur-codes.ods", workbook_of_codes, {"codes": True, "points": True}),
        ("kept", "lieux", "panneaux.html", panels, {"codes": False, "points": False}),
        ("kept", "cycles", "colonnes-numeros.pdf", numbered_columns, {"codes": False, "points": False}),
    )
    for part, content, ending, make, asked in kinds:
        if half in {"", part} and only in f"{content}-{ending}":
            path = folder / f"{content}-{ending}"
            parts = CYCLES if content == "cycles" else LIEUX
            make(TITLES[content], parts, path)
            yield path, gold_of(path.stem, TITLES[content], parts, **asked)


def _owners(parts: tuple[Part, ...]) -> Iterator[tuple[Part, int, Made]]:
    rank = 0
    for part in parts:
        for made in part.competences:
            rank += 1
            yield part, rank, made


def _regulation(document: Any, title: str) -> None:
    document.add_heading(f"Règlement d’examen – {title}", 0)
    for number, name in enumerate(("Inscription", "Jury", "Délivrance de la certification"), 1):
        document.add_heading(f"Article {number} – {name}", 1)
        for line in RULES[number - 1 : number + 1]:
            document.add_paragraph(line)


def grid(title: str, parts: tuple[Part, ...], path: Path) -> Path:
    """A règlement whose annex is the jury's grid: one row a criterion, competence and bloc in merged cells."""
    from docx import Document

    document = Document()
    _regulation(document, title)
    document.add_heading("Annexe 1 – Épreuves", 1)
    for number, part in enumerate(parts, 1):
        document.add_heading(f"Bloc {number} – {part.title}", 2)
        document.add_paragraph(f"Épreuve : {part.exam}")
        document.add_paragraph("Livrables attendus :")
        for one in part.deliverables:
            document.add_paragraph(one, style="List Bullet")
    document.add_heading("Annexe 2 – Grille du jury", 1)
    document.add_paragraph("Nom du candidat : ……………   Date : ……………")
    rank = 0
    for number, part in enumerate(parts, 1):
        heads = ("Compétences", "Critères d’évaluation", "Points", "Acquis", "Non acquis", "Observations")
        table = document.add_table(rows=2, cols=len(heads))
        table.style = "Table Grid"
        table.cell(0, 0).merge(table.cell(0, 5)).text = f"Bloc {number} – {part.title}"
        for place, head in enumerate(heads):
            table.cell(1, place).text = head
        for made in part.competences:
            rank += 1
            first = len(table.rows)
            for place, (text, worth) in enumerate(made.criteria, 1):
                cells = table.add_row().cells
                cells[1].text = f"Cr{rank}.{place} {text}"
                cells[2].text = f"{worth:g}"
                cells[3].text, cells[4].text = "☐", "☐"
            table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0)).text = f"C{rank}. {made.text}"
            table.cell(first, 5).merge(table.cell(len(table.rows) - 1, 5))
        total = table.add_row().cells
        total[0].merge(total[1]).text = f"Total du bloc {number}"
        total[2].text = f"{sum(worth or 0 for made in part.competences for _, worth in made.criteria):g}"
        document.add_paragraph()
    document.add_paragraph("Signature des membres du jury :")
    document.save(str(path))
    return path


def grid_of_lists(title: str, parts: tuple[Part, ...], path: Path) -> Path:
    """One table for all: blocs as merged rows, the criteria of a competence as paragraphs of one cell, a level to tick."""
    from docx import Document

    document = Document()
    _regulation(document, title)
    document.add_heading("Annexe – Grille d’évaluation et productions demandées", 1)
    table = document.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    heads = ("Compétences évaluées", "Critères", "Validée", "Non validée", "Modalités et productions attendues")
    for place, head in enumerate(heads):
        table.cell(0, place).text = head
    for number, part in enumerate(parts, 1):
        row = table.add_row().cells
        row[0].merge(row[4]).text = f"BLOC {('I', 'II', 'III')[number - 1]} : {part.title.upper()}"
        first = len(table.rows)
        for made in part.competences:
            row = table.add_row().cells
            row[0].text = made.text
            for place, (text, _) in enumerate(made.criteria):
                where = row[1].paragraphs[0] if place == 0 else row[1].add_paragraph()
                where.text = text
            row[2].text, row[3].text = "□", "□"
        side = table.cell(first, 4).merge(table.cell(len(table.rows) - 1, 4))
        side.paragraphs[0].text = part.exam
        side.add_paragraph("Productions attendues :")
        for one in part.deliverables:
            side.add_paragraph(f"- {one}")
    document.save(str(path))
    return path


def _spreadsheet(path: Path, sheets: list[tuple[str, list[list[object]], list[str]]]) -> Path:
    import subprocess
    import tempfile

    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows, merged in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"{path.stem}.xlsx"
        book.save(made)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "ods",
             "--outdir", str(path.parent), str(made)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return path


def workbook(title: str, parts: tuple[Part, ...], path: Path) -> Path:
    """A notice, a sheet of savoirs, one sheet a bloc, and the épreuves on a sheet of their own."""
    known: list[list[object]] = [["Savoirs associés"]]
    known += [[line] for line in KNOWLEDGE]
    sheets: list[tuple[str, list[list[object]], list[str]]] = [
        ("Lisez-moi", [[f"Référentiel – {title}"], [RULES[2]], ["Les onglets suivants décrivent chaque bloc."]], []),
        ("Savoirs", known, []),
    ]
    for number, part in enumerate(parts, 1):
        rows: list[list[object]] = [[f"Bloc {number} : {part.title}"], [], ["Compétence", "Critères d’évaluation"]]
        merged = ["A1:B1"]
        for made in part.competences:
            first = len(rows) + 1
            rows += [[made.text if place == 0 else None, text] for place, (text, _) in enumerate(made.criteria)]
            merged.append(f"A{first}:A{len(rows)}")
        sheets.append((f"Bloc {number}", rows, merged))
    heads: list[object] = ["Bloc", "Épreuve", "Livrables"]
    last: list[list[object]] = [heads]
    merged = []
    for number, part in enumerate(parts, 1):
        first = len(last) + 1
        for place, one in enumerate(part.deliverables):
            last.append([f"Bloc {number}" if place == 0 else None, part.exam if place == 0 else None, one])
        merged += [f"A{first}:A{len(last)}", f"B{first}:B{len(last)}"]
    sheets.append(("Épreuves", last, merged))
    return _spreadsheet(path, sheets)


def workbook_of_codes(title: str, parts: tuple[Part, ...], path: Path) -> Path:
    """One flat sheet, codes in columns of their own, a row a criterion, and a sheet of productions."""
    heads: list[object] = [
        "Code bloc",
        "Bloc",
        "Code comp.",
        "Compétence",
        "Code critère",
        "Critère",
        "Barème",
        "Épreuve",
    ]
    rows: list[list[object]] = [[title], heads]
    for part, rank, made in _owners(parts):
        for place, (text, worth) in enumerate(made.criteria, 1):
            number = parts.index(part) + 1
            rows.append(
                [f"BC0{number}", part.title, f"C{rank}", made.text, f"Cr{rank}.{place}", text, worth, part.exam]
            )
    handed: list[list[object]] = [["Bloc", "Productions à remettre"]]
    handed += [[f"BC0{number}", one] for number, part in enumerate(parts, 1) for one in part.deliverables]
    return _spreadsheet(path, [("Référentiel", rows, []), ("Productions", handed, [])])


def _page(title: str, body: str) -> str:
    menu = "".join(f"<li><a href='#'>{one}</a></li>" for one in ("Accueil", "Formations", "Contact"))
    return (
        f"<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>{html.escape(title)}</title>"
        f"<style>.x{{display:none}}</style><script>let a = 1;</script></head><body><nav><ul>{menu}</ul></nav>"
        f"<main><h1>{html.escape(title)}</h1><p>{html.escape(RULES[2])}</p>{body}</main>"
        "<footer><p>Mentions légales</p></footer></body></html>"
    )


def accordion(title: str, parts: tuple[Part, ...], path: Path) -> Path:
    """Each bloc and each competence folds open; criteria are items of a list, deliverables follow a paragraph."""
    body = []
    for number, part in enumerate(parts, 1):
        body.append(f"<details><summary>Bloc {number} – {html.escape(part.title)}</summary>")
        for made in part.competences:
            items = "".join(f"<li>{html.escape(text)}</li>" for text, _ in made.criteria)
            body.append(f"<details open><summary>{html.escape(made.text)}</summary>")
            body.append(f"<p>Critères d’évaluation</p><ul>{items}</ul></details>")
        items = "".join(f"<li>{html.escape(one)}</li>" for one in part.deliverables)
        body.append(f"<p><strong>Modalité d’évaluation :</strong> {html.escape(part.exam)}</p>")
        body.append(f"<p>Livrables attendus :</p><ul>{items}</ul></details>")
    path.write_text(_page(title, "".join(body)), encoding="utf-8")
    return path


def panels(title: str, parts: tuple[Part, ...], path: Path) -> Path:
    """Buttons that open panels; competences are terms of a definition list, criteria their definitions."""
    body = []
    for number, part in enumerate(parts, 1):
        body.append(
            f"<div class='accordion'><h2><button aria-expanded='false'>BLOC {number} : {html.escape(part.title)}"
            "</button></h2><div class='panel'><h3>Compétences et critères d’évaluation</h3><dl>"
        )
        for made in part.competences:
            body.append(f"<dt>{html.escape(made.text)}</dt>")
            body += [f"<dd>{html.escape(text)}</dd>" for text, _ in made.criteria]
        items = "<br>".join(f"• {html.escape(one)}" for one in part.deliverables)
        body.append(f"</dl><h3>Modalités d’évaluation</h3><p>{html.escape(part.exam)}</p>")
        body.append(f"<h3>Livrables</h3><p>{items}</p></div></div>")
    path.write_text(_page(title, "".join(body)), encoding="utf-8")
    return path


def _two_columns(title: str, lines: list[tuple[str, float, str]], path: Path) -> Path:
    """`lines`: style (`bold` or nothing), indent in points, text. Drawn down the left column, then the right."""
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    from benchmarks.importing.paper import BOLD, FONT, fonts

    fonts()
    left, width, top, bottom = (45.0, 305.0), 240.0, 772.0, 62.0
    canvas = Canvas(str(path), pagesize=(595.0, 842.0), invariant=1)
    canvas.setFont(BOLD, 13)
    canvas.drawString(45, 797, title)
    column, high = 0, top
    for style, indent, text in lines:
        font = BOLD if style else FONT
        rows = [""]
        for word in text.split():
            longer = f"{rows[-1]} {word}".strip()
            if stringWidth(longer, font, 9) > width - indent:
                rows.append(word)
            else:
                rows[-1] = longer
        if high - 12 * len(rows) < bottom:
            column, high = column + 1, top
            if column == 2:
                canvas.showPage()
                column = 0
        canvas.setFont(font, 9)
        for row in rows:
            canvas.drawString(left[column] + indent, high, row)
            high -= 12
        high -= 4
    canvas.save()
    return path


def columns(title: str, parts: tuple[Part, ...], path: Path) -> Path:
    """A leaflet: blocs and competences in bold, criteria as dashes, down two columns."""
    lines: list[tuple[str, float, str]] = []
    for number, part in enumerate(parts, 1):
        lines.append(("bold", 0, f"Bloc {number} – {part.title}"))
        for made in part.competences:
            lines.append(("bold", 0, f"Compétence : {made.text}"))
            lines.append(("", 0, "Critères d’évaluation :"))
            lines += [("", 8, f"– {text}") for text, _ in made.criteria]
        lines.append(("", 0, f"Modalité d’évaluation : {part.exam}"))
        lines.append(("", 0, "Livrables attendus :"))
        lines += [("", 8, f"– {one}") for one in part.deliverables]
    return _two_columns(title, lines, path)


def numbered_columns(title: str, parts: tuple[Part, ...], path: Path) -> Path:
    """The same in numbers: 1 for a bloc, 1.1 for a competence, a) for a criterion."""
    lines: list[tuple[str, float, str]] = []
    for number, part in enumerate(parts, 1):
        lines.append(("bold", 0, f"Bloc de compétences {number} : {part.title}"))
        for place, made in enumerate(part.competences, 1):
            lines.append(("bold", 0, f"{number}.{place} {made.text}"))
            lines.append(("", 0, "Critères d’évaluation"))
            lines += [("", 10, f"{'abcdefg'[rank]}) {text}") for rank, (text, _) in enumerate(made.criteria)]
        lines.append(("", 0, f"Épreuve : {part.exam}. Le candidat remet :"))
        lines += [("", 10, f"• {one}") for one in part.deliverables]
    return _two_columns(title, lines, path)
