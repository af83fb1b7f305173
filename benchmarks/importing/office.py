"""The bundled référentiels as certifiers write them in a word processor: Word tables laid out by LibreOffice.

Other hands than `shapes`: its pages are drawn by our own code, these by the program that most certifiers use.
"""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from assistant.places import REFERENTIELS
from assistant.referentiel.catalogue import load_file
from assistant.referentiel.model import Bloc, Criterion, Referentiel
from benchmarks.importing.gold import Gold
from benchmarks.importing.renderings import _groups, _heading, _modality, _said, gold_of
from benchmarks.importing.shapes import PROSE, _owner, _uncoded

NAMES = ("manager-affaires", "efficacite-tpe-ia", "relation-client-adv")
Maker = Callable[[Referentiel, Path], Path]
LAW = (
    "Article L6113-1 : Les certifications professionnelles enregistrées au répertoire national des certifications "
    "professionnelles permettent une validation des compétences et des connaissances acquises nécessaires à l’exercice "
    "d’activités professionnelles. Elles sont définies notamment par un référentiel d’activités qui décrit les situations "
    "de travail et les activités exercées, les métiers ou emplois visés, un référentiel de compétences qui identifie les "
    "compétences et les connaissances, y compris transversales, qui en découlent et un référentiel d’évaluation qui "
    "définit les critères et les modalités d’évaluation des acquis."
)


def render_office(folder: Path, names: tuple[str, ...] = NAMES, only: str = "") -> Iterator[tuple[Path, Gold]]:
    """Every document of every référentiel, one after the other; `only` those whose file name holds it."""
    for name in names:
        referentiel = load_file(REFERENTIELS / f"{name}.yaml").content
        for ending, make, gold in _documents(referentiel):
            path = folder / f"{name}-{ending}"
            if only in path.name:
                if not path.exists():
                    make(referentiel, path)
                yield path, gold


def _documents(referentiel: Referentiel) -> Iterator[tuple[str, Maker, Gold]]:
    from dataclasses import replace

    gold = gold_of(referentiel)
    bare = replace(gold, deliverables=())
    yield "fc-word.pdf", partial(landscape, mark="List Bullet"), gold
    yield "fc-word-bare.pdf", partial(landscape, mark="", coded=False), _uncoded(gold)
    yield "reglement-word.pdf", reglement, bare
    yield "rc-word.pdf", certification, _uncoded(bare)
    yield "reac-word.pdf", fiches, _uncoded(bare)
    yield "journal-word.pdf", journal, _uncoded(bare)
    yield "three.docx", three, gold
    yield "questionnaire.html", questionnaire, _uncoded(bare)
    yield "fc-word-scan.pdf", partial(scanned, partial(landscape, mark="List Bullet")), gold
    yield "rc-word-scan.pdf", partial(scanned, certification), _uncoded(bare)


