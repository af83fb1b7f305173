"""The annex of citations: the dossier's own words behind what was kept, and how the pre-read was made."""

from assistant.exporting import wording
from assistant.exporting.document import BulletList, Cell, Column, Document, Heading, Table, cell, paragraph, words
from assistant.exporting.grid import Grid, GridCriterion, Quoted
from assistant.exporting.grid_document import properties
from assistant.exporting.wording import NBSP

TITLE = "Annexe des citations"
ANNEX_SHEET = "Citations"
NONE = "Aucune citation n’a été retenue."
MADE = "Comment cette prélecture a été faite"
OPENING = (
    "Les passages ci-dessous sont copiés du dossier, mot pour mot. Ce sont ceux sur lesquels reposent les constats et "
    "les questions retenus, et ceux que "
)


def annex_document(grid: Grid) -> Document:
    """The document; it goes with a grid and repeats none of it."""
    listed = tuple(_row(row, quoted, grid) for row in grid.rows for quoted in row.quotes if quoted.quote)
    columns = (
        Column("Critère", 12, names_row=True),
        Column("Page", 8),
        Column("Citation", 62),
        Column("Source", 18),
    )
    file = f"Fichier lu{NBSP}: {grid.file} (empreinte SHA-256{NBSP}: {grid.file_sha256})."
    made = (file, f"{wording.reading_in_words(grid)}.", *wording.used_in_words(grid.ai))
    return Document(
        title=f"{TITLE} – {wording.whose(grid)}",
        heading=TITLE,
        blocks=(
            paragraph(wording.whose(grid, "Candidat"), "lead"),
            *(
                (
                    paragraph(_opening(grid)),
                    Table(ANNEX_SHEET, columns, listed),
                )
                if listed
                else ()
            ),
            *(() if listed else (paragraph(NONE),)),
            Heading(2, MADE),
            BulletList(tuple(words(sentence) for sentence in made)),
        ),
        properties=properties(grid),
        running_head=f"{TITLE} – {wording.whose(grid)}",
    )


def _opening(grid: Grid) -> str:
    chosen = f"{wording.READERS[grid.kind][0]} a choisis lui-même"
    return f"{OPENING}{chosen}. Les pages sont celles du fichier remis{NBSP}: {grid.file}."


def _row(row: GridCriterion, quoted: Quoted, grid: Grid) -> tuple[Cell, ...]:
    return (
        cell(row.id, "strong"),
        cell(", ".join(map(str, quoted.pages)), number=None if quoted.next_page else quoted.page),
        cell(quoted.quote),
        cell(wording.source_in_words(quoted, grid)),
    )
