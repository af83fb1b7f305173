"""Tables without upright rules: their columns are the strips of a page that no line crosses below a row of headings.

Only a row of headings of a référentiel (one of criteria, beside another) begins such a table, so that text that merely
stands in columns is none. Its columns go on over the next pages as long as lines keep to them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from assistant.referentiel.authoring.sources.gutters import in_columns
from assistant.referentiel.authoring.sources.hidden_columns import (
    NEAR_EDGE,
    Columns,
    column_at,
    columns_of,
    keeps_to,
    parts_of,
    pitch_of,
    role_of,
    split_run,
)
from assistant.referentiel.authoring.sources.hidden_rows import Band, Run, bands_of, cuts_of
from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.structure import (
    activity_code,
    begins_with_verb,
    bloc_code,
    column_role,
)

Box = tuple[float, float, float, float]
MOST_HEADING = 40
MOST_ABOVE, ABOVE = 5, 2.2
"""Lines above the headings that may name a competence, and the most room between them, in steps between lines."""
TALL_HEAD, ROWS_OF_HEAD = 70.0, 7
EDGE, REPEATED = 0.1, 3
HELD = 0.3
"""The share of a page's words in ruled cells from which on its tables are taken as they are drawn."""


@dataclass(frozen=True, slots=True)
class LoosePage:
    """A page (from 1) few of whose words stand in ruled cells; `rules`: the heights of its level rules, in points."""

    number: int
    height: float
    words: tuple[Word, ...]
    rules: tuple[float, ...] = ()
    width: float = 0.0


@dataclass(slots=True)
class _Head:
    """Rows of headings: from `first` to the one that names the criteria."""

    page: LoosePage
    bands: list[Band]
    first: int
    criteria: int
    until: int = 0
    key: tuple[tuple[str, int], ...] = ()
    columns: Columns | None = field(default=None)

    @property
    def named(self) -> list[Band]:
        """The rows that hold the headings."""
        return self.bands[self.first : self.criteria + 1]


def loose(words: Sequence[Word], tables: Sequence[Sequence[Box]]) -> bool:
    """Whether few of the words stand in ruled cells."""
    held = sum(
        1
        for word in words
        if any(
            x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= (word.top + word.bottom) / 2 <= y1
            for cells in tables
            for x0, y0, x1, y1 in cells
        )
    )
    return bool(words) and held < HELD * len(words)


def hidden_tables(pages: Sequence[LoosePage]) -> dict[int, list[list[Box]]]:
    """By page, the cells of each table without upright rules."""
    often = _furniture(pages)
    heads: list[_Head] = []
    bands = {page.number: [b for b in bands_of(page.words) if not _edge_line(b, page, often)] for page in pages}
    for page in pages:
        named = _heads(page, bands[page.number])
        if named and len(in_columns(page.words, page.width)) > 1:
            # Two columns of text, each with its own « Critères », are read one after the other.
            named = [head for head in named if any(len(band.runs) > 2 for band in head.named)]
        heads += named
    _find_columns(heads)
    found: dict[int, list[list[Box]]] = {}
    going_on: Columns | None = None
    last = 0
    for page in pages:
        here, own = bands[page.number], [head for head in heads if head.page is page and head.columns]
        first = own[0].first if own else len(here)
        tables: list[list[Box]] = []
        if going_on is not None and page.number - last == 1 and keeps_to(here[:first], going_on):
            tables += _tables(page, here[:first], going_on, None)
        elif not own:
            going_on = None
        for head in own:
            assert head.columns is not None
            tables += _tables(page, here[head.first : head.until], head.columns, head)
            going_on = head.columns
        if tables:
            found[page.number], last = tables, page.number
    return found


def _furniture(pages: Sequence[LoosePage]) -> set[str]:
    """What stands again at the head or foot of several pages."""
    seen = Counter(
        key for page in pages for key in {_key(b.text) for b in bands_of(page.words) if _at_edge(b, page.height)}
    )
    return {key for key, times in seen.items() if times >= REPEATED}


