"""The trainer's space: cohorts of dossiers, uploaded or shared by candidates."""

import streamlit as st

from assistant.application.people import Actor
from assistant.errors import NotFound, PrelectureError
from assistant.ui.acting import attempt, show_refusal
from assistant.ui.choosing import choose_referentiel
from assistant.ui.identity import in_space
from assistant.ui.state import application
from assistant.ui.trainer.cohort import show_cohort
from assistant.ui.words import plain

PARAMETER = "promotion"
WHO_SEES = (
    "Vous seul voyez cette page. Elle dit où des passages ont été repérés\u00a0; elle ne note ni ne classe personne, et "
    "aucun jury ne la voit."
)


def trainer_page() -> None:
    """The list, or the cohort that the address names (`?promotion=…`)."""
    try:
        actor = in_space("trainer")
        show_refusal()
        cohort = st.query_params.get(PARAMETER)
        if cohort:
            try:
                show_cohort(actor, cohort, WHO_SEES)
                st.button("Revenir à mes promotions", type="tertiary", on_click=on_leave)
                return
            except NotFound:
                st.query_params.pop(PARAMETER, None)
        _list(actor)
    except PrelectureError as error:
        st.error(plain(error.message))


def _list(actor: Actor) -> None:
    st.title("Mes promotions")
    st.caption(WHO_SEES)
    for one in application().cohorts.list(actor):
        name, what, action = st.columns([4, 6, 2], vertical_alignment="center")
        name.text(one.title)
        what.caption(plain(f"{one.referentiel} · dossiers\u00a0: {one.dossiers}"))
        action.button("Ouvrir", key=f"cohort-{one.id}", width="stretch", on_click=on_open, args=(one.id,))
    with st.container(border=True):
        st.header("Nouvelle promotion")
        st.text_input("Nom de la promotion", max_chars=120, key="cohort-title")
        choose_referentiel(actor, "cohort")
        st.button("Créer la promotion", type="primary", on_click=on_found, args=(actor,))


def on_found(actor: Actor) -> None:
    """Makes the cohort that was filled in, and turns to it."""
    title, name = st.session_state.get("cohort-title", ""), st.session_state.get("cohort-referentiel")
    if not name:
        return

    def found() -> None:
        blocs = tuple(st.session_state.get("cohort-blocs", ()))
        st.query_params[PARAMETER] = application().cohorts.found(actor, title, name, blocs)

    attempt(found)


def on_open(cohort: str) -> None:
    """Turns to a cohort."""
    st.query_params[PARAMETER] = cohort


def on_leave() -> None:
    """Back to the list."""
    st.query_params.pop(PARAMETER, None)
