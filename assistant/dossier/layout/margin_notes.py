"""Notes in the margin beside the text: small print apart from it, read where it stands and not as a column."""

from collections.abc import Sequence

from assistant.dossier.layout.block import Block

SMALLER = 0.93
NARROW = 0.45
"""Width of a note, in widths of the text, at most."""
SPARSE = 0.6
"""Share of the text's height that notes take up, at most: more is a column."""


def notes_in_margin(blocks: Sequence[Block], body: float) -> list[Block]:
    """The blocks in small print that stand apart on one side of all others."""
    small = [block for block in blocks if block.size <= SMALLER * body and block.row is None and not block.furniture]
    text = [block for block in blocks if block not in small and not block.furniture]
    if not small or not text:
        return []
    left, right = min(block.box[0] for block in text), max(block.box[2] for block in text)
    notes = [
        block
        for block in small
        if (block.box[2] < left or block.box[0] > right) and block.box[2] - block.box[0] < NARROW * (right - left)
    ]
    height = max(block.box[3] for block in text) - min(block.box[1] for block in text)
    return notes if sum(block.box[3] - block.box[1] for block in notes) <= SPARSE * height else []


def put_beside(blocks: Sequence[Block], notes: Sequence[Block]) -> list[Block]:
    """`blocks` in reading order with each note before what starts at its height or below it."""
    result = list(blocks)
    for note in notes:
        top = note.box[1] - max(note.size, 6.0)
        place = next((n for n, block in enumerate(result) if block not in notes and block.box[1] >= top), len(result))
        result.insert(place, note)
    return result
