"""A table's rows -> blocs, activities, competences, épreuves and criteria, each under what it stands beside."""

import re
from collections import defaultdict

from assistant.referentiel.authoring.asides import add_up, head
from assistant.referentiel.authoring.beside import POINTS_ALONE, BesideReader, crossed, first_beside, owners_of, served
from assistant.referentiel.authoring.cells import CellReader
from assistant.referentiel.authoring.code_columns import join_codes
from assistant.referentiel.authoring.columns import (
    Layout,
    carried,
    guessed,
    heading_rows,
    is_sum,
    layout_of,
    same_columns,
)
from assistant.referentiel.authoring.criteria import read_criteria
from assistant.referentiel.authoring.draft import Bloc, Competence, Criterion, Draft
from assistant.referentiel.authoring.epreuves import (
    lists_epreuves,
    lists_what_is_handed_in,
    read_epreuves,
    read_handed_in,
)
from assistant.referentiel.authoring.modalities import read_modality
from assistant.referentiel.authoring.sources.pieces import Cell, Paragraph, Table
from assistant.referentiel.authoring.structure import (
    CHECKED,
    Role,
    activity_code,
    begins_with_verb,
    bloc_code,
    column_role,
    competence_code,
    criterion_code,
    digits,
    fiche,
    generic_code,
    labelled,
    plainly,
    section,
)


