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
CELLS = " | "
LEAST_CUT = 2
"""Letters of a quote on either side of a page's end, at least."""
_OWN_NUMBER = re.compile(r"^\s*\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s+")
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
    """Whether a quote stands in the letters of its page; of one that the page's end cuts, its rest in the next page's.

    `after` is given for the latter alone. A list's number may be written elsewhere on its page than the text it opens.
    The cells of a row that is cut stand each for itself; other text stands in the lower half of its page and in the
    upper half of the next.
    """
    if _on_page(quote, here):
        return True
    if not after:
        return False
    cells = [letters(cell) for cell in quote.split(CELLS)]
    if len(cells) > 1:
        return all(cell in here or cell in after or _cut(cell, here, after) for cell in cells)
    bare = letters(_OWN_NUMBER.sub("", quote))
    return _cut(bare, here[max(0, len(here) // 2 - len(bare)) :], after[: len(after) // 2 + len(bare)])


def _on_page(quote: str, here: str) -> bool:
    if letters(quote) in here:
        return True
    number = _OWN_NUMBER.match(quote)
    return number is not None and letters(number.group()) in here and letters(quote[number.end() :]) in here


def _cut(said: str, here: str, after: str) -> bool:
    return any(said[:cut] in here and said[cut:] in after for cut in range(LEAST_CUT, len(said) - LEAST_CUT + 1))


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
