"""What every reader gives: paragraphs and tables in reading order, and the source's words page by page."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SOFT_HYPHEN = "\u00ad"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
BULLETS = "•●▪■◦○‣⁃∙·➢➤►▶❖✓✔→⮚\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf06e\uf0e0\uf0f0"
FURNITURE = -1
"""As a paragraph's `heading`: what stands again at the head or foot of several pages."""
_BULLET = re.compile(rf"^\s*(?:[{BULLETS}]\s*|[-–—*]\s+|[O§q]\s+(?=[A-ZÀ-Ý][\w'’])|o\s+(?=[\w«]))+")
_DASH = re.compile(r"^\s*[-–—](?=[A-ZÀ-Ýa-zà-ÿ])")


@dataclass(slots=True, eq=False)
class Paragraph:
    """A run of words that belong together: a line of a list, a heading, a sentence or several.

    `page` is 1-based; `level` how deep in lists; `size` in points (0 where the format knows none); `top` in points
    from the page's top.
    """

    text: str
    page: int = 1
    bullet: bool = False
    level: int = 0
    bold: bool = False
    heading: int = 0
    size: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    x0: float = 0.0
    ocr: bool = False
    guessed: bool = False
    """Part of its words may belong to another paragraph: nothing told where a line behind a full stop belongs."""
    unsure: bool = False
    """Nothing tells whether it begins or ends where it does: a full stop stands at the very end of a full line."""

    @property
    def upper(self) -> bool:
        """Written in capitals."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.85 * len(letters)


@dataclass(slots=True, eq=False)
class Cell:
    """A cell at (row, col), 0-based, over `rows` x `cols` places of its table."""

    row: int
    col: int
    rows: int
    cols: int
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(paragraph.text for paragraph in self.paragraphs).strip()


@dataclass(slots=True, eq=False)
class Table:
    """Cells of one table on one page; `edges` are the columns' left and right sides in points where known."""

    cells: list[Cell]
    page: int = 1
    edges: tuple[float, ...] = ()
    top: float = 0.0
    bottom: float = 0.0
    first: bool = False

    @property
    def n_rows(self) -> int:
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def n_cols(self) -> int:
        return max((cell.col + cell.cols for cell in self.cells), default=0)

    def paragraphs(self) -> Iterator[Paragraph]:
        for cell in sorted(self.cells, key=lambda c: (c.row, c.col)):
            yield from cell.paragraphs


@dataclass(slots=True)
class Source:
    """A whole document. `words`: (page, text as the file gives it), kept apart from `pieces` to check them by."""

    pieces: list[Paragraph | Table]
    words: list[tuple[int, str]]
    unread: list[tuple[int, str]] = field(default_factory=list)
    title: str | None = None

    def paragraphs(self) -> Iterator[Paragraph]:
        for piece in self.pieces:
            if isinstance(piece, Table):
                yield from piece.paragraphs()
            else:
                yield piece


def clean(text: str) -> str:
    """White space runs as one, soft hyphens joined, nothing else changed."""
    text = re.sub(SOFT_HYPHEN + r"\s*", "", text.translate(INVISIBLE))
    return re.sub(r"\s+", " ", text).strip()


def tokens(text: str) -> list[str]:
    """The words of a text as they are counted: letters and digits, after NFKC, in lower case."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", clean(text)).lower())


def without_bullet(text: str) -> tuple[str, bool]:
    """The text without the mark of a list's line, and whether there was one."""
    short = _BULLET.sub("", text, count=1)
    if short == text:
        short = _DASH.sub("", text, count=1)
    return short.strip(), short.strip() != text.strip()


def paragraph(text: str, page: int = 1, **how: object) -> Paragraph | None:
    """A paragraph of these words; None where there are none. A list's mark is taken off and kept as `bullet`."""
    text, marked = without_bullet(clean(text))
    if not text or set(text) <= set("-_=.…*|~–— "):
        return None
    made = Paragraph(text, page)
    for name, value in how.items():
        setattr(made, name, value)
    made.bullet = made.bullet or marked
    return made


def kept(paragraphs: Iterable[Paragraph | None]) -> list[Paragraph]:
    return [one for one in paragraphs if one is not None]
