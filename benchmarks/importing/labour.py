"""The two référentiels of the Ministry of Labour's titles: the RE with its table of boxes, the REAC with its fiches."""

from pathlib import Path

from docx.shared import Pt

from assistant.referentiel.model import Bloc, Criterion, Referentiel
from benchmarks.importing.renderings import _groups
from benchmarks.importing.shapes import PROSE, _owner
from benchmarks.importing.word import Pen, fill, lines_of


def certification(referentiel: Referentiel, path: Path) -> Path:
    """A Ministry of Labour RE: the épreuves in one table, then competences, criteria and boxes under upright headings."""
    pen = Pen(wide=True, size=9, foot="RE\tTP-01234\t03\t12/03/2024")
    pen.say("RÉFÉRENTIEL D’ÉVALUATION", bold=True, size=18)
    pen.say("DU TITRE PROFESSIONNEL", bold=True, size=14)
    if referentiel.title:
        pen.say(referentiel.title, bold=True, size=16)
    pen.say("1. Références de la spécialité", bold=True, size=11)
    pen.say("Niveau : 5 (cadre national des certifications)")
    pen.say("Code(s) NSF : 312 - Commerce, vente")
    pen.say("3. Modalités d’évaluation du titre professionnel", bold=True, size=11)
    pen.say("3.1. Modalités d’évaluation des compétences et organisation de l’épreuve", bold=True)
    owners = [owner for bloc in referentiel.blocs for owners, _ in _groups(bloc) for owner in owners]
    modes = pen.table(4, (150.0, 290.0, 60.0, 250.0), heads=1)
    rows = (
        ("Modalités", [""], "Durée", ""),
        ("Présentation d’un projet réalisé en amont de la session", owners[:3], "00 h 45 min", PROSE[1]),
        ("Entretien technique", owners[3:5], "00 h 30 min", PROSE[2]),
        ("Entretien final", [""], "00 h 15 min", PROSE[3]),
    )
    for row, (name, said, time, detail) in zip(modes.rows, rows, strict=True):
        told = [(_owner(one, False), "") for one in said if one] or [("Compétences évaluées" if not detail else "", "")]
        for cell, lines in zip(
            row.cells,
            ([(name, "")], told, [(time, "")], [(detail or "Détail de l’organisation de l’épreuve", "")]),
            strict=True,
        ):
            fill(cell, lines)
    pen.say("Durée totale de l’épreuve pour le candidat : 01 h 30 min", bold=True)
    pen.turn()
    pen.say("3.2. Critères d’évaluation des compétences professionnelles", bold=True)
    groups = [(bloc, group) for bloc in referentiel.blocs for group in _groups(bloc)]
    titles = sum(1 for bloc in referentiel.blocs if bloc.title)
    table = pen.table(2 + len(groups) + titles, (215.0, 395.0, 35.0, 35.0, 35.0, 35.0), heads=2)
    fill(table.cell(0, 0).merge(table.cell(1, 0)), [("Compétences professionnelles", "")], bold=True)
    fill(table.cell(0, 1).merge(table.cell(1, 1)), [("Critères d’évaluation", "")], bold=True)
    fill(table.cell(0, 2).merge(table.cell(0, 4)), [("Présentation d’un projet", "")], bold=True)
    fill(table.cell(0, 5), [("Autres", "")], bold=True)
    for at, text in enumerate(("Projet", "Entretien technique", "Questionnaire professionnel", "Entretien final"), 2):
        fill(table.cell(1, at), [(text, "")], upright=True)
    table.rows[1].height = Pt(110)
    row = 2
    over: Bloc | None = None
    for bloc, (owners, criteria) in groups:
        if bloc.title and bloc is not over:
            fill(table.cell(row, 0).merge(table.cell(row, 5)), [(bloc.title, "")], bold=True)
            row += 1
        over = bloc
        fill(table.cell(row, 0), [(_owner(owner, False), "") for owner in owners])
        fill(table.cell(row, 1), lines_of(criteria, "", coded=False))
        for at in range(2, 6):
            fill(table.cell(row, at), [("☒" if (row + at) % 3 else "☐", "")])
        row += 1
    pen.say("4. Conditions matérielles de réalisation de l’épreuve", bold=True, size=11)
    pen.say(PROSE[1])
    return pen.save(path)


