# ruff: noqa: E501
"""Further shapes of the same kinds, made after the importer had been mended on those of `unseen.py`."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assistant.places import REFERENTIELS
from assistant.referentiel.catalogue import load_file
from benchmarks.importing.gold import Gold
from benchmarks.importing.printed import JOURNAL, LANDSCAPE, REGLEMENT, RULES, journal_rows, lines, printed, said
from benchmarks.importing.unseen import Maker, _document, _fill, _threes, _web, scanned
from benchmarks.importing.unseen_content import (
    PHRASES,
    SENTENCES,
    SMALL,
    Asked,
    Made,
    Skill,
    Unit,
    gold_of,
    skills_of,
)


def bundled(name: str) -> Made:
    """A bundled référentiel whose criteria serve one competence each."""
    content = load_file(REFERENTIELS / f"{name}.yaml").content
    made = Made(content.title or "", [])
    for bloc in content.blocs:
        unit = Unit(bloc.title or "", bloc.modalities[0].title or "" if bloc.modalities else "")
        unit.tasks = [one.title for one in bloc.activities]
        unit.skills = [
            Skill(c.text, [Asked(k.text, list(k.indicators), k.points) for k in bloc.criteria if k.competences == (c.id,) or list(k.competences) == [c.id]])
            for c in bloc.competences
        ]  # fmt: skip
        unit.skills = [skill for skill in unit.skills if skill.asked]
        made.units.append(unit)
    return made


def shapes_after() -> Iterator[tuple[str, Made, Maker, Gold]]:
    """As `unseen._shapes`."""

    def plain(made: Made, coded: bool = False, pointed: bool = False, handed: bool = False) -> Gold:
        return gold_of("", made, coded=coded, pointed=pointed, handed=handed)

    large = bundled("manager-affaires")
    yield "apres-journal-lignes.pdf", SMALL, journal_breaks, plain(SMALL)
    yield "apres-journal-numeros.pdf", SENTENCES, journal_numbers, plain(SENTENCES)
    yield "apres-journal-long.pdf", large, journal_breaks, plain(large)
    yield "apres-reglement.pdf", PHRASES, grid_at_end, plain(PHRASES)
    yield "apres-reglement-long.pdf", large, grid_at_end, plain(large)
    yield "apres-paysage-long.pdf", large, labelled, plain(large)
    yield "apres-paysage-nu.pdf", SMALL, shaded, plain(SMALL)
    yield "apres-mots-partage.docx", SENTENCES, shared_cells, _shared_gold(SENTENCES)
    yield "apres-mots-etages.docx", PHRASES, storeys, plain(PHRASES)
    yield "apres-mots-long.docx", large, storeys, plain(large)
    yield "apres-formulaire-dl.html", SMALL, definition_form, plain(SMALL)
    yield "apres-formulaire-numeros.html", SENTENCES, numbered_form, plain(SENTENCES)
    yield "apres-formulaire-long.html", large, numbered_form, plain(large)
    yield (
        "apres-scan-journal.pdf",
        SENTENCES,
        partial(scanned, journal_rows),
        plain(SENTENCES, coded=True, pointed=True),
    )
    yield "apres-scan-grille.pdf", PHRASES, partial(scanned, partial(grid_at_end, chapters=1)), plain(PHRASES)


def journal_breaks(made: Made, path: Path) -> Path:
    """Small tables; a title row for the competence in capitals of its label; criteria parted by line breaks only."""
    body = [
        f"<h2>ANNEXE 2</h2><p style='text-align:center'>RÉFÉRENTIEL DE COMPÉTENCES ET D’ÉVALUATION</p><p><i>{said(made.title)}</i></p>"
    ]
    for number, unit in enumerate(made.units, 1):
        body.append(f"<p style='text-align:center;margin-top:8px'>Bloc {number}<br><b>{said(unit.title)}</b></p>")
        for skill in unit.skills:
            asked = "<br>".join(said(" ".join([one.text, *one.items])) for one in skill.asked)
            body.append(
                f"<table style='font-size:7.5pt'><tr><th style='width:35%'>Compétence</th><th>Critères de réussite</th></tr><tr><td>{said(skill.text)}</td><td>{asked}</td></tr></table>"
            )
    return printed("".join(body), JOURNAL, path)


def journal_numbers(made: Made, path: Path) -> Path:
    """One table a bloc: a number before each competence, criteria numbered anew for each, level rules only."""
    body = [f"<h2>ANNEXE IV</h2><h2>{said(made.title)}</h2>"]
    for number, unit in enumerate(made.units, 1):
        rows = []
        for place, skill in enumerate(unit.skills, 1):
            asked = "".join(
                f"<p>{n}. {said(' '.join([one.text, *one.items]))}</p>" for n, one in enumerate(skill.asked, 1)
            )
            rows.append(f"<tr><td>{number}.{place}</td><td>{said(skill.text)}</td><td>{asked}</td></tr>")
        body.append(
            f"<h3>Bloc {number}. – {said(unit.title)}</h3><table><thead><tr><th style='width:8%'>N°</th><th style='width:34%'>Compétences attestées</th>"
            f"<th>Critères d’évaluation</th></tr></thead>{''.join(rows)}</table>"
        )
    return printed("".join(body), JOURNAL, path)


def grid_at_end(made: Made, path: Path, *, chapters: int = 9) -> Path:
    """A règlement whose last annex is the grid: épreuves, a calendar and penalties in tables of other kinds before it."""
    body = [f"<h1>Règlement de certification</h1><p>{said(made.title)}</p>"]
    for number in range(1, chapters + 1):
        body.append(
            f"<h2>Article {number} – Dispositions</h2>"
            + "".join(f"<p>{RULES[(n + number) % 7]}</p>" for n in range(60))
        )
        body.append(
            "<table><tr><th>Session</th><th>Date limite</th></tr><tr><td>Printemps</td><td>1er mars</td></tr><tr><td>Automne</td><td>1er septembre</td></tr></table>"
        )
    rows = "".join(
        f"<tr><td>Bloc {n}</td><td>{said(u.exam)}</td><td>{n} h</td></tr>" for n, u in enumerate(made.units, 1)
    )
    body.append(
        f"<h2>Annexe A – Épreuves</h2><table><tr><th>Blocs</th><th>Épreuves</th><th>Durée</th></tr>{rows}</table><h2>Annexe B – Grille individuelle d’évaluation</h2>"
    )
    for number, unit in enumerate(made.units, 1):
        rows = "".join(
            f"<tr><td>{said(skill.text)}</td><td>{lines(skill.asked, inner='-')}</td><td>□</td><td>□</td><td></td></tr>"
            for skill in unit.skills
        )
        body.append(
            f"<p style='margin-top:12px'><b>Bloc {number} : {said(unit.title)}</b></p><table><thead><tr><th rowspan=2 style='width:27%'>Compétences</th><th rowspan=2>Critères d’évaluation</th>"
            "<th colspan=2 style='width:18%'>Résultat</th><th rowspan=2 style='width:15%'>Justification</th></tr><tr><th>Acquis</th><th>Non acquis</th></tr></thead>"
            f"{rows}</table><p>Décision du jury pour ce bloc : □ validé □ non validé</p>"
        )
    return printed("".join(body), REGLEMENT, path)


def labelled(made: Made, path: Path) -> Path:
    """A long landscape table with the running head of the certifier; each bloc in a row, activities and épreuves merged."""
    rows = []
    for number, unit in enumerate(made.units, 1):
        high = len(unit.skills)
        rows.append(
            f"<tr><td colspan=4 style='background:#cde'><b>BLOC DE COMPÉTENCES N° {number} – {said(unit.title)}</b></td></tr>"
        )
        for place, skill in enumerate(unit.skills):
            tasks = "".join(f"<p>- {said(one)}</p>" for one in unit.tasks)
            first = f"<td rowspan={high}>{tasks}</td>" if not place else ""
            exam = f"<td rowspan={high}><p>{said(unit.exam)}</p></td>" if not place else ""
            rows.append(
                f"<tr>{first}<td>{said(skill.text)}</td>{exam}<td>{lines(skill.asked, '✓', inner='-')}</td></tr>"
            )
    body = (
        f"<h1>{said(made.title)}</h1><table><thead><tr><th>RÉFÉRENTIEL D’ACTIVITÉS</th><th>RÉFÉRENTIEL DE COMPÉTENCES</th><th>MODALITÉS D’ÉVALUATION</th>"
        f"<th style='width:36%'>CRITÈRES D’ÉVALUATION</th></tr></thead>{''.join(rows)}</table>"
    )
    css = LANDSCAPE.replace(
        "@bottom-right", "@top-left{content:'Institut Horizon — référentiel 2026';font:7pt sans-serif}@bottom-right"
    )
    return printed(body, css, path)


def shaded(made: Made, path: Path) -> Path:
    """No rules at all: rows of two shades, criteria as lines of their own."""
    rows = []
    for number, unit in enumerate(made.units, 1):
        rows.append(f"<tr><td colspan=2><b>Bloc {number} – {said(unit.title)}</b></td></tr>")
        for place, skill in enumerate(unit.skills):
            shade = "#eee" if place % 2 else "#fff"
            rows.append(
                f"<tr style='background:{shade}'><td>{said(skill.text)}</td><td>{lines(skill.asked, '•')}</td></tr>"
            )
    body = f"<h1>{said(made.title)}</h1><table><thead><tr><th style='width:38%'>Compétences</th><th>Critères d’évaluation</th></tr></thead>{''.join(rows)}</table>"
    return printed(body, LANDSCAPE + "td,th{border:none;padding:5px 9px}", path)


def shared_cells(made: Made, path: Path) -> Path:
    """Three competences side by side; the last row's criterion is merged over all of them and serves them all."""
    document = _document()
    document.add_heading(made.title, 1)
    for number, unit in enumerate(made.units, 1):
        for three in _threes(unit):
            table = document.add_table(rows=4, cols=1 + len(three), style="Table Grid")
            table.cell(0, 0).merge(table.cell(0, len(three))).text = f"Bloc {number} – {unit.title}"
            table.cell(1, 0).text, table.cell(2, 0).text = "Compétences", "Critères d’évaluation"
            table.cell(2, 0).merge(table.cell(3, 0))
            for col, skill in enumerate(three, 1):
                table.cell(1, col).text = skill.text
                own = skill.asked[:-1] if skill is three[-1] else skill.asked
                _fill(table.cell(2, col), [t for one in own for t in (one.text, *(f"- {i}" for i in one.items))])
            table.cell(3, 1).merge(table.cell(3, len(three))).text = three[-1].asked[-1].text
            document.add_paragraph()
    document.save(str(path))
    return path


