# ruff: noqa: E501
"""Pages of HTML printed by a browser: a maker of tables that shares no drawing with those of the other benches."""

import html
from collections.abc import Iterable
from pathlib import Path

from benchmarks.importing.unseen_content import Asked, Made, Unit, skills_of
from benchmarks.structure.make import chromium

NOTE = "<sup>1</sup>"
RULES = (
    "Les candidats sont convoqués par écrit au moins quinze jours avant la date de la session.",
    "Toute absence non justifiée dans les huit jours vaut renoncement à la session en cours.",
    "Le centre organisateur met à disposition une salle calme, accessible et équipée d’une liaison internet.",
    "Le procès-verbal est signé de tous les membres présents puis transmis au certificateur sous cinq jours ouvrés.",
    "Les aménagements d’épreuve sont demandés auprès du référent handicap, pièces justificatives à l’appui.",
    "Les frais d’inscription restent acquis à l’organisme, sauf cas de force majeure dûment constaté.",
    "Une commission de suivi se réunit chaque semestre afin d’examiner les résultats et les réclamations.",
)
KNOWN = (
    "Réglementation applicable",
    "Vocabulaire professionnel",
    "Outils bureautiques et collaboratifs",
    "Notions de statistique",
)


def said(text: str) -> str:
    return html.escape(text, quote=False)


def printed(body: str, css: str, path: Path) -> Path:
    """The PDF that Chromium prints of it."""
    whole = (
        "<!doctype html><html lang='fr'><head><meta charset='utf-8'><style>*{box-sizing:border-box}"
        "table{border-collapse:collapse;width:100%;table-layout:fixed}td,th{border:1px solid #000;padding:3px 5px;"
        f"vertical-align:top;text-align:left}}p{{margin:0 0 3px}}{css}</style></head><body>{body}</body></html>"
    )
    chromium(whole, path)
    return path


def lines(asked: Iterable[Asked], mark: str = "", inner: str = "•", code: str = "", pointed: bool = False) -> str:
    """Criteria as paragraphs: each with its mark or its code, sub-bullets further in."""
    made = []
    for place, one in enumerate(asked, 1):
        head = f"{code}.{place} " if code else f"{mark} " if mark else ""
        worth = f" ({one.points:g} pts)" if pointed and one.points else ""
        made.append(f"<p>{head}{said(one.text)}{worth}</p>")
        made += [f"<p style='padding-left:14px'>{inner} {said(item)}</p>" for item in one.items]
    return "".join(made)


def listed(asked: Iterable[Asked]) -> str:
    """The same as a list."""
    made = []
    for one in asked:
        inner = f"<ul>{''.join(f'<li>{said(item)}</li>' for item in one.items)}</ul>" if one.items else ""
        made.append(f"<li>{said(one.text)}{inner}</li>")
    return f"<ul>{''.join(made)}</ul>"


JOURNAL = (
    "@page{size:A4;margin:22mm 16mm;@top-center{content:'14 juin 2025 · JOURNAL OFFICIEL DE LA RÉPUBLIQUE FRANÇAISE · Texte 31 sur 128';"
    "font:8pt serif}@bottom-right{content:counter(page);font:8pt serif}}body{font:8.5pt/1.25 'Liberation Serif'}"
    "h1,h2{font-size:10pt;text-align:center}h3{font-size:9pt}table{margin-bottom:10px}"
)


def journal_skills(made: Made, path: Path) -> Path:
    """A table for each competence, savoirs between it and its criteria; a note at the foot."""
    body = [f"<h2>ANNEXE II</h2><h2>RÉFÉRENTIEL DE CERTIFICATION</h2><p>Certificat « {said(made.title)} »</p>"]
    known = "".join(f"<p>– {one} ;</p>" for one in KNOWN)
    for number, unit in enumerate(made.units, 1):
        body.append(f"<h2>Bloc n° {number} – {said(unit.title)}</h2>")
        for skill in unit.skills:
            body.append(
                "<table><tr><th style='width:28%'>COMPÉTENCES</th><th style='width:25%'>SAVOIRS ASSOCIÉS</th><th>CRITÈRES D’ÉVALUATION</th></tr>"
                f"<tr><td>{said(skill.text)}</td><td>{known}</td><td>{lines(skill.asked, '–')}</td></tr></table>"
            )
        body.append("<p style='font-size:7pt'>(1) Au sens de l’article L. 6113-1 du code du travail.</p>")
    return printed("".join(body), JOURNAL, path)


