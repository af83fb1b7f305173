"""French text as PDFs hand it over, repaired where that is certain, with the place each character came from.

Seen in real dossiers: ligatures as one character or as a control character, accents beside their letter, private-use
bullets, NULs, words cut at the end of a line, doubled spaces.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.lexicon.french import is_french_word
from assistant.result import Box

CONTROL_LIGATURES = {
    "\x0b": "ff", "\x0c": "fi", "\x0e": "ffi", "\x0f": "ffl", "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi",
    "\x1f": "ffl",
}  # fmt: skip
"""Places of the ligatures in TeX's OT1 and T1 encodings, which some fonts leave in the text layer."""
PRESENTATION = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
ACCENTS = {"´": "\u0301", "`": "\u0300", "^": "\u0302", "ˆ": "\u0302", "¨": "\u0308", "¸": "\u0327"}
FRENCH = frozenset("éèêëàâùûüîïôçÿÉÈÊËÀÂÙÛÜÎÏÔÇ")
LINE_HYPHENS = frozenset("-\u2010\u00ad\x02")
KEPT_AFTER = frozenset(
    [
        "ci",
        "là",
        "vous",
        "nous",
        "même",
        "mêmes",
        "être",
        "je",
        "tu",
        "il",
        "elle",
        "on",
        "ils",
        "elles",
        "ce",
        "moi",
        "toi",
        "lui",
        "leur",
        "le",
        "la",
        "les",
        "t",
        "à",
        "dire",
        "delà",
        "dessus",
        "dessous",
    ]
)
KEPT_BEFORE = frozenset(
    [
        "peut",
        "rendez",
        "celui",
        "celle",
        "ceux",
        "celles",
        "au",
        "par",
        "là",
        "ci",
        "non",
        "après",
        "avant",
        "sous",
        "vice",
        "mi",
        "demi",
        "c'est",
    ]
)
_SOUND = re.compile(r"(?:[!-\]_a-z{-~«»À-ÿœŒŸ’“”–—…€°§•\u00a0\u202f\u2010\u2011\u2212²³×→]++| (?! ))*+")
"""Text in which nothing can be wrong: what most lines are made of."""
_WHOLE_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?$")
_WORD_AFTER = re.compile(r"^[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Repaired:
    """`text[i]` came from character `origins[i]` of the text handed over; `certain` repairs made, `doubtful` ones left."""

    text: str
    origins: Sequence[int]
    certain: int
    doubtful: int

    @property
    def untouched(self) -> bool:
        """Whether each character is the one of its own place: the places are the range of all of them."""
        return isinstance(self.origins, range)


def is_private(char: str) -> bool:
    """Whether a character has no meaning of its own (Unicode private use)."""
    return unicodedata.category(char) == "Co"


def as_it_stands(text: str) -> Repaired:
    """A line of code: nothing in it is repaired but characters that say nothing."""
    kept = [(n, char) for n, char in enumerate(text.rstrip()) if unicodedata.category(char) not in {"Cc", "Cf", "Cs"}]
    return Repaired("".join(char for _, char in kept), tuple(n for n, _ in kept), 0, 0)


def repair(text: str, boxes: Sequence[Box | None] = ()) -> Repaired:
    """Repairs one line of text. Nothing is guessed: what is not certain stays and is counted as doubtful.

    `boxes`, one per character where they are known, tell an accent drawn over its letter from a sign beside it.
    """
    if text[:1] != " " and _SOUND.fullmatch(text):
        kept = text.rstrip(" ")
        return Repaired(kept, range(len(kept)), 0, 0)
    out: list[str] = []
    origins: list[int] = []
    certain = doubtful = 0
    skip = -1
    for place, char in enumerate(text):
        if place <= skip:
            continue
        written, used, sure, unsure = _one(text, place, char, bool(out), boxes)
        if written == " " and (not out or out[-1] == " "):
            written = ""
        if len(written) == 1 and unicodedata.combining(written) and out:
            composed = unicodedata.normalize("NFC", out[-1] + written)
            if len(composed) == 1:
                out[-1] = composed
                certain += 1
                continue
        out += written
        origins += [place] * len(written)
        certain += sure
        doubtful += unsure
        skip = place + used - 1
    while out and out[-1] == " ":
        out.pop()
        origins.pop()
    return Repaired("".join(out), tuple(origins), certain, doubtful)


def _one(text: str, place: int, char: str, started: bool, boxes: Sequence[Box | None]) -> tuple[str, int, int, int]:
    """What stands for the character at `place`: (text, characters used, certain repairs, doubtful ones)."""
    following = text[place + 1 : place + 2]
    if char in PRESENTATION:
        return PRESENTATION[char], 1, 1, 0
    if char in CONTROL_LIGATURES and (following.isalpha() or (place and text[place - 1].isalpha())):
        return CONTROL_LIGATURES[char], 1, 1, 0
    if char in ACCENTS:
        joined = unicodedata.normalize("NFC", following + ACCENTS[char]) if following else ""
        if joined in FRENCH and _over(place, text, boxes):
            return joined, 2, 1, 0
        return char, 1, 0, 0
    if is_private(char):
        return ("•", 1, 1, 0) if not started else ("", 1, 0, 1)
    if char == "\ufffd":
        return char, 1, 0, 1
    if char == "\x02":
        return "-", 1, 0, 0
    if char.isspace():
        return (char if char in "\u00a0\u202f\u2003" else " "), 1, 0, 0
    if unicodedata.category(char) in {"Cc", "Cf", "Cs"}:
        return "", 1, 1, 0
    return char, 1, 0, 0


def _over(place: int, text: str, boxes: Sequence[Box | None]) -> bool:
    """Whether an accent belongs to the letter after it: drawn over it; where no boxes tell, inside a word."""
    if len(boxes) > place + 1:
        accent, letter = boxes[place], boxes[place + 1]
        if accent is not None and letter is not None:
            return min(accent[2], letter[2]) - max(accent[0], letter[0]) > 0.3 * (accent[2] - accent[0])
    return text[place] != "`" or text.count("`") % 2 == 1 or (place > 0 and text[place - 1].isalpha())


def cut_word(before: str, after: str, known: Callable[[str], bool]) -> str | None:
    """How a line that ends in a hyphen joins the next: "" (one word), "-" (a compound), None (no word is cut here).

    `known` tells whether a word stands elsewhere in the dossier; a compound is kept where French or the dossier has it.
    """
    if before[-1:] == "–" and before[-2:-1].isdigit() and after[:1].isdigit():
        return "–"
    if not before or before[-1] not in LINE_HYPHENS or not after[:1].isalnum():
        return None
    if not after[:1].islower():
        # A name or a figure follows: « Loire-Atlantique », « Covid-19 », « 2021-2025 ». Capitals are cut like others.
        head = _WORD_BEFORE.search(before[:-1])
        if head is None:
            return "-" if before[-2:-1].isdigit() and after[0].isdigit() else None
        if not (head.group().isupper() and len(head.group()) > 1 and after.split(" ", 1)[0].isupper()):
            return "-"
        joint = cut_word(before.lower(), after.lower(), known)
        return joint if joint is not None else "-"
    left = _WORD_BEFORE.search(before[:-1])
    right = _WORD_AFTER.search(after)
    if not left or not right:
        return None
    bare = re.split("['’]", left.group().lower())[-1]
    long, tail = right.group().lower().replace("'", "’"), right.group().lower().split("’")[0].split("'")[0]
    if before[-1] == "\u00ad":
        return ""
    if known(f"{bare}-{tail}"):
        return "-"
    if known(bare + tail) or known(bare + long):
        return ""
    if is_french_word(bare + tail) or is_french_word(bare + long):
        return ""
    if is_french_word(f"{bare}-{tail}") or tail in KEPT_AFTER or bare in KEPT_BEFORE:
        return "-"
    # A word of several hyphens, or of two words that make none together: a compound of the writer's own.
    several = len(before) > len(left.group()) + 1 and before[-len(left.group()) - 2] in "-\u2010"
    return "-" if several or (is_french_word(bare) and is_french_word(tail) and min(len(bare), len(tail)) > 2) else ""


def parts_of_word(before: str, after: str) -> bool:
    """Whether a line of a narrow cell ends in the middle of a word, without a hyphen: the rest is no word, both are one."""
    left, right = _WORD_BEFORE.search(before), _WORD_AFTER.search(after)
    if not left or not right or not after[:1].islower() or after[right.end() : right.end() + 1] in {"'", "’", "-"}:
        return False
    head, tail = re.split("['’]", left.group().lower())[-1], right.group().lower()
    alone = is_french_word(tail) if len(tail) > 1 else tail in {"a", "à", "y", "ô"}
    return len(head) > 2 and not alone and is_french_word(head + tail)


def vocabulary(lines: Sequence[str]) -> frozenset[str]:
    """The words (and hyphenated compounds) that stand whole inside the lines of a dossier."""
    found: set[str] = set()
    for line in lines:
        said = _WHOLE_WORD.findall(line)
        if not said:
            continue
        *before, last = said
        found.update(before if "‐" not in line else (word.replace("‐", "-") for word in before))
        end = line.rindex(last) + len(last)
        if end < len(line) and line[end] not in LINE_HYPHENS:
            found.add(last)
    return frozenset(map(str.lower, found))
