"""What the grid is filled with: the session's facts and each juror's work, as plain values that know no database.

`application` looks these up and hands them over; nothing here decides who may see them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.result import TextSource
from assistant.review.values import ItemKind, Verdict

OUTSIDE = 0
"""The part of whoever reads a dossier outside any session."""


@dataclass(frozen=True, slots=True)
class GridContext:
    """What stands above a grid: session, candidate's number, accommodations as far as they may be shown, the moment."""

    session: str
    held: date | None
    candidate: str
    accommodations: str
    made: datetime
    words: tuple[tuple[int, str], ...] = ()
    """What the dossier says, as (page, text): quotations are held against it, and against the pre-read's evidence."""
    newer_version: str | None = None
    """The catalogue's present version of the référentiel, where the review began with another."""


@dataclass(frozen=True, slots=True)
class TreatedItem:
    """What a juror did with a drafted item; `text` is theirs where they edited it.

    `said`, `kind` and `pages` (1-based) are the item's own as they stood then, for an item that the pre-read no longer
    drafts: what was taken over stays. Without them such an item is left out.
    """

    id: str
    verdict: Verdict
    text: str = ""
    said: str = ""
    kind: ItemKind | None = None
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """A statement, a gap or a question of the juror's own, with the pages it refers to (1-based).

    `rewrites` is the passage of the dossier that it was made from; empty where it was made from none.
    """

    id: str
    kind: ItemKind
    text: str
    pages: tuple[int, ...] = ()
    rewrites: str = ""


@dataclass(frozen=True, slots=True)
class ChosenPassage:
    """A passage that the juror chose, word for word; a page alone (1-based) where `quote` is empty.

    `next_page` is where a passage cut by the end of its page goes on. `earlier`: it was chosen in a file that another has
    replaced since, and stands nowhere in the dossier as it is now; `page` is that file's, `quote` is empty.
    """

    id: str
    page: int
    quote: str = ""
    source: TextSource = "text"
    next_page: int | None = None
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class StatedDecision:
    """A person's decision as the grid prints it ("1,5 / 2", "Acquis", free text, "" for none), and its points."""

    words: str = ""
    points: float | None = None


@dataclass(frozen=True, slots=True)
class CriterionInput:
    """One juror's work on one criterion, each sequence in the order in which it was first written."""

    treated: tuple[TreatedItem, ...] = ()
    written: tuple[WrittenItem, ...] = ()
    passages: tuple[ChosenPassage, ...] = ()
    decision: StatedDecision = StatedDecision()
    motivation: str = ""


@dataclass(frozen=True, slots=True)
class JurorInput:
    """One juror: name and part (1, 2, 3, or OUTSIDE any session) to print, when they locked, and their work by criterion."""

    person: str
    name: str
    part: int
    locked: datetime | None = None
    criteria: Mapping[str, CriterionInput] = field(default_factory=dict)

    def on(self, criterion: str) -> CriterionInput:
        """The work on a criterion; empty where there is none."""
        return self.criteria.get(criterion, CriterionInput())


@dataclass(frozen=True, slots=True)
class AgreedInput:
    """What was proposed for the jury on one criterion; it stands when every juror's id is among `consents`.

    `items` are the ids of the treated and written items and the passages that the jurors chose for their grid; None
    where they chose none by one, and everything that one of them kept stands.
    """

    decision: StatedDecision
    text: str
    consents: frozenset[str]
    items: frozenset[str] | None = None