def _edge_line(band: Band, page: LoosePage, often: set[str]) -> bool:
    if not _at_edge(band, page.height) or any(column_role(run.text) for run in band.runs):
        return False
    return _key(band.text) in often or bool(re.fullmatch(r"(page )?#([/ ]*#)?", _key(band.text)))


def _at_edge(band: Band, height: float) -> bool:
    return band.bottom < EDGE * height or band.top > (1 - EDGE) * height


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip().lower())


def _heads(page: LoosePage, bands: list[Band]) -> list[_Head]:
    """The rows of headings of a page, each with the rows that belong to it."""
    found: list[_Head] = []
    for place, band in enumerate(bands):
        if found and place <= found[-1].criteria + 2:
            continue
        asking = next((run for run in band.runs if role_of(run) == "criteria"), None)
        if asking is None:
            continue
        near = [n for n in range(max(0, place - ROWS_OF_HEAD), min(len(bands), place + 3)) if _near(bands, n, place)]
        # Above, a heading stands beside another; a line of one run is what ends the table before.
        beside = [
            n for n in near
            if (n >= place or len(bands[n].runs) > 1) and any(role_of(r) and _apart(r, asking) for r in bands[n].runs)
        ]  # fmt: skip
        facing = [r for n in (place, place + 1) if n < len(bands) for r in bands[n].runs if _apart(r, asking)]
        if not beside or not facing:
            continue
        first = min([place, *beside])
        first = max(first, found[-1].criteria + 1) if found else first
        said = [run for band in bands[first : place + 1] for run in band.runs if role_of(run)]
        key = tuple(sorted((run.text, round(run.x0 / 3)) for run in said))
        found.append(_Head(page, bands, first, place, len(bands), key))
    for before, after in pairwise(found):
        before.until = after.first
    return found


def _near(bands: list[Band], one: int, other: int) -> bool:
    return abs(bands[one].top - bands[other].top) < TALL_HEAD


def _apart(one: Run, other: Run) -> bool:
    return one.x1 < other.x0 or one.x0 > other.x1


def _find_columns(heads: Sequence[_Head]) -> None:
    """Tables with the same headings at the same places have the same columns: their lines are looked at together."""
    alike: dict[tuple[tuple[str, int], ...], list[_Head]] = {}
    for head in heads:
        alike.setdefault(head.key, []).append(head)
    for group in alike.values():
        rows = [band for head in group for band in head.bands[head.first : head.until]]
        columns = columns_of(
            rows,
            [b for h in group for b in h.bands[h.first : h.criteria + 2]],
            group[0].bands[group[0].first : group[0].criteria + 2],
        )
        if columns is not None:
            columns.centred = _centred(group, columns)
        for head in group:
            head.columns = columns


def _centred(group: Sequence[_Head], columns: Columns) -> bool:
    """Whether competences stand at the middle of their criteria: told by criteria whose words begin small beside them."""
    competence, criteria = columns.of("competence"), columns.of("criteria")
    if competence is None or criteria is None:
        return False
    against, votes = 0, 0
    for head in group:
        tops: dict[int, float] = {}
        step = pitch_of(head.bands[head.first : head.until], columns)
        for band in head.bands[head.criteria + 1 : head.until]:
            parts = parts_of(band, columns)
            if parts is None:
                tops.clear()
                continue
            if competence in parts and competence in tops and band.top - tops[competence] > 1.6 * step:
                votes += 1
                asked = parts.get(criteria)
                against += asked is None or asked.text[:1].islower()
            tops |= dict.fromkeys(parts, band.top)
    return votes > 2 and against > 0.3 * votes


