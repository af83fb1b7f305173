"""A map as rows that a person corrects: for each criterion, the cell of each field, written « D12 »."""

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from assistant.errors import InvalidInput
from assistant.exporting.own_grid.mapping import FIELDS, CriterionPlaces, Field, GridMap, Place, Tick

TITLES: dict[Field, str] = {
    "findings": "Constats",
    "gaps": "Manques",
    "questions": "Questions",
    "decision": "Décision",
    "motivation": "Motivation",
    "points": "Points",
}
CRITERION, PART, CELL, TICKS = "Critère", "Feuille ou tableau", "Case du critère", "Cases à cocher"
_CELL = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,5})$")
Row = dict[str, str]


def rows_of(map_: GridMap, criteria: Sequence[str]) -> list[Row]:
    """One row for each criterion, those that no cell holds included."""
    return [_row(name, map_.criteria.get(name)) for name in criteria]


def with_rows(map_: GridMap, rows: Sequence[Mapping[str, object]]) -> GridMap:
    """The map as its rows say. Raises InvalidInput naming the criterion and the column of what is no cell."""
    criteria = {}
    for row in rows:
        said = {title: str(row.get(title) or "").strip() for title in (CRITERION, PART, CELL, TICKS, *TITLES.values())}
        if said[CELL]:
            criteria[said[CRITERION]] = _places(said)
    return map_.model_copy(update={"criteria": criteria})


def _row(name: str, places: CriterionPlaces | None) -> Row:
    if places is None:
        return {CRITERION: name, PART: "", CELL: "", **dict.fromkeys(TITLES.values(), ""), TICKS: ""}
    fields = {TITLES[field]: _written(places.fields.get(field)) for field in FIELDS}
    ticks = " ; ".join(f"{tick.decision} = {_written(tick.place)}" for tick in places.ticks)
    return {CRITERION: name, PART: places.criterion.part, CELL: _written(places.criterion), **fields, TICKS: ticks}


def _places(said: Mapping[str, str]) -> CriterionPlaces:
    def place(text: str, column: str) -> Place:
        found = _CELL.match(text.upper())
        if not found:
            raise InvalidInput(
                f"{said[CRITERION]}, colonne «\u00a0{column}\u00a0»\u00a0: «\u00a0{text}\u00a0» n’est pas une case\u00a0; "
                "écrivez par exemple D12."
            )
        return Place(part=said[PART], row=int(found[2]), column=_number(found[1]))

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
    letters, number = "", place.column
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{place.row}"


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
