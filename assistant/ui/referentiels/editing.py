"""One draft: its source left, its structure right. Every change is written from a callback, with the version shown."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from assistant.application.draft_views import DraftView
from assistant.application.people import Actor
from assistant.ui.acting import show_refusal
from assistant.ui.identity import present
from assistant.ui.referentiels.criteria import criterion_fields
from assistant.ui.referentiels.doubts import left, without_place
from assistant.ui.referentiels.marking import marking
from assistant.ui.referentiels.publishing import publishing
from assistant.ui.referentiels.source import STRUCTURE, source_side
from assistant.ui.referentiels.structure import structure_fields
from assistant.ui.referentiels.window import do_typed, following, seen, write
from assistant.ui.state import application
from assistant.ui.words import plain

FIELDS = {
    "text": "texte",
    "title": "titre",
    "our_title": "titre de travail",
    "certifier": "certificateur",
    "audience": "public",
    "scale": "échelle",
    "label": "libellé",
    "lead": "phrase d’introduction",
    "indicators": "indicateurs",
    "points": "points",
    "source_code": "code imprimé",
    "competences": "compétences",
    "assessed_by": "évalué par",
    "requirements": "exigences",
    "clues": "indices",
    "counter_clues": "contre-indices",
    "kind": "nature",
    "description": "description",
    "jury_rules": "règles de jury",
    "prerequisites": "prérequis",
    "notes": "notes de travail",
}
"""What a person calls the fields of a référentiel's file."""
NOTHING = "rien"
CRITERIA, MARKING, RULES, HISTORY, PUBLISH = "Critères", "Marquer", "Règles", "Historique", "Publier"
PARTS = (CRITERIA, STRUCTURE, MARKING, RULES, HISTORY, PUBLISH)
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
        st.caption(f"Enregistré\u00a0: version {draft.version:d} de ce brouillon{plain(_at_import(draft))}")
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
    write(draft, lambda known: application().referentiels.undo(actor, draft.id, known))


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


def _history(actor: Actor, draft: DraftView) -> None:
    history = application().referentiels.history(actor, draft.id)
    versions = [one.version for one in history]
    one, two = st.columns(2)
    old = one.selectbox("Comparer la version", versions, index=min(1, len(versions) - 1), key="old")
    new = two.selectbox("avec la version", versions, index=0, key="new")
    found = application().referentiels.compare(actor, draft.id, old, new) if old != new else ()
    words = {"added": "ajouté", "removed": "retiré", "changed": "modifié", "moved": "déplacé"}
    for each in found:
        place = f"{plain(each.id)} {plain(FIELDS.get(each.field, each.field))}".strip() or "référentiel"
        st.write(
            f"**{place}** {plain(words[each.what])}\u00a0: {plain(each.before or NOTHING)} → {plain(each.after or NOTHING)}"
        )
    if old != new and not found:
        st.caption("Ces deux versions disent la même chose.")
    st.divider()
    for line in history[:40]:
        said, restore = st.columns([4, 1], vertical_alignment="center")
        said.caption(
            f"{line.version:d} · {line.written:%d/%m %H:%M} · {plain(line.person)} · {plain(_done(line.operation))}"
        )
        if line.version != draft.version:
            restore.button(
                "Reprendre", key=f"restore-{line.version}", on_click=on_restore, args=(actor, draft, line.version)
            )


def _done(operation: Mapping[str, Any]) -> str:
    words = {
        "begin": "début",
        "undo": "annulation",
        "restore": "reprise",
        "correct": "correction",
        "rename": "nouveau code",
        "add": "ajout",
        "remove": "retrait",
        "move": "déplacement",
        "split": "coupe",
        "merge": "réunion",
        "assess": "évalué par, pour plusieurs critères",
        "indent": "devient indicateur",
        "outdent": "devient critère",
        "rules": "règles",
        "workbook": "classeur relu",
        "clues": "exigences et indices proposés",
    }
    field = str(operation.get("field", ""))
    return f"{words.get(str(operation.get('do')), '')} {operation.get('id', '')} {FIELDS.get(field, field)}".strip()


def on_restore(actor: Actor, draft: DraftView, version: int) -> None:
    """An earlier version again."""
    write(draft, lambda known: application().referentiels.restore(actor, draft.id, known, version))


DRAWN: Mapping[str, Draw] = {
    CRITERIA: criterion_fields,
    STRUCTURE: structure_fields,
    MARKING: marking,
    RULES: _rules,
    HISTORY: _history,
    PUBLISH: publishing,
}
