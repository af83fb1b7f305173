"""The signs at the head of a line that say what it is: bullets, numbers of a list, captions, notes, code."""

import re

BULLETS = "•‣▪▫◦○●■□▶►▸➢➤➔✓✔✗✘☑☐☒→⇒❖◆◇♦★☆✦✧✱❯·∙⁃∗✳\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\uf06e\uf071\uf0e0\uf0a8"
DASHES = "-–—−*+"
_PICTURES = "\u2600-\u27bf\u2b05-\u2b55\U0001f300-\U0001faff"
"""Dingbats and emojis, which stand as bullets in documents written on the web."""
_NUMBER = (
    r"(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4}|[IVX]{1,4})\)|(?:\d{1,2}|[a-gA-G]|[IVX]{2,4}|[IVX]|[ivx]{1,4})\.(?:\d{1,2}\.?)*"
    r"|\d{1,2}[°/-]\)?)"
)
BULLET = re.compile(
    rf"^\s*(?:[{re.escape(BULLETS)}{_PICTURES}\ue000-\uf8ff]|[{re.escape(DASHES)}»›]\s|[oO]\s(?=[A-ZÀ-Ýa-zà-ÿ«\"'])|{_NUMBER}\s)"
)
NUMBERING = re.compile(rf"^\s*{_NUMBER}\s")
LONE_BULLET = re.compile(rf"^\s*(?:[{re.escape(BULLETS + DASHES)}»›{_PICTURES}\ue000-\uf8ff]\ufe0f?|o)\s*$")
LONE_NUMBER = re.compile(rf"^\s*(?:{_NUMBER}|\d{{1,2}}(?:\.\d{{1,2}})*)\s*$")
CAPTION = re.compile(
    r"^\s*(?:figure|fig\.|tableau|capture|schéma|photo|image|illustration|graphique|copie d.écran|annexe)\s*"
    r"(?:n°\s*)?\d+",
    re.I,
)
NUMBERED = re.compile(r"^\s*(?:(?:partie|chapitre|annexe|étape)\s+\w+|\d+(?:\.\d+)*\.?|[IVX]+\.|[A-Z][.)])\s+\S", re.I)
NOTE = re.compile(
    r"^\s*(?:(?P<raised>[⁰¹²³⁴-⁹]+)|(?P<number>\d{1,3})[.)]?\s|\[(?P<bracket>\d{1,3})\]|(?P<star>\*{1,3}))\s*\S"
)
ADDRESS = re.compile(
    r"^\s*(?:\d{5}\s+[^\W\d_]|\d{1,4}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai|route"
    r"|cours|square|passage|sentier|faubourg)\b)",
    re.I,
)
ENDS = re.compile(r"[.!?…:;»\"”)][⁰¹²³⁴-⁹]*\s*$")
STOPS = re.compile(r"[.!?…][⁰¹²³⁴-⁹]*[»\"”)\]]*\s*$|[.!?…]\s?[»\"”)]\s*$")
_CODE = re.compile(
    r"[{};]\s*$|^\s*(?:</?\w|//|/\*|\*/|#include|@\w+|\$\s?\w+|>>>\s|<\?php)|[=!<>]=|=>|::|^\s*\w[\w.]*\s?[+*/-]?=\s?\S|\w\(.*\)|&&|\|\||</\w+>|`\w+`"
    r"|\b(?:SELECT|INSERT INTO|CREATE TABLE|UPDATE|FROM|WHERE|VALUES|NOT NULL|VARCHAR|PRIMARY KEY)\b"
    r"|\b(?:function|return|const|let|var|import|public|private|static|void|class|def|echo|elif)\b"
)
COMMON = frozenset(
    """
    de la le les et des du en un une que qui dans pour par sur à au aux avec ce est a il je nous mon ma mes ou se ne pas
    """.split()  # noqa: SIM905
)
LEAST_CAPITALS = 6
"""Letters of a line that can be told to be set in capitals, at least."""
SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def looks_like_code(text: str) -> bool:
    """Whether a line set in a typewriter face is a program's, not a sentence."""
    return bool(_CODE.search(text))


def may_be_code(text: str) -> bool:
    """Whether a line holds no word that sentences are made with."""
    return not any(word in COMMON for word in text.lower().split())


def is_lone(text: str) -> bool:
    """Whether there is no word in `text`: a mark, a number or a sign."""
    return not any(char.isalpha() for char in text) or bool(LONE_BULLET.match(text) or LONE_NUMBER.match(text))


def starts_low(text: str) -> bool:
    """Whether `text` starts as the middle of a sentence does."""
    head = text.lstrip("«“\"'’( \u00a0\u202f")[:1]
    return head.islower() or text.lstrip()[:1] in {",", ";", ")", "»", "%", "€"}


def is_capitals(text: str) -> bool:
    """Whether a line is set in capitals."""
    if text.islower() or sum(map(str.isupper, text)) <= 0.9 * LEAST_CAPITALS:
        return False
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= LEAST_CAPITALS and sum(map(str.isupper, letters)) > 0.9 * len(letters)
