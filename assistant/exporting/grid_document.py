"""The grid as a jury signs it: one table, one row a criterion, then the questions, the signatures and the machine's part."""

from assistant.exporting import wording
from assistant.exporting.document import (
    Block,
    BulletList,
    Cell,
    Column,
    Document,
    Heading,
    Inline,
    PageReference,
    Paragraph,
    Properties,
    SignatureBlock,
    Table,
    Words,
    cell,
    paragraph,
    words,
)
from assistant.exporting.grid import Cited, Grid, GridCriterion, Quoted
from assistant.exporting.wording import NBSP

FACTS = "Renseignements"
CRITERIA = "Critères"
TOTAL = "Total"
SIGNATURES = "Signatures"
GRID_SHEET = "Grille"
QUESTIONS_SHEET = "Questions"


def grid_document(grid: Grid) -> Document:
    """The document; columns and parts in which nothing stands are left out."""
    return Document(
        title=f"{wording.TITLE} – {wording.whose(grid)}",
        heading=wording.TITLE,
        blocks=(
            paragraph(wording.KIND[grid.kind], "lead"),
            _facts(grid),
            Heading(2, CRITERIA),
            criteria_table(grid),
            *_questions(grid),
            *_signatures(grid),
            *_machine(grid),
        ),
        properties=properties(grid),
        running_head=f"{wording.TITLE} – {wording.whose(grid)}",
        landscape=True,
    )


def properties(grid: Grid) -> Properties:
    """What every document about this grid tells machines."""
    return Properties(grid.ai.software, grid.made, wording.ai_keywords(grid.ai), wording.ai_metadata(grid.ai))


def criteria_table(grid: Grid) -> Table:
    """One row a criterion, and the total where there is one."""
    rows = grid.rows
    whole = (
        (Column("Critère", 9, names_row=True), [cell(row.id, "strong") for row in rows], True),
        (Column("Énoncé", 27), [_asked(row) for row in rows], True),
        (Column(wording.OBSERVATIONS, 35), [_observations(row, grid) for row in rows], False),
        (Column(wording.GAPS, 24), [_gaps(row, grid) for row in rows], False),
        (Column("Décision", 11), [_decision(row, grid) for row in rows], False),
        (Column("Motivation", 25), [cell(row.motivation) for row in rows], False),
        (Column("Points", 8, workbook_only=True), [_number(row.points) for row in rows], False),
        (Column("Maximum", 9, workbook_only=True), [_number(row.most_points) for row in rows], False),
    )
    kept = [(column, cells) for column, cells, always in whole if always or any(one.blocks for one in cells)]
    columns = tuple(column for column, _ in kept)
    body = list(zip(*(cells for _, cells in kept), strict=True))
    total = wording.total_in_words(grid)
    if total is not None:
        last = {
            "Critère": cell(TOTAL, "strong"),
            "Décision": cell(total, "strong"),
            "Points": _number(grid.total),
            "Maximum": _number(grid.most_total),
        }
        body.append(tuple(last.get(column.title, Cell()) for column in columns))
    return Table(GRID_SHEET, columns, tuple(body))


def _facts(grid: Grid) -> Table:
    columns = (Column("Rubrique", 22, names_row=True), Column("Renseignement", 78))
    return Table(FACTS, columns, tuple((cell(label, "strong"), cell(value)) for label, value in wording.facts(grid)))


def _asked(row: GridCriterion) -> Cell:
    """The criterion's own words, its indicators, and how it is assessed."""
    ways = wording.assessed_in_words(row)
    most = wording.points_in_words(row.most_points)
    said = " ".join(
        sentence
        for sentence in (
            f"Évalué{NBSP}: {ways}." if ways else "",
            f"Barème{NBSP}: {most}." if most else "",
        )
        if sentence
    )
    return Cell(
        (
            paragraph(row.words),
            *([BulletList(tuple(words(one) for one in row.indicators))] if row.indicators else []),
            *([paragraph(said, "small", "aside")] if said else []),
        )
    )


def _decision(row: GridCriterion, grid: Grid) -> Cell:
    if grid.kind == "personal" and not row.decision:
        return Cell()
    return cell(row.decision, "strong") if row.decision else cell(wording.NO_DECISION, "aside")


def _number(number: float | None) -> Cell:
    return Cell() if number is None else cell(wording.number_in_words(number), number=number)


def _observations(row: GridCriterion, grid: Grid) -> Cell:
    items = [_item(item, grid) for item in row.observations]
    items += [_passage(quoted, grid) for quoted in row.own_quotes]
    return Cell((BulletList(tuple(items)),) if items else ())


def _gaps(row: GridCriterion, grid: Grid) -> Cell:
    items = tuple(_item(item, grid) for item in row.gaps)
    return Cell((BulletList(items),) if items else ())


def _item(item: Cited, grid: Grid) -> tuple[Inline, ...]:
    """A text with the requirement it is about, its pages and, where a machine wrote it, that it did."""
    asked = wording.requirement_of(item)
    origin = wording.origin_in_words(item, grid)
    return (
        *(words(f"{asked}{NBSP}: ", "strong") if asked else ()),
        *text_with_pages(item),
        *(words(f" – {origin}", "aside") if origin else ()),
    )


def _passage(quoted: Quoted, grid: Grid) -> tuple[Inline, ...]:
    if quoted.earlier:
        return words(wording.earlier_in_words(quoted), "aside")
    return (*passage_with_pages(quoted), Words(f" – {wording.source_in_words(quoted, grid)}", "aside"))


def passage_with_pages(quoted: Quoted) -> tuple[Inline, ...]:
    """A passage that a juror chose, word for word, or the page alone that they noted."""
    said = wording.without_its_bullet(wording.quoted_in_words(quoted.quote)) if quoted.quote else "Page notée"
    return (Words(f"{said} "), PageReference(quoted.pages))


def text_with_pages(item: Cited) -> tuple[Inline, ...]:
    """A text, and where it rests."""
    text = wording.without_its_bullet(wording.unbroken(item.text))
    return (Words(f"{text} "), PageReference(item.pages, item.rewritten)) if item.pages else words(text)


def _questions(grid: Grid) -> tuple[Block, ...]:
    asked = [(row, item) for row in grid.rows for item in row.questions]
    if not asked:
        return ()
    columns = (Column("Critère", 10, names_row=True), Column("Question", 90))
    rows = tuple((cell(row.id, "strong"), Cell((Paragraph(_item(item, grid)),))) for row, item in asked)
    return (Heading(2, wording.QUESTIONS), Table(QUESTIONS_SHEET, columns, rows))


def _signatures(grid: Grid) -> tuple[Block, ...]:
    if grid.kind == "personal":
        return ()
    signed = (SignatureBlock(f"{one.name}, {one.part}", wording.lock_in_words(one)) for one in grid.jury)
    return (Heading(2, SIGNATURES), *signed)


def _machine(grid: Grid) -> tuple[Block, ...]:
    said = BulletList(tuple(words(sentence) for sentence in wording.ai_in_words(grid)))
    return (Heading(2, wording.ai_title(grid.ai)), said)
