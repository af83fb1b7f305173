"""The juror's decision on a criterion, in the référentiel's own scale: empty until they fill it in, and theirs alone."""

import streamlit as st

from assistant.errors import PrelectureError
from assistant.referentiel.model import Criterion, Scale
from assistant.review.decision import LEVELS, Decision, in_figures, in_words
from assistant.review.work import DECISION_TEXT, MOTIVATION
from assistant.ui.place import Place
from assistant.ui.state import office
from assistant.ui.texts import text_area

ALONE = "Vide tant que vous ne l’avez pas renseignée\u00a0; visible de vous seul jusqu’au verrouillage."


def decision_view(place: Place, criterion: Criterion) -> None:
    """The decision and its motivation, inside a session only: outside, nobody decides."""
    if place.candidacy is None or place.standing.seat(place.actor.person) is None:
        return
    st.markdown("#### Ma décision")
    decision = place.work.on(criterion.id).decision
    scale = place.referentiel.content.scale
    if not place.may_write:
        st.text(in_words(decision, criterion) or "Non renseignée.")
    elif free_text(criterion, scale):
        text_area(place, f"{criterion.id}/{DECISION_TEXT}", "Décision, avec vos mots", rows=2)
        st.caption(ALONE)
    else:
        made = decision_input(criterion, scale, decision, f"{place.space}-{criterion.id}")
        if made != decision:
            try:
                office().decide(place.actor, place.space, criterion, scale, made)
            except PrelectureError as error:
                st.error(error.message)
        st.caption(ALONE)
    text_area(place, f"{criterion.id}/{MOTIVATION}", "Ma motivation", rows=3)


def free_text(criterion: Criterion, scale: Scale) -> bool:
    """Whether the référentiel prints no scale for this criterion."""
    return scale != "acquis" and not (scale == "points" and criterion.points is not None)


def decision_input(criterion: Criterion, scale: Scale, decision: Decision, key: str) -> Decision:
    """The widget of a scale, with what is decided so far; nothing is proposed."""
    if scale == "points" and criterion.points is not None:
        # Seeded, not given as a default: a field that is emptied would fall back on its default, an older mark.
        st.session_state.setdefault(f"points-{key}", decision.points)
        points = st.number_input(
            f"Points (de 0 à {in_figures(criterion.points)})",
            min_value=0.0,
            max_value=criterion.points,
            value=None,
            step=0.5,
            format="%g",
            key=f"points-{key}",
            placeholder="à remplir par le juré",
        )
        return Decision(points=points)
    if scale == "acquis":
        st.session_state.setdefault(f"level-{key}", decision.level)
        level = st.segmented_control("Décision", list(LEVELS), format_func=LEVELS.__getitem__, key=f"level-{key}")
        return Decision(level=level)
    text = st.text_area(
        "Décision", decision.text, key=f"decision-{key}", height=70, placeholder="à remplir par le juré"
    )
    return Decision(text=text)
