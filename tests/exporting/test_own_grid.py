"""The certifier's own grid is found by its words and filled without changing anything else in it."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.application.own_grids import report
from assistant.exporting.blank_grid import blank_grid
from assistant.exporting.grid import AiPart, Cited, Grid, GridCriterion
from assistant.exporting.own_grid.filling import BY_HAND, around, left_blank
from assistant.exporting.own_grid.mapping import GridMap, Place, Skipped
from assistant.exporting.own_grid.word import fill_docx, propose_docx
from assistant.exporting.own_grid.workbook import fill_xlsx, propose_xlsx
from assistant.referentiel.catalogue import load

CONTENT = load("cycle-client-ia").content
CRITERIA = tuple(CONTENT.criteria())
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def row(number: int, decision: str, points: float | None = None) -> GridCriterion:
    one = CRITERIA[number]
    seen = (Cited("Trois étapes sont décrites.", (4,), "own"),)
    return GridCriterion(
        one.id,
        one.text,
        "",
        (),
        one.competences,
        one.assessed_by,
        one.points,
        seen,
        (),
        (),
        (),
        decision,
        points,
        "Motif.",
    )


GRID = Grid(
    "collegial",
    "Juin 2026",
    None,
    "0417",
    "Titre",
    CONTENT.id,
    "1",
    "",
    "points",
    ("B0",),
    (),
    (row(0, "Acquis", 1.5), row(1, "Non acquis", 9.0)),
    10.5,
    20.0,
    "",
    "d.pdf",
    "ab",
    9,
    (),
    AiPart("extractive", "p", 0, 0, 0),
    NOW,
)


def workbook() -> bytes:
    """A certifier's grid: merged title, drop-down, a bounded number, ticks, a formula, a drawing's worth of styles."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Grille"
    sheet.merge_cells("A1:G1")
    sheet["A1"] = "Grille officielle"
    sheet["A2"], sheet["B2"] = "Candidat :", None
    for column, text in enumerate(
        ("Critère", "Constats", "Décision", "Acquis", "Non acquis", "Points", "Motivation"), 1
    ):
        sheet.cell(3, column, text)
    for place, criterion in enumerate(CRITERIA, start=4):
        sheet.cell(place, 1, f"{criterion.id} {criterion.text}")
    sheet["F13"] = "=SUM(F4:F12)"
    listed = DataValidation(type="list", formula1='"acquis,non acquis"')
    bounded = DataValidation(type="decimal", operator="between", formula1="0", formula2="2")
    for rule, cells in ((listed, "C4:C12"), (bounded, "F4:F12")):
        sheet.add_data_validation(rule)
        rule.add(cells)
    sheet["B4"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFEEAA")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WORKBOOK = workbook()


def test_criteria_columns_and_the_candidate_are_proposed_by_their_words() -> None:
    found = propose_xlsx(WORKBOOK, CONTENT)
    assert found.missing == ()
    first = found.map.criteria[CRITERIA[0].id]
    assert first.criterion == Place(part="Grille", row=4, column=1)
    assert {name: place.column for name, place in first.fields.items()} == {
        "findings": 2,
        "decision": 3,
        "points": 6,
        "motivation": 7,
    }
    assert [(tick.decision, tick.place.column) for tick in first.ticks] == [("Acquis", 4), ("Non acquis", 5)]
    assert found.map.heads["candidate"] == Place(part="Grille", row=2, column=2)


def filled(grid: Grid = GRID, map_: GridMap | None = None) -> tuple[Any, list[str], bytes]:
    made = fill_xlsx(WORKBOOK, map_ or propose_xlsx(WORKBOOK, CONTENT).map, grid)
    return openpyxl.load_workbook(io.BytesIO(made.data))["Grille"], whys(made.skipped), made.data


def whys(skipped: Iterable[Skipped]) -> list[str]:
    """Why cells were not written; what has no cell at all is tried apart."""
    return [one.why for one in skipped if not one.why.endswith(BY_HAND)]


def test_cells_are_filled_with_the_words_of_their_lists_and_all_else_stays() -> None:
    sheet, skipped, data = filled()
    assert sheet["B4"].value == "Trois étapes sont décrites. (p.\u00a04)"
    assert (sheet["C4"].value, sheet["C5"].value) == ("acquis", "non acquis")
    assert (sheet["D4"].value, sheet["E4"].value, sheet["E5"].value) == ("X", None, "X")
    assert (sheet["F4"].value, sheet["F13"].value, sheet["B2"].value) == (1.5, "=SUM(F4:F12)", "0417")
    assert sheet["B4"].fill.fgColor.rgb == "00FFEEAA"
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:G1"]
    assert len(sheet.data_validations.dataValidation) == 2
    with zipfile.ZipFile(io.BytesIO(data)) as after, zipfile.ZipFile(io.BytesIO(WORKBOOK)) as before:
        assert after.namelist() == before.namelist()
        assert after.read("xl/styles.xml") == before.read("xl/styles.xml")
    assert skipped == ["la case F5 n’accepte pas «\u00a09\u00a0»"]


def test_a_decision_that_the_list_has_not_is_not_written() -> None:
    grid = replace(GRID, rows=(replace(GRID.rows[0], decision="En cours"),))
    sheet, skipped, _ = filled(grid)
    assert sheet["C4"].value is None
    assert skipped == ["la liste de la case C4 n’a pas «\u00a0En cours\u00a0»"]


def test_a_list_that_newer_excel_keeps_apart_is_respected() -> None:
    """Its values stand on another sheet: Excel writes the rule in an extension of the sheet's XML."""
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOK))
    for number, word in enumerate(("Validé", "acquis"), 1):
        (book["Listes"] if number > 1 else book.create_sheet("Listes")).cell(number, 1, word)
    book["Grille"].data_validations.dataValidation = []
    out = io.BytesIO()
    book.save(out)
    data = with_extension(out.getvalue(), "C4:C12", "Listes!$A$1:$A$2")
    made = fill_xlsx(data, propose_xlsx(data, CONTENT).map, GRID)
    sheet = openpyxl.load_workbook(io.BytesIO(made.data))["Grille"]
    assert (sheet["C4"].value, sheet["C5"].value) == ("acquis", None)
    assert whys(made.skipped) == ["la liste de la case C5 n’a pas «\u00a0Non acquis\u00a0»"]


