"""What is on the page but not in the argument: running headers and footers, and official wording copied in."""

import re
from collections import Counter
from collections.abc import Sequence

from assistant.dossier.glyphs import Line
from assistant.text import fold, words

MARGIN = 0.12
"""Share of the page's height, at its top and its bottom, where headers and footers stand."""
REPEATED = 0.5
LEAST_PAGES = 3
GRAM = 4
COPIED = 0.7
_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(r"^\W*(?:page|p\.)?\s*#?(?:\s*(?:/|sur|de)\s*#)?\W*$")


def running_lines(pages: Sequence[tuple[float, Sequence[Line]]]) -> frozenset[int]:
    """The `id`s of the lines repeated (figures apart) in the margins of most pages; `pages` as (height, lines).

    Raises nothing; a dossier under three pages has no running lines but its page numbers.
    """
    seen: Counter[str] = Counter()
    marginal: list[tuple[str, Line]] = []
    for height, lines in pages:
        here = [(shape(line.text), line) for line in lines if in_margin(line, height)]
        seen.update({text for text, _ in here})
        marginal += here
    least = max(LEAST_PAGES, REPEATED * len(pages))
    return frozenset(id(line) for text, line in marginal if seen[text] >= least or _PAGE_NUMBER.match(text))


def shape(text: str) -> str:
    """A line with its figures replaced, so that "page 3" and "page 4" are the same line."""
    return _FIGURES.sub("#", fold(text))


def in_margin(line: Line, height: float) -> bool:
    """Whether a line stands where headers and footers do."""
    return line.box[3] < MARGIN * height or line.box[1] > (1 - MARGIN) * height


class OfficialWording:
    """Recognises sentences that repeat the référentiel or an official template rather than say something."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._grams = {gram for text in texts for gram in _grams(words(text))}
        self._whole = {tuple(words(text)) for text in texts}

    def repeats(self, sentence: str) -> bool:
        """Whether nearly all of `sentence` is official wording: most of its runs of four words, and little else."""
        said = words(sentence)
        if tuple(said) in self._whole and len(said) > 2:
            return True
        grams = _grams(said)
        if len(grams) < 2:
            return False
        return sum(gram in self._grams for gram in grams) / len(grams) >= COPIED


def _grams(said: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(said[i : i + GRAM]) for i in range(len(said) - GRAM + 1)]
