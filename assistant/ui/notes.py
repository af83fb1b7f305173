"""The juror's own note on a criterion, saved as typed; an edit made elsewhere is announced, never overwritten."""

import streamlit as st

from assistant.errors import EditConflict
from assistant.review.actor import LOCAL_JUROR
from assistant.review.notes import Note, Notes
from assistant.ui.autosave import autosave, draft
from assistant.ui.state import desk


@st.fragment
def note_area(run_key: str, criterion: str) -> None:
    """The note of the present juror on one criterion."""
    area = f"{run_key[:16]}-{criterion}"
    latest = _notes().read(LOCAL_JUROR, run_key, criterion)
    known = st.session_state.setdefault(f"note-{area}", latest)
    waiting: str | None = st.session_state.get(f"conflict-{area}")
    st.session_state[f"where-{area}"] = (run_key, criterion)
    autosave(
        area,
        "Vos notes",
        known.text,
        known.version,
        waiting is not None,
        st.session_state.get(f"take-{area}", 0),
        _save,
    )
    if waiting is not None:
        _settle(area, run_key, criterion, waiting)


def _save(area: str) -> None:
    sent = draft(area)
    if not sent or sent["id"] != area:
        return
    run_key, criterion = st.session_state[f"where-{area}"]
    known: Note = st.session_state[f"note-{area}"]
    base = int(sent["base"]) if sent["recovered"] else known.version
    try:
        st.session_state[f"note-{area}"] = _notes().write(LOCAL_JUROR, run_key, criterion, str(sent["text"]), base)
        st.session_state.pop(f"conflict-{area}", None)
    except EditConflict:
        st.session_state[f"conflict-{area}"] = str(sent["text"])


def _settle(area: str, run_key: str, criterion: str, mine: str) -> None:
    """Both texts side by side; the juror says which one stays. The other remains in the history."""
    other = _notes().read(LOCAL_JUROR, run_key, criterion)
    st.warning(
        "Cette note a été modifiée dans une autre fenêtre. Rien n’a été remplacé : choisissez le texte à garder."
    )
    here, there = st.columns(2)
    here.text_area("Votre texte ici", mine, disabled=True, key=f"mine-{area}")
    there.text_area("L’autre texte", other.text, disabled=True, key=f"other-{area}")
    if here.button("Garder le mien", key=f"keep-{area}"):
        _take(area, _notes().write(LOCAL_JUROR, run_key, criterion, mine, other.version))
    if there.button("Prendre l’autre", key=f"take-other-{area}"):
        _take(area, other)


def _take(area: str, note: Note) -> None:
    st.session_state[f"note-{area}"] = note
    st.session_state[f"take-{area}"] = st.session_state.get(f"take-{area}", 0) + 1
    st.session_state.pop(f"conflict-{area}", None)
    st.rerun()


@st.cache_resource(show_spinner=False)
def _notes() -> Notes:
    return Notes(desk().engine)
