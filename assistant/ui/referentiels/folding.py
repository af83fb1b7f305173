"""What is folded is not drawn: an edit is acknowledged sooner."""

from typing import Any

import streamlit as st

from assistant.ui.words import plain


def folded(label: str, key: str, *, expanded: bool = False) -> Any:
    """An expander that stays as it was left when its label changes; draw into it only while it is `open`."""
    kept = f"{key}-open"
    made = st.expander(plain(label), expanded=bool(st.session_state.get(kept, expanded)), key=key, on_change="rerun")
    st.session_state[kept] = made.open
    return made
