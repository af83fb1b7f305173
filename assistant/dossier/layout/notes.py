"""Footnotes: small print at the foot of a page that starts with the number of its call."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.dossier.layout.block import Block
from assistant.dossier.layout.signs import NOTE, SUPERSCRIPT_DIGITS
from assistant.dossier.pdf.drawn_lines import Rules
from assistant.dossier.pdf.lines import Line

SMALLER = 0.94
LOWER_PART = 0.45
"""Share of the page's height above which no footnote stands."""
NEAR_RULE, SHORT_RULE = 22.0, 0.5


def with_notes(blocks: Sequence[Block], body: float, rules: Rules, size: tuple[float, float]) -> list[Block]:
    """The blocks with the footnotes told apart, one block each, after what stands above them."""
    notes = [n for n, block in enumerate(blocks) if _is_note(block, blocks, body, rules, size)]
    if not notes:
        return list(blocks)
    first = notes[0]
    result: list[Block] = []
    found: list[Block] = []
    for n, block in enumerate(blocks):
        small = block.kind in {"prose", "bullet"} and block.size <= SMALLER * body
        if n in notes or (n > first and found and small and block.box[1] > found[-1].box[1]):
            found += _each(block, go_on=bool(found))
        else:
            result.append(block)
    return result + found


def number_of(text: str) -> str:
    """The number (or star) a note starts with, empty if none."""
    match = NOTE.match(text)
    return next((g.translate(SUPERSCRIPT_DIGITS) for g in match.groups() if g), "") if match else ""


def _is_note(block: Block, blocks: Sequence[Block], body: float, rules: Rules, size: tuple[float, float]) -> bool:
    if block.kind not in {"prose", "bullet"} or block.row or block.furniture or not number_of(block.text):
        return False
    _, top, _, bottom = block.box
    if top < LOWER_PART * size[1]:
        return False
    under_rule = any(
        0 <= top - y < NEAR_RULE and x1 - x0 < SHORT_RULE * size[0] and abs(x0 - block.box[0]) < 30
        for y, x0, x1 in rules.across
    )
    raised = block.text[:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹"
    if block.size > SMALLER * body and not (under_rule or raised):
        return False
    return not any(
        other.size > SMALLER * body and other.box[1] >= bottom - 1 and not other.furniture and other.kind != "note"
        and not number_of(other.text)
        for other in blocks
    )  # fmt: skip


def _each(block: Block, go_on: bool) -> list[Block]:
    """A block of notes as one block for each of them."""
    parts: list[list[Line]] = []
    last = 0
    for line in block.lines:
        number = number_of(line.text)
        starts = number.isdigit() and (int(number) == last + 1 or not parts or line.text[:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹")
        if starts or not parts or (number and not number.isdigit()):
            parts.append([line])
            last = int(number) if number.isdigit() else last
        else:
            parts[-1].append(line)
    return [replace(block, kind="note", lines=tuple(part)) for part in parts]
