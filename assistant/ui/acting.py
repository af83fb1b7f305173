"""What a click does: the act, then the page anew; a refusal is one sentence on the spot."""

from collections.abc import Callable

import streamlit as st

from assistant.errors import PrelectureError


def attempt(act: Callable[[], object]) -> None:
    """Does it and redraws the page, or shows why it was refused."""
    try:
        act()
    except PrelectureError as error:
        st.error(error.message)
    else:
        st.rerun()
