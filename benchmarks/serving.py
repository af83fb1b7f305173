"""The app as a user starts it, on a folder of its own, for what is measured in a browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(folder: Path, *, several: bool = False, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The app on this folder, at the address it gives; with `several` people in it, who say in the address who they are.
    `settings`: of its environment, beside the folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    alone = ["-m", "assistant.cli", "app", "--port", str(port), "--no-example"]
    process = subprocess.Popen(
        [sys.executable, *(["-m", "tests.signing", str(port)] if several else alone)],
        env={**os.environ, "PRELECTURE_DATA_DIR": str(folder), "PRELECTURE_OCR": "off", **(settings or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2):
                break
        except OSError:
            time.sleep(0.2)
    try:
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(20)
