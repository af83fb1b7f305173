"""What a document is made of, whatever it is about and whichever file it becomes: one model, filled once per document.

Every text is letters and nothing else: no renderer reads markup, tags or formulas in it. A renderer shows the blocks in
their order; a table that has no row and a heading over nothing are the builder's to leave out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Emphasis = Literal["plain", "strong", "aside"]
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""Besides, the marks that turn the direction of writing: what a document says after them would be turned as well."""
ParagraphStyle = Literal["body", "lead", "small", "right"]
"""`lead`: the line under a title; `small`: what is read last; `right`: a letter's date and place."""


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text. `strong` and `aside` (who wrote it, how it was read) are said by the words too, never by look alone."""

    text: str
    emphasis: Emphasis = "plain"


@dataclass(frozen=True, slots=True)
class PageReference:
    """Pages of the dossier (1-based, not empty): « (p. 6, 7) », or « (d’après la p. 6) » for words that are not theirs."""

    pages: tuple[int, ...]
    after: bool = False


Inline = Words | PageReference


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the document's title is its only heading of level 1, and no level is skipped."""

    level: Literal[2, 3, 4]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a line break in its words is one on paper."""

    content: tuple[Inline, ...]
    style: ParagraphStyle = "body"


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; `room` asks for so many empty lines to write on by hand under each item."""

    items: tuple[tuple[Inline, ...], ...]
    room: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a share of the table's; `names_row` marks the column by which a row is called.

    `workbook_only` columns hold what a person sorts and adds up in a workbook and no paper needs.
    """

    title: str
    width: float
    names_row: bool = False
    workbook_only: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`number` is what a workbook counts with, where the words are a number's."""

    blocks: tuple[Paragraph | BulletList, ...] = ()
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One cell a column in each row. `name` is its caption, and a workbook's sheet."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Room for one person's signature, kept on one page; `note` is a line under the name."""

    name: str
    note: str = ""


Block = Heading | Paragraph | BulletList | Table | SignatureBlock


@dataclass(frozen=True, slots=True)
class Properties:
    """What a machine and a library read: `keywords` and `disclosure` (JSON) say what a model had a part in."""

    software: str
    created: datetime
    keywords: tuple[str, ...] = ()
    disclosure: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document in French on A4. `running_head` stands on each page; `one_page` asks for letters small enough."""

    title: str
    heading: str
    blocks: tuple[Block, ...]
    properties: Properties
    running_head: str = ""
    landscape: bool = False
    one_page: bool = False


def words(text: str, emphasis: Emphasis = "plain") -> tuple[Inline, ...]:
    """One run of text."""
    return (Words(text, emphasis),)


def paragraph(text: str, style: ParagraphStyle = "body", emphasis: Emphasis = "plain") -> Paragraph:
    """A paragraph of one run."""
    return Paragraph(words(text, emphasis), style)


def cell(text: str, emphasis: Emphasis = "plain", number: float | None = None) -> Cell:
    """A cell of one run; an empty text makes an empty cell."""
    return Cell((paragraph(text, emphasis=emphasis),) if text else (), number)


def is_lead_in(block: Paragraph) -> bool:
    """Whether a paragraph is a title without being one (all of it strong): what it leads to stands under it."""
    return bool(block.content) and all(isinstance(run, Words) and run.emphasis == "strong" for run in block.content)


def plain_text(content: Iterable[Inline]) -> str:
    """The runs as one text, as every renderer spells them."""
    return "".join(spelled(run) for run in content)


def spelled(run: Inline) -> str:
    """A run's letters: pages as « (p. 6, 7) », and what no file format can hold left out."""
    if isinstance(run, PageReference):
        after = "" if not run.after else "d’après la " if len(run.pages) == 1 else "d’après les "
        return f"({after}p.\u00a0{', '.join(map(str, run.pages))})"
    return storable(run.text)


def storable(text: str) -> str:
    """The text without what no file format can hold (control characters, lone surrogates); line breaks become \\n."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
