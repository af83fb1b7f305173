"""The bundled référentiels written as Word, Excel, HTML and PDF files in several layouts, and as a crooked scan.

Each gives back what it was made from: the right answer is the référentiel itself, in its corrected letters.
"""

import html
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.places import REFERENTIELS
from assistant.referentiel.catalogue import load_file
from assistant.referentiel.model import Bloc, Criterion, Modality, Referentiel
from benchmarks.importing.gold import Gold, GoldCriterion

LEGEND = ("Activités", "Compétences", "Modalités d’évaluation", "Critères d’évaluation")
NAMES = ("cycle-client-ia", "efficacite-tpe-ia", "manager-affaires", "assistant-adv-tpe-pme")


def gold_of(referentiel: Referentiel) -> Gold:
    criteria: list[GoldCriterion] = []
    deliverables: list[str] = []
    competences: list[str] = []
    codes: list[str] = []
    for bloc in referentiel.blocs:
        texts = {c.id: c.text for c in bloc.competences}
        competences += texts.values()
        codes += texts
        for one in bloc.criteria:
            owners = tuple(texts[c] for c in one.competences)
            text = " ".join([one.text, *one.indicators])
            criteria.append(GoldCriterion(_code(one), text, owners, bloc.title, one.points, len(owners) > 1))
        deliverables += [d.text for m in bloc.modalities for d in m.deliverables]
    return Gold(
        referentiel.id, tuple(criteria), tuple(deliverables), tuple(competences), tuple(codes), referentiel.title
    )


def render_all(folder: Path, names: tuple[str, ...] = NAMES) -> Iterator[tuple[Path, Gold]]:
    """Every rendering of every référentiel, one after the other."""
    for name in names:
        referentiel = load_file(REFERENTIELS / f"{name}.yaml").content
        gold = gold_of(referentiel)
        yield as_docx(referentiel, folder / f"{name}.docx"), gold
        yield as_xlsx(referentiel, folder / f"{name}.xlsx"), gold
        yield as_html(referentiel, folder / f"{name}.html"), gold
        yield as_pdf(referentiel, folder / f"{name}-table.pdf", "table"), gold
        yield as_pdf(referentiel, folder / f"{name}-rows.pdf", "rows"), replace(gold, deliverables=())
        yield as_pdf(referentiel, folder / f"{name}-fiche.pdf", "fiche"), gold
        if name == NAMES[0]:
            yield as_scan(folder / f"{name}-table.pdf", folder / f"{name}-scan.pdf"), gold


def _code(criterion: Criterion) -> str | None:
    return criterion.source_code


def _heading(bloc: Bloc) -> str | None:
    return f"{bloc.source_code or 'BLOC ' + bloc.id[1:]} – {bloc.title}" if bloc.title else None


def _groups(bloc: Bloc) -> Iterator[tuple[list[str], list[Criterion]]]:
    """Competences that share their criteria, with these."""
    by_owner: dict[tuple[str, ...], list[Criterion]] = {}
    for criterion in bloc.criteria:
        by_owner.setdefault(criterion.competences, []).append(criterion)
    texts = {c.id: f"{_printed(c.id)} – {c.text}" for c in bloc.competences}
    for owners, criteria in by_owner.items():
        yield [texts[owner] for owner in owners], criteria


def _printed(competence: str) -> str:
    return competence.split("-")[-1]


def _said(criterion: Criterion) -> list[tuple[str, bool]]:
    """The lines of a criterion: its text with code and points, then its sub-bullets."""
    code = f"{criterion.source_code} " if criterion.source_code else ""
    points = f" ({criterion.points:g} pts)" if criterion.points is not None else ""
    return [(f"{code}{criterion.text}{points}", False), *((item, True) for item in criterion.indicators)]


