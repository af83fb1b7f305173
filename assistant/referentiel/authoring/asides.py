"""What stands around the criteria of a table and asks nothing: its headings, and the rows that add its points up."""

import re
from collections.abc import Sequence

from assistant.referentiel.authoring.columns import is_sum
from assistant.referentiel.authoring.draft import Draft
from assistant.referentiel.authoring.sources.pieces import Cell, Table
from assistant.referentiel.authoring.structure import column_role
from assistant.referentiel.words import decimal

_NUMBER = re.compile(r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,2})?)(?:\s*(?:pts?|points?)\.?)?\W*$", re.IGNORECASE)
NEAR = 0.001


def head(draft: Draft, table: Table, start: int, rows: int) -> None:
    """The words that head a table's columns are listed as such, in one line for the whole document."""
    for cell in table.cells:
        if start <= cell.row < start + rows and column_role(cell.text) is not None:
            draft.lay_aside(cell.paragraphs, "headings")


def add_up(draft: Draft, bodies: Sequence[Cell], row: int) -> bool:
    """Whether a row says a sum, as « Total du bloc | 28 » does; it is kept to be compared with the bloc's points."""
    here = sorted((cell for cell in bodies if cell.row == row and cell.rows == 1), key=lambda cell: cell.col)
    if not here or not is_sum(here[0]) or any(len(cell.text.split()) > 3 for cell in here[1:]):
        return False
    for cell in here:
        draft.lay_aside(cell.paragraphs, "stripped")
    said = " ".join(cell.text for cell in here)
    found = _NUMBER.search(said)
    if found and draft.has_bloc:
        first = here[0].paragraphs[0]
        draft.sums.append((draft.bloc, said, float(found[1].replace(",", ".")), first.page))
    return True


def compare_sums(draft: Draft) -> None:
    """A printed sum that is not that of the bloc's points is a doubt."""
    for bloc, said, printed, page in draft.sums:
        points = [one.points for one in bloc.criteria if one.points is not None]
        if points and abs(sum(points) - printed) > NEAR and len(points) == len(bloc.criteria):
            found = f"la source imprime «\u00a0{said}\u00a0», les critères du bloc font {decimal(sum(points))} points"
            draft.doubt("points", f"{bloc.id}\u00a0: {found}", page)
