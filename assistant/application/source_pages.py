"""The pages that a draft was imported from: their picture, and their words with the places where they stand.

A page that is a picture is shown as it was read: straight and upright.
"""

import hashlib
import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.access.actor import Actor
from assistant.application.installation import Installation
from assistant.application.referentiels import SCANNED, Referentiels
from assistant.components import converter
from assistant.dossier.pdf.opening import opened
from assistant.dossier.pdf.render import page_png
from assistant.errors import PrelectureError, UnreadableDossier
from assistant.referentiel.authoring.sources.pieces import tokens
from assistant.store.blobs import Folder

if TYPE_CHECKING:
    from assistant.referentiel.authoring.sources.lines import Word

CONVERTED = (".docx", ".doc", ".odt", ".rtf", ".pptx", ".odp", ".xlsx", ".xls", ".ods")
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
MOST_PARTS = 8
"""A text that a page or a column cuts stands in parts; smaller ones than this many words are not looked for apart."""
LEAST = 3

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word and its box, as shares (0..1) of the page's width and height from its top left; `line` counts from 0."""

    text: str
    box: Box
    line: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """`png` is empty where the source has no pages; `lines` are its words line by line."""

    page: int
    pages: int
    png: bytes
    words: tuple[PageWord, ...]
    lines: tuple[str, ...]


class SourcePages:
    """One page at a time."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._referentiels = Referentiels(installation)
        self._scanned = installation.settings.data_dir / SCANNED

    def page(self, actor: Actor, draft_id: str, page: int, scale: float = 1.4) -> SourcePage:
        """Page `page` (from 1). Raises NotFound where the draft has no source."""
        from assistant.referentiel.authoring.sources.pdf import words_of

        name, data = self._referentiels.source(actor, draft_id)
        file = self._file(name, data)
        if file is None:
            return SourcePage(1, 1, b"", (), tuple(_other_lines(name, data)))
        pages = _count(file)
        page = max(1, min(page, pages))
        words = words_of(file, page) if _is_pdf(file) else []
        if not words:
            return self._scan(file, page, pages)
        with opened(file.read_bytes()) as document:
            wide, high = document[page - 1].get_size()
        return _made(page, pages, page_png(file, page, scale), words, wide, high)

    def page_of(self, actor: Actor, draft_id: str, text: str) -> int | None:
        """The first page on which the beginning of a text stands; None where no page with a text layer has it."""
        name, data = self._referentiels.source(actor, draft_id)
        file = self._file(name, data)
        wanted = " ".join(tokens(text)[:8])
        if file is None or not _is_pdf(file) or not wanted:
            return None
        with opened(file.read_bytes()) as document:
            for number in range(len(document)):
                words = " ".join(tokens(document[number].get_textpage().get_text_range()))
                if wanted in words:
                    return number + 1
        return None

    def _scan(self, file: Path, page: int, pages: int) -> SourcePage:
        from assistant.referentiel.authoring.sources.recognising import DPI
        from assistant.referentiel.authoring.sources.scan import upright_page

        picture, words = upright_page(file, page, self._scanned)
        out = io.BytesIO()
        picture.resize((picture.width * 5 // 8, picture.height * 5 // 8)).save(out, "PNG")
        return _made(page, pages, out.getvalue(), words, picture.width * 72 / DPI, picture.height * 72 / DPI)

    def _file(self, name: str, data: bytes) -> Path | None:
        """The source as a PDF or a picture on disk, made by LibreOffice of an office file; None where it has no pages."""
        if data[:5] == b"%PDF-" or name.lower().endswith(PICTURES):
            return self._at_hand(data)
        if not name.lower().endswith(CONVERTED):
            return None
        try:
            made = converter(self._installation.settings).convert(data, name)
        except PrelectureError:
            return None
        return self._at_hand(made.pdf)

    def _at_hand(self, data: bytes) -> Path:
        """A file of this machine with that content, wherever the original is kept; made again when it is gone."""
        name = f"files/{hashlib.sha256(data).hexdigest()}.pdf"
        kept = Folder(self._scanned)
        if kept.get(name) != data:
            kept.put(name, data, lasting=False)
        return self._scanned / name


def places_of(words: Sequence[PageWord], text: str) -> tuple[Box, ...]:
    """Where a text stands among the words of a page: one box for each line of each part of it."""
    boxes: list[tuple[int, Box]] = []
    flat = [(token, word) for word in words for token in tokens(word.text)]
    for first, last in _spans([token for token, _ in flat], tokens(text)):
        own: dict[int, Box] = {}
        for _, word in flat[first : last + 1]:
            x0, top, x1, bottom = own.get(word.line, word.box)
            left, high, right, low = word.box
            own[word.line] = (min(x0, left), min(top, high), max(x1, right), max(bottom, low))
        boxes += own.items()
    return tuple(box for _, box in boxes)


def _is_pdf(file: Path) -> bool:
    with file.open("rb") as begun:
        return begun.read(5) == b"%PDF-"


def _count(file: Path) -> int:
    if _is_pdf(file):
        with opened(file.read_bytes()) as document:
            return len(document)
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(file) as picture:
            return getattr(picture, "n_frames", 1)
    except (OSError, UnidentifiedImageError) as error:
        raise UnreadableDossier("Cette image ne peut pas être affichée\u00a0: numérisez la page à nouveau.") from error


def _made(page: int, pages: int, png: bytes, words: "Sequence[Word]", wide: float, high: float) -> SourcePage:
    from assistant.referentiel.authoring.sources.lines import lines_of

    placed: list[PageWord] = []
    lines: list[str] = []
    for run in _in_columns([run for line in lines_of(words) for run in _runs(line.words)]):
        placed += [PageWord(w.text, (w.x0 / wide, w.top / high, w.x1 / wide, w.bottom / high), len(lines)) for w in run]
        lines.append(" ".join(word.text for word in run))
    return SourcePage(page, pages, png, tuple(placed), tuple(line for line in lines if len(line) > 1))


def _in_columns(runs: "list[list[Word]]") -> "list[list[Word]]":
    """Runs of words in the order of their columns: each follows the one right above it, if there is one."""
    columns: list[list[list[Word]]] = []
    for run in runs:
        left, right, top = run[0].x0, run[-1].x1, run[0].top
        for column in reversed(columns):
            above = column[-1]
            common = min(right, above[-1].x1) - max(left, above[0].x0)
            near = 0 <= top - above[0].top < 1.8 * (above[0].bottom - above[0].top)
            if near and common > 0.5 * min(right - left, above[-1].x1 - above[0].x0):
                column.append(run)
                break
        else:
            columns.append([run])
    return [run for column in columns for run in column]


def _runs(words: "Sequence[Word]") -> "Iterator[list[Word]]":
    """The words of a line, cut where the room between two of them is that between columns."""
    run: list[Word] = []
    for word in words:
        if run and word.x0 - run[-1].x1 > 1.2 * (word.bottom - word.top):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _spans(known: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The longest runs of the wanted words that stand on the page, in their order."""
    start, parts = 0, 0
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


def _other_lines(name: str, data: bytes) -> Iterator[str]:
    """The paragraphs of a source that has no pages."""
    from assistant.referentiel.authoring.sources.reading import read_source

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        yield from (paragraph.text for paragraph in read_source(path).paragraphs())
