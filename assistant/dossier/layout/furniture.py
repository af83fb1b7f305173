"""What is on the page but not in the argument: running headers and footers, and official wording copied in."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dossier.layout.signs import LONE_BULLET, LONE_NUMBER, NOTE
from assistant.dossier.pdf.lines import Line
from assistant.text import fold, words

MARGIN, SIDE = 0.12, 0.09
"""Shares of the page's height, at its top and bottom, and of its width, at its sides, where furniture stands."""
REPEATED = 0.5
LEAST_PAGES, LEAST_OF_A_SIDE = 3, 2
SAME_PLACE = 3.0
SMALLER = 0.93
WATERMARK = 2.2
"""Sizes of the body from which what stands on every page at one place is no heading."""
SHARE_OF_SLOT = 0.6
LONGEST = 25
"""Words of a running line, at most."""
GRAM = 4
COPIED = 0.7
_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(r"^\W*(?:page|p\.|pg)?\s*#(?:\s*(?:/|sur|de|of|\|)\s*#)?\W*$")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line in a margin: where, what it says with figures apart, and the slot it stands in."""

    page: int
    place: int
    line: Line
    shape: str
    slot: tuple[str, int]


def running_lines(pages: Sequence[tuple[tuple[float, float], Sequence[Line]]], body: float) -> list[frozenset[int]]:
    """For each page, given as ((width, height), lines), the places of its headers, footers and page numbers.

    A line runs when it is repeated on most pages, or on most odd or even ones, at one place; when it stands where
    others run and changes by section; and when it is a page number.
    """
    seen = [
        _Seen(number, place, line, shape(line.text), _slot(line, size))
        for number, (size, lines) in enumerate(pages)
        for place, line in enumerate(lines)
        if in_margin(line, size)
        and len(line.text.split()) <= LONGEST
        and not _is_note(line)
        and not _opens(line, lines)
    ]
    shapes = _repeated_shapes(seen, len(pages), body) | _ends_of_both(seen, [lines for _, lines in pages], body)
    slots = _running_slots(seen, len(pages), body)
    found: list[set[int]] = [set() for _ in pages]
    for one in seen:
        upright = one.line.height <= 3 * max(one.line.size, 4.0)
        if one.shape in shapes or one.slot in slots or (one.slot[0] == "side" and not upright):
            found[one.page].add(one.place)
    for number, place in _watermarks([lines for _, lines in pages], body):
        found[number].add(place)
    for one in seen:
        if _PAGE_NUMBER.match(one.shape) and _alone(one, pages[one.page][1], found[one.page]):
            found[one.page].add(one.place)
    for one in seen:
        level = (pages[one.page][1][place] for place in found[one.page])
        if one.line.size < 1.1 * body and any(abs(other.foot - one.line.foot) < 1.5 for other in level):
            found[one.page].add(one.place)
    return [frozenset(places) for places in found]


def _is_note(line: Line) -> bool:
    """Whether a line opens with the raised figure of a footnote: notes that resemble one another are no footer."""
    found = NOTE.match(line.text)
    return found is not None and found["raised"] is not None


def _opens(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is the mark or number of a list, with its text to the right of it."""
    text = line.text.strip()
    if len(text) > 6 or text.isdigit() or not (LONE_BULLET.match(text) or LONE_NUMBER.match(text)):
        return False
    middle = (line.box[1] + line.box[3]) / 2
    return any(other.box[1] <= middle <= other.box[3] and other.box[0] > line.box[2] for other in lines)


def _alone(one: _Seen, lines: Sequence[Line], running: set[int]) -> bool:
    """Whether nothing but furniture stands on the line of a number: a list's number has its text there."""
    middle = (one.line.box[1] + one.line.box[3]) / 2
    return not any(
        line.box[1] <= middle <= line.box[3] for n, line in enumerate(lines) if n != one.place and n not in running
    )


def _slot(line: Line, size: tuple[float, float]) -> tuple[str, int]:
    side = "side" if line.box[2] < SIDE * size[0] or line.box[0] > (1 - SIDE) * size[0] else "level"
    return side, round((line.box[0] if side == "side" else line.foot) / SAME_PLACE)


