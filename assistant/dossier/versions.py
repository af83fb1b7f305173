"""Two versions of a dossier, sentence by sentence: what was added, removed, reworded, moved, and where only a figure
changed.

Method: sentences with the same folded letters are paired, cut alike first. Of all ways to pair repeated ones, that in
which most stand still is taken (longest common subsequence by way of the longest increasing one, Hunt and Szymanski 1977),
and of those the one in which most keep their neighbours; the other pairs moved. What is left over is paired by the words
it shares, likeliest first, the neighbourhood of what stands still counting for it; what then has no partner was
added or removed."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from assistant.dossier.model import Dossier, Sentence
from assistant.dossier.version_copies import MOST_PAIRS, equal_pairs
from assistant.dossier.version_cuts import cut_alike, key
from assistant.dossier.version_runs import heaviest
from assistant.text import content_words, fold, stem, words

ChangeKind = Literal["added", "removed", "reworded", "moved", "figure_changed"]
REWORDED = 0.42
"""Share of words in common from which two sentences are taken for one, wherever they stand."""
REWORDED_IN_PLACE = 0.25
"""The same for two sentences that stand between the same neighbours."""
SAME_LETTERS = 0.8
"""Share of letters in common, in order, from which a short sentence in its place is the same one, misspelt or put
right."""
ONE_WORD = 0.1
"""How much less alike two sentences of one mould may be: a word more or less."""
ROW_AND_PROSE = 0.6
"""A row of a table is seldom rewritten as a sentence: share of words in common from which it was."""
IN_PLACE = 0.2
"""What standing between the same neighbours adds to the likeness of two sentences when partners are chosen."""
_MONTH = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_DATE = re.compile(rf"\b(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) (?:1er|\d+)|(?:{_MONTH}))\b")
_TENS_AND_ONE = re.compile(r"\b(vingt|trente|quarante|cinquante|soixante) et (?=(?:une?|onze)\b)")
_NUMBER_WORDS = frozenset(
    """
    zero un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts
    trente quarante cinquante soixante cent cents mille million millions milliard milliards premier premiere deuxieme
    troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme moitie tiers quart demi demie double
    triple dizaine douzaine quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine centaine millier
    """.split()  # noqa: SIM905 - read more easily so
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `before` is None for what was added, `after` for what was removed."""

    kind: ChangeKind
    before: Sentence | None
    after: Sentence | None


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """Every change, in the order of the new version (what was removed where it stood), and how many sentences did not
    change."""

    changes: tuple[Change, ...]
    unchanged: int


def compared_versions(before: Dossier, after: Dossier) -> VersionComparison:
    """What changed from one version to the next. Headers, footers, contents and comments are left out."""
    headings = _headings(before) | _headings(after)
    old, new = cut_alike(_counted(before, headings), _counted(after, headings))
    same = _same(old, new)
    still = _still(same)
    respelt = {(a, b) for a, b in still if _respelt(old[a], new[b])}
    changes = [Change("moved", old[a], new[b]) for a, b in same if (a, b) not in still]
    changes += [Change("reworded", old[a], new[b]) for a, b in respelt]
    left_old = sorted(set(range(len(old))) - {a for a, _ in same})
    left_new = sorted(set(range(len(new))) - {b for _, b in same})
    pairs = _partners(old, new, left_old, left_new, sorted(still))
    changes += [Change(_kind(old[a], new[b]), old[a], new[b]) for a, b in pairs]
    kept_old, kept_new = {a for a, _ in pairs}, {b for _, b in pairs}
    changes += [Change("removed", old[a], None) for a in left_old if a not in kept_old]
    changes += [Change("added", None, new[b]) for b in left_new if b not in kept_new]
    return VersionComparison(_in_order(changes, old, new, still), len(still) - len(respelt))


def _headings(dossier: Dossier) -> frozenset[str]:
    return frozenset(_title(one) for one in dossier.sentences if one.kind == "heading")


def _title(sentence: Sentence) -> str:
    """The words of a heading or of its entry in the contents, without a number before or a page after."""
    return re.sub(r"^\d+|\d+$", "", key(sentence.text))


def _counted(dossier: Dossier, headings: frozenset[str]) -> list[Sentence]:
    """What is compared. A list item that is a heading's title belongs to contents set as a list."""
    return [
        sentence
        for sentence in dossier.sentences
        if sentence.role in {"body", "official"}
        and words(sentence.text)
        and not (sentence.kind == "bullet" and _title(sentence) in headings)
    ]


def _key(sentence: Sentence) -> str:
    return key(sentence.text)


def _cells(sentence: Sentence) -> str:
    """A row read with its cells or their lines in another order is the same row."""
    return "".join(sorted(words(sentence.text)))


