"""A référentiel in the shapes in which certifiers publish theirs is found again: words, places, codes, nothing more."""

from pathlib import Path

import pytest

from assistant.places import REFERENTIELS
from assistant.referentiel.authoring.importing import import_file
from assistant.referentiel.catalogue import load_file
from benchmarks.importing.__main__ import measured
from benchmarks.importing.paper import Paper
from benchmarks.importing.shapes import PROSE, _shapes

SHAPES = (
    "fc.pdf",
    "fc-nocode.pdf",
    "jury.pdf",
    "jury-oneline.pdf",
    "reac.pdf",
    "annexe.pdf",
    "beside.docx",
    "form.html",
    "web.html",
)
CASES = [
    *(("cycle-client-ia", ending) for ending in SHAPES),
    *(("efficacite-tpe-ia", ending) for ending in ("jury-oneline.pdf", "beside.docx", "form.html")),
]


@pytest.mark.parametrize(("name", "ending"), CASES)
def test_a_published_shape_gives_its_criteria_back(name: str, ending: str, tmp_path: Path) -> None:
    referentiel = load_file(REFERENTIELS / f"{name}.yaml").content
    make, gold = next((make, gold) for one, make, gold in _shapes(referentiel, name) if one == ending)
    found = measured(make(referentiel, tmp_path / f"{name}-{ending}"), gold)
    assert (found.words, found.places, found.wrong, found.unaccounted) == (found.criteria, found.criteria, 0, 0)
    assert (found.codes, found.points) == (found.codes_printed, found.points_printed)


def test_a_form_gives_each_label_with_its_own_lines_and_no_button(tmp_path: Path) -> None:
    page = tmp_path / "form.html"
    page.write_text(
        "<form><fieldset><legend>Bloc 1 – Servir</legend><h3>C1.1 Tenir la caisse</h3>"
        "<div><label>Le fonds de caisse est juste</label><ul><li>Les pièces sont comptées</li></ul>"
        "<label><input type=radio> Acquis</label><label><input type=radio> Non acquis</label></div>"
        "<label>Avis du jury <select><option>Validé<option>Non validé</select></label><button>Envoyer</button></form>",
        encoding="utf-8",
    )
    content = import_file(page).content
    (criterion,) = content["blocs"][0]["criteria"]
    assert (criterion["text"], criterion["indicators"]) == (
        "Le fonds de caisse est juste",
        ["Les pièces sont comptées"],
    )


def test_a_reglement_without_a_grid_says_that_it_asks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reglement.pdf"
    paper = Paper(path, wide=False)
    paper.write("Règlement d’examen", bold=True, size=18)
    for text in PROSE:
        paper.write(text, before=4)
    paper.save()
    found = import_file(path)
    assert [bloc["criteria"] for bloc in found.content["blocs"] if bloc["criteria"]] == []
    assert any(doubt.kind == "no_criteria" for doubt in found.doubts)
    assert found.account.unaccounted == 0
