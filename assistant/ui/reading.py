"""The dossier page: the page image on the left, the criterion with its evidence on the right."""

from collections.abc import Iterable

import streamlit as st

from assistant.application.context import Criterion, LoadedPreRead, ReviewContext
from assistant.result import Box, CriterionPart
from assistant.ui.acting import on_event
from assistant.ui.criterion import criterion_view, show
from assistant.ui.finishing import finishing_view
from assistant.ui.harmonising import harmonising_view
from assistant.ui.page_view import page_view
from assistant.ui.words import STATE, Pages, notice_line, plain, shorten

READ, FINISH, AGREE = "Lire", "Terminer et exporter", "Harmoniser"


def reading_page(context: ReviewContext) -> None:
    """Everything about one pre-read dossier."""
    dossier = context.dossier
    asked = {c.id: c for c in context.referentiel.content.criteria()}
    parts = {part.id: part for part in dossier.preread.criteria}
    _start_state(context, parts)
    part_of_work = _head(context)
    if part_of_work == FINISH:
        finishing_view(context)
    elif part_of_work == AGREE:
        harmonising_view(context)
    else:
        _read(context, asked, parts)


def _read(context: ReviewContext, asked: dict[str, Criterion], parts: dict[str, CriterionPart]) -> None:
    left, right = st.columns([10, 11], gap="medium")
    with right:
        part = parts[_choose(context, asked)]
        st.session_state.contexts = {s.id: s.context for s in context.dossier.dossier.sentences if s.context}
        criterion_view(context, asked[part.id], part)
    with left:
        page = int(st.session_state.page)
        cited = _cited(part) | {sid for own in context.work.on(part.id).evidence for sid in own.sentences}
        here = frozenset(int(sid[1:].split("s")[0]) for sid in cited if sid)
        boxes = _boxes(context.dossier, cited, page), _boxes(context.dossier, st.session_state.chosen, page)
        page_view(context, page, *boxes, here)


def _start_state(context: ReviewContext, parts: dict[str, CriterionPart]) -> None:
    if st.session_state.get("dossier") != (context.review_id, context.dossier.id):
        st.session_state.dossier = (context.review_id, context.dossier.id)
        wanted = st.query_params.get("critere", "")
        st.session_state.criterion = wanted if wanted in parts else next(iter(parts))
        page = st.query_params.get("page", "1")
        last = context.dossier.preread.dossier.pages
        st.session_state.page = min(max(1, int(page)), last) if page.isdigit() else 1
        st.session_state.chosen = ()
        if "page" not in st.query_params:
            _open_at(parts[st.session_state.criterion])
    clicked = st.session_state.pop("go-to", None)
    if clicked:
        st.session_state.page = clicked
        st.session_state.chosen = ()
    for name in ("page", "criterion"):
        # Streamlit forgets the value of a widget that a run did not show: another view, or a run cut short.
        if name not in st.session_state:
            st.session_state[name] = st.session_state[f"kept-{name}"]
        st.session_state[f"kept-{name}"] = st.session_state[name]


def _open_at(part: CriterionPart) -> None:
    """Shows the first passage of a criterion."""
    served = [sid for requirement in part.requirements for sid in requirement.evidence]
    if served:
        st.session_state.page = next(item.page for item in part.evidence if item.id == served[0])
    st.session_state.chosen = ()


def _head(context: ReviewContext) -> str:
    """Who is read, what was read of the file, and which part of the work is on screen."""
    about = context.dossier.preread.dossier
    title, views, back = st.columns([5, 4, 2], vertical_alignment="center")
    if context.candidacy and context.session:
        title.markdown(f"### Candidat n° {plain(context.candidacy.number)}")
        title.caption(f"{plain(context.session.title)} · {plain(about.file)}")
    else:
        title.markdown(f"### {plain(about.file)}")
    choices = [READ]
    if context.candidacy and context.may("export"):
        choices.append(FINISH)
    if context.may("agree"):
        choices.append(AGREE)
    view = READ
    if len(choices) > 1:
        view = views.segmented_control("Vue", choices, default=READ, key="view", label_visibility="collapsed") or READ
    if back.button("Mes sessions" if context.candidacy else "Tous les dossiers", width="stretch"):
        for name in ("run", "dossier", "critere", "page"):
            st.query_params.pop(name, None)
        st.rerun()
    _facts(context)
    return view


