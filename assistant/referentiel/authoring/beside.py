"""Competences that head columns of a table: side by side with criteria below, or crossed with those they share."""

import re
from collections.abc import Iterator

from assistant.referentiel.authoring.cells import CellReader
from assistant.referentiel.authoring.columns import Layout, heading_rows, layout_of
from assistant.referentiel.authoring.criteria import read_criteria
from assistant.referentiel.authoring.draft import Competence, Draft
from assistant.referentiel.authoring.modalities import read_modality
from assistant.referentiel.authoring.sources.pieces import Cell, Table
from assistant.referentiel.authoring.structure import (
    CHECKED,
    UNCHECKED,
    Role,
    begins_with_verb,
    bloc_code,
    column_role,
    competence_code,
    normal_code,
)

_ALONE = re.compile(r"^C(?:P|E)?\s?\.?\s?\d{1,2}(?:\.\d{1,2})*\.?$")
"""« C1 » and nothing else at the head of a column."""
POINTS_ALONE = re.compile(r"^\W*(?:/|sur)?\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:pts?|points?)?\W*$", re.IGNORECASE)
"""A cell that holds nothing but what a criterion is worth."""
MOST_LABEL = 6


def side_by_side(table: Table, row: int) -> Layout | None:
    """Competences that head columns of their own; the first column, or a row over all, says what each row holds."""
    here = [cell for cell in table.cells if cell.row == row and cell.text]
    first = {cell.row: column_role(cell.text) for cell in table.cells if cell.col == 0 and cell.cols == 1 and cell.text}
    below = {role for number, role in first.items() if number > row}
    if first.get(row) == "competence" and "criteria" in below and None not in below and len(here) > 1:
        return _headed(table, [cell for cell in here if cell.col])
    if _verbs_beside(table, row, here):
        return _headed(table, [cell for cell in here if not bloc_code(cell.text).code])
    heads = [cell for cell in here if competence_code(cell.text).code]
    if len(heads) < 2 or len(here) - len(heads) > 1:
        return None
    columns = {col for cell in heads for col in range(cell.col, cell.col + cell.cols)}
    under = [cell for cell in table.cells if cell.row > row and cell.text and cell.col in columns and cell.cols == 1]
    if any(competence_code(cell.text).code for cell in under) and not _headed_below(table, row, heads):
        return None
    return _headed(table, heads)


def first_beside(table: Table) -> tuple[int, Layout] | None:
    """The first row of such heads; below other headings only where « Critères » stands below each of them."""
    for row in range(min(6, table.n_rows)):
        found = side_by_side(table, row)
        if found is not None:
            return row, found
        if heading_rows(table, row):
            for lower in range(row + 1, min(row + 3, table.n_rows)):
                here = [c for c in table.cells if c.row == lower and c.text and not bloc_code(c.text).code]
                coded = all(begins_with_verb(c.text) or competence_code(c.text).code for c in here)
                if len(here) > 1 and coded and _headed_below(table, lower, here):
                    return lower, _headed(table, here)
            return None
    return None


def _headed(table: Table, heads: list[Cell]) -> Layout:
    named = {col: cell for cell in heads for col in range(cell.col, cell.col + cell.cols)}
    return Layout(dict.fromkeys(named, "criteria"), {}, table.n_cols, table.edges, heads=named)


def _verbs_beside(table: Table, row: int, here: list[Cell], least: int = 2) -> bool:
    """Cells that mostly begin with a verb, above a row that says over all columns, or in each, that criteria follow."""
    heads = [cell for cell in here if not bloc_code(cell.text).code]
    verbs = sum(begins_with_verb(cell.text) for cell in heads)
    if len(heads) < least or not heads or 2 * verbs < len(heads) or any(cell.cols >= table.n_cols for cell in heads):
        return False
    wide = [cell for cell in table.cells if cell.row == row + 1 and cell.cols >= table.n_cols and cell.text]
    over = len(wide) == 1 and column_role(wide[0].text) == "criteria" and not _says_more(wide[0])
    return over or (verbs == len(heads) and _headed_below(table, row, heads))


def _headed_below(table: Table, row: int, heads: list[Cell]) -> bool:
    """« Critères » below each of the heads, be it beside « Points »."""
    under = [cell for cell in table.cells if cell.row == row + 1 and cell.text]
    said = {cell.col: column_role(cell.text) for cell in under}
    return all(any(said.get(c) == "criteria" for c in range(head.col, head.col + head.cols)) for head in heads)


def crossed(table: Table, row: int) -> Layout | None:
    """Criteria down a column, competences at the head of the others, crosses where a criterion serves one."""
    here = [cell for cell in table.cells if cell.row == row and cell.text]
    heads = [
        cell
        for cell in here
        if begins_with_verb(cell.text) or _ALONE.match(cell.text) or competence_code(cell.text).code
    ]
    asks = [cell for cell in here if column_role(cell.text) == "criteria"]
    ticks = [cell for cell in heads if _only_ticks(table, row, cell)]
    if len(asks) != 1 or len(ticks) < 2 or len(ticks) != len(heads):
        return None
    layout = layout_of(table, row, 1)
    layout.served = {cell.col: cell for cell in heads}
    layout.roles = {col: role for col, role in layout.roles.items() if col not in layout.served}
    layout.boxes -= set(layout.served)
    return layout


def _only_ticks(table: Table, row: int, head: Cell) -> bool:
    under = [
        cell.text for cell in table.cells if cell.row > row and cell.col == head.col and cell.cols == 1 and cell.text
    ]
    return bool(under) and all(set(text.replace(" ", "")) <= CHECKED | UNCHECKED for text in under)


