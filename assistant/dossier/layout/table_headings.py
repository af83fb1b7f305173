"""Which rows of a table are its headings, and what they say above each row."""

import re
from collections.abc import Sequence
from statistics import median

from assistant.dossier.layout.tables import Row
from assistant.dossier.pdf.lines import Line
from assistant.dossier.text.repair import cut_word, repair
from assistant.lexicon.french import is_french_word

MOST_HEADING_ROWS = 3
SHORT_HEADING, LONG_HEADING = 5, 12
"""Words of a heading told from its looks alone, and of one told from its bold letters."""
_PERIOD = re.compile(
    r"^(?:(?:\w+\.?\s)?(?:19|20)\d\d|[STJQ]\s?\d{1,2}|(?:semaine|mois|trimestre|année|jour|phase|étape|lot|an)\b.*\d.*|n[+-]?\d?)$",
    re.I,
)
_ENDS = re.compile(r"[.;!?:]\s*$")
Heading = tuple[str, ...]
"""What stands above each column."""


def said(cell: Sequence[Line]) -> str:
    """The words of a cell, those cut at a line's end made whole."""
    text = ""
    for line in cell:
        fresh = " ".join(repair(line.text).text.split())
        joint = cut_word(text, fresh, is_french_word) if text else None
        text = f"{text[:-1]}{joint}{fresh}" if joint is not None else f"{text} {fresh}".strip()
    return text


def heading_rows(rows: Sequence[Row]) -> int:
    """How many of a table's first rows are headings."""
    if len(rows) < 2:
        return 0
    bold = 0
    while bold < min(len(rows) - 1, MOST_HEADING_ROWS) and _is_bold(rows[bold]):
        bold += 1
    if bold and not all(_is_bold(row) for row in rows[bold:]) and _fits(rows[0], LONG_HEADING):
        return bold
    spanning = any(count > 1 for _, count in rows[0].spans) and sum(bool(cell) for cell in rows[0].cells) > 1
    if spanning and len(rows) > 2 and _fits(rows[0], SHORT_HEADING) and not _figures(rows[1]):
        return 2
    return int(_tells(rows[0], rows[1:]))


def _is_bold(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell]
    return bool(filled) and all(line.bold for cell in filled for line in cell)


def _fits(row: Row, words: int) -> bool:
    texts = [said(cell) for cell in row.cells if cell]
    return len(texts) > 1 and all(len(text.split()) <= words for text in texts)


def _figures(row: Row) -> bool:
    return any(re.search(r"\d", said(cell)) for cell in row.cells[1:])


def _tells(first: Row, rest: Sequence[Row]) -> bool:
    """Whether a first row, set like the others, says what stands below it rather than stands for itself."""
    texts = [said(cell) for cell in first.cells]
    filled = [text for text in texts if text]
    if len(filled) < 2 or not _fits(first, SHORT_HEADING) or any(_ENDS.search(text) for text in filled):
        return False
    periods = [bool(_PERIOD.match(text)) for text in texts[1:] if text]
    if (
        not texts[0]
        and len(filled) == len(texts) - 1
        and all(any(c.isalpha() for c in t) or p for t, p in zip(filled, periods, strict=False))
    ):
        return True
    if all(periods) and not any(all(_PERIOD.match(said(c)) for c in row.cells[1:] if c) for row in rest):
        return True
    if any(re.search(r"\d", text) for text in filled):
        return False
    if any(_counts_below(place, rest) for place in range(1, len(texts))):
        return True
    if len(texts) < 3 or len(filled) < len(texts):
        return False
    below = [len(said(cell).split()) for row in rest for cell in row.cells if cell]
    return len(rest) >= 2 and median(len(text.split()) for text in filled) < median(below or [0])


def _counts_below(place: int, rest: Sequence[Row]) -> bool:
    """Whether what stands in a column is mostly figures."""
    texts = [said(row.cells[place]) for row in rest if len(row.cells) > place and row.cells[place]]
    return bool(texts) and sum(bool(re.match(r"[^\w]{0,2}\d", text)) for text in texts) >= 0.6 * len(texts)


def heading_of(rows: Sequence[Row], width: int) -> Heading:
    """The words above each of `width` columns, those of a heading over several columns before those below it."""
    above: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        for (start, count), cell in zip(row.spans, row.cells, strict=True):
            for column in range(start, min(start + count, width)):
                if cell and said(cell) not in above[column]:
                    above[column].append(said(cell))
    return tuple(" ".join(words) for words in above)


def context_of(row: Row, heading: Heading, group: str) -> tuple[str, ...]:
    """What a row stands under: its group's title, the cells that reach down to it, and its columns' headings."""
    columns = [
        " ".join(dict.fromkeys(heading[c] for c in range(start, start + count) if c < len(heading) and heading[c]))
        for (start, count), cell in zip(row.spans, row.cells, strict=True)
        if cell
    ]
    return tuple(word for word in (group, *(said(cell) for cell in row.beside), *columns) if word)
