"""The dossiers of a cohort: taken out, read again, replaced by a new version."""

import hashlib

import streamlit as st

from assistant.application.cohort_views import CohortRow, CohortView
from assistant.application.handing_in import UploadedFile
from assistant.application.people import Actor
from assistant.application.prereads import ACCEPTED
from assistant.ui.acting import attempt
from assistant.ui.labels import distinct
from assistant.ui.state import application
from assistant.ui.watching import on_retry
from assistant.ui.words import plain

AT_ONCE = 12
"""Dossiers listed at once with all that can be done with them."""
STANDS = {"read": "", "waiting": " – lecture en cours", "failed": " – non lu"}


def dossiers_box(actor: Actor, view: CohortView) -> None:
    """By number, each with what its reading met; of many, those that were not read and the one that is chosen."""
    failed = [row for row in view.rows if row.reading == "failed"]
    with st.expander("Les dossiers", expanded=bool(failed)):
        shown = view.rows
        if len(view.rows) > AT_ONCE:
            titles = distinct({row.number: f"{row.number} – {row.title}" for row in view.rows})
            chosen = st.selectbox(
                "Dossier à retirer ou à remplacer", list(titles), index=None, format_func=titles.__getitem__,
                key="dossier-chosen", placeholder="Choisir",
            )  # fmt: skip
            shown = tuple(row for row in view.rows if row in failed or row.number == chosen)
        for row in shown:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{row.number} – {row.title}{_besides(row)}{STANDS[row.reading]}")
                st.button("Retirer", key=f"leave-{row.dossier}", on_click=on_leave, args=(actor, view.id, row.dossier))
                if row.reading == "failed" and row.latest and not row.shared:
                    st.button("Relancer", key=f"again-{row.dossier}", on_click=on_retry, args=(actor, row.latest))
            if row.reason:
                st.text(row.reason)
            if not row.shared:
                _new_version(actor, view, row)


def _besides(row: CohortRow) -> str:
    said = [f"v{row.version}"] * (row.version > 1) + ["partagé"] * row.shared
    return f" ({', '.join(said)})" if said else ""


def _new_version(actor: Actor, view: CohortView, row: CohortRow) -> None:
    turn = st.session_state.get(_turn(row.dossier), 0)
    with st.popover(f"Nouvelle version du dossier {row.number:d}", key=f"version-box-{row.dossier}-{turn:d}"):
        key = f"version-{row.dossier}-{turn:d}"
        file = st.file_uploader("Le nouveau fichier", type=list(ACCEPTED), key=key)
        other = file is not None and st.session_state.get(f"{key}-other") == _hash(file.getvalue())
        if other:
            st.warning(plain(
                f"Presque aucune phrase de ce fichier n’est dans «\u00a0{row.title}\u00a0»\u00a0: est-ce bien une nouvelle "
                "version du même dossier\u00a0? Sinon, choisissez un autre fichier."
            ))  # fmt: skip
        st.button(
            "Oui, c’est sa nouvelle version" if other else "Lire cette version", type="primary", disabled=file is None,
            key=f"{key}-do", on_click=on_version, args=(actor, view.id, row.dossier, row.number, other),
        )  # fmt: skip


def on_version(actor: Actor, cohort: str, dossier: str, number: int, confirmed: bool) -> None:
    """Puts the new file in the place of the one before and starts its reading; the version before stays to compare.

    A file that has hardly a sentence in common with it is asked about first.
    """
    turn = st.session_state.get(_turn(dossier), 0)
    key = f"version-{dossier}-{turn}"
    file = st.session_state.get(key)
    if file is None:
        return
    given = UploadedFile(file.name, file.getvalue())

    def replace() -> None:
        if not confirmed and application().same_dossier.hardly(actor, cohort, number, given):
            st.session_state[f"{key}-other"] = _hash(given.data)
            return
        application().jobs.start(actor, application().cohorts.new_version(actor, cohort, dossier, given))
        st.session_state[_turn(dossier)] = turn + 1  # the box closes, and its file is gone

    attempt(replace)


def on_leave(actor: Actor, cohort: str, dossier: str) -> None:
    """Takes a dossier out."""
    attempt(lambda: application().cohorts.leave(actor, cohort, dossier))


def _turn(dossier: str) -> str:
    return f"version-turn-{dossier}"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
