"""The headings of a table: which column holds what."""

import re
from dataclasses import dataclass, field

from assistant.referentiel.authoring.sources.pieces import Cell, Table
from assistant.referentiel.authoring.structure import (
    CHECKED,
    UNCHECKED,
    Role,
    bloc_code,
    column_role,
    criterion_code,
    generic_code,
    plainly,
)

MOST_WORDS, MOST_HEADS = 16, 10
SAME_EDGE = 6.0
"""Points within which two tables’ columns begin at the same place."""


_SUMS = re.compile(
    r"^(sous-?)?total\b|^score\b|^(note|moyenne|appreciation) (finale|globale|generale|sur)\b|^recapitulatif\b"
)
MOST_SUM = 8


@dataclass(slots=True)
class Layout:
    """The roles of a table's columns, with the words that head them and, on a PDF page, where the columns stand."""

    roles: dict[int, Role]
    names: dict[int, str]
    n_cols: int
    edges: tuple[float, ...] = ()
    boxes: set[int] = field(default_factory=set)
    heads: dict[int, Cell] = field(default_factory=dict)
    """Columns headed each by a competence: what stands below belongs to it."""
    served: dict[int, Cell] = field(default_factory=dict)
    """Columns headed each by a competence, whose crosses say which criteria serve it."""

    def has(self, role: Role) -> bool:
        return role in self.roles.values()

    @property
    def asks(self) -> bool:
        """A table of criteria: not one that only explains a scale of levels."""
        return self.has("criteria") and not self.has("scale")


def heading_rows(table: Table, start: int) -> int:
    """How many rows from `start` on are headings; 0 where the row is one of content."""
    count = 0
    for row in range(start, table.n_rows):
        here = [cell for cell in table.cells if cell.row == row and cell.text]
        if not here:
            if count:
                continue
            return 0
        # « Bloc 1 » may stand beside the headings; it is none itself.
        roles = {column_role(cell.text) for cell in here if not bloc_code(cell.text).code} - {None}
        short = all(len(cell.text.split()) <= 34 for cell in here)
        coded = any(criterion_code(cell.text).code or generic_code(cell.text).code for cell in here)
        if not short or coded:
            break
        every = len(here) > 1 and all(column_role(cell.text) == "other" for cell in here) and row == 0
        if (
            every
            or (len(roles) >= 2 and 2 * sum(1 for c in here if column_role(c.text)) >= len(here))
            or (
                count
                and roles
                and all(len(cell.text.split()) <= MOST_WORDS for cell in here)
                and _under(table, row, here)
            )
        ):
            count = row - start + 1
        else:
            break
    return _to_foot(table, start, count)


def _to_foot(table: Table, start: int, count: int) -> int:
    """Headings reach as far down as the highest of their cells, where the rows beside it hold a few words each."""
    heads = [
        c for c in table.cells if start <= c.row < start + count and column_role(c.text) in {"criteria", "competence"}
    ]
    foot = max((c.row + c.rows for c in heads), default=0)
    beside = [c for c in table.cells if start + count <= c.row < foot and c.text]
    if count and 0 < foot - start - count <= MOST_HEADS and all(len(c.text.split()) <= MOST_WORDS / 2 for c in beside):
        return foot - start
    return count


def _under(table: Table, row: int, here: list[Cell]) -> bool:
    """A further row of headings: under a wide one, or where a high one still stands beside."""
    above = [cell for cell in table.cells if cell.row < row and cell.text]
    wide = any(cell.cols > 1 and cell.row == row - 1 for cell in above)
    high = any(cell.row + cell.rows > row for cell in above)
    whole = len(here) == 1 and here[0].cols >= table.n_cols
    return (wide or high) and not whole


