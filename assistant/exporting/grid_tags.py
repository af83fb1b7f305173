"""The grid's parts by name, for an organisation's own Word template that lays it out line by line."""

from typing import Any

from assistant.exporting import wording
from assistant.exporting.grid import Cited, Grid, GridCriterion


def grid_tags(grid: Grid) -> dict[str, Any]:
    """What a template's tags may use, as docx.py lists it; every value is text."""
    return {
        "kind": wording.KIND[grid.kind],
        "candidate": grid.candidate,
        "session": grid.session,
        "facts": [{"label": label, "value": value} for label, value in wording.facts(grid)],
        "rows": [_row(row, grid) for row in grid.rows],
        "total": wording.total_in_words(grid),
        "jury": [
            {"name": member.name, "part": member.part, "locked": wording.lock_in_words(member)} for member in grid.jury
        ],
        "quotes": [
            {
                "criterion": row.id,
                "page": quoted.page,
                "text": quoted.quote,
                "source": wording.source_in_words(quoted, grid),
            }
            for row in grid.rows
            for quoted in row.quotes
            if not quoted.earlier
        ],
        "ai": wording.ai_in_words(grid),
    }


def _row(row: GridCriterion, grid: Grid) -> dict[str, Any]:
    return {
        "id": row.id,
        "words": row.words,
        "indicators": row.indicators,
        "assessed": wording.assessed_in_words(row),
        "most_points": wording.points_in_words(row.most_points),
        "observations": [_item(item, grid) for item in row.observations],
        "gaps": [_item(item, grid) for item in row.gaps],
        "questions": [_item(item, grid) for item in row.questions],
        "decision": row.decision or ("" if grid.kind == "personal" else wording.NO_DECISION),
        "motivation": row.motivation,
    }


def _item(item: Cited, grid: Grid) -> dict[str, str]:
    pages = wording.pages_in_words(item)
    return {
        "text": item.text,
        "pages": f" {pages}" if pages else "",
        "origin": wording.origin_in_words(item, grid),
        "requirement": wording.requirement_of(item),
    }
