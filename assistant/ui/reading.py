"""The dossier page: the page image on the left, the criterion with its evidence on the right."""

from collections.abc import Iterable

import streamlit as st

from assistant.access.matrix import allowed
from assistant.referentiel.catalogue import load
from assistant.referentiel.model import Criterion
from assistant.result import Box, CriterionPart
from assistant.service import LoadedPreRead
from assistant.ui.criterion import criterion_view, show
from assistant.ui.finishing import finishing_view
from assistant.ui.harmonising import harmonising_view
from assistant.ui.page_view import page_view
from assistant.ui.place import Place
from assistant.ui.state import office
from assistant.ui.words import STATE, Pages, notice_line, plain, shorten

READ, FINISH, AGREE = "Lire", "Terminer et exporter", "Harmoniser"


def reading_page(place: Place) -> None:
    """Everything about one pre-read dossier."""
    dossier = place.dossier
    asked = {c.id: c for c in place.referentiel.content.criteria()}
    parts = {part.id: part for part in dossier.preread.criteria}
    _start_state(place, parts)
    part_of_work = _head(place)
    if part_of_work == FINISH:
        finishing_view(place)
    elif part_of_work == AGREE:
        harmonising_view(place)
    else:
        _read(place, asked, parts)


def _read(place: Place, asked: dict[str, Criterion], parts: dict[str, CriterionPart]) -> None:
    left, right = st.columns([10, 11], gap="medium")
    with right:
        part = parts[_choose(place, asked)]
        st.session_state.contexts = {s.id: s.context for s in place.dossier.dossier.sentences if s.context}
        criterion_view(place, asked[part.id], part)
    with left:
        page = int(st.session_state.page)
        cited = _cited(part) | {own.sentence for own in place.work.on(part.id).evidence}
        here = frozenset(int(sid[1:].split("s")[0]) for sid in cited if sid)
        boxes = _boxes(place.dossier, cited, page), _boxes(place.dossier, st.session_state.chosen, page)
        page_view(place, page, *boxes, here)


def _start_state(place: Place, parts: dict[str, CriterionPart]) -> None:
    if st.session_state.get("dossier") != (place.space, place.dossier.key):
        st.session_state.dossier = (place.space, place.dossier.key)
        wanted = st.query_params.get("critere", "")
        st.session_state.criterion = wanted if wanted in parts else next(iter(parts))
        page = st.query_params.get("page", "1")
        last = place.dossier.preread.dossier.pages
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


def _head(place: Place) -> str:
    """Who is read, what was read of the file, and which part of the work is on screen."""
    about = place.dossier.preread.dossier
    title, views, back = st.columns([5, 4, 2], vertical_alignment="center")
    if place.candidacy and place.session:
        title.markdown(f"### Candidat n° {plain(place.candidacy.number)}")
        title.caption(f"{plain(place.session.title)} · {plain(about.file)}")
    else:
        title.markdown(f"### {plain(about.file)}")
    choices = [READ]
    if place.candidacy and allowed(place.actor, "export", place.standing):
        choices.append(FINISH)
    if allowed(place.actor, "agree", place.standing):
        choices.append(AGREE)
    view = READ
    if len(choices) > 1:
        view = views.segmented_control("Vue", choices, default=READ, key="view", label_visibility="collapsed") or READ
    if back.button("Mes sessions" if place.candidacy else "Tous les dossiers", width="stretch"):
        for name in ("run", "dossier", "critere", "page"):
            st.query_params.pop(name, None)
        st.rerun()
    _facts(place)
    return view


def _facts(place: Place) -> None:
    about = place.dossier.preread.dossier
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
    if place.work.locked:
        said.append("Votre lecture est verrouillée.")
    st.caption(" ".join(said))
    if place.candidacy and place.candidacy.accommodations:
        known = "communiqués au jury" if place.candidacy.shown_to_jury else "réservés à l’organisateur"
        st.info(f"Aménagements {known}\u00a0: {plain(place.candidacy.accommodations)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        if place.may_write:
            ignored = st.toggle("Ignorer l’IA pour ce dossier", place.work.ignores_ai, key=f"ignore-{place.space}")
            if ignored != place.work.ignores_ai:
                office().ignore_drafts(place.actor, place.space, ignored=ignored)
                st.rerun()
        if place.dossier.preread.deliverables:
            with st.popover("Livrables demandés"):
                _deliverables(place.dossier)
        if about.notices:
            with st.popover(f"Signalements sur le fichier ({len(about.notices)})"):
                for notice in about.notices:
                    st.markdown(notice_line(notice))


def _deliverables(dossier: LoadedPreRead) -> None:
    texts = {d.id: d.text for d in load(dossier.preread.referentiel.id).content.deliverables()}
    for part in dossier.preread.deliverables:
        st.markdown(f"**{plain(texts[part.id])}** \n:small[{STATE[part.state]}]")
        pages = dict.fromkeys(item.page for item in part.evidence)
        if pages:
            for column, page in zip(st.columns(max(8, len(pages))), pages, strict=False):
                ids = tuple(item.id for item in part.evidence if item.page == page)
                column.button(f"p. {page}", key=f"{part.id}-{page}", on_click=show, args=(page, ids))


def _choose(place: Place, asked: dict[str, Criterion]) -> str:
    ids = [part.id for part in place.dossier.preread.criteria]
    before, menu, after = st.columns([1, 8, 1], vertical_alignment="bottom")
    chosen = menu.selectbox(
        "Critère",
        ids,
        key="criterion",
        on_change=_criterion_changed,
        args=(place,),
        format_func=lambda name: f"{name} – {shorten(asked[name].text, 80)}",
    )
    at = ids.index(chosen)
    before.button(
        "◀",
        key="previous-criterion",
        disabled=at == 0,
        on_click=_turn_to,
        args=(place, ids[at - 1]),
        help="Critère précédent",
    )
    after.button(
        "▶",
        key="next-criterion",
        disabled=at == len(ids) - 1,
        on_click=_turn_to,
        args=(place, ids[(at + 1) % len(ids)]),
        help="Critère suivant",
    )
    if place.candidacy is not None:
        read = [name for name in ids if place.work.on(name).opened]
        menu.caption(f"Critères lus\u00a0: {', '.join(read) or 'aucun encore'}")
    if not place.work.on(chosen).opened and place.candidacy is not None:
        office().open_criterion(place.actor, place.space, chosen)
    st.query_params["critere"] = chosen
    st.query_params["page"] = str(st.session_state.page)
    return str(chosen)


def _turn_to(place: Place, name: str) -> None:
    st.session_state.criterion = name
    _criterion_changed(place)


def _criterion_changed(place: Place) -> None:
    _open_at(next(part for part in place.dossier.preread.criteria if part.id == st.session_state.criterion))


def _cited(part: CriterionPart) -> frozenset[str]:
    return frozenset(sid for requirement in part.requirements for sid in requirement.evidence)


def _boxes(dossier: LoadedPreRead, ids: Iterable[str], page: int) -> tuple[Box, ...]:
    """Where these sentences stand on a page."""
    wanted = frozenset(ids)
    return tuple(box for s in dossier.dossier.sentences if s.page == page and s.id in wanted for box in s.boxes)
