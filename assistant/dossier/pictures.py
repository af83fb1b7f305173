"""Which parts of a dossier are pictures to be read, and their words as lines in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.dossier.glyphs import Line, union
from assistant.dossier.ocr import DPI, SCALE, UNCERTAIN, OcrReader, OcrResult, OcrWord
from assistant.result import Box

LARGE = 0.12
"""Share of its page above which a picture is read: smaller ones are logos and pictograms."""
WHOLE_PAGE = 0.9
LEAST_CONFIDENCE = 0.30
"""Below this a word is a smudge, not a word."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of a page (0-based index) to be read, in points of the displayed page."""

    index: int
    box: Box
    whole: bool


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """Its lines, in its own reading order, with boxes in points; `uncertain` when its words were hard to read."""

    picture: Picture
    lines: tuple[Line, ...]
    uncertain: bool
    failure: str | None = None


def pictures_of(index: int, size: tuple[float, float], has_text: bool, pictures: Sequence[Box]) -> list[Picture]:
    """What to read on one page: the whole of it when it has no text, else its large pictures."""
    width, height = size
    if not has_text:
        return [Picture(index, (0.0, 0.0, width, height), True)]
    kept: list[Picture] = []
    for box in pictures:
        x0, top, x1, bottom = max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3])
        share = max(0.0, x1 - x0) * max(0.0, bottom - top) / max(1.0, width * height)
        if LARGE <= share < WHOLE_PAGE:
            kept.append(Picture(index, (x0, top, x1, bottom), False))
    return kept


def read_pictures(
    document: Any, pictures: Sequence[Picture], reader: OcrReader, progress: Callable[[str, int, int], None]
) -> list[ReadPicture]:
    """Renders and reads; pages that cannot be drawn come back with a reason."""
    drawn = [_drawn(document, picture) for picture in pictures]
    images = [image for image in drawn if image is not None]
    results = iter(reader.read(images, lambda done, total: progress("reconnaissance de caractères", done, total)))
    return [
        _placed(picture, next(results)) if image is not None else ReadPicture(picture, (), False, "image illisible")
        for picture, image in zip(pictures, drawn, strict=True)
    ]


def _drawn(document: Any, picture: Picture) -> Any:
    import pypdfium2

    try:
        page = document[picture.index]
        width, height = page.get_size()
        scale = min(SCALE, 6000 / max(width, height, 1.0))
        image = page.render(scale=scale).to_pil()
        page.close()
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return None
    if picture.whole:
        return image.resize((max(1, round(width * SCALE)), max(1, round(height * SCALE)))) if scale < SCALE else image
    return image.crop(tuple(round(value * scale) for value in picture.box))


def _placed(picture: Picture, result: OcrResult) -> ReadPicture:
    left, top = (0.0, 0.0) if picture.whole else picture.box[:2]
    lines: dict[int, list[OcrWord]] = {}
    for word in result.words:
        if word.confidence >= LEAST_CONFIDENCE:
            lines.setdefault(word.line, []).append(word)
    placed = tuple(_line(words, left, top) for words in lines.values())
    return ReadPicture(picture, placed, bool(placed) and result.confidence < UNCERTAIN, result.failure)


def _line(words: Sequence[OcrWord], left: float, top: float) -> Line:
    text = ""
    boxes: list[Box | None] = []
    for word in words:
        box = _in_points(word, left, top)
        if text:
            text += " "
            boxes.append(None)
        text += word.text
        boxes += [box] * len(word.text)
    whole = union([box for box in boxes if box is not None])
    return Line(text, tuple(boxes), whole, round(whole[3] - whole[1], 1), False, "ocr")


def _in_points(word: OcrWord, left: float, top: float) -> Box:
    factor = 72 / DPI
    x0, y0, x1, y1 = word.box
    return (left + x0 * factor, top + y0 * factor, left + x1 * factor, top + y1 * factor)
