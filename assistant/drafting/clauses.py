"""A sentence in pieces: its clauses, and in a long clause every run of a few words.

A verdict diluted by a factual sentence is still a verdict where it stands: each piece is weighed alone and the worst decides.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.text import fold

WINDOW, STEP = 8, 2
"""Words of a run, and by how many the next one begins later."""
QUOTE = re.compile(r"«(?:[^«»]|«[^«»]*»)*»|“[^”]*”|\"[^\"]*\"")
"""A quoted span, with a quotation inside it at most."""
_BREAK = re.compile(
    r"[,;:()–—.!]|\s-\s|\b(?:mais|et|car|donc|or|toutefois|cependant|neanmoins|pourtant|bien que|quoique|alors que|tandis que"
    r"|meme si|puisque|parce que|ce qui|ce que|ce dont|qui|dont|si bien que|de sorte que|sans|malgre|au point|signe que"
    r"|signe d|preuve que|preuve d)\b"
)
_PAGE = re.compile(r"\bpp?\. ?(?=\d)")
_SHORT = re.compile(r"\b([a-z]|art|env|fig|chap|vol|ann|tel|ref|ex|mme|mr)\. ?(?=\w)")
"""A full stop that shortens a word ends no sentence."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[a-z]+|[«%€/?]")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Folded, one space between words, every quoted span reduced to its marks."""
    folded = fold(QUOTE.sub(" « » ", text)).replace("’", "'")
    return re.sub(r"\s+", " ", _SHORT.sub(r"\1 ", _PAGE.sub("page ", folded))).strip()


def tokens(folded: str) -> list[str]:
    """Words, numbers and the few signs that say something, of folded text."""
    return _TOKEN.findall(folded)


def clauses(folded: str) -> list[str]:
    """The clauses of folded text, none empty."""
    parts = _BREAK.split(_DECIMAL.sub("·", folded))
    return [part.replace("·", ",").strip() for part in parts if tokens(part)]


def sentences(folded: str) -> list[str]:
    """From one full stop, semicolon, exclamation or question mark to the next."""
    return [part.strip() for part in re.split(r"(?<!\d)[.](?=\s|$)|[.](?=\s|$)|[;!?]", folded) if part.strip()]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of tokens, and the clause it stands in (the whole sentence for a run across clauses)."""

    tokens: tuple[str, ...]
    clause: str
    across: bool = False


def pieces(folded: str) -> list[Piece]:
    """Each clause, and the whole sentence; runs of WINDOW tokens in place of whatever is longer. Never empty.

    A clause of one word among others says nothing by itself.
    """
    made: list[Piece] = []
    for sentence in sentences(folded):
        parts = clauses(sentence)
        alone = len(parts) == 1
        made += [Piece(run, part) for part in parts for run in _runs(tokens(part)) if alone or len(run) > 1]
        if len(parts) > 1:
            made += [Piece(run, sentence, across=True) for run in _runs(tokens(sentence))]
    return made or [Piece((), "")]


def _runs(unit: list[str]) -> list[tuple[str, ...]]:
    if len(unit) <= WINDOW:
        return [tuple(unit)]
    starts = [*range(0, len(unit) - WINDOW, STEP), len(unit) - WINDOW]
    return [tuple(unit[start : start + WINDOW]) for start in starts]
