"""A real server and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

from assistant.places import ROOT

if TYPE_CHECKING:
    from tests.e2e.desks import Seeded

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Server:
    """The app as `prelecture app` serves it; can be killed and started again on the same data."""

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.folder = ROOT
        self.settings = dict(settings or {})
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def command(self) -> list[str]:
        """The app with several people in it, who say in the address who they are."""
        return [sys.executable, "-m", "tests.signing", str(self.port)]

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command(),
            cwd=self.folder,
            env={**os.environ, "PRELECTURE_DATA_DIR": str(self.data), **self.settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the app did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(20)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An installation where nothing was read yet, for the tests of one file."""
    made = Server(tmp_path_factory.mktemp("empty") / "data")
    made.start()
    yield made
    made.kill()


@pytest.fixture
def modelled(tmp_path: Path) -> Iterator[Server]:
    """An installation whose model is the stub, over real HTTP; pictures are read by other tests."""
    made = Server(
        tmp_path / "data", {"PRELECTURE_MODEL": "fake", "PRELECTURE_OCR": "off", "PRELECTURE_PSEUDONYMS": "off"}
    )
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> "tuple[Path, Seeded]":
    """A data folder whose dossier was read, to be copied: reading it takes longer than a test."""
    from tests.e2e.desks import seed

    folder = tmp_path_factory.mktemp("read") / "data"
    return folder, seed(folder)


@pytest.fixture(scope="session")
def drafted_once(tmp_path_factory: pytest.TempPathFactory) -> "tuple[Path, Seeded]":
    """The same with what the stub of a model drafted."""
    from tests.e2e.desks import seed

    folder = tmp_path_factory.mktemp("drafted") / "data"
    return folder, seed(folder, model="fake")


@pytest.fixture(scope="session")
def standing(read_once: "tuple[Path, Seeded]", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that never stop it; each brings a session and people of its own."""
    yield from _copied(read_once[0], tmp_path_factory.mktemp("standing"), {})


@pytest.fixture(scope="session")
def standing_drafted(drafted_once: "tuple[Path, Seeded]", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same with a model."""
    yield from _copied(drafted_once[0], tmp_path_factory.mktemp("drafted"), {"PRELECTURE_MODEL": "fake"})


@pytest.fixture
def desk(standing: Server, read_once: "tuple[Path, Seeded]") -> "tuple[Server, Seeded]":
    """A session with one dossier, ready to be read by two jurors, on the standing server."""
    from tests.e2e.desks import seed

    return standing, seed(standing.data, like=read_once[1])


@pytest.fixture
def read_blind(standing: Server, read_once: "tuple[Path, Seeded]") -> "tuple[Server, Seeded]":
    """A session in which jurors read first, and see what was found afterwards."""
    from tests.e2e.desks import seed

    return standing, seed(standing.data, blind_first=True, like=read_once[1])


@pytest.fixture
def drafted_desk(standing_drafted: Server, drafted_once: "tuple[Path, Seeded]") -> "tuple[Server, Seeded]":
    """The same with what a model drafted."""
    from tests.e2e.desks import seed

    return standing_drafted, seed(standing_drafted.data, model="fake", like=drafted_once[1])


@pytest.fixture
def own_desk(read_once: "tuple[Path, Seeded]", tmp_path: Path) -> "Iterator[tuple[Server, Seeded]]":
    """A server of the test's own, which it may stop."""
    for made in _copied(read_once[0], tmp_path, {}):
        yield made, read_once[1]


def _copied(folder: Path, scratch: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    shutil.copytree(folder, scratch / "copy")
    made = Server(scratch / "copy", settings)
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    assert path, "these tests need Chromium: .ci/run installs it"
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield made
        made.close()


@pytest.fixture(autouse=True)
def _windows_closed(browser: Browser) -> Iterator[None]:
    """No window outlives its test: one that is left open goes on asking its server."""
    yield
    for context in browser.contexts:
        context.close()
