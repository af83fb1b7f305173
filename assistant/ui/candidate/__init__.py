"""The candidate's space: drafts that nobody else sees until they are shared."""

import streamlit as st

from assistant.application.people import Actor
from assistant.application.prereads import ACCEPTED, PreReadLine
from assistant.errors import NotFound, PrelectureError
from assistant.ui.acting import attempt, show_refusal, uploaded
from assistant.ui.candidate.draft import show_draft
from assistant.ui.choosing import choose_referentiel
from assistant.ui.identity import in_space
from assistant.ui.sending import corrections, preview_section
from assistant.ui.state import application
from assistant.ui.watching import WAITING, watch
from assistant.ui.words import plain

PARAMETER = "brouillon"
ALONE = (
    "Personne d’autre que vous ne voit cette page, tant que vous ne partagez pas un brouillon avec un formateur. Aucun jury "
    "ne voit vos brouillons."
)

READ_TOO = (
    "Ce dossier est aussi lu dans «\u00a0Dossiers\u00a0»\u00a0: tout ce que vous y avez écrit et choisi en le lisant serait "
    "perdu avec lui."
)


def candidate_page() -> None:
    """The list, or the draft that the address names (`?brouillon=…`)."""
    try:
        actor = in_space("candidate")
        show_refusal()
        preread = st.query_params.get(PARAMETER)
        if preread and _opens(actor, preread):
            return
        _hand_in(actor)
        _known(actor)
    except PrelectureError as error:
        st.error(plain(error.message))


def _opens(actor: Actor, preread: str) -> bool:
    try:
        job = application().jobs.progress(actor, preread)
    except NotFound:
        st.query_params.pop(PARAMETER, None)
        return False
    if job.state in {"complete", "partial"}:
        show_draft(actor, preread)
    elif job.state in WAITING:
        watch(actor, preread)
    else:
        st.error(plain(job.message) or "La lecture a été interrompue\u00a0: reprenez-la.")
        st.button("Reprendre la lecture", on_click=on_start, args=(actor, preread))
    st.button("Revenir à mes brouillons", type="tertiary", on_click=on_leave)
    return True


def _hand_in(actor: Actor) -> None:
    st.title("Mon dossier")
    st.caption(ALONE)
    left, right = st.columns([3, 2])
    with left:
        files = st.file_uploader(
            "Mon brouillon, puis ses annexes", type=list(ACCEPTED), accept_multiple_files=True, key="draft-files"
        )
    with right:
        name, blocs = choose_referentiel(actor, "draft")
    if files and name:
        preview_section(actor, uploaded(files), name, blocs)
    st.button("Lire mon brouillon", type="primary", disabled=not (files and name), on_click=on_hand_in, args=(actor,))


def on_hand_in(actor: Actor) -> None:
    """Hands in the draft and starts its reading, which goes on when the page is closed."""
    files = uploaded(st.session_state.get("draft-files"))
    name = st.session_state.get("draft-referentiel")
    if not files or not name:
        return

    def add() -> None:
        blocs = tuple(st.session_state.get("draft-blocs", ()))
        preread = application().prereads.add(actor, files, name, blocs, corrections=corrections(), purpose="draft")
        application().jobs.start(actor, preread)
        st.query_params[PARAMETER] = preread

    attempt(add)


def _known(actor: Actor) -> None:
    lines = application().candidates.drafts(actor)
    if not lines:
        return
    st.header("Mes brouillons")
    read = application().candidates.also_read(actor, lines)
    for line in lines:
        _line(actor, line, also_read=line.id in read)


def _line(actor: Actor, line: PreReadLine, *, also_read: bool) -> None:
    name, what, action = st.columns([4, 6, 2], vertical_alignment="center")
    name.text(line.file)
    name.caption(f"déposé le {line.started.astimezone():%d/%m/%Y à %H\u00a0h\u00a0%M}")
    what.caption(plain(line.referentiel))
    action.button("Ouvrir", key=f"draft-{line.id}", width="stretch", on_click=on_open, args=(line.id,))
    with action.popover("Effacer", width="stretch"):
        st.caption("Ce brouillon, ses versions et tout ce qui en a été lu sont effacés pour de bon.")
        if also_read:
            st.warning(READ_TOO)
        st.button("Effacer pour de bon", key=f"erase-{line.id}", on_click=on_erase, args=(actor, line.id))


def on_open(preread: str) -> None:
    """Turns to a draft."""
    st.query_params[PARAMETER] = preread


def on_erase(actor: Actor, preread: str) -> None:
    """Erases a draft with all its versions."""
    attempt(lambda: application().lifecycle.purge_own(actor, preread))


def on_leave() -> None:
    """Back to the list."""
    st.query_params.pop(PARAMETER, None)


def on_start(actor: Actor, preread: str) -> None:
    """Starts a reading again."""
    attempt(lambda: application().jobs.start(actor, preread))
