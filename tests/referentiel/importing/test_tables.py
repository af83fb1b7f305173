"""What a table says by its shape: columns, merged cells, headings between rows."""

from pathlib import Path
from typing import Any

import pytest

from assistant.referentiel.authoring.importing import Imported, import_file
from assistant.referentiel.catalogue import load_file

HEAD = "<tr><th>Compétences</th><th>Critères d’évaluation</th></tr>"


def imported(tmp_path: Path, body: str) -> Imported:
    path = tmp_path / "source.html"
    path.write_text(f"<html lang=fr><body>{body}</body></html>", encoding="utf-8")
    return import_file(path)


def criteria(found: Imported) -> list[dict[str, Any]]:
    return [criterion for bloc in found.content["blocs"] for criterion in bloc["criteria"]]


def texts(found: Imported) -> list[str]:
    return [criterion["text"] for criterion in criteria(found)]


def test_each_line_beside_a_competence_is_a_criterion_of_it(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"<table>{HEAD}<tr><td>C1 - Tenir la caisse</td>"
        "<td><p>Le fond est compté</p><p>Les écarts sont expliqués</p></td></tr></table>",
    )
    assert texts(found) == ["Le fond est compté", "Les écarts sont expliqués"]
    assert all(criterion["competences"] == ["C1"] for criterion in criteria(found))


def test_a_cell_beside_several_competences_serves_each(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"<table>{HEAD}<tr><td>C1 - Tenir la caisse</td><td rowspan=2><p>Le client est salué</p></td></tr>"
        "<tr><td>C2 - Ranger le rayon</td></tr></table>",
    )
    assert criteria(found)[0]["competences"] == ["C1", "C2"]


def test_a_row_over_all_columns_opens_a_bloc(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"<table>{HEAD}<tr><td colspan=2>Bloc 2 : Vendre</td></tr>"
        "<tr><td>C4 - Conseiller</td><td>Le besoin est dit</td></tr></table>",
    )
    assert [(bloc["source_code"], bloc["title"]) for bloc in found.content["blocs"]] == [("Bloc 2", "Vendre")]


def test_sub_bullets_belong_to_their_criterion(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"<table>{HEAD}<tr><td>C1 - Servir</td>"
        "<td><p>Le plateau comprend :</p><ul><li>le verre</li><li>la tasse</li></ul></td></tr></table>",
    )
    assert [c["indicators"] for c in criteria(found)] == [["le verre", "la tasse"]]


def test_boxes_to_tick_are_no_criteria_and_tell_the_scale(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"<table>{HEAD}<tr><td>C1 - Servir</td>"
        "<td><p>Le client est servi</p><p>☐ Acquis ☐ Non acquis</p></td></tr></table>",
    )
    assert texts(found) == ["Le client est servi"]
    assert found.content["scale"] == "acquis"


def test_a_file_without_criteria_says_so(tmp_path: Path) -> None:
    found = imported(tmp_path, "<h1>Liste des compétences</h1><ul><li>C1 - Servir</li><li>C2 - Ranger</li></ul>")
    assert "no_criteria" in {doubt.kind for doubt in found.doubts}


@pytest.mark.parametrize(
    "body", ["<p>Rien ici.</p>", f"<table>{HEAD}<tr><td>C1 - Servir</td><td>Le thé est bu</td></tr></table>"]
)
def test_every_word_is_placed_or_listed(tmp_path: Path, body: str) -> None:
    found = imported(tmp_path, body)
    assert found.account.unaccounted == 0
    assert found.account.placed + found.account.listed > 0


def test_what_is_written_is_a_referentiel_of_the_catalogue(tmp_path: Path) -> None:
    found = imported(tmp_path, f"<table>{HEAD}<tr><td>C1 - Servir</td><td>Le thé est servi chaud</td></tr></table>")
    written = tmp_path / "source.yaml"
    written.write_text(found.as_yaml(), encoding="utf-8")
    assert [c.text for c in load_file(written).content.criteria()] == ["Le thé est servi chaud"]


def test_a_competence_behind_the_end_of_one_that_a_page_has_cut_is_another(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        f"<table>{HEAD}<tr><td>Tenir la caisse du</td><td>Le fond est compté</td></tr>"
        "<tr><td><p>magasin</p><p>Ranger le rayon</p></td><td>Le rayon est plein</td></tr></table>",
    )
    assert [c["text"] for c in found.content["blocs"][0]["competences"]] == [
        "Tenir la caisse du magasin",
        "Ranger le rayon",
    ]


def test_two_headings_in_one_cell_head_a_column_each(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "<table><tr><th>Compétences</th><th colspan=2>MODALITÉS D’ÉVALUATION CRITÈRES D’ÉVALUATION</th></tr>"
        "<tr><td>C1 - Tenir la caisse</td><td>Dossier écrit</td><td>Le fond est compté</td></tr></table>",
    )
    assert texts(found) == ["Le fond est compté"]
