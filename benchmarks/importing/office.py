"""The bundled référentiels as certifiers write them in a word processor: Word tables laid out by LibreOffice.

Other hands than `shapes`: its pages are drawn by our own code, these by the program that most certifiers use.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from assistant.places import REFERENTIELS
from assistant.referentiel.catalogue import load_file
from assistant.referentiel.model import Bloc, Referentiel
from benchmarks.importing.gold import Gold
from benchmarks.importing.labour import certification, fiches
from benchmarks.importing.renderings import _groups, _heading, _modality, gold_of
from benchmarks.importing.shapes import PROSE, _owner, _uncoded
from benchmarks.importing.word import Look, Pen, fill, lines_of

LEARNT = (
    "identifie les compétences et les connaissances, y compris transversales, qui découlent du référentiel d’activités"
)
CALENDAR = (
    ("Étape", "Délai", "Responsable"),
    ("Inscription", "J – 30", "Candidat"),
    ("Convocation", "J – 15", "Secrétariat"),
    ("Résultats", "J + 20", "Jury"),
)
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
    return each_made(_documents, folder, names, only)


def each_made(
    documents: Callable[[Referentiel], Iterator[tuple[str, Maker, Gold]]],
    folder: Path,
    names: tuple[str, ...],
    only: str,
) -> Iterator[tuple[Path, Gold]]:
    """Each document of each référentiel, made where it is not there yet, with its right answer."""
    for name in names:
        referentiel = load_file(REFERENTIELS / f"{name}.yaml").content
        for ending, make, gold in documents(referentiel):
            path = folder / f"{name}-{ending}"
            if only in path.name:
                if not path.exists():
                    make(referentiel, path)
                yield path, gold


def _documents(referentiel: Referentiel) -> Iterator[tuple[str, Maker, Gold]]:
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


def landscape(referentiel: Referentiel, path: Path, *, mark: str, coded: bool = True, look: Look | None = None) -> Path:
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
        (table.cell(1, 1), LEARNT, ""),
        (last, "RÉFÉRENTIEL D’ÉVALUATION", "définit les critères et les modalités d’évaluation des acquis"),
        (table.cell(1, 2), "MODALITÉS D’ÉVALUATION", ""),
        (table.cell(1, 3), "CRITÈRES D’ÉVALUATION", ""),
    )  # fmt: skip
    for cell, text, below in heads:
        fill(cell, [(text, ""), *([(below, "")] if below else [])], bold=True)
    row = 2
    for bloc in referentiel.blocs:
        row = _landscape_bloc(table, row, bloc, mark, coded)
    pen.say(
        "Dispositions particulières : les candidats en situation de handicap peuvent demander un aménagement des épreuves."
    )
    if look:
        pen.unrule(look)
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
        fill(table.cell(row, 3), lines_of(criteria, mark, coded))
        row += 1
    return row


def reglement(referentiel: Referentiel, path: Path, look: Look | None = None) -> Path:
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
            for at, words in enumerate(CALENDAR):
                for cell, text in zip(small.rows[at].cells, words, strict=True):
                    cell.text = text
    if look:
        pen.unrule(look)
    return pen.save(path)


def _jury(pen: Pen, referentiel: Referentiel) -> None:
    pen.say("Nom du candidat : ……………………………… Date : ……………")
    pen.say("Chaque critère est coché par les deux jurés ; A : acquis, NA : non acquis.")
    for bloc in referentiel.blocs:
        groups = list(_groups(bloc))
        rows = sum(len(criteria) for _, criteria in groups)
        table = pen.table(2 + rows + 2, (150.0, 230.0, 28.0, 28.0, 78.0), heads=2)
        fill(
            table.cell(0, 0).merge(table.cell(0, 4)),
            [(_heading(bloc) or "Compétences de la certification", "")],
            bold=True,
        )
        for cell, text in zip(
            table.rows[1].cells, ("Compétences", "Critères d’évaluation", "A", "NA", "Commentaires"), strict=True
        ):
            fill(cell, [(text, "")], bold=True)
        row = 2
        for owners, criteria in groups:
            fill(
                table.cell(row, 0).merge(table.cell(row + len(criteria) - 1, 0)),
                [(owner, "") for owner in owners],
            )
            for one in criteria:
                fill(table.cell(row, 1), lines_of([one], "", True))
                fill(table.cell(row, 2), [("☐", "")])
                fill(table.cell(row, 3), [("☐", "")])
                row += 1
        fill(table.cell(row, 0).merge(table.cell(row, 4)), [("Bloc validé : ☐ Oui ☐ Non", "")], bold=True)
        fill(table.cell(row + 1, 0).merge(table.cell(row + 1, 1)), [("Signature du juré", "")])
        pen.say("")


def journal(referentiel: Referentiel, path: Path, look: Look | None = None) -> Path:
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
            for cell, text in zip(
                table.rows[1].cells,
                ("Conditions de réalisation", "Critères d’évaluation", "Savoirs associés"),
                strict=True,
            ):
                fill(cell, [(text, "")], bold=True)
            fill(table.cell(2, 0), [("Ressources disponibles : dossier de l’entreprise, logiciels.", "")])
            fill(table.cell(2, 1), lines_of(criteria, "", coded=False))
            fill(table.cell(2, 2), [(f"S{number} – Organisation de l’entreprise", "")])
            pen.say("")
    if look:
        pen.unrule(look)
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
                fill(table.cell(3, at), lines_of(criteria, "", coded=True))
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
        f"<h1>{said(referentiel.title or 'Grille d’évaluation du jury')}</h1>"
        "<p>Les champs marqués d’un * sont obligatoires.</p>"
        "<div class=q><label for=n>Nom et prénom du candidat *</label><input id=n></div>"
        "<div class=q><label for=j>Juré *</label><select id=j><option>Choisir…<option>Juré 1<option>Juré 2</select></div>"
    ]  # fmt: skip
    number = 0
    for bloc in referentiel.blocs:
        parts.append(f"<section class=page><h2>{said(_heading(bloc) or 'Compétences évaluées')}</h2>")
        for owners, criteria in _groups(bloc):
            legend = "<br>".join(said(_owner(owner, False)) for owner in owners)
            parts.append(
                f"<fieldset class=q><legend>{legend}</legend><table><thead><tr>"
                "<th>Critères d’évaluation</th><th>Non acquis</th>"
                "<th>Partiellement acquis</th><th>Acquis</th></tr></thead><tbody>"
            )
            for one in criteria:
                number += 1
                inner = "".join(f"<br>- {said(item)}" for item in one.indicators)
                boxes = "".join(
                    f"<td><input type=radio name=q{number} value={v} aria-label='choix {v}'></td>" for v in range(3)
                )
                parts.append(f"<tr><th scope=row>{said(one.text)}{inner}</th>{boxes}</tr>")
            parts.append(
                "</tbody></table><label>Commentaire<textarea placeholder='Votre commentaire'></textarea></label></fieldset>"
            )
        parts.append("<button type=button>Précédent</button><button type=button>Suivant</button></section>")
    parts.append(
        "<p><button>Envoyer</button></p></form></main><footer>Mentions légales – Confidentialité</footer></body></html>"
    )
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
