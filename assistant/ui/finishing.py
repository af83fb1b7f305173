"""The end of a reading: what is still to do, locking, and the exports. Text not adopted never leaves."""

import streamlit as st

from assistant.access.matrix import allowed
from assistant.review.items import items_of
from assistant.ui.acting import attempt
from assistant.ui.exports import downloads, individual_grid
from assistant.ui.place import Place
from assistant.ui.state import office


def finishing_view(place: Place) -> None:
    """What is left, the lock, and the files."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("#### Où vous en êtes")
        _left_to_do(place)
        _lock(place)
    with right:
        st.markdown("#### Exporter votre lecture")
        if allowed(place.actor, "read own work", place.standing):
            downloads(place, individual_grid(place), "individuelle")
        else:
            st.write("Seuls les jurés de ce dossier exportent leur lecture.")


def _left_to_do(place: Place) -> None:
    parts = place.dossier.preread.criteria
    unread = [part.id for part in parts if not place.work.on(part.id).opened]
    undecided = [part.id for part in parts if place.work.on(part.id).decision.empty]
    items = sum(item.id not in place.work.on(part.id).choices for part in parts for item in items_of(part))
    st.write(f"Critères lus\u00a0: {len(parts) - len(unread)} sur {len(parts)}.")
    if unread:
        st.caption(f"À lire\u00a0: {', '.join(unread)}.")
    st.write(f"Décisions renseignées\u00a0: {len(parts) - len(undecided)} sur {len(parts)}.")
    if undecided:
        st.caption(f"Sans décision\u00a0: {', '.join(undecided)}.")
    if not place.work.ignores_ai:
        st.write(f"Éléments de l’IA non traités\u00a0: {items}. Ils ne figurent dans aucun export.")


def _lock(place: Place) -> None:
    if place.work.locked:
        st.success("Votre lecture est verrouillée\u00a0: elle ne change plus.")
        if not place.standing.all_locked:
            st.caption("L’harmonisation s’ouvrira quand tous les jurés auront verrouillé la leur.")
        return
    if not allowed(place.actor, "lock", place.standing):
        return
    st.caption(
        "Verrouiller rend votre lecture définitive. Elle devient visible des autres jurés quand tous ont verrouillé la leur."
    )
    sure = st.checkbox("J’ai terminé ma lecture", key=f"sure-{place.space}")
    if st.button("Verrouiller ma lecture", type="primary", disabled=not sure):
        attempt(lambda: office().lock(place.actor, place.space))
