"""What changed in a cohort from one version of its dossiers to the next: what is there, never how well."""

import streamlit as st

from assistant.application.cohort_views import CohortView
from assistant.application.people import Actor
from assistant.ui.changed import changed_passages
from assistant.ui.state import application
from assistant.ui.trainer.criterion import in_words


def evolution_box(actor: Actor, view: CohortView) -> None:
    """The group since the first versions, then one dossier since its version before: what is there, never how well."""
    versions = [row.number for row in view.rows if row.version > 1]
    if not versions:
        return
    grown = [one for one in view.criteria if one.at_first not in {None, one.with_all + one.with_part}]
    with st.container(border=True):
        st.header("D’une version à l’autre")
        for one in grown:
            st.text(f"{one.id}\u00a0: {one.at_first} → {in_words(one.with_all + one.with_part)} avec des passages")
        number = st.selectbox("Dossier qui a changé", versions, index=None, key="grown", placeholder="Choisir")
        changed = application().cohorts.evolution(actor, view.id, number) if number is not None else None
        if changed is not None:
            changed_passages(changed.passages)
