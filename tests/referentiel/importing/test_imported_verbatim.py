"""A référentiel that is held against its source: every text stands there word for word, or is named."""

from pathlib import Path

from assistant.referentiel.authoring.importing import import_file
from assistant.referentiel.authoring.sources.reading import read_source
from assistant.referentiel.authoring.verbatim import strays
from assistant.referentiel.model import Referentiel

PAGE = (
    "<table><tr><th>Compétences</th><th>Critères d’évaluation</th></tr>"
    "<tr><td>C1 - Servir</td><td>Le thé est servi chaud</td></tr></table>"
)


def test_an_import_stands_in_its_source_and_a_reworded_criterion_does_not(tmp_path: Path) -> None:
    path = tmp_path / "source.html"
    path.write_text(PAGE, encoding="utf-8")
    content = import_file(path).content
    assert strays(Referentiel.model_validate(content), read_source(path)) == []
    content["blocs"][0]["criteria"][0]["text"] = "Le thé est servi brûlant"
    assert strays(Referentiel.model_validate(content), read_source(path)) == ["Le thé est servi brûlant"]
