"""Contents and lists of figures: lines that only repeat titles, told by their leaders or their page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dossier.layout.signs import BULLET
from assistant.dossier.layout.titles import title_of
from assistant.dossier.pdf.lines import Line
from assistant.text import fold

_NAMES = "figures|illustrations|tableaux|annexes|photos|captures|images|schemas|documents"
HEADING = re.compile(
    rf"^\W*(?:\d{{1,2}}[.)]?\s*|[ivx]{{1,4}}[.)]\s*)?(?:sommaire|contenu|table des? (?:matieres?|contenus?|{_NAMES})"
    rf"(?: et (?:des )?\w+)?|(?:liste|index) des (?:{_NAMES})(?: et (?:des )?\w+)?|"
    r"plan du (?:dossier|document|rapport|memoire))\W*$"
)
_LEADER = re.compile(r"(?:\.{3,}|…+|·{3,}|_{4,}|(?:\s[.·]){3,})[\s.…·_]*$")
_ENTRY = re.compile(r"^(?P<title>.*?\S)(?P<gap>[\s.…·_]*)(?<![\d,])(?<!\d\.)(?P<page>\d{1,3}|[ivxl]{1,6})\s*$")
_LAST = re.compile(r"[\divxl]\s*$")
"""What an entry ends in: told at once, where to look for the entry's parts takes long."""
_NUMBER = re.compile(r"^[\s.…·_]*(\d{1,3}|[ivxl]{1,6})\s*$")
LEAST_ENTRIES = 3
ALIGNED = 6.0
AGREEING = 0.4
BEYOND = 30
"""How far a page number may exceed the count of pages: covers that are not counted, several files."""
HALF, NEARLY_ALL, LEAST_LISTED, LONGEST_ENTRY = 0.5, 0.75, 5, 22
LISTED, SHORT_ITEM = 0.2, 9
LARGER = 1.08
LONGEST_LETTERS = 160
SHORTEST_BEGINNING = 14
"""Letters of a title's beginning that tell it, more than this."""
WRAPPED = 2
"""Lines without a number that may stand between two entries."""


@dataclass(frozen=True, slots=True)
class Contents:
    """For each page, the places of the lines of its contents; `titles`: the folded titles they tell."""

    places: tuple[frozenset[int], ...]
    titles: frozenset[str]


@dataclass(slots=True)
class _Level:
    """What stands on one base line: its places among the page's lines, its words, its page number if it ends in one."""

    places: list[int]
    lines: list[Line]
    foot: float
    size: float = 0.0
    text: str = ""
    title: str = ""
    number: int = -1
    leader: bool = False
    right: float = 0.0


def contents_of(pages: Sequence[Sequence[Line]]) -> Contents:
    """Finds contents and lists of figures on the pages of a dossier, wherever they stand."""
    said: Counter[str] = Counter()
    for page in pages:
        said.update(_titles_on(page))
    body = _usual_size(pages)
    headings: Counter[str] = Counter()
    for page in pages:
        headings.update(_headings_on(page, body))
    places: list[frozenset[int]] = []
    titles: set[str] = set()
    open_before = False
    for page in pages:
        found, open_before = _on_page(page, said, headings, body, len(pages), open_before)
        places.append(frozenset(place for level in found for place in level.places))
        titles |= {level.title for level in found if level.number >= 0 or level.leader}
    return Contents(tuple(places), frozenset(title for title in titles if title and said[title]))


def _on_page(
    page: Sequence[Line], said: Counter[str], headings: Counter[str], body: float, pages: int, open_before: bool
) -> tuple[list[_Level], bool]:
    """The levels of a page that are contents, and whether they run to its end."""
    levels = _levels(page)
    head = [n for n, level in enumerate(levels) if HEADING.match(fold(level.text))]
    entries = {
        n for n, level in enumerate(levels) if level.number >= 0 and level.leader and level.number <= pages + BEYOND
    }
    if len(entries) < 2 and not head and not open_before:
        entries = set()
    entries |= _aligned(levels, said, pages, [*head, -1] if open_before else head)
    for start in [*head, *([-1] if open_before else [])]:
        entries |= _repeated(levels, start, entries, said)
    entries |= _listed(levels, headings - Counter(_headings_on(page, body)))
    if not entries:
        return [], False
    kept = _with_wrapped(levels, entries, head, open_before)
    return [levels[n] for n in sorted(kept)], max(kept) >= len(levels) - 2


