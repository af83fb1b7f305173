"""Who is at the screen: the one person of their own machine, or whoever a provider signed in. Nobody picks a name."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

import streamlit as st

from assistant.application.people import Actor, Role
from assistant.errors import AccessDenied, PrelectureError
from assistant.ui.acting import drawn_for
from assistant.ui.state import application
from assistant.ui.words import plain

ROLE_WORDS: dict[Role, str] = {
    "juror": "Juré",
    "organiser": "Organisateur",
    "candidate": "Candidat",
    "trainer": "Formateur",
    "administrator": "Administrateur",
}
EVERY_SPACE = ("dossiers", "sessions", "organisation", "mon-dossier", "promotions", "referentiels", "a-propos")
SPACES: dict[Role, tuple[str, ...]] = {
    "juror": ("dossiers", "sessions", "organisation", "a-propos"),
    "organiser": ("dossiers", "sessions", "organisation", "referentiels", "a-propos"),
    "administrator": ("dossiers", "sessions", "organisation", "referentiels", "a-propos"),
    "candidate": ("mon-dossier", "a-propos"),
    "trainer": ("promotions", "dossiers", "a-propos"),
}
VISITOR = ("sessions", "a-propos")
"""Either asks to sign in, or says what this is."""
LOCAL_WORDS = (
    "Mode local\u00a0: une seule personne, sur cette machine. Rien n’est ouvert à d’autres\u00a0; pour travailler à "
    "plusieurs, l’administrateur règle la connexion des personnes."
)


class SignIn(Protocol):
    """One way of knowing who is at the screen."""

    def present(self) -> Actor | None:
        """Who it is, looked up anew each time a page is drawn; None for somebody unknown or without a role."""
        ...

    def guest(self) -> Actor | None:
        """Who does what needs no session, where nobody signed in."""
        ...

    def ask(self) -> None:
        """Draws what somebody unknown sees."""
        ...

    def leave(self) -> None:
        """Signs out."""
        ...

    @property
    def words(self) -> str:
        """What every page says about it; "" for nothing."""
        ...


class LocalSignIn:
    """The one person of this machine."""

    words = LOCAL_WORDS

    def present(self) -> Actor | None:
        return _only_person()

    def guest(self) -> Actor | None:
        return self.present()

    def ask(self) -> None:
        st.error("Cette page n’est pas disponible en mode local.")

    def leave(self) -> None:
        """Nobody signed in."""


class OidcSignIn:
    """Whoever a provider of `.streamlit/secrets.toml` has signed in, in the role that was given to them here."""

    words = ""

    def present(self) -> Actor | None:
        if not st.user.is_logged_in:
            return None
        arrival = application().signing_in.arrive(_claims())
        if arrival.ended:
            st.logout()
            st.stop()
        if arrival.actor is not None:
            drawn_for(arrival.actor)
        return arrival.actor

    def guest(self) -> Actor | None:
        return None

    def ask(self) -> None:
        st.title("Connexion")
        if st.user.is_logged_in:
            st.info(
                "Votre compte est reconnu, mais aucun rôle ne vous a été donné ici. Demandez à l’organisateur de votre "
                "session, ou à l’administrateur, de vous en donner un."
            )
            st.button("Me déconnecter", on_click=on_leave)
            return
        st.write("Connectez-vous avec le compte que votre organisation utilise. Votre rôle vous est donné par elle.")
        for name in _providers():
            label = f"Se connecter avec {plain(name)}" if name else "Se connecter"
            st.button(label, key=f"login-{name}", type="primary", on_click=on_enter, args=(name,))

    def leave(self) -> None:
        actor = self.present()
        if actor is not None:
            application().signing_in.leave(actor)
        st.logout()


def way() -> SignIn:
    """The way that the settings say."""
    return OidcSignIn() if application().settings.sign_in == "oidc" else LocalSignIn()


def present() -> Actor | None:
    """Who is at the screen; None for somebody unknown or without a role."""
    return way().present()


def present_or_local() -> Actor | None:
    """The same, or whoever may hand in a dossier without a role."""
    return present() or way().guest()


def in_space(role: Role) -> Actor:
    """Who uses the space of this role; on a machine of one's own, its person in any role.

    Raises AccessDenied for somebody of another role, or whom nobody knows.
    """
    known = present_or_local()
    if known is None:
        raise AccessDenied("Connectez-vous pour ouvrir cette page.")
    if known.alone:
        return replace(known, role=role)
    if known.role != role:
        raise AccessDenied(
            f"Cet espace est celui d’un autre rôle\u00a0: le vôtre est «\u00a0{ROLE_WORDS[known.role]}\u00a0»."
        )
    return known


def spaces() -> tuple[str, ...]:
    """The pages of whoever is at the screen, by address, the first one first; all of them on one's own machine."""
    try:
        known = present_or_local()
    except PrelectureError:
        return ("dossiers",)  # the page says why
    if known is None:
        return VISITOR
    return EVERY_SPACE if known.alone else SPACES[known.role]


def ask_who() -> None:
    """What somebody unknown sees."""
    way().ask()


def on_enter(provider: str) -> None:
    """Goes to the provider."""
    st.login(provider or None)


def on_leave() -> None:
    """Signs out, in every window."""
    way().leave()


def say_who() -> None:
    """On every page: local mode, or who is signed in and a way out."""
    try:
        here = way()
        if here.words:
            st.caption(plain(here.words))
            return
        actor = here.present()
    except PrelectureError as error:
        st.error(plain(error.message))
        return
    if actor is None:
        return
    with st.container(key="who", horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.caption(f"{plain(actor.name)} – {ROLE_WORDS[actor.role]}")
        st.button("Me déconnecter", key="leave", type="tertiary", on_click=on_leave)


@st.cache_resource(show_spinner=False)
def _only_person() -> Actor:
    return application().signing_in.only_person()


def _claims() -> Mapping[str, object]:
    return {str(name): value for name, value in st.user.to_dict().items()}


def _providers() -> list[str]:
    """The providers that are set up, by name; "" for the one that has none."""
    auth = st.secrets.get("auth", {})
    named = sorted(str(name) for name, value in auth.items() if isinstance(value, Mapping))
    return named or [""]
