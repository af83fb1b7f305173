"""The page of the source as a picture on which words are taken with the mouse, for the field that is in view."""

import base64
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import runtime

from assistant.application.source_pages import SourcePage, places_of

STATIC = Path(__file__).with_name("static")
HTML = '<div class="pl-source"></div>'
KEY = "source-picture"


def picture(shown: SourcePage, text: str, fields: Mapping[str, str], on_taken: Callable[[], None]) -> int:
    """Draws the page with the places of `text` boxed; how many there are. `fields`: id -> what its button says."""
    boxes = places_of(shown.words, text) if text else ()
    data = {
        "picture": _address(shown.png),
        "alt": f"Page {shown.page} de la source",
        "boxes": _rounded(boxes),
        "words": [
            (word.text, box) for word, box in zip(shown.words, _rounded(w.box for w in shown.words), strict=True)
        ],
        "fields": list(fields.items()),
    }
    _component()(key=KEY, data=data, on_taken_change=on_taken)
    return len(boxes)


def taken() -> tuple[str, str] | None:
    """The field and the words that were chosen, inside the callback."""
    value = (st.session_state.get(KEY) or {}).get("taken")
    if not isinstance(value, Mapping):
        return None
    return str(value.get("into", "")), str(value.get("text", "")).strip()


def _rounded(boxes: Any) -> list[Sequence[float]]:
    return [[round(side, 4) for side in box] for box in boxes]


def _address(png: bytes) -> str:
    """Where the browser finds the picture: Streamlit's own files, so that an edit does not send the whole page again."""
    if runtime.exists():
        return runtime.get_instance().media_file_mgr.add(png, "image/png", KEY)
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    js, css = ((STATIC / f"picking.{kind}").read_text(encoding="utf-8") for kind in ("js", "css"))
    return st.components.v2.component("prelecture_source", html=HTML, css=css, js=js)
