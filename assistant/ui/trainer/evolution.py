"""What changed in a cohort from one version of its dossiers to the next: what is there, never how well."""

import streamlit as st

from assistant.application.cohort_views import CohortView
from assistant.application.people import Actor
from assistant.comparison_report import CriterionChange
from assistant.ui.state import application
from assistant.ui.trainer.criterion import in_words
from assistant.ui.words import plain


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
            _gains(changed.criteria)


def _gains(criteria: tuple[CriterionChange, ...]) -> None:
    told = [one for one in criteria if one.gained or one.lost]
    if not told:
        st.caption("Aucun critère n’a gagné ni perdu de passage depuis la version d’avant.")
    for one in told:
        with st.expander(plain(f"{one.id}\u00a0: {_passages(one)}")):
            for sign, texts in (("en plus", one.gained), ("en moins", one.lost)):
                for text in texts:
                    st.text(f"{sign}\u00a0: «\u00a0{text}\u00a0»")


def _passages(one: CriterionChange) -> str:
    """« 2 en plus, 1 en moins »."""
    said = [f"{len(texts):d} {words}" for words, texts in (("en plus", one.gained), ("en moins", one.lost)) if texts]
    return ", ".join(said)
