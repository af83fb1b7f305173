"""The bundled référentiels in the shapes in which certifiers publish: drawn tables, a long règlement, fiches, forms."""

import html
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.places import REFERENTIELS
from assistant.referentiel.catalogue import load_file
from assistant.referentiel.model import Bloc, Criterion, Referentiel
from benchmarks.importing.gold import Gold
from benchmarks.importing.paper import Block, Grid, Paper, Text
from benchmarks.importing.renderings import _groups, _heading, _modality, _said, gold_of

NAMES = ("manager-affaires", "assistant-adv-tpe-pme", "efficacite-tpe-ia", "relation-client-adv", "cycle-client-ia")
Maker = Callable[[Referentiel, Path], Path]
PROSE = (
    "Le candidat s’inscrit auprès de l’organisme certificateur au plus tard un mois avant la date de la session.",
    "La convocation précise la date, le lieu et la durée de chaque épreuve ainsi que le matériel autorisé.",
    "Toute fraude constatée est consignée au procès-verbal et portée à la connaissance de la commission.",
    "Le procès-verbal est conservé pendant cinq ans par l’organisme certificateur, dans un espace dont l’accès est réservé.",
    "Les frais de déplacement restent à la charge du candidat, sauf accord écrit de son employeur.",
    "Une session de rattrapage peut être ouverte lorsque l’effectif le justifie et que le calendrier le permet.",
)


def render_shapes(folder: Path, names: tuple[str, ...] = NAMES, only: str = "") -> Iterator[tuple[Path, Gold]]:
    """Every shape of every référentiel, one after the other; `only` those whose file name holds it."""
    for name in names:
        referentiel = load_file(REFERENTIELS / f"{name}.yaml").content
        for ending, make, gold in _shapes(referentiel, name):
            path = folder / f"{name}-{ending}"
            if only in path.name:
                make(referentiel, path)
                yield path, gold


def _shapes(referentiel: Referentiel, name: str) -> Iterator[tuple[str, Maker, Gold]]:
    gold = gold_of(referentiel)
    bare = replace(gold, deliverables=())
    yield "fc.pdf", partial(landscape, repeat=False), gold
    yield "fc-heads.pdf", partial(landscape, repeat=True, mark="-"), gold
    yield "fc-bare.pdf", partial(landscape, repeat=True, mark=""), gold
    yield "fc-nocode.pdf", partial(landscape, repeat=True, mark="", coded=False), _uncoded(gold)
    yield "jury.pdf", reglement, bare
    yield "jury-oneline.pdf", partial(reglement, each=True), bare
    yield "reac.pdf", fiches, _uncoded(bare)
    yield "rc.pdf", performance, _uncoded(bare)
    yield "annexe.pdf", annex, _uncoded(bare)
    yield "beside.docx", beside, gold
    yield "form.html", form, bare
    yield "web.html", web, bare
    if name in {"cycle-client-ia", "efficacite-tpe-ia"}:
        yield "fc-scan.pdf", partial(scanned, partial(landscape, repeat=True, mark="-")), gold
        yield "jury-scan.pdf", partial(scanned, _grid_alone), bare


def scanned(make: Maker, referentiel: Referentiel, path: Path) -> Path:
    """The same as crooked pictures, one page upside down."""
    from benchmarks.importing.renderings import as_scan

    return as_scan(make(referentiel, path.with_suffix(".drawn.pdf")), path)


def _grid_alone(referentiel: Referentiel, path: Path) -> Path:
    paper = Paper(path, wide=False, size=9)
    paper.write(referentiel.title or "Grille", bold=True, size=16)
    for bloc in referentiel.blocs:
        if bloc.title:
            paper.write(_heading(bloc) or "", bold=True, size=11, before=10)
        _jury_table(paper, bloc, each=False)
    paper.save()
    return path


def _uncoded(gold: Gold) -> Gold:
    """The same where neither codes nor points are printed."""
    plain = tuple(replace(one, code=None, points=None) for one in gold.criteria)
    return replace(gold, criteria=plain, competence_codes=(), deliverables=gold.deliverables)


def _lines(criteria: list[Criterion], mark: str, coded: bool = True, after: float = 0.0) -> list[Text]:
    made = []
    for criterion in criteria:
        said = (
            _said(criterion) if coded else [(criterion.text, False), *((item, True) for item in criterion.indicators)]
        )
        own = "" if coded and criterion.source_code else mark
        for text, inner in said:
            made.append(
                Text(text, "o" if inner and mark else "•" if inner else own, indent=10.0 if inner else 0.0, after=after)
            )
    return made


def _owner(text: str, coded: bool) -> str:
    return text if coded else text.split(" – ", 1)[1]


