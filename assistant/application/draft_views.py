"""What pages see of the installation's own référentiels: drafts, their history, their doubts, what was published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.referentiel.authoring.editor.applying import Content
from assistant.referentiel.words import EVIDENCE as EVIDENCE
from assistant.referentiel.words import MODALITIES as MODALITIES
from assistant.referentiel.words import SCALES as SCALES
from assistant.referentiel.words import decimal as decimal


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    id: str
    title: str
    source: str
    version: int
    criteria: int
    owner: str
    created: datetime


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A published version in a list."""

    id: str
    version: str
    title: str
    published: datetime
    withdrawn: bool
    draft: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One version of a draft: who made it, when, by which operation; `undoes_to` is what undoing goes back to.

    `published` are the version numbers under which it was frozen.
    """

    version: int
    undoes_to: int
    person: str
    written: datetime
    operation: Mapping[str, Any]
    published: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftDoubt:
    """What the import found odd. `page` from 1; `place` in the list.

    `settled`: a person has looked at it; `gone`: what it doubted was put right since.
    """

    kind: str
    text: str
    page: int
    place: int
    settled: bool
    gone: bool = False


@dataclass(frozen=True, slots=True)
class WordCount:
    """What became of the words of a source at its import."""

    placed: int
    listed: int
    unaccounted: int


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as it stands: its content in plain values, what the import doubted, and its count of words if it made one."""

    id: str
    title: str
    source: str
    version: int
    content: Content
    doubts: tuple[DraftDoubt, ...]
    can_undo: bool
    words: WordCount | None = None
    said: str = ""
    """What the last change did beside what was asked of it, in French."""
