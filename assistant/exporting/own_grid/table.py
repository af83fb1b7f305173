"""A map as rows that a person corrects: for each criterion, the cell of each field, written « D12 »."""

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from assistant.errors import InvalidInput
from assistant.exporting.own_grid.mapping import FIELDS, CriterionPlaces, Field, GridMap, Place, Tick
from assistant.exporting.own_grid.proposing import GridCell

TITLES: dict[Field, str] = {
    "findings": "Constats",
    "gaps": "Manques",
    "questions": "Questions",
    "decision": "Décision",
    "motivation": "Motivation",
    "points": "Points",
}
CRITERION, PART, CELL, TICKS = "Critère", "Feuille ou tableau", "Case du critère", "Cases à cocher"
TABLE = "Tableau"
_TABLE = re.compile(r"^(?:tableau\s*)?(\d{1,4})$", re.IGNORECASE)
_CELL = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,5})$")
Row = dict[str, str]


def rows_of(map_: GridMap, criteria: Sequence[str]) -> list[Row]:
    """One row for each criterion, those that no cell holds included."""
    return [_row(map_.form, name, map_.criteria.get(name)) for name in criteria]


def part_name(form: str, part: str) -> str:
    """What a person calls a part of the grid: a sheet by its name, a table of a Word document by its number from 1."""
    return f"{TABLE} {int(part) + 1}" if form == "docx" else part


def sheets_of(form: str, cells: Sequence[GridCell]) -> dict[str, list[Row]]:
    """By part, its cells as they stand, rows and columns named as in a spreadsheet: to be looked at beside the map."""
    made: dict[str, list[Row]] = {}
    for name in dict.fromkeys(cell.place.part for cell in cells):
        here = {(cell.place.row, cell.place.column): cell.text for cell in cells if cell.place.part == name}
        wide = max(column for _, column in here)
        rows = range(1, max(row for row, _ in here) + 1)
        made[part_name(form, name)] = [
            {"": str(row), **{_letters(column): here.get((row, column), "") for column in range(1, wide + 1)}}
            for row in rows
        ]
    return made


def with_rows(map_: GridMap, rows: Sequence[Mapping[str, object]]) -> GridMap:
    """The map as its rows say. Raises InvalidInput naming the criterion and the column of what is no cell."""
    criteria = {}
    for row in rows:
        said = {title: str(row.get(title) or "").strip() for title in (CRITERION, PART, CELL, TICKS, *TITLES.values())}
        if said[CELL]:
            criteria[said[CRITERION]] = _places(said, map_.form)
    return map_.model_copy(update={"criteria": criteria})


def _row(form: str, name: str, places: CriterionPlaces | None) -> Row:
    if places is None:
        return {CRITERION: name, PART: "", CELL: "", **dict.fromkeys(TITLES.values(), ""), TICKS: ""}
    fields = {TITLES[field]: _written(places.fields.get(field)) for field in FIELDS}
    ticks = " ; ".join(f"{tick.decision} = {_written(tick.place)}" for tick in places.ticks)
    part = part_name(form, places.criterion.part)
    return {CRITERION: name, PART: part, CELL: _written(places.criterion), **fields, TICKS: ticks}


def _part(said: Mapping[str, str], form: str) -> str:
    """The part as the map keeps it. Raises InvalidInput for no table of a Word document."""
    if form != "docx":
        return said[PART]
    found = _TABLE.match(said[PART])
    if not found or int(found[1]) < 1:
        raise InvalidInput(
            f"{said[CRITERION]}, colonne «\u00a0{PART}\u00a0»\u00a0: écrivez par exemple «\u00a0{TABLE} 1\u00a0»."
        )
    return str(int(found[1]) - 1)


def _places(said: Mapping[str, str], form: str) -> CriterionPlaces:
    part = _part(said, form)

    def place(text: str, column: str) -> Place:
        found = _CELL.match(text.upper())
        if not found:
            raise InvalidInput(
                f"{said[CRITERION]}, colonne «\u00a0{column}\u00a0»\u00a0: «\u00a0{text}\u00a0» n’est pas une case\u00a0; "
                "écrivez par exemple D12."
            )
        return Place(part=part, row=int(found[2]), column=_number(found[1]))

    fields: dict[Field, Place] = {
        field: place(said[TITLES[field]], TITLES[field]) for field in get_args(Field) if said[TITLES[field]]
    }
    ticks = []
    for one in filter(None, (part.strip() for part in said[TICKS].split(";"))):
        decision, _, cell = one.partition("=")
        ticks.append(Tick(decision=decision.strip(), place=place(cell.strip(), TICKS)))
    return CriterionPlaces(criterion=place(said[CELL], CELL), fields=fields, ticks=tuple(ticks))


def _written(place: Place | None) -> str:
    if place is None:
        return ""
    return f"{_letters(place.column)}{place.row}"


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
