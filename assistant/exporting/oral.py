"""The oral preparation sheet: the chosen questions by theme, with the pages they come from, on one printed page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.exporting import parts, wording
from assistant.exporting.grid import Grid
from assistant.exporting.html import page, shown
from assistant.exporting.wording import NBSP

if TYPE_CHECKING:
    from assistant.exporting.paper import Paper

TITLE = "Fiche d’oral"
NONE = "Aucune question n’a été retenue."
MOST_WITH_LINES = 12
SIZES = (11.0, 10.0, 9.0, 8.0, 7.5, 7.0)
"""Points, from the easiest to read to the smallest that is still read across a table."""
CSS = """
body { font: 1rem/1.45 system-ui, sans-serif; max-width: 52rem; margin: 1.5rem auto; padding: 0 1rem; color: #1b1b1b; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.05rem; margin: .8rem 0 .2rem; }
li { overflow-wrap: anywhere; } .answer { border-bottom: 1px solid #767676; height: 1.6rem; }
@page { size: A4; margin: 14mm; }
@media print { body { margin: 0; max-width: none; font-size: FONTpt; COLUMNS } h2 { break-after: avoid; } }
"""


@dataclass(frozen=True, slots=True)
class Theme:
    """The questions of one competence (or of one criterion, where the référentiel ties it to none)."""

    name: str
    questions: tuple[str, ...]


def themes(grid: Grid) -> tuple[Theme, ...]:
    """The chosen questions, in the grid's order, each with its criterion and its pages."""
    found: dict[str, list[str]] = {}
    for row in grid.rows:
        name = ", ".join(row.competences) or row.id
        for question in row.questions:
            found.setdefault(name, []).append(f"{row.id}{NBSP}– {parts.with_pages(question)}")
    return tuple(Theme(name, tuple(questions)) for name, questions in found.items())


def _count(every: Sequence[Theme]) -> int:
    return sum(len(theme.questions) for theme in every)


def _who(grid: Grid) -> str:
    return f"Candidat n°{NBSP}{grid.candidate} – {grid.session}"


def oral_html(grid: Grid) -> str:
    """The sheet as one HTML page that prints on one sheet: more questions, smaller letters, then two columns."""
    every = themes(grid)
    count = _count(every)
    answer = "<div class='answer'></div>" if count <= MOST_WITH_LINES else ""
    size = 11 if count <= 8 else 9.5 if count <= 20 else 8
    columns = "columns: 2;" if count > 24 else ""
    body = [f"<h1>{TITLE}</h1>", f"<p>{shown(_who(grid))}</p>"]
    for theme in every:
        items = "".join(f"<li>{shown(question)}{answer}</li>" for question in theme.questions)
        body.append(f"<h2>{shown(theme.name)}</h2><ul>{items}</ul>")
    if not every:
        body.append(f"<p>{NONE}</p>")
    css = CSS.replace("FONT", f"{size:g}").replace("COLUMNS", columns)
    return page(grid, f"{TITLE} – {grid.candidate}", css, "\n".join(body))


def oral_docx(grid: Grid) -> bytes:
    """The sheet as a Word document, in letters small enough for one page."""
    from docx.shared import Mm, Pt

    from assistant.exporting.plain_docx import as_bytes, new_document

    every = themes(grid)
    count = _count(every)
    document = new_document(grid, f"{TITLE} – {grid.candidate}")
    section = document.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(13)
    size = Pt(11 if count <= 8 else 9.5 if count <= 20 else 8 if count <= 34 else 7)
    document.styles["Normal"].font.size = size
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    clean = wording.without_controls
    document.add_heading(TITLE, 1)
    document.add_paragraph(clean(_who(grid)))
    for theme in every:
        document.add_heading(clean(theme.name), 2).paragraph_format.space_before = Pt(4)
        for question in theme.questions:
            document.add_paragraph(clean(question), style="List Bullet").paragraph_format.space_after = Pt(2)
            if count <= MOST_WITH_LINES:
                document.add_paragraph("." * 90)
    if not every:
        document.add_paragraph(NONE)
    return as_bytes(document)


def oral_pdf(grid: Grid) -> bytes:
    """The sheet as a PDF of one page: the largest letters with which it fits; as a last resort questions are cut short."""
    every = themes(grid)
    for size in SIZES:
        paper = _drawn(grid, every, size)
        if paper.page_no() == 1:
            return paper.as_bytes()
    for most in (300, 200, 140, 100, 70, 45):
        cut = tuple(Theme(theme.name, tuple(_cut(one, most) for one in theme.questions)) for theme in every)
        paper = _drawn(grid, cut, SIZES[-1])
        if paper.page_no() == 1:
            return paper.as_bytes()
    return paper.as_bytes()


def _cut(question: str, most: int) -> str:
    return question if len(question) <= most else f"{question[: most - 1].rstrip()}…"


def _drawn(grid: Grid, every: Sequence[Theme], size: float) -> "Paper":
    from assistant.exporting.paper import GREY, About, Paper

    paper = Paper(About.of(grid, f"{TITLE} – {grid.candidate}"), margin=14)
    paper.heading(TITLE, 1)
    paper.paragraph(_who(grid), size=size, colour=GREY, after=1)
    with_lines = _count(every) <= MOST_WITH_LINES
    for theme in every:
        paper.ln(size / 5)
        paper.paragraph(theme.name, size=size + 0.5, style="B", after=0.4)
        for question in theme.questions:
            paper.paragraph(f"• {question}", size=size, after=0.4)
            if with_lines:
                paper.rule(paper.epw, size * 0.7)
                paper.ln(1)
    if not every:
        paper.paragraph(NONE)
    return paper
