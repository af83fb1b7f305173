"""The feedback sheet for the candidate: what was adopted or written about each criterion, in plain French, and no more.

No decision, mark, motivation, question, quote or name stands on it.
"""

from assistant.exporting import parts, wording
from assistant.exporting.grid import Grid, Row
from assistant.exporting.html import CSS, page, shown
from assistant.exporting.wording import NBSP

TITLE = "Retour sur votre dossier"
FOUND = "Ce que le jury a relevé dans votre dossier"
NOT_FOUND = "Ce que le jury n’a pas trouvé dans votre dossier"
NOTHING = "Le jury n’a pas noté de remarque écrite pour ce critère."
OPENING = (
    "Cette feuille reprend, critère par critère, ce que le jury a noté en lisant votre dossier. Elle ne contient pas de "
    "décision\u00a0: celle-ci vous est communiquée par le certificateur."
)
AI_READ = (
    "Une partie de ces phrases a été rédigée par une intelligence artificielle, puis relue et retenue par le jury, qui a "
    "pu la modifier. Le jury décide seul."
)
NO_AI = "Ces phrases ont été écrites par le jury, sans intelligence artificielle."
Section = tuple[str, tuple[str, ...]]


def sections(row: Row) -> tuple[Section, ...]:
    """Under each heading, the texts with their pages; empty headings are left out."""
    every = ((FOUND, row.observations), (NOT_FOUND, row.gaps))
    return tuple((title, tuple(parts.with_pages(item) for item in items)) for title, items in every if items)


def about_ai(grid: Grid) -> str:
    """Whether an AI had a part in what stands here, in one or two sentences."""
    shown_texts = [item for row in grid.rows for item in (*row.observations, *row.gaps)]
    return AI_READ if any(item.origin != "own" for item in shown_texts) else NO_AI


def _who(grid: Grid) -> str:
    return f"Candidat n°{NBSP}{grid.candidate} – {grid.session} – {grid.referentiel}"


def feedback_html(grid: Grid) -> str:
    """The sheet as one HTML page."""
    body = [f"<h1>{TITLE}</h1>", f"<p>{shown(_who(grid))}</p>", f"<p>{OPENING}</p>"]
    for row in grid.rows:
        body.append(f"<h2>{shown(row.id)}</h2><p class='words'>{shown(parts.words(row))}</p>")
        for title, texts in sections(row):
            items = "".join(f"<li>{shown(text)}</li>" for text in texts)
            body.append(f"<h3>{title}</h3><ul>{items}</ul>")
        if not sections(row):
            body.append(f"<p>{NOTHING}</p>")
    body.append(f"<p class='aside'>{about_ai(grid)}</p>")
    return page(grid, f"{TITLE} – {grid.candidate}", CSS, "\n".join(body))


def feedback_docx(grid: Grid) -> bytes:
    """The sheet as a Word document."""
    from assistant.exporting.plain_docx import as_bytes, new_document

    document = new_document(grid, f"{TITLE} – {grid.candidate}")
    clean = wording.without_controls
    document.add_heading(TITLE, 1)
    document.add_paragraph(clean(_who(grid)))
    document.add_paragraph(OPENING)
    for row in grid.rows:
        document.add_heading(clean(row.id), 2)
        document.add_paragraph().add_run(clean(parts.words(row))).bold = True
        for title, texts in sections(row):
            document.add_heading(title, 3)
            for text in texts:
                document.add_paragraph(clean(text), style="List Bullet")
        if not sections(row):
            document.add_paragraph(NOTHING)
    document.add_paragraph(about_ai(grid))
    return as_bytes(document)


def feedback_pdf(grid: Grid) -> bytes:
    """The sheet as a PDF."""
    from assistant.exporting.paper import GREY, SMALL, About, Paper

    paper = Paper(About.of(grid, f"{TITLE} – {grid.candidate}"))
    paper.heading(TITLE, 1)
    paper.paragraph(_who(grid), colour=GREY)
    paper.paragraph(OPENING, after=3)
    for row in grid.rows:
        paper.heading(row.id, 2)
        paper.paragraph(parts.words(row), style="B")
        for title, texts in sections(row):
            paper.heading(title, 3)
            for text in texts:
                paper.item(text)
        if not sections(row):
            paper.paragraph(NOTHING, colour=GREY)
    paper.paragraph(about_ai(grid), size=SMALL, colour=GREY)
    return paper.as_bytes()
