"""The dossier page: the page image on the left, the criterion with its evidence on the right."""

from collections.abc import Iterable

import streamlit as st

from assistant.referentiel.catalogue import load
from assistant.referentiel.model import Criterion
from assistant.result import Box, CriterionPart, Evidence, RequirementPart
from assistant.service import Opened
from assistant.ui.drafted import drafted_view
from assistant.ui.notes import note_area
from assistant.ui.page_view import page_view
from assistant.ui.state import retry
from assistant.ui.words import ASSESSED, STATE, Pages, notice_line, plain, shorten

STYLE = """<style>
.stMainBlockContainer { padding-top: 4.4rem; padding-bottom: 2rem; max-width: 1700px; }
.stColumn:has(.page-strip):not(:has(.stColumn .page-strip)) { position: sticky; top: 4.4rem; align-self: flex-start; }
</style>"""
"""Less room for ornament; the page stays in sight while the criterion is read."""
MORE = 12
"""Further passages offered below the requirements, in reading order."""


def reading_page(dossier: Opened) -> None:
    """Everything about one pre-read dossier."""
    asked = {c.id: c for c in load(dossier.preread.referentiel.id).content.criteria()}
    parts = {part.id: part for part in dossier.preread.criteria}
    _start_state(dossier, parts)
    st.html(STYLE)
    _head(dossier)
    left, right = st.columns([10, 11], gap="medium")
    with right:
        part = parts[_choose(dossier, asked)]
        st.session_state.contexts = {s.id: s.context for s in dossier.dossier.sentences if s.context}
        criterion_view(dossier, asked[part.id], part)
    with left:
        page = int(st.session_state.page)
        chosen = st.session_state.chosen
        page_view(dossier, page, _boxes(dossier, _cited(part), page), _boxes(dossier, chosen, page))


def _start_state(dossier: Opened, parts: dict[str, CriterionPart]) -> None:
    if st.session_state.get("dossier") != dossier.key:
        st.session_state.dossier = dossier.key
        wanted = st.query_params.get("critere", "")
        st.session_state.criterion = wanted if wanted in parts else next(iter(parts))
        page = st.query_params.get("page", "1")
        last = dossier.preread.dossier.pages
        st.session_state.page = min(max(1, int(page)), last) if page.isdigit() else 1
        st.session_state.chosen = ()
        if "page" not in st.query_params:
            _open_at(parts[st.session_state.criterion])


def _open_at(part: CriterionPart) -> None:
    """Shows the first passage of a criterion."""
    served = [sid for requirement in part.requirements for sid in requirement.evidence]
    if served:
        st.session_state.page = next(item.page for item in part.evidence if item.id == served[0])
    st.session_state.chosen = ()


def _head(dossier: Opened) -> None:
    about = dossier.preread.dossier
    title, back = st.columns([5, 1], vertical_alignment="center")
    title.markdown(f"### {about.file}")
    if back.button("Tous les dossiers", width="stretch"):
        st.query_params.clear()
        st.rerun()
    unread = [entry.page for entry in about.ledger if entry.read == "none"]
    read = f"{about.pages - len(unread)} pages lues sur {about.pages}, {about.words} mots."
    if unread:
        st.warning(
            f"{read} Pages non lues : {', '.join(map(str, unread))}. Ce qu’elles contiennent n’a pas été cherché."
        )
    else:
        st.caption(read)
    unused = [page for page in about.unused_pages if page not in unread]
    if unused:
        st.caption(f"Pages lues dont aucun passage n’est cité : {Pages(unused)}.")
    if dossier.preread.deliverables:
        with st.expander("Livrables demandés"):
            _deliverables(dossier)
    if about.notices:
        with st.expander(f"Signalements sur le fichier ({len(about.notices)})"):
            for notice in about.notices:
                st.markdown(notice_line(notice))


