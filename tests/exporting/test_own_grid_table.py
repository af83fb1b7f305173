"""The certifier's grid is mapped in rows that a person corrects: what is written there is what is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidInput
from assistant.exporting.own_grid.mapping import FIELDS, CriterionPlaces, GridMap, Place, Tick
from assistant.exporting.own_grid.table import CELL, CRITERION, TITLES, rows_of, with_rows

CELLS = st.builds(Place, part=st.just("Grille"), row=st.integers(1, 9999), column=st.integers(1, 700))
TICKS = st.lists(st.builds(Tick, decision=st.sampled_from(["Acquis", "Non acquis"]), place=CELLS), max_size=2)
PLACES = st.builds(
    CriterionPlaces, criterion=CELLS, fields=st.dictionaries(st.sampled_from(FIELDS), CELLS), ticks=TICKS.map(tuple)
)


def _map(criteria: dict[str, CriterionPlaces]) -> GridMap:
    return GridMap(form="xlsx", template_sha256="0" * 64, criteria=criteria)


@given(st.dictionaries(st.sampled_from(["Cr1", "Cr2", "Cr3"]), PLACES))
def test_rows_say_the_whole_map(criteria: dict[str, CriterionPlaces]) -> None:
    map_ = _map(criteria)
    assert with_rows(_map({}), rows_of(map_, ["Cr1", "Cr2", "Cr3"])) == map_


def test_a_criterion_that_no_cell_holds_is_put_in_its_place_by_hand() -> None:
    (row,) = rows_of(_map({}), ["Cr1"])
    made = with_rows(_map({}), [{**row, "Feuille ou tableau": "Jury", CELL: "b7", TITLES["decision"]: "E7"}])
    assert made.criteria["Cr1"].criterion == Place(part="Jury", row=7, column=2)
    assert made.criteria["Cr1"].fields == {"decision": Place(part="Jury", row=7, column=5)}


def test_what_is_no_cell_is_named_by_criterion_and_column() -> None:
    with pytest.raises(InvalidInput, match=r"Cr1, colonne «\sDécision\s»"):
        with_rows(_map({}), [{CRITERION: "Cr1", CELL: "B7", TITLES["decision"]: "ligne 7"}])
