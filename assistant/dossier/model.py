"""What was handed in: pages, sentences with boxes, passages, the page ledger and the notices."""

from dataclasses import dataclass, field
from typing import Literal

from assistant.result import Box, LedgerEntry, Notice, TextSource

SentenceKind = Literal["prose", "bullet", "row", "heading", "caption", "form", "annotation"]
SentenceRole = Literal["body", "furniture", "official", "comment"]
"""furniture: a header, footer or page number repeated over pages; official: the référentiel's or the template's own
words; comment: a note that someone attached to the page. Only body sentences can be evidence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest citable unit. `text` is exactly `page.text[start:end]`; `id` is `p6s4`: page 6, fourth sentence."""

    id: str
    page: int
    start: int
    end: int
    text: str
    boxes: tuple[Box, ...]
    source: TextSource
    kind: SentenceKind
    role: SentenceRole
    section: str
    context: str = ""
    """Column headings above a table row: they say what its cells mean, and are not part of the quote."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, 1-based, as displayed (rotation applied); sizes in PDF points; `text` is its canonical repaired text.

    `turned`: quarter turns clockwise beyond the file's own rotation that make its text stand upright.
    """

    number: int
    label: str
    width: float
    height: float
    text: str
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of neighbouring body sentences of one page and one section: what is embedded."""

    id: str
    page: int
    section: str
    sentence_ids: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier once read. `ledger` has exactly one entry per page of the file, in order."""

    file: str
    sha256: str
    pages: tuple[Page, ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    ledger: tuple[LedgerEntry, ...]
    notices: tuple[Notice, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    outline: tuple[tuple[int, str, int], ...] = ()
    """(depth from 0, title, page) of each bookmark."""

    @property
    def words(self) -> int:
        return sum(entry.words for entry in self.ledger)

    @property
    def unread_pages(self) -> tuple[int, ...]:
        return tuple(entry.page for entry in self.ledger if entry.read == "none")