def landscape(referentiel: Referentiel, path: Path, *, repeat: bool, mark: str = "•", coded: bool = True) -> Path:
    """The table that France compétences asks for: activities and épreuves merged over all rows of a bloc."""
    paper = Paper(path, wide=True, size=8, foot=referentiel.shown_title[:60])
    if referentiel.title:
        paper.write(referentiel.title, bold=True, size=16)
    heads = [
        [("RÉFÉRENTIEL D’ACTIVITÉS", 1), ("RÉFÉRENTIEL DE COMPÉTENCES", 1), ("RÉFÉRENTIEL D’ÉVALUATION", 2)],
        [
            ("décrit les situations de travail et les activités exercées", 1),
            (
                "identifie les compétences et les connaissances, y compris transversales, "
                "qui découlent du référentiel d’activités",
                1,
            ),
            ("MODALITÉS D’ÉVALUATION", 1),
            ("CRITÈRES D’ÉVALUATION", 1),
        ],
    ]
    grid = Grid((140.0, 190.0, 190.0, 240.0), heads, [], repeat)
    row = 0
    for bloc in referentiel.blocs:
        if bloc.title:
            grid.blocks.append(Block(0, row, 1, [Text(_heading(bloc) or "", bold=True)], cols=4))
            row += 1
        groups = list(_groups(bloc))
        activities = [
            line
            for one in bloc.activities
            for line in (
                Text(f"{one.id} {one.title}" if coded else one.title, bold=True),
                *(Text(t, "-") for t in one.tasks),
            )
        ]
        grid.blocks.append(Block(0, row, len(groups), activities))
        said = [Text(text, "•" if inner else "") for m in bloc.modalities for text, inner in _modality(m)]
        grid.blocks.append(Block(2, row, len(groups), said))
        for owners, criteria in groups:
            grid.blocks.append(Block(1, row, 1, [Text(_owner(owner, coded)) for owner in owners]))
            after = 0.0 if mark else 3.0
            grid.blocks.append(Block(3, row, 1, _lines(criteria, mark, coded, after)))
            row += 1
    paper.table(grid)
    paper.save()
    return path


def _chapter(paper: Paper, number: int, title: str, times: int = 3) -> None:
    paper.write(f"{number}. {title}", bold=True, size=13, before=12)
    for place in range(times * len(PROSE)):
        if place % 7 == 3:
            paper.write(f"{number}.{place} Dispositions particulières", bold=True, before=6)
        paper.write(PROSE[place % len(PROSE)], before=3, bullet="•" if place % 5 == 4 else "")


def reglement(referentiel: Referentiel, path: Path, *, each: bool = False) -> Path:
    """A long règlement with the jury's grid among its chapters; `each`: one row for each criterion."""
    paper = Paper(path, wide=False, size=9, foot="Règlement d’examen – version 3")
    paper.write("Règlement d’examen", bold=True, size=20)
    paper.write(referentiel.shown_title if not referentiel.title else referentiel.title, bold=True, size=16, before=8)
    for number, title in enumerate(("Objet du règlement", "Inscription des candidats", "Déroulement des sessions"), 1):
        _chapter(paper, number, title)
    calendar = Grid((160.0, 160.0, 190.0), [[("Étape", 1), ("Délai", 1), ("Responsable", 1)]])
    for row, cells in enumerate((("Inscription", "J – 30", "Candidat"), ("Convocation", "J – 15", "Secrétariat"))):
        calendar.blocks += [Block(col, row, 1, [Text(text)]) for col, text in enumerate(cells)]
    paper.table(calendar)
    paper.turn()
    paper.write("4. Grille d’évaluation du jury", bold=True, size=13)
    paper.write("Nom et prénom du candidat : ………………………………", before=6)
    for bloc in referentiel.blocs:
        if bloc.title:
            paper.write(_heading(bloc) or "", bold=True, size=11, before=10)
        _jury_table(paper, bloc, each)
    for number, title in enumerate(("Délivrance de la certification", "Recours et archives"), 5):
        _chapter(paper, number, title, 2)
    paper.save()
    return path


def _jury_table(paper: Paper, bloc: Bloc, each: bool) -> None:
    heads = [[("Compétences", 1), ("Critères d’évaluation", 1), ("Acquis", 1), ("Non acquis", 1), ("Observations", 1)]]
    grid = Grid((140.0, 215.0, 40.0, 42.0, 75.0), heads, [], repeat=True)
    row = 0
    for owners, criteria in _groups(bloc):
        cells = [[one] for one in criteria] if each else [criteria]
        grid.blocks.append(Block(0, row, len(cells), [Text(owner) for owner in owners]))
        for own in cells:
            grid.blocks.append(Block(1, row, 1, _lines(own, "" if each else "•")))
            grid.blocks += [Block(2, row, 1, [Text("□")]), Block(3, row, 1, [Text("□")]), Block(4, row, 1, [])]
            row += 1
    paper.table(grid)


