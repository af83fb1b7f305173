"""The pages that a draft was imported from: drawn with the words of one field boxed, and their lines to take words from."""

import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.access.actor import Actor
from assistant.application.installation import Installation
from assistant.application.referentiels import Referentiels
from assistant.components import converter
from assistant.dossier.pdf.opening import opened
from assistant.dossier.pdf.render import page_png
from assistant.errors import PrelectureError
from assistant.referentiel.authoring.sources.pieces import tokens

CONVERTED = (".docx", ".doc", ".odt", ".rtf", ".pptx", ".odp", ".xlsx", ".xls", ".ods")
MOST_PARTS = 8
"""A text that a page or a column cuts stands in parts; smaller ones than this many words are not looked for apart."""
LEAST = 3

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """`png` is empty where the source has no pages; `lines` are the words of the page, `boxed` how many places were found."""

    page: int
    pages: int
    png: bytes
    lines: tuple[str, ...]
    boxed: int


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


class SourcePages:
    """One page at a time."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._referentiels = Referentiels(installation)

    def page(self, actor: Actor, draft_id: str, page: int, text: str, scale: float = 1.4) -> SourcePage:
        """Page `page` (from 1) with the places of `text` boxed. Raises NotFound where the draft has no source."""
        name, data = self._referentiels.source(actor, draft_id)
        file = self._pdf(name, data)
        if file is None:
            return SourcePage(1, 1, b"", tuple(_other_lines(name, data)), 0)
        with opened(file.read_bytes()) as document:
            pages = len(document)
            page = max(1, min(page, pages))
            drawn = document[page - 1]
            boxes, lines = _found(drawn, text)
        png = _boxed(page_png(file, page, scale), boxes, scale)
        return SourcePage(page, pages, png, lines, len(boxes))

    def page_of(self, actor: Actor, draft_id: str, text: str) -> int:
        """The first page on which the beginning of a text stands; 1 where none has it."""
        name, data = self._referentiels.source(actor, draft_id)
        file = self._pdf(name, data)
        wanted = " ".join(tokens(text)[:8])
        if file is None or not wanted:
            return 1
        with opened(file.read_bytes()) as document:
            for number in range(len(document)):
                words = " ".join(tokens(document[number].get_textpage().get_text_range()))
                if wanted in words:
                    return number + 1
        return 1

    def _pdf(self, name: str, data: bytes) -> Path | None:
        """The source as a PDF on disk, made by LibreOffice where it is an office file; None where it has no pages."""
        import hashlib

        kept = self._installation.files.path(hashlib.sha256(data).hexdigest())
        if data[:5] == b"%PDF-":
            return kept
        if not name.lower().endswith(CONVERTED):
            return None
        try:
            return converter(self._installation.settings.data_dir).pdf_file(kept)
        except PrelectureError:
            return None


def _found(page: Any, text: str) -> tuple[list[Box], tuple[str, ...]]:
    """The boxes of a text on a page (points, from its top left), and the page's lines."""
    layer = page.get_textpage()
    said = layer.get_text_range()
    lines = tuple(line.strip() for line in re.split(r"[\r\n]+", said) if len(line.strip()) > 1)
    words = [_Word(m[0].lower(), m.start(), m.end()) for m in re.finditer(r"[^\W_]+", said)]
    height = page.get_height()
    boxes: list[Box] = []
    for first, last in _spans(words, tokens(text)):
        boxes += _around(layer, words[first : last + 1], height)
    return boxes, lines


def _spans(words: Sequence[_Word], wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The longest runs of the wanted words that stand on the page, in their order."""
    start, parts = 0, 0
    known = [word.text for word in words]
    while start < len(wanted) and parts < MOST_PARTS:
        best = (0, 0)
        for place in (n for n, word in enumerate(known) if word == wanted[start]):
            length = 0
            for one, other in zip(known[place:], wanted[start:], strict=False):
                if one != other:
                    break
                length += 1
            best = max(best, (length, place))
        length, place = best
        if length >= LEAST or (length and length == len(wanted)):
            yield place, place + length - 1
            parts += 1
        start += max(1, length)


def _around(layer: Any, words: Sequence[_Word], height: float) -> list[Box]:
    """One box for each line of a run of words."""
    boxes: list[Box] = []
    for word in words:
        left, bottom, right, _ = layer.get_charbox(word.start)
        _, low, end, high = layer.get_charbox(word.end - 1)
        own = (left, height - max(high, bottom + 6), max(right, end), height - min(bottom, low))
        last = boxes[-1] if boxes else None
        if last and abs(last[3] - own[3]) < 5 and own[0] >= last[0]:
            boxes[-1] = (last[0], min(last[1], own[1]), max(last[2], own[2]), max(last[3], own[3]))
        else:
            boxes.append(own)
    return boxes


def _boxed(png: bytes, boxes: Sequence[Box], scale: float) -> bytes:
    from PIL import Image, ImageDraw

    if not boxes:
        return png
    with Image.open(io.BytesIO(png)) as picture:
        drawn = picture.convert("RGB")
    pen = ImageDraw.Draw(drawn)
    for x0, y0, x1, y1 in boxes:
        pen.rectangle((x0 * scale - 3, y0 * scale - 3, x1 * scale + 3, y1 * scale + 3), outline=(180, 60, 0), width=2)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def _other_lines(name: str, data: bytes) -> Iterator[str]:
    """The paragraphs of a source that has no pages."""
    from assistant.referentiel.authoring.sources.reading import read_source

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        yield from (paragraph.text for paragraph in read_source(path).paragraphs())
