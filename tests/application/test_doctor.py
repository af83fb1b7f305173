"""What `prelecture doctor` says: each fault of the machine on its own line, with what to do."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.access.actor import LOCAL, OPERATOR
from assistant.application.doctor import Finding, Machine, examine
from assistant.application.doctor_files import GIGABYTE
from assistant.application.doctor_workers import findings
from assistant.errors import AccessDenied
from assistant.llm.stub import StubModel
from assistant.settings import Settings
from assistant.store.workers import WorkerRecord

ALL_FONTS = "DejaVu Sans\nLiberation Serif\nCarlito\n"


def machine(programs: Mapping[str, str] | None = None, **others: Any) -> Machine:
    """One where all is as it should be, besides what is said."""
    there = {"tesseract": "fra eng", "fc-list": ALL_FONTS, "soffice": ""} if programs is None else programs
    known: dict[str, Any] = {
        "which": lambda name: f"/nowhere/{name}" if name in there else None,
        "output": lambda command: there[command[0]],
        "free": lambda _: 100 * GIGABYTE,
        "module": lambda _: True,
    }
    return Machine(**{**known, **others})


def lines(settings: Settings, here: Machine | None = None) -> dict[str, Finding]:
    return {one.name: one for one in examine(OPERATOR, settings, here or machine())}


def test_an_installation_that_has_all_it_needs_has_nothing_to_do(settings: Settings) -> None:
    found = lines(settings)
    assert [(one.state, one.to_do) for one in found.values()] == [("ok", "")] * len(found)
    assert set(found) == {
        "Environnement", "Dossier de données", "Disque", "Base de données", "Horloge", "Reconnaissance de caractères",
        "LibreOffice", "Polices", "Modèle", "Masquage des noms",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "here", "state", "to_do"),
    [
        ("Disque", machine(free=lambda _: 2 * GIGABYTE), "warning", "5\u00a0Go"),
        ("Disque", machine(free=lambda _: 1000), "fault", "Libérez"),
        ("Horloge", machine(clock=lambda: time.time() - 3600), "fault", "NTP"),
        ("Horloge", machine(clock=lambda: time.time() + 20), "warning", "NTP"),
        ("LibreOffice", machine({}), "warning", "libreoffice-writer"),
        ("Polices", machine({"fc-list": "DejaVu Sans"}), "warning", "fonts-liberation"),
        ("Polices", machine({}), "warning", "fontconfig"),
        ("Reconnaissance de caractères", machine({"tesseract": "eng"}), "warning", "tesseract-ocr-fra"),
        ("Reconnaissance de caractères", machine({}), "warning", "tesseract-ocr"),
        ("Reconnaissance de caractères", machine({}, module=lambda _: False), "fault", "Réinstallez"),
    ],
)
def test_what_is_missing_is_said_with_what_to_do(
    line: str, here: Machine, state: str, to_do: str, settings: Settings
) -> None:
    found = lines(settings, here)[line]
    assert found.state == state
    assert to_do in found.to_do


def test_a_database_that_does_not_open_is_told_beside_all_the_rest(settings: Settings) -> None:
    away = settings.model_copy(update={"database_url": "postgresql://nobody@127.0.0.1:9/none"})
    found = lines(away)
    assert found["Base de données"].state == "fault"
    assert "PRELECTURE_DATABASE_URL" in found["Base de données"].to_do
    assert found["Disque"].state == "ok"


def test_a_data_folder_that_others_can_read_is_told(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True)
    settings.data_dir.chmod(0o755)
    assert "chmod 700" in lines(settings)["Dossier de données"].to_do


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_a_data_folder_that_cannot_be_written_is_a_fault(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert lines(settings.model_copy(update={"data_dir": tmp_path / "closed"}))["Dossier de données"].state == "fault"


def test_the_model_is_called_once_and_one_that_is_away_is_a_fault(settings: Settings) -> None:
    with StubModel() as model:
        found = lines(settings.model_copy(update={"model": "stub", "model_base_url": model.address}))
        assert found["Modèle"].state == "ok"
        assert len(model.received) == 1
    away = settings.model_copy(update={"model": "stub", "model_base_url": "http://127.0.0.1:9/v1"})
    quick = away.model_copy(update={"model_patience": 1.0})
    assert lines(quick)["Modèle"].state == "fault"


def test_a_model_without_what_hides_names_is_a_fault(settings: Settings) -> None:
    away = settings.model_copy(update={"model": "stub", "model_base_url": "http://127.0.0.1:9/v1"})
    found = lines(away, machine(module=lambda name: name != "spacy"))
    assert (found["Masquage des noms"].state, found["Masquage des noms"].to_do) == (
        "fault",
        "Installez-le : make model.",
    )


def test_only_who_maintains_the_installation_examines_it(settings: Settings) -> None:
    with pytest.raises(AccessDenied):
        examine(LOCAL, settings, machine())


def worker(name: str = "0a1b2c3d4e", silent: float = 4.0, version: str = "1.0") -> WorkerRecord:
    return WorkerRecord(name, "lecture-2", version, 2, silent)


@pytest.mark.parametrize(
    ("known", "waiting", "states", "said"),
    [
        ([worker(), worker()], 3, ["ok"], "2 en vie (4 dossiers à la fois)"),
        ([], 0, ["warning"], "aucun en vie"),
        ([], 12, ["fault"], "12 dossiers en file"),
        ([worker(silent=700)], 1, ["fault", "warning"], "sans signe de vie depuis 12\u00a0min"),
        ([worker(), worker(version="0.9")], 0, ["ok", "warning"], "version 0.9, et non 1.0"),
    ],
)
def test_workers_are_alive_and_of_the_same_version_or_it_is_said(
    known: list[WorkerRecord], waiting: int, states: list[str], said: str
) -> None:
    found = findings(known, waiting, "1.0")
    assert [one.state for one in found] == states
    assert any(said in one.found for one in found)
    assert all((one.state == "ok") == (one.to_do == "") for one in found)


def test_a_shared_queue_on_a_database_that_cannot_hold_one_is_a_fault(settings: Settings) -> None:
    found = lines(settings.model_copy(update={"queue": "postgresql"}))["Processus de lecture"]
    assert found.state == "fault"
