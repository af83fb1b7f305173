"""What is written where, before any file is opened: the same for a workbook and for a Word document."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.exporting.grid import Grid
from assistant.exporting.own_grid.mapping import FIELDS, Field, GridMap, Place, Skipped, head_text, texts_of
from assistant.text import fold

EMPTY_BOXES = "☐□❑❒"
TICKED = "☒"


@dataclass(frozen=True, slots=True)
class Written:
    """One cell to write. `said`: the words by which a drop-down may name it; `number` where a cell may count with it."""

    criterion: str
    field: str
    place: Place
    text: str
    said: tuple[str, ...]
    number: float | None = None


TOLD: tuple[Field, ...] = ("findings", "gaps", "questions", "motivation")
"""What several criteria may say in one cell, each under its code."""


def to_write(map_: GridMap, grid: Grid) -> tuple[list[Written], list[Skipped]]:
    """The cells that get something; a cell for which there is nothing stays as the certifier left it.

    A cell merged beside several criteria holds the words of all of them. Decisions or points that differ do not go into
    one cell: they are told with what could not be written.
    """
    shared: dict[Place, list[Written]] = {}
    for one in _each(map_, grid):
        shared.setdefault(one.place, []).append(one)
    made: list[Written] = []
    skipped: list[Skipped] = []
    for several in shared.values():
        first = several[0]
        if len(several) == 1 or all(one.text == first.text and one.field not in TOLD for one in several):
            made.append(first)
        elif len({one.criterion for one in several}) == 1 and not all(one.field in TOLD for one in several):
            made += several
        elif all(one.field in TOLD for one in several):
            made.append(replace(first, text=_together(several), said=(_together(several),)))
        else:
            named = ", ".join(dict.fromkeys(one.criterion for one in several))
            why = f"cette case vaut pour {named}, dont les décisions ou les points diffèrent"
            skipped += [Skipped(criterion=one.criterion, field=one.field, why=why) for one in several]
    return made, skipped


def _together(several: list[Written]) -> str:
    return "\n".join(f"{one.criterion}\u00a0: {one.text}" for one in several)


def _each(map_: GridMap, grid: Grid) -> Iterator[Written]:
    for head, top in map_.heads.items():
        text = head_text(grid, head)
        if text:
            yield Written("", head, top, text, (text,), grid.total if head == "total" else None)
    for row in grid.rows:
        name, places = row.id, map_.criteria.get(row.id)
        if places is None:
            continue
        for field in FIELDS:
            place = places.fields.get(field)
            text = texts_of(row, field)
            if place is None or not text:
                continue
            said = _said(text, map_) if field == "decision" else (text,)
            number = row.points if field == "points" or (field == "decision" and row.points is not None) else None
            yield Written(name, field, place, said[0], said, number if field == "points" else None)
        for tick in places.ticks:
            if row.decision and fold(row.decision) == fold(tick.decision):
                yield Written(name, "decision", tick.place, map_.mark, (map_.mark, "x", "oui", "1"))


def ticked(text: str, said: tuple[str, ...]) -> int | None:
    """Where in a cell's text the box stands that these words name (« ☐ Acquis  ☐ Non acquis »); None where there is none."""
    places = [place for place, char in enumerate(text) if char in EMPTY_BOXES]
    for number, place in enumerate(places):
        end = places[number + 1] if number + 1 < len(places) else len(text)
        words = fold(text[place + 1 : end]).strip(" .;,/-")
        if any(words == fold(one) for one in said):
            return place
    return None


def _said(decision: str, map_: GridMap) -> tuple[str, ...]:
    """The certifier's word for a decision first, then ours."""
    other = next((word for ours, word in map_.words.items() if fold(ours) == fold(decision)), None)
    return (other, decision) if other else (decision,)
