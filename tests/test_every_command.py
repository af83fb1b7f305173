"""Each command of the menu, asked once as the README says, by whoever has the machine's terminal."""

import json
import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import typer

from assistant.application.door import Application
from assistant.cli import app
from assistant.settings import Settings
from tests.application.house import House, housed
from tests.dossier.pages import lines, pdf
from tests.forking import forker

CRITERIA = (
    "BLOC 1 - Tenir un atelier",
    "C1.1 Organiser son poste de travail",
    "Critères d’évaluation",
    "- Le poste est rangé à la fin de chaque journée.",
    "- Les outils sont contrôlés avant chaque usage.",
)
DOSSIER = "J’ai relevé deux frictions dans le parcours du client, et j’ai compté 47 devis en mars."
ELSEWHERE = {
    "app": "tests/e2e",
    "evaluate": "tests/test_cli.py",
    "referentiel fill-grid": "tests/exporting/test_filling.py",
    "worker": "tests/worker",
}
"""What opens a server, takes long, or begins with an agreed review."""
NEEDS_MORE = {
    "model check": "PRELECTURE_MODEL",
    "queue pause": "PRELECTURE_QUEUE",
    "queue resume": "PRELECTURE_QUEUE",
    "queue status": "PRELECTURE_QUEUE",
}
"""What a fresh installation cannot do, and the word that says what is needed."""


AFTER = {
    "referentiel clues": ("referentiel", "import", "{folder}/own.pdf", "--output", "{folder}/to-clue.yaml"),
    "referentiel map-grid": ("referentiel", "grid", "efficacite-tpe-ia", "--output", "{folder}/to-map.xlsx"),
    "referentiel read-workbook": ("referentiel", "workbook", "efficacite-tpe-ia", "--output", "{folder}/to-read.xlsx"),
    "restore": ("backup", "{folder}/to-restore.zip"),
}
"""What reads a file that another command writes."""


@dataclass(frozen=True)
class Desk:
    """A terminal: the folder of its installation, the files it is asked about, and a session."""

    folder: Path
    files: Path
    session: str

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        named = [one.format(folder=self.files, session=self.session) for one in arguments]
        return forker().run(named, {**os.environ, "PRELECTURE_DATA_DIR": str(self.folder / "data"), "COLUMNS": "160"})


def commands() -> dict[str, tuple[str, ...]]:
    """The name of each command of the menu, with nothing after it."""

    def below(group: Any, before: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, one in group.commands.items():
            path = (*before, name)
            found |= below(one, path) if hasattr(one, "commands") else {" ".join(path): path}
        return found

    return below(typer.main.get_command(app), ())


ASKED: dict[str, tuple[str, ...]] = {
    "access": (),
    "audit export": ("--session", "{session}", "--output", "{folder}/case"),
    "audit verify": (),
    "backup": ("{folder}/backup.zip",),
    "batch": ("{folder}/dossiers", "--session", "{session}", "--no-wait"),
    "cohort": ("{folder}/dossiers", "-r", "efficacite-tpe-ia", "--json", "{folder}/cohort.json"),
    "compare": ("{folder}/a.pdf", "{folder}/b.pdf", "-r", "efficacite-tpe-ia", "--json", "{folder}/compared.json"),
    "db copy": ("--to", "sqlite:///{folder}/copy.db"),
    "doctor": (),
    "files copy": ("--to", "{folder}/files"),
    "model check": (),
    "people grant": ("quelquun@exemple.fr", "--role", "organiser"),
    "people list": (),
    "prompts list": (),
    "prompts show": ("reading",),
    "purge": ("--expired",),
    "queue pause": (),
    "queue resume": (),
    "queue status": (),
    "queue stop": ("--session", "{session}"),
    "read": ("{folder}/a.pdf", "--json", "{folder}/read.json"),
    "referentiel check": (),
    "referentiel clues": ("{folder}/to-clue.yaml", "--lent", "--output", "{folder}/clued.yaml"),
    "referentiel grid": ("efficacite-tpe-ia", "--output", "{folder}/grid.xlsx"),
    "referentiel import": ("{folder}/own.pdf", "--output", "{folder}/own.yaml", "--doubts", "{folder}/doubts.json"),
    "referentiel list": (),
    "referentiel map-grid": ("{folder}/to-map.xlsx", "efficacite-tpe-ia", "--output", "{folder}/map.json"),
    "referentiel read-workbook": ("{folder}/to-read.xlsx", "--output", "{folder}/read.yaml"),
    "referentiel show": ("efficacite-tpe-ia",),
    "referentiel workbook": ("efficacite-tpe-ia", "--output", "{folder}/book.xlsx"),
    "restore": ("{folder}/to-restore.zip",),
    "review": ("{folder}/a.pdf", "-r", "efficacite-tpe-ia", "--output", "{folder}/review.json"),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("terminal")
    house: House = housed(Application(Settings(data_dir=folder / "data")))
    house.candidate()
    house.app.engine.dispose()
    (folder / "own.pdf").write_bytes(pdf(lines(CRITERIA)))
    (folder / "dossiers").mkdir()
    for file, text in (("a.pdf", DOSSIER), ("b.pdf", DOSSIER + " J’ai rappelé chacun."), ("dossiers/1.pdf", DOSSIER)):
        (folder / file).write_bytes(pdf(lines([text])))
    return Desk(folder, folder, house.session)


def test_every_command_of_the_menu_is_tried() -> None:
    assert commands().keys() == {*ASKED, *ELSEWHERE}


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_command_does_what_it_is_asked_on_a_plain_installation(desk: Desk, name: str) -> None:
    if name in AFTER:
        assert desk.run(*AFTER[name]).returncode == 0
    there = elsewhere(desk) if name == "restore" else desk
    done = there.run(*commands()[name], *ASKED[name])
    said = done.stdout + done.stderr
    if name in NEEDS_MORE:
        assert (done.returncode, NEEDS_MORE[name] in said) == (1, True), said
        return
    assert done.returncode == 0, said
    for written in (one for one in done.args if one.startswith(str(desk.files))):
        assert Path(written).exists()


def elsewhere(desk: Desk) -> Desk:
    """An empty installation beside the first, asked about the same files."""
    return replace(desk, folder=desk.folder / "elsewhere")


def test_an_imported_referentiel_accounts_for_each_word_and_can_be_checked(desk: Desk) -> None:
    assert desk.run(*commands()["referentiel import"], *ASKED["referentiel import"]).returncode == 0
    doubts = json.loads((desk.files / "doubts.json").read_text(encoding="utf-8"))
    assert doubts["unaccounted_words"] == 0
    checked = desk.run("referentiel", "check", str(desk.files / "own.yaml"), "--source", str(desk.files / "own.pdf"))
    assert checked.returncode == 0, checked.stderr