def fiches(referentiel: Referentiel, path: Path) -> Path:
    """A Ministry of Labour REAC: one fiche for each activity type and for each competence, no table."""
    paper = Paper(path, wide=False, size=10, foot="REAC TP-00000 millésime 02")
    paper.write("TITRE PROFESSIONNEL", bold=True, size=18)
    paper.write(referentiel.title or "Titre sans nom", bold=True, size=16)
    number = 0
    for place, bloc in enumerate(referentiel.blocs, 1):
        paper.turn()
        paper.write("FICHE ACTIVITÉ TYPE", bold=True, size=12)
        paper.write(f"N° {place}", bold=True, size=12)
        paper.write(bloc.title or "Activité", bold=True, size=12, before=4)
        paper.write("Définition, description de l’activité type et conditions d’exercice", bold=True, before=8)
        for text in PROSE[:3]:
            paper.write(text, before=3)
        paper.write("Liste des compétences professionnelles de l’activité type", bold=True, before=8)
        for owners, _ in _groups(bloc):
            for owner in owners:
                paper.write(_owner(owner, False), bullet="•")
        for owners, criteria in _groups(bloc):
            number += 1
            paper.turn()
            paper.write("FICHE COMPÉTENCE PROFESSIONNELLE", bold=True, size=12)
            paper.write(f"N° {number}", bold=True, size=12)
            for owner in owners:
                paper.write(_owner(owner, False), bold=True, size=11, before=4)
            paper.write("Description de la compétence – processus de mise en œuvre", bold=True, before=8)
            for text in PROSE[3:]:
                paper.write(text, before=3)
            paper.write("Contexte(s) professionnel(s) de mise en œuvre", bold=True, before=8)
            paper.write(PROSE[0], before=3)
            paper.write("Critères de performance", bold=True, before=8)
            for one in _lines(criteria, "", coded=False):
                paper.write(one.text, bullet=one.bullet, indent=one.indent, before=2)
            paper.write(
                "Savoir-faire techniques, savoir-faire organisationnels, savoir-faire relationnels, savoirs",
                bold=True,
                before=8,
            )
            paper.write("Maîtriser les outils de recherche d’information", before=3)
            paper.write("Connaissance des circuits de distribution", before=3)
    paper.save()
    return path


def performance(referentiel: Referentiel, path: Path) -> Path:
    """A Ministry of Labour RC: activities, competences, criteria of performance and the épreuves that assess them."""
    paper = Paper(path, wide=True, size=9, foot="RC TP-00000 millésime 02")
    paper.write("Référentiel de certification", bold=True, size=18)
    paper.write(referentiel.title or "Titre sans nom", bold=True, size=16)
    paper.write("3.2. Critères d’évaluation des compétences professionnelles", bold=True, size=11, before=10)
    heads = [
        [("Compétences professionnelles", 1), ("Critères d’évaluation", 1), ("Autres modalités d’évaluation", 2)],
        [(" ", 1), (" ", 1), ("Entretien technique", 1), ("Questionnaire professionnel", 1)],
    ]
    grid = Grid((220.0, 360.0, 90.0, 90.0), heads, [], repeat=True)
    row = 0
    for bloc in referentiel.blocs:
        if bloc.title:
            grid.blocks.append(Block(0, row, 1, [Text(bloc.title, bold=True)], cols=4))
            row += 1
        for owners, criteria in _groups(bloc):
            grid.blocks += [
                Block(0, row, 1, [Text(_owner(owner, False)) for owner in owners]),
                Block(1, row, 1, _lines(criteria, "", coded=False)),
                Block(2, row, 1, [Text("☒" if row % 2 else "☐")]),
                Block(3, row, 1, [Text("☐")]),
            ]
            row += 1
    paper.table(grid)
    paper.save()
    return path


def annex(referentiel: Referentiel, path: Path) -> Path:
    """An official journal's annex: one small table for each competence, several a page, its title in a row of its own."""
    paper = Paper(path, wide=False, size=9)
    paper.write("ANNEXE II", bold=True, size=13)
    paper.write(f"RÉFÉRENTIEL D’ÉVALUATION DU TITRE « {referentiel.title or 'Sans nom'} »", bold=True, size=12)
    for bloc in referentiel.blocs:
        if bloc.title:
            paper.write(_heading(bloc) or "", bold=True, size=11, before=10)
        for owners, criteria in _groups(bloc):
            heads = [[("Compétences", 1), ("Critères d’évaluation", 1)]]
            grid = Grid((200.0, 310.0), heads)
            grid.blocks.append(Block(0, 0, 1, [Text(_owner(owner, False)) for owner in owners]))
            grid.blocks.append(Block(1, 0, 1, _lines(criteria, "–", coded=False)))
            paper.y += 8
            paper.table(grid)
    paper.save()
    return path