def _levels(page: Sequence[Line]) -> list[_Level]:
    levels: list[_Level] = []
    feet = [line.foot for line in page]
    for place in sorted(range(len(page)), key=feet.__getitem__):
        line, foot = page[place], feet[place]
        if levels and abs(levels[-1].foot - foot) < 0.25 * max(line.size, line.height, 6.0):
            levels[-1].places.append(place)
            levels[-1].lines.append(line)
        else:
            levels.append(_Level([place], [line], foot))
    for level in levels:
        level.lines.sort(key=lambda line: line.box[0])
        level.foot, level.size = level.lines[0].foot, max(line.size for line in level.lines)
        level.text = " ".join(line.text for line in level.lines)
        _told(level)
    return levels


def _told(level: _Level) -> None:
    """Fills in what a level says: its title and page number."""
    lines = level.lines
    text, last = " ".join(line.text.strip() for line in lines), lines[-1]
    level.right = last.box[2]
    if len(lines) > 1 and (alone := _NUMBER.match(last.text)):
        before = " ".join(line.text for line in lines[:-1])
        level.leader = bool(_LEADER.search(before)) or bool(re.match(r"\s*[.…·_]{3,}", last.text))
        level.number = _page(alone.group(1))
        level.title = title_of(_LEADER.sub("", before))
        return
    match = _ENTRY.match(text) if _LAST.search(text) else None
    if not match:
        level.title = title_of(text) if _may_be_title(text) else ""
        return
    level.leader = bool(_LEADER.search(f"{match['gap']}")) or bool(re.search(r"\.{3}|…", match["gap"]))
    if level.leader or _gap_before(last, match["page"]) > 1.5 * max(last.size, 6.0):
        level.number = _page(match["page"])
        level.title = title_of(match["title"])
    else:
        level.title = title_of(text) if _may_be_title(text) else ""


