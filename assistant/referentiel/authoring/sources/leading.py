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
STEADY, STEADY_APART, SHORT_LINE, LEAST_ALIKE = 0.1, 1.06, 0.3, 4
ROOMY, CELL_INSET = 0.3, 6.0


@dataclass(frozen=True, slots=True)
class Leading:
    """How lines of one paragraph follow one another on a page.

    `share`: the step between them as a share of their height, 0 where it is not known. `widest`: the widest such step,
    where all are nearly the same, so that any wider one parts two paragraphs; else 0. `spaced`: and every paragraph of
    a cell has such a step before it. `small`: paragraphs begin with a small letter as a habit, and have such a step
    before them; `breaks`: they do, and the line before them has room for more.
    """

    share: float = 0.0
    widest: float = 0.0
    spaced: bool = False
    small: bool = False
    breaks: bool = False

    def parts(self, step: float, pitch: float, tall: float) -> bool:
        """Whether a step (points) is too wide for two lines of one paragraph, the higher of which is `tall` points high.

        `pitch`: the usual step, by which it is told where the steps of the page vary.
        """
        return step > STEADY_APART * self.widest * tall if self.widest else step > APART * pitch


UNKNOWN = Leading()


def leading_of(columns: Sequence[Sequence["Line"]], cells: Sequence[tuple[Sequence["Line"], float]] = ()) -> Leading:
    """Told by lines that begin small; `cells`: the lines of each cell, and its right edge."""
    breaks = _small_after_room(cells)
    shares = sorted(
        (after.top - before.top) / max(before.height, 1.0)
        for lines in columns
        for before, after in pairwise(lines)
        if after.text[:1].islower() and 0.9 * before.height < after.top - before.top < 2.5 * before.height
    )
    if len(shares) < 3:
        return Leading(breaks=breaks)
    alike = _lowest(shares)
    if not alike:
        return Leading(median(shares), breaks=breaks)
    share, widest = median(alike), alike[-1]
    above = sum(1 for one in shares if one > STEADY_APART * widest)
    begun = [
        (after.top - before.top) / max(before.height, 1.0)
        for lines, right in cells
        for before, after in pairwise(lines)
        if after.text[:1].isupper() and right - before.x1 > SHORT_LINE * (right - before.x0)
    ]
    wide = sum(1 for one in begun if one > STEADY_APART * widest)
    return Leading(share, widest, wide >= 4 and wide >= 0.9 * len(begun), above >= LEAST_ALIKE, breaks)


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


def _lowest(shares: Sequence[float]) -> list[float]:
    """The first steps (sorted) that are nearly the same, if nothing lies between them and any wider one."""
    cuts = [place for place in range(1, len(shares)) if shares[place] > (1 + STEADY) * shares[place - 1]]
    for start, end in pairwise([0, *cuts, len(shares)]):
        group = list(shares[start:end])
        if len(group) >= LEAST_ALIKE and len(group) >= 0.25 * len(shares):
            return group if group[-1] <= (1 + STEADY) * group[0] else []
    return []
