"""Whence a drafted text comes: the model, and what it was sent, word for word."""

from collections.abc import Iterable

import streamlit as st

from assistant.application.context import Item, ReviewContext
from assistant.ui.state import application


def provenance_view(context: ReviewContext, items: Iterable[Item]) -> None:
    """The model and the exact prompt behind the items of a criterion."""
    prompts = sorted({item.prompt for item in items if item.prompt})
    if not prompts:
        return
    with st.expander("D’où vient ce texte ?"):
        origin = application().provenance.of(context.actor, context.dossier.id, prompts)
        st.write(origin.drafter)
        for part in origin.sent:
            if part.about:
                st.write(part.about)
            if part.text:
                st.code(part.text, language=None, wrap_lines=True)
