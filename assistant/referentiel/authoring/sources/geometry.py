"""Cells given by their boxes -> a grid with spans, the page's words put into it."""

from collections.abc import Sequence
from typing import Any

from assistant.referentiel.authoring.sources.gutters import in_columns
from assistant.referentiel.authoring.sources.leading import Leading, leading_of
from assistant.referentiel.authoring.sources.lines import Line, Word, lines_of, paragraphs_of, sentences_apart
from assistant.referentiel.authoring.sources.pieces import Cell, Paragraph, Table, paragraph
from assistant.referentiel.authoring.structure import column_role, section

Box = tuple[float, float, float, float]
NEAR = 4.0
LONG_RULE = 12.0
HEAD_ABOVE = 60.0
"""Points above a table in which a line may head its columns."""


def page_pieces(
    words: Sequence[Word], tables: Sequence[Sequence[Box]], page: int, width: float
) -> list[Paragraph | Table]:
    """The paragraphs and tables of a page from top to bottom; each word stands in one cell or in none.

    Text in two columns, on a page without a table, is read down the first and then down the second.
    """
    if not tables and len(parts := in_columns(words, width)) > 1:
        return [piece for part in parts for piece in page_pieces(part, (), page, width)]
    free = list(words)
    grids: list[tuple[Sequence[Box], dict[Box, list[Line]]]] = []
    for boxes in tables:
        held = _held(boxes, free)
        if len(held) < 2 or not any(held.values()):
            continue
        inside = {id(word) for inner in held.values() for word in inner}
        free = [word for word in free if id(word) not in inside]
        grids.append((boxes, {box: lines_of(inner) for box, inner in held.items()}))
    lines = lines_of(free)
    filled = [(column, box[2]) for _, held in grids for box, column in held.items()]
    leading = leading_of([lines, *(column for column, _ in filled)], filled)
    apart = sentences_apart(filled)
    pieces: list[tuple[float, Paragraph | Table]] = []
    for boxes, columns in grids:
        made = _table(boxes, columns, page, leading, apart)
        head = _head_above(lines, made)
        if head is not None:
            lines = [line for line in lines if line is not head]
            _put_above(made, head, page)
        pieces.append((made.top, made))
    breaks = sorted(top for top, _ in pieces)
    right = max((line.x1 for line in lines), default=width)
    left = min((line.x0 for line in lines), default=0.0)
    for low, high in zip([-1e9, *breaks], [*breaks, 1e9], strict=True):
        here = [line for line in lines if low <= line.top < high]
        for part, asks in _by_section(here):
            apart = asks and sentences_apart([(part, right)])
            pieces += [(one.top, one) for one in paragraphs_of(part, left, right, page, leading, asks, apart)]
    return [piece for _, piece in sorted(pieces, key=lambda pair: pair[0])]


def _head_above(lines: Sequence[Line], table: Table) -> Line | None:
    """A line of text above a table of shaded rows that heads its columns, each word standing over its own."""
    if any(column_role(cell.text) for cell in table.cells if cell.row == 0):
        return None
    above = [line for line in lines if table.top - HEAD_ABOVE < line.top and line.bottom < table.top + 1]
    for line in reversed(above):
        roles = [column_role(text) for text in _over_columns(line, table).values()]
        if "criteria" in roles and None not in roles and len(set(roles)) > 1:
            return line
    return None


def _over_columns(line: Line, table: Table) -> dict[int, str]:
    """The words of a line over each column of a table."""
    found: dict[int, list[str]] = {}
    for word in line.words:
        middle = (word.x0 + word.x1) / 2
        col = max((place for place, edge in enumerate(table.edges[:-1]) if edge <= middle), default=0)
        found.setdefault(col, []).append(word.text)
    return {col: " ".join(texts) for col, texts in found.items()}


def _put_above(table: Table, head: Line, page: int) -> None:
    """Makes a line the table's first row."""
    for cell in table.cells:
        cell.row += 1
    for col, text in _over_columns(head, table).items():
        said = paragraph(text, page, bold=head.bold, top=head.top, bottom=head.bottom)
        table.cells.append(Cell(0, col, 1, 1, [said] if said else []))
    table.cells.sort(key=lambda cell: (cell.row, cell.col))


