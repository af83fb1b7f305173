"""The app always starts: the example is read beside it, and nothing about it reaches the server."""

import os
import sys
from typing import Any

import pytest

from assistant.access.actor import LOCAL
from assistant.application.door import Application
from assistant.application.jobs import Jobs
from assistant.commands import example, serve
from assistant.errors import ReadingTimeout
from assistant.settings import Settings
from tests.forking import forker


class Served(Exception):
    """What took the place of this process."""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    commands: list[list[str]] = []

    def become(program: str, command: list[str]) -> None:
        raise Served(" ".join(command))

    monkeypatch.setattr("os.execv", become)
    monkeypatch.setattr("subprocess.Popen", lambda command, **_: commands.append(command))
    return commands


def test_the_example_is_read_beside_the_server(started: list[list[str]]) -> None:
    with pytest.raises(Served, match="streamlit"):
        serve.run(0, example=True)
    assert started == [[sys.executable, "-m", "assistant.commands.example"]]


def test_a_machine_that_cannot_start_another_process_serves_the_app(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr("subprocess.Popen", refused)
    with pytest.raises(Served):
        serve.run(0, example=True)


def test_an_example_that_cannot_be_read_ends_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(*_: Any) -> None:
        raise ReadingTimeout("Ce PDF est trop long à lire.")

    monkeypatch.setattr(Jobs, "run", too_long)
    example.main()


def test_two_readings_of_the_example_at_once_leave_one_pre_read(settings: Settings) -> None:
    environment = {**os.environ, "PRELECTURE_OCR": "off"}
    readers = [forker().start((), environment, program="example") for _ in range(2)]
    assert [forker().wait(reader) for reader in readers] == [0, 0]
    assert len(Application(settings).prereads.list(LOCAL)) == 1
