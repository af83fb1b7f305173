"""The server of readers beside a worker: those who read the files are forked from it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.places import ROOT

WAIT = 2.0
"""Seconds for the server to see that it is not wanted any more."""
COMMAND = (sys.executable, "-m", "assistant.dossier.isolation.server")


@contextmanager
def reader_server() -> Iterator[Path | None]:
    """Its socket, in a folder of its owner's alone; None where the system has none such. It ends with the block, and with
    this process however that ends."""
    if not hasattr(os, "fork"):
        yield None
        return
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRELECTURE_")}
    with tempfile.TemporaryDirectory(prefix="prelecture-") as folder:
        socket = Path(folder) / "readers"
        with subprocess.Popen(
            [*COMMAND, str(socket)], cwd=ROOT, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True,
        ) as server:  # fmt: skip
            try:
                yield socket
            finally:
                assert server.stdin is not None
                server.stdin.close()
                try:
                    server.wait(WAIT if socket.exists() else 0.0)
                except subprocess.TimeoutExpired:
                    server.kill()  # it is still loading, and has no reader
