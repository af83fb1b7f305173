"""The juror's own: statements, gaps and questions with page references, chosen passages, and a bank of own phrases."""

import re

import streamlit as st

from assistant.application.context import OWN_DRAFT, ItemKind, ReviewContext
from assistant.result import CriterionPart
from assistant.ui.acting import attempt, on_act, on_event, refuse
from assistant.ui.state import application
from assistant.ui.texts import latest_text, on_put_text, text_area
from assistant.ui.words import Pages, plain

KINDS: dict[ItemKind, str] = {"observation": "Constat", "gap": "Point non trouvé", "question": "Question pour l’oral"}
LONGEST_CHOICE = 110


def own_work_view(context: ReviewContext, part: CriterionPart) -> None:
    """What the juror wrote and chose for a criterion, and the means to add to it."""
    st.markdown("#### Mon travail")
    work = context.work.on(part.id)
    for own in work.own:
        pages = f" (p. {Pages(own.pages)})" if own.pages else ""
        _line(
            context,
            part.id,
            "own_text",
            own.id,
            own.version,
            f":blue-badge[{KINDS[own.kind]}] {plain(own.text)}{pages}",
        )
    for one in work.evidence:
        quote = f"\u00a0: « {plain(one.quote)} »" if one.quote else ""
        _line(context, part.id, "own_evidence", one.id, one.version, f":blue-badge[Passage] p. {one.page}{quote}")
    if context.may_write:
        with st.expander("Ajouter un constat, un manque, une question"):
            _add_text(context, part)
        with st.expander("Ajouter un passage de la page affichée"):
            _add_passage(context, part)


def _line(context: ReviewContext, criterion: str, kind: str, item: str, version: int, said: str) -> None:
    text, drop = st.columns([6, 1], vertical_alignment="center")
    text.markdown(said)
    if context.may_write:
        drop.button(
            "Retirer", key=f"drop-{item}", width="stretch", on_click=on_event,
            args=(context, kind, criterion, item, None, version),
        )  # fmt: skip


def _add_text(context: ReviewContext, part: CriterionPart) -> None:
    phrases = application().phrases.list(context.actor, context.referentiel.content.id, part.id)
    if phrases:
        st.caption("Vos phrases pour ce critère\u00a0:")
    for phrase in phrases:
        use, forget = st.columns([6, 1], vertical_alignment="center")
        use.button(
            plain(phrase.text), key=f"phrase-{phrase.id}", on_click=on_insert, args=(context, part.id, phrase.text),
            width="stretch",
        )  # fmt: skip
        forget.button(
            "Oublier", key=f"forget-{phrase.id}", width="stretch", on_click=on_forget,
            args=(context, part.id, phrase.id),
        )  # fmt: skip
    st.selectbox("Nature", list(KINDS), format_func=KINDS.__getitem__, key=f"own-kind-{part.id}")
    text_area(context, part.id, "draft", "Texte", rows=3, item=OWN_DRAFT)
    st.text_input("Pages (par exemple\u00a0: 3, 7-9)", key=f"own-pages-{part.id}")
    st.checkbox("Garder cette phrase pour mes prochains dossiers", key=f"own-keep-{part.id}")
    st.button("Ajouter", key=f"own-add-{part.id}", type="primary", on_click=on_add_text, args=(context, part.id))


def on_add_text(context: ReviewContext, criterion: str) -> None:
    """Adds the text as it is kept now, which the browser saved before this click, and empties its field."""
    now = application().reviews.context(context.actor, context.review_id)
    text = latest_text(now, criterion, "draft", OWN_DRAFT).text.strip()
    numbers = pages_in(st.session_state[f"own-pages-{criterion}"], context.dossier.preread.dossier.pages)
    if not text or numbers is None:
        refuse("Écrivez un texte, et des numéros de page de ce dossier, par exemple 3, 7-9.")
        return
    value = {"kind": st.session_state[f"own-kind-{criterion}"], "text": text, "pages": numbers}
    if not on_act(now, "own_text", criterion, "", value, 0).ok:
        return
    if st.session_state[f"own-keep-{criterion}"]:
        attempt(lambda: application().phrases.keep(context.actor, context.referentiel.content.id, criterion, text))
    on_put_text(now, criterion, "draft", OWN_DRAFT, "")
    st.session_state[f"own-pages-{criterion}"] = ""
    st.session_state[f"own-keep-{criterion}"] = False


def on_forget(context: ReviewContext, criterion: str, phrase: str) -> None:
    """Takes a phrase out of the bank."""
    attempt(lambda: application().phrases.forget(context.actor, context.referentiel.content.id, criterion, phrase))


def on_insert(context: ReviewContext, criterion: str, phrase: str) -> None:
    """Adds a phrase to the text being written."""
    now = application().reviews.context(context.actor, context.review_id)
    before = latest_text(now, criterion, "draft", OWN_DRAFT).text.rstrip()
    on_put_text(now, criterion, "draft", OWN_DRAFT, f"{before} {phrase}".strip())


def _add_passage(context: ReviewContext, part: CriterionPart) -> None:
    page = int(st.session_state.page)
    sentences = [s for s in context.dossier.dossier.sentences if s.page == page and s.role == "body"]
    by_id = {s.id: s for s in sentences}
    key = f"pick-{part.id}-{page}"
    chosen = st.multiselect(
        f"Phrases de la page {page}",
        list(by_id),
        format_func=lambda sid: by_id[sid].text[:LONGEST_CHOICE],
        key=key,
        placeholder="Choisir une ou plusieurs phrases",
    )
    label = "Ajouter ces phrases" if chosen else f"Ajouter la page {page} comme référence"
    st.button(label, key=f"pick-add-{part.id}-{page}", on_click=on_add_passage, args=(context, part.id, page, key))


def on_add_passage(context: ReviewContext, criterion: str, page: int, key: str) -> None:
    """Adds the sentences chosen, or the page alone."""
    for sentences in [[sid] for sid in st.session_state.get(key, ())] or [[]]:
        on_event(context, "own_evidence", criterion, "", {"page": page, "sentences": sentences}, 0)
    st.session_state[key] = []


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
