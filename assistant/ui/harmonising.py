"""Harmonisation: the readings side by side, what differs, and the jury's text and decision on each criterion."""

from collections.abc import Mapping

import streamlit as st

from assistant.application.context import (
    Agreed,
    Compared,
    Criterion,
    Decision,
    Harmony,
    JurorReading,
    ReviewContext,
    in_words,
    items_of,
)
from assistant.result import CriterionPart
from assistant.ui.acting import on_event
from assistant.ui.deciding import decided, decision_input
from assistant.ui.exports import downloads
from assistant.ui.state import application
from assistant.ui.words import Pages, plain


def harmonising_view(context: ReviewContext) -> None:
    """Every criterion with its readings; those that differ can be shown alone."""
    harmony = application().reviews.harmony(context.actor, context.review_id)
    parts = {part.id: part for part in context.dossier.preread.criteria}
    asked = {c.id: c for c in context.referentiel.content.criteria()}
    settled = len(harmony.settled)
    word = "critère arrêté" if settled == 1 else "critères arrêtés"
    st.markdown(f"**{settled} {word} sur {len(parts)}.** Chaque juré consent au texte et à la décision.")
    only = st.toggle("Seulement les critères où les lectures diffèrent", key="only-differences")
    for difference in harmony.differences:
        if only and not difference.any:
            continue
        name = difference.criterion
        with st.expander(f"{name} – {_said(difference, harmony)}", key=f"agree-{name}"):
            _criterion(context, asked[name], parts[name], harmony)
    st.divider()
    if harmony.complete:
        st.success("Tous les critères sont arrêtés\u00a0: la grille collégiale est complète.")
    else:
        st.caption("Les critères sans accord de tous restent vides dans la grille collégiale.")
    downloads(context, "collegial")


def _said(difference: Compared, harmony: Harmony) -> str:
    """What differs and how far the agreement is, in words; never who is right."""
    differing = [
        word
        for word, differs in (
            ("décisions", difference.decisions),
            ("passages et constats", difference.evidence),
            ("notes", difference.notes),
        )
        if differs
    ]
    name = difference.criterion
    state = "arrêté" if name in harmony.settled else "proposé" if name in harmony.agreed else "à arrêter"
    return f"{state} · différences : {', '.join(differing)}" if differing else f"{state} · aucune différence"


def _criterion(context: ReviewContext, criterion: Criterion, part: CriterionPart, harmony: Harmony) -> None:
    st.markdown(plain(criterion.text))
    for column, reading in zip(st.columns(len(harmony.readings)), harmony.readings, strict=True):
        with column, st.container(border=True):
            _reading(reading, criterion, part)
    names = {one.person: one.name for one in harmony.readings}
    _agreement(context, criterion, harmony.agreed.get(criterion.id), names)


def _reading(reading: JurorReading, criterion: Criterion, part: CriterionPart) -> None:
    own = reading.work.on(criterion.id)
    st.markdown(f"**{plain(reading.name)}**")
    st.markdown(f"Décision\u00a0: {plain(in_words(own.decision, criterion) or 'non renseignée')}")
    if own.motivation_text:
        st.markdown(f"Motivation\u00a0: {plain(own.motivation_text)}")
    kept = [
        (choice.text if choice.verdict == "edited" else item.text, item.pages)
        for item in items_of(part)
        if (choice := own.choices.get(item.id)) and choice.verdict != "rejected"
    ] + [(text.text, text.pages) for text in own.own]
    for text, pages in kept:
        st.markdown(f"- {plain(text)}{f' (p. {Pages(pages)})' if pages else ''}")
    for passage in own.evidence:
        quote = f" : « {plain(passage.quote)} »" if passage.quote else ""
        st.markdown(f"- p. {passage.page}{quote}")
    if own.note_text:
        st.caption(f"Notes\u00a0: {plain(own.note_text)}")


def _agreement(context: ReviewContext, criterion: Criterion, agreed: Agreed | None, names: Mapping[str, str]) -> None:
    scale = context.referentiel.content.scale
    st.markdown("**Ce que le jury arrête**")
    if agreed is not None:
        consenting = ", ".join(plain(names.get(person, "?")) for person in agreed.consents) or "personne"
        st.markdown(f"Décision\u00a0: {plain(in_words(agreed.decision, criterion) or 'non renseignée')}")
        if agreed.text:
            st.markdown(f"Texte\u00a0: {plain(agreed.text)}")
        st.caption(f"Proposé par {plain(names.get(agreed.by, '?'))}\u00a0; y consentent\u00a0: {consenting}.")
        if context.actor.person not in agreed.consents:
            st.button(
                "J’y consens", key=f"consent-{criterion.id}", on_click=on_event,
                args=(context, "consent", criterion.id, "", {"version": agreed.version}, 0),
            )  # fmt: skip
    version = agreed.version if agreed else 0
    key = f"{context.review_id}-{criterion.id}-jury-{version}"
    # Empty for the first proposal: no juror's decision is copied into the jury's.
    decision_input(criterion, scale, agreed.decision if agreed else Decision(), key)
    st.text_area("Texte du jury", agreed.text if agreed else "", key=f"jury-text-{key}", height=80)
    st.button("Proposer", key=f"propose-{criterion.id}", on_click=on_propose, args=(context, criterion, key, version))


def on_propose(context: ReviewContext, criterion: Criterion, key: str, base: int) -> None:
    """Proposes the text and decision filled in, drawn from version `base` of what the jury wrote."""
    made = decided(criterion, context.referentiel.content.scale, key)
    decision = {"points": made.points, "level": made.level, "text": made.text}
    value = {"text": st.session_state[f"jury-text-{key}"], "decision": decision}
    on_event(context, "agreed", criterion.id, "", value, base)
