"""What one window knows of a draft: the version that its person saw last or made, and fields that follow the draft.

A click can come before the page of the edit before it is drawn: what it is held against is what this window wrote last,
not what its button was drawn from. Another person's change is refused as before.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from assistant.application.draft_views import DraftView
from assistant.application.people import Actor
from assistant.errors import PrelectureError
from assistant.ui.acting import attempt, make_sure, refuse
from assistant.ui.state import application

LONGEST = 300
"""Characters of what was typed that a refusal gives back."""


def seen(draft: DraftView) -> None:
    """The draft stands whole on the screen."""
    st.session_state[_key(draft.id)] = draft.version


def base(draft: DraftView) -> int:
    """The version that a change is made to."""
    return int(st.session_state.get(_key(draft.id), draft.version))


def write(draft: DraftView, act: Callable[[int], DraftView]) -> bool:
    """One change, made to the version that this window knows; or the sentence that says why not."""
    return attempt(lambda: written(draft, act))


def do(actor: Actor, draft: DraftView, operation: Mapping[str, Any]) -> bool:
    """One operation of the editor."""
    return write(draft, lambda known: application().referentiels.act(actor, draft.id, known, operation))


def do_typed(actor: Actor, draft: DraftView, key: str, operation: Callable[[], Mapping[str, Any]]) -> None:
    """The operation of a field that was typed in. Refused, it follows the draft again; the words are given back."""
    typed = st.session_state[key]
    try:
        make_sure()
        written(draft, lambda known: application().referentiels.act(actor, draft.id, known, operation()))
    except PrelectureError as error:
        st.session_state.pop(_drawn(key), None)
        said = typed.strip()[:LONGEST] if isinstance(typed, str) else ""
        refuse(f"{error.message} Vous aviez écrit\u00a0: «\u00a0{said}\u00a0»." if said else error.message)


def as_it_stands(actor: Actor, draft: DraftView) -> DraftView:
    """The draft as this window left it: what is added to a list is added to the list of now."""
    return application().referentiels.draft(actor, draft.id, base(draft))


def following(key: str, value: Any) -> str:
    """The key of a field that shows `value` whenever the draft's own changes, and keeps what is being typed meanwhile."""
    if key not in st.session_state or st.session_state.get(_drawn(key), _NOTHING) != value:
        st.session_state[key] = value
    st.session_state[_drawn(key)] = value
    return key


def emptied(key: str) -> None:
    """A field that was used up."""
    st.session_state[key] = None if not isinstance(st.session_state.get(key), str) else ""


_NOTHING = object()


def told(draft: DraftView) -> str:
    """What the last change did beside what was asked of it; "" for nothing, or after the next one."""
    return str(st.session_state.get(_told(draft.id), ""))


def written(draft: DraftView, act: Callable[[int], DraftView]) -> None:
    """One change, as `write` does it. Raises PrelectureError."""
    made = act(base(draft))
    seen(made)
    st.session_state[_told(draft.id)] = made.said


def _key(draft_id: str) -> str:
    return f"known-{draft_id}"


def _told(draft_id: str) -> str:
    return f"told-{draft_id}"


def _drawn(key: str) -> str:
    return f"{key}/drawn"
