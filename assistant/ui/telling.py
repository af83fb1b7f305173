"""What somebody's last act did, said once at the top of the page that is drawn next."""

import streamlit as st

from assistant.ui.words import plain

TOLD = "told"


def tell(*lines: str) -> None:
    """Sentences for the page that is drawn next; they take the place of what was said before."""
    st.session_state[TOLD] = lines


def show_told() -> None:
    """What the last act did, and what did not match, once. Its place is always there: what stands below keeps its own, and
    what was unfolded stays so, when the sentences go."""
    place = st.empty()
    lines = st.session_state.pop(TOLD, ())
    if lines:
        with place.container():
            for line in lines:
                st.info(plain(line))