def _tables(page: LoosePage, bands: Sequence[Band], columns: Columns, head: _Head | None) -> list[list[Box]]:
    """The tables between the lines that run over all columns; a bloc's heading is a row of its table."""
    pitch = pitch_of(bands, columns)
    named = head.named if head else []
    groups: list[tuple[bool, list[Band]]] = []
    for band in bands:
        inside = any(band is one for one in named) or parts_of(band, columns) is not None
        if not groups or groups[-1][0] != inside:
            groups.append((inside, []))
        groups[-1][1].append(band)
    made: list[list[Box]] = []
    joined = False
    for place, (inside, group) in enumerate(groups):
        if not inside:
            joined = 0 < place < len(groups) - 1 and _heads_rows(group)
            if joined:
                below = groups[place + 1][1][0].top
                made[-1].append((columns.edges[0], group[0].top - 1.0, columns.edges[-1], below - 1.0))
            continue
        here = [b for b in group if any(b is one for one in named)]
        cells = _cells(page, group, columns, pitch, here)
        if here and head and columns.of("competence") is None:
            cells = [*_above(head, pitch), *cells]
        if joined:
            made[-1] += cells
        else:
            made.append(cells)
    return [cells for cells in made if len(cells) > 1]


def _heads_rows(group: Sequence[Band]) -> bool:
    """A line or two over all columns that name a bloc or an activity."""
    text = " ".join(band.text for band in group)
    return len(text.split()) <= MOST_HEADING and bool(bloc_code(text).code or activity_code(text).code)


def _above(head: _Head, pitch: float) -> list[Box]:
    """The lines right above the headings that name a competence, as one cell over all columns."""
    assert head.columns is not None
    edges = head.columns.edges
    for n in range(head.first - 1, max(-1, head.first - 1 - MOST_ABOVE), -1):
        band, below = head.bands[n], head.bands[n + 1]
        if below.top - band.top > ABOVE * pitch or bloc_code(band.text).code:
            return []
        if begins_with_verb(band.text):
            return [(edges[0], band.top - 1.0, edges[-1], head.bands[head.first].top - 1.0)]
    return []


def _cells(page: LoosePage, bands: list[Band], columns: Columns, pitch: float, named: list[Band]) -> list[Box]:
    lines: list[dict[int, Run]] = []
    wide: list[tuple[int, int, Band]] = []
    for band in bands:
        parts: dict[int, list[Word]] = {}
        for run in band.runs:
            for words in split_run(run, columns):
                at = column_at(words[0].x0, columns)
                end = column_at(words[-1].x1 - NEAR_EDGE - 1, columns)
                if end > at and any(band is one for one in named):
                    wide.append((at, end, band))
                parts.setdefault(at, []).extend(words)
        lines.append({at: Run(words) for at, words in parts.items()})
    cuts = cuts_of(
        bands,
        lines,
        len(columns.edges) - 1,
        pitch,
        page.rules,
        columns.of("competence"),
        columns.of("criteria"),
        bands.index(named[-1]) if named else None,
        columns.centred,
        {column for at, end, _ in wide for column in range(at, end + 1)},
    )
    ends = [band.top - 1.0 for band in bands] + [bands[-1].bottom + 1.0]
    cells: list[Box] = []
    for at in range(len(columns.edges) - 1):
        own = cuts[at]
        for first, last in pairwise([*own, len(bands)]):
            if any(at in line for line in lines[first:last]):
                cells.append((columns.edges[at], ends[first], columns.edges[at + 1], ends[last]))
    for at, end, band in wide:
        row = bands.index(band)
        first = max(n for n in cuts[at] if n <= row)
        last = min([n for n in cuts[at] if n > row] or [len(bands)])
        over = (columns.edges[at], ends[first], columns.edges[end + 1], ends[last])
        cells = [c for c in cells if not (c[0] >= over[0] and c[2] <= over[2] and c[1] >= over[1] and c[3] <= over[3])]
        if over not in cells:
            cells.append(over)
    return cells


def level_rules(edges: Sequence[tuple[float, float, float]], width: float) -> tuple[float, ...]:
    """The heights of the rules (x0, x1, y) that together run over a good part of the page."""
    heights: dict[int, list[tuple[float, float, float]]] = {}
    for x0, x1, y in edges:
        heights.setdefault(round(y / 2), []).append((x0, x1, y))
    return tuple(
        sorted(
            median(y for *_, y in held) for held in heights.values() if sum(b - a for a, b, _ in held) > 0.35 * width
        )
    )
