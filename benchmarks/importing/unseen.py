# ruff: noqa: E501
"""Shapes measured at first sight: annexes of a journal, grids deep in a règlement, Word tables, web forms, crooked scans."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from benchmarks.importing.gold import Gold
from benchmarks.importing.printed import (
    journal_columns,
    journal_kinds,
    journal_rows,
    journal_skills,
    landscape,
    reglement,
    said,
)
from benchmarks.importing.unseen_content import PHRASES, SENTENCES, SMALL, Made, Skill, Unit, gold_of, skills_of

Maker = Callable[[Made, Path], Path]


def render_unseen(folder: Path, only: str = "") -> Iterator[tuple[Path, Gold]]:
    """Every shape, one after the other; `only` those whose file name holds it."""
    from benchmarks.importing.unseen_after import shapes_after

    for name, made, make, gold in chain(_shapes(), shapes_after()):
        path = folder / name
        if only in name:
            make(made, path)
            yield path, replace(gold, name=path.stem)


def _shapes() -> Iterator[tuple[str, Made, Maker, Gold]]:
    def plain(made: Made, **how: bool) -> Gold:
        return gold_of("", made, **{"coded": False, "pointed": False, **how})

    full = {"coded": True, "pointed": True}
    yield "journal-competences.pdf", PHRASES, journal_skills, plain(PHRASES)
    yield "journal-lignes.pdf", SENTENCES, journal_rows, plain(SENTENCES, **full)
    yield "journal-quatre.pdf", SMALL, journal_kinds, plain(SMALL)
    yield "journal-taches.pdf", PHRASES, journal_columns, plain(PHRASES)
    yield "reglement-lignes.pdf", SENTENCES, partial(reglement, kind="rows"), plain(SENTENCES, **full)
    yield "reglement-cellules.pdf", PHRASES, partial(reglement, kind="cells"), plain(PHRASES)
    yield "reglement-travers.pdf", SMALL, partial(reglement, kind="across"), plain(SMALL)
    yield "paysage-nu.pdf", PHRASES, landscape, plain(PHRASES, handed=True)
    yield "paysage-phrases.pdf", SENTENCES, partial(landscape, shy=True), plain(SENTENCES, handed=True)
    yield "paysage-tirets.pdf", SMALL, partial(landscape, marked="-", shy=True, size=11), plain(SMALL, handed=True)
    yield "mots-trois.docx", PHRASES, beside, plain(PHRASES)
    yield "mots-paires.docx", SENTENCES, pairs, plain(SENTENCES, **full)
    yield "mots-lignes.docx", SMALL, rows_beside, plain(SMALL)
    yield "mots-croix.docx", SENTENCES, crosses, crossed(SENTENCES)
    yield "formulaire-questions.html", PHRASES, questions, plain(PHRASES)
    yield "formulaire-bareme.html", SENTENCES, scored_form, plain(SENTENCES, pointed=True)
    yield "formulaire-cases.html", SMALL, ticks, plain(SMALL)
    yield "formulaire-table.html", PHRASES, form_table, plain(PHRASES)
    yield "scan-journal.pdf", PHRASES, partial(scanned, journal_skills), plain(PHRASES)
    yield "scan-paysage.pdf", SENTENCES, partial(scanned, partial(landscape, marked="•")), plain(SENTENCES, handed=True)
    yield "scan-grille.pdf", SMALL, partial(scanned, partial(reglement, kind="across", pages=0)), plain(SMALL)


def _document() -> Any:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    return document


def _fill(cell: Any, texts: list[str], style: str | None = None) -> None:
    for place, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
        paragraph.text = text
        if style and place >= 0:
            paragraph.style = style


def _asked(skill: Skill) -> list[str]:
    return [text for one in skill.asked for text in (one.text, *(f"- {item}" for item in one.items))]


def _threes(unit: Unit) -> Iterator[list[Skill]]:
    for start in range(0, len(unit.skills), 3):
        yield unit.skills[start : start + 3]


def beside(made: Made, path: Path) -> Path:
    """Headings merged over three competences; criteria as a Word list; épreuve and productions merged below."""
    document = _document()
    document.add_heading(made.title, 0)
    for number, unit in enumerate(made.units, 1):
        for three in _threes(unit):
            table = document.add_table(rows=6, cols=len(three), style="Table Grid")
            for row, text in (
                (0, f"BLOC {number} – {unit.title}"),
                (1, "Compétences visées"),
                (3, "Critères d’évaluation"),
            ):
                table.cell(row, 0).merge(table.cell(row, len(three) - 1)).text = text
            for col, skill in enumerate(three):
                table.cell(2, col).text = skill.text
                _fill(table.cell(4, col), _asked(skill), "List Bullet")
            below = table.cell(5, 0).merge(table.cell(5, len(three) - 1))
            _fill(below, [f"Modalités d’évaluation : {unit.exam}", "Livrables :", *(f"- {one}" for one in unit.handed)])
            document.add_paragraph()
    document.save(str(path))
    return path


def pairs(made: Made, path: Path) -> Path:
    """Three competences side by side, each over two columns: its criteria, and their points."""
    document = _document()
    document.add_paragraph(made.title, style="Title")
    for number, unit in enumerate(made.units, 1):
        document.add_heading(f"Bloc {number} : {unit.title}", 1)
        for three in _threes(unit):
            high = max(len(skill.asked) for skill in three)
            table = document.add_table(rows=2 + high, cols=2 * len(three), style="Table Grid")
            for col, skill in enumerate(three):
                rank = next(rank for _, rank, one in skills_of(made) if one is skill)
                table.cell(0, 2 * col).merge(table.cell(0, 2 * col + 1)).text = f"C{rank}. {skill.text}"
                table.cell(1, 2 * col).text, table.cell(1, 2 * col + 1).text = "Critères", "Points"
                for row, one in enumerate(skill.asked, 2):
                    _fill(table.cell(row, 2 * col), [f"CE{rank}.{row - 1} {one.text}", *(f"- {i}" for i in one.items)])
                    table.cell(row, 2 * col + 1).text = f"{one.points:g}"
    document.save(str(path))
    return path


def rows_beside(made: Made, path: Path) -> Path:
    """One table: the bloc in a merged first column, three competences beside it, a row for each of their criteria."""
    document = _document()
    document.add_heading(f"Référentiel : {made.title}", 1)
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for col, text in enumerate(("Bloc", "Compétences et critères", "", "")):
        table.cell(0, col).text = text
    table.cell(0, 1).merge(table.cell(0, 3))
    for number, unit in enumerate(made.units, 1):
        first = len(table.rows)
        for _ in range(2 + max(len(skill.asked) for skill in unit.skills)):
            table.add_row()
        table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0)).text = f"Bloc {number} – {unit.title}"
        for col, skill in enumerate(unit.skills[:3], 1):
            table.cell(first, col).text = skill.text
            table.cell(first + 1, col).text = "Critères d’évaluation"
            for row, one in enumerate(skill.asked, first + 2):
                table.cell(row, col).text = one.text
    document.save(str(path))
    return path


SERVED = (0, 2, 5)
"""Which criteria of a bloc serve two competences."""


def crosses(made: Made, path: Path) -> Path:
    """Competences head columns; a cross says which of them a row's criterion serves."""
    document = _document()
    document.add_heading(made.title, 1)
    for number, unit in enumerate(made.units, 1):
        document.add_heading(f"Bloc {number} – {unit.title}", 2)
        table = document.add_table(rows=1, cols=1 + len(unit.skills), style="Table Grid")
        table.cell(0, 0).text = "Critères d’évaluation"
        for col, skill in enumerate(unit.skills, 1):
            table.cell(0, col).text = skill.text
        for text, own in _crossed(unit):
            row = table.add_row().cells
            row[0].text = text
            for col in own:
                row[col + 1].text = "X"
    document.save(str(path))
    return path


