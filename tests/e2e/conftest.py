"""A real server and a real browser."""

import os
import shutil
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.forking import forker

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
        self.settings = dict(settings or {})
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.process: int | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self.launch({**os.environ, "PRELECTURE_DATA_DIR": str(self.data), **self.settings})
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the app did not start")

    def launch(self, environment: Mapping[str, str]) -> None:
        """The app with several people in it, who say in the address who they are."""
        self.process = forker().start([str(self.port)], environment, program="app")

    def kill(self) -> None:
        assert self.process is not None
        os.kill(self.process, signal.SIGKILL)
        forker().wait(self.process)
        self.process = None


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An installation that begins empty; each test brings people or files of its own. Pictures are read by other tests."""
    made = Server(tmp_path_factory.mktemp("empty") / "data", {"PRELECTURE_OCR": "off"})
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="session")
def modelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same whose model is the stub, over real HTTP; pictures are read by other tests."""
    chosen = {"PRELECTURE_MODEL": "fake", "PRELECTURE_OCR": "off", "PRELECTURE_PSEUDONYMS": "off"}
    made = Server(tmp_path_factory.mktemp("modelled") / "data", chosen)
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


@pytest.fixture(scope="session")
def known(browser: Browser) -> BrowserContext:
    """A browser that was here before: it has the program's own files, and nothing of what anybody wrote.

    Loading and compiling those files takes three times what a page takes.
    """
    return browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 768})


@pytest.fixture(autouse=True)
def _windows_closed(browser: Browser, known: BrowserContext) -> Iterator[None]:
    """No window outlives its test: one that is left open goes on asking its server."""
    yield
    for context in browser.contexts:
        if context is not known:
            context.close()
    seen = {"/".join(page.url.split("/")[:3]) for page in known.pages}
    for page in known.pages:
        page.close()
    _forgotten(known, seen)


def _forgotten(context: BrowserContext, origins: set[str]) -> None:
    """Leaves nothing of what pages kept there but the files they are made of."""
    context.set_offline(False)
    context.clear_cookies()
    page = context.new_page()
    session = context.new_cdp_session(page)
    for origin in origins:
        kept = {"origin": origin, "storageTypes": "local_storage,indexeddb,websql,service_workers,cache_storage"}
        session.send("Storage.clearDataForOrigin", kept)
    page.close()
