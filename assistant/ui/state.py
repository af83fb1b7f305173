"""What the pages share: the application, opened once per process."""

import streamlit as st

from assistant.application.door import Application
from assistant.settings import load_settings


@st.cache_resource(show_spinner=False)
def application() -> Application:
    """The one door of this process."""
    return Application(load_settings())
