"""A text area that saves as one types: Streamlit's own sends only when it loses focus.

The browser keeps the text until the server has confirmed it, so that a lost connection or a reload loses nothing.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

HTML = '<label class="name"></label><textarea rows="7" spellcheck="true"></textarea><div class="state" role="status"></div>'
CSS = """
label { font: 600 0.9rem sans-serif; display: block; margin-bottom: 4px; color: var(--st-text-color); }
textarea { width: 100%; box-sizing: border-box; font: 1rem/1.5 sans-serif; padding: 10px; border: 1px solid #767676;
  border-radius: 8px; background: var(--st-background-color); color: var(--st-text-color); resize: vertical; }
textarea:focus { outline: 3px solid #0b57d0; outline-offset: 1px; }
.state { font: 0.8rem sans-serif; min-height: 1.2em; color: var(--st-text-color); }
"""
JS = """
const PAUSE = 350;
export default function ({ parentElement, data, setStateValue }) {
  const area = parentElement.querySelector("textarea");
  const state = parentElement.querySelector(".state");
  const name = parentElement.querySelector(".name");
  const kept = "prelecture:" + data.id;
  name.textContent = data.label;
  area.rows = data.rows;
  area.setAttribute("aria-label", data.label);
  const say = (text) => { state.textContent = text; };
  const mine = area.__prelecture || (area.__prelecture = { id: null, timer: null, sent: null });
  const send = (recovered) => {
    clearTimeout(mine.timer);
    if (mine.sent === area.value && !recovered) return;
    mine.sent = area.value;
    const base = recovered ? recovered.base : mine.version;
    setStateValue("draft", { id: mine.id, text: area.value, base, recovered: Boolean(recovered) });
  };
  if (mine.id !== data.id) {
    mine.id = data.id; mine.version = data.version; mine.sent = data.text;
    area.value = data.text; say(data.version ? "Enregistré" : "");
    let left = null;
    try { left = JSON.parse(localStorage.getItem(kept)); } catch (error) { left = null; }
    if (left && left.text !== data.text) { area.value = left.text; say("Texte retrouvé, enregistrement…"); send(left); }
  } else {
    mine.version = data.version;
    if (data.take && data.take !== mine.taken) { mine.taken = data.take; area.value = data.text; mine.sent = data.text; }
    if (data.text === area.value && !data.conflict) { localStorage.removeItem(kept); say("Enregistré"); }
  }
  area.oninput = () => {
    localStorage.setItem(kept, JSON.stringify({ text: area.value, base: mine.version }));
    say("Enregistrement…");
    clearTimeout(mine.timer);
    mine.timer = setTimeout(() => send(null), PAUSE);
  };
  area.onblur = () => send(null);
  const hide = () => { if (document.visibilityState === "hidden") send(null); };
  document.addEventListener("visibilitychange", hide);
  return () => document.removeEventListener("visibilitychange", hide);
}
"""


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component("prelecture_autosave", html=HTML, css=CSS, js=JS)


def autosave(
    area: str,
    label: str,
    text: str,
    version: int,
    conflict: bool,
    take: int,
    on_draft: Callable[[str], None],
    rows: int = 7,
) -> None:
    """Mounts the text area `area`; `on_draft(area)` is called with each text the browser sends (read it by `draft`).

    `take` changes when the text handed over must replace the one on screen.
    """
    _component()(
        key=f"autosave-{area}",
        data={
            "id": area,
            "label": label,
            "text": text,
            "version": version,
            "conflict": conflict,
            "take": take,
            "rows": rows,
        },
        on_draft_change=lambda: on_draft(area),
    )


def draft(area: str) -> dict[str, Any] | None:
    """What the browser sent last for `area`: id, text, base, recovered."""
    state = st.session_state.get(f"autosave-{area}")
    value = state.get("draft") if state else None
    return dict(value) if value else None
