"""Whence a drafted text comes: the model, and what it was sent, word for word."""

from collections.abc import Iterable

import streamlit as st

from assistant.errors import PromptError
from assistant.llm.prompts import load_prompt
from assistant.review.items import Item
from assistant.service import LoadedPreRead, calls_of
from assistant.ui.state import desk


def provenance_view(dossier: LoadedPreRead, items: Iterable[Item]) -> None:
    """The model and the exact prompt behind the items of a criterion."""
    prompts = {item.prompt for item in items if item.prompt}
    if not prompts:
        return
    about = dossier.preread.provenance
    with st.expander("D’où vient ce texte ?"):
        checked = "vérifiés un à un" if about.support_check else "non vérifiés par un second appel"
        tokens = f"{about.tokens.input + about.tokens.output:,}".replace(",", "\u202f")
        st.write(
            f"Rédigé par le modèle « {about.drafter} » ; énoncés {checked}. "
            f"{about.calls} appels et {tokens} jetons pour ce dossier."
        )
        for prompt in sorted(prompts):
            _sent(prompt)


def _sent(prompt: str) -> None:
    """What was sent where the call is kept here; else the prompt file, and whether it changed since."""
    name, reference, *call = prompt.split(" ")
    sent = calls_of(desk().settings).request(call[0]) if call else None
    if sent is not None:
        st.write(f"Ce qui a été envoyé, mot pour mot (prompt « {name} », appel {call[0]}) :")
        st.code(f"{sent.system}\n\n{sent.user}", language=None, wrap_lines=True)
        return
    try:
        known = load_prompt(name)
    except PromptError as error:
        st.write(error.message)
        return
    if known.reference != reference:
        st.write(f"Le prompt « {name} » a changé depuis (alors {reference}, aujourd’hui {known.reference}).")
    st.code(known.text, language=None, wrap_lines=True)