def with_extension(data: bytes, cells: str, values: str) -> bytes:
    """The workbook with one more drop-down on its first sheet, as Excel since 2010 writes it."""
    rule = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        f'<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>{values}</xm:f></x14:formula1>'
        f"<xm:sqref>{cells}</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</worksheet>", rule.encode())
            target.writestr(item, content)
    return out.getvalue()


def test_the_certifiers_word_for_a_decision_is_used_where_it_was_given() -> None:
    map_ = propose_xlsx(WORKBOOK, CONTENT).map.model_copy(update={"words": {"En cours": "non acquis"}})
    sheet, _, _ = filled(replace(GRID, rows=(replace(GRID.rows[0], decision="En cours"),)), map_)
    assert sheet["C4"].value == "non acquis"


def merged() -> bytes:
    """The same workbook, with one cell for the motivation, and one for the decision, of the first two criteria."""
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOK))
    for cells in ("C4:C5", "G4:G5"):
        book["Grille"].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("second", ["Acquis", "Non acquis"])
def test_a_cell_beside_two_criteria_holds_the_words_of_both_and_only_a_decision_that_is_theirs(second: str) -> None:
    data = merged()
    rows = (GRID.rows[0], replace(GRID.rows[1], motivation="Autre motif.", decision=second))
    made = fill_xlsx(data, propose_xlsx(data, CONTENT).map, replace(GRID, rows=rows))
    sheet = openpyxl.load_workbook(io.BytesIO(made.data))["Grille"]
    one, two = rows[0].id, rows[1].id
    assert sheet["G4"].value == f"{one}\u00a0: Motif.\n{two}\u00a0: Autre motif."
    assert sheet["C4"].value == ("acquis" if second == "Acquis" else None)
    told = [skip for skip in made.skipped if skip.field == "decision"]
    assert [skip.criterion for skip in told] == ([] if second == "Acquis" else [one, two])