def _crossed(unit: Unit) -> list[tuple[str, tuple[int, ...]]]:
    found: list[tuple[str, tuple[int, ...]]] = []
    for col, skill in enumerate(unit.skills):
        for one in skill.asked:
            other = ((col + 1) % len(unit.skills),) if len(found) in SERVED else ()
            found.append((" ".join([one.text, *one.items]), tuple(sorted({col, *other}))))
    return found


def crossed(made: Made) -> Gold:
    """The right answer to `crosses`."""
    gold = gold_of("", made, coded=False, pointed=False)
    owners = [tuple(unit.skills[c].text for c in own) for unit in made.units for _, own in _crossed(unit)]
    return replace(gold, criteria=tuple(replace(c, owners=o) for c, o in zip_longest(gold.criteria, owners)))


def _web(made: Made, path: Path, body: str) -> Path:
    path.write_text(
        "<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>Évaluation</title><style>.h{display:none}</style>"
        "<script>var t=1</script></head><body><header><a href=#>Menu</a><p>Bonjour, Juré 12</p></header><main>"
        f"<h1>{said(made.title)}</h1>{body}</main><footer>© Certificateur – Mentions légales</footer></body></html>",
        encoding="utf-8",
    )
    return path


def questions(made: Made, path: Path) -> Path:
    """A survey: each competence a section, each criterion a question with an asterisk and three answers."""
    body, number = ["<div class=form>"], 0
    for place, unit in enumerate(made.units, 1):
        body.append(
            f"<div class=page><div class=head role=heading aria-level=2>Bloc {place} – {said(unit.title)}</div>"
        )
        for skill in unit.skills:
            body.append(
                f"<div class=section><div role=heading aria-level=3><span>{said(skill.text)}</span></div><p class=help>Répondez à chaque critère.</p>"
            )
            for one in skill.asked:
                number += 1
                answers = "".join(
                    f"<div><input type=radio name=q{number}><span>{a}</span></div>"
                    for a in ("Acquis", "Partiellement acquis", "Non acquis")
                )
                body.append(
                    f"<div role=listitem><div role=heading aria-level=4><span>{said(one.text)}</span><span aria-label=Obligatoire> *</span></div><div role=radiogroup>{answers}</div></div>"
                )
            body.append("</div>")
        body.append("</div>")
    return _web(made, path, "".join(body) + "<button>Suivant</button></div>")


