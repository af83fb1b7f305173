"""A page of a dossier, over the list that cites it."""

import streamlit as st

from assistant.application.people import Actor
from assistant.errors import PrelectureError
from assistant.ui.state import application
from assistant.ui.words import plain

ASKED = "page-asked"
SCALE = 1.6
"""Pixels per point: text is read without zooming."""


def page_button(preread: str, page: int, key: str, dossier: int | None = None) -> None:
    """« p. 6 », which shows the page; « Dossier 3, p. 6 » where several dossiers are listed."""
    place = f"p.\u00a0{page:d}" if dossier is None else f"Dossier {dossier:d}, p.\u00a0{page:d}"
    st.button(place, key=key, type="tertiary", on_click=on_ask, args=(preread, page))


def on_ask(preread: str, page: int) -> None:
    """Asks for a page, for the next drawing."""
    st.session_state[ASKED] = (preread, page)


def show_asked(actor: Actor) -> None:
    """Shows the page that was asked for, once."""
    asked = st.session_state.pop(ASKED, None)
    if asked is not None:
        _page(actor, *asked)


@st.dialog("Page du dossier", width="large")
def _page(actor: Actor, preread: str, page: int) -> None:
    st.caption(f"Page {page:d}")
    try:
        st.image(application().prereads.page_png(actor, preread, page, SCALE))
    except PrelectureError as error:
        st.error(plain(error.message))