def _repeated_shapes(seen: Sequence[_Seen], pages: int, body: float) -> set[str]:
    """What is said on most pages; on most odd or most even ones at one place."""
    on: dict[str, set[int]] = defaultdict(set)
    places: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    slight: dict[str, bool] = defaultdict(lambda: True)
    for one in seen:
        slight[one.shape] &= one.line.size <= SMALLER * body or one.slot[0] == "side"
        on[one.shape].add(one.page)
        places[one.shape][one.slot] += 1
    kept = set()
    for text, numbers in on.items():
        if not any(char.isalnum() or char == "#" for char in text):
            continue
        sides = [sum(n % 2 == parity for n in numbers) for parity in (0, 1)]
        of_side = [(pages + 1) // 2, pages // 2]
        steady = places[text].most_common(1)[0][1] >= 0.7 * len(numbers)
        alternates = pages >= 2 * LEAST_OF_A_SIDE and any(
            count >= max(LEAST_OF_A_SIDE, REPEATED * whole + 0.01) for count, whole in zip(sides, of_side, strict=True)
        )
        small = pages == 2 and len(numbers) == 2 and steady and slight[text]
        if len(numbers) >= max(LEAST_PAGES, REPEATED * pages) or (steady and alternates) or small:
            kept.add(text)
    return kept


def _ends_of_both(seen: Sequence[_Seen], pages: Sequence[Sequence[Line]], body: float) -> set[str]:
    """Of two pages, what both end with, and what both begin with unless it is set as a title, at one place."""
    if len(pages) != 2 or not all(pages):
        return set()
    found = set()
    for low in (True, False):
        edges = [max(line.foot for line in lines) if low else min(line.foot for line in lines) for lines in pages]
        ends = [one for one in seen if one.slot[0] == "level" and abs(one.line.foot - edges[one.page]) < 1.5]
        here, there = ({(one.slot, one.shape) for one in ends if one.page == page} for page in (0, 1))
        small = {one.shape for one in ends if low or (one.line.size <= 1.05 * body and not one.line.bold)}
        found |= {shape for _, shape in here & there if shape in small}
    return found


def _watermarks(pages: Sequence[Sequence[Line]], body: float) -> set[tuple[int, int]]:
    """(page, place) of what stands across most pages at one place, turned or far larger than the text."""
    on: dict[tuple[str, int, int], list[tuple[int, int]]] = defaultdict(list)
    for number, lines in enumerate(pages):
        for place, line in enumerate(lines):
            turned = line.height > 3 * max(line.size, 4.0) and len(line.text.strip()) > 1
            if (turned or line.size > WATERMARK * body) and len(line.text.split()) <= LONGEST:
                on[fold(line.text), round(line.box[0] / SAME_PLACE), round(line.box[1] / SAME_PLACE)].append(
                    (number, place)
                )
    return {
        one for ones in on.values() if len(ones) >= max(LEAST_PAGES, REPEATED * len(pages)) for one in ones
    }  # fmt: skip


def _running_slots(seen: Sequence[_Seen], pages: int, body: float) -> set[tuple[str, int]]:
    """Places on which a line stands on most pages that is repeated on the next one, or is small print each time."""
    held: dict[tuple[str, int], list[_Seen]] = defaultdict(list)
    for one in seen:
        held[one.slot].append(one)
    slots = set()
    for slot, ones in held.items():
        numbers = {one.page for one in ones}
        if len(numbers) < max(LEAST_PAGES, SHARE_OF_SLOT * pages):
            continue
        said = {(one.page, one.shape) for one in ones}
        again = sum((page + 1, text) in said or (page - 1, text) in said for page, text in said)
        small = all(one.line.size <= SMALLER * body and not NOTE.match(one.line.text) for one in ones)
        if again >= SHARE_OF_SLOT * len(said) or (small and len({one.line.size for one in ones}) == 1):
            slots.add(slot)
    return slots


def shape(text: str) -> str:
    """A line with its figures replaced, so that "page 3" and "page 4" are the same line."""
    return _FIGURES.sub("#", fold(text))


def in_margin(line: Line, size: tuple[float, float]) -> bool:
    """Whether a line stands where headers, footers and side notes do, on a page of (width, height)."""
    width, height = size
    x0, top, x1, bottom = line.box
    level = bottom < MARGIN * height or top > (1 - MARGIN) * height
    return level or x1 < SIDE * width or x0 > (1 - SIDE) * width


class OfficialWording:
    """Recognises sentences that repeat the référentiel or an official template rather than say something."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._grams = {gram for text in texts for gram in _grams(words(text))}
        self._whole = {tuple(words(text)) for text in texts}

    def repeats(self, sentence: str) -> bool:
        """Whether nearly all of `sentence` is official wording: most of its runs of four words, and little else."""
        if not self._whole:
            return False
        said = words(sentence)
        if tuple(said) in self._whole and len(said) > 2:
            return True
        grams = _grams(said)
        if len(grams) < 2:
            return False
        return sum(gram in self._grams for gram in grams) / len(grams) >= COPIED


def _grams(said: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(said[i : i + GRAM]) for i in range(len(said) - GRAM + 1)]