def _by_section(lines: Sequence[Line]) -> list[tuple[list[Line], bool]]:
    """The lines of text outside tables; those below « Critères de performance », to the next heading, for themselves."""
    parts: list[tuple[list[Line], bool]] = [([], False)]
    for line in lines:
        opens = None if line.text[:1].islower() else section(line.text)
        if opens and (opens == "criteria") != parts[-1][1]:
            if opens == "criteria":
                parts[-1][0].append(line)
                parts.append(([], True))
                continue
            parts.append(([], False))
        parts[-1][0].append(line)
    return [(part, asks) for part, asks in parts if part]


def _held(boxes: Sequence[Box], words: Sequence[Word]) -> dict[Box, list[Word]]:
    """The words that stand in each cell; in the smallest, where cells lie over one another."""
    held: dict[Box, list[Word]] = {box: [] for box in boxes}
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        found = [box for box in held if box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1]
        if found:
            held[min(found, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))].append(word)
    return held


def _table(boxes: Sequence[Box], columns: dict[Box, list[Line]], page: int, leading: Leading, apart: bool) -> Table:
    xs = _levels([x for box in boxes for x in (box[0], box[2])])
    ys = _levels([y for box in boxes for y in (box[1], box[3])])
    cells = []
    for box, lines in columns.items():
        row, col = _at(ys, box[1]), _at(xs, box[0])
        high, wide = max(1, _at(ys, box[3]) - row), max(1, _at(xs, box[2]) - col)
        said = paragraphs_of(lines, box[0], box[2], page, leading, inside=True, apart=apart)
        cells.append(Cell(row, col, high, wide, said))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Table(cells, page, tuple(xs), ys[0], ys[-1])


def _levels(values: Sequence[float]) -> list[float]:
    """Values nearer than a few points to one another are one."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > NEAR:
            levels.append(value)
    return levels


def _at(levels: Sequence[float], value: float) -> int:
    return min(range(len(levels)), key=lambda place: abs(levels[place] - value))


def open_ends(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The missing rule of a table that a page's end leaves open: where several upright rules end together.

    Part of it may be drawn, below the cells that do end there; then no upright rule goes on beyond it.
    """
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > LONG_RULE]
    level_ones = [edge for edge in edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > LONG_RULE]
    across = [edge["top"] for edge in level_ones]
    added = []
    for end in ("top", "bottom"):
        for level in sorted({round(edge[end]) for edge in upright}):
            here = [edge for edge in upright if abs(edge[end] - level) <= NEAR]
            left, right = min(edge["x0"] for edge in here), max(edge["x1"] for edge in here)
            drawn = any(abs(y - level) <= NEAR for y in across)
            if len({round(edge["x0"]) for edge in here}) > 1 and (
                not drawn or (_gaps(level_ones, level, left, right) and not _goes_beyond(upright, level, end))
            ):
                across.append(level)
                added.append({"object_type": "line", "x0": left, "x1": right, "top": level, "bottom": level,
                              "width": right - left, "height": 0, "orientation": "h"})  # fmt: skip
    return added


def _gaps(across: list[dict[str, Any]], level: float, left: float, right: float) -> bool:
    """Whether the level rules at this height leave part of it open."""
    reached = left
    for edge in sorted((e for e in across if abs(e["top"] - level) <= NEAR), key=lambda e: float(e["x0"])):
        if edge["x0"] > reached + LONG_RULE:
            return True
        reached = max(reached, edge["x1"])
    return bool(reached < right - LONG_RULE)


def _goes_beyond(upright: list[dict[str, Any]], level: float, end: str) -> bool:
    """Whether an upright rule stands at this height or goes on from it, away from the table's inside."""
    if end == "bottom":
        return any(edge["top"] <= level + NEAR and edge["bottom"] > level + LONG_RULE for edge in upright)
    return any(edge["bottom"] >= level - NEAR and edge["top"] < level - LONG_RULE for edge in upright)