def journal_rows(made: Made, path: Path) -> Path:
    """A table for each competence, headed by it; a row for each criterion with its points."""
    body = [f"<h2>ANNEXE</h2><h2>Référentiel du titre « {said(made.title)} »</h2>"]
    for unit in made.units:
        number = made.units.index(unit) + 1
        body.append(f"<h3>BLOC {number} : {said(unit.title)}</h3>")
        for owner, rank, skill in skills_of(made):
            if owner is not unit:
                continue
            rows = "".join(
                f"<tr><td>CE{rank}.{place} {said(one.text)}{''.join(f'<p>- {said(i)}</p>' for i in one.items)}</td>"
                f"<td style='text-align:center'>{one.points:g}</td></tr>"
                for place, one in enumerate(skill.asked, 1)
            )
            body.append(
                f"<table><tr><th colspan=2>C{rank} – {said(skill.text)}</th></tr><tr><th style='width:85%'>Critères d’évaluation</th>"
                f"<th>Points</th></tr>{rows}</table>"
            )
    return printed("".join(body), JOURNAL, path)


def journal_kinds(made: Made, path: Path) -> Path:
    """Four tables for each bloc, of which one asks: tasks, savoirs, criteria, épreuves."""
    body = [f"<h1>ANNEXE I</h1><h2>Référentiels du diplôme</h2><p>{said(made.title)}</p>"]
    for number, unit in enumerate(made.units, 1):
        body.append(f"<h3>Bloc de compétences n° {number} : {said(unit.title)}</h3>")
        tasks = "".join(f"<p>{said(one)}</p>" for one in unit.tasks)
        body.append(
            f"<table><tr><th>Activités</th><th>Résultats</th></tr><tr><td>{tasks}</td><td>Service rendu à l’usager</td></tr></table>"
        )
        rows = "".join(f"<tr><td>{said(s.text)}</td><td>{lines(s.asked, '-')}</td></tr>" for s in unit.skills)
        body.append(
            f"<table><thead><tr><th style='width:40%'>Compétences</th><th>Indicateurs d’évaluation</th></tr></thead>{rows}</table>"
        )
        known = "".join(
            f"<tr><td>S{number}.{n} {one}</td><td>Limité aux notions utiles</td></tr>" for n, one in enumerate(KNOWN, 1)
        )
        body.append(f"<table><tr><th>Savoirs associés</th><th>Limites de connaissances</th></tr>{known}</table>")
        body.append(
            "<table><tr><th>Épreuve</th><th>Coefficient</th><th>Forme</th><th>Durée</th></tr>"
            f"<tr><td>{said(unit.exam)}</td><td>{number + 1}</td><td>Ponctuelle</td><td>1 h</td></tr></table>"
        )
    return printed("".join(body), JOURNAL, path)


def journal_columns(made: Made, path: Path) -> Path:
    """One table a bloc: tasks merged down it, resources at the right, heading rows said again."""
    body = [f"<h2>ANNEXE III</h2><p><b>{said(made.title.upper())}</b></p>"]
    for number, unit in enumerate(made.units, 1):
        tasks = "".join(f"<p>{said(one)}</p>" for one in unit.tasks)
        rows = []
        for place, skill in enumerate(unit.skills):
            merged = f"<td rowspan={len(unit.skills)}>{tasks}</td>" if not place else ""
            rows.append(
                f"<tr>{merged}<td>{said(skill.text)}</td><td>{listed(skill.asked)}</td><td>{KNOWN[place % 4]}</td></tr>"
            )
        body.append(
            f"<table><thead><tr><th colspan=4>UNITÉ {number} – {said(unit.title.upper())}</th></tr><tr><th style='width:18%'>Tâches</th>"
            "<th style='width:24%'>Être capable de</th><th>Indicateurs de réussite</th><th style='width:18%'>Ressources</th></tr></thead>"
            f"{''.join(rows)}</table>"
        )
    return printed("".join(body), JOURNAL + "ul{margin:0;padding-left:12px}", path)


REGLEMENT = (
    "@page{size:A4;margin:24mm 20mm;@top-left{content:'Certificateur Horizon – Règlement des examens';font:8pt sans-serif}"
    "@bottom-center{content:'Version 4 – page ' counter(page);font:8pt sans-serif}}body{font:10.5pt/1.4 'Liberation Sans'}"
    "h1{font-size:20pt}h2{font-size:14pt;break-before:page}td,th{font-size:9pt}.up{writing-mode:vertical-rl;transform:rotate(180deg);height:90px}"
)


