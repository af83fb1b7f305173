"""What a page shows of one review: the dossier as it was read, the référentiel it began with, and one's own work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from assistant.access.actor import Actor
from assistant.access.matrix import Act, CandidacyAccess, allowed
from assistant.application.installation import LoadedPreRead
from assistant.dossier.model import Page
from assistant.referentiel.catalogue import LoadedReferentiel
from assistant.referentiel.model import Criterion, Scale
from assistant.review.decision import LEVELS, Decision, in_figures, in_words
from assistant.review.harmony import Agreed, Compared
from assistant.review.items import Choice, Item, items_of
from assistant.review.values import OWN_DRAFT, ItemKind, Kind
from assistant.review.work import Work, Written

__all__ = [
    "LEVELS", "OWN_DRAFT", "Agreed", "CandidacyHead", "Choice", "Compared", "Criterion", "Decision", "Harmony", "Item",
    "ItemKind", "JurorReading", "Kind", "LoadedPreRead", "Page", "ReviewContext", "Scale", "SessionHead", "Version",
    "Work", "Written", "in_figures", "in_words", "items_of",
]  # fmt: skip
"""Pages find here the plain types of what they show."""


@dataclass(frozen=True, slots=True)
class SessionHead:
    """A session, as its dossiers name it."""

    id: str
    title: str
    held: date | None
    blind_first: bool


@dataclass(frozen=True, slots=True)
class CandidacyHead:
    """A candidacy as its readers see it; accommodations only where they may be seen."""

    id: str
    number: str
    name: str
    company: str
    accommodations: str
    shown_to_jury: bool


@dataclass(frozen=True, slots=True)
class ReviewContext:
    """One person at one dossier. `session` and `candidacy` are None for a pre-read outside any session.

    `newer` is the version of the référentiel that the catalogue holds now, where it is another one.
    """

    actor: Actor
    review_id: str
    dossier: LoadedPreRead
    work: Work
    access: CandidacyAccess
    newer: str | None = None
    session: SessionHead | None = None
    candidacy: CandidacyHead | None = None
    called: str = ""
    """What its owner calls a dossier outside any session, where they gave it a title."""

    @property
    def referentiel(self) -> LoadedReferentiel:
        return self.dossier.referentiel

    def may(self, act: Act) -> bool:
        """For what the page shows; each use case asks again."""
        return allowed(self.actor, act, self.access)

    def latest(self, kind: Kind, criterion: str = "", item: str = "") -> int:
        """The version an act on this is drawn from; 0 where nothing was written."""
        if criterion == "":
            return self.work.versions.get(kind, 0)
        return self.work.on(criterion).versions.get((kind, item), 0)

    @property
    def may_write(self) -> bool:
        return self.may("write own work")

    @property
    def has_seat(self) -> bool:
        return self.access.seat(self.actor.person) is not None

    def shows_drafts(self, criterion: str) -> bool:
        """Whether what was drafted is shown: not when ignored, nor before an own note where one reads first."""
        if self.work.ignores_drafts:
            return False
        if self.session is None or not self.session.blind_first:
            return True
        own = self.work.on(criterion)
        return own.drafts_asked is not None or bool(own.note_text.strip())


@dataclass(frozen=True, slots=True)
class JurorReading:
    """One juror's locked reading, with the name and part to show."""

    person: str
    name: str
    part: int
    work: Work


@dataclass(frozen=True, slots=True)
class Harmony:
    """All readings side by side, what differs, and what the jury agrees on so far."""

    readings: tuple[JurorReading, ...]
    differences: tuple[Compared, ...]
    agreed: Mapping[str, Agreed]
    settled: frozenset[str]
    """The criteria that everyone consents to."""
    complete: bool
    revoked: "Revoked | None" = None


@dataclass(frozen=True, slots=True)
class Revoked:
    """An organiser took back what the jury had decided: who, why, when (UTC), and the criteria to decide anew."""

    by: str
    reason: str
    at: datetime
    criteria: frozenset[str]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a text or a value; `text` is empty where it was taken back."""

    text: str
    version: int
    written: datetime | None
