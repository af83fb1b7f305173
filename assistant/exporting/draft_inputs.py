"""What the report on a draft is filled with: places, advice and questions. Nothing of a jury, and no measure of worth."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class DraftCriterion:
    """`places`: (page, quote); `advice`: (what was not found, question)."""

    id: str
    text: str
    places: tuple[tuple[int, str], ...]
    advice: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    oral: bool


@dataclass(frozen=True, slots=True)
class DraftDeliverable:
    """A document that is asked for, and the pages that speak of it."""

    text: str
    pages: tuple[int, ...]
    state: Literal["found", "not_found", "unread"]


@dataclass(frozen=True, slots=True)
class DraftContext:
    """One version of a draft. `formal`: (fact, what to do)."""

    title: str
    referentiel: str
    version: int
    deposited: datetime
    by_model: bool
    pages: int
    criteria: tuple[DraftCriterion, ...]
    deliverables: tuple[DraftDeliverable, ...]
    formal: tuple[tuple[str, str], ...]
    made: datetime
