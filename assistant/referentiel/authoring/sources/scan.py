"""Pages that are pictures: turned and set straight, their rules found, their words read by the project's own reader.

Each page is drawn at the reader's resolution, turned upright by it, straightened by the angle of its long rules (or of
its lines of text), and cut into cells along its rules as a PDF page is along its drawn ones.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.errors import ReferentielError
from assistant.referentiel.authoring.sources.geometry import Box, open_ends, page_pieces
from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.sources.marks import marks
from assistant.referentiel.authoring.sources.pieces import Source
from assistant.referentiel.authoring.sources.recognising import DPI, Recogniser, Seen
from assistant.referentiel.authoring.sources.upward import with_standing

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_TILT, LEAST_TILT = 8.0, 0.15
RULE = 40
"""A rule is at least this many points long."""
SHORT_RULE, MEETS = 11.0, 3.0
"""Points: what runs from one rule to another may be as short, and its ends as far from them."""
SURE = 0.35
MISREAD = frozenset("e¢©®°*+o»¤¥§")
"""What a bullet that stands alone is read as; none of these is a word."""


_SIGNS = re.compile(r"[+*°•®©¢¥§]")


def read_pictures(path: Path, pages: list[int], kept: Path | None = None) -> Source:
    """The given pages (from 1) of a PDF; what is recognised on them is kept in the folder `kept`."""
    with _opened(path) as draw:
        return _read([(number, partial(draw, number)) for number in pages], kept)


def read_picture(path: Path, kept: Path | None = None) -> Source:
    """A photograph or a scan that is no PDF. Raises ReferentielError when it is no picture."""
    return _read([(number, frame.copy) for number, frame in enumerate(_frames(path), start=1)], kept)


def upright_page(path: Path, number: int, kept: Path | None = None) -> "tuple[Image, list[Word]]":
    """One page (from 1) of a scan as it is read: straight and upright, and its words in points of that picture."""
    if path.read_bytes()[:5] == b"%PDF-":
        with _opened(path) as draw:
            picture = draw(number)
    else:
        picture = _frames(path)[number - 1]
    straight = straightened(picture)
    with Recogniser(kept) as recogniser:
        result = recogniser.read(straight)
    upright = straight.rotate(-90 * result.turn, expand=True, fillcolor=255)
    _, rules = ruled(upright)
    return upright, [_word(word) for word in result.words if _is_text(word, rules)]


@contextmanager
def _opened(path: Path) -> "Iterator[Callable[[int], Image]]":
    """Draws pages (from 1) of a PDF in grey, one at a time: pdfium is for one thread."""
    import pypdfium2

    document, one_at_a_time = pypdfium2.PdfDocument(str(path)), Lock()

    def draw(number: int) -> "Image":
        with one_at_a_time:
            drawn: Image = document[number - 1].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
            return drawn

    try:
        yield draw
    finally:
        document.close()


def _frames(path: Path) -> "list[Image]":
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            return [ImageOps.exif_transpose(frame.copy()).convert("L") for frame in ImageSequence.Iterator(picture)]
    except (OSError, UnidentifiedImageError) as error:
        raise ReferentielError(f"L’image {path.name} ne peut pas être lue : numérisez la page à nouveau.") from error


def _read(pages: "Sequence[tuple[int, Callable[[], Image]]]", kept: Path | None) -> Source:
    """The pages in order, as many at once as there are processors."""
    with Recogniser(kept) as recogniser, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        read = list(pool.map(lambda page: _page(page[0], page[1], recogniser), pages))
    return Source(
        [piece for one in read for piece in one.pieces],
        [words for one in read for words in one.words],
        [unread for one in read for unread in one.unread],
    )


def _page(number: int, draw: "Callable[[], Image]", recogniser: Recogniser) -> Source:
    """One page set straight, then read."""
    straight = straightened(draw())
    result = recogniser.read(straight)
    if result.failure or not result.words:
        return Source([], [], [(number, result.failure or "aucun mot n’a été reconnu sur cette page")])
    upright = straight.rotate(-90 * result.turn, expand=True, fillcolor=255)
    cells, rules = ruled(upright)
    own = [_word(word) for word in result.words if _is_text(word, rules)]
    own = with_standing(upright, cells, own, recogniser)
    words = [(number, " ".join(word.text for word in own))]
    own += marks(upright, own, rules)
    return Source(page_pieces(own, cells, number, upright.width * 72 / DPI), words, [])


def _word(word: Seen) -> Word:
    x0, top, x1, bottom = word.box
    text = word.text.strip()
    if text in MISREAD or (len(text) <= 3 and _SIGNS.search(text) and not any(c.isalnum() for c in text)):
        text = "•"
    return Word(text, x0, top, x1, bottom, ocr=True)


def _is_text(word: Seen, rules: list[Box]) -> bool:
    """Not a rule that was taken for a letter."""
    text = word.text.strip()
    if not text:
        return False
    lone = len(text) <= 2 and not text.isalnum()
    return not (lone and word.confidence < 2 * SURE and set(text) <= set("|_-—–=~.,:;'’‘“”[](){}!/\\¦"))


def straightened(picture: "Image") -> "Image":
    """The picture turned by the small angle at which its rules or its lines of text lie."""
    tilt = _tilt(picture)
    if abs(tilt) < LEAST_TILT:
        return picture
    from PIL import Image

    return picture.rotate(tilt, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)


def _tilt(picture: "Image") -> float:
    """Degrees by which the page must be turned anticlockwise: the angle at which its rows of ink are sharpest."""
    import cv2
    import numpy

    small = picture.resize((max(1, picture.width // 3), max(1, picture.height // 3)))
    ink = (numpy.asarray(small) < 160).astype(numpy.uint8) * 255
    height, width = ink.shape

    def sharpness(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        turned = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST)
        rows = turned.sum(axis=1).astype(float)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    coarse = max((step / 2 for step in range(int(-2 * MOST_TILT), int(2 * MOST_TILT) + 1)), key=sharpness)
    return max((coarse + step / 20 for step in range(-10, 11)), key=sharpness)


def ruled(picture: "Image") -> tuple[list[list[Box]], list[Box]]:
    """The cells of each ruled table of a straight page, in points; and the rules themselves."""
    import numpy
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    ink = (numpy.asarray(picture) < 150).astype(numpy.uint8)
    level, upright = _strokes(ink, across=True), _strokes(ink, across=False)
    long_level, long_upright = ([box for box, length in strokes if length >= RULE] for strokes in (level, upright))
    level_rules = [box for box, length in level if length >= RULE or _spans(box, long_upright, across=True)]
    upright_rules = [box for box, length in upright if length >= RULE or _spans(box, long_level, across=False)]
    edges = [_edge(box, True) for box in level_rules] + [_edge(box, False) for box in upright_rules]
    merged = merge_edges(edges, snap_x_tolerance=5, snap_y_tolerance=5, join_x_tolerance=12, join_y_tolerance=5)
    merged += open_ends(merged)
    crossings = edges_to_intersections(merged, x_tolerance=8, y_tolerance=8)
    tables = cells_to_tables(intersections_to_cells(crossings))
    made = [[_box(cell) for cell in cells] for cells in tables if len(cells) > 1]
    return made, level_rules + upright_rules


def _strokes(ink: Any, *, across: bool) -> list[tuple[Box, float]]:
    """Level (or upright) strokes in points, each with its length; short ones may be parts of letters."""
    import cv2
    import numpy

    scale = 72 / DPI
    length = round(SHORT_RULE / scale)
    shape = (length, 1) if across else (1, length)
    thick = cv2.dilate(ink, numpy.ones((3, 1) if across else (1, 3), numpy.uint8))
    lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
    count, _, stats, _ = cv2.connectedComponentsWithStats(lines)
    found: list[tuple[Box, float]] = []
    for x, y, width, height, _area in stats[1:count].tolist():
        long, wide = (width, height) if across else (height, width)
        if long < length or wide > 14 + long * 0.02:
            continue
        if across:
            middle = (y + height / 2) * scale
            box = (x * scale, middle, (x + width) * scale, middle)
        else:
            middle = (x + width / 2) * scale
            box = (middle, y * scale, middle, (y + height) * scale)
        found.append((box, long * scale))
    return found


def _spans(box: Box, others: list[Box], *, across: bool) -> bool:
    """Whether a short stroke runs from one long rule to another: the side of a low row or of a narrow column."""
    x0, top, x1, bottom = box
    if across:
        met = [o[0] for o in others if o[1] - MEETS <= top <= o[3] + MEETS]
        ends = (x0, x1)
    else:
        met = [o[1] for o in others if o[0] - MEETS <= x0 <= o[2] + MEETS]
        ends = (top, bottom)
    return all(any(abs(place - end) <= MEETS for place in met) for end in ends)


def _box(cell: Any) -> Box:
    x0, top, x1, bottom = cell
    return float(x0), float(top), float(x1), float(bottom)


def _edge(box: Box, across: bool) -> dict[str, Any]:
    """A rule as pdfplumber knows one."""
    x0, top, x1, bottom = box
    place = {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return {**place, "orientation": "h" if across else "v", "object_type": "line"}