def _same(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Pairs with the same words, each sentence once: of repeated ones, those that can stand still go together first."""
    pairs = _standing(old, new)
    left_old = sorted(set(range(len(old))) - {a for a, _ in pairs})
    left_new = sorted(set(range(len(new))) - {b for _, b in pairs})
    pairs += _alike(old, new, left_old, left_new, _key)
    rows_old = [a for a in sorted(set(range(len(old))) - {a for a, _ in pairs}) if old[a].kind == "row"]
    rows_new = [b for b in sorted(set(range(len(new))) - {b for _, b in pairs}) if new[b].kind == "row"]
    return sorted([*pairs, *_alike(old, new, rows_old, rows_new, _cells)])


def _alike(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    among_old: Iterable[int],
    among_new: Iterable[int],
    by: Callable[[Sentence], str],
) -> list[tuple[int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place in among_new:
        places[by(new[place])].append(place)
    repeats: dict[str, list[int]] = defaultdict(list)
    for place in among_old:
        repeats[by(old[place])].append(place)
    return [pair for name, mine in repeats.items() for pair in _in_best_order(mine, places.get(name, []), old, new)]


def _in_best_order(
    mine: list[int], theirs: list[int], old: Sequence[Sentence], new: Sequence[Sentence]
) -> list[tuple[int, int]]:
    """Of a repeated sentence, the copies with the same neighbour before or after go together first; of one with very many
    copies, the first with the first."""
    if len(mine) == len(theirs) or not theirs or len(mine) * len(theirs) > MOST_PAIRS:
        return list(zip(mine, theirs, strict=False))
    pairs: list[tuple[int, int]] = []
    free = list(theirs)
    for wanted in (2, 1, 0):
        for a in [a for a in mine if a not in {a for a, _ in pairs}]:
            best = next((b for b in free if _neighbours(a, b, old, new) >= wanted), None)
            if best is not None:
                pairs.append((a, best))
                free.remove(best)
    return pairs


def _neighbours(a: int, b: int, old: Sequence[Sentence], new: Sequence[Sentence]) -> int:
    """How many of the two neighbours of a sentence are the same in both versions."""
    return sum(
        0 <= a + step < len(old) and 0 <= b + step < len(new) and _key(old[a + step]) == _key(new[b + step])
        for step in (-1, 1)
    )


def _respelt(a: Sentence, b: Sentence) -> bool:
    """Only accents differ, and both were typed: capitals often go without, and a scan loses them."""
    if a.text == b.text or a.source != "text" or b.source != "text":
        return False
    mine, theirs = (re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", one.text)) for one in (a, b))
    return len(mine) == len(theirs) and any(
        one.islower() and other.islower() and one != other and words(one) == words(other)
        for one, other in zip(mine, theirs, strict=True)
        if not {"œ", "æ", "ﬁ", "ﬂ"} & {*one, *other}
    )


def _standing(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[tuple[int, int]]:
    """The most pairs of the same words that stand in the same order in both versions, a repeated sentence with any copy."""
    every = equal_pairs([_key(one) for one in old], [_key(one) for one in new])
    most = 2 * len(every) + 1  # More than all neighbours together: they only choose between equals.
    return heaviest(every, [most + _neighbours(a, b, old, new) for a, b in every])


def _still(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The longest run of pairs in the same order; the heaviest in words would differ only by single headings."""
    return set(heaviest(pairs, [1] * len(pairs)))


def _partners(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    left_old: Sequence[int],
    left_new: Sequence[int],
    still: Sequence[tuple[int, int]],
) -> list[tuple[int, int]]:
    """Sentences that were rewritten: the likeliest pairs first, each sentence once."""
    gap_old = {a: bisect_left(still, (a, -1)) for a in left_old}
    gap_new = {b: bisect_left([b2 for _, b2 in still], b) for b in left_new}
    bags_old, bags_new = {a: _bag(old[a].text) for a in left_old}, {b: _bag(new[b].text) for b in left_new}
    templates = _Templates(old, new, still)
    likely = []
    for a in left_old:
        for b in left_new:
            in_place = gap_old[a] == gap_new[b]
            if not bags_old[a] & bags_new[b] and not in_place:
                continue
            likeness = _likeness(old[a], new[b], bags_old[a], bags_new[b])
            if in_place:
                likeness = max(likeness, _likeness_in_place(old[a], new[b]))
            if likeness >= _least(old[a], new[b], in_place=in_place):
                if not in_place and templates.as_like(old[a], new[b], likeness):
                    continue
                likely.append((likeness + (IN_PLACE if in_place else 0.0), -abs(a - b), a, b))
    pairs: list[tuple[int, int]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, _, a, b in sorted(likely, reverse=True):
        if a not in taken_old and b not in taken_new:
            pairs.append((a, b))
            taken_old.add(a)
            taken_new.add(b)
    return pairs + _lone_headings(old, new, gap_old, gap_new, taken_old, taken_new)


def _least(a: Sentence, b: Sentence, *, in_place: bool) -> float:
    if (a.kind == "row") != (b.kind == "row"):
        return ROW_AND_PROSE
    return REWORDED_IN_PLACE if in_place else REWORDED


def _likeness_in_place(a: Sentence, b: Sentence) -> float:
    """Between the same neighbours: another figure, or another spelling of a short sentence."""
    if _kind(a, b) == "figure_changed":
        return 1.0
    letters = SequenceMatcher(None, key(a.text), key(b.text), autojunk=False)
    return 1.0 if letters.quick_ratio() >= SAME_LETTERS and letters.ratio() >= SAME_LETTERS else 0.0


def _lone_headings(
    old: Sequence[Sentence],
    new: Sequence[Sentence],
    gap_old: dict[int, int],
    gap_new: dict[int, int],
    taken_old: set[int],
    taken_new: set[int],
) -> list[tuple[int, int]]:
    """The only heading left between two neighbours, on both sides: it has another name."""
    theirs: dict[int, list[int]] = defaultdict(list)
    for b, gap in gap_new.items():
        if new[b].kind == "heading" and b not in taken_new:
            theirs[gap].append(b)
    mine: dict[int, list[int]] = defaultdict(list)
    for a, gap in gap_old.items():
        if old[a].kind == "heading" and a not in taken_old:
            mine[gap].append(a)
    return [(found[0], theirs[gap][0]) for gap, found in mine.items() if len(found) == 1 == len(theirs[gap])]


class _Templates:
    """Sentences of one mould: what two of them share, others that did not change share as well."""

    def __init__(self, old: Sequence[Sentence], new: Sequence[Sentence], still: Sequence[tuple[int, int]]) -> None:
        self._still = [(new[b], _bag(new[b].text)) for _, b in still]

    def as_like(self, a: Sentence, b: Sentence, likeness: float) -> bool:
        """Whether an unchanged sentence is as like `a` as `b` is, by the same words."""
        bag_a, bag_b = _bag(a.text), _bag(b.text)
        shared = bag_a & bag_b
        return any(
            len(shared & bag) >= 0.8 * len(shared) and _likeness(a, one, bag_a, bag) >= likeness - ONE_WORD
            for one, bag in self._still
            if len(bag_a & bag) > 2
        )


def _bag(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in content_words(text)) or frozenset(words(text))


def _likeness(a: Sentence, b: Sentence, bag_a: frozenset[str], bag_b: frozenset[str]) -> float:
    """From 0 to 1: the better of the words in common and of the words in common in the same order."""
    shared = 2 * len(bag_a & bag_b) / (len(bag_a) + len(bag_b)) if bag_a or bag_b else 0.0
    if shared < 0.15:
        return shared
    order = SequenceMatcher(None, words(a.text), words(b.text), autojunk=False).ratio()
    return max(shared, (shared + order) / 2)


def _kind(before: Sentence, after: Sentence) -> ChangeKind:
    """Only figures differ (a word beside them may have become plural), or words do."""
    (plain_a, figures_a), (plain_b, figures_b) = _figures(before.text), _figures(after.text)
    return "figure_changed" if plain_a == plain_b and figures_a != figures_b else "reworded"


def _figures(text: str) -> tuple[list[str], list[str]]:
    """The stems of the words with each figure (digits, letters, a date) as one sign, and those figures."""
    found: list[str] = []
    plain: list[str] = []
    said = _TENS_AND_ONE.sub(r"\1 ", fold(text)).replace("pour cent", " ")
    dated = _DATE.sub(lambda date: f" 0{date[0].replace(' ', '')} ", said)
    for word in re.findall(r"\d[\d.,\u00a0\u202f]*\d|\d[a-z0-9]*|[a-z]+", dated):
        if word[0].isdigit() or word in _NUMBER_WORDS:
            if plain and plain[-1] == "#":
                found[-1] += word
            else:
                plain.append("#")
                found.append(word)
        elif word not in {"euro", "euros"}:
            plain.append(stem(word))
    return plain, found


def _in_order(
    changes: Sequence[Change], old: Sequence[Sentence], new: Sequence[Sentence], still: set[tuple[int, int]]
) -> tuple[Change, ...]:
    """The order of the new version; what was removed goes after what stood still before it."""
    place_old, place_new = {s.id: n for n, s in enumerate(old)}, {s.id: n for n, s in enumerate(new)}
    anchors = sorted(still)

    def place(change: Change) -> tuple[float, float]:
        if change.after is not None:
            return (place_new[change.after.id], 0.0)
        assert change.before is not None
        here = place_old[change.before.id]
        at = bisect_left(anchors, (here, -1)) - 1
        return (anchors[at][1] + 0.5 if at >= 0 else -0.5, here)

    return tuple(sorted(changes, key=place))
