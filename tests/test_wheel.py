"""The wheel works from anywhere: nothing it needs stays behind in the source tree."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.places import ROOT
from tests.dossier.pages import lines, pdf


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel alone, beside the packages of this environment."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "uv", "pip", "install", "--no-deps", "--offline", "--target", str(folder)]
    subprocess.run([*command, "--python", sys.executable, str(wheel)], check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture
def anywhere(installed: Path, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """An empty folder, and an environment in which `prelecture` is the installed one."""
    folder = tmp_path / "empty"
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(installed), "PRELECTURE_DATA_DIR": str(tmp_path / "data")}
    return folder, environment


def tracked(*folders: str) -> Iterator[str]:
    listed = subprocess.run(["git", "ls-files", "--", *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    yield from (name for name in listed.stdout.splitlines() if (ROOT / name).exists())


def test_every_file_of_the_package_and_what_it_reads_is_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {*tracked("assistant"), *(f"assistant/bundled/{n}" for n in tracked("app.py", "prompts", "referentiels"))}
    assert wanted - held == set()


def test_the_wheel_holds_no_test_and_no_development_file(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"assistant"}


def test_a_dossier_is_pre_read_from_an_empty_folder(
    installed: Path, anywhere: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    folder, environment = anywhere
    code = "import assistant, assistant.places as p; print(assistant.__file__, p.PROMPTS, sep='\\n')"
    where = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    assert all(line.startswith(str(installed)) for line in where.stdout.splitlines())
    dossier = tmp_path / "dossier.pdf"
    dossier.write_bytes(pdf(lines(["J’ai suivi le parcours du client de bout en bout."])))
    done = subprocess.run(
        [str(installed / "bin" / "prelecture"), "review", str(dossier), "-r", "cycle-client-ia", "-o", "out.json"],
        cwd=folder,
        env={**environment, "PRELECTURE_OCR": "off", "PRELECTURE_MODEL": "fake"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert result["provenance"]["prompts"]
    assert [path.name for path in folder.iterdir()] == ["out.json"]


def test_the_app_is_served_from_an_empty_folder(installed: Path, anywhere: tuple[Path, dict[str, str]]) -> None:
    folder, environment = anywhere
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(installed / "bin" / "prelecture"), "app", "--no-example", "--port", str(port)]
    server = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        assert "<title>" in _page(server, f"http://localhost:{port}/")
    finally:
        server.kill()
        server.wait(20)
    assert list(folder.iterdir()) == []


def test_the_pages_of_the_installed_app_are_drawn(anywhere: tuple[Path, dict[str, str]]) -> None:
    folder, environment = anywhere
    code = (
        "from streamlit.testing.v1 import AppTest; from assistant.places import APP;"
        "at = AppTest.from_file(str(APP), default_timeout=60).run(); print(at.title[0].value); assert not at.exception"
    )
    drawn = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert drawn.returncode == 0, drawn.stderr
    assert drawn.stdout.strip()


def _page(server: "subprocess.Popen[bytes]", address: str) -> str:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the app did not start")
