"""How far the readings of a cohort are: a line that is drawn anew by itself, and the page with it when one has ended."""

import streamlit as st

from assistant.application.cohort_views import CohortProgress
from assistant.application.people import Actor
from assistant.ui.acting import still_here
from assistant.ui.state import application
from assistant.ui.trainer.criterion import in_words


def headline(progress: CohortProgress) -> str:
    """« 8 dossiers reçus, lecture en cours : 0 sur 8 »."""
    received = f"{in_words(progress.received)} {'reçu' if progress.received < 2 else 'reçus'}"
    failed = f", non lus\u00a0: {progress.failed}" if progress.failed else ""
    if not progress.waiting:
        return f"{received}{failed}"
    return f"{received}, lecture en cours\u00a0: {progress.received - progress.waiting} sur {progress.received}{failed}"


@st.fragment(run_every=2.0)
def follow(actor: Actor, cohort: str, drawn: CohortProgress) -> None:
    """Drawn only while something waits. `drawn`: what the rest of the page shows."""
    if not still_here():
        st.rerun(scope="app")
    progress = application().cohorts.progress(actor, cohort)
    if progress != drawn:
        st.rerun(scope="app")
    st.progress(min(1.0, (progress.received - progress.waiting) / max(1, progress.received)))
    st.text(headline(progress))
    st.caption("Cette page se met à jour d’elle-même\u00a0; vous pouvez la fermer, la lecture continue.")
