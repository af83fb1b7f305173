"""What is loaded while a list is looked at: the first few, once, and never anybody's trouble."""

import threading
from types import SimpleNamespace

import pytest

from assistant.application.people import LOCAL
from assistant.errors import NotFound
from assistant.ui import ahead


def finished() -> None:
    for thread in threading.enumerate():
        if thread.name in {"ahead", "trouble"}:
            thread.join(5)


def test_the_first_of_a_list_are_opened_once_in_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    reviews = SimpleNamespace(desk=lambda _actor, review: opened.append(review))
    monkeypatch.setattr(ahead, "application", lambda: SimpleNamespace(reviews=reviews))
    monkeypatch.setattr("streamlit.session_state", {})
    for _ in range(2):
        ahead.load_ahead(LOCAL, ["a", "b", "c", "d", "e"])
        finished()
    assert opened == ["a", "b", "c"]


@pytest.mark.parametrize("trouble", [NotFound("Ce dossier n’est plus là."), RuntimeError("inattendu")])
def test_what_goes_wrong_ahead_stops_nothing(trouble: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise trouble

    logged: list[str] = []
    monkeypatch.setattr("assistant.logs.failure", lambda name, _error: logged.append(name))
    escaped: list[object] = []
    monkeypatch.setattr(threading, "excepthook", escaped.append)
    ahead.beside("trouble", fail)
    finished()
    assert escaped == []
    assert logged == ([] if isinstance(trouble, NotFound) else ["trouble"])