def fiches(referentiel: Referentiel, path: Path) -> Path:
    """A Ministry of Labour REAC: contents, the synopsis in a table, then a fiche for each activity and competence."""
    pen = Pen(wide=False, size=10, foot="SIGLE\tREAC\tTP-01234\t03\t12/03/2024")
    pen.say("RÉFÉRENTIEL EMPLOI ACTIVITÉS COMPÉTENCES", bold=True, size=18)
    pen.say("DU TITRE PROFESSIONNEL", bold=True, size=14)
    if referentiel.title:
        pen.say(referentiel.title, bold=True, size=16)
    pen.turn()
    groups = [(number, bloc, group) for number, bloc in enumerate(referentiel.blocs, 1) for group in _groups(bloc)]
    pen.say("SOMMAIRE", bold=True, size=13)
    for number, bloc in enumerate(referentiel.blocs, 1):
        pen.say(f"Fiche activité type N° {number} : {bloc.title or 'Exercer le métier'} {'.' * 20} {5 + number}")
    for number, (_, _, (owners, _)) in enumerate(groups, 1):
        pen.say(
            f"Fiche compétence professionnelle N° {number} : {_owner(owners[0], False)[:60]} {'.' * 20} {9 + number}"
        )
    pen.turn()
    pen.say("Vue synthétique de l’emploi-type", bold=True, size=13)
    view = pen.table(1 + len(groups), (40.0, 170.0, 40.0, 260.0), heads=1)
    for cell, text in zip(
        view.rows[0].cells,
        ("N° Fiche AT", "Activités types", "N° Fiche CP", "Compétences professionnelles"),
        strict=True,
    ):
        fill(cell, [(text, "")], bold=True)
    for row, (number, bloc, (owners, _)) in enumerate(groups, 1):
        words = (
            str(number),
            bloc.title or "Exercer le métier",
            str(row),
            " ".join(_owner(one, False) for one in owners),
        )
        for cell, text in zip(view.rows[row].cells, words, strict=True):
            fill(cell, [(text, "")])
    said = None
    for count, (number, bloc, (owners, criteria)) in enumerate(groups, 1):
        if bloc is not said:
            _activity(pen, number, bloc)
        said = bloc
        _competence(pen, count, owners, criteria)
    pen.turn()
    pen.say("Glossaire technique", bold=True, size=13)
    pen.say("Veille")
    pen.say("Recherche continue d’informations sur un sujet choisi.")
    pen.say("Glossaire du REAC", bold=True, size=13)
    pen.say("Critère de performance")
    pen.say(
        "Un critère de performance sert à porter un jugement d’appréciation sur un objet en termes de résultat(s) attendu(s)."
    )
    return pen.save(path)


def _framed(pen: Pen, title: str, *names: str) -> None:
    box = pen.table(1, (pen.width,))
    fill(box.cell(0, 0), [(title, ""), *((name, "") for name in names)], bold=True)
    pen.say("")


def _activity(pen: Pen, number: int, bloc: Bloc) -> None:
    pen.turn()
    _framed(pen, f"FICHE ACTIVITÉ TYPE N° {number}", bloc.title or "Exercer le métier")
    pen.say("Définition, description de l’activité type et conditions d’exercice", bold=True)
    for text in PROSE[:3]:
        pen.say(text)
    pen.say("Réglementation d’activités (le cas échéant)", bold=True)
    pen.say("Néant")
    pen.say("Liste des compétences professionnelles de l’activité type", bold=True)
    for owners, _ in _groups(bloc):
        for owner in owners:
            pen.say(_owner(owner, False), style="List Bullet")
    pen.say("Compétences transversales de l’activité type", bold=True)
    pen.say("Communiquer", style="List Bullet")


def _competence(pen: Pen, number: int, owners: list[str], criteria: list[Criterion]) -> None:
    pen.turn()
    _framed(pen, f"FICHE COMPÉTENCE PROFESSIONNELLE N° {number}", *(_owner(owner, False) for owner in owners))
    pen.say("Description de la compétence – processus de mise en œuvre", bold=True)
    for text in PROSE[3:]:
        pen.say(text)
    pen.say("Contexte(s) professionnel(s) de mise en œuvre", bold=True)
    pen.say(PROSE[0])
    pen.say("Critères de performance", bold=True)
    for text, style in lines_of(criteria, "", coded=False):
        pen.say(text, style=style or None)
    pen.say("Savoir-faire techniques, savoir-faire organisationnels, savoir-faire relationnels, savoirs", bold=True)
    pen.say("Utiliser les fonctions avancées d’un tableur")
    pen.say("Connaissance des canaux de vente")
