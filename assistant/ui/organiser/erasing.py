"""Erases a candidate, or all those of a session, for good: said in full first, and confirmed."""

import streamlit as st

from assistant.application.lifecycle import Erased
from assistant.application.people import Actor
from assistant.application.session_lists import CandidacyView, SessionView
from assistant.ui.acting import attempt
from assistant.ui.state import application
from assistant.ui.telling import tell
from assistant.ui.words import plain

WHAT = (
    "Sont effacés pour de bon\u00a0: les fichiers, ce qui en a été lu, les brouillons de la prélecture et ce que les jurés "
    "ont écrit. Restent la grille arrêtée par le jury et l’audit, sans nom ni texte personnel. Une sauvegarde faite avant "
    "garde ces données jusqu’à sa propre suppression."
)


def erase_candidate(actor: Actor, one: CandidacyView) -> None:
    """The button, with its confirmation, on a candidate's sheet."""
    with st.expander("Effacer ce candidat pour de bon"):
        st.caption(WHAT)
        sure = st.checkbox(f"J’efface le candidat n° {plain(one.number)} {plain(one.name)}", key=f"sure-erase-{one.id}")
        st.button(
            "Effacer ce candidat", key=f"erase-{one.id}", disabled=not sure, on_click=on_erase_candidate,
            args=(actor, one.id, one.number),
        )  # fmt: skip


def erase_session(actor: Actor, session: SessionView) -> None:
    """The same for all the candidates of a session; the session itself stays, empty."""
    count = len(session.candidacies)
    if not count:
        return
    with st.expander("Effacer les candidats de cette session pour de bon"):
        st.caption(WHAT)
        whom = "le candidat" if count == 1 else f"les {count:d} candidats"
        sure = st.checkbox(f"J’efface {whom} de la session « {plain(session.title)} »", key=f"sure-erase-{session.id}")
        st.button(
            "Effacer ces candidats", key=f"erase-{session.id}", disabled=not sure, on_click=on_erase_session,
            args=(actor, session.id),
        )  # fmt: skip


def on_erase_candidate(actor: Actor, candidacy: str, number: str) -> None:
    """Erases one, and says how much that was."""

    def erase() -> None:
        made = application().lifecycle.purge_candidate(actor, candidacy)
        tell(f"Le candidat n° {number} est effacé\u00a0: {_how_much(made)}.")

    attempt(erase)


def on_erase_session(actor: Actor, session: str) -> None:
    """Erases them all, and says how much that was."""

    def erase() -> None:
        made = application().lifecycle.purge_session(actor, session)
        whom = "1 candidat effacé" if made.candidates == 1 else f"{made.candidates} candidats effacés"
        tell(f"{whom}\u00a0: {_how_much(made)}.")

    attempt(erase)


def _how_much(made: Erased) -> str:
    dossiers = "1 dossier" if made.dossiers == 1 else f"{made.dossiers} dossiers"
    return f"{dossiers}, " + ("1 fichier" if made.files == 1 else f"{made.files} fichiers")
