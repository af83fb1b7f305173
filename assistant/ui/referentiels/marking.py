"""By what several criteria are assessed, marked at once."""

from typing import Any

import streamlit as st

from assistant.application.draft_views import MODALITIES, DraftView
from assistant.application.people import Actor
from assistant.ui.labels import distinct
from assistant.ui.referentiels.window import do
from assistant.ui.tables import in_cells
from assistant.ui.words import plain

EVERY = "Tous les blocs"


def marking(actor: Actor, draft: DraftView) -> None:
    """Draws it: a list in which criteria are ticked, and what they are to be assessed by."""
    blocs = draft.content.get("blocs", ())
    titles = distinct({EVERY: EVERY, **{str(one["id"]): f"{one['id']} – {one.get('title') or ''}" for one in blocs}})
    if st.session_state.get("marked-bloc") not in titles:
        st.session_state["marked-bloc"] = EVERY
    bloc = st.selectbox("Bloc", list(titles), key="marked-bloc", format_func=titles.__getitem__)
    criteria = [one for each in blocs if bloc in {EVERY, each["id"]} for one in each.get("criteria", ())]
    if not criteria:
        st.info("Aucun critère ici.")
        return
    st.caption("Cochez des critères (la case du haut les coche tous), puis dites par quoi ils sont évalués.")
    # Another list begins without a tick: places of the one before would mark others.
    key = f"marked-{draft.id}-{draft.version}-{bloc}"
    chosen = st.dataframe(
        in_cells([_row(one) for one in criteria]),
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        height=330,
        column_config={"Texte": st.column_config.TextColumn(width="large")},
    )
    names = [criteria[row]["id"] for row in chosen["selection"]["rows"] if row < len(criteria)]
    st.pills(
        "Évalué par", list(MODALITIES), selection_mode="multi", format_func=MODALITIES.__getitem__, key="marked-by"
    )
    by = list(st.session_state.get("marked-by") or ())
    words = plain(", ".join(MODALITIES[one] for one in by)) or "rien de précis"
    st.button(
        f"Marquer {len(names)} critère{'s' if len(names) > 1 else ''}\u00a0: {words}",
        type="primary",
        key="mark",
        disabled=not names,
        on_click=on_mark,
        args=(actor, draft, names, by),
    )


def _row(criterion: dict[str, Any]) -> dict[str, str]:
    by = ", ".join(MODALITIES.get(one, one) for one in criterion.get("assessed_by", ()))
    return {"Code": str(criterion["id"]), "Évalué par": by, "Texte": str(criterion["text"])}


def on_mark(actor: Actor, draft: DraftView, names: list[str], by: list[str]) -> None:
    """Those that are ticked, in one step of the history."""
    do(actor, draft, {"do": "assess", "ids": names, "by": by})
