"""The columns of a table without upright rules, and what of a line stands in each of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.referentiel.authoring.sources.hidden_rows import Band, Run
from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.structure import Role, begins_item, bloc_code, column_role

_SIGNED = re.compile(r"^(?:Signatures?|Date et signatures?|Bloc validé|Total|Décision)\b")
BOXES_TO_TICK = "☐☑☒□"
LEAST_STRIP, NEAR_EDGE = 4.0, 2.5
"""Points: the least width of a free strip, and how far from its column's left side a line may begin."""
WIDE_SPACE = 0.42
"""As a share of a line's height: more than the space between two words of one column."""
CROSSED, KEPT = 0.06, 0.7
"""Shares of lines: those that may run over a strip, and those that must keep to the columns of the page before."""


@dataclass(slots=True)
class Columns:
    """Where each column begins (and the last one ends), what its heading promises, and where its text is set."""

    edges: list[float]
    lefts: list[float]
    roles: list[Role | None]
    centred: bool = False

    def of(self, role: Role) -> int | None:
        return self.roles.index(role) if role in self.roles else None


def role_of(run: Run) -> Role | None:
    """What a run promises of its column, if it is short enough for a heading."""
    if len(run.text.split()) > 8 or run.text.rstrip()[-1:] in ".,;" or begins_item(run.text):
        return None
    return column_role(run.text) if run.text[:1].isupper() else None


def columns_of(rows: list[Band], heads: list[Band], named: list[Band]) -> Columns | None:
    """Columns of lines below headings: parted by the strips that hardly a line crosses, each with a heading of its own.

    `heads`: the rows of headings wherever the same table begins or goes on; `named`: those that tell what columns hold.
    """
    left, right = min(b.runs[0].x0 for b in rows), max(b.runs[-1].x1 for b in rows)
    telling = [b for b in rows if len(b.runs) > 1 or b.runs[0].x1 - b.runs[0].x0 < 0.5 * (right - left)]
    crossing = [0] * (int(right) + 2)
    for band in telling:
        for run in band.runs:
            for x in range(max(0, int(run.x0)), int(run.x1) + 1):
                crossing[x] += 1
    most = max(1.0, CROSSED * len(telling))
    strips: list[tuple[float, float]] = []
    begun: int | None = None
    for x in range(int(left) + 1, int(right) + 1):
        if crossing[x] <= most:
            begun = x if begun is None else begun
        elif begun is not None:
            if x - begun >= LEAST_STRIP and begun > left + 4:
                strips.append((float(begun), float(x)))
            begun = None
    starts = [run.x0 for band in heads for run in band.runs]
    edges, lefts = [left - 3], [left]
    for place, (_, end) in enumerate(strips):
        until = strips[place + 1][1] if place + 1 < len(strips) else right + 3
        if any(end - NEAR_EDGE - 1 <= x < until - NEAR_EDGE - 1 for x in starts):
            edges.append(end - 1.5)
            lefts.append(end)
    if len(edges) < 2:
        return None
    edges.append(right + 3)
    roles: list[Role | None] = []
    for low, high in pairwise(edges):
        own = [role for b in named for run in b.runs if low <= run.x0 < high and (role := role_of(run))]
        roles.append(own[-1] if own else None)
    return Columns(edges, lefts, roles) if "criteria" in roles else None


def parts_of(band: Band, columns: Columns) -> dict[int, Run] | None:
    """What of a line stands in each column; None for one that runs over them (a heading, a text)."""
    parts: dict[int, list[Word]] = {}
    for run in band.runs:
        for words in split_run(run, columns):
            at = column_at(words[0].x0, columns)
            if words[-1].x1 > columns.edges[at + 1] + NEAR_EDGE and (at == 0 or len(band.runs) == 1):
                return None
            parts.setdefault(at, []).extend(words)
    if (
        len(parts) == 1
        and 0 in parts
        and columns.roles[0] != "bloc"
        and (bloc_code(band.text).code or _ends(band.text))
    ):
        return None
    return {at: Run(words) for at, words in parts.items()}


def _ends(text: str) -> bool:
    """What a grid ends with: boxes to tick for a whole bloc, a place to sign."""
    return bool(_SIGNED.match(text)) or any(mark in text for mark in BOXES_TO_TICK)


def split_run(run: Run, columns: Columns) -> Iterator[list[Word]]:
    """A run cut where a word of it begins at the left side of a column."""
    part: list[Word] = []
    for word in run.words:
        room = word.x0 - part[-1].x1 if part else 0.0
        if room > WIDE_SPACE * (word.bottom - word.top) and any(
            abs(word.x0 - left) <= NEAR_EDGE and part[0].x0 < left - NEAR_EDGE for left in columns.lefts
        ):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def column_at(x: float, columns: Columns) -> int:
    """The column in which something that begins at `x` stands."""
    return max((n for n, edge in enumerate(columns.edges[:-1]) if edge <= x + 0.5), default=0)


def keeps_to(bands: Sequence[Band], columns: Columns) -> bool:
    """Whether the lines of a page keep to the columns of the one before."""
    parts = [parts_of(band, columns) for band in bands]
    there = [one for one in parts if one is not None]
    return bool(there) and len(there) >= KEPT * len(parts) and any(len(one) > 1 or 0 not in one for one in there)


def pitch_of(bands: Sequence[Band], columns: Columns) -> float:
    """The usual step between the lines of a column."""
    steps: list[float] = []
    above: dict[int, float] = {}
    for band in bands:
        here = {column_at(words[0].x0, columns): words[0].top for run in band.runs for words in split_run(run, columns)}
        steps += [top - above[at] for at, top in here.items() if at in above and top - above[at] > 2]
        above |= here
    steps.sort()
    return steps[len(steps) // 4] if steps else 12.0
