"""What a juror's desk is given once, what it sends for each act, and what it is answered: plain types, JSON both ways.

Ids, quotes, pages (1-based) and boxes (PDF points, origin top left of the page as displayed) are those of the pre-read.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.result import FileKind, NoticeKind, PageRead, RequirementState
from assistant.review.values import ItemKind, Kind, Verdict

PageBox = tuple[int, float, float, float, float]
"""Page, x0, top, x1, bottom."""
ScaleKind = Literal["points", "acquis", "text"]
CitationState = Literal["word_for_word", "ocr", "none"]
DeliverableState = Literal["found", "not_found", "unread"]


class Shape(BaseModel):
    """Strict and frozen: an unknown key is an error, nothing changes once made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(Shape):
    person: str
    name: str


class ReferentielView(Shape):
    """The version the review began with; `newer` is the catalogue's present version where it differs."""

    id: str
    title: str
    version: str
    newer: str | None = None


class FileView(Shape):
    index: int
    name: str
    kind: FileKind
    pages: int
    failure: str | None = None


class PageView(Shape):
    """One page of the whole dossier; `file` is the index of the file it belongs to. Width and height in points.

    `place`: how a person names it, "p. 6" or "annexe 2, p. 3".
    """

    page: int
    label: str
    file: int
    place: str = ""
    width: float
    height: float
    read: PageRead
    reason: str | None = None


class NoticeView(Shape):
    kind: NoticeKind
    page: int | None
    text: str
    detail: str


class DossierView(Shape):
    """`image` and `original` are the addresses of the app's routes, with `{page}`, `{scale}` and `{file}` to fill in."""

    preread: str
    title: str
    files: tuple[FileView, ...]
    pages: tuple[PageView, ...]
    words: int
    unused_pages: tuple[int, ...]
    notices: tuple[NoticeView, ...]
    image: str
    original: str
    partial: tuple[str, ...] = ()
    """Why the pre-read is partial, in French sentences; empty when it is complete."""


class SentenceView(Shape):
    """A sentence that can be cited. `words`: for each box, the abscissas where its words begin, in points, if known."""

    id: str
    text: str
    pages: tuple[int, ...]
    boxes: tuple[PageBox, ...]
    words: tuple[tuple[float, ...], ...] = ()
    ocr: bool = False
    context: str = ""
    citable: bool = True
    """False for a header, the référentiel's own words or a comment: shown, selected, never evidence."""


class CompetenceView(Shape):
    id: str
    text: str


class ScaleView(Shape):
    """How the criterion is decided; `max` in points."""

    kind: ScaleKind
    max: float | None = None


class RequirementView(Shape):
    id: str
    label: str
    state: RequirementState
    evidence: tuple[str, ...]
    nearest: tuple[str, ...]
    pages_read: int
    pages_unread: tuple[int, ...]
    pages_partial: tuple[int, ...] = ()
    looked_for: tuple[str, ...] = ()


class ItemView(Shape):
    """A drafted statement, gap or question. `prompt` names what it was drafted with, for « D’où vient ce texte ? »."""

    id: str
    kind: ItemKind
    text: str
    citations: tuple[str, ...]
    state: CitationState
    support: str
    requirement: str
    prompt: str | None = None


class CriterionView(Shape):
    """`competence` is the first of `competences`, or None where the référentiel ties the criterion to none."""

    id: str
    text: str
    lead: str
    indicators: tuple[str, ...]
    competence: CompetenceView | None
    competences: tuple[CompetenceView, ...]
    bloc: str
    assessed_by: tuple[str, ...]
    scale: ScaleView
    requirements: tuple[RequirementView, ...]
    shown: tuple[str, ...]
    evidence: tuple[str, ...]
    items: tuple[ItemView, ...]
    withheld: int = 0
    failure: str | None = None


class DeliverableView(Shape):
    id: str
    text: str
    state: DeliverableState
    evidence: tuple[str, ...]


class TextWork(Shape):
    text: str = ""
    version: int = 0


class DecisionWork(Shape):
    points: float | None = None
    level: Literal["acquis", "non_acquis"] | None = None
    text: str = ""
    version: int = 0


class FlagWork(Shape):
    value: bool = False
    version: int = 0


class ChoiceWork(Shape):
    verdict: Verdict | None = None
    text: str = ""
    version: int = 0


class OwnTextWork(Shape):
    id: str
    kind: ItemKind
    text: str
    pages: tuple[int, ...]
    sentences: tuple[str, ...]
    version: int


class OwnEvidenceWork(Shape):
    """`quote` is the dossier's text as it was when it was chosen; `sentences` is empty for a page alone."""

    id: str
    page: int
    sentences: tuple[str, ...]
    quote: str
    ocr: bool
    version: int


class TakenOver(Shape):
    """What was taken over from a reading that a later one replaced, and that it does not draft again."""

    id: str
    kind: ItemKind
    text: str
    pages: tuple[int, ...]
    version: int


class CriterionWorkView(Shape):
    """The reader's own work on a criterion. A version is 0 where nothing was written; a taken back choice keeps its own.

    `drafts` are texts being edited: by item id, "own" for a text of one's own.
    """

    note: TextWork = TextWork()
    motivation: TextWork = TextWork()
    decision: DecisionWork = DecisionWork()
    read: FlagWork = FlagWork()
    choices: dict[str, ChoiceWork] = Field(default_factory=dict)
    drafts: dict[str, TextWork] = Field(default_factory=dict)
    own_texts: tuple[OwnTextWork, ...] = ()
    own_evidence: tuple[OwnEvidenceWork, ...] = ()
    taken_over: tuple[TakenOver, ...] = ()
    drafts_asked: datetime | None = None


class PhraseView(Shape):
    """A phrase of the reader's own bank, for one criterion."""

    id: str
    criterion: str
    text: str


class DeskView(Shape):
    """Everything a desk shows. `has_work`: the reader keeps work of their own here (an organiser does not)."""

    review: str
    title: str
    me: Person
    has_work: bool
    may_write: bool
    may_agree: bool
    may_decide: bool
    locked: datetime | None = None
    blind_first: bool = False
    ignores_drafts: FlagWork = FlagWork()
    lock_version: int = 0
    in_session: bool = False
    session: str = ""
    accommodations: str = ""
    referentiel: ReferentielView
    drafter: Literal["extractive", "model"]
    model_name: str | None = None
    dossier: DossierView
    sentences: tuple[SentenceView, ...]
    criteria: tuple[CriterionView, ...]
    deliverables: tuple[DeliverableView, ...]
    work: dict[str, CriterionWorkView]
    phrases: tuple[PhraseView, ...] = ()


class Event(Shape):
    """One act at the desk. `id` is made in the browser: the same one sent again is stored once.

    `base` is the version the act was drawn from (0: nothing written); `value` the kind's value, null to take back.
    """

    id: str = Field(min_length=8, max_length=64)
    kind: Kind
    criterion: str = Field("", max_length=64)
    item: str = Field("", max_length=64)
    value: dict[str, Any] | None = None
    base: int = Field(0, ge=0)


class Current(Shape):
    """What stands now where an act was refused for being drawn from an older version."""

    value: dict[str, Any] | None
    version: int


class Ack(Shape):
    """Stored (`ok`, with its version), or refused with a French sentence; `current` where another window wrote first.

    `item`: the id an own text or passage was given where the event named none. `retry`: the same act may pass later
    (the disk was full, the database busy): keep it and send it again; without it, only another act can.
    """

    id: str
    ok: bool
    version: int = 0
    item: str = ""
    message: str = ""
    current: Current | None = None
    retry: bool = False
