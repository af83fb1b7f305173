"""Whether the text layer says what the page shows: a sample of its lines is compared with what OCR reads there.

A font may draw one letter and be extracted as another, by accident or on purpose. A few lines of each font are put
on one sheet and read together; pages that disagree are then read whole before anything is believed.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.dossier.ocr.engines import OcrResult, OcrWord, Picture
from assistant.dossier.pdf.raw import RawPage
from assistant.text import fold

PER_FONT, PER_SCAN = 3, 4
ON_A_SHEET, MOST = 24, 96
LEAST_LETTERS = 12
LONGEST = 90
AGREE = 0.55
"""Share of a line's letters that OCR must find again, in order, in runs of RUN or more."""
RUN = 3
LEGIBLE = 0.70
"""Confidence above which OCR is believed rather than the text layer."""
ENOUGH = 0.5
"""Letters OCR must have read, for each letter of the line, to contradict it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A line of a page (0-based index) to be compared."""

    index: int
    line: int
    font: str


def samples_of(pages: Sequence[RawPage]) -> list[Sample]:
    """A few lines of each font from pages far apart, and of each scan recognised before."""
    by_font: dict[str, list[Sample]] = defaultdict(list)
    scans: list[Sample] = []
    for index, page in enumerate(pages):
        lines = [Sample(index, n, line.font) for n, line in enumerate(page.lines) if _comparable(line.text)]
        if page.scanned:
            scans += _spread(lines, PER_SCAN)
        else:
            for sample in lines:
                by_font[sample.font].append(sample)
    fonts = [sample for lines in by_font.values() for sample in _spread(lines, PER_FONT)]
    chosen = _spread(fonts, MOST // 2) + _spread(scans, MOST // 2)
    return sorted(chosen, key=lambda sample: (sample.index, sample.line))


def _comparable(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= LEAST_LETTERS and len(text) <= 3 * LONGEST


def _spread(samples: Sequence[Sample], most: int) -> list[Sample]:
    """At most `most` of them, evenly from first to last."""
    if len(samples) <= most:
        return list(samples)
    return [samples[round(place * (len(samples) - 1) / max(1, most - 1))] for place in range(most)]


def sheets_of(samples: Sequence[Sample], pages: Sequence[RawPage]) -> list[Picture]:
    """The samples as pictures of up to ON_A_SHEET lines."""
    sheets = []
    for start in range(0, len(samples), ON_A_SHEET):
        first, *others = (_strip(sample, pages) for sample in samples[start : start + ON_A_SHEET])
        # A sheet always holds several lines: alone, a part is read as a picture.
        sheets.append(Picture(first.index, first.box, False, first.turned, tuple(others) or (first,)))
    return sheets


def _strip(sample: Sample, pages: Sequence[RawPage]) -> Picture:
    page = pages[sample.index]
    return Picture(sample.index, page.lines[sample.line].box, False, page.frame.turned)


def said_on(results: Sequence[OcrResult]) -> dict[int, list[OcrWord]]:
    """The words OCR read for each sample, by its number."""
    said: dict[int, list[OcrWord]] = defaultdict(list)
    for sheet, result in enumerate(results):
        for word in result.words:
            said[sheet * ON_A_SHEET + word.line].append(word)
    return said


def suspects_of(samples: Sequence[Sample], said: dict[int, list[OcrWord]], pages: Sequence[RawPage]) -> dict[int, str]:
    """Pages (0-based) to be read whole, each with the words in doubt: those with a doubtful font, and doubtful scans."""
    pages_in_doubt: dict[int, str] = {}
    fonts: set[str] = set()
    for number, sample in enumerate(samples):
        text = pages[sample.index].lines[sample.line].text
        words = said.get(number, [])
        shown = OcrResult(tuple(words))
        if words and says_otherwise(text, " ".join(word.text for word in words), shown.confidence):
            pages_in_doubt.setdefault(sample.index, text)
            fonts |= {sample.font} if not pages[sample.index].scanned else set()
    for index, page in enumerate(pages):
        line = next((line for line in page.lines if line.font in fonts and _comparable(line.text)), None)
        if line is not None and not page.scanned:
            pages_in_doubt.setdefault(index, line.text)
    return dict(sorted(pages_in_doubt.items()))


def says_otherwise(text: str, shown: str, confidence: float) -> bool:
    """Whether what is shown is legible and is not the text."""
    told, seen = _letters(text)[:LONGEST], _letters(shown)
    if confidence < LEGIBLE or len(seen) < ENOUGH * len(told):
        return False
    matcher = SequenceMatcher(None, told, seen, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks() if block.size >= RUN) < AGREE * len(told)


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())
