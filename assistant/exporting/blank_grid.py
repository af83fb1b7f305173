"""The empty grid of a référentiel, to print or to fill in by hand: its criteria, and room beside them."""

from datetime import datetime

from assistant.exporting.document import (
    BulletList,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Properties,
    Table,
    words,
)
from assistant.exporting.document import cell as of
from assistant.exporting.docx import as_docx
from assistant.exporting.xlsx import as_xlsx
from assistant.referentiel.model import Bloc, Criterion, Referentiel
from assistant.text import NBSP

COLUMNS = (
    Column("Compétence", 0.2),
    Column("Critère", 0.36, names_row=True),
    Column("Constats", 0.16),
    Column("Décision", 0.12),
    Column("Motivation", 0.16),
)


def blank_grid(referentiel: Referentiel, form: str, made: datetime, software: str) -> bytes:
    """The bytes of the grid as `docx` or `xlsx`."""
    blocks: list[Heading | Table] = []
    for bloc in referentiel.blocs:
        name = f"{bloc.id} – {bloc.title}" if bloc.title else bloc.id
        if len(referentiel.blocs) > 1:
            blocks.append(Heading(2, name))
        if bloc.criteria:
            blocks.append(Table(bloc.id, COLUMNS, tuple(_row(bloc, one, referentiel.scale) for one in bloc.criteria)))
    document = Document(
        f"Grille d’évaluation – {referentiel.shown_title}",
        f"Grille d’évaluation – {referentiel.shown_title}",
        tuple(blocks),
        Properties(software, made),
        f"{referentiel.id}, version {referentiel.version}",
        landscape=True,
    )
    return as_xlsx(document) if form == "xlsx" else as_docx(document)


def _row(bloc: Bloc, criterion: Criterion, scale: str) -> tuple[Cell, ...]:
    known = {one.id: one.text for one in bloc.competences}
    owners = "\n".join(f"{name} – {known[name]}" if name in known else name for name in criterion.competences)
    text = f"{criterion.id} – {criterion.lead + ' ' if criterion.lead else ''}{criterion.text}"
    asked: tuple[Paragraph | BulletList, ...] = (Paragraph(words(text)),)
    if criterion.indicators:
        asked = (*asked, BulletList(tuple(words(item) for item in criterion.indicators)))
    choice = ""
    if scale == "points":
        choice = f"/ {criterion.points:g}".replace(".", ",") if criterion.points is not None else "/"
    elif scale == "acquis":
        choice = f"☐{NBSP}Acquis\n☐{NBSP}Non acquis"
    return of(owners), Cell(asked), of(""), of(choice), of("")
