"""What is on the page but not in the argument: running headers and footers, and official wording copied in."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dossier.pdf.text_layer import Line
from assistant.text import fold, words

MARGIN = 0.12
"""Share of the page's height, at its top and its bottom, where headers and footers stand."""
REPEATED = 0.5
LEAST_PAGES = 3
GRAM = 4
COPIED = 0.7
_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b")
CONTENTS = re.compile(r"^\W*(?:sommaire|table des matieres|plan du (?:dossier|document)|table des annexes)\W*$")
_PAGE_NUMBER = re.compile(r"^\W*(?:page|p\.)?\s*#?(?:\s*(?:/|sur|de)\s*#)?\W*$")


@dataclass(frozen=True, slots=True)
class Running:
    """The shapes of the lines repeated (figures apart) in the margins of most pages."""

    shapes: frozenset[str]

    def holds(self, line: Line, height: float) -> bool:
        """Whether `line`, on a page `height` points high, is a header, a footer or a page number."""
        if not in_margin(line, height):
            return False
        text = shape(line.text)
        return text in self.shapes or bool(_PAGE_NUMBER.match(text))


def running_lines(pages: Sequence[tuple[float, Sequence[Line]]]) -> Running:
    """What runs along a dossier's pages, given as (height, lines); under three pages only page numbers do."""
    seen = Counter(
        text for height, lines in pages for text in {shape(line.text) for line in lines if in_margin(line, height)}
    )
    least = max(LEAST_PAGES, REPEATED * len(pages))
    return Running(frozenset(text for text, count in seen.items() if count >= least))


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
