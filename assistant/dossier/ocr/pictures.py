"""Which parts of a dossier are pictures to be read, and their words as lines among the page's own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from assistant.dossier.ocr.engines import OcrResult, OcrWord, Picture, PictureReader
from assistant.dossier.ocr.text_layer_check import LEGIBLE, said_on, samples_of, says_otherwise, sheets_of, suspects_of
from assistant.dossier.pdf.drawn_lines import Rules
from assistant.dossier.pdf.lines import Line, union
from assistant.dossier.pdf.raw import RawPage
from assistant.dossier.pdf.source import PdfSource
from assistant.dossier.steps import READ_PICTURES
from assistant.dossier.text.damage import garbled_pages
from assistant.result import Box

LARGE = 0.10
"""Share of its page above which a picture is read: smaller ones are logos and pictograms."""
SMALL, TOGETHER = 0.025, 0.25
"""Smaller pictures down to the first share are read as well where together they take the second: pages of screenshots."""
MOST_PICTURES = 12
"""Of a page with more large pictures, the largest are read."""
OCR_OFF = "la reconnaissance de caractères est désactivée"
LEAST_LETTERS = 25
"""A page with fewer letters of its own (a page number, a header) and a picture on it is read as a whole."""
LEAST_CONFIDENCE = 0.35
"""Mean confidence below which a line is smudges, not words. In a line that is read, a doubtful word stays."""
SAME_SIZE = 0.35
"""How far the height of a line strays from the others' for want of a tall letter or a tail."""
UNCERTAIN = 0.70
"""Mean confidence of a picture's words below which its reading is reported as uncertain."""


class OcrSource(PdfSource):
    """The file's own text, and what stands in its pictures."""

    def __init__(self, reader: PictureReader, begin: Callable[[Sequence[Picture]], None] = lambda _: None) -> None:
        """`begin` is told of pictures as soon as their page is read: they may be read meanwhile."""
        self._reader = reader
        self._begin = begin

    def page(self, document: Any, number: int) -> RawPage:
        page = super().page(document, number)
        self._begin(pictures_of(number, page))
        return page

    def pictures(
        self, document: Any, pages: Sequence[RawPage], progress: Callable[[str, int, int], None]
    ) -> tuple[RawPage, ...]:
        """The pages with the words of their pictures as lines of source "ocr".

        A page whose text layer says something else than it shows is read as a picture.
        """
        wanted = [picture for index, page in enumerate(pages) for picture in pictures_of(index, page)]
        samples = samples_of(pages)
        sheets = sheets_of(samples, pages)
        results = self._reader.read(
            [*sheets, *wanted], lambda done, total: progress(READ_PICTURES, min(done, len(wanted)), len(wanted))
        )
        read = list(pages)
        for picture, result in zip(wanted, results[len(sheets) :], strict=True):
            read[picture.index] = _with(read[picture.index], picture, result)
        read = [_with_excess(index, page, read[index]) for index, page in enumerate(pages)]
        garbled = garbled_pages([page.lines for page in pages])
        suspects = garbled | suspects_of(samples, said_on(results[: len(sheets)]), pages)
        whole = [
            Picture(index, (0.0, 0.0, *read[index].frame.size), True, read[index].frame.turned) for index in suspects
        ]
        shown = self._reader.read(whole, lambda done, total: progress(READ_PICTURES, done, total))
        for picture, result in zip(whole, shown, strict=True):
            sample = suspects[picture.index]
            text = " ".join(word.text for word in result.words)
            if result.failure:
                read[picture.index] = replace(read[picture.index], uncertain=True)
            elif result.words and (
                says_otherwise(sample, text, result.confidence)
                or (picture.index in garbled and result.confidence >= LEGIBLE)
            ):
                page = _with(read[picture.index], picture, result)
                read[picture.index] = replace(page, mismatch=sample)
        return tuple(read)

    def without_pictures(self, pages: Sequence[RawPage], reason: str) -> tuple[RawPage, ...]:
        return told_unread(pages, reason)


class TextOnlySource(PdfSource):
    """The file's own text; pictures that may hold words are said to be unread."""

    def pictures(
        self, document: Any, pages: Sequence[RawPage], progress: Callable[[str, int, int], None]
    ) -> tuple[RawPage, ...]:
        return told_unread(pages, OCR_OFF)

    def without_pictures(self, pages: Sequence[RawPage], reason: str) -> tuple[RawPage, ...]:
        return told_unread(pages, reason)


def told_unread(pages: Sequence[RawPage], reason: str) -> tuple[RawPage, ...]:
    """The pages, each told which of its pictures are left unread for `reason`."""
    read = list(pages)
    for index, page in enumerate(pages):
        for picture in pictures_of(index, page):
            read[index] = _with(read[index], picture, OcrResult((), reason))
    return tuple(_with_excess(index, page, read[index]) for index, page in enumerate(pages))


def pictures_of(index: int, page: RawPage) -> list[Picture]:
    """What to read on one page: the whole of it when it has hardly any text, else its large pictures."""
    return _chosen(index, page)[0]


