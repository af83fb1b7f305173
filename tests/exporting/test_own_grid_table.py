"""The certifier's grid is mapped in rows that a person corrects: what is written there is what is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidInput
from assistant.exporting.own_grid.mapping import FIELDS, CriterionPlaces, GridMap, Place, Tick
from assistant.exporting.own_grid.proposing import GridCell
from assistant.exporting.own_grid.table import CELL, CRITERION, PART, TITLES, rows_of, sheets_of, with_rows

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


def test_a_table_of_a_word_document_is_counted_from_one_and_read_back() -> None:
    places = CriterionPlaces(criterion=Place(part="0", row=3, column=2), fields={})
    map_ = _map({"Cr1": places}).model_copy(update={"form": "docx"})
    (row,) = rows_of(map_, ["Cr1"])
    assert row[PART] == "Tableau 1"
    assert with_rows(map_, [row]) == map_
    with pytest.raises(InvalidInput, match="Tableau 1"):
        with_rows(map_, [{**row, PART: "premier"}])


def test_the_cells_of_a_grid_are_shown_by_the_names_that_the_rows_use() -> None:
    cells = [
        GridCell(Place(part="0", row=2, column=2), "Le client est salué"),
        GridCell(Place(part="1", row=1, column=1), "x"),
    ]
    shown = sheets_of("docx", cells)
    assert shown["Tableau 1"][1] == {"": "2", "A": "", "B": "Le client est salué"}
    assert list(shown) == ["Tableau 1", "Tableau 2"]


def test_what_is_no_cell_is_named_by_criterion_and_column() -> None:
    with pytest.raises(InvalidInput, match=r"Cr1, colonne «\sDécision\s»"):
        with_rows(_map({}), [{CRITERION: "Cr1", CELL: "B7", TITLES["decision"]: "ligne 7"}])
