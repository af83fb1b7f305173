"""Text of others on a terminal: shown as it is, never read as markup, emoji codes or commands of the terminal."""

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
LEFT_OUT = frozenset({"Cc", "Cs", "Cn"})
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Marks that turn the direction of writing: a name could hide its end behind them."""


def harmless(text: str) -> str:
    """The text on one line, without what a terminal obeys (control characters, escapes, turns of direction)."""
    spaced = _BREAKS.sub(" ", text)
    return "".join(c for c in spaced if c not in TURNS and unicodedata.category(c) not in LEFT_OUT)


def counted(count: int, one: str, several: str) -> str:
    """« 1 dossier », « 12 dossiers »; none is one in French."""
    return f"{count} {one if count < 2 else several}"


def plain(text: str, style: str = "") -> "Text":
    """`harmless`, for rich: no markup and no emoji code in it is obeyed."""
    from rich.text import Text

    return Text(harmless(text), style=style)


def block(text: str) -> "Text":
    """`plain`, line by line: a whole text keeps its line breaks."""
    from rich.text import Text

    return Text("\n".join(map(harmless, text.splitlines())))