def scored_form(made: Made, path: Path) -> Path:
    """A fieldset for each competence, its criteria as labels of number fields with their greatest value."""
    body = ["<form>"]
    for place, unit in enumerate(made.units, 1):
        body.append(f"<h2>Bloc {place} : {said(unit.title)}</h2>")
        for skill in unit.skills:
            body.append(f"<fieldset><legend>{said(skill.text)}</legend>")
            for n, one in enumerate(skill.asked):
                items = f"<ul>{''.join(f'<li>{said(i)}</li>' for i in one.items)}</ul>" if one.items else ""
                body.append(
                    f"<div class=row><label for=n{n}>{said(one.text)}</label>{items}<span><input type=number id=n{n} min=0 max={one.points:g}> / {one.points:g} points</span></div>"
                )
            body.append("<label>Commentaire <textarea></textarea></label></fieldset>")
    return _web(made, path, "".join(body) + "<input type=submit value=Enregistrer></form>")


def ticks(made: Made, path: Path) -> Path:
    """Cards of a page, each criterion a box to tick with its words in a label, épreuves and productions beside."""
    body = []
    for place, unit in enumerate(made.units, 1):
        handed = "".join(f"<li>{said(one)}</li>" for one in unit.handed)
        body.append(
            f"<section><h2>Bloc {place} · {said(unit.title)}</h2><aside><p>Épreuve : {said(unit.exam)}</p><p>Productions attendues</p><ul>{handed}</ul></aside>"
        )
        for skill in unit.skills:
            boxes = "".join(
                f"<div class=check><input type=checkbox id=c><label for=c>{said(one.text)}</label></div>"
                for one in skill.asked
            )
            body.append(
                f"<article class=card><h3>Compétence : {said(skill.text)}</h3><div class=criteres>{boxes}</div></article>"
            )
        body.append("</section>")
    return _web(made, path, "".join(body))


def form_table(made: Made, path: Path) -> Path:
    """A table with a choice in each row, competences merged down the first column, a comment below each bloc."""
    body = ["<form>"]
    for place, unit in enumerate(made.units, 1):
        rows = []
        for skill in unit.skills:
            for n, one in enumerate(skill.asked):
                first = f"<th rowspan={len(skill.asked)}>{said(skill.text)}</th>" if not n else ""
                rows.append(
                    f"<tr>{first}<td>{said(one.text)}</td><td><select><option>–<option>Acquis<option>Non acquis</select></td><td><input type=text></td></tr>"
                )
        body.append(
            f"<h2>Bloc {place} – {said(unit.title)}</h2><table><caption>Grille du jury</caption><thead><tr><th>Compétence</th><th>Critère</th>"
            f"<th>Avis</th><th>Remarque</th></tr></thead><tbody>{''.join(rows)}</tbody><tfoot><tr><td colspan=4>Appréciation générale du bloc <textarea></textarea></td></tr></tfoot></table>"
        )
    return _web(made, path, "".join(body) + "</form>")


def scanned(make: Maker, made: Made, path: Path) -> Path:
    """The printed pages as grey pictures of 200 dpi, 2 to 3° askew by turns, with grain; the second upside down."""
    import cv2
    import numpy
    import pypdfium2
    from PIL import Image

    drawn = make(made, path.with_name(f"{path.stem}-drawn.pdf"))
    grain = numpy.random.default_rng(5)
    pictures = []
    with pypdfium2.PdfDocument(str(drawn)) as document:
        for number, page in enumerate(document):
            ink = page.render(scale=200 / 72, grayscale=True).to_numpy().squeeze().astype(numpy.float32)
            high, wide = ink.shape
            turn = cv2.getRotationMatrix2D((wide / 2, high / 2), (2.4, -2.9, 2.0)[number % 3], 1)
            ink = cv2.warpAffine(ink, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=246)
            ink = cv2.GaussianBlur(ink, (3, 3), 0.6) * 0.94 + grain.normal(0, 9, ink.shape)
            picture = Image.fromarray(numpy.clip(ink, 0, 255).astype(numpy.uint8))
            pictures.append(picture.rotate(180) if number == 1 else picture)
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=200, quality=72)
    return path
