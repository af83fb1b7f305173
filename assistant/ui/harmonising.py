"""Harmonisation: the readings side by side, what differs, and the jury's text and decision on each criterion."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assistant.access.actor import Actor
from assistant.referentiel.model import Criterion
from assistant.result import CriterionPart
from assistant.review.decision import Decision, in_words
from assistant.review.harmony import Agreed, Compared, compared
from assistant.review.items import items_of
from assistant.review.work import Work
from assistant.ui.acting import attempt
from assistant.ui.deciding import decision_input
from assistant.ui.exports import collegial_grid, downloads
from assistant.ui.place import Place
from assistant.ui.state import harmony, office
from assistant.ui.words import Pages, plain

Readings = Sequence[tuple[Actor, Work]]


def harmonising_view(place: Place) -> None:
    """Every criterion with its readings; those that differ can be shown alone."""
    readings = [(actor, work) for actor, _, work in office().works(place.actor, place.space)]
    agreed = harmony().agreed(place.actor, place.space)
    parts = {part.id: part for part in place.dossier.preread.criteria}
    asked = {c.id: c for c in place.referentiel.content.criteria()}
    differences = compared(tuple(parts), [work for _, work in readings])
    settled = sum(_stands(agreed.get(name), readings) for name in parts)
    st.markdown(f"**{settled} critères arrêtés sur {len(parts)}.** Chaque juré consent au texte et à la décision.")
    only = st.toggle("Seulement les critères où les lectures diffèrent", key="only-differences")
    for difference in differences:
        if only and not difference.any:
            continue
        name = difference.criterion
        with st.expander(f"{name} – {_said(difference, agreed.get(name), readings)}", key=f"agree-{name}"):
            _criterion(place, asked[name], parts[name], readings, agreed.get(name))
    st.divider()
    if harmony().complete(place.actor, place.space, tuple(parts)):
        st.success("Tous les critères sont arrêtés\u00a0: la grille collégiale est complète.")
    else:
        st.caption("Les critères sans accord de tous restent vides dans la grille collégiale.")
    downloads(place, collegial_grid(place), "collégiale")


def _stands(agreed: Agreed | None, readings: Readings) -> bool:
    return agreed is not None and len(agreed.consents) == len(readings)


def _said(difference: Compared, agreed: Agreed | None, readings: Readings) -> str:
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
    state = "arrêté" if _stands(agreed, readings) else "proposé" if agreed else "à arrêter"
    return f"{state} · différences : {', '.join(differing)}" if differing else f"{state} · aucune différence"


def _criterion(
    place: Place, criterion: Criterion, part: CriterionPart, readings: Readings, agreed: Agreed | None
) -> None:
    st.markdown(plain(criterion.text))
    for column, (actor, work) in zip(st.columns(len(readings)), readings, strict=True):
        with column, st.container(border=True):
            _reading(actor, work, criterion, part)
    names = {actor.person: actor.name for actor, _ in readings}
    _agreement(place, criterion, agreed, names)


def _reading(actor: Actor, work: Work, criterion: Criterion, part: CriterionPart) -> None:
    own = work.on(criterion.id)
    st.markdown(f"**{plain(actor.name)}**")
    st.markdown(f"Décision\u00a0: {plain(in_words(own.decision, criterion) or 'non renseignée')}")
    if own.motivation_text:
        st.markdown(f"Motivation\u00a0: {plain(own.motivation_text)}")
    kept = [
        (choice.text or item.text, item.pages)
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


def _agreement(place: Place, criterion: Criterion, agreed: Agreed | None, names: Mapping[str, str]) -> None:
    space, scale = place.space, place.referentiel.content.scale
    st.markdown("**Ce que le jury arrête**")
    if agreed is not None:
        consenting = ", ".join(names.get(person, "?") for person in agreed.consents) or "personne"
        st.markdown(f"Décision\u00a0: {plain(in_words(agreed.decision, criterion) or 'non renseignée')}")
        if agreed.text:
            st.markdown(f"Texte\u00a0: {plain(agreed.text)}")
        st.caption(f"Proposé par {names.get(agreed.by, '?')}\u00a0; y consentent\u00a0: {consenting}.")
        if place.actor.person not in agreed.consents and st.button("J’y consens", key=f"consent-{criterion.id}"):
            attempt(lambda: harmony().consent(place.actor, space, criterion.id, agreed.version))
    version = agreed.version if agreed else 0
    key = f"{space}-{criterion.id}-jury-{version}"
    # Empty for the first proposal: no juror's decision is copied into the jury's.
    start = agreed.decision if agreed else Decision()
    decision = decision_input(criterion, scale, start, key)
    text = st.text_area("Texte du jury", agreed.text if agreed else "", key=f"jury-text-{key}", height=80)
    if st.button("Proposer", key=f"propose-{criterion.id}"):
        attempt(lambda: harmony().propose(place.actor, space, criterion, scale, decision, text, version))
