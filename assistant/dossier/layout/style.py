"""How a dossier is set: the size of its body, the leading of each size, whether bold letters say anything."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assistant.dossier.pdf.lines import Line

MOSTLY_BOLD = 0.6
DEFAULT_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class Style:
    """`body`, `read`: the size in points most letters of the text, and of what OCR read, are set in.

    `leading`: the usual step from line to line for a size (rounded). `titles`: folded titles told by the contents.
    """

    body: float = DEFAULT_SIZE
    read: float = DEFAULT_SIZE
    leading: dict[float, float] = field(default_factory=dict)
    bold: bool = True
    titles: frozenset[str] = frozenset()


def style_of(pages: Sequence[Sequence[Line]], titles: frozenset[str] = frozenset()) -> Style:
    """The style of a dossier's pages."""
    lines = [line for page in pages for line in page]
    letters = sum(len(line.text) for line in lines if line.source == "text")
    bold = sum(len(line.text) for line in lines if line.source == "text" and line.bold)
    return Style(
        _usual_size([line for line in lines if line.source == "text"]),
        _usual_size([line for line in lines if line.source == "ocr"]),
        _leadings(pages),
        bold <= MOSTLY_BOLD * letters,
        titles,
    )


def plain(lines: Sequence[Line], style: Style) -> list[Line]:
    """The lines, none of them bold where nearly all are: then it tells nothing apart."""
    return list(lines) if style.bold else [replace(line, bold=False) for line in lines]


def _usual_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size > 0:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else DEFAULT_SIZE


def _leadings(pages: Sequence[Sequence[Line]]) -> dict[float, float]:
    seen: dict[float, Counter[float]] = defaultdict(Counter)
    for page in pages:
        for a, b in pairwise(page):
            step = b.foot - a.foot
            if a.source == b.source and abs(a.size - b.size) < 0.5 and 0.8 * a.size < step < 4 * a.size:
                seen[round(a.size)][round(2 * step) / 2] += 1
    return {size: max(steps, key=lambda step: (steps[step], -step)) for size, steps in seen.items()}
