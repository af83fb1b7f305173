"""Foreign text in a table of a page. Streamlit lets anybody take its table away as CSV, which a spreadsheet would run."""

from collections.abc import Mapping, Sequence
from typing import TypeVar, cast

from assistant.ui.words import JOINER

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Table = TypeVar("Table", bound=Mapping[str, object] | Sequence[Mapping[str, object]])


def in_cell(text: str) -> str:
    """The text as a spreadsheet reads it as text: what would begin a formula stands after a mark that nobody sees."""
    return f"{JOINER}{text}" if text.lstrip(" \u00a0").startswith(BEGINS_A_FORMULA) else text


def in_cells(table: Table) -> Table:
    """A table (its rows, or its columns) with each text of it so."""
    return cast(Table, [_one(row) for row in table] if isinstance(table, Sequence) else _one(table))


def _one(value: Mapping[str, object]) -> dict[str, object]:
    return {name: _each(one) for name, one in value.items()}


def _each(value: object) -> object:
    if isinstance(value, str):
        return in_cell(value)
    return [_each(one) for one in value] if isinstance(value, list | tuple) else value
