"""Tables without upright rules: their columns are the strips of a page that no line crosses below a row of headings.

Only a row of headings of a référentiel (one of criteria, beside another) begins such a table, so that text that merely
stands in columns is none. Its columns go on over the next pages as long as lines keep to them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from assistant.referentiel.authoring.sources.gutters import in_columns
from assistant.referentiel.authoring.sources.hidden_rows import Band, Run, bands_of, cuts_of
from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.structure import (
    Role,
    activity_code,
    begins_item,
    begins_with_verb,
    bloc_code,
    column_role,
)

_SIGNED = re.compile(r"^(?:Signatures?|Date et signatures?|Bloc validé|Total|Décision)\b")
BOXES_TO_TICK = "☐☑☒□"
Box = tuple[float, float, float, float]
LEAST_STRIP, NEAR_EDGE = 4.0, 2.5
"""Points: the least width of a free strip, and how far from its column's left side a line may begin."""
WIDE_SPACE = 0.42
"""As a share of a line's height: more than the space between two words of one column."""
MOST_HEADING = 40
MOST_ABOVE, ABOVE = 5, 2.2
"""Lines above the headings that may name a competence, and the most room between them, in steps between lines."""
TALL_HEAD, ROWS_OF_HEAD = 70.0, 7
CROSSED, KEPT = 0.06, 0.7
"""Shares of lines: those that may run over a strip, and those that must keep to the columns of the page before."""
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
class _Columns:
    """Where each column begins (and the last one ends), what its heading promises, and where its text is set."""

    edges: list[float]
    lefts: list[float]
    roles: list[Role | None]
    centred: bool = False

    def of(self, role: Role) -> int | None:
        return self.roles.index(role) if role in self.roles else None


@dataclass(slots=True)
class _Head:
    """Rows of headings: from `first` to the one that names the criteria."""

    page: LoosePage
    bands: list[Band]
    first: int
    criteria: int
    until: int = 0
    key: tuple[tuple[str, int], ...] = ()
    columns: _Columns | None = field(default=None)

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
    going_on: _Columns | None = None
    last = 0
    for page in pages:
        here, own = bands[page.number], [head for head in heads if head.page is page and head.columns]
        first = own[0].first if own else len(here)
        tables: list[list[Box]] = []
        if going_on is not None and page.number - last == 1 and _keeps(here[:first], going_on):
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
        asking = next((run for run in band.runs if _role(run) == "criteria"), None)
        if asking is None:
            continue
        near = [n for n in range(max(0, place - ROWS_OF_HEAD), min(len(bands), place + 3)) if _near(bands, n, place)]
        # Above, a heading stands beside another; a line of one run is what ends the table before.
        beside = [
            n for n in near
            if (n >= place or len(bands[n].runs) > 1) and any(_role(r) and _apart(r, asking) for r in bands[n].runs)
        ]  # fmt: skip
        facing = [r for n in (place, place + 1) if n < len(bands) for r in bands[n].runs if _apart(r, asking)]
        if not beside or not facing:
            continue
        first = min([place, *beside])
        first = max(first, found[-1].criteria + 1) if found else first
        said = [run for band in bands[first : place + 1] for run in band.runs if _role(run)]
        key = tuple(sorted((run.text, round(run.x0 / 3)) for run in said))
        found.append(_Head(page, bands, first, place, len(bands), key))
    for before, after in pairwise(found):
        before.until = after.first
    return found


def _near(bands: list[Band], one: int, other: int) -> bool:
    return abs(bands[one].top - bands[other].top) < TALL_HEAD


def _apart(one: Run, other: Run) -> bool:
    return one.x1 < other.x0 or one.x0 > other.x1


def _role(run: Run) -> Role | None:
    if len(run.text.split()) > 8 or run.text.rstrip()[-1:] in ".,;" or begins_item(run.text):
        return None
    return column_role(run.text) if run.text[:1].isupper() else None


