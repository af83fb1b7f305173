"""A block: lines that belong together, and what they are."""

from dataclasses import dataclass

from assistant.dossier.layout.tables import Row
from assistant.dossier.model import SentenceKind
from assistant.dossier.pdf.lines import Line, union
from assistant.result import Box


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. `row` is set for a table row, `context` for what its columns are headed by."""

    kind: SentenceKind
    lines: tuple[Line, ...]
    row: Row | None = None
    context: tuple[str, ...] = ()
    size: float = 0.0
    running: bool = False
    """A header, footer or page number, repeated from page to page."""
    comment: bool = False
    """A note attached to the page."""
    contents: bool = False
    """A line of the contents, or of a list of figures."""
    heading: bool = False
    """Of a row: it says what stands below it."""
    cell: tuple[int, int, int] | None = None
    """Of a text set in a table's cell: the table, the row and the column."""

    @property
    def box(self) -> Box:
        return union([line.box for line in self.lines])

    @property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines)

    @property
    def furniture(self) -> bool:
        return self.running or self.contents
