"""One juror's work on one dossier, as it stands: notes, choices, own evidence and words, decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant.review.decision import Decision
from assistant.review.items import Choice, ItemKind
from assistant.review.ledger import Entry

NOTE, MOTIVATION, OPENED, ASKED_AI = "note", "motivation", "opened", "asked"
DECISION, DECISION_TEXT = "decision", "decision-text"
"""Points and levels are stated by a click; a decision in free text is saved as typed, like a note."""
CHOICE, OWN, EVIDENCE = "choice", "own", "evidence"
LOCK, IGNORE_AI, LINK, AGREES = "lock", "ignore-ai", "link", "agrees"
OWN_DRAFT, EDIT, BEGAN = "own-draft", "edit", "began"
TEXTS = frozenset([NOTE, MOTIVATION, OWN_DRAFT, EDIT])
"""What is saved as typed."""
FACTS = frozenset([OPENED, ASKED_AI, CHOICE, OWN, EVIDENCE, IGNORE_AI])
"""What one click states."""
NOTHING = Entry("")


@dataclass(frozen=True, slots=True)
class OwnText:
    """A statement, a gap or a question of the juror's own, with the pages it refers to (1-based)."""

    id: str
    kind: ItemKind
    text: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OwnEvidence:
    """A passage the juror chose: a sentence of the dossier, or a page reference alone (`sentence` and `quote` empty)."""

    id: str
    page: int
    sentence: str = ""
    quote: str = ""
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class CriterionWork:
    """The work on one criterion. `opened` says it was read; `asked_ai` when the juror asked for the drafts."""

    note: Entry = NOTHING
    motivation: Entry = NOTHING
    decision: Decision = field(default_factory=Decision)
    opened: bool = False
    asked_ai: datetime | None = None
    choices: Mapping[str, Choice] = field(default_factory=dict)
    own: tuple[OwnText, ...] = ()
    evidence: tuple[OwnEvidence, ...] = ()

    @property
    def note_text(self) -> str:
        return str(self.note.value or "")

    @property
    def motivation_text(self) -> str:
        return str(self.motivation.value or "")


@dataclass(frozen=True, slots=True)
class Work:
    """All of it, for one juror and one dossier."""

    person: str
    criteria: Mapping[str, CriterionWork]
    locked: datetime | None = None
    ignores_ai: bool = False

    def on(self, criterion: str) -> CriterionWork:
        """The work on a criterion; empty where there is none."""
        return self.criteria.get(criterion, CriterionWork())


def work_of(person: str, entries: Mapping[str, Entry]) -> Work:
    """The work that a person's entries in a space amount to."""
    topics: dict[str, dict[str, Entry]] = {}
    for topic, entry in entries.items():
        criterion, rest = _parted(topic)
        topics.setdefault(criterion, {})[rest] = entry
    alone = topics.pop("", {})
    lock = alone.get(LOCK, NOTHING)
    return Work(
        person,
        {criterion: _criterion(own) for criterion, own in topics.items()},
        lock.written if lock.value else None,
        bool(alone.get(IGNORE_AI, NOTHING).value),
    )


def _parted(topic: str) -> tuple[str, str]:
    """Criterion and rest: a criterion's id holds no slash, what follows it may."""
    criterion, slash, rest = topic.partition("/")
    return (criterion, rest) if slash else ("", topic)


def _criterion(entries: Mapping[str, Entry]) -> CriterionWork:
    asked = entries.get(ASKED_AI, NOTHING)
    return CriterionWork(
        note=entries.get(NOTE, NOTHING),
        motivation=entries.get(MOTIVATION, NOTHING),
        decision=_decision(entries),
        opened=OPENED in entries,
        asked_ai=asked.written,
        choices={name: Choice(**value) for name, value in _of(entries, CHOICE)},
        own=tuple(
            OwnText(name, value["kind"], value["text"], tuple(value["pages"])) for name, value in _of(entries, OWN)
        ),
        evidence=tuple(OwnEvidence(name, **value) for name, value in _of(entries, EVIDENCE)),
    )


def _decision(entries: Mapping[str, Entry]) -> Decision:
    """What was stated by a click, else what was written."""
    stated = entries.get(DECISION, NOTHING).value
    if stated:
        return Decision(**stated)
    return Decision(text=str(entries.get(DECISION_TEXT, NOTHING).value or "").strip())


def _of(entries: Mapping[str, Entry], kind: str) -> list[tuple[str, dict[str, Any]]]:
    """The entries of one kind that were not taken back; their ids begin with the time they were first written."""
    kept = [(topic.partition("/")[2], entry.value) for topic, entry in entries.items() if topic.startswith(f"{kind}/")]
    return sorted((name, value) for name, value in kept if value)
