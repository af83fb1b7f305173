"""The thesaurus: words that speak of the same thing, so that a clue and a sentence that share no word can meet.

`concepts.yaml` holds general French (trades, tools, law, management), measures and turns of phrase; nothing in it
belongs to one référentiel or one dossier.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.text import STOPWORDS, fold, stem, words

FILE = Path(__file__).with_name("concepts.yaml")
_NUMBER = re.compile(r"\d")


class ThesaurusFile(BaseModel):
    """What `concepts.yaml` may hold."""

    model_config = ConfigDict(extra="forbid")

    concepts: dict[str, list[str]]
    measures: dict[str, list[str]]
    discourse: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Expressions (as tuples of stems) by their first stem, each with the names it stands for."""

    concepts: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    discourse: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """What a text speaks of: `tokens` for search (stems and `§concept`), kinds of measures and turns of phrase."""

    tokens: tuple[str, ...]
    measures: frozenset[str]
    discourse: frozenset[str]
    numbers: int


@cache
def thesaurus() -> Thesaurus:
    """The thesaurus of this installation, read once."""
    raw = ThesaurusFile.model_validate(
        yaml.load(FILE.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    )
    units = {fold(unit): name for name, members in raw.measures.items() for unit in members}
    return Thesaurus(_by_first_stem(raw.concepts), _by_first_stem(raw.discourse), units)


def _by_first_stem(names: Mapping[str, Iterable[str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    table: dict[str, dict[tuple[tuple[str, ...], str], None]] = {}
    for name, members in names.items():
        for member in members:
            sequence = tuple(stem(word) for word in words(member))
            if sequence:
                table.setdefault(sequence[0], {})[(sequence, f"§{fold(name)}")] = None
    return {first: tuple(found) for first, found in table.items()}


@cache
def spoken_of(text: str) -> SpokenOf:
    """Stems and concepts of `text`, in order; numbers count as measures, not as words."""
    known = thesaurus()
    folded = words(text)
    sequence = [stem(word) for word in folded]
    tokens: list[str] = []
    discourse: set[str] = set()
    for position, word in enumerate(folded):
        if word not in STOPWORDS and len(word) > 1 and not word.isdigit():
            tokens.append(sequence[position])
        for expression, name in known.concepts.get(sequence[position], ()):
            if tuple(sequence[position : position + len(expression)]) == expression:
                tokens.append(name)
        for expression, name in known.discourse.get(sequence[position], ()):
            if tuple(sequence[position : position + len(expression)]) == expression:
                discourse.add(name)
    measures = _measures(text, folded, known.units)
    tokens += sorted(f"§{name}" for name in measures)
    return SpokenOf(tuple(tokens), frozenset(measures), frozenset(discourse), _count_numbers(text))


def _count_numbers(text: str) -> int:
    return sum(1 for chunk in text.split() if _NUMBER.search(chunk))


def _measures(text: str, folded: list[str], units: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    for position, word in enumerate(folded):
        if word.isdigit():
            found |= {units[unit] for unit in folded[position + 1 : position + 3] if unit in units}
        elif word[0].isdigit():
            found |= {units[unit] for unit in (word.lstrip("0123456789"),) if unit in units}
    found |= {units[sign] for sign in ("€", "%") if sign in text and sign in units}
    return found
