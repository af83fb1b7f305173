"""The left side: the page of the source, the words of the field in view boxed, its lines to take words from, the doubts."""

from functools import partial

import streamlit as st

from assistant.application.draft_views import DraftView
from assistant.application.people import Actor
from assistant.application.source_pages import SourcePage
from assistant.errors import NotFound
from assistant.ui.acting import refuse
from assistant.ui.labels import distinct
from assistant.ui.referentiels.criteria import criterion_of
from assistant.ui.referentiels.doubts import doubts_left
from assistant.ui.referentiels.folding import folded
from assistant.ui.referentiels.picking import picture, taken
from assistant.ui.referentiels.places import STRUCTURE
from assistant.ui.referentiels.window import as_it_stands, base, do
from assistant.ui.state import application
from assistant.ui.words import plain

INTO_CRITERION = {
    "text": "Texte du critère",
    "indicators": "Indicateur de plus",
    "new": "Nouveau critère",
    "competence": "Texte de la compétence",
}
INTO_BLOC = {"bloc": "Titre du bloc", "new-competence": "Nouvelle compétence"}


def source_side(actor: Actor, draft: DraftView, text: str) -> None:
    """Draws it; nothing but doubts where the draft comes from no file."""
    if draft.source:
        _page(actor, draft, text)
    doubts_left(actor, draft)


def _page(actor: Actor, draft: DraftView, text: str) -> None:
    key = f"page-{draft.id}"
    part = "bloc" if st.session_state.get("draft-part") == STRUCTURE else "criterion"
    inview = (draft.id, part, st.session_state.get(f"chosen-{part}"))
    if text and st.session_state.get("boxed-for") != inview:
        st.session_state["boxed-for"] = inview
        found = application().source_pages.page_of(actor, draft.id, text)
        st.session_state[key] = found or st.session_state.get(key, 1)
    try:
        shown = _shown(actor, draft, st.session_state.get(key, 1))
    except NotFound as error:
        st.info(plain(error.message))
        return
    before, where, after = st.columns([1, 3, 1], vertical_alignment="center")
    before.button(
        "◀",
        key="page-before",
        help="Page précédente",
        disabled=shown.page <= 1,
        on_click=on_turn,
        args=(key, shown.page - 1),
        shortcut="Alt+Left",
    )
    where.caption(f"{plain(draft.source)} – page {shown.page:d} sur {shown.pages:d}")
    after.button(
        "▶",
        key="page-after",
        help="Page suivante",
        disabled=shown.page >= shown.pages,
        on_click=on_turn,
        args=(key, shown.page + 1),
        shortcut="Alt+Right",
    )
    fields = _fields(draft)
    if shown.png and not picture(shown, text, fields, partial(on_taken, actor, draft)) and text:
        st.caption("Ces mots ne sont pas repérés sur cette page.")
    part = folded("Prendre des lignes au clavier", f"lines-{bool(shown.png)}", expanded=not shown.png)
    if not part.open:
        return
    with part:
        labels = distinct(dict(enumerate(shown.lines)))
        lines = st.multiselect(
            "Lignes, dans l’ordre",
            range(len(shown.lines)),
            format_func=labels.__getitem__,
            key=f"taken-{shown.page}-{base(draft)}",
            placeholder="Choisir",
        )
        words = " ".join(shown.lines[one] for one in sorted(lines))
        beside = st.container(horizontal=True)
        for into, label in fields.items():
            beside.button(
                plain(label), key=f"into-{into}", disabled=not words, on_click=on_take, args=(actor, draft, into, words)
            )


def _shown(actor: Actor, draft: DraftView, page: int) -> SourcePage:
    """The page, kept for the next time that this window is drawn: an edit does not change it."""
    kept = st.session_state.get("source-shown")
    if kept and kept[:2] == (draft.id, page):
        found: SourcePage = kept[2]
        return found
    with st.spinner("Lecture de la page…"):
        found = application().source_pages.page(actor, draft.id, page)
    st.session_state["source-shown"] = (draft.id, page, found)
    return found


def _fields(draft: DraftView) -> dict[str, str]:
    """Where words of the source may go: what its button says."""
    if st.session_state.get("draft-part") == STRUCTURE:
        return INTO_BLOC if st.session_state.get("chosen-bloc") else {}
    criterion = criterion_of(draft, st.session_state.get("chosen-criterion"))
    return INTO_CRITERION if criterion else {}


def _operation(draft: DraftView, into: str, words: str) -> dict[str, object] | None:
    """The operation that puts words of the source where its button says."""
    bloc = st.session_state.get("chosen-bloc")
    if into == "bloc":
        return {"do": "correct", "kind": "bloc", "id": bloc, "field": "title", "value": words}
    if into == "new-competence":
        return {"do": "add", "kind": "competence", "parent": bloc, "text": words}
    criterion = criterion_of(draft, st.session_state.get("chosen-criterion"))
    if not criterion:
        return None
    own = {"do": "correct", "kind": "criterion", "id": criterion["id"]}
    owners = criterion.get("competences") or []
    if into == "text":
        return {**own, "field": "text", "value": words}
    if into == "indicators":
        return {**own, "field": "indicators", "value": [*criterion.get("indicators", ()), words]}
    if into == "competence" and owners:
        return {"do": "correct", "kind": "competence", "id": owners[0], "field": "text", "value": words}
    if into == "new" and owners:
        return {"do": "add", "kind": "criterion", "parent": owners[0], "after": criterion["id"], "text": words}
    return None


def on_turn(key: str, page: int) -> None:
    """Another page of the source."""
    st.session_state[key] = page


def on_taken(actor: Actor, draft: DraftView) -> None:
    """Words framed on the picture into the field whose button was pressed."""
    chosen = taken()
    if chosen:
        on_take(actor, draft, *chosen)


def on_take(actor: Actor, draft: DraftView, into: str, words: str) -> None:
    """Words of the source into a field, as they stand there."""
    operation = _operation(as_it_stands(actor, draft), into, words) if words else None
    if operation is None:
        refuse("Choisissez d’abord un critère qui a une compétence.")
    else:
        do(actor, draft, operation)
