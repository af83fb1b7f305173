"""The filled grid as JSON, for another program or a later version of this one: format `prelecture-grid/1`.

The keys are the names of `Grid`'s fields, in their order; the AI's part is the block `ai_assisted`.
"""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from assistant.errors import StoreError
from assistant.exporting.grid import Grid
from assistant.exporting.wording import NBSP

FORMAT = "prelecture-grid/1"


def as_json(grid: Grid) -> str:
    """The grid as text: the same for the same grid."""
    fields = asdict(grid)
    whole = {"format": FORMAT, "ai_assisted": fields.pop("ai"), **fields}
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_day_or_moment) + "\n"


def _day_or_moment(value: object) -> str:
    assert isinstance(value, date)  # a datetime is one, and writes its hour itself
    return value.isoformat()


def from_json(text: str) -> Grid:
    """The grid that was written. Raises StoreError when the text holds anything else, were it one more key."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StoreError(f"Ce fichier n’est pas une grille{NBSP}: ce n’est pas du JSON.") from error
    if not isinstance(whole, dict) or whole.pop("format", None) != FORMAT:
        raise StoreError(f"Ce fichier n’est pas une grille au format «{NBSP}{FORMAT}{NBSP}».")
    if "ai" in whole:
        raise _refused("ai")
    if "ai_assisted" in whole:
        whole["ai"] = whole.pop("ai_assisted")
    try:
        return _grids().validate_json(json.dumps([whole]))[0]
    except (ValidationError, RecursionError, ValueError) as error:
        raise _refused(_place(error)) from error


def _grids() -> TypeAdapter[tuple[Grid]]:
    """Strict, down to each part. A tuple of one, because Pydantic takes no such rules for a bare dataclass."""
    return TypeAdapter(tuple[Grid], config=ConfigDict(extra="forbid", strict=True, allow_inf_nan=False))


def _place(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return ""
    place: tuple[Any, ...] = error.errors(include_url=False)[0]["loc"][1:]
    return ".".join(str(step) for step in ("ai_assisted" if step == "ai" else step for step in place))


def _refused(place: str) -> StoreError:
    where = f" à l’endroit «{NBSP}{place}{NBSP}»" if place else ""
    return StoreError(f"Cette grille ne peut pas être relue{NBSP}: son contenu n’est pas celui du format{where}.")