class TableReader:
    """Reads the tables of one document in turn; one that goes on over a page keeps the columns of the one before."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.cells = CellReader(draft)
        self.beside = BesideReader(draft, self.cells)
        self.served: dict[int, list[Competence]] = {}
        self.layout: Layout | None = None
        self.last_page = 0
        self.going_on = False
        self.last_criterion: Criterion | None = None
        self.heading: tuple[str | None, str, Paragraph] | None = None
        self.blocs_named = False
        """Whether the document calls something a bloc; where it does not, its activities are the blocs."""
        self.competences_follow = False
        self.parted = False
        """Whether a heading stands above it, behind the table before."""
        self.outer: tuple[str | None, str, Paragraph] | None = None
        self.family = ""
        self.headed: Bloc | None = None
        """The bloc whose competences stand each above a table of their own."""

    def read(self, table: Table) -> bool:
        """Whether the table asks something: other tables stay to be listed."""
        bloc = self.draft.bloc if self.draft.has_bloc else None
        self.going_on = self.cells.going_on = self.last_criterion is not None and table.page - self.last_page == 1
        start = self._headings(table)
        if self.layout is None:
            return False
        layout = self.layout
        if lists_epreuves(layout) and start:
            read_epreuves(self.draft, table, start, layout)
            return True
        if not layout.asks:
            if not (start and self.draft.blocs and lists_what_is_handed_in(layout)):
                return False
            read_handed_in(self.draft, self.cells, table, start, layout)
            self.layout = None
            return True
        join_codes(table, start, layout)
        if (layout.heads and not self._heading_is_bloc()) or (self.draft.has_bloc and self.draft.bloc is not bloc):
            self.heading = None
        self._open_by_heading(layout)
        if layout.heads:
            self.beside.read(table, start, layout)
            self.last_page = table.page
            return True
        self.served = owners_of(self.draft, self.cells, layout)
        owners: dict[int, list[Competence]] = defaultdict(list)
        bodies = [cell for cell in table.cells if cell.row >= start and cell.text]
        row = start
        while row < table.n_rows:
            count = heading_rows(table, row) if row > start else 0
            if count:
                self.layout = layout = layout_of(table, row, count)
                head(self.draft, table, row, count)
                row += count
                continue
            if add_up(self.draft, bodies, row):
                bodies = [cell for cell in bodies if cell.row != row or cell.rows > 1]
            owners[row] += served(table, row, self.served)
            self._row(table, row, bodies, layout, owners)
            row += 1
        self.last_page = table.page
        return True

    def _headings(self, table: Table) -> int:
        """Sets the columns of this table; the row at which its content begins."""
        beside = first_beside(table)
        if beside is not None:
            row, self.layout = beside
            self._before(table, row, self.layout)
            return row + 1
        for row in range(min(4, table.n_rows)):
            if (crosses := crossed(table, row)) is not None:
                self._before(table, row, crosses)
                self.layout = crosses
                return row + 1
            count = heading_rows(table, row)
            if count and self._ends_above(table, row):
                break
            if count:
                fresh = layout_of(table, row, count)
                head(self.draft, table, row, count)
                self._transversal(fresh)
                self.layout = fresh
                self._before(table, row, fresh)
                return row + count
            here = [cell for cell in table.cells if cell.row == row and cell.text]
            if len(here) > 1:
                break
        before = self.layout
        going_on = before is not None and table.page - self.last_page <= 1
        if before is not None and (table.page == self.last_page or self.parted):
            going_on = going_on and same_columns(before, table)
        self.layout = (carried(before, table) if going_on and before else None) or guessed(table)
        return 0

    def _ends_above(self, table: Table, row: int) -> bool:
        """Rows above the headings, in columns of their own, end the table of the page before."""
        above = [cell for cell in table.cells if cell.row < row and cell.text]
        return self.going_on and any(cell.cols < max(2, table.n_cols - 1) for cell in above)

    def _before(self, table: Table, row: int, layout: Layout) -> None:
        """What stands above the headings in the same table."""
        labels = {c.row: column_role(c.text) for c in table.cells if c.col == 0 and c.cols == 1} if layout.heads else {}
        for cell in table.cells:
            if cell.row < row and cell.text and labels.get(cell.row) == "activity":
                if cell.col:
                    self.cells.activity(cell)
            elif cell.row < row and cell.text:
                self._heading_row(cell, layout, before=True)

    def _transversal(self, fresh: Layout) -> None:
        """« Compétences transversales » at the head of a column opens a bloc of that name."""
        name = next(
            (fresh.names[c] for c, role in fresh.roles.items() if role == "competence" and c in fresh.names), ""
        )
        if "transvers" in plainly(name) and fresh.asks and len(name.split()) <= 6:
            self.draft.open_bloc(None, name.strip(), 1)

    def _open_by_heading(self, layout: Layout) -> None:
        """The heading above a table of criteria names its bloc where nothing in the table does."""
        names_bloc = self._heading_is_bloc()
        if not names_bloc:
            self._open_outer(layout)
        if self.heading is not None and not names_bloc and self._heading_is_competence(layout):
            code, title, paragraph = self.heading
            self.draft.last = [self.draft.open_competence(code, title, paragraph.page)]
            self.draft.place(paragraph, code, title)
            self.headed = self.draft.bloc
        elif self.heading is not None and (names_bloc or (not layout.has("competence") and not layout.has("bloc"))):
            code, title, paragraph = self.heading
            self.draft.open_bloc(code, title or None, paragraph.page)
            self.draft.place(paragraph, code, title)
        self.heading = None

    def _heading_is_bloc(self) -> bool:
        """« Bloc 2 – … » above a table, or « Activité 2 – … » where the document calls nothing a bloc."""
        code = plainly(self.heading[0] or "") if self.heading is not None else ""
        return "bloc" in code or (self._first_rank(activity_code(f"{code} x").code) and not self.blocs_named)

    def _open_outer(self, layout: Layout) -> None:
        """A bloc's heading without a code, above that of a competence."""
        if self.outer is None or self.heading is None or layout.has("competence") or layout.has("bloc"):
            return
        code, title, paragraph = self.outer
        if begins_with_verb(self.heading[1]) and column_role(title) is None and section(title) is None:
            self.draft.open_bloc(code, title, paragraph.page)
            self.draft.place(paragraph, code, title)

    def _heading_is_competence(self, layout: Layout) -> bool:
        """« Rédiger… » below the bloc's own heading, above a table that names no competence."""
        if self.heading is None or layout.has("competence") or layout.has("bloc"):
            return False
        if not self.draft.has_bloc:
            return self.competences_follow and begins_with_verb(self.heading[1])
        bloc = self.draft.bloc
        if not begins_with_verb(self.heading[1]):
            return self.headed is bloc and bool(bloc.criteria) and column_role(self.heading[1]) is None
        return self.headed is bloc or not bloc.criteria

    @staticmethod
    def _first_rank(code: str | None) -> bool:
        return code is not None and len(digits(code)) == 1

    def _row(
        self, table: Table, row: int, bodies: list[Cell], layout: Layout, owners: dict[int, list[Competence]]
    ) -> None:
        here = sorted((cell for cell in bodies if cell.row == row), key=lambda cell: cell.col)
        standing = [cell for cell in bodies if cell.row < row < cell.row + cell.rows]
        alone = len(here) == 1 and not standing and self._whole(here[0], table, layout)
        if alone and self._one_of_many(table, row, bodies, layout):
            if column_role(here[0].text) is None:
                self._cell("criteria", here[0], bodies, layout, owners)
            return
        if alone and (self._heading_row(here[0], layout) or here[0].text.rstrip().endswith(":")):
            return
        # What stands beside several rows is read with the last of them, when all of these are known.
        ending = sorted((cell for cell in bodies if cell.row + cell.rows - 1 == row), key=lambda cell: cell.col)
        for role in ("bloc", "activity", "competence"):
            for cell in here:
                if self._role(cell, layout) == role:
                    self._cell(role, cell, bodies, layout, owners)
        for role in ("modality", "deliverable", "criteria"):
            for cell in ending:
                if self._role(cell, layout) == role:
                    self._cell(role, cell, bodies, layout, owners)
        for cell in ending:
            if self._role(cell, layout) in {None, "other", "level", "verdict"}:
                self._strays(cell, owners)
            if cell.col in layout.boxes:
                self._tick(cell, layout, owners)

    def _one_of_many(self, table: Table, row: int, bodies: list[Cell], layout: Layout) -> bool:
        """Rows of one cell each, one below another without a code, where criteria have the only column of words."""
        words = {role for role in layout.roles.values() if role not in {"points", "verdict", "level", "kind"}}
        if words != {"criteria"} or table.n_cols < 2:
            return False
        plain = {
            n: bool(on) and len(on) == 1 and self._whole(on[0], table, layout) and not generic_code(on[0].text).code
            and not bloc_code(on[0].text).code and not competence_code(on[0].text).code
            for n in (row - 1, row, row + 1)
            if (on := [c for c in bodies if c.row <= n < c.row + c.rows]) or n == row
        }  # fmt: skip
        return plain.get(row, False) and (plain.get(row + 1, False) or (plain.get(row - 1, False) and row > 0))

    def _role(self, cell: Cell, layout: Layout) -> Role | None:
        if cell.col in layout.boxes:
            return "kind"
        roles = [layout.roles[c] for c in range(cell.col, cell.col + cell.cols) if c in layout.roles]
        coded = bool(criterion_code(cell.paragraphs[0].text).code) if cell.paragraphs else False
        if coded and self.family and plainly(cell.text).startswith(self.family):
            return "criteria"
        if "criteria" in roles and cell.cols > 1 and "competence" not in roles:
            return "criteria"
        return roles[0] if roles else None

    def _whole(self, cell: Cell, table: Table, layout: Layout) -> bool:
        """A row of one cell that runs over the columns: a heading between the rows."""
        role = self._role(cell, layout)
        wide = cell.cols >= max(2, table.n_cols - 1) or (cell.cols > 1 and cell.col == 0 and role != "criteria")
        return wide or bool(bloc_code(cell.paragraphs[0].text).code)

    def _heading_row(self, cell: Cell, layout: Layout, before: bool = False) -> bool:
        """Opens what a row over all columns names. False where it is content after all."""
        draft = self.draft
        text = " ".join(p.text for p in cell.paragraphs)
        first = cell.paragraphs[0]
        known = fiche(text)
        bloc = bloc_code(text)
        activity, competence = activity_code(text), competence_code(text)
        if criterion_code(text).code:
            return False
        if bloc.code or (self._first_rank(activity.code) and not self.blocs_named and activity.text):
            named = bloc if bloc.code else activity
            draft.open_bloc(named.code, named.text or None, first.page)
            self.cells.placed(cell, named.code, named.text)
        elif known and known[0] == "bloc":
            draft.open_bloc(known[1], known[2], first.page)
            self.cells.placed(cell, known[1], known[2])
        elif competence.code:
            made = draft.open_competence(competence.code, competence.text, first.page)
            draft.last = [made]
            self.cells.placed(cell, competence.code, competence.text)
        elif activity.code:
            draft.open_activity(activity.code, activity.text)
            self.cells.placed(cell, activity.code, activity.text)
        elif said := labelled(text):
            self._labelled(cell, *said)
        elif before and self._above_is_competence(layout, text):
            self._open_by_heading(layout)
            draft.last = self.cells.competences(cell.paragraphs)
            self.headed = draft.bloc
        elif before:
            if (
                draft.title is None
                and not draft.has_bloc
                and column_role(text) is None
                and 3 <= len(text.split()) <= 30
            ):
                draft.title = text
                self.cells.placed(cell, text)
        elif len(text.split()) <= 40 and not text.rstrip().endswith((":", ".")):
            code = generic_code(text)
            if layout.has("competence"):
                draft.open_bloc(code.code, code.text, first.page)
            else:
                draft.last = [draft.open_competence(code.code, code.text, first.page)]
            self.cells.placed(cell, code.code, code.text)
        else:
            return bool(not layout.has("criteria"))
        return True

    def _above_is_competence(self, layout: Layout, text: str) -> bool:
        """A row above the headings of a table that has no column of competences."""
        if layout.has("competence") or layout.has("bloc") or layout.heads or not layout.asks:
            return False
        return begins_with_verb(text) or (self.draft.has_bloc and self.headed is self.draft.bloc)

    def _labelled(self, cell: Cell, what: str, text: str) -> None:
        page = cell.paragraphs[0].page
        if what == "bloc":
            self.draft.open_bloc(None, text, page)
        else:
            self.draft.last = [self.draft.open_competence(None, text, page)]
        self.cells.placed(cell, text)

    def _cell(
        self, role: Role, cell: Cell, bodies: list[Cell], layout: Layout, owners: dict[int, list[Competence]]
    ) -> None:
        rows = range(cell.row, cell.row + cell.rows)
        if role == "bloc":
            self.cells.bloc(cell)
        elif role == "activity":
            self.cells.activity(cell)
        elif role == "competence":
            found = self.cells.competence(cell)
            if found:
                for row in rows:
                    owners[row] += found
                self.draft.last = found
        elif role in {"modality", "deliverable"}:
            beside = [one for row in rows for one in owners[row]]
            rest = [p for p in cell.paragraphs if not self._is_criterion(p)]
            read_modality(self.draft, rest, beside, deliverables=role == "deliverable")
            self._strays(cell, owners)
        elif role == "criteria" and not is_sum(cell):
            beside = [one for row in rows for one in owners[row]] or list(self.draft.last)
            points = self._points(cell, bodies, layout)
            own = {id(c) for row in rows for c in owners[row]}
            above = {id(c) for c in self.last_criterion.competences} if self.last_criterion else set()
            holds = (self.going_on or not own) and own <= above
            made = read_criteria(
                self.draft, cell.paragraphs, beside, carried=self.last_criterion, holds=holds, points=points,
                row=not self.going_on,
            )  # fmt: skip
            self.going_on = self.cells.going_on = False
            if made:
                self.last_criterion = made[-1]
                code = made[0].code
                if code and not self.family:
                    self.family = re.sub(r"[\W\d]+.*", "", plainly(code))

    def _is_criterion(self, p: Paragraph) -> bool:
        return bool(self.family) and bool(criterion_code(p.text).code) and plainly(p.text).startswith(self.family)

    def _strays(self, cell: Cell, owners: dict[int, list[Competence]]) -> None:
        """Criteria that an extraction has put into another column, told by their code."""
        first = next((n for n, p in enumerate(cell.paragraphs) if self._is_criterion(p)), None)
        if first is not None:
            rows = range(cell.row, cell.row + cell.rows)
            beside = [one for row in rows for one in owners[row]] or list(self.draft.last)
            made = read_criteria(self.draft, cell.paragraphs[first:], beside)
            self.last_criterion = made[-1] if made else self.last_criterion

    def _points(self, cell: Cell, bodies: list[Cell], layout: Layout) -> float | None:
        for other in bodies:
            if self._role(other, layout) == "points" and other.row == cell.row:
                found = POINTS_ALONE.match(other.text)
                if found:
                    self.cells.placed(other, other.text)
                    return float(found[1].replace(",", "."))
        return None

    def _tick(self, cell: Cell, layout: Layout, owners: dict[int, list[Competence]]) -> None:
        """A ticked box says by which épreuve the competences beside it are assessed."""
        if set(cell.text) & CHECKED:
            for row in range(cell.row, cell.row + cell.rows):
                for competence in owners[row] or self.draft.last:
                    name = layout.names.get(cell.col, "")
                    if name and name not in competence.boxes:
                        competence.boxes.append(name)
