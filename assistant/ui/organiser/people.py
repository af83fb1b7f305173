"""People and roles: given by whoever organises, never taken. What an act did is said beside its form."""

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.application.people import Actor, Member
from assistant.errors import PrelectureError
from assistant.ui.acting import make_sure
from assistant.ui.identity import ROLE_WORDS
from assistant.ui.labels import distinct
from assistant.ui.state import application
from assistant.ui.tables import in_cells
from assistant.ui.words import plain

NONE = "aucun"
GRANTED: dict[str, str] = dict([("", NONE), *ROLE_WORDS.items()])
INVITED = "invité, pas encore connecté"
NO_MAIL = (
    "Prélecture n’envoie aucun courriel\u00a0: prévenez la personne, et donnez-lui l’adresse de l’application. Si elle s’est "
    "déjà connectée avec cette adresse, le rôle est le sien tout de suite\u00a0; sinon, à sa première connexion."
)
SAID = "people-said"


def people_section(actor: Actor) -> None:
    """Who is known or invited, and the forms."""
    members = application().people.members(actor)
    st.dataframe(
        in_cells([
            {
                "Nom": one.name, "Courriel": one.email, "Rôle": ROLE_WORDS[one.role] if one.role else NONE,
                "État": "" if one.person else INVITED,
            }
            for one in members
        ]),
        hide_index=True, width="stretch",
    )  # fmt: skip
    left, right = st.columns(2)
    with left:
        _invite(actor)
        _withdraw(actor, members)
    with right:
        _grant(actor, members)


def _invite(actor: Actor) -> None:
    with st.form("invite"):
        st.text_input("Courriel", key="invite-email", max_chars=200)
        st.selectbox("Rôle", list(ROLE_WORDS), format_func=ROLE_WORDS.__getitem__, key="invite-role")
        st.caption(NO_MAIL)
        st.form_submit_button("Donner ce rôle à cette adresse", on_click=on_invite, args=(actor,))
    _show("invite")


def _withdraw(actor: Actor, members: Sequence[Member]) -> None:
    waiting = {one.email: f"{one.email} – {GRANTED[one.role or '']}" for one in members if not one.person}
    if waiting:
        labels = distinct(waiting)
        chosen = st.selectbox(
            "Invitation qui attend", list(labels), index=None, format_func=labels.__getitem__, key="withdraw-email",
            placeholder="Choisir",
        )  # fmt: skip
        st.button(
            "Retirer cette invitation", key="withdraw", disabled=chosen is None, on_click=on_withdraw,
            args=(actor, chosen),
        )  # fmt: skip
    _show("withdraw")


def _grant(actor: Actor, members: Sequence[Member]) -> None:
    known = {one.person: one for one in members if one.person}
    labels = distinct({one.person: one.name for one in known.values()})
    with st.container(border=True):
        person = st.selectbox(
            "Personne", list(labels), index=None, format_func=labels.__getitem__, key="grant-person",
            placeholder="Choisir",
        )  # fmt: skip
        if person is not None:
            one, roles = known[person], list(GRANTED)
            now = one.role or ""
            role = st.selectbox(
                "Rôle", roles, roles.index(now), format_func=GRANTED.__getitem__, key=f"grant-role-{person}-{now}"
            )
            sure = role != "" or now == "" or st.checkbox(
                f"Oui, retirer son rôle à {plain(one.name)}\u00a0: cette personne n’ouvrira plus rien ici",
                key=f"grant-sure-{person}",
            )  # fmt: skip
            st.button(
                "Changer son rôle", key="grant", disabled=role == now or not sure, on_click=on_grant,
                args=(actor, one, role),
            )  # fmt: skip
    _show("grant")


def on_invite(actor: Actor) -> None:
    """Gives a role to an address; the field is empty again once it is given."""
    email, role = st.session_state["invite-email"], st.session_state["invite-role"]

    def invite() -> str:
        given = application().people.invite(actor, email, role)
        st.session_state["invite-email"] = ""
        if given is not None:
            return f"{given.name} s’est déjà servi de cette adresse\u00a0: ce rôle vaut dès maintenant ({ROLE_WORDS[role]})."
        return f"{email}\u00a0: {ROLE_WORDS[role]}, à sa première connexion. Aucun courriel n’est envoyé."

    _do("invite", invite)


def on_withdraw(actor: Actor, email: str) -> None:
    """Takes an invitation back."""

    def withdraw() -> str:
        application().people.withdraw_invitation(actor, email)
        return f"L’invitation de {email} est retirée."

    _do("withdraw", withdraw)


def on_grant(actor: Actor, member: Member, role: str) -> None:
    """Gives a role to somebody who signed in, or takes it."""

    def grant() -> str:
        application().people.grant(actor, member.person, role or None)  # type: ignore[arg-type]  # the keys above
        if not role:
            return f"{member.name} n’a plus de rôle\u00a0: ses fenêtres ouvertes se ferment."
        again = " Ses fenêtres ouvertes se ferment\u00a0: il faut se reconnecter." if member.role else ""
        return f"{member.name}\u00a0: {GRANTED[role]}.{again}"

    _do("grant", grant)


def _do(where: str, act: Callable[[], str]) -> None:
    try:
        make_sure()
        st.session_state[SAID] = (where, True, act())
    except PrelectureError as error:
        st.session_state[SAID] = (where, False, error.message)


def _show(where: str) -> None:
    """What the last act of this form did, once."""
    said = st.session_state.get(SAID)
    if said is not None and said[0] == where:
        st.session_state.pop(SAID)
        (st.success if said[1] else st.error)(plain(said[2]))
