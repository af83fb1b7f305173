"""The section each sentence stands in, from the bookmarks where there are any, else from the headings themselves."""

from collections.abc import Sequence

from assistant.dossier.layout.block import Block
from assistant.dossier.model import SentenceRole
from assistant.text import LEVELS, fold

LONGEST = 160


class Sections:
    """Follows the reading order and remembers the headings above the present place (two levels at most)."""

    def __init__(self, outline: Sequence[tuple[int, str, int]]) -> None:
        self._outline = {(page, fold(title)): depth for depth, title, page in outline}
        self._stack: list[tuple[float, str]] = []

    def at(self, page: int, block: Block, text: str, role: SentenceRole) -> str:
        """The section of a sentence; a heading opens its own. Levels come from the bookmarks or the font size."""
        depth = self._outline.get((page, fold(text))) if self._outline else None
        if role != "furniture" and (block.kind == "heading" or depth is not None):
            rank = -float(depth) if depth is not None else block.size
            while self._stack and self._stack[-1][0] <= rank + 0.01:
                self._stack.pop()
            self._stack.append((rank, text[:LONGEST]))
        return LEVELS.join(title for _, title in self._stack[-2:])
