"""The text layer of a page through pdfium: characters with boxes, cut into lines with their size and weight."""

import ctypes
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.dossier.pdf.characters import FAR, Characters, plain
from assistant.dossier.pdf.fonts import Faces
from assistant.dossier.pdf.lines import Line, Placed, base_of, whole_lines
from assistant.result import Box

LINE_ENDS = (10, 13)
BLANK = 32
"""The space, and what says nothing before it."""
ROUNDING = 0.001
MOST_CHARACTERS = 60_000
"""A page with more is no page that a person reads; thirty times a full one."""
Boxes = tuple[Box | None, ...]
SAMPLE, LEAST_SAMPLE, NEARLY_ALL = 60, 20, 0.85


@dataclass(frozen=True, slots=True)
class TextLayer:
    """Lines in the order of the page's content; `cut` after MOST_CHARACTERS; `empty` when there is not one letter.

    `places[n][i]` is the place of `lines[n].text[i]` in `characters`; `edges` holds the box of each of these, and no
    box at its end, which NOWHERE stands for.
    """

    lines: tuple[Line, ...]
    places: tuple[Sequence[int], ...]
    cut: bool
    empty: bool
    characters: Characters
    edges: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is displayed: its visible rectangle in PDF space and its rotation (quarter turns clockwise).

    `turned` of the `turns` are ours: the file shows the page lying on its side or upside down.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int
    turned: int = 0

    def turned_by(self, more: int) -> "Frame":
        """The frame of the page turned clockwise by `more` quarters."""
        return replace(self, turns=(self.turns + more) % 4, turned=(self.turned + more) % 4)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of PDF space as x0, top, x1, bottom on the displayed page."""
        if self.turns == 0:
            return (left - self.left, self.top - top, right - self.left, self.top - bottom)
        corners = (self._point(left, bottom), self._point(right, top))
        xs, ys = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
        return (xs[0], ys[0], xs[1], ys[1])

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def frame_of(page: Any) -> Frame:
    """The frame of an open pypdfium2 page."""
    import pypdfium2.raw as pdfium

    rect = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(rect)):
        width, height = page.getsize_at()
        return Frame(0.0, 0.0, width, height, 0)
    return Frame(rect.left, rect.bottom, rect.right, rect.top, pdfium.FPDFPage_GetRotation(page.raw))


def upright(text_page: Any, frame: Frame) -> Frame:
    """The frame turned so that the text stands upright, when nearly all of it runs another way."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFText_CountChars(text_page.raw), MOST_CHARACTERS)
    page = repeat(ctypes.cast(text_page.raw, ctypes.c_void_p).value)
    sample = range(0, count, max(1, count // SAMPLE))
    codes = map(plain("FPDFText_GetUnicode", ctypes.c_void_p, ctypes.c_int), page, sample)
    places = [place for place, code in zip(sample, codes, strict=False) if code > BLANK]
    angles = map(plain("FPDFText_GetCharAngle", ctypes.c_void_p, ctypes.c_int, gives=ctypes.c_float), page, places)
    quarters = [round(angle / (math.pi / 2)) % 4 for angle in angles]
    if len(quarters) < LEAST_SAMPLE:
        return frame
    way, often = Counter(quarters).most_common(1)[0]
    return frame.turned_by((-way - frame.turns) % 4) if often >= NEARLY_ALL * len(quarters) else frame


def text_layer(text_page: Any, frame: Frame) -> TextLayer:
    """The text layer of an open pypdfium2 text page; empty lines are left out."""
    import pypdfium2.raw as pdfium

    total = pdfium.FPDFText_CountChars(text_page.raw)
    characters = Characters(text_page.raw, min(total, MOST_CHARACTERS))
    signs = _signs(characters.codes)
    edges, boxes = _boxes(characters, signs, frame)
    cut = tuple(whole_lines(_lines(signs, edges, boxes, characters, Faces(pdfium, text_page.raw))))
    spaces = not cut and bool(((characters.codes > 0) & (characters.codes <= BLANK)).all())
    lines, places = tuple(line for line, _ in cut), tuple(places for _, places in cut)
    return TextLayer(lines, places, total > characters.count, spaces, characters, edges)


def _signs(numbers: NDArray[np.int64]) -> Sequence[str]:
    """The text of each character: a sign beyond the basic plane, as emojis are, stands for the second of its halves."""
    if len(numbers) and numbers.min() > 0 and numbers.max() < 0xD800:
        return numbers.astype("<u2").tobytes().decode("utf-16-le")
    codes = numbers.tolist()
    signs = [
        chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd" if code else "" for code in codes
    ]
    for place, (high, low) in enumerate(pairwise(codes)):
        if 0xD800 <= high < 0xDC00:
            signs[place] = ""
            if 0xDC00 <= low < 0xE000:
                signs[place + 1] = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return signs


def _boxes(characters: Characters, signs: Sequence[str], frame: Frame) -> tuple[NDArray[np.float64], list[Box | None]]:
    """The box of each character on the displayed page: as an array, not numbers where there is none, and one by one."""
    codes = characters.codes
    edges = np.full((len(codes) + 1, 4), np.nan)
    boxes: list[Box | None] = [None] * len(codes)
    letters = (codes > BLANK) & (codes < 127)
    others = np.flatnonzero(~letters & (codes != BLANK))
    letters[others] = [bool(signs[place]) and not signs[place].isspace() for place in others.tolist()]
    asked = np.flatnonzero(letters)
    places = asked.tolist()
    if not places:
        return edges, boxes
    found, known = characters.boxes(places)
    left, right, bottom, top = found.T
    if frame.turns:
        shown = np.array([frame.shown(*one) for one in zip(left, bottom, right, top, strict=True)])
    else:
        shown = np.column_stack((left - frame.left, frame.top - top, right - frame.left, frame.top - bottom))
    x0, y0, x1, y1 = shown.T
    # As `sound` has it, for all at once.
    sound = (x0 > -FAR) & (x0 <= x1) & (x1 < FAR) & (y0 > -FAR) & (y0 <= y1) & (y1 < FAR) & np.array(known, bool)
    if not sound.all():
        asked, shown = asked[sound], shown[sound]
    edges[asked] = shown
    for place, box in zip(asked.tolist(), zip(*shown.T.tolist(), strict=True), strict=True):
        boxes[place] = box
    return edges, boxes


def _lines(
    signs: Sequence[str],
    edges: NDArray[np.float64],
    boxes: Sequence[Box | None],
    characters: Characters,
    faces: Faces,
) -> Iterator[Placed]:
    """The lines with the places of their characters; what is asked of pdfium is asked for all of them at once."""
    seen = np.flatnonzero(~np.isnan(edges[:, 0]))
    runs = list(_runs(characters.codes, edges, seen, boxes))
    if not runs:
        return
    starts = np.searchsorted(seen, [run.start for run in runs])
    around = np.hstack(
        (np.minimum.reduceat(edges[seen, :2], starts), np.maximum.reduceat(edges[seen, 2:], starts))
    ).tolist()
    samples = [
        (seen[start], seen[start + (end - start) // 2], seen[end - 1], seen[min(start + 1, end - 1)])
        for start, end in pairwise((*starts.tolist(), len(seen)))
    ]
    flat = [int(place) for four in samples for place in four]
    items = characters.objects(flat)
    bounds = zip(*_bounds(edges[seen], starts), strict=True)
    for n, (run, box, bound) in enumerate(zip(runs, around, bounds, strict=True)):
        its = slice(4 * n, 4 * n + 4)
        yield _line(run, signs, boxes, tuple(box), bound, characters, faces, flat[its], items[its])


def _bounds(edges: NDArray[np.float64], starts: NDArray[np.int64]) -> tuple[list[float], list[float]]:
    """For each run of characters, from `starts`: the widest gap between two of them, and how far one of them stands
    left of the end of those before it."""
    apart = np.repeat(np.arange(len(starts)) * 10 * FAR, np.diff((*starts, len(edges))))
    left, right = edges[:, 0] + apart, edges[:, 2] + apart
    reach = np.maximum.accumulate(right)
    gaps, back = np.full(len(edges), -FAR), np.full(len(edges), -FAR)
    gaps[1:], back[1:] = left[1:] - right[:-1], reach[:-1] - left[1:]
    gaps[starts] = back[starts] = -FAR
    least = (np.maximum.reduceat(one, starts) + ROUNDING for one in (gaps, back))
    return next(least).tolist(), next(least).tolist()


def _runs(
    codes: NDArray[np.int64], edges: NDArray[np.float64], seen: NDArray[np.int64], boxes: Sequence[Box | None]
) -> Iterator[range]:
    """The characters of each line, at least one of which one can see. Lines end where pdfium ends them, and where the
    text drops: pdfium runs on after a word cut by a hyphen."""
    left = edges[seen, 0]
    back = seen[1:][left[1:] < left[:-1]].tolist()
    ends = [*np.flatnonzero(np.isin(codes, LINE_ENDS)).tolist(), len(codes)]
    held = np.searchsorted(seen, ends).tolist()
    start, done = 0, 0
    for end, count in zip(ends, held, strict=True):
        before: Box | None = None
        opened = start
        if bisect_left(back, start) < bisect_left(back, end):
            for place in range(start, end):
                box = boxes[place]
                if box is None:
                    continue
                if before is not None and box[0] < before[0] and _drops(before, box):
                    yield range(opened, place)
                    opened = place
                before = box
        if count > done:
            yield range(opened, end)
        start, done = end + 1, count


def sound(box: Box) -> Box | None:
    """A box a page can hold; damaged fonts give infinite ones, and numbers that are none."""
    x0, y0, x1, y1 = box
    return box if -FAR < x0 <= x1 < FAR and -FAR < y0 <= y1 < FAR else None


def _drops(before: Box, box: Box) -> bool:
    """Whether `box`, further left than the one before it, stands on a line below."""
    height = max(before[3] - before[1], box[3] - box[1])
    return box[1] > before[1] + 0.6 * height and box[3] > before[3] + 0.6 * height


def _line(
    run: range,
    signs: Sequence[str],
    boxes: Sequence[Box | None],
    around: Box,
    bounds: tuple[float, float],
    characters: Characters,
    faces: Faces,
    samples: Sequence[int],
    items: Sequence[int],
) -> Placed:
    """The line of a run of characters; `samples`: the first one can see, a middle one, the last, the second, and
    `items`: the text objects they belong to."""
    said, places, its = _said(run, signs, boxes)
    face, second = faces.at(items[0]), faces.at(items[3])
    alike = items[0] != 0 and items[0] == items[1] == items[2]
    lead = said.lstrip()
    alone = samples[0] == samples[2] or lead[1:2].isspace()
    if alone and face.symbols and not lead[0].isdigit():
        said = said.replace(lead[0], "•", 1)
    line = Line(
        said,
        its,
        around,
        characters.size(samples[0], items[0]) if alike else sorted(map(characters.size, samples[:3], items))[1],
        faces.is_bold(samples[0], items[0]) if alike else all(map(faces.is_bold, samples[:3], items)),
        font=face.key,
        base=base_of(said, its),
        mono=face.mono if alike else all(faces.at(item).mono for item in items[:3]),
        marked=alone and not lead[0].isdigit() and face.key.rsplit(" ", 1)[0] != second.key.rsplit(" ", 1)[0],
        widest=bounds[0],
        back=bounds[1],
    )
    return line, places


def _said(run: range, signs: Sequence[str], boxes: Sequence[Box | None]) -> tuple[str, Sequence[int], Boxes]:
    """What a run of characters says, with the place and the box of each letter; halves of signs say nothing."""
    said = signs[run.start : run.stop]
    if isinstance(said, str):
        return said, run, tuple(boxes[run.start : run.stop])
    places = tuple(place for place in run if signs[place])
    return "".join(said), places, tuple(boxes[place] for place in places)
