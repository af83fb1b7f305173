"""What was handed in: files, pages, sentences with boxes, passages, the page ledger and the notices."""

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

from assistant.result import Box, FileKind, LedgerEntry, Notice, TextSource

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SentenceKind = Literal["prose", "bullet", "row", "heading", "caption", "code", "note", "form", "annotation"]
"""note: a footnote, tied to the sentence that calls it; annotation: words that someone wrote over the page."""
SentenceRole = Literal["body", "furniture", "official", "comment"]
"""furniture: a header, footer or page number repeated over pages; official: the référentiel's or the template's own
words; comment: a note that someone attached to the page. Only body sentences can be evidence."""

KIND_WORDS: dict[FileKind, str] = {"main": "dossier", "annex": "annexe", "deliverable": "livrable"}


@dataclass(frozen=True, slots=True)
class SentenceEnd:
    """Where a sentence cut by the end of its page goes on: `text[start:end]` of `page`, with the boxes there."""

    page: int
    start: int
    end: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest citable unit; `id` is `p6s4`: page 6, fourth sentence.

    `text` is exactly `page.text[start:end]`. For a sentence that goes on over the page (`over`), that is followed by
    its end there, after a space, or after nothing where a word was cut.
    """

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
    over: SentenceEnd | None = None
    cells: tuple[str, ...] = ()
    """Of a table row, the text of each cell, the empty ones included."""
    called_by: str = ""
    """Of a footnote, the id of the sentence that calls it."""

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it stands on: one, or two."""
        return (self.page,) if self.over is None else (self.page, self.over.page)

    @property
    def page_boxes(self) -> tuple[tuple[int, Box], ...]:
        """Every box with its page."""
        here = tuple((self.page, box) for box in self.boxes)
        return here if self.over is None else (*here, *((self.over.page, box) for box in self.over.boxes))


@dataclass(frozen=True, slots=True)
class Page:
    """One page, 1-based, as displayed (rotation applied); sizes in PDF points; `text` is its canonical repaired text.

    `turned`: quarter turns clockwise beyond the file's own rotation that make its text stand upright.
    `file`: place of its file in `Dossier.files`, from 0; `number_in_file`: its place there, from 1.
    """

    number: int
    label: str
    width: float
    height: float
    text: str
    turned: int = 0
    file: int = 0
    number_in_file: int = 0


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file as it was handed in; its name is foreign text, its kind what the person said it is.

    `failure` (French): why there is no data, for a part of a ZIP that could not be taken out.
    """

    name: str
    data: bytes
    kind: FileKind = "main"
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class DossierFile:
    """One file of a dossier; `pages` is 0 and `failure` says in French why when it could not be read."""

    name: str
    sha256: str
    kind: FileKind
    pages: int
    failure: str | None = None


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
    """A dossier once read: its files in order, their pages numbered through.

    `ledger` has exactly one entry per page, in order. `file` and `sha256` stand for the whole: those of the only file,
    or the first one's name and the hash of all.
    """

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
    files: tuple[DossierFile, ...] = ()

    @property
    def words(self) -> int:
        return sum(entry.words for entry in self.ledger)

    @property
    def unread_pages(self) -> tuple[int, ...]:
        return tuple(entry.page for entry in self.ledger if entry.read == "none")

    @property
    def partial_pages(self) -> tuple[int, ...]:
        """Pages of which something was left unread; they count among the pages read."""
        return tuple(entry.page for entry in self.ledger if entry.read == "partial")

    def place(self, page: int) -> str:
        """Where a page (1-based, numbered through) is found, for a person: "p. 6", or "annexe 2, p. 3"."""
        at = self.pages[page - 1]
        if len(self.files) < 2:
            return f"p.\u00a0{page}"
        file = self.files[at.file]
        alike = [place for place, other in enumerate(self.files) if other.kind == file.kind]
        rank = f"\u00a0{alike.index(at.file) + 1}" if len(alike) > 1 or file.kind == "annex" else ""
        return f"{KIND_WORDS[file.kind]}{rank}, p.\u00a0{at.number_in_file}"


@cache
def dossier_adapter() -> "TypeAdapter[Dossier]":
    """What turns a dossier into JSON and back, made once: it takes as long as reading several pages."""
    from pydantic import TypeAdapter

    return TypeAdapter(Dossier)
