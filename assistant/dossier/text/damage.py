"""Letters that a font's tables garbled: « gesƟon », « soluCon », « d¾une », « aff ectation », « geson » for gestion.

One font garbles one ligature always the same way. So each odd sign is taken for a cipher: the reading that makes
French words of nearly all the words it stands in is its own, and is written in its place. Where no reading does,
nothing is guessed: the words are counted as doubtful.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from assistant.dossier.pdf.lines import Line
from assistant.lexicon.french import first_names, is_french_word, proper_nouns
from assistant.result import Box

LETTERS = "A-Za-zÀ-ÖØ-öø-ÿŒœÆæ"
READINGS = (
    "ti", "tt", "ft", "fi", "fl", "ff", "ffi", "ffl", "tti", "tf", "fft", "ct", "st", "th", "fj", "’",
    "é", "è", "ê", "à", "ç", "ô", "î", "û", "ù", "œ", "ë", "ï", "â",
)  # fmt: skip
"""What one sign may stand for: ligatures first, then an apostrophe, then accented letters."""
LIGATURES = ("ti", "tt", "fi", "fl", "ff", "ffi", "tti", "ft")
USUAL = {"Ɵ": "ti", "Ʃ": "tt", "ƫ": "tti", "Ō": "ft", "ō": "ft", "ƞ": "tf", "¾": "’", "\u0092": "’"}
"""What some signs stand for wherever they were seen: believed where it makes a French word."""
EXPLAINED = 0.75
"""Share of the words with an odd sign that one reading must make French."""
LOST_WORDS, LOST_SHARE = 3, 0.5
"""Words mended by putting back a lost ligature, at least, and their share of the unknown words."""
LEAST_WORDS = 12
"""Different words of a dossier that are worth a look for lost ligatures, at least."""
TOO_MANY = 6
"""Doubtful words on a page above which what the page shows is read as well."""
_WORD = re.compile(rf"[{LETTERS}]+")
_SOUND = r"'’‘ʼ´`^¨\-‐‑–—./,;:!?…()\[\]«»“”\"&@+*=<>%€$£§°·•|\\_~#™®©ªº²³¹⁰⁴-⁹→←\u00ad\u200b-\u200d\x00-\x1f"
"""Signs that may stand between letters for themselves."""
_ODD = re.compile(
    rf"(?<=[{LETTERS}])[^\s\d{LETTERS}{_SOUND}](?=[{LETTERS}])|[\u0180-\u024f\u0250-\u02af\u0370-\u1fff\ufffd]"
)
_INNER_CAPITAL = re.compile(r"(?<=[a-zà-ÿ])[A-Z](?=[a-zà-ÿ])")
_TOKEN = re.compile(r"[^\s.,;:!?…()\[\]«»“”\"/|]+")
_HALVES = re.compile(rf"(?<![{LETTERS}])(?P<head>[{LETTERS}’']*(?:ff|fi|fl|ffi|ffl|tt|ti|f|t)) (?P<tail>[a-zà-ÿ]+)")
_ELIDED = re.compile(r"^(?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd|presqu|quelqu|prud|entr)$")


@dataclass(frozen=True, slots=True)
class Cipher:
    """What odd signs stand for, and the ligatures that were lost altogether."""

    signs: dict[str, str]
    lost: frozenset[str]


@dataclass(frozen=True, slots=True)
class Damage:
    """Places of a page whose letters were mended, and words left as they are because nothing is certain."""

    mended: int = 0
    doubtful: int = 0


def mended(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[Damage]]:
    """The lines of each page with their garbled words mended where that is certain, and the damage counted."""
    texts = [line.text for page in pages for line in page if line.source == "text"]
    odd = {text for text in texts if _ODD.search(text) or _INNER_CAPITAL.search(text)}
    cipher = Cipher(_signs(odd), _lost(texts))
    lines: list[list[Line]] = []
    counts: list[Damage] = []
    for page in pages:
        done, repaired, doubtful = [], 0, 0
        for line in page:
            fresh, left = (
                _mend(line, line.text in odd, cipher) if line.source == "text" and not line.mono else (line, 0)
            )
            done.append(fresh)
            repaired += fresh.text != line.text
            doubtful += left
        lines.append(done)
        counts.append(Damage(repaired, doubtful))
    return lines, counts


def garbled_pages(pages: Sequence[Sequence[Line]]) -> dict[int, str]:
    """The pages (0-based) on which too much stays garbled to be read, each with a line of it."""
    found = {}
    lines, damage = mended(pages)
    for index, hurt in enumerate(damage):
        if hurt.doubtful >= TOO_MANY:
            found[index] = next(line.text for line in lines[index] if any(_doubted(line.text)))
    return found


def _doubted(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        yield from _odd_signs(token)


def _is_word(word: str) -> bool:
    """Whether a word, with the elided ones before it, is French."""
    *before, last = re.split("[’']", word.lower())
    return all(_ELIDED.match(part) for part in before) and is_french_word(last)


def _odd_signs(token: str) -> Iterator[str]:
    yield from (match.group() for match in _ODD.finditer(token))
    if any(sign in token for sign in "@_/"):
        return
    for word in re.split("[’'-]", token):
        # iPhone, eBay, JavaScript: capitals that are the word's own.
        if not word[:1].isupper() and not re.match(r"^[a-z]{1,2}[A-Z]", word):
            yield from (match.group() for match in _INNER_CAPITAL.finditer(word))


def _signs(texts: Iterable[str]) -> dict[str, str]:
    """What the odd signs of some lines stand for, where it is certain."""
    words: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for token in _TOKEN.findall(text):
            for sign in _odd_signs(token):
                words[sign].add(token)
    return {sign: reading for sign in sorted(words) if (reading := _reading(sign, sorted(words[sign])))}


def _reading(sign: str, tokens: Sequence[str]) -> str:
    """What a sign stands for: the one reading that makes nearly all of its words French, empty if none does."""
    usual = USUAL.get(sign, "")
    if usual and sum(_is_word(token.replace(sign, usual)) for token in tokens) >= 0.5 * len(tokens):
        return usual
    best = {reading: sum(_is_word(token.replace(sign, reading)) for token in tokens) for reading in READINGS}
    ways = sorted(best, key=lambda reading: -best[reading])
    first, second = best[ways[0]], best[ways[1]]
    alone = len(tokens) == 1 and second > 0
    return ways[0] if first >= max(1, EXPLAINED * len(tokens)) and first > second and not alone else ""


def _lost(texts: Sequence[str]) -> frozenset[str]:
    """The ligatures that fell out of the text: unknown words that each become French by putting one back."""
    if any("tion" in text and any(map(_is_sound, _words_in(text))) for text in texts):
        return frozenset()
    words = {word for text in texts for word in _words_in(text)}
    unknown = {word for word in words if not is_french_word(word)} if len(words) >= LEAST_WORDS else set()
    votes: dict[str, int] = defaultdict(int)
    for word in unknown:
        for ligature in {ligature for ligature, _ in _put_back(word, LIGATURES)}:
            votes[ligature] += 1
    return frozenset(
        ligature for ligature, count in votes.items() if count >= LOST_WORDS and count >= LOST_SHARE * len(unknown)
    )


def _words_in(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if len(word) > 3 and word.islower()]


def _is_sound(word: str) -> bool:
    """Whether a word says that no ligature was lost: sound French has some of these, text without « ti » none."""
    return "tion" in word


def _put_back(word: str, ligatures: Sequence[str]) -> list[tuple[str, int]]:
    return [
        (ligature, place)
        for ligature in ligatures
        for place in range(1, len(word) + 1)
        if is_french_word(word[:place] + ligature + word[place:])
    ]


def _mend(line: Line, odd: bool, cipher: Cipher) -> tuple[Line, int]:
    text = line.text
    doubtful = 0
    if odd:
        edits: list[tuple[int, int, str]] = []
        for token in _TOKEN.finditer(text):
            signs = set(_odd_signs(token.group()))
            for sign in sorted(signs):
                reading = cipher.signs.get(sign)
                if reading is None:
                    doubtful += 1
                    continue
                for n, char in enumerate(token.group()):
                    if char == sign:
                        edits.append((token.start() + n, 1, reading))
        line = _edited(line, edits)
    if _HALVES.search(line.text):
        line = _closed(line)
    if cipher.lost:
        line = _with_lost(line, cipher.lost)
    return line, doubtful


def _closed(line: Line) -> Line:
    """Words that a ligature's space cut in two made whole, where the halves are no words and the whole is one."""
    edits = []
    for match in _HALVES.finditer(line.text):
        head, tail = re.split("[’']", match["head"])[-1], match["tail"]
        if head and is_french_word(head + tail) and not (is_french_word(head) and is_french_word(tail)):
            edits.append((match.end("head"), 1, ""))
    return _edited(line, edits)


