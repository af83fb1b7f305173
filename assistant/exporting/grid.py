"""The filled grid that every document is made of: what a juror, or the jury together, adopted, wrote and decided.

Only adopted, edited and own text can stand here: rejected and untreated items of the draft have no place in these types.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.referentiel.model import ORAL_KINDS, Scale
from assistant.result import TextSource

Origin = Literal["ai", "ai_edited", "own"]
"""Who wrote a text: the pre-read, taken over as it was; the juror, from a draft or a passage; the juror alone.

These are the words of `prelecture-grid/1`: "ai" stands for the pre-read's drafter, also where it used no model.
"""
GridKind = Literal["individual", "collegial", "personal"]
"""`personal`: one person's reading outside any session."""
EXTRACTIVE = "extractive"
"""The drafter's name where no language model was used."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A text of the grid with the pages of the dossier it rests on (1-based; empty when it rests on none).

    `requirement` is what the référentiel asks, for a point not found; empty elsewhere and where the juror named none.
    """

    text: str
    pages: tuple[int, ...]
    origin: Origin
    requirement: str = ""

    @property
    def rewritten(self) -> bool:
        """A juror's words after something they were shown: what its pages say is not what it says."""
        return self.origin == "ai_edited"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage of the dossier, word for word. `own`: chosen by the juror, not by the pre-read.

    `next_page` is where a passage cut by the end of its page goes on. `earlier`: it stood on that page of a file that
    another has replaced since; its words are left out (`quote` is empty), for they are no quotation of this dossier.
    """

    page: int
    quote: str
    source: TextSource
    own: bool = False
    next_page: int | None = None
    earlier: bool = False

    @property
    def pages(self) -> tuple[int, ...]:
        return (self.page,) if self.next_page is None else (self.page, self.next_page)


@dataclass(frozen=True, slots=True)
class GridCriterion:
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

    @property
    def words(self) -> str:
        """The criterion as the référentiel writes it."""
        return f"{self.lead} {self.text}" if self.lead else self.text

    @property
    def oral_only(self) -> bool:
        """Shown only at an oral: a written document can neither meet it nor lack it."""
        return bool(self.assessed_by) and set(self.assessed_by) <= ORAL_KINDS

    @property
    def own_quotes(self) -> tuple[Quoted, ...]:
        """The passages and pages that a juror chose and that no kept text repeats."""
        said = "\n".join(item.text for item in self.observations)
        return tuple(one for one in self.quotes if one.own and not (one.quote and one.quote in said))


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the jury; `part` is "premier juré", "deuxième juré" or "troisième lecteur", or "lecture personnelle"."""

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

    @property
    def used_a_model(self) -> bool:
        return self.drafter != EXTRACTIVE


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled grid of one candidate; outside a session `candidate` is the title given to the dossier, or empty.

    `total` only for a collegial or locked grid of a référentiel in points.
    """

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
    rows: tuple[GridCriterion, ...]
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
    partial_pages: tuple[int, ...] = ()
    """Pages of which something was left unread."""
    newer_version: str | None = None
    """A later version of the référentiel than the one this grid follows."""
