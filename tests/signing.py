"""How several people are at one app in tests: by a name in the address. Only the tests' own launcher can put it in place.

Nothing of the product knows it: `python -m tests.signing PORT` serves the app with it, on loopback alone.
"""

import sys

import streamlit as st

from assistant.application.people import LOCAL, OPERATOR, Actor
from assistant.commands.serve import OPTIONS
from assistant.errors import PrelectureError
from assistant.places import SERVER
from assistant.ui import identity
from assistant.ui.state import application
from assistant.ui.words import plain

PARAMETER = "qui"


class NamedInTheAddress:
    """`?qui=<person>`: whoever that is; nobody is the one person of the machine where no session is needed."""

    words = ""

    def present(self) -> Actor | None:
        known: Actor | None = st.session_state.get("actor")
        name = st.query_params.get(PARAMETER)
        if known is None and name:
            known = application().people.enter(LOCAL, name)
        if known is not None:
            st.session_state.actor = known
            st.query_params[PARAMETER] = known.person
        return known

    def guest(self) -> Actor | None:
        return LOCAL

    def leave(self) -> None:
        st.session_state.pop("actor", None)
        st.query_params.clear()

    def ask(self) -> None:
        st.title("Qui êtes-vous\u00a0?")
        for actor in application().people.profiles(OPERATOR):
            st.button(plain(actor.name), key=f"who-{actor.person}", on_click=become, args=(actor,))
        with st.form("profile"):
            st.text_input("Nom et prénom", key="profile-name")
            st.selectbox(
                "Rôle", list(identity.ROLE_WORDS), format_func=identity.ROLE_WORDS.__getitem__, key="profile-role"
            )
            st.form_submit_button("Créer ce profil", type="primary", on_click=join)


def become(actor: Actor) -> None:
    st.session_state.actor = actor
    st.query_params[PARAMETER] = actor.person


def join() -> None:
    try:
        become(application().people.join(OPERATOR, st.session_state["profile-name"], st.session_state["profile-role"]))
    except PrelectureError as error:
        st.error(plain(error.message))


def named_in_the_address() -> NamedInTheAddress:
    return NamedInTheAddress()


def main(port: str) -> None:
    """Serves the app as `prelecture app` does, with this way of knowing who is there."""
    from streamlit.web import cli

    identity.way = named_in_the_address
    options = [part for name, value in OPTIONS.items() for part in (f"--{name}", value)]
    sys.argv = ["streamlit", "run", str(SERVER), "--server.port", port, *options, "--server.address", "127.0.0.1"]
    cli.main()


if __name__ == "__main__":
    main(sys.argv[1])
