"""Harmonisation: once all have locked, what differs between the readings, and what the jury agrees on. Pure rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.review.decision import Decision, decision_of
from assistant.review.values import AgreedValue, ConsentValue, Value
from assistant.review.work import TypedRevision, Work


@dataclass(frozen=True, slots=True)
class Agreed:
    """The jury's text and decision on one criterion; it stands when everyone consented to this very version.

    `items` are the items that stand in the jury's grid; None where the jury chose none one by one.
    """

    text: str
    decision: Decision
    by: str
    version: int
    consents: tuple[str, ...]
    written: datetime | None = None
    items: tuple[str, ...] | None = None


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
            | frozenset((own.page, own.sentences) for own in one.evidence)
            for one in each
        }
        texts = {(one.note_text.strip(), one.motivation_text.strip()) for one in each}
        made.append(Compared(name, len(decisions) > 1, len(adopted) > 1, len(texts) > 1))
    return tuple(made)


def agreed_of(proposals: Iterable[TypedRevision], consents: Iterable[TypedRevision]) -> Mapping[str, Agreed]:
    """What was proposed last on each criterion, and who consents to that very version: to a decision, never to words
    without one."""
    consenting: dict[tuple[str, int], list[str]] = {}
    for one in consents:
        if isinstance(one.value, ConsentValue):
            consenting.setdefault((one.criterion, one.value.version), []).append(one.person)
    return {
        one.criterion: Agreed(
            one.value.text,
            decision_of(one.value.decision),
            one.value.by,
            one.version,
            tuple(sorted(consenting.get((one.criterion, one.version), ()))) if decides(one.value) else (),
            one.written,
            one.value.items,
        )
        for one in proposals
        if isinstance(one.value, AgreedValue)
    }


def decides(value: Value | None) -> bool:
    """Whether a proposal of the jury's holds a decision."""
    return isinstance(value, AgreedValue) and not decision_of(value.decision).empty


def stands(agreed: Agreed | None, jury: Iterable[str]) -> bool:
    """Every juror consents to this version; a mere proposal is not the jury's."""
    return agreed is not None and set(jury) <= set(agreed.consents)


def complete(agreed: Mapping[str, Agreed], criteria: Iterable[str], jury: Sequence[str]) -> bool:
    """Whether every criterion has a version that every juror consents to."""
    return all(stands(agreed.get(name), jury) for name in criteria)