def _shared_gold(made: Made) -> Gold:
    from dataclasses import replace

    gold = gold_of("", made, coded=False, pointed=False)
    owners = {}
    for unit in made.units:
        for three in _threes(unit):
            owners[three[-1].asked[-1].text] = tuple(skill.text for skill in three)
    return replace(gold, criteria=tuple(replace(c, owners=owners.get(c.text, c.owners)) for c in gold.criteria))


def storeys(made: Made, path: Path) -> Path:
    """One table for all: the bloc over all columns, below it three competences, below each its criteria, then its épreuve."""
    document = _document()
    document.add_heading(made.title, 1)
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for number, unit in enumerate(made.units, 1):
        row = table.add_row().cells
        row[0].merge(row[2]).text = f"BLOC {number} : {unit.title}"
        for three in _threes(unit):
            row = table.add_row().cells
            for col, skill in enumerate(three):
                row[col].text = skill.text
            row = table.add_row().cells
            row[0].merge(row[2]).text = "Critères d’évaluation"
            row = table.add_row().cells
            for col, skill in enumerate(three):
                _fill(row[col], [t for one in skill.asked for t in (one.text, *(f"- {i}" for i in one.items))])
            if len(three) < 3:
                for spare in range(len(three), 3):
                    table.rows[-3].cells[spare].text = ""
        row = table.add_row().cells
        row[0].merge(row[2]).text = f"Modalités d’évaluation : {unit.exam}"
    document.save(str(path))
    return path


