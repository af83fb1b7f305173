"""A juror's working notes, criterion by criterion: a document of their own, that no other document repeats."""

from collections.abc import Mapping

from assistant.exporting import wording
from assistant.exporting.document import Block, Document, Heading, paragraph
from assistant.exporting.grid import Grid
from assistant.exporting.grid_document import properties
from assistant.exporting.wording import NBSP

TITLE = "Mes notes"
NONE = "Aucune note n’a été écrite."
WHOSE = "Notes de travail, pour la personne qui les a écrites. Elles ne figurent dans aucun autre document."


def notes_document(grid: Grid, notes: Mapping[str, str]) -> Document:
    """The document; `notes` by criterion, as typed. Criteria without any are left out."""
    blocks: list[Block] = [paragraph(wording.whose(grid, "Candidat"), "lead"), paragraph(WHOSE)]
    for row in grid.rows:
        lines = [line for line in notes.get(row.id, "").splitlines() if line.strip()]
        if lines:
            blocks += [Heading(2, f"{row.id}{NBSP}– {row.words}"), *(paragraph(line) for line in lines)]
    if len(blocks) == 2:
        blocks.append(paragraph(NONE))
    return Document(
        title=f"{TITLE} – {wording.whose(grid)}",
        heading=TITLE,
        blocks=tuple(blocks),
        properties=properties(grid),
        running_head=f"{TITLE} – {wording.whose(grid)}",
    )