def beside(referentiel: Referentiel, path: Path) -> Path:
    """A Word table in which three competences stand side by side, the modalities merged below them."""
    import docx

    document = docx.Document()
    if referentiel.title:
        document.add_heading(referentiel.title, 1)
    for bloc in referentiel.blocs:
        groups = list(_groups(bloc))
        if bloc.title:
            document.add_heading(_heading(bloc) or "", 2)
        for start in range(0, len(groups), 3):
            _beside(document, bloc, groups[start : start + 3], last=start + 3 >= len(groups))
    document.save(str(path))
    return path


def _beside(document: object, bloc: Bloc, groups: list[tuple[list[str], list[Criterion]]], last: bool) -> None:
    from benchmarks.importing.renderings import _write

    table = document.add_table(3 if last else 2, 1 + len(groups), style="Table Grid")  # type: ignore[attr-defined]
    table.cell(0, 0).text = "Compétences"
    table.cell(1, 0).text = "Critères d’évaluation"
    for col, (owners, criteria) in enumerate(groups, 1):
        _write(table.cell(0, col), [(owner, False) for owner in owners])
        _write(table.cell(1, col), [line for one in criteria for line in _said(one)])
    if last:
        table.cell(2, 0).text = "Modalités d’évaluation"
        merged = table.cell(2, 1).merge(table.cell(2, len(groups)))
        for modality in bloc.modalities:
            _write(merged, _modality(modality))
    document.add_paragraph("")  # type: ignore[attr-defined]


def form(referentiel: Referentiel, path: Path) -> Path:
    """A jury's web form: a fieldset for each bloc, a label and its choices for each criterion."""
    said = html.escape
    parts = [
        f"<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>Grille</title><style>p{{margin:0}}</style>"
        f"</head><body><nav><a href='#'>Accueil</a></nav><h1>{said(referentiel.title or 'Grille du jury')}</h1><form>"
        "<label>Nom du candidat <input name=nom></label><label>Date <input type=date name=date></label>"
    ]
    number = 0
    for bloc in referentiel.blocs:
        parts.append(f"<fieldset><legend>{said(_heading(bloc) or 'Compétences évaluées')}</legend>")
        for owners, criteria in _groups(bloc):
            parts += [f"<h3>{said(owner)}</h3>" for owner in owners]
            for one in criteria:
                number += 1
                (text, _), *items = _said(one)
                inner = "".join(f"<li>{said(item)}</li>" for item, _ in items)
                choices = "".join(
                    f"<label><input type=radio name=c{number} value={v}> {word}</label>"
                    for v, word in enumerate(("Acquis", "En cours d’acquisition", "Non acquis"))
                )
                parts.append(
                    f"<div class=critere><label for=c{number}>{said(text)}</label>"
                    f"{f'<ul>{inner}</ul>' if inner else ''}<div>{choices}</div>"
                    f"<textarea name=o{number} placeholder='Observations'></textarea></div>"
                )
        parts.append("</fieldset>")
    parts.append(
        "<label>Avis du jury <select><option>Validé<option>Non validé</select></label>"
        "<button>Envoyer</button></form></body></html>"
    )
    path.write_text("".join(parts), encoding="utf-8")
    return path


def web(referentiel: Referentiel, path: Path) -> Path:
    """The same as check boxes in a list, in a definition of divs."""
    said = html.escape
    parts = [
        "<!doctype html><html lang='fr'><meta charset='utf-8'><body>",
        f"<h1>{said(referentiel.title or 'Grille du jury')}</h1><form>",
    ]
    for bloc in referentiel.blocs:
        parts.append(f"<section><h2>{said(_heading(bloc) or 'Compétences')}</h2>")
        for owners, criteria in _groups(bloc):
            parts += [f"<h3>{said(owner)}</h3>" for owner in owners] + ["<h4>Critères d’évaluation</h4><ul>"]
            for one in criteria:
                (text, _), *items = _said(one)
                inner = "".join(f"<li>{said(item)}</li>" for item, _ in items)
                parts.append(f"<li><input type=checkbox> {said(text)}{f'<ul>{inner}</ul>' if inner else ''}</li>")
            parts.append("</ul>")
        parts.append("</section>")
    path.write_text("".join(parts) + "</form></body></html>", encoding="utf-8")
    return path
