"""Readers forked from a server: the same dossier, as apart as before, and nobody left behind."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from assistant.dossier.isolation.forked import ForkedReader
from assistant.dossier.isolation.sandbox import READING, read_apart
from assistant.worker.readers import reader_server
from tests.dossier.pages import lines, pdf

DATA = pdf(lines(["Je note chaque demande d'un client dans un tableau partagé, et je relance sous deux jours."]))
COMMAND = ("no such program", "-m", READING, "off", "1", "")


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    with reader_server() as address:
        assert address is not None
        end = time.monotonic() + 60
        while not address.exists() and time.monotonic() < end:
            time.sleep(0.02)
        yield address


def gone(process: int) -> bool:
    end = time.monotonic() + 20
    while psutil.pid_exists(process) and time.monotonic() < end:
        time.sleep(0.01)
    return not psutil.pid_exists(process)


def test_a_forked_reader_reads_what_one_started_the_long_way_reads(server: Path) -> None:
    # The command names no program: nothing but the server can have read it.
    assert read_apart(DATA, "d.pdf", command=COMMAND, server=server) == read_apart(DATA, "d.pdf")


def test_a_reader_ends_with_whoever_asked_for_it(server: Path, tmp_path: Path) -> None:
    reader = ForkedReader(server, ["off", "1", "", str(tmp_path)])  # there is no order in that folder
    assert reader.wait(30) == 1
    waiting = ForkedReader(server, ["off", "1", "", str(_never_ready(tmp_path))])
    waiting._told.close()
    waiting._server.close()
    assert gone(waiting.pid)


def _never_ready(folder: Path) -> Path:
    """A folder whose order is a pipe that nobody writes to."""
    os.mkfifo(folder / "order.json")
    return folder


def test_without_a_server_a_reader_is_started_the_long_way(tmp_path: Path) -> None:
    command = (sys.executable, "-m", READING, "off", "1", "")
    assert read_apart(DATA, "d.pdf", command=command, server=tmp_path / "none").sentences
