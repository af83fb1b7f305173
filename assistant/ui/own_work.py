"""The juror's own: statements, gaps and questions with page references, chosen passages, and a bank of own phrases."""

import re
from functools import partial

import streamlit as st

from assistant.result import CriterionPart
from assistant.review.items import ItemKind
from assistant.review.work import OWN_DRAFT, OwnEvidence
from assistant.ui.acting import attempt
from assistant.ui.place import Place
from assistant.ui.state import office
from assistant.ui.texts import put_text, text_area
from assistant.ui.words import Pages, plain

KINDS: dict[ItemKind, str] = {"observation": "Constat", "gap": "Point non trouvé", "question": "Question pour l’oral"}
LONGEST_CHOICE = 110
DRAFT = OWN_DRAFT
"""The topic of a text that is being written and not added yet: saved as typed, like the notes."""


def own_work_view(place: Place, part: CriterionPart) -> None:
    """What the juror wrote and chose for a criterion, and the means to add to it."""
    st.markdown("#### Mon travail")
    work = place.work.on(part.id)
    for own in work.own:
        pages = f" (p. {Pages(own.pages)})" if own.pages else ""
        text, drop = st.columns([6, 1], vertical_alignment="center")
        text.markdown(f":blue-badge[{KINDS[own.kind]}] {plain(own.text)}{pages}")
        if place.may_write and drop.button("Retirer", key=f"drop-{own.id}", width="stretch"):
            attempt(partial(office().take_back, place.actor, place.space, part.id, own))
    for one in work.evidence:
        text, drop = st.columns([6, 1], vertical_alignment="center")
        quote = f"\u00a0: « {plain(one.quote)} »" if one.quote else ""
        text.markdown(f":blue-badge[Passage] p. {one.page}{quote}")
        if place.may_write and drop.button("Retirer", key=f"drop-{one.id}", width="stretch"):
            attempt(partial(office().take_back, place.actor, place.space, part.id, one))
    if place.may_write:
        with st.expander("Ajouter un constat, un manque, une question"):
            _add_text(place, part)
        with st.expander("Ajouter un passage de la page affichée"):
            _add_passage(place, part)


def _add_text(place: Place, part: CriterionPart) -> None:
    phrases = office().phrases(place.actor, _referentiel(place), part.id)
    if phrases:
        st.caption("Vos phrases pour ce critère\u00a0:")
    for name, phrase in phrases.items():
        use, forget = st.columns([6, 1], vertical_alignment="center")
        use.button(
            plain(phrase), key=f"phrase-{name}", on_click=_insert, args=(place, part.id, phrase), width="stretch"
        )
        if forget.button("Oublier", key=f"forget-{name}", width="stretch"):
            attempt(partial(office().forget_phrase, place.actor, _referentiel(place), part.id, name))
    draft = f"{part.id}/{DRAFT}"
    kind: ItemKind = st.selectbox("Nature", list(KINDS), format_func=KINDS.__getitem__, key=f"own-kind-{part.id}")
    text_area(place, draft, "Texte", rows=3)
    pages = st.text_input("Pages (par exemple\u00a0: 3, 7-9)", key=f"own-pages-{part.id}")
    keep = st.checkbox("Garder cette phrase pour mes prochains dossiers", key=f"own-keep-{part.id}")
    if not st.button("Ajouter", key=f"own-add-{part.id}", type="primary"):
        return
    text = str(office().text(place.actor, place.space, draft).value or "").strip()
    numbers = pages_in(pages, place.dossier.preread.dossier.pages)
    if not text or numbers is None:
        st.error("Écrivez un texte, et des numéros de page de ce dossier, par exemple 3, 7-9.")
        return

    def add() -> None:
        if keep:
            office().keep_phrase(place.actor, _referentiel(place), part.id, text)
        office().add_own(place.actor, place.space, part.id, kind, text, numbers)
        put_text(place, draft, "")
        for name in ("pages", "keep"):
            st.session_state.pop(f"own-{name}-{part.id}", None)

    attempt(add)


def _insert(place: Place, criterion: str, phrase: str) -> None:
    draft = f"{criterion}/{DRAFT}"
    before = str(office().text(place.actor, place.space, draft).value or "").rstrip()
    put_text(place, draft, f"{before} {phrase}".strip())


def _add_passage(place: Place, part: CriterionPart) -> None:
    page = int(st.session_state.page)
    sentences = [s for s in place.dossier.dossier.sentences if s.page == page and s.role == "body"]
    by_id = {s.id: s for s in sentences}
    chosen = st.multiselect(
        f"Phrases de la page {page}",
        list(by_id),
        format_func=lambda sid: by_id[sid].text[:LONGEST_CHOICE],
        key=f"pick-{part.id}-{page}",
        placeholder="Choisir une ou plusieurs phrases",
    )
    label = "Ajouter ces phrases" if chosen else f"Ajouter la page {page} comme référence"
    if not st.button(label, key=f"pick-add-{part.id}-{page}"):
        return

    def add() -> None:
        kept = [OwnEvidence("", page, sid, by_id[sid].text, by_id[sid].source == "ocr") for sid in chosen]
        for one in kept or [OwnEvidence("", page)]:
            office().add_evidence(place.actor, place.space, part.id, one)
        st.session_state.pop(f"pick-{part.id}-{page}", None)

    attempt(add)


def pages_in(text: str, last: int) -> tuple[int, ...] | None:
    """The pages of « 3, 7-9 »; None when it is not that, or beyond the dossier's `last` page."""
    numbers: set[int] = set()
    for piece in filter(None, (one.strip() for one in text.replace(";", ",").split(","))):
        found = re.fullmatch(r"(?:p\.?\s*)?(\d+)(?:\s*[-–à]\s*(\d+))?", piece)
        if not found:
            return None
        first, end = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= end <= last:
            return None
        numbers |= set(range(first, end + 1))
    return tuple(sorted(numbers))


def _referentiel(place: Place) -> str:
    return place.dossier.preread.referentiel.id
