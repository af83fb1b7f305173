"""What a click does. Pages write from callbacks alone, named `on_…` and handed to a widget: never while being drawn."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.errors import AccessDenied, PrelectureError
from assistant.ui.state import application
from assistant.ui.words import plain

REFUSED = "refused"
DRAWN_FOR = "drawn-for"
GONE = "Votre connexion a pris fin, ou votre rôle a changé\u00a0: rien n’a été fait. Reconnectez-vous."


def drawn_for(actor: Actor) -> None:
    """Remembers for whom this window is drawn: its buttons act as them, however long it stays open."""
    st.session_state[DRAWN_FOR] = actor


def still_here() -> bool:
    """Whether whoever this window was drawn for is still signed in, in that role."""
    actor = st.session_state.get(DRAWN_FOR)
    return not isinstance(actor, Actor) or application().signing_in.still(actor)


def make_sure() -> None:
    """Raises AccessDenied when whoever this window was drawn for has gone."""
    if not still_here():
        raise AccessDenied(GONE)


def attempt(act: Callable[[], object]) -> bool:
    """Does it, or keeps the sentence that says why not, for the page that is drawn next."""
    try:
        make_sure()
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
    """The sentence of the act before, once. Its place is always there: what stands below keeps its own, and what was
    unfolded stays so, when the sentence goes."""
    place = st.empty()
    message = st.session_state.pop(REFUSED, None)
    if message:
        place.error(plain(message))
