"""Two versions of a dossier, sentence by sentence: what was added, removed, reworded, moved, and where only a figure
changed.

Method: sentences with the same folded words are paired; the longest run of pairs in the same order (longest
increasing subsequence, Schensted 1961) stands still, the other pairs moved. What is left over is paired by the words
it shares, likeliest first, the neighbourhood of what stands still counting for it; what then has no partner was added
or removed."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from assistant.dossier.model import Dossier, Sentence
from assistant.text import content_words, fold, stem, words

ChangeKind = Literal["added", "removed", "reworded", "moved", "figure_changed"]
REWORDED = 0.42
"""Share of words in common from which two sentences are taken for one, wherever they stand."""
REWORDED_IN_PLACE = 0.25
"""The same for two sentences that stand between the same neighbours."""
IN_PLACE = 0.2
"""What standing between the same neighbours adds to the likeness of two sentences when partners are chosen."""
_FIGURE = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d+)*")
_NUMBER_WORDS = frozenset(
    """
    zero un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
    quarante cinquante soixante cent cents mille premier premiere deuxieme troisieme quatrieme cinquieme moitie tiers
    quart demi double triple """.split()  # noqa: SIM905 - read more easily so
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
    old, new = _counted(before), _counted(after)
    same = _same(old, new)
    still = _still(same)
    changes = [Change("moved", old[a], new[b]) for a, b in same if (a, b) not in still]
    left_old = sorted(set(range(len(old))) - {a for a, _ in same})
    left_new = sorted(set(range(len(new))) - {b for _, b in same})
    pairs = _partners(old, new, left_old, left_new, sorted(still))
    changes += [Change(_kind(old[a], new[b]), old[a], new[b]) for a, b in pairs]
    changes += [Change("removed", old[a], None) for a in left_old if a not in {a for a, _ in pairs}]
    changes += [Change("added", None, new[b]) for b in left_new if b not in {b for _, b in pairs}]
    return VersionComparison(_in_order(changes, old, new, still), len(still))


def _counted(dossier: Dossier) -> list[Sentence]:
    return [
        sentence for sentence in dossier.sentences if sentence.role in {"body", "official"} and words(sentence.text)
    ]


def _key(sentence: Sentence) -> str:
    return " ".join(words(sentence.text))


def _same(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Pairs with the same words, each sentence once: repeated ones are paired in order, from the ends that agree."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, sentence in enumerate(new):
        places[_key(sentence)].append(place)
    repeats: dict[str, list[int]] = defaultdict(list)
    for place, sentence in enumerate(old):
        repeats[_key(sentence)].append(place)
    pairs = []
    for key, mine in repeats.items():
        theirs = places.get(key, [])
        pairs += _in_best_order(mine, theirs, old, new)
    return sorted(pairs)


def _in_best_order(
    mine: list[int], theirs: list[int], old: Sequence[Sentence], new: Sequence[Sentence]
) -> list[tuple[int, int]]:
    """Of a repeated sentence, the copies with the same neighbour before or after go together first."""
    if len(mine) == len(theirs) or not theirs:
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


def _still(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The longest run of pairs in the same order; the heaviest in words would differ only by single headings."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for place, (_, b) in enumerate(pairs):
        at = bisect_left(tails, b)
        before.append(ends[at - 1] if at else None)
        tails[at : at + 1] = [b]
        ends[at : at + 1] = [place]
    kept: set[tuple[int, int]] = set()
    here = ends[-1] if ends else None
    while here is not None:
        kept.add(pairs[here])
        here = before[here]
    return kept


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
    likely = []
    for a in left_old:
        for b in left_new:
            in_place = gap_old[a] == gap_new[b]
            if not bags_old[a] & bags_new[b] and not in_place:
                continue
            likeness = 1.0 if in_place and _kind(old[a], new[b]) == "figure_changed" else 0.0
            likeness = likeness or _likeness(old[a], new[b], bags_old[a], bags_new[b])
            if likeness >= (REWORDED_IN_PLACE if in_place else REWORDED):
                likely.append((likeness + (IN_PLACE if in_place else 0.0), -abs(a - b), a, b))
    pairs: list[tuple[int, int]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, _, a, b in sorted(likely, reverse=True):
        if a not in taken_old and b not in taken_new:
            pairs.append((a, b))
            taken_old.add(a)
            taken_new.add(b)
    return pairs


def _bag(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in content_words(text)) or frozenset(words(text))


def _likeness(a: Sentence, b: Sentence, bag_a: frozenset[str], bag_b: frozenset[str]) -> float:
    """From 0 to 1: the better of the words in common and of the words in common in the same order."""
    shared = 2 * len(bag_a & bag_b) / (len(bag_a) + len(bag_b)) if bag_a or bag_b else 0.0
    if shared < 0.15:
        return shared
    order = SequenceMatcher(None, words(a.text), words(b.text), autojunk=False).ratio()
    return max(shared, order)


def _kind(before: Sentence, after: Sentence) -> ChangeKind:
    """Only figures differ, or words do."""
    a, b = fold(before.text), fold(after.text)
    plain_a, plain_b = _without_figures(a), _without_figures(b)
    if plain_a == plain_b and a != b:
        return "figure_changed"
    return "reworded"


def _without_figures(text: str) -> list[str]:
    """The words, each figure (in digits or in letters) as the same sign."""
    return ["#" if word in _NUMBER_WORDS else word for word in re.findall(r"#|[a-z]+", _FIGURE.sub(" # ", text))]


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