def _chosen(index: int, page: RawPage) -> tuple[list[Picture], list[Picture]]:
    """The pictures to read, in the order they were drawn, and those beyond MOST_PICTURES, the smallest."""
    if page.failure is not None or page.blank:
        return [], []
    width, height = page.frame.size
    letters = sum(c.isalpha() for line in page.lines for c in line.text)
    shares: dict[Picture, float] = {}
    for box in page.rules.pictures:
        x0, top, x1, bottom = max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3])
        share = max(0.0, x1 - x0) * max(0.0, bottom - top) / max(1.0, width * height)
        shares[Picture(index, (x0, top, x1, bottom), False, page.frame.turned)] = share
    large = [picture for picture, share in shares.items() if share >= LARGE]
    if letters < LEAST_LETTERS and (large or not page.lines):
        return [Picture(index, (0.0, 0.0, width, height), True, page.frame.turned)], []
    small = [picture for picture, share in shares.items() if SMALL <= share < LARGE]
    worth = {*large, *(small if sum(shares[picture] for picture in small) >= TOGETHER else ())}
    bare = [picture for picture in shares if picture in worth and not _has_text_layer(picture.box, page.lines)]
    largest = set(sorted(bare, key=lambda picture: -shares[picture])[:MOST_PICTURES])
    return [p for p in bare if p in largest], [p for p in bare if p not in largest]


def _with_excess(index: int, page: RawPage, read: RawPage) -> RawPage:
    """The page as `read`, told which pictures of `page` are beyond what is read of one page."""
    excess = _chosen(index, page)[1]
    if not excess:
        return read
    numbers = ", ".join(str(number) for number in sorted(_number(picture, page) for picture in excess))
    several = "s" if len(excess) > 1 else ""
    said = f"image{several} {numbers} de la page non lue{several} ({MOST_PICTURES} au plus par page)"
    return replace(read, missed=(*read.missed, said))


def _number(picture: Picture, page: RawPage) -> int:
    """The place of a picture among those of its page, from 1, from top to bottom."""
    left, top = picture.box[:2]
    return 1 + sum((max(0.0, box[1]), max(0.0, box[0])) < (top, left) for box in page.rules.pictures)


def _has_text_layer(box: Box, lines: Sequence[Line]) -> bool:
    """Whether words of the text layer lie over a picture: a scan that was recognised before, or a background."""
    over = [line for line in lines if _inside(line.box, box)]
    return sum(c.isalpha() for line in over for c in line.text) >= LEAST_LETTERS


def _inside(line: Box, box: Box) -> bool:
    x, y = (line[0] + line[2]) / 2, (line[1] + line[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _with(page: RawPage, picture: Picture, result: OcrResult) -> RawPage:
    every: dict[int, list[OcrWord]] = {}
    for word in result.words:
        every.setdefault(word.line, []).append(word)
    lines = {number: words for number, words in every.items() if OcrResult(tuple(words)).confidence >= LEAST_CONFIDENCE}
    if not lines:
        return page if result.failure is None else _unread(page, picture, result.failure)
    read = _sized([_line(words) for words in lines.values()], picture.whole)
    uncertain = page.uncertain or result.confidence < UNCERTAIN
    if picture.whole:
        frame = page.frame.turned_by(result.turn)
        rules = page.rules if not result.turn else Rules(pictures=((0.0, 0.0, *frame.size),))
        return replace(page, frame=frame, rules=rules, lines=read, uncertain=uncertain)
    read = tuple(_on_page(line, picture.box, result.turn) for line in read)
    place = max((n for n, line in enumerate(page.lines, 1) if line.box[3] <= picture.box[1] + 2), default=0)
    return replace(page, lines=(*page.lines[:place], *read, *page.lines[place:]), uncertain=uncertain)


def _unread(page: RawPage, picture: Picture, reason: str) -> RawPage:
    """The page, told that a picture of it, or the whole of it, was not read."""
    if picture.whole:
        return replace(page, failure=reason)
    return replace(page, missed=(*page.missed, f"image {_number(picture, page)} de la page non lue ({reason})"))


def _on_page(line: Line, picture: Box, turn: int) -> Line:
    """A line of a picture where it stands on the page; one that runs another way is marked as a whole."""
    if turn:
        box = _turned_back(line.box, picture, turn)
        return replace(line, boxes=(box,) * len(line.text), box=box)
    x, y = picture[:2]
    boxes = tuple(box and (box[0] + x, box[1] + y, box[2] + x, box[3] + y) for box in line.boxes)
    return replace(line, boxes=boxes, box=union([box for box in boxes if box is not None]))


def _turned_back(box: Box, picture: Box, turn: int) -> Box:
    """A box of the picture turned clockwise by `turn` quarters, in points of the page."""
    left, top, right, bottom = picture
    x0, y0, x1, y1 = box
    if turn == 1:
        return (left + y0, bottom - x1, left + y1, bottom - x0)
    if turn == 2:
        return (right - x1, bottom - y1, right - x0, bottom - y0)
    return (right - y1, top + x0, right - y0, top + x1)


def _sized(lines: Sequence[Line], whole: bool) -> tuple[Line, ...]:
    """Lines with their type size in points.

    A line's height depends on its letters: those near the usual height are set in one size. Words in a picture on a
    page have no size that compares with the page's own (0).
    """
    if not whole or not lines:
        return tuple(replace(line, size=0.0) for line in lines)
    usual = median(line.size for line in lines)
    return tuple(replace(line, size=usual) if abs(line.size - usual) <= SAME_SIZE * usual else line for line in lines)


def _line(words: Sequence[OcrWord]) -> Line:
    text = ""
    boxes: list[Box | None] = []
    for word in words:
        if text:
            text += " "
            boxes.append(None)
        text += word.text
        boxes += _letters(word)
    whole = union([word.box for word in words])
    return Line(text, tuple(boxes), whole, round(whole[3] - whole[1], 1), False, "ocr")


def _letters(word: OcrWord) -> list[Box]:
    """The word's box cut into equal parts, one a letter: OCR places words only."""
    x0, top, x1, bottom = word.box
    each = (x1 - x0) / len(word.text)
    return [(x0 + place * each, top, x0 + (place + 1) * each, bottom) for place in range(len(word.text))]
