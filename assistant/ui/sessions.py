"""« Mes sessions » : the sessions one organises or reads in, their dossiers, and one's own progress. Never by merit."""

from datetime import date

import streamlit as st

from assistant.access.actor import Actor
from assistant.access.matrix import allowed
from assistant.errors import PrelectureError
from assistant.referentiel.catalogue import available, load
from assistant.review.sessions import Session
from assistant.ui.candidates import add_dossier, candidate_line
from assistant.ui.identity import ask_who, leave, present
from assistant.ui.opening import open_candidacy
from assistant.ui.state import office
from assistant.ui.words import plain


def sessions_page() -> None:
    """The list, or the dossier or session that the address names (`?dossier=…`, `?session=…`)."""
    try:
        actor = present()
        if actor is None:
            ask_who()
            return
        name = st.query_params.get("dossier")
        if name and open_candidacy(actor, name):
            return
        _head(actor)
        _list(actor)
    except PrelectureError as error:
        st.error(error.message)
        if st.button("Revenir à mes sessions"):
            st.query_params.pop("dossier", None)
            st.rerun()


def _head(actor: Actor) -> None:
    title, who = st.columns([5, 2], vertical_alignment="center")
    title.title("Mes sessions")
    who.button(f"{actor.name} – changer de profil", on_click=leave, width="stretch")


def _list(actor: Actor) -> None:
    sessions = office().sessions(actor)
    if allowed(actor, "found a session"):
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
    for session in sessions:
        _session(actor, session, wanted.casefold(), only or "Tous")


def _session(actor: Actor, session: Session, wanted: str, only: str) -> None:
    title = load(session.referentiel).content.title if session.referentiel in available() else session.referentiel
    day = f" – {session.held:%d/%m/%Y}" if session.held else ""
    every = office().candidacies(actor, session)
    in_title = wanted in session.title.casefold()
    shown = [one for one in every if in_title or wanted in one.number.casefold() or wanted in one.file.casefold()]
    if wanted and not shown:
        return
    with st.container(border=True):
        st.subheader(f"{plain(session.title)}{day}")
        blind = (
            " · lecture d’abord\u00a0: les brouillons de l’IA viennent après votre note" if session.blind_first else ""
        )
        st.caption(f"{title} · blocs {', '.join(session.blocs) or 'tous'}{blind}")
        for one in shown:
            candidate_line(actor, session, one, only)
        if not every:
            st.write("Aucun dossier dans cette session.")
        if actor.person == session.created_by or actor.role == "administrator":
            with st.expander("Ajouter un dossier"):
                add_dossier(actor, session)


def _found(actor: Actor) -> None:
    names = available()
    left, right = st.columns(2)
    title = left.text_input("Intitulé", key="new-title", placeholder="Session de juin 2026")
    held: date | None = right.date_input("Date du jury", value=None, key="new-date", format="DD/MM/YYYY")
    name = st.selectbox("Référentiel", names, format_func=lambda n: load(n).content.title or n, key="new-referentiel")
    blocs = [bloc.id for bloc in load(name).content.blocs]
    chosen = st.multiselect("Blocs (tous si rien n’est choisi)", blocs, key=f"new-blocs-{name}", placeholder="Choisir")
    blind = st.checkbox(
        "Lecture d’abord\u00a0: ce que l’IA rédige n’apparaît qu’après la note du juré, ou à sa demande",
        key="new-blind",
    )
    if st.button("Créer la session", type="primary"):
        office().found(actor, title, held, name, tuple(chosen), blind_first=blind)
        st.rerun()
