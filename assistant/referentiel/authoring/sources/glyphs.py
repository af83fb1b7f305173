"""The words of a PDF page, from the letters as pdfplumber gives them: what some makers of PDF draw beside or between them."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from assistant.referentiel.authoring.sources.lines import Word
from assistant.referentiel.authoring.sources.marks import before_a_line
from assistant.referentiel.authoring.sources.pieces import SOFT_HYPHEN

BULLET = (1.2, 5.5)
"""Points: the least and the greatest side of a bullet that is drawn and not written."""
NEXT = 3.0
"""Points to the left of a drawn bullet in which no word stands: the words of the column beside it may end near."""
SHOWN_HYPHEN = "\u2010"
"""What browsers draw at the end of a line where they part a word."""


def page_words(page: Any) -> list[Word]:
    """Words in points of the displayed page; bullets that are drawn as discs or squares are « • »."""
    for char in page.chars:
        # A word is one run of one size: the last bits of a number are no change of size.
        char["size"] = round(char["size"] + 0.0137, 1)
    empty = _empty(page.chars)
    standing = any(_stands(char) for char in page.chars)
    aside = [c for c in page.chars if _aside(c, standing) and _place(c) not in empty]
    kept = page.filter(lambda o: o.get("object_type") != "char" or not (_place(o) in empty or _aside(o, standing)))
    found = kept.extract_words(x_tolerance_ratio=0.18, extra_attrs=["size"], return_chars=True)
    made = [
        Word(
            _shown(word["text"]), word["x0"], word["top"], word["x1"], word["bottom"], float(word["size"]),
            2 * sum(_bold(char["fontname"]) for char in word["chars"]) > len(word["chars"]),
        )
        for word in found
    ]  # fmt: skip
    made += _drawn_bullets(page, made)
    return made + _standing(aside)


def _aside(char: dict[str, Any], standing: bool) -> bool:
    return _stands(char) or (standing and _upside_down(char))


def _stands(char: dict[str, Any]) -> bool:
    """Whether a letter is set up or down the page: by its matrix, for some files call such letters upright."""
    return bool(abs(char["matrix"][1]) > abs(char["matrix"][0]))


def _upside_down(char: dict[str, Any]) -> bool:
    """An apostrophe of a line that runs up the page, which browsers do not turn with its letters."""
    return bool(char["matrix"][0] < 0)


def _place(char: dict[str, Any]) -> tuple[str, float, float]:
    return char["text"], char["x0"], char["top"]


def _empty(chars: list[dict[str, Any]]) -> set[tuple[str, float, float]]:
    """Spaces that take no room, in place of a soft hyphen: the next letter stands where they do."""
    found = set()
    for space, after in pairwise(chars):
        here = abs(space["x0"] - after["x0"]) < 0.1 and abs(space["bottom"] - after["bottom"]) < 0.5
        if space["text"] == " " and after["text"].strip() and here:
            found.add(_place(space))
    return found


def _shown(text: str) -> str:
    """A glyph that its font gives no letter for is, in a list, its bullet; a hyphen of the line's end is a soft one."""
    text = re.sub(r"\(cid:\d+\)", "•", text)
    return text[:-1] + SOFT_HYPHEN if len(text) > 1 and text.endswith(SHOWN_HYPHEN) else text


@lru_cache(maxsize=512)
def _bold(font: str) -> bool:
    return bool(re.search(r"bold|black|heavy|semib|demi", font, re.IGNORECASE))


def _drawn_bullets(page: Any, words: list[Word]) -> list[Word]:
    """Small discs and squares before a line's first word: browsers draw the bullets of their lists."""
    least, most = BULLET
    made = []
    for shape in (*page.curves, *page.rects):
        wide, high = float(shape["width"]), float(shape["height"])
        if least <= wide <= most and least <= high <= most and 0.6 < wide / high < 1.7:
            box = (float(shape["x0"]), float(shape["top"]), float(shape["x1"]), float(shape["bottom"]))
            if before_a_line(box, words, NEXT):
                made.append(Word("•", *box))
    return made


def _standing(chars: list[dict[str, Any]]) -> list[Word]:
    """Words of a heading written up (or down) the page, letter by letter as it is read."""
    made: list[Word] = []
    lines: dict[tuple[int, bool], list[dict[str, Any]]] = {}
    for one in (c for c in chars if _stands(c)):
        lines.setdefault((round(one["x0"] / 3), one["matrix"][1] < 0), []).append(one)
    for one in (c for c in chars if not _stands(c)):
        middle = (one["x0"] + one["x1"]) / 2
        own = next((line for line in lines.values() if line[0]["x0"] < middle < line[0]["x1"]), None)
        if own is not None:
            own.append(one)
    for (_, down), line in lines.items():
        line.sort(key=lambda c: c["top"] if down else -c["bottom"])
        run: list[dict[str, Any]] = []
        ended: list[dict[str, Any] | None] = [*line, None]
        for char in ended:
            step = 0.0
            if run and char is not None:
                step = char["top"] - run[-1]["bottom"] if down else run[-1]["top"] - char["bottom"]
            tall = 0.0 if char is None else max(char["size"], char["x1"] - char["x0"])
            if run and (char is None or not char["text"].strip() or step > 0.2 * tall or step < -tall):
                made.append(_stood(run, down))
                run = []
            if char is not None and char["text"].strip():
                run.append(char)
    return made


def _stood(run: list[dict[str, Any]], down: bool) -> Word:
    return Word(
        "".join(char["text"] for char in run),
        min(char["x0"] for char in run), min(char["top"] for char in run),
        max(char["x1"] for char in run), max(char["bottom"] for char in run),
        max(float(run[0]["size"]), run[0]["x1"] - run[0]["x0"]), _bold(run[0]["fontname"]), upright=False, down=down,
    )  # fmt: skip
