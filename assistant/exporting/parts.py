"""What the PDF and the HTML grid show of a criterion, in the same words and the same order."""

from assistant.exporting import wording
from assistant.exporting.grid import Cited, Grid, Row
from assistant.exporting.wording import NBSP

FACTS_CAPTION = "Renseignements sur l’épreuve, le candidat et le dossier"
QUOTES_CAPTION = "Citations du dossier, mot pour mot"
QUOTES_HEAD = ("Critère", "Page", "Citation", "Source")
CRITERIA = "Critères"
DECISION = "Décision"
MOTIVATION = "Motivation"
TOTAL = "Total"
SIGNATURES = "Signatures"
NOTHING_KEPT = "Aucun élément retenu."
NO_QUOTE = "Aucune citation retenue."
AUTHOR = "Prélecture"


def words(row: Row) -> str:
    """The criterion as the référentiel writes it."""
    return f"{row.lead} {row.text}" if row.lead else row.text


def assessed(row: Row) -> str:
    """How the criterion is assessed, and the most it can bring where there are points."""
    most = wording.points_in_words(row.most_points)
    scale = f" Barème{NBSP}: {most}." if most else ""
    return f"Modalités d’évaluation{NBSP}: {wording.assessed_in_words(row)}.{scale}"


def lists(row: Row) -> tuple[tuple[str, tuple[Cited, ...]], ...]:
    """What was kept about the criterion, under its headings."""
    return (
        (wording.OBSERVATIONS, row.observations),
        (wording.GAPS, row.gaps),
        (wording.QUESTIONS, row.questions),
    )


def with_pages(item: Cited) -> str:
    """A text with the pages it rests on."""
    return f"{item.text}{wording.pages_in_words(item.pages)}"


def quotes(grid: Grid) -> tuple[tuple[str, str, str, str], ...]:
    """The rows of the annex: criterion, page, the dossier's own words, how they came here."""
    return tuple(
        (row.id, str(quoted.page), quoted.quote, wording.source_in_words(quoted))
        for row in grid.rows
        for quoted in row.quotes
    )
