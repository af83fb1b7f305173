"""Figures that may contradict each other: the same unit, near words, another number, however far apart they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.dossier.model import Sentence
from assistant.text import fold, stem, stems

SHARED, NEAR = 3, 0.35
"""Content stems two sentences share at least, and their share of the shorter one's."""
MOST = 3
_MEASURE = re.compile(r"(\d+(?:[ .]\d{3})*(?:,\d+)?)\s*(%|€|[a-z]{1,20})")
_UNITS = {"euro": "€", "eur": "€", "heur": "h", "minut": "min", "pourcent": "%"}
_NOT_UNITS = frozenset(["a", "et", "ou", "de", "le", "la", "les", "par", "pour", "sur", "en", "dont", "au"])


@dataclass(frozen=True, slots=True)
class FigurePair:
    """Two sentences (ids) that give another number of the same unit in near words."""

    first: str
    second: str


def conflicting_figures(sentences: Sequence[Sentence]) -> tuple[FigurePair, ...]:
    """At most `MOST` pairs, the nearest in words first: a hint for whoever drafts, never a finding by itself."""
    measured = [(one, _measures(one.text), set(stems(one.text))) for one in sentences]
    found: list[tuple[float, FigurePair]] = []
    for (one, figures, said), (other, others, told) in combinations(measured, 2):
        shared = len({word for word in said & told if not word[0].isdigit()})
        near = shared / max(1, min(len(said), len(told)))
        differs = any(unit in others and figures[unit].isdisjoint(others[unit]) for unit in figures)
        if differs and shared >= SHARED and near >= NEAR:
            found.append((near, FigurePair(one.id, other.id)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(pair for _, pair in found[:MOST])


def _measures(text: str) -> dict[str, set[str]]:
    """Numbers by unit."""
    measures: dict[str, set[str]] = {}
    for number, unit in _MEASURE.findall(fold(text)):
        if unit in _NOT_UNITS:
            continue
        name = stem(unit) if len(unit) > 3 else unit
        value = number.replace(" ", "").replace(".", "")
        measures.setdefault(_UNITS.get(name, name), set()).add(value)
    return measures
