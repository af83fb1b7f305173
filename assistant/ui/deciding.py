"""The juror's decision on a criterion, in the référentiel's own scale: empty until they fill it in, and theirs alone."""

from typing import Any

import streamlit as st

from assistant.application.context import LEVELS, Criterion, Decision, ReviewContext, Scale, in_figures, in_words
from assistant.ui.acting import on_act
from assistant.ui.texts import text_area

ALONE = "Vide tant que vous ne l’avez pas renseignée\u00a0; visible de vous seul jusqu’au verrouillage."


def decision_view(context: ReviewContext, criterion: Criterion) -> None:
    """The decision and its motivation, inside a session only: outside, nobody decides."""
    if context.candidacy is None or not context.has_seat:
        return
    st.markdown("#### Ma décision")
    decision = context.work.on(criterion.id).decision
    scale = context.referentiel.content.scale
    if not context.may_write:
        st.text(in_words(decision, criterion) or "Non renseignée.")
    elif free_text(criterion, scale):
        text_area(context, criterion.id, "decision", "Décision, avec vos mots", rows=2)
        st.caption(ALONE)
    else:
        base = context.latest("decision", criterion.id)
        key = f"{context.review_id}-{criterion.id}-{base}"
        decision_input(criterion, scale, decision, key, on_change=on_decide, args=(context, criterion, key, base))
        st.caption(ALONE)
    text_area(context, criterion.id, "motivation", "Ma motivation", rows=3)


def on_decide(context: ReviewContext, criterion: Criterion, key: str, base: int) -> None:
    """Keeps the decision just given, drawn from version `base`; one refused leaves the field as the journal has it."""
    made = decided(criterion, context.referentiel.content.scale, key)
    value = {"points": made.points, "level": made.level, "text": made.text}
    ack = on_act(context, "decision", criterion.id, "", None if made.empty else value, base)
    if not ack.ok:
        for name in ("points", "level"):
            st.session_state.pop(f"{name}-{key}", None)


def free_text(criterion: Criterion, scale: Scale) -> bool:
    """Whether the référentiel prints no scale for this criterion."""
    return scale != "acquis" and not (scale == "points" and criterion.points is not None)


def decision_input(criterion: Criterion, scale: Scale, decision: Decision, key: str, **callback: Any) -> None:
    """The widget of a scale, with what is decided so far; nothing is proposed. `decided` reads it."""
    if scale == "points" and criterion.points is not None:
        # Seeded, not given as a default: a field that is emptied would fall back on its default, an older mark.
        st.session_state.setdefault(f"points-{key}", decision.points)
        st.number_input(
            f"Points (de 0 à {in_figures(criterion.points)})",
            min_value=0.0,
            max_value=criterion.points,
            value=None,
            step=0.5,
            format="%g",
            key=f"points-{key}",
            placeholder="à remplir par le juré",
            **callback,
        )
    elif scale == "acquis":
        st.session_state.setdefault(f"level-{key}", decision.level)
        st.segmented_control("Décision", list(LEVELS), format_func=LEVELS.__getitem__, key=f"level-{key}", **callback)
    else:
        st.session_state.setdefault(f"decision-{key}", decision.text)
        st.text_area("Décision", key=f"decision-{key}", height=70, placeholder="à remplir par le juré", **callback)


def decided(criterion: Criterion, scale: Scale, key: str) -> Decision:
    """What the widget of `decision_input` holds."""
    if scale == "points" and criterion.points is not None:
        return Decision(points=st.session_state.get(f"points-{key}"))
    if scale == "acquis":
        return Decision(level=st.session_state.get(f"level-{key}"))
    return Decision(text=str(st.session_state.get(f"decision-{key}") or ""))