def _facts(context: ReviewContext) -> None:
    about = context.dossier.preread.dossier
    unread = [entry.page for entry in about.ledger if entry.read == "none"]
    read = f"{about.pages - len(unread)} pages lues sur {about.pages}, {about.words} mots."
    if unread:
        st.warning(
            f"{read} Pages non lues : {', '.join(map(str, unread))}. Ce qu’elles contiennent n’a pas été cherché."
        )
    unused = [page for page in about.unused_pages if page not in unread]
    said = [] if unread else [read]
    if unused:
        said.append(f"Pages lues dont aucun passage n’est cité : {Pages(unused)}.")
    if context.newer:
        said.append(
            f"Cette lecture garde la version {context.referentiel.content.version} du référentiel\u00a0; la version "
            f"{context.newer} existe depuis."
        )
    if context.work.locked:
        said.append("Votre lecture est verrouillée.")
    st.caption(" ".join(said))
    if context.candidacy and context.candidacy.accommodations:
        known = "communiqués au jury" if context.candidacy.shown_to_jury else "réservés à l’organisateur"
        st.info(f"Aménagements {known}\u00a0: {plain(context.candidacy.accommodations)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        if context.may_write:
            base = context.latest("drafts_ignored")
            st.toggle(
                "Ignorer l’IA pour ce dossier",
                context.work.ignores_drafts,
                key=f"ignore-{context.review_id}-{base}",
                on_change=on_event,
                args=(context, "drafts_ignored", "", "", {"value": not context.work.ignores_drafts}, base),
            )
        if context.dossier.preread.deliverables:
            with st.popover("Livrables demandés"):
                _deliverables(context.dossier)
        if about.notices:
            with st.popover(f"Signalements sur le fichier ({len(about.notices)})"):
                for notice in about.notices:
                    st.markdown(notice_line(notice))


def _deliverables(dossier: LoadedPreRead) -> None:
    texts = {d.id: d.text for d in dossier.referentiel.content.deliverables()}
    for part in dossier.preread.deliverables:
        st.markdown(f"**{plain(texts[part.id])}** \n:small[{STATE[part.state]}]")
        pages = dict.fromkeys(item.page for item in part.evidence)
        if pages:
            for column, page in zip(st.columns(max(8, len(pages))), pages, strict=False):
                ids = tuple(item.id for item in part.evidence if item.page == page)
                column.button(f"p. {page}", key=f"{part.id}-{page}", on_click=show, args=(page, ids))


def _choose(context: ReviewContext, asked: dict[str, Criterion]) -> str:
    ids = [part.id for part in context.dossier.preread.criteria]
    before, menu, after = st.columns([1, 8, 1], vertical_alignment="bottom")
    chosen = menu.selectbox(
        "Critère",
        ids,
        key="criterion",
        on_change=_criterion_changed,
        args=(context,),
        format_func=lambda name: f"{name} – {shorten(asked[name].text, 80)}",
    )
    at = ids.index(chosen)
    before.button(
        "◀",
        key="previous-criterion",
        disabled=at == 0,
        on_click=_turn_to,
        args=(context, ids[at - 1]),
        help="Critère précédent",
    )
    after.button(
        "▶",
        key="next-criterion",
        disabled=at == len(ids) - 1,
        on_click=_turn_to,
        args=(context, ids[(at + 1) % len(ids)]),
        help="Critère suivant",
    )
    if context.candidacy is not None:
        read = [name for name in ids if context.work.on(name).read]
        menu.caption(f"Critères lus\u00a0: {', '.join(read) or 'aucun encore'}")
        if context.may_write:
            base, ticked = context.latest("read", chosen), context.work.on(chosen).read
            menu.checkbox(
                "J’ai lu ce critère",
                ticked,
                key=f"read-{context.review_id}-{chosen}-{base}",
                on_change=on_event,
                args=(context, "read", chosen, "", {"value": not ticked}, base),
            )
    st.query_params["critere"] = chosen
    st.query_params["page"] = str(st.session_state.page)
    return str(chosen)


def _turn_to(context: ReviewContext, name: str) -> None:
    st.session_state.criterion = name
    _criterion_changed(context)


def _criterion_changed(context: ReviewContext) -> None:
    _open_at(next(part for part in context.dossier.preread.criteria if part.id == st.session_state.criterion))


def _cited(part: CriterionPart) -> frozenset[str]:
    return frozenset(sid for requirement in part.requirements for sid in requirement.evidence)


def _boxes(dossier: LoadedPreRead, ids: Iterable[str], page: int) -> tuple[Box, ...]:
    """Where these sentences stand on a page."""
    wanted = frozenset(ids)
    return tuple(box for s in dossier.dossier.sentences if s.page == page and s.id in wanted for box in s.boxes)
