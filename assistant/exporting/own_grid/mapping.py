"""Which place of the certifier's grid holds what: proposed by matching words, corrected by a person, kept."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.exporting.document import PageReference, spelled
from assistant.exporting.grid import Cited, Grid, GridCriterion
from assistant.exporting.wording import origin_in_words, with_pages

Field = Literal["findings", "gaps", "questions", "decision", "motivation", "points"]
FIELDS: tuple[Field, ...] = ("findings", "gaps", "questions", "decision", "motivation", "points")
Head = Literal["candidate", "session", "date", "jury", "total"]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(Entry):
    """A cell: of the sheet or table `part` (its name, or its number from 0), at `row` and `column` from 1."""

    part: str
    row: int
    column: int


class Tick(Entry):
    """A cell that is ticked for one decision only: the column « Acquis », the column « Non acquis »."""

    decision: str
    place: Place


class CriterionPlaces(Entry):
    """Where one criterion stands, and the cells to fill beside it."""

    criterion: Place
    fields: dict[Field, Place] = {}
    ticks: tuple[Tick, ...] = ()


class GridMap(Entry):
    """The map of one template, known by the hash of its bytes; `words` says another word for a decision."""

    form: Literal["xlsx", "docx"]
    template_sha256: str
    criteria: dict[str, CriterionPlaces]
    heads: dict[Head, Place] = {}
    words: dict[str, str] = {}
    mark: str = "X"


class Skipped(Entry):
    """What was not written, and why, in French."""

    criterion: str
    field: str
    why: str


def texts_of(row: GridCriterion, field: Field, grid: Grid) -> str:
    """What goes into one cell, a line for each item with who wrote it; "" where there is nothing."""

    def said(items: Iterable[Cited]) -> list[str]:
        return [with_pages(one) + (f" – {origin}" if (origin := origin_in_words(one, grid)) else "") for one in items]

    match field:
        case "findings":
            quotes = [
                f"«\u00a0{one.quote}\u00a0» {spelled(PageReference(one.pages))}" for one in row.own_quotes if one.quote
            ]
            return "\n".join([*said(row.observations), *quotes])
        case "gaps":
            return "\n".join(said(row.gaps))
        case "questions":
            return "\n".join(said(row.questions))
        case "motivation":
            return row.motivation
        case "points":
            return "" if row.points is None else f"{row.points:g}".replace(".", ",")
        case "decision":
            return row.decision


def head_text(grid: Grid, head: Head) -> str:
    """What stands at the head of a grid."""
    match head:
        case "candidate":
            return "" if grid.kind == "personal" else grid.candidate
        case "session":
            return "" if grid.kind == "personal" else grid.session
        case "date":
            return f"{grid.session_date:%d/%m/%Y}" if grid.session_date else ""
        case "jury":
            return ", ".join(one.name for one in grid.jury)
        case "total":
            return "" if grid.total is None else f"{grid.total:g}".replace(".", ",")