def _deliverables(dossier: Opened) -> None:
    texts = {d.id: d.text for d in load(dossier.preread.referentiel.id).content.deliverables()}
    for part in dossier.preread.deliverables:
        st.markdown(f"**{plain(texts[part.id])}** \n:small[{STATE[part.state]}]")
        pages = dict.fromkeys(item.page for item in part.evidence)
        if pages:
            for column, page in zip(st.columns(max(8, len(pages))), pages, strict=False):
                ids = tuple(item.id for item in part.evidence if item.page == page)
                column.button(f"p. {page}", key=f"{part.id}-{page}", on_click=_show, args=(page, ids))


def _choose(dossier: Opened, asked: dict[str, Criterion]) -> str:
    ids = [part.id for part in dossier.preread.criteria]
    chosen = st.selectbox(
        "Critère",
        ids,
        key="criterion",
        on_change=_criterion_changed,
        args=(dossier,),
        format_func=lambda name: f"{name} – {shorten(asked[name].text, 90)}",
    )
    st.query_params["critere"] = chosen
    st.query_params["page"] = str(st.session_state.page)
    return str(chosen)


def _criterion_changed(dossier: Opened) -> None:
    _open_at(next(part for part in dossier.preread.criteria if part.id == st.session_state.criterion))


def criterion_view(dossier: Opened, criterion: Criterion, part: CriterionPart) -> None:
    """The criterion's exact words, then requirements, observation, gaps, questions and the juror's notes."""
    with st.container(border=True):
        st.markdown(f"**{criterion.id}** · {criterion.lead + ' ' if criterion.lead else ''}{criterion.text}")
        for indicator in criterion.indicators:
            st.markdown(f"- {indicator}")
        details = [ASSESSED[kind] for kind in criterion.assessed_by]
        if criterion.points is not None:
            details.append(f"{criterion.points:g} points au barème")
        st.caption(" · ".join(details) or "Modalité non précisée par le référentiel")
    if part.failure:
        st.error(part.failure)
        st.button("Réessayer", key=f"retry-{part.id}", on_click=retry, args=(dossier,))
    evidence = {item.id: item for item in part.evidence}
    st.markdown("#### Exigences et passages")
    for requirement in part.requirements:
        _requirement(requirement, evidence)
    _more(part, evidence)
    drafted_view(dossier, part, evidence, _show)
    note_area(dossier.key, criterion.id)


def _requirement(requirement: RequirementPart, evidence: dict[str, Evidence]) -> None:
    st.markdown(f"**{requirement.text}** \n:small[{STATE[requirement.state]}]")
    for sid in requirement.evidence:
        _citation(evidence[sid], f"{requirement.id}-{sid}")


def _citation(item: Evidence, key: str) -> None:
    """A passage with a button that shows its page with the passage marked."""
    go, quote = st.columns([1, 7], vertical_alignment="top")
    go.button(
        f"p. {item.page}",
        key=f"go-{key}",
        help=f"Voir la page {item.page}",
        on_click=_show,
        args=(item.page, (item.id,)),
        width="stretch",
    )
    source = " *(lu par OCR)*" if item.source == "ocr" else ""
    quote.markdown(f"«\u00a0{plain(item.quote)}\u00a0»{source}")
    if item.id in st.session_state.contexts:
        quote.caption(f"Colonnes : {plain(st.session_state.contexts[item.id])}")


def _show(page: int, chosen: tuple[str, ...]) -> None:
    st.session_state.page = page
    st.session_state.chosen = chosen


def _more(part: CriterionPart, evidence: dict[str, Evidence]) -> None:
    served = {sid for requirement in part.requirements for sid in requirement.evidence}
    rest = [item for item in part.evidence if item.id not in served][:MORE]
    if rest:
        with st.expander(f"Autres passages proches ({len(rest)})"):
            for item in rest:
                _citation(item, f"{part.id}-more-{item.id}")


def _cited(part: CriterionPart) -> frozenset[str]:
    return frozenset(sid for requirement in part.requirements for sid in requirement.evidence)


def _boxes(dossier: Opened, ids: Iterable[str], page: int) -> tuple[Box, ...]:
    """Where these sentences stand on a page."""
    wanted = frozenset(ids)
    return tuple(box for s in dossier.dossier.sentences if s.page == page and s.id in wanted for box in s.boxes)
