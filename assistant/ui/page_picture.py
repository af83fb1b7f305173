"""A page of a dossier, over the list that cites it, with the sentence that is cited marked and in sight."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.application.people import Actor
from assistant.errors import PrelectureError
from assistant.result import Box
from assistant.ui.state import application
from assistant.ui.words import plain

if TYPE_CHECKING:
    from PIL import Image

ASKED = "page-asked"
SCALE = 1.6
"""Pixels per point: text is read without zooming."""
MARK = (255, 214, 10, 90)
AROUND = 110.0
"""PDF points above and below a sentence that are shown first: some six lines."""


def page_button(preread: str, page: int, key: str, dossier: int | None = None, sentence: str | None = None) -> None:
    """« p. 6 », which shows the page; « Dossier 3, p. 6 » where several dossiers are listed."""
    place = f"p.\u00a0{page:d}" if dossier is None else f"Dossier {dossier:d}, p.\u00a0{page:d}"
    st.button(place, key=key, type="tertiary", on_click=on_ask, args=(preread, page, sentence))


def on_ask(preread: str, page: int, sentence: str | None) -> None:
    """Asks for a page, for the next drawing."""
    st.session_state[ASKED] = (preread, page, sentence)


def show_asked(actor: Actor) -> None:
    """Shows the page that was asked for, once."""
    asked = st.session_state.pop(ASKED, None)
    if asked is not None:
        _page(actor, *asked)


@st.dialog("Page du dossier", width="large")
def _page(actor: Actor, preread: str, page: int, sentence: str | None) -> None:
    try:
        dossier = application().prereads.open(actor, preread).dossier
        drawn = application().prereads.page_png(actor, preread, page, SCALE)
    except PrelectureError as error:
        st.error(plain(error.message))
        return
    cited = next((one for one in dossier.sentences if one.id == sentence), None)
    boxes = [box for at, box in cited.page_boxes if at == page] if cited else []
    if boxes:
        part, drawn = marked(drawn, boxes, dossier.pages[page - 1].width)
        st.caption(f"Page {page:d}, autour du passage")
        st.image(part)
    st.caption(f"Page {page:d} entière" if boxes else f"Page {page:d}")
    st.image(drawn)


def marked(png: bytes, boxes: Sequence[Box], width: float) -> tuple[bytes, bytes]:
    """What stands around these boxes, and the whole page, both with the boxes marked; `width` of the page in PDF points."""
    from PIL import Image, ImageDraw

    with Image.open(io.BytesIO(png)) as opened:
        page = opened.convert("RGBA")
    scale = page.width / width
    over = Image.new("RGBA", page.size, (0, 0, 0, 0))
    for x0, top, x1, bottom in boxes:
        ImageDraw.Draw(over).rectangle((x0 * scale, top * scale, x1 * scale, bottom * scale), fill=MARK)
    whole = Image.alpha_composite(page, over).convert("RGB")
    high = max(0, round((min(box[1] for box in boxes) - AROUND) * scale))
    low = min(whole.height, round((max(box[3] for box in boxes) + AROUND) * scale))
    return _png(whole.crop((0, high, whole.width, max(low, high + 1)))), _png(whole)


def _png(picture: "Image.Image") -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
