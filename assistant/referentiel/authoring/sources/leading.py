"""How the lines of a page follow one another: what tells a line that goes on from one that begins a paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.referentiel.authoring.sources.lines import Line

APART = 1.22
"""The step, in steps of a paragraph, from which on a line begins another where the steps of a page vary."""
STEADY, STEADY_SCAN, STEADY_APART, SHORT_LINE, LEAST_ALIKE = 0.1, 0.14, 1.06, 0.3, 4
ROOMY, CELL_INSET, CUT, LARGER = 0.3, 6.0, 1.05, 1.25


@dataclass(frozen=True, slots=True)
class Leading:
    """How lines of one paragraph follow one another on a page.

    `share`: the step between them as a share of their height, 0 where it is not known. `widest`: the widest such step,
    where all are nearly the same, so that any wider one parts two paragraphs; else 0. `spaced`: and every paragraph of
    a cell has such a step before it. `small`: paragraphs begin with a small letter as a habit, and have such a step
    before them; `breaks`: they do, and the line before them has room for more. `unit`: on a scan, where a line is as
    high as its highest letter, the height by which steps are measured, in points; else 0.
    """

    share: float = 0.0
    widest: float = 0.0
    spaced: bool = False
    small: bool = False
    breaks: bool = False
    unit: float = 0.0

    def parts(self, step: float, pitch: float, tall: float) -> bool:
        """Whether a step (points) is too wide for two lines of one paragraph, the higher of which is `tall` points high.

        `pitch`: the usual step, by which it is told where the steps of the page vary.
        """
        if not self.widest:
            return step > APART * pitch
        return step > STEADY_APART * self.widest * (tall if tall > LARGER * self.unit else self.unit)


UNKNOWN = Leading()


def leading_of(columns: Sequence[Sequence["Line"]], cells: Sequence[tuple[Sequence["Line"], float]] = ()) -> Leading:
    """Told by lines that begin small; `cells`: the lines of each cell, and its right edge."""
    breaks = _small_after_room(cells)
    heights = [line.height for lines in columns for line in lines if line.ocr]
    unit = median(heights) if heights else 0.0

    def share_of(before: "Line", after: "Line") -> float:
        return (after.level - before.level) / (unit or max(before.height, 1.0))

    shares = sorted(
        share
        for lines in columns
        for before, after in pairwise(lines)
        if after.text[:1].islower() and 0.9 < (share := share_of(before, after)) < 2.5
    )
    if len(shares) < 3:
        return Leading(breaks=breaks, unit=unit)
    alike = _lowest(shares, STEADY_SCAN if unit else STEADY)
    if not alike:
        return Leading(median(shares), breaks=breaks, unit=unit)
    share, widest = median(alike), alike[-1]
    above = sum(1 for one in shares if one > STEADY_APART * widest)
    begun = [
        share_of(before, after)
        for lines, right in cells
        for before, after in pairwise(lines)
        if after.text[:1].isupper() and right - before.x1 > SHORT_LINE * (right - before.x0)
    ]
    wide = sum(1 for one in begun if one > STEADY_APART * widest)
    spaced = wide >= LEAST_ALIKE and wide >= 0.9 * len(begun)
    return Leading(share, widest, spaced, above >= LEAST_ALIKE, breaks, unit)


def _small_after_room(cells: Sequence[tuple[Sequence["Line"], float]]) -> bool:
    """Whether lines that begin small often stand below one on which their first word had room."""
    pairs = [
        (before, after, right)
        for lines, right in cells
        for before, after in pairwise(lines)
        if after.text[:1].islower() and before.text.rstrip()[-1:] not in ",:"
    ]
    roomy = sum(1 for before, after, right in pairs if has_room(before, after, right))
    return roomy >= LEAST_ALIKE and roomy >= ROOMY * len(pairs)


def has_room(before: "Line", after: "Line", right: float) -> bool:
    """Whether the first word of a line would have had its place on the line before, with some to spare."""
    first = after.words[0].x1 - after.words[0].x0
    return right - before.x1 > first + before.height + CELL_INSET


def _lowest(shares: Sequence[float], steady: float) -> list[float]:
    """The first steps (sorted) that are nearly the same, cut from wider ones where the gap between two is widest.

    One in ten at either end may be a misreading, and is left out.
    """
    group = list(shares)
    while len(group) >= LEAST_ALIKE:
        kept = group[round(0.1 * (len(group) - 1)) : round(0.9 * (len(group) - 1)) + 1]
        if kept[-1] <= (1 + steady) * kept[0]:
            return kept if len(group) >= 0.25 * len(shares) else []
        ratio, place = max((two / one, place) for place, (one, two) in enumerate(pairwise(group), 1))
        if ratio < CUT:
            return []
        group = group[place:] if place < LEAST_ALIKE else group[:place]
    return []
