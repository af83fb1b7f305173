"""Files of a batch that found no candidate: listed until somebody says whose they are, or puts the list away."""

from collections.abc import Callable, Mapping

import streamlit as st

from assistant.application.left_out import LeftOut
from assistant.application.people import Actor
from assistant.application.session_lists import SessionView
from assistant.ui.acting import attempt
from assistant.ui.labels import distinct
from assistant.ui.state import application
from assistant.ui.words import plain

SHOWN = 8
"""Files whose candidate is chosen here; the others are told by their number."""


def chosen_numbers(session: str, left: LeftOut) -> Mapping[str, str]:
    """By the file's name, the number of the candidate chosen for it."""
    said = {one.number: st.session_state.get(_choice(session, one.number)) for one in left.unclaimed}
    return {name: number for name, number in said.items() if number}


def left_out_box(actor: Actor, session: SessionView, on_give: Callable[..., None]) -> None:
    """The list, with a choice of the candidate beside each file; nothing where no file was left out."""
    left = application().batches.left_out(actor, session.id)
    unclaimed, unread = left.unclaimed, left.unread
    if not unclaimed and not unread:
        return
    labels = distinct({
        one.number: f"n° {one.number} {one.name}" for one in session.candidacies if one.organises and one.preread is None
    })  # fmt: skip
    with st.container(border=True):
        st.markdown(f"**Laissés de côté\u00a0: {len(unclaimed) + len(unread)}**")
        st.caption(
            "Cette liste reste, même si vous rechargez la page, jusqu’à ce que chaque fichier ait son candidat, que vous "
            "l’ôtiez, ou que l’application redémarre."
        )
        for one in (*unread, *unclaimed)[: SHOWN + len(unread)]:
            st.text(f"{one.number}\u00a0: {one.reason}")
            if labels and one in unclaimed:
                st.selectbox(
                    f"Candidat du fichier «\u00a0{plain(one.number)}\u00a0»", list(labels), index=None,
                    format_func=labels.__getitem__, key=_choice(session.id, one.number), placeholder="Choisir",
                )  # fmt: skip
        if len(unclaimed) > SHOWN:
            st.text(f"Et {len(unclaimed) - SHOWN} autres.")
        if unclaimed and labels:
            numbers = tuple(one.number for one in session.candidacies)
            st.button(
                "Remettre aux candidats choisis", key=f"give-{session.id}", on_click=on_give,
                args=(actor, session.id, numbers),
            )  # fmt: skip
        st.button(
            "C’est réglé\u00a0: ôter cette liste",
            key=f"settled-{session.id}",
            on_click=on_settled,
            args=(actor, session.id),
        )


def on_settled(actor: Actor, session: str) -> None:
    """Puts the list and its files away."""
    if attempt(lambda: application().batches.keep_left_out(actor, session, LeftOut())):
        st.session_state.pop(held_of(session), None)


def held_of(session: str) -> str:
    """Under what the files are kept that wait for somebody to say whose they are."""
    return f"many-held-{session}"


def _choice(session: str, name: str) -> str:
    return f"whose-{session}-{name}"