class Pen:
    """A Word document being written."""

    def __init__(self, *, wide: bool, size: float, foot: str) -> None:
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm, Pt

        self.document = docx.Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if wide:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(1.8)
        style: Any = self.document.styles["Normal"]
        style.font.size, style.font.name = Pt(size), "DejaVu Sans Condensed"
        style.paragraph_format.space_after = Pt(0)
        self.width = (section.page_width - section.left_margin - section.right_margin) / 12700
        if foot:
            section.footer.paragraphs[0].text = foot
            self._number(section.footer.paragraphs[0])

    def _number(self, paragraph: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = paragraph.add_run("\t" if kind == "begin" else "")._r
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            element.text = text
            run.append(element)

    def say(self, text: str, *, bold: bool = False, size: float | None = None, style: str | None = None) -> None:
        from docx.shared import Pt

        run = self.document.add_paragraph(style=style).add_run(text)
        run.bold = bold
        if size:
            run.font.size = Pt(size)

    def turn(self) -> None:
        self.document.add_page_break()

    def table(self, rows: int, widths: tuple[float, ...], heads: int = 0) -> Any:
        from docx.oxml import OxmlElement
        from docx.shared import Pt

        table = self.document.add_table(rows, len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
            for cell in column.cells:
                cell.width = Pt(width)
        for row in table.rows[:heads]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        return table

    def save(self, path: Path) -> Path:
        """As a Word file, or as the PDF that LibreOffice makes of it."""
        if path.suffix == ".docx":
            self.document.save(str(path))
            return path
        with tempfile.TemporaryDirectory() as folder:
            word = Path(folder) / f"{path.stem}.docx"
            self.document.save(str(word))
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
            subprocess.run(  # noqa: S603 - a fixed program on a file of our own
                [*command, "--outdir", str(path.parent), str(word)], check=True, capture_output=True, timeout=170
            )
        return path


def fill(cell: Any, lines: list[tuple[str, str]], *, bold: bool = False, upright: bool = False) -> None:
    """A cell's paragraphs, each with its style ("" for the plain one)."""
    if upright:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        turned = OxmlElement("w:textDirection")
        turned.set(qn("w:val"), "btLr")
        cell._tc.get_or_add_tcPr().append(turned)
    for place, (text, style) in enumerate(lines):
        paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
        if style:
            paragraph.style = style
        paragraph.add_run(text).bold = bold


def _lines(criteria: list[Criterion], mark: str, coded: bool) -> list[tuple[str, str]]:
    found = []
    for one in criteria:
        said = _said(one) if coded else [(one.text, False), *((item, True) for item in one.indicators)]
        own = "" if coded and one.source_code else mark
        found += [(text, "List Bullet 2" if inner else own) for text, inner in said]
    return found


def landscape(referentiel: Referentiel, path: Path, *, mark: str, coded: bool = True) -> Path:
    """The table of France compétences: the law's words above, activities and épreuves merged down a bloc."""
    pen = Pen(wide=True, size=8, foot=f"Référentiel – {referentiel.shown_title[:50]}")
    if referentiel.title:
        pen.say(f"Intitulé de la certification : {referentiel.title}", bold=True, size=14)
    pen.say(LAW)
    widths = (150.0, 190.0, 180.0, 235.0)
    counts = [len(list(_groups(bloc))) + bool(bloc.title) for bloc in referentiel.blocs]
    table = pen.table(2 + sum(counts), widths, heads=2)
    last = table.cell(0, 2).merge(table.cell(0, 3))
    heads = (
        (table.cell(0, 0), "RÉFÉRENTIEL D’ACTIVITÉS", ""),
        (table.cell(1, 0), "décrit les situations de travail et les activités exercées, les métiers ou emplois visés", ""),
        (table.cell(0, 1), "RÉFÉRENTIEL DE COMPÉTENCES", ""),
        (table.cell(1, 1), "identifie les compétences et les connaissances, y compris transversales, qui découlent du référentiel d’activités", ""),
        (last, "RÉFÉRENTIEL D’ÉVALUATION", "définit les critères et les modalités d’évaluation des acquis"),
        (table.cell(1, 2), "MODALITÉS D’ÉVALUATION", ""),
        (table.cell(1, 3), "CRITÈRES D’ÉVALUATION", ""),
    )  # fmt: skip
    for cell, text, below in heads:
        fill(cell, [(text, ""), *([(below, "")] if below else [])], bold=True)
    row = 2
    for bloc in referentiel.blocs:
        row = _landscape_bloc(table, row, bloc, mark, coded)
    pen.say("Dispositions particulières : les candidats en situation de handicap peuvent demander un aménagement des épreuves.")
    return pen.save(path)


def _landscape_bloc(table: Any, row: int, bloc: Bloc, mark: str, coded: bool) -> int:
    if bloc.title:
        fill(table.cell(row, 0).merge(table.cell(row, 3)), [(_heading(bloc) or "", "")], bold=True)
        row += 1
    groups = list(_groups(bloc))
    activities = [
        line
        for one in bloc.activities
        for line in (
            (f"{one.id} – {one.title}" if coded else one.title, ""),
            *((task, "List Bullet") for task in one.tasks),
        )
    ]
    fill(table.cell(row, 0).merge(table.cell(row + len(groups) - 1, 0)), activities)
    said = [(text, "List Bullet" if inner else "") for m in bloc.modalities for text, inner in _modality(m)]
    fill(table.cell(row, 2).merge(table.cell(row + len(groups) - 1, 2)), said)
    for owners, criteria in groups:
        fill(table.cell(row, 1), [(_owner(owner, coded), "") for owner in owners])
        fill(table.cell(row, 3), _lines(criteria, mark, coded))
        row += 1
    return row


def reglement(referentiel: Referentiel, path: Path) -> Path:
    """A règlement of sixty pages with its contents, calendars and marking scales; the jury's grid in the middle."""
    pen = Pen(wide=False, size=9.5, foot="Règlement de certification – V2.1 – document confidentiel")
    pen.say("RÈGLEMENT DE CERTIFICATION", bold=True, size=20)
    if referentiel.title:
        pen.say(f"« {referentiel.title} »", bold=True, size=16)
    chapters = ("Objet", "Conditions d’accès", "Inscription", "Organisation des épreuves", "Le jury", "Fraude et sanctions",
                "Grille d’évaluation", "Délibération", "Recours", "Conservation des données")  # fmt: skip
    pen.turn()
    pen.say("Sommaire", bold=True, size=13)
    for number, title in enumerate(chapters, 1):
        pen.say(f"{number}. {title} {'.' * 60} {number * 5}")
    for number, title in enumerate(chapters, 1):
        pen.turn()
        pen.say(f"{number}. {title}", bold=True, size=14)
        if title == "Grille d’évaluation":
            _jury(pen, referentiel)
            continue
        for place in range(60):
            if place % 9 == 2:
                pen.say(f"{number}.{place // 9 + 1} Dispositions communes", bold=True)
            pen.say(PROSE[(place + number) % len(PROSE)], style="List Bullet" if place % 9 in {5, 6} else None)
        if number % 2:
            small = pen.table(4, (150.0, 180.0, 170.0))
            for at, words in enumerate((("Étape", "Délai", "Responsable"), ("Inscription", "J – 30", "Candidat"),
                                        ("Convocation", "J – 15", "Secrétariat"), ("Résultats", "J + 20", "Jury"))):  # fmt: skip
                for cell, text in zip(small.rows[at].cells, words, strict=True):
                    cell.text = text
    return pen.save(path)


def _jury(pen: Pen, referentiel: Referentiel) -> None:
    pen.say("Nom du candidat : ……………………………… Date : ……………")
    pen.say("Chaque critère est coché par les deux jurés ; A : acquis, NA : non acquis.")
    for bloc in referentiel.blocs:
        groups = list(_groups(bloc))
        rows = sum(len(criteria) for _, criteria in groups)
        table = pen.table(2 + rows + 2, (150.0, 230.0, 28.0, 28.0, 78.0), heads=2)
        fill(
            table.cell(0, 0).merge(table.cell(0, 4)), [(_heading(bloc) or "Compétences de la certification", "")], bold=True
        )
        for cell, text in zip(table.rows[1].cells, ("Compétences", "Critères d’évaluation", "A", "NA", "Commentaires"), strict=True):
            fill(cell, [(text, "")], bold=True)
        row = 2
        for owners, criteria in groups:
            fill(
                table.cell(row, 0).merge(table.cell(row + len(criteria) - 1, 0)),
                [(owner, "") for owner in owners],
            )
            for one in criteria:
                fill(table.cell(row, 1), _lines([one], "", True))
                fill(table.cell(row, 2), [("☐", "")])
                fill(table.cell(row, 3), [("☐", "")])
                row += 1
        fill(table.cell(row, 0).merge(table.cell(row, 4)), [("Bloc validé : ☐ Oui ☐ Non", "")], bold=True)
        fill(table.cell(row + 1, 0).merge(table.cell(row + 1, 1)), [("Signature du juré", "")])
        pen.say("")


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
    rows = (("Modalités", [""], "Durée", ""), ("Présentation d’un projet réalisé en amont de la session", owners[:3], "00 h 45 min", PROSE[1]),
            ("Entretien technique", owners[3:5], "00 h 30 min", PROSE[2]), ("Entretien final", [""], "00 h 15 min", PROSE[3]))  # fmt: skip
    for row, (name, said, time, detail) in zip(modes.rows, rows, strict=True):
        told = [(_owner(one, False), "") for one in said if one] or [("Compétences évaluées" if not detail else "", "")]
        for cell, lines in zip(
            row.cells, ([(name, "")], told, [(time, "")], [(detail or "Détail de l’organisation de l’épreuve", "")]), strict=True
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
    from docx.shared import Pt

    table.rows[1].height = Pt(110)
    row, said = 2, None
    for bloc, (owners, criteria) in groups:
        if bloc.title and bloc is not said:
            fill(table.cell(row, 0).merge(table.cell(row, 5)), [(bloc.title, "")], bold=True)
            row += 1
        said = bloc
        fill(table.cell(row, 0), [(_owner(owner, False), "") for owner in owners])
        fill(table.cell(row, 1), _lines(criteria, "", coded=False))
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
        pen.say(f"Fiche compétence professionnelle N° {number} : {_owner(owners[0], False)[:60]} {'.' * 20} {9 + number}")
    pen.turn()
    pen.say("Vue synthétique de l’emploi-type", bold=True, size=13)
    view = pen.table(1 + len(groups), (40.0, 170.0, 40.0, 260.0), heads=1)
    for cell, text in zip(view.rows[0].cells, ("N° Fiche AT", "Activités types", "N° Fiche CP", "Compétences professionnelles"), strict=True):
        fill(cell, [(text, "")], bold=True)
    for row, (number, bloc, (owners, _)) in enumerate(groups, 1):
        words = (str(number), bloc.title or "Exercer le métier", str(row), " ".join(_owner(one, False) for one in owners))
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
    pen.say("Un critère de performance sert à porter un jugement d’appréciation sur un objet en termes de résultat(s) attendu(s).")
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
    for text, style in _lines(criteria, "", coded=False):
        pen.say(text, style=style or None)
    pen.say("Savoir-faire techniques, savoir-faire organisationnels, savoir-faire relationnels, savoirs", bold=True)
    pen.say("Utiliser les fonctions avancées d’un tableur")
    pen.say("Connaissance des canaux de vente")


def journal(referentiel: Referentiel, path: Path) -> Path:
    """An annex of an official journal: a small table for each competence, its words across the whole first row."""
    pen = Pen(wide=False, size=7.5, foot="JORF n° 0123 du 28 mai 2024 – Texte 12 sur 98")
    pen.say("ANNEXE II", bold=True, size=11)
    pen.say("RÉFÉRENTIEL DE CERTIFICATION", bold=True, size=11)
    if referentiel.title:
        pen.say(referentiel.title, bold=True)
    for bloc in referentiel.blocs:
        if bloc.title:
            pen.say(_heading(bloc) or "", bold=True)
        for number, (owners, criteria) in enumerate(_groups(bloc), 1):
            table = pen.table(3, (130.0, 250.0, 130.0))
            fill(table.cell(0, 0).merge(table.cell(0, 2)), [(_owner(owner, False), "") for owner in owners], bold=True)
            for cell, text in zip(table.rows[1].cells, ("Conditions de réalisation", "Critères d’évaluation", "Savoirs associés"), strict=True):
                fill(cell, [(text, "")], bold=True)
            fill(table.cell(2, 0), [("Ressources disponibles : dossier de l’entreprise, logiciels.", "")])
            fill(table.cell(2, 1), _lines(criteria, "", coded=False))
            fill(table.cell(2, 2), [(f"S{number} – Organisation de l’entreprise", "")])
            pen.say("")
    return pen.save(path)


def three(referentiel: Referentiel, path: Path) -> Path:
    """A Word file in which three competences stand side by side, the bloc across them and its épreuve below."""
    pen = Pen(wide=True, size=9, foot="")
    if referentiel.title:
        pen.say(referentiel.title, bold=True, size=14)
    for bloc in referentiel.blocs:
        groups = list(_groups(bloc))
        for start in range(0, len(groups), 3):
            part = groups[start : start + 3]
            ends = start + 3 >= len(groups)
            table = pen.table(4 + ends, (100.0, *[600.0 / len(part)] * len(part)))
            fill(table.cell(0, 0).merge(table.cell(0, len(part))), [(_heading(bloc) or "Compétences", "")], bold=True)
            fill(table.cell(1, 0), [("Activités", "")], bold=True)
            fill(table.cell(1, 1).merge(table.cell(1, len(part))), [(one.title, "") for one in bloc.activities])
            fill(table.cell(2, 0), [("Compétences", "")], bold=True)
            fill(table.cell(3, 0), [("Critères d’évaluation", "")], bold=True)
            for at, (owners, criteria) in enumerate(part, 1):
                fill(table.cell(2, at), [(owner, "") for owner in owners])
                fill(table.cell(3, at), _lines(criteria, "", coded=True))
            if ends:
                fill(table.cell(4, 0), [("Modalités d’évaluation", "")], bold=True)
                said = [(t, "List Bullet" if inner else "") for m in bloc.modalities for t, inner in _modality(m)]
                fill(table.cell(4, 1).merge(table.cell(4, len(part))), said)
            pen.say("")
    return pen.save(path)


def questionnaire(referentiel: Referentiel, path: Path) -> Path:
    """A form as survey tools publish it: a matrix of radio buttons for each competence, numbered questions, hidden parts."""
    import html

    said = html.escape
    parts = [
        "<!DOCTYPE html><html lang='fr'><head><meta charset='utf-8'><title>Évaluation | Plateforme</title>"
        "<style>.q{margin:1em}</style><script>var x = 'Critère caché';</script></head><body><header><nav><ul><li>Accueil"
        "<li>Mes candidats<li>Déconnexion</ul></nav></header><main><form method=post>"
        f"<h1>{said(referentiel.title or 'Grille d’évaluation du jury')}</h1><p>Les champs marqués d’un * sont obligatoires.</p>"
        "<div class=q><label for=n>Nom et prénom du candidat *</label><input id=n></div>"
        "<div class=q><label for=j>Juré *</label><select id=j><option>Choisir…<option>Juré 1<option>Juré 2</select></div>"
    ]  # fmt: skip
    number = 0
    for bloc in referentiel.blocs:
        parts.append(f"<section class=page><h2>{said(_heading(bloc) or 'Compétences évaluées')}</h2>")
        for owners, criteria in _groups(bloc):
            legend = "<br>".join(said(_owner(owner, False)) for owner in owners)
            parts.append(
                f"<fieldset class=q><legend>{legend}</legend><table><thead><tr><th>Critères d’évaluation</th><th>Non acquis</th>"
                "<th>Partiellement acquis</th><th>Acquis</th></tr></thead><tbody>"
            )
            for one in criteria:
                number += 1
                inner = "".join(f"<br>- {said(item)}" for item in one.indicators)
                boxes = "".join(f"<td><input type=radio name=q{number} value={v} aria-label='choix {v}'></td>" for v in range(3))
                parts.append(f"<tr><th scope=row>{said(one.text)}{inner}</th>{boxes}</tr>")
            parts.append(
                "</tbody></table><label>Commentaire<textarea placeholder='Votre commentaire'></textarea></label></fieldset>"
            )
        parts.append("<button type=button>Précédent</button><button type=button>Suivant</button></section>")
    parts.append("<p><button>Envoyer</button></p></form></main><footer>Mentions légales – Confidentialité</footer></body></html>")
    path.write_text("".join(parts), encoding="utf-8")
    return path


def scanned(make: Maker, referentiel: Referentiel, path: Path) -> Path:
    """The pages as an office machine hands them over: 200 dpi, 1.5° askew, grain, JPEG; the second upside down."""
    import cv2
    import numpy
    import pypdfium2
    from PIL import Image

    drawn = make(referentiel, path.with_name(f"{path.stem}-drawn.pdf"))
    grain = numpy.random.default_rng(17)
    pictures = []
    with pypdfium2.PdfDocument(str(drawn)) as document:
        for number, page in enumerate(document):
            ink = page.render(scale=200 / 72, grayscale=True).to_numpy().squeeze().astype(numpy.float32)
            high, wide = ink.shape
            turn = cv2.getRotationMatrix2D((wide / 2, high / 2), 1.5 if number % 2 else -1.5, 1)
            ink = cv2.warpAffine(ink, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=250)
            ink = cv2.GaussianBlur(ink, (3, 3), 0.6) + grain.normal(0, 7, ink.shape)
            picture = Image.fromarray(numpy.clip(ink, 0, 255).astype(numpy.uint8))
            pictures.append(picture.rotate(180) if number == 1 else picture)
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=200, quality=70)
    return path
