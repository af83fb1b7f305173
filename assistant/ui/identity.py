"""Who is at the screen. In local mode a profile is picked or made; sign-in will take this module's place."""

import streamlit as st

from assistant.application.people import LOCAL, Actor, Role
from assistant.errors import AccessDenied
from assistant.ui.acting import attempt, show_refusal
from assistant.ui.state import application
from assistant.ui.words import plain

PARAMETER = "qui"
ROLE_WORDS: dict[Role, str] = {
    "juror": "Juré",
    "organiser": "Organisateur",
    "candidate": "Candidat",
    "trainer": "Formateur",
    "administrator": "Administrateur",
}


def present() -> Actor | None:
    """The profile chosen in this window; its address keeps it, so that a reload finds it again."""
    known: Actor | None = st.session_state.get("actor")
    name = st.query_params.get(PARAMETER)
    if known is None and name:
        known = application().people.enter(LOCAL, name)
    if known is not None:
        st.session_state.actor = known
        st.query_params[PARAMETER] = known.person
    return known


def present_or_local() -> Actor:
    """The chosen profile, or the one person of an installation where nobody made one."""
    return present() or LOCAL


def in_space(role: Role) -> Actor:
    """Who uses the space of this role: the profile chosen, or the one person of an installation where nobody made one.

    Raises AccessDenied for a profile of another role.
    """
    known = present()
    if known is None:
        return Actor(LOCAL.person, role, LOCAL.name)
    if known.role != role:
        raise AccessDenied(
            f"Cet espace est celui d’un autre rôle\u00a0: le vôtre est «\u00a0{ROLE_WORDS[known.role]}\u00a0»."
        )
    return known


def ask_who() -> None:
    """Picks or makes a profile."""
    st.title("Qui êtes-vous\u00a0?")
    st.caption(
        "Votre nom figure sur vos grilles\u00a0; votre travail n’est lu par personne avant que vous le verrouilliez."
    )
    profiles = application().people.profiles(LOCAL)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Reprendre un profil")
        if not profiles:
            st.write("Aucun profil sur cette installation.")
        for actor in profiles:
            label = f"{plain(actor.name)} – {ROLE_WORDS[actor.role].lower()}"
            st.button(label, key=f"who-{actor.person}", on_click=on_become, args=(actor,), width="stretch")
    with right, st.form("profile"):
        st.subheader("Créer un profil")
        st.text_input("Nom et prénom", max_chars=120, key="profile-name")
        st.selectbox("Rôle", list(ROLE_WORDS), format_func=ROLE_WORDS.__getitem__, key="profile-role")
        st.form_submit_button("Créer ce profil", type="primary", on_click=on_join)
        show_refusal()


def on_join() -> None:
    """Makes the profile that was filled in, and is it."""
    name, role = st.session_state["profile-name"], st.session_state["profile-role"]
    attempt(lambda: on_become(application().people.join(LOCAL, name, role)))


def on_become(actor: Actor) -> None:
    """Is this profile from now on."""
    st.session_state.actor = actor
    st.query_params[PARAMETER] = actor.person


def on_leave() -> None:
    """Back to choosing a profile."""
    st.session_state.pop("actor", None)
    st.query_params.clear()