def owners_of(draft: Draft, cells: CellReader, layout: Layout) -> dict[int, list[Competence]]:
    """The competences that the crossed columns are headed by; one named by its code alone is looked up."""
    found: dict[int, list[Competence]] = {}
    for col, cell in layout.served.items():
        if _ALONE.match(cell.text):
            code = normal_code(cell.text)
            known = [
                c for bloc in reversed(draft.blocs) for c in bloc.competences if c.code and normal_code(c.code) == code
            ]
            found[col] = known[:1]
        else:
            found[col] = cells.competence(cell)
    return found


def served(table: Table, row: int, owners: dict[int, list[Competence]]) -> list[Competence]:
    """Whom the crosses of a row name."""
    ticked = [cell.col for cell in table.cells if cell.row == row and set(cell.text) & CHECKED]
    return [one for col in ticked for one in owners.get(col, ())]


def parts_of(table: Table, first: int, layout: Layout) -> Iterator[tuple[int, int, Layout]]:
    """(first row of content, row after the last, layout) of each run of rows below competences side by side."""
    start, now = first, layout
    for row in range(first + 1, table.n_rows):
        after = side_by_side(table, row)
        here = [cell for cell in table.cells if cell.row == row and cell.text]
        if after is None and _verbs_beside(table, row, here, least=1):
            after = _headed(table, here)
        if after is not None:
            yield start + 1, row, now
            start, now = row, after
    yield start + 1, table.n_rows, now


class BesideReader:
    """Reads rows below competences side by side: each column belongs to the competence at its head."""

    def __init__(self, draft: Draft, cells: CellReader) -> None:
        self.draft = draft
        self.cells = cells

    def read(self, table: Table, start: int, layout: Layout) -> None:
        """Each run of rows below competences side by side, in the bloc that stands above or beside it."""
        for first, stop, own in parts_of(table, start - 1, layout):
            for cell in table.cells:
                beside = cell.col not in own.heads and cell.row <= first - 1 < cell.row + cell.rows
                if cell.text and cell.rows > 1 and beside and bloc_code(cell.text).code:
                    self.cells.bloc(cell)
            self._rows(table, first, stop, own)
            for cell in table.cells:
                if cell.cols >= table.n_cols > 1 and first <= cell.row < stop and bloc_code(cell.text).code:
                    self.cells.bloc(cell)

    def _rows(self, table: Table, start: int, stop: int, layout: Layout) -> None:
        """Rows from `start` to before `stop`; a row's first cell, a row over all or sub-headings say what they hold."""
        heads = {id(cell): cell for cell in layout.heads.values()}
        owners = {key: self.cells.competence(cell) for key, cell in heads.items()}
        roles = _sub_headings(table, start, layout)
        labels: dict[int, Role | None] = {}
        inside = [cell for cell in table.cells if start <= cell.row < stop and cell.text]
        for cell in inside:
            wide = cell.cols >= table.n_cols > 1
            if wide and column_role(cell.text) and not _says_more(cell):
                labels |= dict.fromkeys(range(cell.row, stop), column_role(cell.text))
            elif cell.col not in layout.heads and not wide:
                labels |= dict.fromkeys(range(cell.row, cell.row + cell.rows), column_role(cell.text))
        for cell in sorted(inside, key=lambda c: (c.col, c.row)):
            if cell.col not in layout.heads or (roles and cell.row == start):
                continue
            cols = range(cell.col, cell.col + cell.cols)
            if cell.cols >= table.n_cols > 1 and (self._over_all(cell, owners) or column_role(cell.text)):
                continue
            beside = list(dict.fromkeys(one for c in cols if c in layout.heads for one in owners[id(layout.heads[c])]))
            role = labels.get(cell.row) or roles.get(cell.col, "criteria")
            if role == "criteria":
                read_criteria(self.draft, cell.paragraphs, beside, points=self._points(table, cell, layout, roles))
            elif role in {"modality", "deliverable"}:
                read_modality(self.draft, cell.paragraphs, beside, deliverables=role == "deliverable")

    def _over_all(self, cell: Cell, owners: dict[int, list[Competence]]) -> bool:
        """« Modalités d’évaluation : étude de cas… » over all columns: what it says of itself."""
        label, _, rest = cell.paragraphs[0].text.partition(":")
        role = column_role(label) if len(label.split()) <= MOST_LABEL else None
        if not _says_more(cell) or role not in {"modality", "deliverable", "verdict", "level", "points", "other"}:
            return False
        if role in {"modality", "deliverable"}:
            said = cell.paragraphs if rest.strip() else cell.paragraphs[1:]
            beside = [one for own in owners.values() for one in own]
            read_modality(self.draft, said, beside, deliverables=role == "deliverable")
        return True

    def _points(self, table: Table, cell: Cell, layout: Layout, roles: dict[int, Role]) -> float | None:
        for other in table.cells:
            own = other.row == cell.row and layout.heads.get(other.col) is layout.heads.get(cell.col)
            found = POINTS_ALONE.match(other.text) if own and roles.get(other.col) == "points" else None
            if found:
                self.cells.placed(other, other.text)
                return float(found[1].replace(",", "."))
        return None


def _says_more(cell: Cell) -> bool:
    """Whether a cell says something behind the heading that it begins with."""
    return len(cell.paragraphs) > 1 or bool(cell.text.partition(":")[2].strip())


def _sub_headings(table: Table, row: int, layout: Layout) -> dict[int, Role]:
    """« Critères | Points » below a competence that heads several columns."""
    under = [cell for cell in table.cells if cell.row == row and cell.col in layout.heads and cell.text]
    roles = {cell.col: role for cell in under if (role := column_role(cell.text))}
    wide = any(cell.cols >= table.n_cols > 1 for cell in under)
    return roles if not wide and "criteria" in roles.values() and len(roles) == len(under) else {}
