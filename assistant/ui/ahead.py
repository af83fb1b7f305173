"""What a person may open next is loaded while they look at a list: nothing waits for it, and nothing depends on it."""

import importlib
import threading
from collections.abc import Callable, Sequence

import streamlit as st

from assistant import logs
from assistant.application.people import Actor
from assistant.errors import PrelectureError
from assistant.ui.state import application

FIRST_NEEDED = ("PIL.PngImagePlugin",)
"""What drawing the first page imports."""
FOR_TABLES = ("pandas", "pyarrow")
"""What the first table of a page imports."""
MOST = 3
"""Dossiers loaded ahead for one list: the first that its reader has not finished."""


@st.cache_resource(show_spinner=False)
def get_ready() -> None:
    """Loads what the first dossier opened will need, while the list is being read. Done once per process."""
    beside("ready", _get_ready)


def _get_ready() -> None:
    for name in FIRST_NEEDED:
        importlib.import_module(name)
    application().prereads.get_ready()
    for name in FOR_TABLES:
        importlib.import_module(name)


def load_ahead(actor: Actor, reviews: Sequence[str]) -> None:
    """Loads the first of these reviews, which the actor may read, in a thread of its own; each once in a window."""
    asked = st.session_state.setdefault("loaded-ahead", set())
    fresh = [one for one in reviews[:MOST] if one not in asked]
    asked.update(fresh)
    if fresh:
        beside("ahead", lambda: _load(actor, fresh))


def _load(actor: Actor, reviews: Sequence[str]) -> None:
    for review in reviews:
        application().reviews.desk(actor, review)


def beside(name: str, work: Callable[[], None]) -> None:
    """Does `work` in a thread that no page waits for; what goes wrong in it is logged, and left for the page to say."""

    def tried() -> None:
        try:
            work()
        except PrelectureError:
            return
        except Exception as error:  # noqa: BLE001  # a thread has nobody to raise to
            logs.failure(name, error)

    threading.Thread(target=tried, daemon=True, name=name).start()
