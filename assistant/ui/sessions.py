"""« Mes sessions » : the sessions one organises or reads in, their dossiers, and one's own progress. Never by merit."""

import streamlit as st

from assistant.application.people import Actor
from assistant.application.session_lists import SessionView
from assistant.errors import PrelectureError
from assistant.ui.acting import attempt, show_refusal
from assistant.ui.ahead import load_ahead
from assistant.ui.candidates import add_dossier, candidate_line
from assistant.ui.identity import ask_who, present
from assistant.ui.labels import distinct
from assistant.ui.opening import open_candidacy
from assistant.ui.state import application
from assistant.ui.telling import show_told, tell
from assistant.ui.usage import usage_section
from assistant.ui.words import plain

NUMBERED = (
    "Les candidats sont désignés par leur numéro. Leur nom et leur entreprise vous sont montrés quand vous déclarez si vous "
    "avez un lien avec eux."
)
FOUNDERS = frozenset({"juror", "organiser", "administrator"})


def sessions_page() -> None:
    """The list, or the dossier or session that the address names (`?dossier=…`, `?session=…`)."""
    try:
        actor = present()
        if actor is None:
            ask_who()
            return
        show_refusal()
        show_told()
        name = st.query_params.get("dossier")
        if name and open_candidacy(actor, name):
            return
        _head()
        _list(actor)
        usage_section(actor)
    except PrelectureError as error:
        st.error(plain(error.message))
        st.button("Revenir à mes sessions", on_click=on_back)


def on_back() -> None:
    """Leaves the dossier."""
    st.query_params.pop("dossier", None)


def _head() -> None:
    st.title("Mes sessions")


def _list(actor: Actor) -> None:
    sessions = list(application().sessions.list(actor))
    if actor.role in FOUNDERS:
        with st.expander("Nouvelle session", expanded=not sessions):
            _found(actor)
    if not sessions:
        st.info("Aucune session pour l’instant. Un organisateur peut vous attribuer des dossiers, ou créez la vôtre.")
        return
    search, filtering = st.columns([3, 2])
    wanted = search.text_input("Chercher un candidat ou une session", key="search", placeholder="0417, juin…").strip()
    only = filtering.segmented_control(
        "Montrer", ["Tous", "À lire", "En cours", "Verrouillés"], default="Tous", key="only", width="stretch"
    )
    profiles = application().people.profiles(actor)
    archived = [one for one in sessions if one.archived]
    if archived:
        several = f"Montrer aussi les {len(archived):d} sessions archivées"
        if not st.toggle(several if len(archived) > 1 else "Montrer aussi la session archivée", key="with-archived"):
            sessions = [one for one in sessions if not one.archived]
    for session in sessions:
        _session(actor, session, profiles, wanted.casefold(), only or "Tous")
    mine = [one for session in sessions for one in session.candidacies if one.progress and one.complete != "incomplete"]
    load_ahead(actor, [one.id for one in mine if one.progress and not one.progress.locked])


def _session(actor: Actor, session: SessionView, profiles: tuple[Actor, ...], wanted: str, only: str) -> None:
    day = f" – {session.held:%d/%m/%Y}" if session.held else ""
    in_title = wanted in session.title.casefold()
    shown = [
        one
        for one in session.candidacies
        if in_title or wanted in one.number.casefold() or wanted in one.file.casefold()
    ]
    if wanted and not shown:
        return
    with st.container(border=True):
        st.header(f"{plain(session.title)}{day}")
        blind = (
            " · lecture d’abord\u00a0: ce que le programme a repéré vient après votre note"
            if session.blind_first
            else ""
        )
        blocs = f"blocs {plain(', '.join(session.blocs))}" if session.blocs else "tous les blocs"
        st.caption(f"{plain(session.referentiel)} · {blocs}{blind}")
        if not session.organises and shown:
            st.caption(NUMBERED)
        for one in shown:
            candidate_line(actor, one, profiles, only)
        if not session.candidacies:
            st.write("Aucun dossier dans cette session.")
        if session.organises:
            with st.expander("Ajouter un dossier", key=f"add-box-{session.id}"):
                add_dossier(actor, session, profiles)


def _found(actor: Actor) -> None:
    choices = {one.id: one for one in application().referentiels.choosable(actor)}
    left, right = st.columns(2)
    left.text_input("Intitulé", key="new-title", placeholder="Session de juin 2026")
    right.date_input("Date du jury", value=None, key="new-date", format="DD/MM/YYYY")
    titles = distinct({one.id: one.title for one in choices.values()})
    name = st.selectbox(
        "Référentiel", list(choices), index=None, format_func=titles.__getitem__, key="new-referentiel",
        placeholder="Choisir le référentiel de la certification",
    )  # fmt: skip
    blocs = [bloc for bloc, _ in choices[name].blocs] if name else []
    if len(blocs) > 1:
        st.multiselect("Blocs (tous si rien n’est choisi)", blocs, key=f"new-blocs-{name}", placeholder="Choisir")
    st.checkbox(
        "Lecture d’abord\u00a0: ce que le programme a repéré n’apparaît qu’après la note du juré, ou à sa demande",
        key="new-blind",
    )
    st.button("Créer la session", type="primary", disabled=not name, on_click=on_found, args=(actor,))


def on_found(actor: Actor) -> None:
    """Founds the session that was filled in."""
    state = st.session_state
    name = state["new-referentiel"]

    def found() -> None:
        title = state["new-title"]
        application().sessions.found(
            actor,
            title,
            state["new-date"],
            name,
            tuple(state.get(f"new-blocs-{name}", ())),
            blind_first=state["new-blind"],
        )
        tell(
            f"La session «\u00a0{title.strip()}\u00a0» est créée\u00a0: ajoutez-y des dossiers, ici ou dans "
            "«\u00a0Organisation\u00a0»."
        )

    attempt(found)
