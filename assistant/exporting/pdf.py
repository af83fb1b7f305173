"""The filled grid as a PDF to print, sign and keep."""

from typing import TYPE_CHECKING

from assistant.exporting import parts, wording
from assistant.exporting.grid import Grid, Row
from assistant.exporting.wording import NBSP

if TYPE_CHECKING:
    from assistant.exporting.paper import Paper

SIGNATURE_HEIGHT = 36
SIGNATURE_WIDTH = 95


def as_pdf(grid: Grid) -> bytes:
    """The document's bytes: the same for the same grid."""
    from assistant.exporting.paper import GREY, About, Paper

    paper = Paper(About.of(grid, wording.title(grid)))
    paper.heading(wording.TITLE, 1)
    paper.paragraph(wording.KIND[grid.kind], size=11, colour=GREY, after=4)
    paper.ruled(("Rubrique", "Renseignement"), wording.facts(grid), (45, 125))
    paper.heading(parts.CRITERIA, 2)
    for row in grid.rows:
        _criterion(paper, row)
    _total(paper, grid)
    _signatures(paper, grid)
    _annex(paper, grid)
    paper.heading(wording.AI_TITLE, 2)
    for sentence in wording.ai_in_words(grid):
        paper.item(sentence)
    return paper.as_bytes()


def _criterion(paper: "Paper", row: Row) -> None:
    from assistant.exporting.paper import GREY, SMALL

    paper.heading(row.id, 3)
    paper.paragraph(parts.words(row), style="B")
    for indicator in row.indicators:
        paper.item(indicator)
    paper.paragraph(parts.assessed(row), size=SMALL, colour=GREY)
    for title, items in parts.lists(row):
        paper.heading(title, 4)
        for item in items:
            paper.item(parts.with_pages(item), wording.origin_in_words(item.origin))
        if not items:
            paper.paragraph(parts.NOTHING_KEPT, size=SMALL, colour=GREY)
    paper.heading(parts.DECISION, 4)
    paper.paragraph(row.decision or wording.NO_DECISION, size=11, style="B" if row.decision else "")
    paper.heading(parts.MOTIVATION, 4)
    paper.paragraph(row.motivation or wording.NO_MOTIVATION)


def _total(paper: "Paper", grid: Grid) -> None:
    total = wording.total_in_words(grid)
    if total is not None:
        paper.heading(parts.TOTAL, 2)
        paper.paragraph(total, size=12, style="B")


def _signatures(paper: "Paper", grid: Grid) -> None:
    paper.heading(parts.SIGNATURES, 2)
    for member in grid.jury:
        paper.room(SIGNATURE_HEIGHT)
        paper.paragraph(f"{member.name}, {member.part}", style="B", after=0.5)
        paper.paragraph(wording.lock_in_words(member), after=1)
        paper.paragraph(f"Signature{NBSP}:", after=0)
        paper.rule(SIGNATURE_WIDTH, 12)
        paper.ln(6)


def _annex(paper: "Paper", grid: Grid) -> None:
    paper.heading(wording.ANNEX_TITLE, 2)
    quotes = parts.quotes(grid)
    if quotes:
        paper.ruled(parts.QUOTES_HEAD, quotes, (21, 14, 103, 32))
    else:
        paper.paragraph(parts.NO_QUOTE)
