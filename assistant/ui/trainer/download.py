"""A file that was prepared: it stays to be downloaded while what it was made of stays as it is."""

from collections.abc import Callable, Hashable

import streamlit as st

from assistant.application.examples import ExportedFile
from assistant.ui.acting import attempt


def download(what: str, of: Hashable) -> None:
    """The button, where `what` was prepared of what is there now (`of`)."""
    made = st.session_state.get(f"made-{what}")
    if made is None or made[0] != of:
        return
    file = made[1]
    st.download_button(
        "Télécharger", file.data, file_name=file.name, mime=file.media_type, on_click="ignore", key=f"download-{what}"
    )


def prepare(what: str, of: Hashable, make: Callable[[], ExportedFile]) -> None:
    """Makes it and keeps it in this window; others that were prepared stay."""

    def keep() -> None:
        st.session_state[f"made-{what}"] = (of, make())

    attempt(keep)
