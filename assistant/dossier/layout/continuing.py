"""Sentences that the end of a column or a page cuts, or a figure in their middle."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.signs import BULLET, COMMON, ENDS, STOPS, starts_low
from assistant.dossier.text.abbreviations import ends_sentence

FULL = 0.85
"""Share of the widest line from which a last line runs to the margin."""
LEAST_WORDS = 4
BETWEEN = frozenset({"caption", "row", "note"})


def goes_over(before: str, after: str, tail: Block, head: Block) -> bool:
    """Whether a sentence that a page (or column) ends with goes on in what the next one starts with."""
    abbreviated = before.rstrip().endswith(".") and not ends_sentence(before.rstrip()[:-1], after)
    if (
        (STOPS.search(before) and not abbreviated)
        or before.rstrip()[-1:] == ":"
        or BULLET.match(after)
        or head.lines[0].marked
    ):
        return False
    last, first = tail.lines[-1], head.lines[0]
    if last.source != first.source or abs(tail.size - head.size) > 0.1 * max(tail.size, head.size):
        return False
    if starts_low(after):
        return not (tail.kind == "bullet" and before.rstrip()[-1:] == ";")
    if abbreviated:
        return True
    if ENDS.search(before) or before.rstrip()[-1:] == ";":
        return False
    word = re.split(r"[\s’']", before.rstrip().lower())[-1]
    if before.rstrip()[-1:] in ",(" or word in COMMON:
        return True
    width = max(line.box[2] - line.box[0] for line in (*tail.lines, *head.lines))
    full = last.box[2] - last.box[0] >= FULL * width and len(tail.lines) > 1 and len(before.split()) > 4
    return full and len(head.lines) > 1


def rejoined_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a page, with a paragraph that goes on in the next column, or after a figure or table, as one."""
    result: list[Block] = []
    for block in blocks:
        place = _opened(result)
        if place is not None and _takes_up(result[place], block, between=len(result) - 1 - place):
            result[place] = replace(result[place], lines=(*result[place].lines, *block.lines))
        else:
            result.append(block)
    return result


def _opened(blocks: Sequence[Block]) -> int | None:
    """The last block of running text, if nothing but figures, tables and notes stands after it."""
    for place in range(len(blocks) - 1, -1, -1):
        if blocks[place].kind in {"prose", "bullet"} and not blocks[place].furniture:
            return place
        if blocks[place].kind not in BETWEEN and blocks[place].lines[0].source != "ocr":
            return None
    return None


def _takes_up(tail: Block, head: Block, between: int) -> bool:
    if head.kind != "prose" or head.furniture or head.row is not None or len(tail.text.split()) < LEAST_WORDS:
        return False
    x0, _, x1, bottom = tail.box
    left, top, right, _ = head.box
    column = top < bottom and (left >= x1 - 5 or right <= x0 + 5)
    below = between > 0 and top >= bottom - 1 and starts_low(head.text)
    return (column or below) and goes_over(tail.text, head.text, tail, head)
