"""Foreign text on a page: the one component for what a candidate, a file, a model or a person wrote.

What Streamlit draws as Markdown (labels, captions, messages) takes `plain(text)`; a whole text is drawn by `st.text`.
A test refuses every other way (tests/ui/test_foreign_text.py).
"""

import re

MARKS = frozenset("\\`*_{}[]()#+-.!|<>$~:&^=@\"'/%")
"""What may begin formatting, a picture, a link, an emoji code, a formula or an entity."""
JOINER = "\u2060"
"""Nothing to see: an address of the web is not made a link behind our back, which escapes alone do not prevent."""
ADDRESS = re.compile(r"(?<=[A-Za-z])(?=://)|(?<=\bwww)(?=\.)|(?=@)", re.IGNORECASE)
TURNS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of writing: what stands after the text would be turned with it."""
BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*|\t")


def plain(text: str) -> str:
    """A text shown as it is, on one line: no character of it may act as formatting."""
    one_line = ADDRESS.sub(JOINER, TURNS.sub("", BREAKS.sub(" ", text))).strip(" ")
    return "".join(f"\\{c}" if c in MARKS else c for c in one_line)
