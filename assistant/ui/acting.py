"""What a click does. Pages write from callbacks alone, named `on_…` and handed to a widget: never while being drawn."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from assistant.application.handing_in import UploadedFile
from assistant.errors import PrelectureError
from assistant.ui.words import plain

REFUSED = "refused"


def attempt(act: Callable[[], object]) -> bool:
    """Does it, or keeps the sentence that says why not, for the page that is drawn next."""
    try:
        act()
    except PrelectureError as error:
        refuse(error.message)
        return False
    return True


def refuse(message: str) -> None:
    """A sentence for the page that is drawn next."""
    st.session_state[REFUSED] = message


def uploaded(files: Any) -> tuple[UploadedFile, ...]:
    """What an uploader holds, in order: the first is the main file, the others are its annexes."""
    return tuple(
        UploadedFile(file.name, file.getvalue(), "annex" if place else "main") for place, file in enumerate(files or ())
    )


def show_refusal() -> None:
    """The sentence of the act before, once."""
    message = st.session_state.pop(REFUSED, None)
    if message:
        st.error(plain(message))
