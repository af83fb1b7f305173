"""Watches a pre-read at work; it goes on when the page is closed, and is found again."""

import streamlit as st

from assistant.preread import PreReadRequest
from assistant.referentiel.catalogue import load
from assistant.ui.state import desk, runner


@st.fragment(run_every=0.5)
def watch(key: str) -> None:
    """Progress, calls and tokens as they come, and a button that stops and keeps what is done."""
    job = runner().job(key)
    if job is None or (job.finished and job.error is None):
        st.rerun()
        return
    if job.error is not None:
        st.error(job.error)
        if st.button("Revenir aux dossiers", type="primary"):
            st.query_params.pop("run", None)
            st.query_params.pop("dossier", None)
            st.rerun(scope="app")
        return
    share = job.done / job.total if job.total else 0.0
    step = job.step[:1].upper() + job.step[1:] or "Ouverture"
    st.progress(min(1.0, share), text=f"{step} : {job.done} sur {job.total}" if job.total else step)
    st.caption("Vous pouvez fermer cette page : la lecture continue et se retrouve dans la liste.")
    if st.button("Arrêter la lecture"):
        runner().stop(key)


def take_up(key: str) -> None:
    """Offers to start again a run that was interrupted, from where it stopped."""
    run = desk().runs.get(key)
    if run is None:
        st.caption("Le fichier n’a pas été lu\u00a0: déposez-le de nouveau.")
        return
    if run.message:
        st.caption(run.message)
    if st.button("Reprendre la lecture", type="primary"):
        runner().submit(
            PreReadRequest.of(desk().files.get(run.dossier_sha256), run.file, load(run.referentiel), run.blocs)
        )
        st.rerun()
