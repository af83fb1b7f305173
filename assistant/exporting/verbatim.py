"""Quotation marks beside a page say that these very words stand on it: they are left only around words that do."""

import re
from collections.abc import Iterable, Mapping

_MARKED = re.compile(r"«([^«»]*)»|“([^“”]*)”|„([^„“”]*)[“”]|‹([^‹›]*)›|\"([^\"]*)\"")
_LOOSE = re.compile(r"\s*[»”›]|[«“„‹]\s*")
_KEPT = {ord(mark): chr(0xFDD0 + place) for place, mark in enumerate('«»“”„‹›"')}
_BACK = {ord(kept): chr(mark) for mark, kept in _KEPT.items()}
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "\u00ad": None})


class DossierWords:
    """What the dossier says, page by page (1-based), to hold quotations against."""

    def __init__(self, said: Iterable[tuple[int, str]]) -> None:
        pages: dict[int, list[str]] = {}
        for page, text in said:
            pages.setdefault(page, []).append(_plain(text))
        self._pages: Mapping[int, list[str]] = pages

    def holds(self, quote: str, pages: Iterable[int]) -> bool:
        """Whether these words stand, whole and in this order, on one of the pages; spaces and apostrophes are all alike."""
        asked = _plain(quote)
        if not asked:
            return False
        whole = re.compile(rf"(?<!\w){re.escape(asked)}(?!\w)")
        return any(whole.search(text) for page in pages for text in self._pages.get(page, ()))

    def pages_of(self, quote: str) -> tuple[int, ...]:
        """The pages on which these words stand, in order."""
        return tuple(page for page in sorted(self._pages) if self.holds(quote, (page,)))

    def true_to(self, text: str, pages: tuple[int, ...]) -> str:
        """The text, without the quotation marks around what does not stand on its pages; as it is where it names none."""
        if not pages:
            return text
        stripped = text.strip()
        if stripped[:1] == "«" and stripped[-1:] == "»" and self.holds(stripped[1:-1], pages):
            return text

        def checked(found: re.Match[str]) -> str:
            said = next(part for part in found.groups() if part is not None)
            return found.group().translate(_KEPT) if self.holds(said.translate(_BACK), pages) else said.strip()

        count = 1
        while count:
            text, count = _MARKED.subn(checked, text)
        return _LOOSE.sub("", text).translate(_BACK)


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same, letter by letter; spaces and apostrophes are all alike."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.translate(_SAME).split())
