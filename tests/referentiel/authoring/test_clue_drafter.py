"""A new référentiel gets requirements in its own words and clues of its own; a person checks them."""

from pathlib import Path

import yaml
from typer.testing import CliRunner

from assistant.cli import app
from assistant.llm.answers import CluesAnswer
from assistant.llm.calls import CallStore
from assistant.llm.client import ModelClient
from assistant.llm.endpoint import Completion
from assistant.referentiel.authoring.clue_drafter import with_clues
from assistant.referentiel.catalogue import load_file
from assistant.referentiel.model import Bloc, Criterion, Referentiel

TEXT = "Le candidat présente deux devis et justifie son choix."
NEW = Referentiel(
    id="nouveau", version="1", scale="acquis", blocs=(Bloc(id="B1", criteria=(Criterion(id="C1", text=TEXT),)),)
)


class Says:
    """An endpoint that always gives the same answer."""

    def __init__(self, *sets: tuple[str, list[str]]) -> None:
        made = CluesAnswer.model_validate({"requirements": [{"requirement": r, "clues": c} for r, c in sets]})
        self._text = made.model_dump_json()

    def get_ready(self) -> None: ...

    def complete(self, *_: object) -> Completion:
        return Completion(self._text, 1, 1)


def drafted(folder: Path, *sets: tuple[str, list[str]]) -> tuple[Criterion, int, int]:
    client = ModelClient(Says(*sets), "m", "json_schema", CallStore(folder), 0.0)
    made = with_clues(NEW, client, 10_000)
    return next(made.referentiel.criteria()), made.strayed, made.repeated


def test_requirements_are_the_criterion_s_own_words(tmp_path: Path) -> None:
    criterion, strayed, _ = drafted(
        tmp_path, ("présente deux devis", ["celui d’Aubert à 410 €"]), ("compare trois banques", ["le taux à 3 %"])
    )
    assert [r.text for r in criterion.requirements] == ["présente deux devis"]
    assert strayed == 1


def test_without_any_of_its_own_words_the_criterion_stands_whole(tmp_path: Path) -> None:
    criterion, _, _ = drafted(tmp_path, ("compare trois banques", ["le taux à 3 %"]))
    assert [(r.text, r.clues) for r in criterion.requirements] == [(TEXT, ("le taux à 3 %",))]


def test_clues_that_say_nothing_new_are_left_out(tmp_path: Path) -> None:
    criterion, _, repeated = drafted(
        tmp_path,
        ("présente deux devis", ["celui d’Aubert à 410 €", "deux devis"]),
        ("justifie son choix", ["Celui d’Aubert à 410 €", "moins cher et livré mardi"]),
    )
    assert [r.clues for r in criterion.requirements] == [("celui d’Aubert à 410 €",), ("moins cher et livré mardi",)]
    assert repeated == 2


def test_the_command_writes_a_file_that_loads_and_leaves_the_source(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("PRELECTURE_MODEL", "fake")
    monkeypatch.setenv("PRELECTURE_DATA_DIR", str(tmp_path / "data"))
    source, output = tmp_path / "nouveau.yaml", tmp_path / "relire.yaml"
    source.write_text(yaml.safe_dump(NEW.model_dump(mode="json", exclude_defaults=True)), encoding="utf-8")
    before = source.read_bytes()
    done = CliRunner().invoke(app, ["referentiel", "clues", str(source), "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert "1 critères complétés" in done.output
    (criterion,) = load_file(output).content.criteria()
    assert len(criterion.requirements[0].clues) == 6
    assert source.read_bytes() == before