def _modality(modality: Modality) -> list[tuple[str, bool]]:
    lines = [(text, False) for text in (modality.title, modality.description) if text]
    lines += [(item.text, True) for item in modality.deliverables]
    lines += [(item.text, True) for item in modality.expected]
    return [*lines, (modality.remark, False)] if modality.remark else lines


def as_docx(referentiel: Referentiel, path: Path) -> Path:
    """One table a bloc; the modalities in one cell merged over all rows, headings in a merged row."""
    import docx

    document = docx.Document()
    if referentiel.title:
        document.add_heading(referentiel.title, 1)
    for bloc in referentiel.blocs:
        groups = list(_groups(bloc))
        table = document.add_table(2 + len(groups), 3)
        for cell, text in zip(table.rows[0].cells, LEGEND[1:], strict=True):
            cell.text = text
        title = table.cell(1, 0).merge(table.cell(1, 2))
        title.text = _heading(bloc) or "Compétences"
        epreuves = table.cell(2, 1).merge(table.cell(1 + len(groups), 1))
        epreuves.text = ""
        for modality in bloc.modalities:
            _write(epreuves, _modality(modality))
        for row, (owners, criteria) in enumerate(groups, start=2):
            _write(table.cell(row, 0), [(owner, False) for owner in owners])
            _write(table.cell(row, 2), [line for one in criteria for line in _said(one)])
    document.save(str(path))
    return path


def _write(cell: object, lines: list[tuple[str, bool]]) -> None:
    for text, bullet in lines:
        cell.add_paragraph(text, style="List Bullet" if bullet else None)  # type: ignore[attr-defined]


def as_xlsx(referentiel: Referentiel, path: Path) -> Path:
    """One sheet; a row for each group, the lines of a cell as its lines."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    if referentiel.title:
        sheet.cell(1, 1, referentiel.title)
        row = 3
    for col, text in enumerate(LEGEND[1:], start=1):
        sheet.cell(row, col, text)
    for bloc in referentiel.blocs:
        row += 1
        sheet.cell(row, 1, _heading(bloc) or "")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        first = row + 1
        for owners, criteria in _groups(bloc):
            row += 1
            sheet.cell(row, 1, "\n".join(owners))
            lines = [("• " if bullet else "") + text for one in criteria for text, bullet in _said(one)]
            sheet.cell(row, 3, "\n".join(lines))
        said = [("• " if bullet else "") + text for m in bloc.modalities for text, bullet in _modality(m)]
        sheet.cell(first, 2, "\n".join(said))
        sheet.merge_cells(start_row=first, end_row=row, start_column=2, end_column=2)
    book.save(path)
    return path


def as_html(referentiel: Referentiel, path: Path) -> Path:
    parts = ["<!doctype html><html lang='fr'><meta charset='utf-8'><body>"]
    if referentiel.title:
        parts.append(f"<h1>{html.escape(referentiel.title)}</h1>")
    for bloc in referentiel.blocs:
        parts.append(_html_table(bloc))
    path.write_text("".join(parts) + "</body></html>", encoding="utf-8")
    return path


def _html_table(bloc: Bloc) -> str:
    groups = list(_groups(bloc))
    rows = []
    if _heading(bloc):
        rows.append(f"<tr><td colspan=3>{html.escape(_heading(bloc) or '')}</td></tr>")
    for place, (owners, criteria) in enumerate(groups):
        middle = ""
        if place == 0:
            inner = "".join(_html_lines(_modality(modality)) for modality in bloc.modalities)
            middle = f"<td rowspan={len(groups)}>{inner}</td>"
        left = "".join(f"<p>{html.escape(owner)}</p>" for owner in owners)
        right = "".join(_html_lines(_said(one)) for one in criteria)
        rows.append(f"<tr><td>{left}</td>{middle}<td>{right}</td></tr>")
    head = "".join(f"<th>{text}</th>" for text in LEGEND[1:])
    return f"<table border=1><tr>{head}</tr>{''.join(rows)}</table>"


def _html_lines(lines: list[tuple[str, bool]]) -> str:
    made, items = "", ""
    for text, bullet in lines:
        if bullet:
            items += f"<li>{html.escape(text)}</li>"
        else:
            made += (f"<ul>{items}</ul>" if items else "") + f"<p>{html.escape(text)}</p>"
            items = ""
    return made + (f"<ul>{items}</ul>" if items else "")


def as_pdf(referentiel: Referentiel, path: Path, layout: str) -> Path:
    """`table`: three columns, the modalities merged; `rows`: one competence a row over two columns, headings repeated
    on each page; `fiche`: no table, sections of their own."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    normal = getSampleStyleSheet()["BodyText"]
    normal.fontSize, normal.leading, normal.spaceBefore = 8, 9.6, 3
    title = getSampleStyleSheet()["Title"]
    story: list[object] = [Paragraph(html.escape(referentiel.title), title)] if referentiel.title else []
    for bloc in referentiel.blocs:
        story += _fiche(bloc, normal) if layout == "fiche" else _pdf_table(bloc, normal, layout)
    size = A4 if layout == "fiche" else landscape(A4)
    SimpleDocTemplate(str(path), pagesize=size, margins=36, leftMargin=36, rightMargin=36).build(story)
    return path


