"""When does a piece of evidence hold a labelled sentence? Compared as the labels say: folded, on its page, by half.

A labelled sentence is found when at least half of it lies in one piece of evidence (neighbouring sentences of the
evidence joined) on one of its pages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation.gold import Quote
from assistant.text import fold, word_count

LEAST_LETTERS = 8
"""A shorter piece ("1.", "Oui") stands in many sentences and is part of none in particular."""
_OWN_NUMBER = re.compile(r"^\s*\(?\w{1,3}[.)]\s+")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of text shown to the juror: its page, its place among the page's sentences, its words."""

    page: int
    first: int
    last: int
    text: str


def letters(text: str) -> str:
    """Folded letters and figures only: what is left when spaces, quotes and hyphens do not count."""
    return _NOT_LETTERS.sub("", fold(text))


def stands(quote: str, here: str, after: str = "") -> bool:
    """Whether a quote stands in the letters of its page, or of its page and then the next one's (`after`).

    A list's number may be written elsewhere on the page than the text it opens.
    """
    said, bare = letters(quote), letters(_OWN_NUMBER.sub("", quote))
    if said in here or bare in here:
        return True
    return any(bare[:cut] in here and bare[cut:] in after for cut in range(1, len(bare)))


def within_words(shown: Sequence[Shown], budget: int) -> list[Shown]:
    """The pieces a juror has read after `budget` words, in reading order; the last one cut where the words end."""
    kept, left = [], budget
    for piece in shown:
        count = word_count(piece.text)
        if count > left:
            if left:
                kept.append(Shown(piece.page, piece.first, piece.last, " ".join(piece.text.split()[:left])))
            break
        kept.append(piece)
        left -= count
    return kept


def joined(shown: Sequence[Shown]) -> list[tuple[int, str]]:
    """(page, letters) of each run of neighbouring pieces."""
    runs: list[tuple[int, str]] = []
    previous: Shown | None = None
    for piece in sorted(shown, key=lambda s: (s.page, s.first)):
        if previous and piece.page == previous.page and piece.first <= previous.last + 1:
            runs[-1] = (piece.page, runs[-1][1] + letters(piece.text))
        else:
            runs.append((piece.page, letters(piece.text)))
        previous = piece
    return runs


def is_found(quote: Quote, runs: Sequence[tuple[int, str]]) -> bool:
    """Whether half of `quote` lies in one run on one of its pages."""
    wanted = letters(quote.quote)
    need = (len(wanted) + 1) // 2
    return any(_overlap(wanted, text, need) for page, text in runs if page in quote.pages)


def _overlap(wanted: str, text: str, need: int) -> bool:
    """Whether some stretch of `need` letters of `wanted` stands in `text`."""
    return any(wanted[start : start + need] in text for start in range(len(wanted) - need + 1))


def touches(text: str, page: int, quote: Quote) -> bool:
    """Whether a sentence shown is (part of) a labelled one, or holds half of it."""
    if page not in quote.pages:
        return False
    piece, wanted = letters(text), letters(quote.quote)
    if len(piece) < LEAST_LETTERS:
        return False
    return (
        piece in wanted
        or _overlap(wanted, piece, (len(wanted) + 1) // 2)
        or _overlap(piece, wanted, (len(piece) + 1) // 2)
    )
