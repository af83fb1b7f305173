"""A table that lists the épreuves of a title: what each is called, which competences it assesses, what is handed in."""

import re

from assistant.referentiel.authoring.cells import CellReader
from assistant.referentiel.authoring.columns import Layout
from assistant.referentiel.authoring.draft import Draft, Modality
from assistant.referentiel.authoring.modalities import read_modality
from assistant.referentiel.authoring.sources.pieces import Cell, Paragraph, Table
from assistant.referentiel.authoring.structure import column_role, plainly

_LISTS = re.compile(
    r"\b(dossier|livrables?|documents?|rapport|memoire|portfolio)\b.*(plan|comprend|compose|contient|remet|suivants?)"
    r"|livrables? :$"
)


def lists_epreuves(layout: Layout) -> bool:
    return layout.has("modality") and (layout.has("duration") or layout.has("evaluated")) and not layout.has("criteria")


def lists_what_is_handed_in(layout: Layout) -> bool:
    """« Bloc | Épreuve | Livrables »: no criteria, but what each bloc has handed in."""
    return layout.has("deliverable") and not layout.has("criteria") and (layout.has("bloc") or layout.has("modality"))


def read_handed_in(draft: Draft, cells: CellReader, table: Table, start: int, layout: Layout) -> None:
    """Adds the rows' épreuves and deliverables to the bloc that each names; a row without a name goes on."""
    for cell in sorted((c for c in table.cells if c.row >= start and c.text), key=lambda c: (c.row, c.col)):
        role = layout.roles.get(cell.col)
        if role == "bloc":
            cells.bloc(cell)
        elif role in {"modality", "deliverable"}:
            read_modality(draft, cell.paragraphs, [], deliverables=role == "deliverable")


def read_epreuves(draft: Draft, table: Table, start: int, layout: Layout) -> None:
    """Adds the rows as épreuves of the whole title; a row without a name goes on with the one above."""
    current: Modality | None = draft.general[-1] if draft.general else None
    for row in range(start, table.n_rows):
        here = sorted((c for c in table.cells if c.row == row and c.text), key=lambda c: c.col)
        named = next((c for c in here if layout.roles.get(c.col) == "modality" and c.col == 0), None)
        if named is not None and column_role(named.text) is None and len(here) < 2:
            continue
        if named is not None and len(here) > 1:
            current = Modality(named.text, page=table.page)
            draft.general.append(current)
            for p in named.paragraphs:
                draft.place(p, p.text)
        if current is not None:
            for cell in here:
                _detail(draft, current, cell, layout)


def _detail(draft: Draft, modality: Modality, cell: Cell, layout: Layout) -> None:
    role = layout.roles.get(cell.col)
    if role == "evaluated":
        modality.names += [plainly(p.text) for p in cell.paragraphs]
    if (role is not None and role != "modality") or cell.col == 0:
        return
    handed = False
    for p in cell.paragraphs:
        if not p.bullet:
            handed = bool(_LISTS.search(plainly(p.text)))
        _line(modality, p, handed and p.bullet)
        draft.place(p, p.text)


def _line(modality: Modality, p: Paragraph, handed: bool) -> None:
    if handed:
        modality.deliverables.append((p.text, set()))
    elif modality.deliverables:
        modality.remark.append(p.text)
    else:
        modality.description.append(p.text)