def layout_of(table: Table, start: int, rows: int) -> Layout:
    """Roles by the headings' words, the lowest first."""
    roles: dict[int, Role] = {}
    names: dict[int, str] = {}
    evaluation: list[int] = []
    for col in range(table.n_cols):
        over = [c for c in table.cells if c.col <= col < c.col + c.cols and start <= c.row < start + rows and c.text]
        over.sort(key=lambda c: c.row)
        found = [column_role(cell.text) for cell in over]
        usable = [role for role in found if role and role != "evaluation"]
        if usable:
            roles[col] = usable[-1]
        elif "evaluation" in found:
            evaluation.append(col)
        if over:
            names[col] = over[-1].text
        if over and over[-1].cols == 2 and (pair := _two_headings(over[-1].text)):
            names[col] = pair[col - over[-1].col]
            roles[col] = column_role(names[col]) or "other"
    for col in evaluation:
        roles[col] = "modality" if "criteria" in roles.values() else "criteria"
    if "competence" not in roles.values() and "criteria" in roles.values():
        # « Compétences évaluées » names those of an épreuve; beside criteria it heads the competences themselves.
        roles = {col: "competence" if role == "evaluated" else role for col, role in roles.items()}
    layout = Layout(roles, names, table.n_cols, table.edges)
    layout.boxes = _boxes(table, start + rows)
    _without_doubles(layout)
    return layout


def _two_headings(text: str) -> tuple[str, str] | None:
    """« Modalités d’évaluation Critères d’évaluation »: two headings in one cell, whose rule between them is lost."""
    words = text.split()
    for cut in range(1, len(words)):
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        roles = (column_role(first), column_role(second))
        if words[cut][:1].isupper() and roles in {
            ("modality", "criteria"),
            ("competence", "criteria"),
            ("criteria", "modality"),
        }:
            return first, second
    return None


def _without_doubles(layout: Layout) -> None:
    """A column of levels beside criteria describes them; « modalité » heads boxes where the column holds ticks."""
    for col in layout.boxes:
        layout.roles[col] = "kind"


def _boxes(table: Table, start: int) -> set[int]:
    """Columns in which there are only ticks and empty boxes."""
    found = set()
    for col in range(table.n_cols):
        texts = [c.text for c in table.cells if c.col == col and c.cols == 1 and c.row >= start and c.text]
        if len(texts) >= 1 and all(len(t) <= 3 and set(t.replace(" ", "")) <= CHECKED | UNCHECKED for t in texts):
            found.add(col)
    return found


def carried(layout: Layout, table: Table) -> Layout | None:
    """The same columns for a table that goes on without headings: by place on the page, or by number."""
    if layout.edges and table.edges:
        roles: dict[int, Role] = {}
        names: dict[int, str] = {}
        headed: dict[int, Cell] = {}
        for col in range(table.n_cols):
            if col + 1 >= len(table.edges):
                continue
            middle = (table.edges[col] + table.edges[col + 1]) / 2
            for old in range(len(layout.edges) - 1):
                within = layout.edges[old] <= middle <= layout.edges[old + 1]
                if within and old in layout.served:
                    headed[col] = layout.served[old]
                if within and old in layout.roles:
                    roles[col], names[col] = layout.roles[old], layout.names.get(old, "")
        if "criteria" not in roles.values() and layout.has("criteria"):
            return None
        made = Layout(roles, names, table.n_cols, table.edges, served=headed)
        made.boxes = {col for col, role in roles.items() if role == "kind"}
        return made
    if table.n_cols <= layout.n_cols:
        return layout
    return None


def is_sum(cell: Cell) -> bool:
    """« Total du bloc » and the like: a row that adds points up."""
    return bool(_SUMS.match(plainly(cell.text))) and len(cell.text.split()) <= MOST_SUM


def same_columns(layout: Layout, table: Table) -> bool:
    """Whether a table below another on its page stands in the same columns; so it is where places are not known."""
    if not layout.edges or not table.edges:
        return True
    return all(min(abs(edge - old) for old in layout.edges) <= SAME_EDGE for edge in table.edges)


def guessed(table: Table) -> Layout | None:
    """Columns without headings, told by the codes that their cells begin with."""
    roles: dict[int, Role] = {}
    for col in range(table.n_cols):
        texts = [cell.text for cell in table.cells if cell.col == col and cell.text and cell.cols < table.n_cols]
        coded = sum(1 for text in texts if criterion_code(text).code)
        if texts and 2 * coded >= len(texts):
            roles[col] = "criteria"
        elif texts and 2 * sum(1 for t in texts if plainly(t)[:1] == "c" and generic_code(t).code) >= len(texts):
            roles[col] = "competence"
    return Layout(roles, {}, table.n_cols, table.edges) if "criteria" in roles.values() else None
