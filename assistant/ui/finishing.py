"""The end of a reading: what is still to do, locking, and the exports. Text not adopted never leaves."""

import streamlit as st

from assistant.application.context import ReviewContext, items_of
from assistant.ui.acting import on_event
from assistant.ui.exports import downloads


def finishing_view(context: ReviewContext) -> None:
    """What is left, the lock, and the files."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("#### Où vous en êtes")
        _left_to_do(context)
        _lock(context)
    with right:
        st.markdown("#### Exporter votre lecture")
        if context.may("read own work"):
            downloads(context, "individual")
        else:
            st.write("Seuls les jurés de ce dossier exportent leur lecture.")


def _left_to_do(context: ReviewContext) -> None:
    parts = context.dossier.preread.criteria
    unread = [part.id for part in parts if not context.work.on(part.id).read]
    undecided = [part.id for part in parts if context.work.on(part.id).decision.empty]
    items = sum(item.id not in context.work.on(part.id).choices for part in parts for item in items_of(part))
    st.write(f"Critères lus\u00a0: {len(parts) - len(unread)} sur {len(parts)}.")
    if unread:
        st.caption(f"À lire\u00a0: {', '.join(unread)}.")
    st.write(f"Décisions renseignées\u00a0: {len(parts) - len(undecided)} sur {len(parts)}.")
    if undecided:
        st.caption(f"Sans décision\u00a0: {', '.join(undecided)}.")
    if not context.work.ignores_drafts:
        st.write(f"Éléments de l’IA non traités\u00a0: {items}. Ils ne figurent dans aucun export.")


def _lock(context: ReviewContext) -> None:
    if context.work.locked:
        st.success("Votre lecture est verrouillée\u00a0: elle ne change plus.")
        if not context.access.all_locked:
            st.caption("L’harmonisation s’ouvrira quand tous les jurés auront verrouillé la leur.")
        return
    if not context.may("lock"):
        return
    st.caption(
        "Verrouiller rend votre lecture définitive. Elle devient visible des autres jurés quand tous ont verrouillé la leur."
    )
    sure = st.checkbox("J’ai terminé ma lecture", key=f"sure-{context.review_id}")
    st.button(
        "Verrouiller ma lecture", type="primary", disabled=not sure, on_click=on_event,
        args=(context, "lock", "", "", {}, context.latest("lock")),
    )  # fmt: skip