def _para(text: str, style: object, bullet: bool = False) -> object:
    from reportlab.platypus import Paragraph

    return Paragraph(("• " if bullet else "") + html.escape(text), style)


def _fiche(bloc: Bloc, style: object) -> list[object]:
    story: list[object] = [_para(_heading(bloc) or "", style)] if _heading(bloc) else []
    for owners, criteria in _groups(bloc):
        story += [_para(owner, style) for owner in owners]
        story.append(_para("Critères d’évaluation", style))
        story += [_para(text, style, bullet) for one in criteria for text, bullet in _said(one)]
    story.append(_para("Modalités d’évaluation", style))
    return story + [_para(text, style, bullet) for m in bloc.modalities for text, bullet in _modality(m)]


def _pdf_table(bloc: Bloc, style: object, layout: str) -> list[object]:
    from reportlab.lib import colors
    from reportlab.platypus import Table, TableStyle

    three = layout == "table"
    rows: list[list[object]] = [[_para(text, style) for text in (LEGEND[1:] if three else (LEGEND[1], LEGEND[3]))]]
    rules: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    if _heading(bloc):
        rows.append([_para(_heading(bloc) or "", style), *[""] * (2 if three else 1)])
        rules.append(("SPAN", (0, 1), (-1, 1)))
    first = len(rows)
    for owners, criteria in _groups(bloc):
        left = [_para(owner, style) for owner in owners]
        lines = [line for one in criteria for line in _said(one)]
        for start in range(0, len(lines), 12):
            right = [_para(text, style, bullet) for text, bullet in lines[start : start + 12]]
            rows.append([left if not start else "", "", right] if three else [left if not start else "", right])
    if three:
        said = [_para(text, style, bullet) for m in bloc.modalities for text, bullet in _modality(m)]
        for row, start in zip(range(first, len(rows)), range(0, len(said), 6), strict=False):
            rows[row][1] = said[start : start + 6]
        if len(said) > 6 * (len(rows) - first):
            rows[-1][1] = said[6 * (len(rows) - first - 1) :]
    widths = [180, 240, 340] if three else [260, 500]
    return [Table(rows, widths, repeatRows=0 if three else 1, style=TableStyle(rules), splitInRow=1)]


def as_scan(source: Path, path: Path) -> Path:
    """The pages of a PDF as pictures: a little crooked, and the second one upside down."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(str(source))
    pictures = []
    for number, page in enumerate(document):
        picture = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(
            1.2 if number % 2 else -0.8, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC
        )
        pictures.append(picture.rotate(180) if number == 1 else picture)
    document.close()
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=200)
    return path