def definition_form(made: Made, path: Path) -> Path:
    """Tabs of a page; a competence is a bold line, its criteria a list with a choice at the end of each line."""
    body = [
        "<ul class=tabs>"
        + "".join(f"<li><a href=#>Bloc {n}</a></li>" for n, _ in enumerate(made.units, 1))
        + "</ul><form>"
    ]
    for number, unit in enumerate(made.units, 1):
        body.append(f"<div class=tab><h2>Bloc {number} – {said(unit.title)}</h2><p>Épreuve : {said(unit.exam)}</p>")
        for skill in unit.skills:
            asked = "".join(
                f"<li>{said(one.text)} <select name=s><option value=0>Choisir<option value=1>Acquis<option value=2>Non acquis</select></li>"
                for one in skill.asked
            )
            body.append(f"<h3>{said(skill.text)}</h3><p>Critères d’évaluation</p><ul>{asked}</ul>")
        body.append("<p><label>Observations du jury <textarea></textarea></label></p></div>")
    return _web(made, path, "".join(body) + "</form>")


def numbered_form(made: Made, path: Path) -> Path:
    """Numbered questions, each with a hint, a scale of four levels and a text field."""
    body = ["<form>"]
    for number, unit in enumerate(made.units, 1):
        body.append(f"<fieldset><legend>Bloc {number} – {said(unit.title)}</legend>")
        for rank, (owner, _, skill) in enumerate(skills_of(made), 1):
            if owner is not unit:
                continue
            body.append(f"<div class=competence><h3>Compétence {rank} : {said(skill.text)}</h3>")
            for place, one in enumerate(skill.asked, 1):
                scale = "".join(
                    f"<label><input type=radio name=r{rank}-{place}>{a}</label> "
                    for a in ("Non acquis", "En cours d’acquisition", "Acquis")
                )
                whole = said(" ".join([one.text, *one.items]))
                body.append(
                    f"<div class=q><p><b>{rank}.{place}</b> {whole} <span class=req>*</span></p><p class=hint>Une seule réponse possible</p><div>{scale}</div>"
                    "<input type=text placeholder='Justification'></div>"
                )
            body.append("</div>")
        body.append("</fieldset>")
    return _web(made, path, "".join(body) + "</form>")
