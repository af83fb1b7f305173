"""The parts of the editor, and how a click comes to the place that it speaks of. For callbacks alone."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from assistant.application.draft_views import DraftView
from assistant.application.referentiels import Difference

CRITERIA, STRUCTURE, MARKING, RULES, HISTORY, PUBLISH = (
    "Critères",
    "Structure et épreuves",
    "Marquer",
    "Règles",
    "Historique",
    "Publier",
)
PARTS = (CRITERIA, STRUCTURE, MARKING, RULES, HISTORY, PUBLISH)
LISTED = frozenset({"jury_rules", "prerequisites", "notes"})
"""Fields of the référentiel itself that stand among the rules."""


def on_criterion(criterion: str) -> None:
    """The criterion with its requirements unfolded."""
    st.session_state["requirements-open"] = True
    _criterion(criterion)


def look_at(draft: DraftView, changes: Iterable[Difference]) -> None:
    """The first place of these changes that is still there."""
    for one in changes:
        if one.what != "removed" and _found(draft.content, one):
            return


def _found(content: dict[str, Any], one: Difference) -> bool:
    if one.kind == "":
        st.session_state["draft-part"] = RULES if one.field in LISTED else STRUCTURE
        return True
    for bloc in content.get("blocs", ()):
        for criterion in bloc.get("criteria", ()):
            asked = [each["id"] for each in criterion.get("requirements", ())]
            if one.id == criterion["id"] or (one.kind == "requirement" and one.id in asked):
                _criterion(criterion["id"])
                return True
        held = [
            bloc,
            *bloc.get("competences", ()),
            *bloc.get("modalities", ()),
            *(item for each in bloc.get("modalities", ()) for item in each.get("deliverables", ())),
        ]
        if one.id in {each["id"] for each in held}:
            st.session_state["draft-part"], st.session_state["chosen-bloc"] = STRUCTURE, bloc["id"]
            return True
    return False


def _criterion(criterion: str) -> None:
    st.session_state["draft-part"], st.session_state["chosen-criterion"] = CRITERIA, criterion