def _page(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _gap_before(line: Line, number: str) -> float:
    """Points between the last word of a line, a page number, and what stands before it."""
    text = line.text.rstrip()
    if not text.endswith(number):
        return 0.0
    start = len(text) - len(number)
    box = line.boxes[start]
    before = next((b for b in reversed(line.boxes[:start]) if b is not None), None)
    return box[0] - before[2] if box is not None and before is not None else 0.0


def _aligned(levels: Sequence[_Level], said: Counter[str], pages: int, heads: Sequence[int]) -> set[int]:
    """Runs of entries whose numbers stand under one another, do not fall, and whose titles stand elsewhere too."""
    found: set[int] = set()
    run: list[int] = []
    for n, level in enumerate(levels):
        if 0 <= level.number <= pages + BEYOND:
            last = levels[run[-1]] if run else None
            if last is not None and (
                abs(last.right - level.right) > ALIGNED or level.number < last.number or n - run[-1] > WRAPPED + 1
            ):
                found |= _sure(levels, run, said, heads)
                run = []
            run.append(n)
    return found | _sure(levels, run, said, heads)


def _sure(levels: Sequence[_Level], run: Sequence[int], said: Counter[str], heads: Sequence[int]) -> set[int]:
    if len(run) < 2:
        return set()
    agreeing = sum(said[levels[n].title] > (1 if _stands_alone(levels[n]) else 0) for n in run if levels[n].title)
    headed = any(0 <= run[0] - head <= 3 + WRAPPED for head in heads)
    enough = len(run) >= LEAST_ENTRIES or headed
    return set(run) if enough and (headed or agreeing >= AGREEING * len(run)) else set()


def _stands_alone(level: _Level) -> bool:
    """Whether the title is a line of its own here, and so was counted on this page."""
    return any(title_of(line.text) == level.title for line in level.lines)


def _repeated(levels: Sequence[_Level], start: int, entries: set[int], said: Counter[str]) -> set[int]:
    """After a heading of contents, the run of lines without numbers half of which stand elsewhere as titles.

    Of a list of short items, which a heading above and no stop tell for contents too, a fifth is enough.
    """
    run = _run(levels, start + 1, entries)
    if len(run) < 2:
        return set()
    here = {level.title for n, level in enumerate(levels) if n not in run}
    agreeing = sum(levels[n].title in here or _stands_elsewhere(levels[n].title, said) for n in run)
    items = all(BULLET.match(levels[n].text) and len(levels[n].text.split()) <= SHORT_ITEM for n in run)
    least = max(2.0, LISTED * len(run)) if items and len(run) >= LEAST_LISTED and start >= 0 else HALF * len(run)
    return set(run) if agreeing >= least else set()


def _listed(levels: Sequence[_Level], headings: Counter[str]) -> set[int]:
    """Lists of titles without a heading above them: runs of lines nearly all of which are `headings` of other pages."""
    found: set[int] = set()
    n = 0
    while n < len(levels):
        run = _run(levels, n, set())
        if len(run) >= LEAST_LISTED:
            agreeing = sum(_stands_elsewhere(levels[m].title, headings, 1) for m in run)
            found |= set(run) if agreeing >= NEARLY_ALL * len(run) else set()
        n = run[-1] + 1 if run else n + 1
    return found


def _run(levels: Sequence[_Level], start: int, entries: set[int]) -> list[int]:
    """Lines one close below the other, set alike, none of which is a sentence."""
    run: list[int] = []
    for n in range(start, len(levels)):
        level = levels[n]
        last = levels[run[-1]] if run else None
        apart = last is not None and (
            level.foot - last.foot > 3.2 * max(level.size, 6.0) or abs(level.size - last.size) > 0.15 * last.size
        )
        if n in entries or not level.title or apart or _is_sentence(level.text.strip()):
            break
        run.append(n)
    return run


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "!", ";", ":")) or len(text.split()) > LONGEST_ENTRY


def _stands_elsewhere(title: str, said: Counter[str], least: int = 2) -> bool:
    """Whether a title, or its beginning where it runs over two lines, is a line elsewhere too."""
    if said.get(title, 0) >= least:
        return True
    end = title.find(" ", title.find(" ") + 1)
    while end >= 0:
        if end > SHORTEST_BEGINNING and title[:end] in said:
            return True
        end = title.find(" ", end + 1)
    return False


def _titles_on(page: Sequence[Line]) -> set[str]:
    return {title for line in page if _may_be_title(line.text) and (title := title_of(line.text))}


def _may_be_title(text: str) -> bool:
    return 0 < len(text) < LONGEST_LETTERS and text.rstrip()[-1:] not in {".", ",", ";", "-", "\x02"}


def _usual_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def _headings_on(page: Sequence[Line], body: float) -> set[str]:
    """What the lines of a page say that are set larger than most of the dossier, or bold."""
    return _titles_on([line for line in page if line.bold or line.size > LARGER * body])


def _with_wrapped(levels: Sequence[_Level], entries: set[int], head: Sequence[int], open_before: bool) -> set[int]:
    """The entries with the headings above them and with the lines between them that belong to the entry below."""
    kept = set(entries)
    anchors = sorted({*entries, *head})
    for a, b in zip(([-1] if open_before else []) + anchors, anchors[0 if open_before else 1 :], strict=False):
        between = range(a + 1, b)
        if b in entries and len(between) <= WRAPPED and all(_may_wrap(levels[n], levels[b]) for n in between):
            kept |= set(between)
    return kept | {h for h in head if any(0 < n - h <= 3 + WRAPPED for n in entries)}


def _may_wrap(level: _Level, entry: _Level) -> bool:
    text = level.text.strip()
    return len(text.split()) <= 20 and not re.search(r"[.!?;]$", text) and level.size >= 0.75 * entry.size
