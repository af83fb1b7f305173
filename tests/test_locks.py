"""The locks: everything by hash, nothing twice, nothing that is never imported, and what pyproject.toml asks for."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from assistant.places import ROOT
from tests.dossier.pages import lines, pdf

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXCLUDED = PROJECT["tool"]["uv"]["exclude-dependencies"]
INSTALLED = ("requirements.lock", "requirements-model.lock", "requirements-dev.lock")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(*names: str) -> list[tuple[str, str]]:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in names]
    return [(canonicalize_name(name), version) for text in texts for name, version in PIN.findall(text)]


@pytest.mark.parametrize("name", [*INSTALLED, "requirements-server.lock", "requirements-tools.lock"])
def test_every_pin_carries_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=[A-Za-z0-9])", text) if PIN.match(entry)]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_package_is_locked_twice_unless_by_version_of_python() -> None:
    per_lock = [{name for name, _ in pins(lock)} for lock in INSTALLED]
    assert sum(map(len, per_lock)) == len(set().union(*per_lock))


def test_what_is_never_imported_is_in_no_lock() -> None:
    assert {name for name, _ in pins(*INSTALLED)} & {canonicalize_name(name) for name in EXCLUDED} == set()


@pytest.mark.parametrize(
    ("locks", "asked"),
    [
        (INSTALLED[:1], PROJECT["project"]["dependencies"]),
        (INSTALLED[:2], PROJECT["project"]["optional-dependencies"]["model"]),
        (INSTALLED, [one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra]),
    ],
    ids=["run", "model", "all"],
)
def test_the_locks_hold_what_the_project_asks_for(locks: tuple[str, ...], asked: list[str]) -> None:
    held = pins(*locks)
    wanted = [Requirement(one) for one in asked]
    unmet = [
        str(one)
        for one in wanted
        if not any(name == canonicalize_name(one.name) and one.specifier.contains(version) for name, version in held)
    ]
    assert unmet == [], "run `make lock`"


def test_a_user_installs_no_tool_of_developers() -> None:
    assert {name for name, _ in pins(INSTALLED[0])} & {"pytest", "playwright", "mypy", "ruff", "uv", "spacy"} == set()


REFUSED = """
import importlib.abc, sys
class Refusing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in NAMES:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Refusing())
"""
PRE_READ = "import sys; from assistant.cli import main; sys.argv[0] = 'prelecture'; main()"
DRAWN = (
    "from streamlit.testing.v1 import AppTest; from assistant.places import APP;"
    "assert not AppTest.from_file(str(APP), default_timeout=60).run().exception; import uvicorn, langchain_openai"
)


@pytest.mark.parametrize(("code", "model"), [(PRE_READ, ""), (PRE_READ, "fake"), (DRAWN, "")])
def test_the_program_runs_without_what_is_left_out(tmp_path: Path, code: str, model: str) -> None:
    """Also where another project brought these packages: here they cannot be imported."""
    names = {name.replace("-", "_") for name in EXCLUDED}
    if not model:
        names |= {"spacy", "psycopg"}
    environment = {**os.environ, "PRELECTURE_DATA_DIR": str(tmp_path / "data")}
    if model:
        environment["PRELECTURE_MODEL"] = model
    dossier = tmp_path / "dossier.pdf"
    dossier.write_bytes(pdf(lines(["J’ai suivi le parcours du client de bout en bout."])))
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"NAMES = {names!r}\n{REFUSED}\n{code}",
            "review",
            str(dossier),
            "-r",
            "cycle-client-ia",
        ],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
