"""Fields, added texts and comments as blocks: the first two where a reader meets them, comments after the page."""

from collections.abc import Sequence

from assistant.dossier.layout.block import Block
from assistant.dossier.pdf.annotations import Mark, Marks
from assistant.dossier.pdf.lines import Line
from assistant.result import Box


def with_marks(blocks: Sequence[Block], marks: Marks) -> list[Block]:
    """`blocks` with each field and added text after what stands above it or to its left."""
    result = list(blocks)
    for mark in marks.marks:
        if mark.kind != "comment":
            place = max((number for number, block in enumerate(result, 1) if _precedes(block.box, mark.box)), default=0)
            result[place:place] = _blocks(mark)
    return result


def comments_of(marks: Marks) -> list[Block]:
    """The comments, in the file's order."""
    return [block for mark in marks.marks if mark.kind == "comment" for block in _blocks(mark)]


def _blocks(mark: Mark) -> list[Block]:
    """One block per line typed."""
    return [
        Block(
            "form" if mark.kind == "form" else "annotation",
            (Line(text, (mark.box,) * len(text), mark.box, 0.0, bold=False),),
            context=(mark.label,) if mark.label else (),
            comment=mark.kind == "comment",
        )
        for text in mark.text.splitlines()
        if text.strip()
    ]


def _precedes(block: Box, mark: Box) -> bool:
    """Whether `block` starts above the middle of `mark` and not to its right."""
    return (block[1] + block[3]) / 2 <= (mark[1] + mark[3]) / 2 + 1 and block[0] < mark[2]
