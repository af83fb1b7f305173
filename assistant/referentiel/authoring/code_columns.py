"""Codes that stand in a column of their own (« Code | Compétence | Code | Critère ») are put before what they name."""

import re

from assistant.referentiel.authoring.columns import Layout
from assistant.referentiel.authoring.sources.pieces import Cell, Table
from assistant.referentiel.authoring.structure import (
    Coded,
    Role,
    activity_code,
    bloc_code,
    competence_code,
    criterion_code,
    generic_code,
    plainly,
)

_HEAD = re.compile(r"^(codes?|n\s?°|num[eé]ros?|ref(erences?)?|reperes?|identifiants?|id|cotes?)\b")
_CODE = re.compile(r"^[A-Za-z]{1,6}\.?\s?\d{1,3}(?:\s?[.\-]\s?\d{1,3}){0,3}\.?$|^\d{1,2}(?:\.\d{1,2}){1,3}\.?$")
NAMED: frozenset[Role] = frozenset({"criteria", "competence", "bloc", "activity"})
MOST = 0.8


def join_codes(table: Table, start: int, layout: Layout) -> None:
    """Puts the code of each row before the words beside it, where a column holds nothing but codes."""
    for col in range(table.n_cols - 1):
        role = layout.roles.get(col + 1)
        if role not in NAMED or layout.roles.get(col) not in {None, "other", role}:
            continue
        codes = [c for c in table.cells if c.col == col and c.cols == 1 and c.row >= start and c.text]
        coded = [c for c in codes if _CODE.match(c.text)]
        headed = bool(_HEAD.match(plainly(layout.names.get(col, "")))) or layout.roles.get(col) is None
        if not coded or len(coded) < MOST * len(codes) or not headed:
            continue
        joined = [pair for pair in ((cell, _beside(table, cell)) for cell in coded) if pair[1] is not None]
        if len(joined) < MOST * len(coded):
            continue
        layout.roles.pop(col, None)
        for cell, other in joined:
            _join(table, cell, other, role)


def _beside(table: Table, cell: Cell) -> Cell | None:
    return next((c for c in table.cells if c.row == cell.row and c.col == cell.col + 1 and c.text), None)


def _join(table: Table, cell: Cell, other: Cell | None, role: Role | None) -> None:
    if other is None or not other.paragraphs:
        return
    first = other.paragraphs[0]
    for sign in (" ", ". ", " – "):
        text = f"{cell.text}{sign}{first.text}"
        if _code(text, role).text == first.text:
            first.text = text
            table.cells.remove(cell)
            return


def _code(text: str, role: Role | None) -> Coded:
    readers = {"criteria": criterion_code, "competence": competence_code, "bloc": bloc_code, "activity": activity_code}
    found = readers[role or "criteria"](text)
    return found if found.code or role == "bloc" else generic_code(text)
