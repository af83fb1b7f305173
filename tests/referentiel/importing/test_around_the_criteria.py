"""What stands around the criteria of a file: its title and certifier, the jury's rules, sums, épreuves, what is handed in."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant.referentiel.authoring.importing import Imported, import_file
from assistant.referentiel.authoring.modalities import handed_in, of_modality

HEADS = "<tr><th>Compétences</th><th>Modalités d’évaluation</th><th>Critères d’évaluation</th><th>Points</th></tr>"
ROWS = (
    "<tr><td rowspan=2>C1.1 Accueillir le client en boutique</td><td rowspan=2><p>{title}</p><p>{handed}</p></td>"
    "<td>Le client est salué</td><td>2</td></tr><tr><td>La demande est notée</td><td>3</td></tr>"
    "<tr><td colspan=3>Total du bloc</td><td>{total}</td></tr>"
)
PAGE = (
    "<h1>Agent de comptoir</h1><p>Organisme certificateur : Atelier du comptoir</p><h2>Bloc 1 – Servir</h2>"
    "<table>{heads}{rows}</table><h2>Composition et règles du jury</h2><ul>"
    "<li>Le jury est composé de deux membres au moins.</li>"
    "<li>Un bloc est acquis si la note est au moins de 10 sur 20.</li></ul>"
)


def imported(folder: Path, total: str = "5", title: str = "Présentation orale", handed: str = "") -> Imported:
    path = folder / "titre.html"
    rows = ROWS.format(title=title, handed=handed or "Livrable : un carnet de bord", total=total)
    path.write_text(PAGE.format(heads=HEADS, rows=rows), encoding="utf-8")
    return import_file(path)


def bloc(found: Imported) -> Any:
    return found.content["blocs"][0]


def test_a_row_that_adds_points_up_is_no_competence_and_is_compared(tmp_path: Path) -> None:
    found = imported(tmp_path)
    assert [one["id"] for one in bloc(found)["competences"]] == ["C1.1"]
    assert [one["points"] for one in bloc(found)["criteria"]] == [2, 3]
    assert not [one for one in found.doubts if one.kind in {"points", "no_criteria"}]
    (doubt,) = (one for one in imported(tmp_path, total="7").doubts if one.kind == "points")
    assert "font 5 points" in doubt.text
    assert found.account.unaccounted == 0


def test_headings_are_one_line_of_the_list(tmp_path: Path) -> None:
    found = imported(tmp_path)
    assert len([one for one in found.doubts if one.kind == "headings"]) == 1
    assert not [one for one in found.doubts if one.kind == "unplaced"]


def test_the_certifier_and_every_rule_of_the_jury_find_their_places(tmp_path: Path) -> None:
    content = imported(tmp_path).content
    assert content["certifier"] == "Atelier du comptoir"
    assert len(content["jury_rules"]) == 2


def test_what_is_handed_in_is_a_deliverable_and_leaves_an_oral_an_oral(tmp_path: Path) -> None:
    (epreuve,) = bloc(imported(tmp_path))["modalities"]
    assert epreuve["kind"] == "oral"
    assert [one["text"] for one in epreuve["deliverables"]] == ["un carnet de bord"]


@pytest.mark.parametrize(
    ("said", "things"),
    [
        ("Livrables : compte rendu, photographies avant/après et fiche de traçabilité",
         ["compte rendu", "photographies avant/après", "fiche de traçabilité"]),
        ("Livrable(s) attendu(s) : un carnet", ["un carnet"]),
        ("Livrable : dossier de 10 pages, remis 15 jours avant", ["dossier de 10 pages, remis 15 jours avant"]),
        ("Le livrable est remis au centre.", []),
    ],
)  # fmt: skip
def test_things_handed_in_are_told_one_by_one(said: str, things: list[str]) -> None:
    assert handed_in(said) == things


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Mise en situation pratique de 2 heures en atelier", "production_sur_poste"),
        ("Présentation orale de 20 minutes", "oral"),
        ("Mise en situation écrite", "mise_en_situation_ecrite"),
        ("Dossier professionnel", "dossier"),
    ],
)
def test_an_epreuve_is_what_its_title_says(title: str, kind: str) -> None:
    assert of_modality(title, f"{title} Livrable : dossier de diagnostic") == kind


def test_a_workbook_s_title_stands_over_its_table_and_a_sheet_s_name_heads_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Conseiller en réemploi d’objets"])
    page.merge_cells("A1:C1")
    page.append(["Compétences", "Critères", "Barème"])
    page.append(["C1 Accueillir le client", "Le client est salué", 2])
    jury = book.create_sheet("Jury")
    jury.append(["Un bloc est acquis si la note est au moins de 10 sur 20."])
    book.save(tmp_path / "titre.xlsx")
    found = import_file(tmp_path / "titre.xlsx")
    assert found.content["title"] == "Conseiller en réemploi d’objets"
    assert found.content["jury_rules"] == ["Un bloc est acquis si la note est au moins de 10 sur 20."]
    assert found.account.unaccounted == 0
