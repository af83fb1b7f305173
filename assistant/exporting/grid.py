"""The filled grid as every export shows it: what a juror, or the jury together, adopted, wrote and decided.

Only adopted, edited and own text can stand here: rejected and untreated items of the draft have no place in these types.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.referentiel.model import Scale
from assistant.result import TextSource

Origin = Literal["ai", "ai_edited", "own"]
"""Who wrote a text: adopted from the draft as it was, adopted and edited, or the juror's own."""
GridKind = Literal["individual", "collegial"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A text of the grid with the pages of the dossier it rests on (1-based; empty when it rests on none)."""

    text: str
    pages: tuple[int, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage of the dossier, word for word. `own`: chosen by the juror, not by the pre-read."""

    page: int
    quote: str
    source: TextSource
    own: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion: its exact words, what was kept about it, and the decision ("" while there is none).

    `decision` is in the référentiel's own scale: "1,5 / 2", "Acquis", or free text. `points` is set for points only.
    """

    id: str
    text: str
    lead: str
    indicators: tuple[str, ...]
    competences: tuple[str, ...]
    assessed_by: tuple[str, ...]
    most_points: float | None
    observations: tuple[Cited, ...]
    gaps: tuple[Cited, ...]
    questions: tuple[Cited, ...]
    quotes: tuple[Quoted, ...]
    decision: str
    points: float | None
    motivation: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the jury; `part` is "premier juré", "deuxième juré" or "troisième lecteur"."""

    name: str
    part: str
    locked: datetime | None


@dataclass(frozen=True, slots=True)
class AiPart:
    """What a machine did: who drafted, and how many of its items were adopted as they were, edited, or rejected."""

    drafter: str
    software: str
    adopted: int
    edited: int
    rejected: int
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled grid of one candidate. `total` only for a collegial or locked grid of a référentiel in points."""

    kind: GridKind
    session: str
    session_date: date | None
    candidate: str
    referentiel: str
    referentiel_id: str
    referentiel_version: str
    certifier: str
    scale: Scale
    blocs: tuple[str, ...]
    jury: tuple[Member, ...]
    rows: tuple[Row, ...]
    total: float | None
    most_total: float | None
    accommodations: str
    """Empty when there are none or the organiser does not show them to the jury."""
    file: str
    file_sha256: str
    pages: int
    unread_pages: tuple[int, ...]
    ai: AiPart
    made: datetime
