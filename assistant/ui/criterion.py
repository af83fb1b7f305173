"""One criterion: its exact words and modalities, its requirements with their passages, and all that is done about it."""

import streamlit as st

from assistant.application.context import Criterion, ReviewContext
from assistant.result import CriterionPart, Evidence, RequirementPart
from assistant.ui.deciding import decision_view
from assistant.ui.drafted import drafted_view
from assistant.ui.own_work import own_work_view
from assistant.ui.texts import text_area
from assistant.ui.watching import on_retry
from assistant.ui.words import ASSESSED, STATE, plain

MORE = 12
"""Further passages offered below the requirements, in reading order."""


def criterion_view(context: ReviewContext, criterion: Criterion, part: CriterionPart) -> None:
    """The criterion's exact words, then requirements, drafted items, the juror's own work, note and decision."""
    _words(context, criterion)
    if part.failure:
        st.error(part.failure)
        st.button("Réessayer", key=f"retry-{part.id}", on_click=on_retry, args=(context.actor, context.dossier.id))
    evidence = {item.id: item for item in part.evidence}
    st.markdown("#### Ce que le critère demande, et où le dossier en parle")
    for requirement in part.requirements:
        _requirement(requirement, evidence)
    _more(part, evidence)
    drafted_view(context, part, show)
    if not context.may("read own work"):
        # An organiser reads the dossier, and has no work of their own on it.
        return
    own_work_view(context, part)
    text_area(context, criterion.id, "note", "Vos notes")
    decision_view(context, criterion)


def _words(context: ReviewContext, criterion: Criterion) -> None:
    competences = {c.id: c.text for bloc in context.referentiel.content.blocs for c in bloc.competences}
    with st.container(border=True):
        st.markdown(
            f"**{criterion.id}** · {plain(f'{criterion.lead} ' if criterion.lead else '')}{plain(criterion.text)}"
        )
        for indicator in criterion.indicators:
            st.markdown(f"- {plain(indicator)}")
        details = [ASSESSED[kind] for kind in criterion.assessed_by]
        if criterion.points is not None:
            details.append(f"{criterion.points:g} points au barème")
        st.caption(" · ".join(details) or "Modalité non précisée par le référentiel")
        for name in criterion.competences:
            if name in competences:
                st.caption(f"{name}\u00a0: {plain(competences[name])}")


def _requirement(requirement: RequirementPart, evidence: dict[str, Evidence]) -> None:
    st.markdown(f"**« {plain(requirement.text)} »** \n:small[{STATE[requirement.state]}]")
    for sid in requirement.evidence:
        citation(evidence[sid], f"{requirement.id}-{sid}")


def citation(item: Evidence, key: str) -> None:
    """A passage with a button that shows its page with the passage marked."""
    go, quote = st.columns([1, 7], vertical_alignment="top")
    go.button(
        f"p. {item.page}",
        key=f"go-{key}",
        help=f"Voir la page {item.page}",
        on_click=show,
        args=(item.page, (item.id,)),
        width="stretch",
    )
    source = " *(lu par OCR)*" if item.source == "ocr" else ""
    quote.markdown(f"«\u00a0{plain(item.quote)}\u00a0»{source}")
    if item.id in st.session_state.contexts:
        quote.caption(f"Colonnes : {plain(st.session_state.contexts[item.id])}")


def _more(part: CriterionPart, evidence: dict[str, Evidence]) -> None:
    served = {sid for requirement in part.requirements for sid in requirement.evidence}
    rest = [item for item in evidence.values() if item.id not in served][:MORE]
    if rest:
        with st.expander(f"Autres passages proches ({len(rest)})"):
            for item in rest:
                citation(item, f"{part.id}-more-{item.id}")


def show(page: int, chosen: tuple[str, ...]) -> None:
    """Turns to a page with these sentences marked."""
    st.session_state.page = page
    st.session_state.chosen = chosen
