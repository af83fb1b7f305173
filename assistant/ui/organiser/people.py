"""People and roles: given by whoever organises, never taken."""

import streamlit as st

from assistant.application.people import Actor
from assistant.ui.acting import attempt
from assistant.ui.identity import ROLE_WORDS
from assistant.ui.labels import distinct
from assistant.ui.state import application
from assistant.ui.tables import in_cells

GRANTED: dict[str, str] = dict([("", "aucun"), *ROLE_WORDS.items()])


def people_section(actor: Actor) -> None:
    """Who is known or invited, and two forms."""
    members = application().people.members(actor)
    st.dataframe(
        in_cells([
            {"Nom": one.name, "Courriel": one.email, "Rôle": ROLE_WORDS[one.role] if one.role else "aucun"}
            for one in members
        ]),
        hide_index=True, width="stretch",
    )  # fmt: skip
    left, right = st.columns(2)
    with left, st.form("invite"):
        st.text_input("Courriel", key="invite-email", max_chars=200)
        st.selectbox("Rôle", list(ROLE_WORDS), format_func=ROLE_WORDS.__getitem__, key="invite-role")
        st.form_submit_button("Donner ce rôle à cette adresse", on_click=on_invite, args=(actor,))
    known = distinct({one.person: one.name for one in members if one.person})
    with right, st.form("grant"):
        st.selectbox("Personne", list(known), index=None, format_func=known.__getitem__, key="grant-person")
        st.selectbox("Rôle", list(GRANTED), format_func=GRANTED.__getitem__, key="grant-role")
        st.form_submit_button("Changer son rôle", on_click=on_grant, args=(actor,))


def on_invite(actor: Actor) -> None:
    """Gives a role to an address."""
    email, role = st.session_state["invite-email"], st.session_state["invite-role"]
    attempt(lambda: application().people.invite(actor, email, role))


def on_grant(actor: Actor) -> None:
    """Gives a role to somebody who signed in, or takes it."""
    person, role = st.session_state["grant-person"], st.session_state["grant-role"]
    if person:
        attempt(lambda: application().people.grant(actor, person, role or None))
