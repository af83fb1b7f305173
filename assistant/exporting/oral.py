"""The oral sheet: the questions prepared and what can only be shown at the oral, by theme, on one printed page."""

from assistant.exporting import wording
from assistant.exporting.document import Block, BulletList, Document, Heading, Inline, Words, paragraph
from assistant.exporting.grid import Grid
from assistant.exporting.grid_document import properties, text_with_pages
from assistant.exporting.wording import NBSP

TITLE = "Fiche d’oral"
NONE = "Aucune question n’a été préparée."
SHOWN_AT_ORAL = "se montre à l’oral"
SEPARATOR = " – "
"""Between the code of a competence and its words."""
LINES, MOST_LINES = 18, 4
"""Lines to write on that one page has room for in all, and under one item."""


def oral_document(grid: Grid) -> Document:
    """The document, in the grid's order; letters are as large as one page allows."""
    found: dict[tuple[str, ...], list[tuple[Inline, ...]]] = {}
    for row in grid.rows:
        items = found.setdefault(row.competences or (row.id,), [])
        if row.oral_only:
            items.append((Words(f"{row.id}{NBSP}– {SHOWN_AT_ORAL}{NBSP}: ", "strong"), Words(row.words)))
        for question in row.questions:
            items.append((Words(f"{row.id}{NBSP}– ", "strong"), *text_with_pages(question)))
    themes = {name: items for name, items in found.items() if items}
    count = sum(len(items) for items in themes.values())
    room = min(MOST_LINES, LINES // count) if count else 0
    blocks: list[Block] = [paragraph(wording.whose(grid, "Candidat"), "lead")]
    for theme, items in themes.items():
        blocks += [*_theme(theme), BulletList(tuple(items), room)]
    if not themes:
        blocks.append(paragraph(NONE))
    return Document(
        title=f"{TITLE} – {wording.whose(grid)}",
        heading=TITLE,
        blocks=tuple(blocks),
        properties=properties(grid),
        one_page=True,
    )


def _theme(competences: tuple[str, ...]) -> list[Block]:
    """A heading of one line, and below it, small, the words of the competence where there is one alone."""
    codes = [one.partition(SEPARATOR)[0] for one in competences]
    heading = Heading(2, ", ".join(codes))
    alone = competences[0].partition(SEPARATOR)[2] if len(competences) == 1 else ""
    return [heading, paragraph(alone, "small")] if alone else [heading]
