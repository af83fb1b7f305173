"""What was done to a draft, by whom, and what two of its states say differently."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from assistant.application.draft_views import DraftView, HistoryLine
from assistant.application.people import Actor
from assistant.application.referentiels import Difference
from assistant.ui.referentiels.window import write
from assistant.ui.state import application
from assistant.ui.words import plain

FIELDS = {
    "id": "identifiant",
    "version": "numéro de version",
    "text": "texte",
    "title": "titre",
    "our_title": "titre de travail",
    "certifier": "certificateur",
    "audience": "public",
    "accommodations": "aménagements",
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
    "kinds": "formes de preuve",
    "min_count": "nombre minimal",
    "unit": "unité",
    "needs": "seulement avec",
    "activity": "activité",
    "tasks": "tâches",
    "expected": "éléments présentés",
    "remark": "remarque",
    "modalities_intro": "phrase avant les épreuves",
    "description": "description",
    "jury_rules": "règles de jury",
    "prerequisites": "prérequis",
    "notes": "notes de travail",
}
"""What a person calls the fields of a référentiel's file."""
KINDS = {
    "bloc": "Bloc",
    "activity": "Activité",
    "competence": "Compétence",
    "criterion": "Critère",
    "requirement": "Exigence",
    "modality": "Épreuve",
    "deliverable": "Livrable",
}
DONE = {
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
    "rules": "",
    "workbook": "classeur relu",
    "clues": "exigences et indices proposés",
}
WHAT = {"added": "ajout", "removed": "retrait", "moved": "déplacement"}
NOTHING = "rien"
SHOWN = 40


def history(actor: Actor, draft: DraftView) -> None:
    """Draws it."""
    lines = application().referentiels.history(actor, draft.id)
    states = [one.version for one in lines]
    one, two = st.columns(2)
    old = one.selectbox("Comparer l’état n°", states, index=min(1, len(states) - 1), key="old")
    new = two.selectbox("avec l’état n°", states, index=0, key="new")
    found = application().referentiels.compare(actor, draft.id, old, new) if old != new else ()
    for each in found:
        _difference(each)
    if old != new and not found:
        st.caption("Ces deux états disent la même chose.")
    st.divider()
    st.caption("Chaque changement fait un nouvel état du brouillon\u00a0; une version publiée en est un, figé.")
    for line in lines[:SHOWN]:
        _line(actor, draft, line)


def _difference(one: Difference) -> None:
    thing = " ".join(filter(None, (KINDS.get(one.kind, ""), one.id))) or "Référentiel"
    what = WHAT.get(one.what) or FIELDS.get(one.field, one.field)
    before, after = one.before or NOTHING, one.after or NOTHING
    if one.what == "added":
        st.write(f"**{plain(thing)}, {plain(what)}**\u00a0: {plain(after)}")
    elif one.what == "removed" or (one.what == "moved" and before == after):
        st.write(f"**{plain(thing)}, {plain(what)}**\u00a0: {plain(before)}")
    else:
        st.write(f"**{plain(thing)}, {plain(what)}**\u00a0: {plain(before)} → {plain(after)}")


def _line(actor: Actor, draft: DraftView, line: HistoryLine) -> None:
    said, restore = st.columns([4, 1], vertical_alignment="center")
    frozen = f" · **publié\u00a0: version {plain(', '.join(line.published))}**" if line.published else ""
    said.caption(
        f"n°\u00a0{line.version:d} · {line.written:%d/%m %H:%M} · {plain(line.person)} · {plain(_done(line.operation))}"
        f"{frozen}"
    )
    if line.version != draft.version:
        restore.button(
            "Reprendre", key=f"restore-{line.version}", on_click=on_restore, args=(actor, draft, line.version)
        )


def _done(operation: Mapping[str, Any]) -> str:
    field, do = str(operation.get("field", "")), str(operation.get("do"))
    kind = str(operation.get("kind") or "") if do == "rules" else ""
    parts = (DONE.get(do, ""), FIELDS.get(kind, kind), str(operation.get("id", "")), FIELDS.get(field, field))
    return " ".join(part for part in parts if part)


def on_restore(actor: Actor, draft: DraftView, version: int) -> None:
    """An earlier state again."""
    write(draft, lambda known: application().referentiels.restore(actor, draft.id, known, version))