def _chapters(numbers: Iterable[int], pages: int) -> str:
    names = (
        "Objet",
        "Inscription",
        "Déroulement des épreuves",
        "Jury",
        "Fraude",
        "Recours",
        "Archivage",
        "Glossaire",
        "Calendrier",
        "Frais",
    )
    made = []
    for number in numbers:
        made.append(f"<h2>{number}. {names[number % len(names)]}</h2>")
        for place in range(pages * 22):
            if place % 8 == 3:
                made.append(f"<h3>{number}.{place // 8 + 1} Dispositions particulières</h3>")
            made.append(f"<p>{'• ' if place % 6 == 5 else ''}{RULES[(place + number) % len(RULES)]}</p>")
        made.append(
            "<table><tr><th>Manquement</th><th>Constat</th><th>Pénalité</th></tr>"
            "<tr><td>Retard de dépôt</td><td>Par jour entamé</td><td>- 1 point</td></tr>"
            "<tr><td>Documents non autorisés</td><td>Procès-verbal</td><td>Exclusion</td></tr></table>"
            if number % 2
            else "<table><tr><th>Étape</th><th>Échéance</th><th>Responsable</th></tr>"
            "<tr><td>Dépôt des dossiers</td><td>Semaine 12</td><td>Candidat</td></tr>"
            "<tr><td>Jurys</td><td>Semaines 22 à 24</td><td>Organisateur</td></tr></table>"
        )
    return "".join(made)


def reglement(made: Made, path: Path, *, kind: str, pages: int = 5) -> Path:
    """A règlement of some sixty pages, its grid among them; `kind`: « rows », « cells » or « across »."""
    contents = (
        "".join(f"<p>{n}. Chapitre {'.' * 60} {4 * n}</p>" for n in range(1, 12))
        + f"<p>Grille d’évaluation {'.' * 60} 33</p>"
    )
    example = (
        "<h3>Exemple de grille renseignée</h3><table><tr><th>Critère</th><th>Observations du jury</th></tr>"
        "<tr><td>Exemple : le tri des déchets est fait</td><td>Vu en situation, tri conforme</td></tr></table>"
    )
    body = [f"<h1>Règlement des examens</h1><p><b>{said(made.title)}</b></p><h2>Sommaire</h2>{contents}"]
    body += [_chapters(range(1, 7), pages), example, "<h2>Grille d’évaluation</h2>"]
    body.append("<p>Nom du candidat : …………………… Prénom : …………………… Session : ……………</p>")
    maker = {"rows": _grid_rows, "cells": _grid_cells, "across": _grid_across}[kind]
    body += [maker(made, unit, number) for number, unit in enumerate(made.units, 1)]
    body.append("<p>Date et signature des membres du jury :</p>")
    body.append(_chapters(range(7, 11), pages))
    return printed("".join(body), REGLEMENT, path)


def _grid_rows(made: Made, unit: Unit, number: int) -> str:
    """A row for each criterion with code and points; verdicts headed up the page."""
    rows = []
    for owner, rank, skill in skills_of(made):
        if owner is not unit:
            continue
        for place, one in enumerate(skill.asked, 1):
            merged = f"<td rowspan={len(skill.asked)}><b>C{rank}</b> {said(skill.text)}</td>" if place == 1 else ""
            inner = "".join(f"<p style='padding-left:10px'>- {said(item)}</p>" for item in one.items)
            worth = f"<td>{one.points:g}</td>" if one.points else "<td></td>"
            rows.append(
                f"<tr>{merged}<td>CE{rank}.{place} {said(one.text)}{inner}</td>{worth}<td></td><td></td><td></td></tr>"
            )
    heads = "".join(
        f"<th style='width:7%'><div class=up>{one}</div></th>" for one in ("Barème", "Acquis", "Non acquis")
    )
    total = sum(one.points or 0 for skill in unit.skills for one in skill.asked)
    return (
        f"<h3>Bloc {number} – {said(unit.title)}</h3><p>{said(unit.exam)}</p><table><thead><tr><th style='width:30%'>Compétences</th><th>Critères d’évaluation</th>"
        f"{heads}<th style='width:16%'>Observations</th></tr></thead>{''.join(rows)}"
        f"<tr><td colspan=2>Total du bloc</td><td>{total:g}</td><td></td><td></td><td></td></tr></table>"
    )