def test_a_formula_is_never_written_over() -> None:
    map_ = propose_xlsx(WORKBOOK, CONTENT).map.model_copy(
        update={"heads": {"total": Place(part="Grille", row=13, column=6)}}
    )
    sheet, skipped, _ = filled(GRID, map_)
    assert sheet["F13"].value == "=SUM(F4:F12)"
    assert "cette case contient une formule (F13)" in skipped


def test_text_that_looks_like_a_formula_stays_text() -> None:
    grid = replace(GRID, rows=(replace(GRID.rows[0], motivation="=HYPERLINK(1)"),))
    sheet, _, _ = filled(grid)
    assert (sheet["G4"].value, sheet["G4"].data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_our_own_empty_grid_is_recognised_whole(form: str) -> None:
    data = blank_grid(CONTENT, form, NOW, "prelecture")
    found = (propose_docx if form == "docx" else propose_xlsx)(data, CONTENT)
    assert found.missing == ()
    assert all("motivation" in one.fields and "decision" in one.fields for one in found.map.criteria.values())


def word() -> bytes:
    document = docx.Document()
    table = document.add_table(1 + len(CRITERIA), 4)
    for cell, text in zip(table.rows[0].cells, ("Critères", "Éléments observés", "Avis", "Motifs"), strict=True):
        cell.text = text
    for line, criterion in zip(table.rows[1:], CRITERIA, strict=True):
        line.cells[0].text = criterion.text
        line.cells[2].text = "☐ Acquis  ☐ Non acquis"
        line.cells[3].paragraphs[0].add_run("……").bold = True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_grid_keeps_its_formats_and_ticks_the_box_of_the_decision() -> None:
    data = word()
    made = fill_docx(data, propose_docx(data, CONTENT).map, GRID)
    table = docx.Document(io.BytesIO(made.data)).tables[0]
    assert table.cell(1, 1).text == "Trois étapes sont décrites. (p.\u00a04)"
    assert [table.cell(line, 2).text for line in (1, 2, 3)] == [
        "☒ Acquis  ☐ Non acquis",
        "☐ Acquis  ☒ Non acquis",
        "☐ Acquis  ☐ Non acquis",
    ]
    assert (table.cell(1, 3).text, table.cell(1, 3).paragraphs[0].runs[0].bold) == ("Motif.", True)
    assert whys(made.skipped) == []


def test_a_word_cell_merged_beside_two_criteria_holds_the_words_of_both() -> None:
    document = docx.Document(io.BytesIO(word()))
    table = document.tables[0]
    table.cell(1, 3).merge(table.cell(2, 3))
    out = io.BytesIO()
    document.save(out)
    made = fill_docx(out.getvalue(), propose_docx(out.getvalue(), CONTENT).map, GRID)
    said = docx.Document(io.BytesIO(made.data)).tables[0].cell(1, 3).text
    assert said == "\n".join(f"{one.id}\u00a0: Motif." for one in GRID.rows)


def one_column(points: str = "      / 2") -> bytes:
    """A grid as certifiers print them: points out of so many, and one column for what the jury says."""
    document = docx.Document()
    table = document.add_table(1 + len(CRITERIA), 3)
    for cell, text in zip(table.rows[0].cells, ("Critère", "Points obtenus", "Observations du jury"), strict=True):
        cell.text = text
    for line, criterion in zip(table.rows[1:], CRITERIA, strict=True):
        line.cells[0].text = criterion.text
        line.cells[1].text = points
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_jury_s_text_stands_in_the_one_column_of_observations_and_what_is_printed_stays() -> None:
    data = one_column()
    map_ = propose_docx(data, CONTENT).map
    drafted = replace(GRID.rows[0], observations=(Cited("« Neuf heures »", (4,), "ai"),), decision="1 / 2", points=1.0)
    open_one = replace(GRID.rows[1], decision="", points=None, motivation="", observations=())
    grid = replace(GRID, rows=(drafted, open_one), total=None)
    made = fill_docx(data, map_, grid)
    table = docx.Document(io.BytesIO(made.data)).tables[0]
    assert table.cell(1, 1).text == "1 / 2"
    assert table.cell(1, 2).text.split("\n") == [
        "Motif.", "«\u00a0Neuf heures\u00a0» (p.\u00a04) – proposé par le programme, repris"
    ]  # fmt: skip
    assert table.cell(2, 1).text.strip() == "/ 2"
    told = report(made.skipped, left_blank(map_, grid)).split("\n")
    assert told[0] == "Grille remplie en partie\u00a0: 1 critère décidé sur 2."
    assert f"{open_one.id}\u00a0: aucune décision, qui reste vide" in told
    assert any("Candidat, «\u00a00417\u00a0»" in line for line in told)


def test_all_is_written_is_said_only_where_it_is() -> None:
    data = one_column()
    map_ = propose_docx(data, CONTENT).map
    whole = replace(GRID, candidate="", session="", total=None)
    assert report(fill_docx(data, map_, whole).skipped, left_blank(map_, whole)) == "Tout a été écrit."
    asked = replace(whole, rows=(replace(GRID.rows[0], questions=(Cited("Combien ?", (), "own"),)), GRID.rows[1]))
    told = report(fill_docx(data, map_, asked).skipped, left_blank(map_, asked))
    assert f"{GRID.rows[0].id}\u00a0: pas de case pour les questions" in told


@pytest.mark.parametrize(
    ("held", "text", "said"),
    [
        ("/ 2", "1", "1 / 2"),
        ("……/2", "1,5", "1,5/2"),
        ("Note : ____ / 4", "3", "Note : 3 / 4"),
        ("/ 2", "1 / 2", "1 / 2"),
        ("points", "2", "2 points"),
        ("…………………", "Motif.", "Motif."),
        ("(à compléter)", "Motif.", "Motif."),
        ("Motivation :", "Motif.", "Motivation : Motif."),
        ("", "Motif.", "Motif."),
        ("Texte du jury", "Motif.", "Texte du jury Motif."),
        ("Textes cités", "Motif.", "Textes cités Motif."),
        ("Écrire au crayon noir", "Motif.", "Écrire au crayon noir Motif."),
        ("Saisie du jury :", "Motif.", "Saisie du jury : Motif."),
        ("Choisir 2 points sur 4", "Motif.", "Choisir 2 points sur 4 Motif."),
        ("(facultatif)", "Motif.", "(facultatif) Motif."),
        ("Points forts :", "Motif.", "Points forts : Motif."),
        ("Sur le fond :", "Motif.", "Sur le fond : Motif."),
        ("Nom : …… Prénom : ……", "0417", "Nom : 0417 Prénom : ……"),
        ("Le jury :……avis : ____", "A… b.", "Le jury : A… b. avis : ____"),
        ("Le __ / __ / ____", "1er juin 2026", "Le 1er juin 2026"),
        ("Note : …… / 20", "12", "Note : 12 / 20"),
        ("[texte]", "Motif.", "Motif."),
        ("<motivation>", "Motif.", "Motif."),
        ("Saisissez ici…", "Motif.", "Motif."),
        ("À compléter par le jury", "Motif.", "Motif."),
        ("Cliquez ou appuyez ici pour entrer du texte.", "Motif.", "Motif."),
        ("Click or tap here to enter text.", "Motif.", "Motif."),
        ("Choisissez un élément.", "Motif.", "Motif."),
    ],
)
def test_what_is_printed_in_a_cell_stays(held: str, text: str, said: str) -> None:
    assert around(held, text) == said


def test_a_workbook_keeps_what_is_printed_in_a_cell_too() -> None:
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOK))
    book["Grille"]["F4"] = "/ 2"
    book["Grille"].data_validations.dataValidation = []
    out = io.BytesIO()
    book.save(out)
    made = fill_xlsx(out.getvalue(), propose_xlsx(out.getvalue(), CONTENT).map, GRID)
    assert openpyxl.load_workbook(io.BytesIO(made.data))["Grille"]["F4"].value == "1,5 / 2"
