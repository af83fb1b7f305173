"""Choosing a référentiel and its blocs, the same way on every page that asks for them."""

import streamlit as st

from assistant.application.people import Actor
from assistant.ui.labels import distinct
from assistant.ui.state import application


def choose_referentiel(actor: Actor, key: str) -> tuple[str | None, tuple[str, ...]]:
    """What is chosen: the référentiel's id, or None, and the blocs (all when empty)."""
    choices = {one.id: one for one in application().referentiels.choosable(actor)}
    names = distinct({one.id: one.title for one in choices.values()})
    name = st.selectbox(
        "Référentiel", list(choices), index=None, format_func=names.__getitem__, key=f"{key}-referentiel",
        placeholder="Choisir le référentiel de la certification",
    )  # fmt: skip
    if not name or len(choices[name].blocs) < 2:
        return name, ()
    titles = distinct({bloc: f"{bloc} – {title}" if title else bloc for bloc, title in choices[name].blocs})
    chosen = st.multiselect(
        "Blocs (tous si rien n’est choisi)", list(titles), format_func=titles.__getitem__, key=f"{key}-blocs",
        placeholder="Choisir",
    )  # fmt: skip
    return name, tuple(chosen)
