"""Harmonisation: once all have locked, differences side by side, and what the jury agrees on, with each one's consent."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Engine

from assistant.access.actor import Actor
from assistant.access.matrix import allow
from assistant.errors import EditConflict
from assistant.referentiel.model import Criterion, Scale
from assistant.review.decision import Decision, checked
from assistant.review.ledger import Ledger
from assistant.review.office import Office
from assistant.review.work import AGREES, Work

JURY = "jury"
"""The author of what is written together."""
AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Agreed:
    """The jury's text and decision on one criterion; it stands when everyone consented to this very version."""

    text: str
    decision: Decision
    by: str
    version: int
    consents: tuple[str, ...]
    written: datetime | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Where the readings of one criterion differ. Says that they do, never who is right."""

    criterion: str
    decisions: bool
    evidence: bool
    notes: bool

    @property
    def any(self) -> bool:
        return self.decisions or self.evidence or self.notes


def compared(criteria: Sequence[str], works: Sequence[Work]) -> tuple[Compared, ...]:
    """For each criterion, whether decisions, kept evidence and notes differ between the readings."""
    made = []
    for name in criteria:
        each = [work.on(name) for work in works]
        decisions = {one.decision for one in each}
        adopted = {
            frozenset(item for item, choice in one.choices.items() if choice.verdict != "rejected")
            | frozenset((own.page, own.sentence) for own in one.evidence)
            for one in each
        }
        texts = {(one.note_text.strip(), one.motivation_text.strip()) for one in each}
        made.append(Compared(name, len(decisions) > 1, len(adopted) > 1, len(texts) > 1))
    return tuple(made)


class Harmony:
    """What the jurors of one database agree on."""

    def __init__(self, engine: Engine) -> None:
        self._office = Office(engine)
        self._ledger = Ledger(engine)

    def agreed(self, actor: Actor, space: str) -> Mapping[str, Agreed]:
        """What was proposed on each criterion, and who consents to it."""
        standing = self._office.standing(space)
        allow(actor, "agree", standing)
        proposals = self._ledger.all(space, JURY)
        consents = {seat.person: self._ledger.all(space, seat.person) for seat in standing.seats}
        made = {}
        for topic, entry in proposals.items():
            criterion = topic.removesuffix(f"/{AGREED}")
            consenting = tuple(
                person
                for person, own in consents.items()
                if (given := own.get(f"{criterion}/{AGREES}")) and given.value == entry.version
            )
            value = entry.value
            made[criterion] = Agreed(
                value["text"], Decision(**value["decision"]), value["by"], entry.version, consenting, entry.written
            )
        return made

    def propose(
        self, actor: Actor, space: str, criterion: Criterion, scale: Scale, decision: Decision, text: str, base: int
    ) -> None:
        """Writes the jury's text and decision; consents to an earlier wording do not hold for this one.

        Raises EditConflict when another proposal came in between, DecisionRefused when the scale has no room for it.
        """
        allow(actor, "agree", self._office.standing(space))
        kept = checked(decision, criterion, scale)
        value = {"text": text.strip(), "decision": asdict(kept), "by": actor.person}
        entry = self._ledger.write(space, JURY, f"{criterion.id}/{AGREED}", value, base)
        self._ledger.put(space, actor.person, f"{criterion.id}/{AGREES}", entry.version)

    def consent(self, actor: Actor, space: str, criterion: str, version: int) -> None:
        """The actor consents to this version of the jury's text and decision, when it is the latest.

        Raises EditConflict for another one: nobody consents to words that were changed, or are not written yet.
        """
        allow(actor, "agree", self._office.standing(space))
        if version < 1 or version != self._ledger.read(space, JURY, f"{criterion}/{AGREED}").version:
            raise EditConflict("Ce texte a été modifié\u00a0: relisez-le avant d’y consentir.")
        self._ledger.put(space, actor.person, f"{criterion}/{AGREES}", version)

    def complete(self, actor: Actor, space: str, criteria: Sequence[str]) -> bool:
        """Whether every criterion has a version that every juror consents to."""
        seats = self._office.standing(space).seats
        agreed = self.agreed(actor, space)
        return all(name in agreed and len(agreed[name].consents) == len(seats) for name in criteria)
