"""One juror's work on one dossier, as it stands: notes, choices, own evidence and words, decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from assistant.review.decision import Decision, decision_of
from assistant.review.items import Choice, choice_of
from assistant.review.values import (
    ChoiceValue,
    DecisionValue,
    ItemKind,
    Kind,
    OwnEvidenceValue,
    OwnTextValue,
    Said,
    Text,
    Value,
)

V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class TypedRevision:
    """What stands at one version; `value` is None where it was taken back, `version` 0 where nothing was written."""

    kind: Kind
    criterion: str = ""
    item: str = ""
    value: Value | None = None
    version: int = 0
    written: datetime | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A text of one's own, at one version."""

    text: str = ""
    version: int = 0
    written: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnText:
    """A statement, a gap or a question of the juror's own, with the pages (1-based) and sentences it refers to."""

    id: str
    kind: ItemKind
    text: str
    pages: tuple[int, ...]
    sentences: tuple[str, ...] = ()
    version: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class OwnEvidence:
    """A passage the juror chose: sentences of the dossier, or a page alone (`sentences` and `quote` empty)."""

    id: str
    page: int
    sentences: tuple[str, ...] = ()
    quote: str = ""
    ocr: bool = False
    version: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CriterionWork:
    """The work on one criterion. `read` is the juror's own tick, `drafts_asked` when they asked for the drafts.

    `versions` holds the latest version of each (kind, item), taken back or not: what a next act is drawn from.
    """

    note: Written = Written()
    motivation: Written = Written()
    decision: Decision = field(default_factory=Decision)
    decision_typed: str = field(default="", compare=False)
    """A decision in words, as it was typed."""
    read: bool = False
    drafts_asked: datetime | None = None
    choices: Mapping[str, Choice] = field(default_factory=dict)
    drafts: Mapping[str, Written] = field(default_factory=dict)
    own: tuple[OwnText, ...] = ()
    evidence: tuple[OwnEvidence, ...] = ()
    versions: Mapping[tuple[Kind, str], int] = field(default_factory=dict, compare=False)

    @property
    def note_text(self) -> str:
        return self.note.text

    @property
    def motivation_text(self) -> str:
        return self.motivation.text

    @property
    def begun(self) -> bool:
        """Whether the juror did anything here."""
        return bool(self.versions)


@dataclass(frozen=True, slots=True)
class Work:
    """All of it, for one juror and one dossier."""

    person: str
    criteria: Mapping[str, CriterionWork]
    locked: datetime | None = None
    ignores_drafts: bool = False
    versions: Mapping[Kind, int] = field(default_factory=dict, compare=False)
    """The latest version of what is written about the dossier as a whole."""

    def on(self, criterion: str) -> CriterionWork:
        """The work on a criterion; empty where there is none."""
        return self.criteria.get(criterion, CriterionWork())


def work_of(person: str, revisions: Iterable[TypedRevision]) -> Work:
    """The work that a person's latest revisions amount to."""
    by_criterion: dict[str, list[TypedRevision]] = {}
    for one in revisions:
        by_criterion.setdefault(one.criterion, []).append(one)
    whole = {one.kind: one for one in by_criterion.pop("", [])}
    lock, ignores = whole.get("lock"), whole.get("drafts_ignored")
    return Work(
        person,
        {criterion: _criterion(own) for criterion, own in by_criterion.items()},
        lock.written if lock and lock.value is not None else None,
        ignores is not None and isinstance(ignores.value, Said) and ignores.value.value,
        {kind: one.version for kind, one in whole.items()},
    )


def _criterion(revisions: list[TypedRevision]) -> CriterionWork:
    asked = next((one for one in revisions if one.kind == "drafts_asked" and one.value), None)
    decided = next((value for _, value in _of(revisions, "decision", DecisionValue)), None)
    return CriterionWork(
        note=_text(revisions, "note"),
        motivation=_text(revisions, "motivation"),
        decision=decision_of(decided),
        decision_typed=decided.text if decided else "",
        read=any(value.value for _, value in _of(revisions, "read", Said)),
        drafts_asked=asked.written if asked else None,
        choices={one.item: choice_of(value) for one, value in _of(revisions, "choice", ChoiceValue)},
        drafts={
            one.item: Written(value.text, one.version, one.written) for one, value in _of(revisions, "draft", Text)
        },
        own=tuple(
            OwnText(one.item, value.kind, value.text, value.pages, value.sentences, one.version)
            for one, value in _of(revisions, "own_text", OwnTextValue)
        ),
        evidence=tuple(
            OwnEvidence(one.item, value.page, value.sentences, value.quote, value.source == "ocr", one.version)
            for one, value in _of(revisions, "own_evidence", OwnEvidenceValue)
        ),
        versions={(one.kind, one.item): one.version for one in revisions},
    )


def _text(revisions: list[TypedRevision], kind: Kind) -> Written:
    return next((Written(value.text, one.version, one.written) for one, value in _of(revisions, kind, Text)), Written())


def _of(revisions: list[TypedRevision], kind: Kind, shape: type[V]) -> list[tuple[TypedRevision, V]]:
    """What was not taken back of one kind; items stand in the order of their ids, which begin with their moment."""
    kept = [(one, one.value) for one in revisions if one.kind == kind and isinstance(one.value, shape)]
    return sorted(kept, key=lambda pair: pair[0].item)
