"""Sentences of two versions, cut at the same places.

A page that breaks elsewhere, a paragraph joined to the next or a table read in another order gives other sentences of the
same words: "A. B" in one version, "A." and "B" in the other. Nothing was written anew; such a sentence is cut where the
other version cuts it, at the end of a sentence or of a cell.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.dossier.model import Sentence
from assistant.text import words

_OPENS = "A-ZÀ-ÖØ-ÞŒ0-9«"
"""What a sentence begins with: a small letter after a semicolon is a candidate's own joining, not a page's."""
_SEAM = re.compile(rf"(?<=[.!?…:»])\s+(?=[{_OPENS}])|\s+\|\s+|\s+(?=•)")
"""Where a sentence may have been joined to the next: its end, a colon before a capital, a cell's border."""
_BEFORE_CAPITAL = re.compile(rf"\s+(?=[{_OPENS}])")
"""Where a line may have been joined to the next, as a title to what follows: no sign ends it."""
_MOST_SEAMS = 40


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """The folded letters and figures of a sentence, without spaces: a narrow column cuts words."""
    return "".join(words(text))


def cut_alike(old: Sequence[Sentence], new: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Both versions, each sentence cut where the other version has one of its parts alone."""
    here, there = _keys(old), _keys(new)
    return _cut(old, there - here, there), _cut(new, here - there, here)


def _keys(sentences: Iterable[Sentence]) -> frozenset[str]:
    return frozenset(key(sentence.text) for sentence in sentences)


def _cut(sentences: Sequence[Sentence], alone: frozenset[str], known: frozenset[str]) -> list[Sentence]:
    """`alone`: what the other version has in one sentence and this one has not; `known`: all of the other's."""
    return [
        part
        for sentence in sentences
        for part in ([sentence] if key(sentence.text) in known else _parts(sentence, alone))
    ]


def _parts(sentence: Sentence, alone: frozenset[str]) -> list[Sentence]:
    """The runs of pieces that the other version has alone, and what is left between them."""
    pieces = _pieces(sentence.text)
    if len(pieces) > _MOST_SEAMS:
        return [sentence]
    ends: list[tuple[int, int]] = []
    place = 0
    while place < len(pieces):
        end = _longest(sentence.text, pieces, place, alone)
        ends.append((place, end))
        place = max(end, place + 1)
    if not any(end > first for first, end in ends):
        return _two_known(sentence, alone)
    cuts = {pieces[first][0] for first, end in ends if end > first or _follows_a_cut(ends, first)}
    return _cut_at(sentence, sorted({0, *cuts}))


def _two_known(sentence: Sentence, alone: frozenset[str]) -> list[Sentence]:
    """Two lines that the other version has apart, both of them whole."""
    text = sentence.text
    for seam in _BEFORE_CAPITAL.finditer(text):
        if key(text[: seam.start()]) in alone and key(text[seam.end() :]) in alone:
            return _cut_at(sentence, [0, seam.end()])
    return [sentence]


def _cut_at(sentence: Sentence, starts: Sequence[int]) -> list[Sentence]:
    stops = [*starts[1:], len(sentence.text)]
    texts = [sentence.text[a:b].strip(" \n|") for a, b in zip(starts, stops, strict=True)]
    return [replace(sentence, text=text) for text in texts if words(text)]


def _follows_a_cut(ends: Sequence[tuple[int, int]], place: int) -> bool:
    return any(first < place == end for first, end in ends)


def _longest(text: str, pieces: Sequence[tuple[int, int]], place: int, alone: frozenset[str]) -> int:
    """The end of the longest run of pieces from `place` that the other version has alone; `place` where there is
    none."""
    for end in range(len(pieces), place, -1):
        run = text[pieces[place][0] : pieces[end - 1][1]]
        if end - place < len(pieces) and key(run) in alone:
            return end
    return place


def _pieces(text: str) -> list[tuple[int, int]]:
    """Each piece with a word: the number before a heading or an item stays with it."""
    found: list[tuple[int, int]] = []
    start = 0
    for seam in _SEAM.finditer(text):
        if re.search(r"[^\W\d_]{2}", text[start : seam.start()]) or "|" in seam[0]:
            found.append((start, seam.start()))
            start = seam.end()
    return [(a, b) for a, b in (*found, (start, len(text))) if words(text[a:b])]
