"""Words on a page -> lines -> paragraphs: what ends a paragraph where nothing but the page's look tells.

Coordinates are PDF points, origin top left.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.referentiel.authoring.sources.leading import APART, UNKNOWN, Leading, has_room
from assistant.referentiel.authoring.sources.pieces import SOFT_HYPHEN, Paragraph, paragraph, without_bullet
from assistant.referentiel.authoring.structure import begins_item, begins_with_verb, criterion_code, section

SAME_LINE, GAP, RAISED = 0.5, 1.45, 0.86
_IN_TURN = re.compile(r"^\(?(?:(?P<number>\d{1,2})|(?P<letter>[a-z]))[.)°]\)?\s*[-–]?\s+\S")
_OPENS = re.compile(r"^(?:Les?|La|L[’']|Une?|Des?|Du|D[’']|Ils?|Elles?|Ces?|Cette|Chaque|Tou\w*|Au|Aux|En|Dans|Pour)\b")
_WITHIN = re.compile(r"[a-zà-ÿ)»]\.\s+[A-ZÀ-Ý]")
_LETTERED = re.compile(r"^[a-z]\)\s+[A-ZÀ-Ý«]")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+[A-ZÀ-Ý«]")
REFERS = re.compile(r"^(?:Ils?|Elles?|Ceux|Celles?|Celui|Cette|Ces?|Cet|Cela|Ceci|Son|Sa|Ses|Leurs?|Par exemple)\b")
TITLE = 14.0
"""From this height on, in points, a change between capitals and small letters parts two headings."""
HANGING = re.compile(
    r"(?:\b(?:de|des|du|d[’']|la|le|les|l[’']|(?<!par )une?|à|au|aux|et|ou|en|dans|pour|par|sur|avec|sans|entre|vers|chez"
    r"|que|qui|dont|son|sa|ses|leurs?|the|of)|,|\()$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    bold: bool = False
    upright: bool = True
    ocr: bool = False
    down: bool = False
    """Not upright and running down the page: its lines follow one another from right to left."""


@dataclass(slots=True)
class Line:
    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        return median(word.bottom - word.top for word in self.words)

    @property
    def ocr(self) -> bool:
        return self.words[0].ocr

    @property
    def level(self) -> float:
        """Where it stands, in points from the page's top: on a scan its base, for no letter's box is as high as its line."""
        bases = [_base(word) for word in self.words if any(c.isalnum() for c in word.text)] if self.ocr else []
        return median(bases) if bases else self.top

    @property
    def bold(self) -> bool:
        return sum(len(w.text) for w in self.words if w.bold) > 0.6 * sum(len(w.text) for w in self.words)


def _base(word: Word) -> float:
    """The base of a word on a scan: its foot, without the share of its height that is below the base."""
    if not set(word.text) & set("gjpqyçQ,;()"):
        return word.bottom
    tall = any(c.isupper() or c.isdigit() or c in "bdfhklt" or c in "éèêàâîïôûù'’(" for c in word.text)
    return word.bottom - (0.23 if tall else 0.29) * (word.bottom - word.top)


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Lines from top to bottom, words from left to right; a footnote's raised digits are left out.

    Words that run up the page (a vertical heading) are put in the order in which they are read.
    """
    words = _without_raised(words)
    standing = [word for word in words if not word.upright]
    lines = [_upward(standing)] if standing else []
    made: list[Line] = []
    for word in sorted((w for w in words if w.upright), key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        middle = (word.top + word.bottom) / 2
        for line in reversed(made[-6:]):
            low, high = line.top, line.bottom
            share = min(high, word.bottom) - max(low, word.top)
            if share > SAME_LINE * min(high - low, word.bottom - word.top) and low <= middle <= high:
                line.words.append(word)
                break
        else:
            made.append(Line([word]))
    for line in made:
        line.words.sort(key=lambda w: w.x0)
        _without_notes(line)
    return lines + sorted((line for line in made if line.words), key=lambda line: (line.top, line.x0))


def _without_raised(words: Sequence[Word]) -> list[Word]:
    """Takes out the small digits that stand raised at the end of a word."""
    size = median([word.size for word in words]) if words else 0.0

    def raised(word: Word) -> bool:
        if not 0 < word.size < RAISED * size or not re.fullmatch(r"\(?\d{1,2}\)?", word.text):
            return False
        middle = (word.top + word.bottom) / 2
        near = (w for w in words if w.size > word.size and -1 < word.x0 - w.x1 < 3)
        return any(w.top - 3 < middle < (w.top + w.bottom) / 2 + 1 for w in near)

    return [word for word in words if not raised(word)]


def _upward(words: Sequence[Word]) -> Line:
    return Line(sorted(words, key=lambda w: (-round(w.x0 / 3), w.top) if w.down else (round(w.x0 / 3), -w.bottom)))


def _without_notes(line: Line) -> None:
    """Takes out the small raised digits that point to a footnote."""
    size = max((word.size for word in line.words), default=0.0)
    base = max(word.bottom for word in line.words)
    line.words = [
        word
        for word in line.words
        if not (
            size
            and 0 < word.size < RAISED * size
            and re.fullmatch(r"\(?\d{1,2}\)?", word.text)
            and word.bottom < base - 0.5
        )
    ]


def paragraphs_of(
    lines: Sequence[Line], left: float, right: float, page: int, leading: Leading = UNKNOWN, inside: bool = False,
    apart: bool = False,
) -> list[Paragraph]:  # fmt: skip
    """Paragraphs of the lines of one column between `left` and `right`; `leading` as `leading_of` gives it.

    `inside` a cell where no line holds the end of a sentence and the beginning of another, each sentence stands alone;
    `apart`: so they do on the whole page, as `sentences_apart` tells.
    """
    made: list[list[Line]] = []
    unsure: set[int] = set()
    glued: set[int] = set()
    pitch = _pitch(lines)
    if leading.share and lines:
        pitch = leading.share * (leading.unit or median(line.height for line in lines))
    told = inside and leading.spaced
    margin = min((line.x0 for line in lines), default=left)
    inner = right - max(1.0, min(12.0, margin - left))
    single = inside and _one_sentence_each(lines)
    mostly = inside and (_mostly_one_each(lines, inner) or (apart and _few_within(lines)))
    bulleted = any(without_bullet(line.text)[1] for line in lines)
    dash = _lone_dash(lines)
    turns = _in_turn(lines)
    for line in lines:
        after_stop = bool(made) and made[-1][-1].text.rstrip()[-1:] == "." and line.text[:1].isupper()
        if made and line is dash and made[-1][-1].text.rstrip()[-1:] not in ".;:":
            made[-1].append(line)
            continue
        alone = after_stop and not told and (single or (mostly and not REFERS.match(line.text)))
        begins = (
            not made
            or alone
            or id(line) in turns
            or _begins(made[-1], line, inner, margin, pitch, bulleted, leading, told)
        )
        listed = bulleted or (bool(made) and bool(criterion_code(made[-1][0].text).code))
        if inside and after_stop and not listed and not told and not _tells(made[-1], line, inner, margin, pitch):
            unsure |= {len(made) - 1, len(made)} if begins else set()
            glued |= set() if begins else {len(made) - 1}
        if begins:
            made.append([line])
        else:
            made[-1].append(line)
    found = [_paragraph(group, page, margin) for group in made]
    for place, one in enumerate(found):
        if one is not None:
            one.unsure, one.guessed = place in unsure, place in glued
    return [one for one in found if one is not None]


def _in_turn(lines: Sequence[Line]) -> set[int]:
    """The lines that bear the numbers 1, 2, 3 (or the letters a, b, c) of one list, from the second on."""
    found: set[int] = set()
    last: dict[str, int] = {}
    for line in lines:
        told = _IN_TURN.match(line.text)
        if not told:
            continue
        kind = told.lastgroup or "number"
        value = int(told["number"]) if told["number"] else ord(told["letter"]) - ord("a") + 1
        if value == 1 or value == last.get(kind, 0) + 1:
            if value > 1:
                found.add(id(line))
            last[kind] = value
    return found


def _lone_dash(lines: Sequence[Line]) -> Line | None:
    """The only marked line of a column, if its mark is a dash before a small letter: one that stands within a sentence."""
    marked = [line for line in lines if without_bullet(line.text)[1]]
    if len(marked) != 1 or marked[0].text[:1] not in "-–—" or not without_bullet(marked[0].text)[0][:1].islower():
        return None
    return marked[0]


def _one_sentence_each(lines: Sequence[Line]) -> bool:
    """No line goes on after a full stop, and several end with one: the sentences of this cell stand one below another."""
    ends = sum(1 for line in lines if line.text.rstrip()[-1:] == ".")
    runs_on = any(_WITHIN.search(line.text) for line in lines)
    return ends > 1 and not runs_on and not any(criterion_code(line.text).code for line in lines)


def _mostly_one_each(lines: Sequence[Line], right: float) -> bool:
    """Far more sentences of this cell end before its edge, where a line is surely over, than within a line."""
    ends, within = _ended(lines, right)
    return ends > 1 and ends > 2 * within and not any(criterion_code(line.text).code for line in lines)


def _few_within(lines: Sequence[Line]) -> bool:
    """At most one line of this cell holds the end of a sentence and the beginning of another; none has a code."""
    within = sum(len(_WITHIN.findall(line.text)) for line in lines)
    return within <= 1 and not any(criterion_code(line.text).code for line in lines)


def _ended(lines: Sequence[Line], right: float) -> tuple[int, int]:
    """How many lines end a sentence well before the edge, and how many sentences begin within a line."""
    ends = sum(1 for line in lines if line.text.rstrip()[-1:] == "." and right - line.x1 > 0.15 * (right - line.x0))
    return ends, sum(len(_WITHIN.findall(line.text)) for line in lines)


def sentences_apart(columns: Sequence[tuple[Sequence[Line], float]]) -> bool:
    """Whether, in the cells of a page (lines, right edge), sentences begin on a line of their own as a rule."""
    counts = [_ended(lines, right) for lines, right in columns]
    ends, within = sum(end for end, _ in counts), sum(inner for _, inner in counts)
    return ends > 3 and ends > 2 * within


def _pitch(lines: Sequence[Line]) -> float:
    """The distance between the lines of a paragraph: the usual one among the small ones."""
    steps = sorted(b.level - a.level for a, b in pairwise(lines) if b.level > a.level + 1)
    if not steps:
        return 0.0
    return steps[len(steps) // 4]


def _begins(
    group: list[Line],
    line: Line,
    right: float,
    margin: float,
    pitch: float,
    bulleted: bool,
    leading: Leading,
    told: bool,
) -> bool:
    """Whether `line` begins a paragraph after those of `group`; `told`: only by the room above it, a mark or a code."""
    before, text = group[-1], line.text
    first, marked = without_bullet(text)
    if not line.words[0].upright or not before.words[0].upright:
        return True
    if (marked and first[:1]) or criterion_code(text).code or _LETTERED.match(text):
        return not (before.text.rstrip()[-1:] == "-" and not marked)
    small = text[:1].islower() or text[:1] in ",;)»:"
    step = line.level - before.level
    tall = max(before.height, line.height)
    capital = text[:1].isupper() or text[:1] in '«"“' or bool(_NUMBERED.match(text))
    end = before.text.rstrip()
    if pitch and step > max(GAP * pitch, pitch + 0.45 * tall) and not (small and step < 2.2 * pitch):
        return True
    if pitch and capital and leading.parts(step, pitch, tall) and not HANGING.search(end):
        return True
    if told and not leading.parts(step, pitch, tall) and before.bold == line.bold and not begins_item(text):
        return False
    if capital and begins_with_verb(text) and begins_with_verb(first_said(group)) and not HANGING.search(end):
        return True  # a competence below another
    if abs(line.height - before.height) > 0.25 * tall and before.bold != line.bold and not small:
        return True
    if small:
        spaced = leading.small and leading.parts(step, pitch, tall)
        return (
            (spaced or (leading.breaks and has_room(before, line, right)))
            and not HANGING.search(end)
            and text[:1].islower()
        )
    if tall >= TITLE and capitals(text) != capitals(before.text) and not re.search(r"\d", text[:1]):
        return True
    if begins_item(text) or section(text) or (section(before.text) and len(group) == 1):
        return True
    if before.bold != line.bold and before.text.rstrip()[-1:] in ".:":
        return True
    said = " ".join(one.text for one in group[-3:])
    if HANGING.search(end) or said.count("(") > said.count(")"):
        return False
    room, first_width = _room(group, line, right, margin), line.words[0].x1 - line.words[0].x0
    fits = room > first_width + 0.35 * tall + 1.0
    capital = text[:1].isupper() or text[:1] in '«"“É'
    if bulleted and without_bullet(group[0].text)[1] and line.x0 > group[0].x0 + 3 and end[-1:] not in ".;:":
        return fits and capital and room > 2.5 * first_width + 20
    if fits and capital:
        return True
    opens = capital and bool(_OPENS.match(text))
    return opens and (end[-1:] not in ".!?,-" or (bool(pitch) and step > 1.15 * pitch))


def _room(group: list[Line], line: Line, right: float, margin: float) -> float:
    """What is left free behind the last line of `group`, in points."""
    before = group[-1]
    if _centred(group, line, margin, right):
        return (right - margin) - (before.x1 - before.x0)
    return right - before.x1


def _tells(group: list[Line], line: Line, right: float, margin: float, pitch: float) -> bool:
    """Whether the page's look or the words say that a line behind a full stop begins something, or that it does not."""
    before = group[-1]
    tall, first = max(before.height, line.height), line.words[0].x1 - line.words[0].x0
    stepped = bool(pitch) and line.level - before.level > APART * pitch
    fits = _room(group, line, right, margin) > first + 0.35 * tall + 1.0
    marked = without_bullet(line.text)[1] or bool(criterion_code(line.text).code) or begins_item(line.text)
    return stepped or fits or marked or bool(REFERS.match(line.text)) or before.bold != line.bold


def first_said(group: list[Line]) -> str:
    """The first line of a paragraph, without its mark."""
    return without_bullet(group[0].text)[0]


def capitals(text: str) -> bool:
    """Written in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.85 * len(letters)


def _centred(group: list[Line], line: Line, left: float, right: float) -> bool:
    both = [*group, line]
    apart = [abs((one.x0 - left) - (right - one.x1)) for one in both]
    return max(apart) < 8 and max(one.x0 for one in both) - min(one.x0 for one in both) > 3


def _paragraph(group: list[Line], page: int, margin: float) -> Paragraph | None:
    text = group[0].text
    for line in group[1:]:
        text = _join(text, line.text)
    words = [word for line in group for word in line.words]
    return paragraph(
        text,
        page,
        bold=all(line.bold for line in group),
        size=median(word.size or word.bottom - word.top for word in words),
        top=group[0].top,
        bottom=group[-1].bottom,
        x0=group[0].x0,
        level=1 if group[0].x0 > margin + 8 else 0,
        ocr=any(word.ocr for word in words),
    )


def _join(first: str, second: str) -> str:
    if first.endswith(SOFT_HYPHEN):
        return first[:-1] + second
    return first + second if re.search(r"\w-$", first) and second[:1].islower() else f"{first} {second}"
