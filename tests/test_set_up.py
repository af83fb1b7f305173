"""`tools/system-packages`: installs what is missing where it may, and says in one French line what is missing where not."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.places import ROOT

NEEDED = ("bash", "dirname", "readlink", "env", "grep")
NOBODY = ("setpriv", "--reuid", "65534", "--clear-groups")
ASKED = "chromium tesseract-ocr tesseract-ocr-fra fontconfig fonts-dejavu"


@pytest.fixture
def bare() -> Iterator[Path]:
    """The commands of a machine that has no browser, no OCR and no fonts; its apt-get says what it is asked."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)  # somebody else than root looks in, too
        folder = Path(made) / "bin"
        folder.mkdir()
        for name in NEEDED:
            found = shutil.which(name)
            assert found
            (folder / name).symlink_to(found)
        answers = {"apt-get": 'echo "apt-get $*" >&2', "fc-list": ":", "dpkg-query": "exit 1", "python3": ":"}
        for name, script in answers.items():
            place(folder / name, script)
        yield folder


def place(file: Path, script: str) -> None:
    file.write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def run(*command: str, path: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, "PATH": str(path)}
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root installs without asking")
def test_as_root_what_is_missing_is_installed(bare: Path) -> None:
    done = run("/bin/bash", str(ROOT / "tools" / "system-packages"), path=bare)
    assert done.returncode == 0
    assert "apt-get update" in done.stderr
    assert ASKED in done.stderr.splitlines()[-1]


def test_without_the_right_to_install_one_french_line_says_what_is_missing(bare: Path) -> None:
    script = (ROOT / "tools" / "system-packages").read_text(encoding="utf-8")
    setpriv = shutil.which(NOBODY[0])
    assert setpriv
    as_nobody = (setpriv, *NOBODY[1:]) if os.geteuid() == 0 else ()
    done = run(*as_nobody, "/bin/bash", "-c", script, path=bare)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("Il manque de quoi tester.")
    assert ASKED in line


def test_a_machine_that_has_everything_installs_nothing(bare: Path) -> None:
    for name, script in (("chromium", ":"), ("tesseract", "echo fra"), ("fc-list", "echo DejaVu Sans")):
        place(bare / name, script)
    program = bare.parent / "office"
    program.mkdir()
    for part in ("libswlo.so", "libsdlo.so", "libsclo.so"):
        (program / part).touch()
    place(program / "soffice", ":")
    (bare / "soffice").symlink_to(program / "soffice")
    done = run("/bin/bash", str(ROOT / "tools" / "system-packages"), path=bare)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_ci_only_calls_make_test() -> None:
    commands = [
        line
        for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "set ", "cd "))
    ]
    assert commands == ["make test"]
