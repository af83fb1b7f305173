"""What the pages share: the application, opened once per process."""

import importlib
import threading
from contextlib import suppress

import streamlit as st

from assistant.application.door import Application
from assistant.errors import PrelectureError
from assistant.settings import load_settings

FIRST_NEEDED = ("PIL.PngImagePlugin",)
"""What drawing the first page imports."""


@st.cache_resource(show_spinner=False)
def application() -> Application:
    """The one door of this process."""
    return Application(load_settings())


@st.cache_resource(show_spinner=False)
def get_ready() -> None:
    """Loads what the first dossier opened will need, while the list is being read. Done once per process."""
    threading.Thread(target=_get_ready, daemon=True, name="ready").start()


def _get_ready() -> None:
    for name in FIRST_NEEDED:
        importlib.import_module(name)
    with suppress(PrelectureError):  # the page says it
        application().prereads.get_ready()
