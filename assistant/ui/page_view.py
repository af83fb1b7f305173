"""The page image with the evidence drawn on it, its controls, and its text for those who do not see it."""

import io
from pathlib import Path

import streamlit as st
from PIL import Image, ImageDraw

from assistant.dossier.model import Page
from assistant.dossier.render import page_png
from assistant.errors import UnreadableDossier
from assistant.result import Box, PreRead
from assistant.service import Opened

SCALE = 1.6
FILL = {"cited": (255, 214, 10, 70), "chosen": (255, 140, 0, 95)}
EDGE = {"cited": (176, 130, 0, 200), "chosen": (190, 70, 0, 255)}


@st.cache_data(show_spinner=False, max_entries=400)
def plain_page(file: str, page: int, turned: int) -> bytes:
    """The page as a PNG."""
    return page_png(Path(file), page, SCALE, turned)


@st.cache_data(show_spinner=False, max_entries=400)
def marked_page(file: str, page: Page, cited: tuple[Box, ...], chosen: tuple[Box, ...]) -> bytes:
    """The page as a PNG; `cited` boxes in yellow, `chosen` ones in orange with a thicker edge."""
    picture = Image.open(io.BytesIO(plain_page(file, page.number, page.turned))).convert("RGBA")
    scale = picture.width / page.width
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for kind, boxes in (("cited", cited), ("chosen", chosen)):
        for x0, top, x1, bottom in boxes:
            corners = (x0 * scale - 2, top * scale - 2, x1 * scale + 2, bottom * scale + 2)
            draw.rectangle(corners, fill=FILL[kind], outline=EDGE[kind], width=2 if kind == "chosen" else 1)
    made = io.BytesIO()
    Image.alpha_composite(picture, layer).convert("RGB").save(made, "PNG", compress_level=1)
    return made.getvalue()


def page_view(dossier: Opened, page: int, cited: tuple[Box, ...], chosen: tuple[Box, ...]) -> None:
    """Controls, image and text of one page. The page shown lives in `st.session_state.page`."""
    total = dossier.preread.dossier.pages
    before, where, after = st.columns([1, 2, 1], vertical_alignment="bottom")
    before.button("◀ Précédente", disabled=page <= 1, on_click=_go, args=(page - 1,), width="stretch")
    where.selectbox(
        "Page",
        range(1, total + 1),
        key="page",
        format_func=lambda n: f"Page {n} sur {total}",
        label_visibility="collapsed",
    )
    after.button("Suivante ▶", disabled=page >= total, on_click=_go, args=(page + 1,), width="stretch")
    st.html(strip(dossier.preread, page))
    entry = dossier.preread.dossier.ledger[page - 1]
    if entry.read == "none":
        st.warning(f"Cette page n’a pas été lue : {entry.reason}.")
    shown = dossier.dossier.pages[page - 1]
    try:
        st.image(marked_page(str(dossier.pdf), shown, cited, chosen), width="stretch")
    except UnreadableDossier as error:
        st.warning(error.message)
    with st.expander("Texte de la page"):
        st.text(shown.text or "Aucun texte.")


def _go(page: int) -> None:
    st.session_state.page = page
    st.session_state.chosen = ()


def strip(preread: PreRead, page: int) -> str:
    """A thin band of all pages: filled where passages were found, hatched where the page was not read."""
    used = set(range(1, preread.dossier.pages + 1)) - set(preread.dossier.unused_pages)
    cells = []
    for entry in preread.dossier.ledger:
        read = entry.read != "none"
        look = "background:#8a6d00" if read and entry.page in used else "background:#fff"
        if not read:
            look = "background:repeating-linear-gradient(45deg,#b00,#b00 3px,#fff 3px,#fff 6px)"
        ring = "outline:3px solid #0b57d0;outline-offset:1px;" if entry.page == page else ""
        word = "non lue" if not read else "citée" if entry.page in used else "lue, non citée"
        cells.append(
            f'<span title="Page {entry.page} : {word}" style="{look};{ring}flex:1;min-width:5px;height:12px;'
            f'border:1px solid #8a6d00"></span>'
        )
    legend = "Bande des pages : pleine = citée, vide = lue et non citée, hachurée = non lue."
    style = "display:flex;gap:2px;margin-right:44px"
    band = f'<div class="page-strip" role="img" aria-label="{legend}" title="{legend}" style="{style}">'
    return f"{band}{''.join(cells)}</div>"
