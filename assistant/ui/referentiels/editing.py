"""One draft: its source left, its structure right. Every change is written from a callback, with the version shown."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from assistant.application.people import Actor
from assistant.application.referentiels import DraftView
from assistant.ui.acting import attempt
from assistant.ui.referentiels.criteria import criterion_fields
from assistant.ui.referentiels.publishing import publishing
from assistant.ui.referentiels.source import STRUCTURE, source_side
from assistant.ui.referentiels.structure import structure_fields
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
PARTS = ("Critères", STRUCTURE, "Règles", "Historique", "Publier")


def edit(actor: Actor, draft: DraftView) -> None:
    """The whole screen of one draft."""
    head, undo, back = st.columns([6, 1, 1], vertical_alignment="center")
    head.title(plain(draft.title))
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
    # Without a source there is nothing to look at beside the fields.
    left, right = st.columns([1, 1], gap="medium") if draft.source else (None, st.container())
    with right:
        part = st.segmented_control("Partie", PARTS, default=PARTS[0], key="draft-part", label_visibility="collapsed")
        shown = ""
        if part == "Critères" or part is None:
            shown = criterion_fields(actor, draft)
        elif part == STRUCTURE:
            shown = structure_fields(actor, draft)
        elif part == "Règles":
            _rules(actor, draft)
        elif part == "Historique":
            _history(actor, draft)
        else:
            publishing(actor, draft)
    if left is not None:
        with left:
            source_side(actor, draft, shown)


def act(actor: Actor, draft: DraftView, operation: Mapping[str, Any]) -> bool:
    """One operation on the version that is shown."""
    return attempt(lambda: application().referentiels.act(actor, draft.id, draft.version, operation))


def on_undo(actor: Actor, draft: DraftView) -> None:
    """Takes the last change back."""
    attempt(lambda: application().referentiels.undo(actor, draft.id, draft.version))


def on_close() -> None:
    """Back to the list."""
    st.query_params.pop("brouillon", None)


def _rules(actor: Actor, draft: DraftView) -> None:
    names = {"jury_rules": "Règles de jury", "prerequisites": "Prérequis", "notes": "Notes de travail"}
    for kind, title in names.items():
        key = f"rules-{kind}-{draft.version}"
        st.text_area(
            f"{plain(title)} (une par ligne)",
            "\n".join(draft.content.get(kind, ())),
            key=key,
            height=160,
            on_change=on_rules,
            args=(actor, draft, kind, key),
        )


def on_rules(actor: Actor, draft: DraftView, kind: str, key: str) -> None:
    """The list as it was typed."""
    act(actor, draft, {"do": "rules", "kind": kind, "texts": st.session_state[key].split("\n")})


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
        st.write(f"**{place}** {plain(words[each.what])}\u00a0: {plain(each.before)} → {plain(each.after)}")
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
    attempt(lambda: application().referentiels.restore(actor, draft.id, draft.version, version))
