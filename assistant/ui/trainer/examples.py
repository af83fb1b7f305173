"""The examples a trainer chose, each as the sheet will have it, and the sheet."""

from collections.abc import Hashable

import streamlit as st

from assistant.application.cohort_views import CohortView
from assistant.application.people import Actor
from assistant.errors import PrivacyUnavailable
from assistant.ui.acting import attempt
from assistant.ui.state import application
from assistant.ui.trainer.download import download, prepare
from assistant.ui.words import plain


def examples_box(actor: Actor, view: CohortView) -> None:
    """Drawn last: the first mask of a dossier takes a moment, and nothing of the page waits for it."""
    chosen = application().examples.chosen(actor, view.id)
    with st.container(border=True):
        st.header("Exemples choisis")
        st.caption("Chaque phrase telle que la fiche l’aura. Relisez\u00a0: le masquage peut laisser passer un nom.")
        try:
            for one in chosen:
                with st.spinner("Masquage des noms…"):
                    masked = application().examples.in_the_sheet(actor, one)
                st.text(f"{one.criterion}, dossier {one.number}\u00a0: «\u00a0{masked}\u00a0»")
                st.button(
                    "Retirer", key=f"drop-{one.id}", type="tertiary", on_click=on_drop, args=(actor, view.id, one.id)
                )
        except PrivacyUnavailable as error:
            st.warning(plain(error.message))
            return
        if chosen:
            of = (view.id, *(one.id for one in chosen))
            st.button("Préparer la fiche (DOCX)", key="make-sheet", on_click=on_sheet, args=(actor, view.id, of))
            download("sheet", of)


def on_sheet(actor: Actor, cohort: str, of: Hashable) -> None:
    """Makes the sheet of examples, to be downloaded."""
    prepare("sheet", of, lambda: application().examples.sheet(actor, cohort))


def on_drop(actor: Actor, cohort: str, example: str) -> None:
    """Keeps it no more."""
    attempt(lambda: application().examples.drop(actor, cohort, example))
