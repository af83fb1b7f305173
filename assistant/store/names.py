"""Names as they are kept: one line, one writing, nothing in it that is not seen, and no longer than a column.

Names of people, candidates, firms, sessions, groups and files are shown to others, compared and sorted. A mark that turns
the direction of writing could hide a file's ending, one that is not seen would give two names one look, and a pile of
accents would cover the lines around it. The text of a dossier is never treated so: it is quoted as it is.
"""

import re
import unicodedata

UNSEEN = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u3164\ufeff\uffa0")
TURNS = range(0x202A, 0x202F), range(0x2060, 0x2070), range(0xFE00, 0xFE10), range(0xE0000, 0xE1000)
"""Marks that turn the direction of writing, operators that are not seen, variants and tags of a character."""
JOINERS = frozenset("\u200c\u200d")
"""Seen only between letters that change by them, or pictures; never beside Latin ones."""
AFTER_LATIN = 0x0590
LEFT_OUT = frozenset({"Cc", "Cs", "Co"})
PILE = 2
"""Accents that a letter may bear beside its own."""
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_SPACES = re.compile("  +")


def kept_name(text: str, longest: int) -> str:
    """A name as it is kept; "" where nothing of it is to be seen. `longest` counts characters."""
    composed = unicodedata.normalize("NFC", _BREAKS.sub(" ", text))
    seen: list[str] = []
    pile = 0
    for place, one in enumerate(composed):
        if not _is_seen(one) or (one in JOINERS and not _joins(composed[place - 1 : place], composed[place + 1 :])):
            continue
        pile = pile + 1 if unicodedata.combining(one) else 0
        if pile <= PILE:
            seen.append(one)
    return _SPACES.sub(" ", "".join(seen)).strip()[:longest].strip()


def _is_seen(one: str) -> bool:
    return (
        one not in UNSEEN and unicodedata.category(one) not in LEFT_OUT and not any(ord(one) in part for part in TURNS)
    )


def _joins(before: str, after: str) -> bool:
    return before > chr(AFTER_LATIN) and after[:1] > chr(AFTER_LATIN)