def _grid_cells(made: Made, unit: Unit, number: int) -> str:
    """The criteria of a competence in one cell, boxes to tick, a comment below each competence."""
    rows = []
    for skill in unit.skills:
        rows.append(
            f"<tr><td>{said(skill.text)}</td><td>{lines(skill.asked, '▪')}</td><td>☐ Acquis<br>☐ Non acquis</td></tr>"
            "<tr><td colspan=3>Commentaire du jury :</td></tr>"
        )
    return (
        f"<table style='margin-bottom:14px'><thead><tr><th colspan=3>BLOC {number} : {said(unit.title.upper())}</th></tr>"
        "<tr><th style='width:32%'>Compétence évaluée</th><th>Critères</th><th style='width:16%'>Avis</th></tr></thead>"
        f"{''.join(rows)}</table>"
    )


def _grid_across(made: Made, unit: Unit, number: int) -> str:
    """Competences in rows over all columns, a row for each criterion without mark or code."""
    rows = []
    for owner, rank, skill in skills_of(made):
        if owner is unit:
            rows.append(f"<tr><td colspan=4 style='background:#ddd'><b>C{rank}. {said(skill.text)}</b></td></tr>")
            rows += [f"<tr><td>{said(one.text)}</td><td>□</td><td>□</td><td></td></tr>" for one in skill.asked]
    return (
        f"<h3>Bloc {number} – {said(unit.title)}</h3><table><tr><th style='width:50%'>Critères d’évaluation</th><th>Oui</th><th>Non</th>"
        f"<th>Remarques</th></tr>{''.join(rows)}</table>"
    )


LANDSCAPE = (
    "@page{size:A4 landscape;margin:12mm;@bottom-right{content:counter(page) ' / ' counter(pages);font:7pt sans-serif}}"
    "body{font:8.5pt/1.3 'Liberation Sans'}.up{writing-mode:vertical-rl;transform:rotate(180deg)}ul{margin:0;padding-left:12px}"
)


def landscape(made: Made, path: Path, *, marked: str = "", shy: bool = False, size: float = 8.5) -> Path:
    """The table that France compétences asks for; the bloc's title stands up the page in a first column."""
    rows = []
    for number, unit in enumerate(made.units, 1):
        tasks = "".join(f"<p>A{number}.{n} {said(one)}</p>" for n, one in enumerate(unit.tasks, 1))
        handed = "".join(f"<li>{said(one)}</li>" for one in unit.handed)
        exam = f"<p>{said(unit.exam)}</p><p>Livrables attendus :</p><ul>{handed}</ul>"
        high = len(unit.skills)
        for place, skill in enumerate(unit.skills):
            first = f"<td rowspan={high}><div class=up>Bloc {number} – {said(unit.title)}</div></td><td rowspan={high}>{tasks}</td>"
            rank = next(rank for _, rank, one in skills_of(made) if one is skill)
            rows.append(
                f"<tr>{first if not place else ''}<td>C{rank} – {said(skill.text)}</td>"
                f"{f'<td rowspan={high}>{exam}</td>' if not place else ''}<td>{lines(skill.asked, marked)}</td></tr>"
            )
    body = (
        f"<h1>{said(made.title)}</h1><p>Article L6113-1 : « Les certifications professionnelles enregistrées au répertoire national […] »</p>"
        "<table><thead><tr><th style='width:6%'>BLOCS</th><th>RÉFÉRENTIEL D’ACTIVITÉS</th><th>RÉFÉRENTIEL DE COMPÉTENCES</th>"
        "<th colspan=2 style='width:48%'>RÉFÉRENTIEL D’ÉVALUATION</th></tr><tr><th></th><th></th><th></th><th>MODALITÉS D’ÉVALUATION</th>"
        f"<th>CRITÈRES D’ÉVALUATION</th></tr></thead>{''.join(rows)}</table>"
    )
    if shy:
        import re

        body = re.sub(r"(?<![<&/\w])([a-zà-ÿ]{5})([a-zà-ÿ]{4,})(?=[\s.,;)<])", "\\1\u00ad\\2", body)
    return printed(body, LANDSCAPE.replace("8.5pt", f"{size}pt"), path)
