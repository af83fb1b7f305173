"""One draft: its source left, its structure right. Every change is written from a callback, with the version shown."""

from collections.abc import Callable, Mapping

import streamlit as st

from assistant.application.draft_views import DraftView
from assistant.application.people import Actor
from assistant.ui.acting import show_refusal
from assistant.ui.identity import present
from assistant.ui.referentiels.criteria import criterion_fields
from assistant.ui.referentiels.doubts import left, without_place
from assistant.ui.referentiels.history import history
from assistant.ui.referentiels.marking import marking
from assistant.ui.referentiels.places import CRITERIA, HISTORY, MARKING, PARTS, PUBLISH, RULES, STRUCTURE, look_at
from assistant.ui.referentiels.publishing import publishing
from assistant.ui.referentiels.source import source_side
from assistant.ui.referentiels.structure import structure_fields
from assistant.ui.referentiels.window import as_it_stands, do_typed, following, seen, told, write
from assistant.ui.state import application
from assistant.ui.words import plain

Draw = Callable[[Actor, DraftView], str | None]
"""Draws a part; the words in view, to be boxed in the source."""


@st.fragment
def edit(draft_id: str) -> None:
    """The whole screen of one draft, drawn anew by itself after each edit: navigation and the rest of the page stay."""
    actor = present()
    if actor is None or st.query_params.get("brouillon") != draft_id:
        st.rerun()
    show_refusal()
    draft = application().referentiels.draft(actor, draft_id)
    _head(actor, draft)
    # Without a source there is nothing to look at beside the fields.
    beside, right = st.columns([1, 1], gap="medium") if draft.source else (None, st.container())
    with right:
        if said := told(draft):
            st.info(plain(said))
        part = st.segmented_control("Partie", PARTS, default=CRITERIA, key="draft-part", label_visibility="collapsed")
        shown = DRAWN[part or CRITERIA](actor, draft) or ""
    if beside is not None:
        with beside:
            source_side(actor, draft, shown)
    seen(draft)


def _head(actor: Actor, draft: DraftView) -> None:
    head, undo, back = st.columns([6, 1, 1], vertical_alignment="center")
    with head:
        st.title(plain(draft.title))
        st.caption(f"Enregistré\u00a0: état n°\u00a0{draft.version:d} de ce brouillon{plain(_at_import(draft))}")
    undo.button(
        "Annuler",
        disabled=not draft.can_undo,
        on_click=on_undo,
        args=(actor, draft),
        shortcut="Ctrl+Z",
        width="stretch",
        help="Revient à ce qui était avant le dernier changement",
    )
    back.button("Fermer", on_click=on_close, width="stretch")


def _at_import(draft: DraftView) -> str:
    if draft.words is None:
        return ""
    waiting = len(left(draft))
    return (
        f"\u00a0· source\u00a0: {without_place(draft.words)}, {waiting:d} point{'s' if waiting > 1 else ''} à vérifier"
    )


def on_undo(actor: Actor, draft: DraftView) -> None:
    """Takes the last change back."""
    before = as_it_stands(actor, draft)
    if write(draft, lambda known: application().referentiels.undo(actor, draft.id, known)):
        after = as_it_stands(actor, draft)
        look_at(after, application().referentiels.compare(actor, draft.id, before.version, after.version))


def on_close() -> None:
    """Back to the list."""
    st.query_params.pop("brouillon", None)


def _rules(actor: Actor, draft: DraftView) -> None:
    names = {"jury_rules": "Règles de jury", "prerequisites": "Prérequis", "notes": "Notes de travail"}
    for kind, title in names.items():
        key = following(f"rules-{kind}-{draft.id}", "\n".join(draft.content.get(kind, ())))
        st.text_area(
            f"{plain(title)} (une par ligne)",
            key=key,
            height=160,
            on_change=on_rules,
            args=(actor, draft, kind, key),
        )


def on_rules(actor: Actor, draft: DraftView, kind: str, key: str) -> None:
    """The list as it was typed."""
    do_typed(actor, draft, key, lambda: {"do": "rules", "kind": kind, "texts": st.session_state[key].split("\n")})


DRAWN: Mapping[str, Draw] = {
    CRITERIA: criterion_fields,
    STRUCTURE: structure_fields,
    MARKING: marking,
    RULES: _rules,
    HISTORY: history,
    PUBLISH: publishing,
}
