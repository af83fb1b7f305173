"""The thin strip of all pages, one button each: cited, read by OCR, not read, and the one in view."""

from typing import Any

import streamlit as st

from assistant.result import PreRead

HTML = '<nav class="strip" aria-label="Pages du dossier"></nav><div class="legend"></div>'
CSS = """
.strip { display: flex; flex-wrap: wrap; gap: 3px; }
button { flex: 0 0 auto; min-width: 30px; height: 26px; padding: 0 3px; font: 12px sans-serif; cursor: pointer;
  color: #1d2733; background: #fff; border: 1px solid #8b939c; border-bottom: 4px solid #d9dee4; border-radius: 2px; }
button.cited { border-bottom-color: #a37a10; font-weight: 700; }
button.here { border-bottom-color: #1d2733; background: #ffe9b0; }
button.ocr { border-style: dashed dashed solid dashed; }
button.none { background: repeating-linear-gradient(45deg, #e3e3e3, #e3e3e3 4px, #fff 4px, #fff 8px); }
button[aria-current] { outline: 3px solid #0b57d0; outline-offset: 1px; }
button:focus-visible { outline: 3px solid #0b57d0; outline-offset: 2px; }
.legend { font: 12px/1.5 sans-serif; color: var(--st-text-color); margin-top: 4px; }
"""
JS = """
export default function ({ parentElement, data, setTriggerValue }) {
  const strip = parentElement.querySelector(".strip");
  const seen = JSON.stringify(data);
  if (strip.__seen === seen) return;
  const focused = strip.contains(strip.getRootNode().activeElement);
  strip.__seen = seen;
  strip.replaceChildren(...data.pages.map((page) => {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = page.number; button.className = page.look;
    button.title = page.label; button.setAttribute("aria-label", page.label);
    if (page.number === data.page) button.setAttribute("aria-current", "page");
    button.onclick = () => setTriggerValue("page", page.number);
    return button;
  }));
  parentElement.querySelector(".legend").textContent = data.legend;
  if (focused) { const now = strip.querySelector("[aria-current]"); if (now) now.focus(); }
}
"""
LEGEND = (
    "Trait doré\u00a0: page citée · fond doré\u00a0: citée pour ce critère · pointillés\u00a0: lue par OCR · "
    "hachures\u00a0: non lue"
)


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component("prelecture_pages", html=HTML, css=CSS, js=JS)


def page_strip(preread: PreRead, page: int, here: frozenset[int]) -> int | None:
    """Shows the strip; returns the page that was clicked, if one was. `here`: pages cited for the criterion in view."""
    pages = [{"number": number, "look": look, "label": label} for number, look, label in looks(preread, here)]
    made = _component()(
        key="page-strip", data={"pages": pages, "page": page, "legend": LEGEND}, on_page_change=lambda: None
    )
    clicked = made.page if made is not None else None
    return int(clicked) if clicked else None


def looks(preread: PreRead, here: frozenset[int]) -> list[tuple[int, str, str]]:
    """For each page its number, its look, and what that means in words."""
    unused = frozenset(preread.dossier.unused_pages)
    made = []
    for entry in preread.dossier.ledger:
        look, words = [], []
        if entry.read == "none":
            look.append("none")
            words.append("non lue")
        elif entry.page in here:
            look += ["cited", "here"]
            words.append("citée pour ce critère")
        elif entry.page not in unused:
            look.append("cited")
            words.append("citée")
        else:
            words.append("lue, non citée")
        if entry.read in {"ocr", "text+ocr"}:
            look.append("ocr")
            words.append("lue en partie ou toute par OCR")
        made.append((entry.page, " ".join(look), f"Page {entry.page}\u00a0: {', '.join(words)}"))
    return made
