"""What the old entries become: a topic was a string ("Cr1.2/choice/o1f2"); it becomes kind, item and a typed value."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Written:
    """One version of the new journal, before it is numbered and sealed. `value` None: taken back."""

    person: str
    criterion: str
    kind: str
    item: str
    value: Any
    at: datetime


@dataclass
class _Decided:
    """The two topics an old decision was kept under; what was stated by a click stood before what was written."""

    stated: Mapping[str, Any] | None = None
    text: str = ""

    @property
    def value(self) -> dict[str, Any] | None:
        if self.stated:
            return dict(self.stated)
        return {"points": None, "level": None, "text": self.text} if self.text.strip() else None


def journal_of(entries: Sequence[Mapping[str, Any]]) -> list[Written]:
    """The entries of one old space, in order, as rows of the journal of one review."""
    decided: dict[tuple[str, str], _Decided] = {}
    made = []
    for entry in entries:
        criterion, rest = _parted(entry["topic"])
        value = json.loads(entry["value"])
        name, _, item = rest.partition("/")
        if name in {"decision", "decision-text"}:
            here = decided.setdefault((entry["author"], criterion), _Decided())
            if name == "decision":
                here.stated = value
            else:
                here.text = value or ""
            kind, item, value = "decision", "", here.value
        else:
            kind, item, value = _typed(name, item, value)
        made.append(Written(entry["author"], criterion, kind, item, value, entry["written"]))
    return made


def phrases_of(entries: Sequence[Mapping[str, Any]]) -> list[Written]:
    """The entries of an old bank of phrases: "criterion/id" -> the phrase, or nothing once it was forgotten."""
    made = []
    for entry in entries:
        criterion, item = _parted(entry["topic"])
        text = json.loads(entry["value"])
        value = {"text": text} if text else None
        made.append(Written(entry["author"], criterion, "phrase", item, value, entry["written"]))
    return made


def _parted(topic: str) -> tuple[str, str]:
    """Criterion and rest: a criterion's id held no slash, what followed it might."""
    criterion, slash, rest = topic.partition("/")
    return (criterion, rest) if slash else ("", topic)


def _typed(name: str, item: str, value: Any) -> tuple[str, str, Any]:
    """Kind, item and value of anything but a decision."""
    if name in {"note", "motivation"}:
        return name, "", {"text": value or ""}
    if name in {"edit", "own-draft"}:
        return "draft", item or "own", {"text": value or ""}
    if name == "own":
        return "own_text", item, {**value, "sentences": []} if value else None
    if name == "evidence":
        return "own_evidence", item, _passage(value) if value else None
    if name == "choice":
        return name, item, value
    if name == "agreed":
        return name, "", {**value, "items": None}
    if name == "agrees":
        return "consent", "", {"version": value}
    if name == "link":
        return name, "", {"link": value}
    if name == "lock":
        # The head is put in when the row is sealed.
        return name, "", {"head": ""} if value else None
    renamed = {"opened": "read", "asked": "drafts_asked", "ignore-ai": "drafts_ignored"}
    return renamed.get(name, name[:32]), item, {"value": value}


def _passage(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "page": value["page"],
        "sentences": [value["sentence"]] if value["sentence"] else [],
        "quote": value["quote"],
        "source": "ocr" if value["ocr"] else "text",
    }