def _find_columns(heads: Sequence[_Head]) -> None:
    """Tables with the same headings at the same places have the same columns: their lines are looked at together."""
    alike: dict[tuple[tuple[str, int], ...], list[_Head]] = {}
    for head in heads:
        alike.setdefault(head.key, []).append(head)
    for group in alike.values():
        rows = [band for head in group for band in head.bands[head.first : head.until]]
        columns = _columns(rows, [b for h in group for b in h.bands[h.first : h.criteria + 2]], group[0])
        if columns is not None:
            columns.centred = _centred(group, columns)
        for head in group:
            head.columns = columns


def _columns(rows: list[Band], heads: list[Band], head: _Head) -> _Columns | None:
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
    named = head.bands[head.first : head.criteria + 2]
    roles: list[Role | None] = []
    for low, high in pairwise(edges):
        own = [role for b in named for run in b.runs if low <= run.x0 < high and (role := _role(run))]
        roles.append(own[-1] if own else None)
    return _Columns(edges, lefts, roles) if "criteria" in roles else None


def _centred(group: Sequence[_Head], columns: _Columns) -> bool:
    """Whether competences stand at the middle of their criteria: told by criteria whose words begin small beside them."""
    competence, criteria = columns.of("competence"), columns.of("criteria")
    if competence is None or criteria is None:
        return False
    against, votes = 0, 0
    for head in group:
        tops: dict[int, float] = {}
        step = _pitch(head.bands[head.first : head.until], columns)
        for band in head.bands[head.criteria + 1 : head.until]:
            parts = _parts(band, columns)
            if parts is None:
                tops.clear()
                continue
            if competence in parts and competence in tops and band.top - tops[competence] > 1.6 * step:
                votes += 1
                asked = parts.get(criteria)
                against += asked is None or asked.text[:1].islower()
            tops |= dict.fromkeys(parts, band.top)
    return votes > 2 and against > 0.3 * votes


def _parts(band: Band, columns: _Columns) -> dict[int, Run] | None:
    """What of a line stands in each column; None for one that runs over them (a heading, a text)."""
    parts: dict[int, list[Word]] = {}
    for run in band.runs:
        for words in _split(run, columns):
            at = _column(words[0].x0, columns)
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


def _split(run: Run, columns: _Columns) -> Iterator[list[Word]]:
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


def _column(x: float, columns: _Columns) -> int:
    return max((n for n, edge in enumerate(columns.edges[:-1]) if edge <= x + 0.5), default=0)


def _keeps(bands: Sequence[Band], columns: _Columns) -> bool:
    """Whether the lines of a page keep to the columns of the one before."""
    parts = [_parts(band, columns) for band in bands]
    there = [one for one in parts if one is not None]
    return bool(there) and len(there) >= KEPT * len(parts) and any(len(one) > 1 or 0 not in one for one in there)


def _pitch(bands: Sequence[Band], columns: _Columns) -> float:
    """The usual step between the lines of a column."""
    steps: list[float] = []
    above: dict[int, float] = {}
    for band in bands:
        here = {_column(words[0].x0, columns): words[0].top for run in band.runs for words in _split(run, columns)}
        steps += [top - above[at] for at, top in here.items() if at in above and top - above[at] > 2]
        above |= here
    steps.sort()
    return steps[len(steps) // 4] if steps else 12.0


def _tables(page: LoosePage, bands: Sequence[Band], columns: _Columns, head: _Head | None) -> list[list[Box]]:
    """The tables between the lines that run over all columns; a bloc's heading is a row of its table."""
    pitch = _pitch(bands, columns)
    named = head.named if head else []
    groups: list[tuple[bool, list[Band]]] = []
    for band in bands:
        inside = any(band is one for one in named) or _parts(band, columns) is not None
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


def _cells(page: LoosePage, bands: list[Band], columns: _Columns, pitch: float, named: list[Band]) -> list[Box]:
    lines: list[dict[int, Run]] = []
    wide: list[tuple[int, int, Band]] = []
    for band in bands:
        parts: dict[int, list[Word]] = {}
        for run in band.runs:
            for words in _split(run, columns):
                at = _column(words[0].x0, columns)
                end = _column(words[-1].x1 - NEAR_EDGE - 1, columns)
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
