"""The page image with the evidence drawn on it, its controls, and its text for those who do not see it."""

import base64
import io

import streamlit as st
from PIL import Image, ImageDraw

from assistant.application.context import Page, ReviewContext
from assistant.errors import UnreadableDossier
from assistant.result import Box, CriterionPart, Evidence
from assistant.ui.page_strip import page_strip
from assistant.ui.state import application

SCALE = 1.6
ZOOMS: dict[str, int | None] = {"Largeur de la colonne": None, "Zoom 150\u00a0%": 1100, "Zoom 200\u00a0%": 1500}
"""What the menu offers, and the width in pixels; None fits the column."""
FILL = {"cited": (255, 214, 10, 70), "chosen": (255, 140, 0, 95)}
EDGE = {"cited": (176, 130, 0, 200), "chosen": (190, 70, 0, 255)}


def marked_page(context: ReviewContext, page: Page, cited: tuple[Box, ...], chosen: tuple[Box, ...]) -> bytes:
    """The page as a JPEG; `cited` boxes in yellow, `chosen` ones in orange with a thicker edge."""
    drawn = application().prereads.page_png(context.actor, context.dossier.id, page.number, SCALE)
    picture = Image.open(io.BytesIO(drawn)).convert("RGBA")
    scale = picture.width / page.width
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for kind, boxes in (("cited", cited), ("chosen", chosen)):
        for x0, top, x1, bottom in boxes:
            corners = (x0 * scale - 2, top * scale - 2, x1 * scale + 2, bottom * scale + 2)
            draw.rectangle(corners, fill=FILL[kind], outline=EDGE[kind], width=2 if kind == "chosen" else 1)
    made = io.BytesIO()
    Image.alpha_composite(picture, layer).convert("RGB").save(made, "JPEG", quality=90, subsampling=0)
    return made.getvalue()


def page_view(
    context: ReviewContext, page: int, cited: tuple[Box, ...], chosen: tuple[Box, ...], here: frozenset[int]
) -> None:
    """Controls, strip, image and text of one page. The page shown lives in `st.session_state.page`."""
    preread = context.dossier.preread
    total = preread.dossier.pages
    before, where, after, size = st.columns([2, 4, 2, 3], vertical_alignment="bottom")
    before.button(
        "◀ Page",
        key="previous-page",
        disabled=page <= 1,
        on_click=go_to,
        args=(page - 1,),
        width="stretch",
        help="Page précédente",
    )
    where.selectbox(
        "Page",
        range(1, total + 1),
        key="page",
        format_func=lambda n: f"Page {n} sur {total}",
        label_visibility="collapsed",
    )
    after.button(
        "Page ▶",
        key="next-page",
        disabled=page >= total,
        on_click=go_to,
        args=(page + 1,),
        width="stretch",
        help="Page suivante",
    )
    zoom = size.selectbox("Taille", list(ZOOMS), key="zoom", label_visibility="collapsed")
    clicked = page_strip(preread, page, here)
    if clicked and clicked != page:
        st.session_state["go-to"] = clicked
        st.rerun()
    _citing(context, page)
    entry = preread.dossier.ledger[page - 1]
    if entry.read == "none":
        st.warning(f"Cette page n’a pas été lue : {entry.reason}.")
    _image(context, page, cited, chosen, ZOOMS[zoom])


def _image(
    context: ReviewContext, page: int, cited: tuple[Box, ...], chosen: tuple[Box, ...], width: int | None
) -> None:
    """The page, as wide as the column or wider inside a frame that scrolls, and its text for screen readers."""
    shown = context.dossier.dossier.pages[page - 1]
    try:
        marked = len(cited) + len(chosen)
        framed = ", passages encadrés" if marked else ""
        said = f"Page {page} du dossier{framed}\u00a0; son texte est en dessous"
        picture = base64.b64encode(marked_page(context, shown, cited, chosen)).decode()
        size = "width: 100%" if width is None else f"width: {width}px; max-width: none"
        # Streamlit's own image has no text for those who do not see it.
        tag = f'<img class="page-picture" alt="{said}" src="data:image/jpeg;base64,{picture}" style="{size}">'
        if width is None:
            st.html(tag)
        else:
            with st.container(height=980, key="zoomed"):
                st.html(tag)
    except UnreadableDossier as error:
        st.warning(error.message)
    with st.expander("Texte de la page"):
        st.text(shown.text or "Aucun texte.")


def _citing(context: ReviewContext, page: int) -> None:
    """From a page to every criterion that cites it."""
    names = [
        part.id
        for part in context.dossier.preread.criteria
        if any(one.page == page for one in _served(part))
        or any(own.page == page for own in context.work.on(part.id).evidence)
    ]
    if not names:
        st.caption("Aucun critère ne cite cette page.")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Critères qui citent cette page\u00a0:", width="content")
        for name in names:
            st.button(
                name, key=f"citing-{name}", on_click=_to_criterion, args=(name,), type="tertiary", width="content"
            )


def _served(part: CriterionPart) -> list[Evidence]:
    ids = {sid for requirement in part.requirements for sid in requirement.evidence}
    return [one for one in part.evidence if one.id in ids]


def _to_criterion(name: str) -> None:
    st.session_state.criterion = name
    st.session_state.chosen = ()


def go_to(page: int) -> None:
    """Turns to a page."""
    st.session_state.page = page
    st.session_state.chosen = ()
