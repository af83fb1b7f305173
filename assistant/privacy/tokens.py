"""Words of a text with their places, elided articles taken off, as names are looked for."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.lexicon.french import is_french_in_capitals
from assistant.privacy.seen import plain
from assistant.text import fold

_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžÝýĀ-ſ"
_WORD = re.compile(rf"(?<![{_LETTERS}])(?<![{_LETTERS}]['’-])[{_LETTERS}]++(?:['’-][{_LETTERS}]++)*(?!\d)")
"""Begins where a word begins, and nowhere inside one: a run of letters before a digit is read once, not once a letter."""
_JOINED = re.compile(rf"[ \u00a0\u202f-](?=[{_LETTERS}])")
_ELIDED = re.compile(r"(?:[dlnmtsjc]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=.)", re.IGNORECASE)
_NAMED_SO = re.compile(rf"(?:[DNOM]['’](?=[A-ZÀ-Ý][{_LETTERS}])|L['’](?=H))")
"""Names that keep their apostrophe: D'Angelo, N'Diaye, M'Baye, O'Brien, L'Hostis."""
_LABELS = re.compile(r"\s*[:|/=(\n]|\s*$")
_ENDS = re.compile(r"\s*[.!?:;…»«\"“”()\n•–—|/]")


@dataclass(frozen=True, slots=True)
class Token:
    """`text` stands at `start:end`. `joined`: only a space or hyphen parts it from the next word; `ends`: a sentence,
    a quotation or a list begins after it; `comma` stands right after it; `initial`: a lone capital with its full stop
    ("J."); `labels`: what follows is what it announces ("Nom : ", "Nom | ", "Nom / prénom"), not a quotation."""

    text: str
    start: int
    end: int
    joined: bool
    ends: bool
    comma: bool
    initial: bool
    labels: bool = False


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """`fold` of one word, which a dossier writes again and again."""
    return fold(word)


@lru_cache(maxsize=4_096)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text, in order."""
    text = plain(text)
    made = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        elided = _ELIDED.match(text, start, end)
        if elided and not _keeps_apostrophe(text, start, end):
            start = elided.end()
        initial = end - start == 1 and text[start].isupper() and text[end : end + 1] == "."
        after = end + initial
        made.append(
            Token(
                text[start:end],
                start,
                end,
                joined=_JOINED.match(text, after) is not None or (initial and text[after : after + 1].isupper()),
                ends=not initial and _ends_after(text, start, end),
                comma=text[end : end + 1] == ",",
                initial=initial,
                labels=_LABELS.match(text, end) is not None,
            )
        )
    return tuple(made)


def _keeps_apostrophe(text: str, start: int, end: int) -> bool:
    """ "D’ANGELO" does, "NOM D’USAGE" does not."""
    if _NAMED_SO.match(text, start) is None or (start == 0 and text[start] not in "NOM"):
        return False
    return not (text[start + 2 : end].isupper() and is_french_in_capitals(text[start + 2 : end]))


_ABBREVIATED = frozenset(["m", "mm", "mme", "dr", "me", "pr", "mlle", "st", "av", "bd"])


def _ends_after(text: str, start: int, end: int) -> bool:
    if text[start:end].lower() in _ABBREVIATED and text[end : end + 1] == ".":
        return False
    return _ENDS.match(text, end) is not None
