"""The left side: the page of the source, the words of the field in view boxed, its lines to take words from, the doubts."""

import streamlit as st

from assistant.application.people import Actor
from assistant.application.referentiels import DraftView
from assistant.errors import NotFound
from assistant.ui.acting import attempt
from assistant.ui.labels import distinct
from assistant.ui.state import application
from assistant.ui.words import plain

KINDS = {
    "unplaced": "texte qui n’a pas trouvé de place",
    "furniture": "haut et bas de page",
    "stripped": "ôté du texte",
    "lost": "mots perdus à la lecture",
    "used_twice": "texte employé deux fois",
    "code_jumps": "numéros sautés",
    "code_repeats": "code répété",
    "no_competence": "critère sans compétence",
    "no_criteria": "sans critère",
    "points": "points manquants",
    "ocr": "lecture à vérifier",
    "cut": "texte coupé",
    "modality": "épreuve à préciser",
    "unfaithful": "texte absent de la source",
    "unread_page": "page non lue",
    "levels": "niveaux",
    "shared_out": "rattachement proposé",
    "long": "texte long",
}


def source_side(actor: Actor, draft: DraftView, text: str) -> None:
    """Draws it; nothing but doubts where the draft comes from no file."""
    if draft.source:
        _page(actor, draft, text)
    _doubts(draft)


def _page(actor: Actor, draft: DraftView, text: str) -> None:
    pages = application().source_pages
    key = f"page-{draft.id}"
    if text and st.session_state.get("boxed-text") != text:
        st.session_state["boxed-text"] = text
        st.session_state[key] = pages.page_of(actor, draft.id, text)
    try:
        shown = pages.page(actor, draft.id, st.session_state.get(key, 1), text)
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
    if shown.png:
        st.image(shown.png, width="stretch")
        if text and not shown.boxed:
            st.caption("Ces mots ne sont pas repérés sur cette page.")
    with st.expander("Prendre des mots de cette page", expanded=not shown.png):
        labels = distinct(dict(enumerate(shown.lines)))
        lines = st.multiselect(
            "Lignes, dans l’ordre",
            range(len(shown.lines)),
            format_func=labels.__getitem__,
            key=f"taken-{shown.page}-{draft.version}",
            placeholder="Choisir",
        )
        words = " ".join(shown.lines[one] for one in sorted(lines))
        chosen = st.session_state.get("chosen-criterion")
        into, new = st.columns(2)
        into.button(
            "Remplacer le texte du critère",
            disabled=not (words and chosen),
            on_click=on_take,
            args=(
                actor,
                draft,
                {"do": "correct", "kind": "criterion", "id": chosen or "", "field": "text", "value": words},
            ),
        )
        new.button(
            "Nouveau critère après celui-ci",
            disabled=not (words and chosen),
            on_click=on_take,
            args=(
                actor,
                draft,
                {"do": "add", "kind": "criterion", "parent": _parent(draft, chosen), "after": chosen, "text": words},
            ),
        )


def _parent(draft: DraftView, criterion: str | None) -> str:
    for bloc in draft.content.get("blocs", ()):
        for one in bloc.get("criteria", ()):
            if one["id"] == criterion:
                return str((one.get("competences") or [bloc["id"]])[0])
    return ""


def on_turn(key: str, page: int) -> None:
    """Another page of the source."""
    st.session_state[key] = page


def on_take(actor: Actor, draft: DraftView, operation: dict[str, object]) -> None:
    """Words of the source into a field, as they stand there."""
    attempt(lambda: application().referentiels.act(actor, draft.id, draft.version, operation))


def _doubts(draft: DraftView) -> None:
    shown = [one for one in draft.doubts if one.kind not in {"furniture", "stripped"}]
    if not draft.doubts:
        return
    with st.expander(f"À vérifier ({len(shown)})", expanded=False):
        for number, one in enumerate(shown[:200]):
            said, go = st.columns([6, 1])
            said.write(f"*{plain(KINDS.get(one.kind, one.kind))}*, p.\u00a0{one.page:d}\u00a0: {plain(one.text[:400])}")
            go.button("Voir", key=f"doubt-{number}", on_click=on_turn, args=(f"page-{draft.id}", one.page))