def _with_lost(line: Line, lost: frozenset[str]) -> Line:
    edits = []
    for match in _WORD.finditer(line.text):
        word = match.group().lower()
        if len(word) > 3 and not is_french_word(word) and word not in proper_nouns() and word not in first_names():
            ways = _put_back(word, sorted(lost))
            if len({word[:place] + ligature + word[place:] for ligature, place in ways}) == 1:
                edits.append((match.start() + ways[0][1], 0, ways[0][0]))
    return _edited(line, edits)


def _edited(line: Line, edits: Sequence[tuple[int, int, str]]) -> Line:
    """The line with each (place, characters replaced, written instead); what is written takes its neighbour's box."""
    if not edits:
        return line
    text, boxes = "", list[Box | None]()
    at = 0
    for place, count, written in sorted(edits):
        text += line.text[at:place] + written
        boxes += line.boxes[at:place]
        near = line.boxes[place] if count else (line.boxes[place - 1] if place else None)
        boxes += _shared(near, len(written)) if count else [near] * len(written)
        at = place + count
    return replace(line, text=text + line.text[at:], boxes=(*boxes, *line.boxes[at:]), widest=inf, back=inf)


def _shared(box: Box | None, count: int) -> list[Box | None]:
    """A box cut into equal parts from left to right."""
    if box is None or not count:
        return [box] * count
    each = (box[2] - box[0]) / count
    return [(box[0] + n * each, box[1], box[0] + (n + 1) * each, box[3]) for n in range(count)]
