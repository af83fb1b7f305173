"""Words by what they do in a sentence (`lexicon.yaml`), and the stem by which a word is compared."""

from functools import cache, lru_cache
from pathlib import Path

import yaml

from assistant.text import stem

LEXICON = Path(__file__).with_name("lexicon.yaml")
PLAIN_ALONE, DOUBTFUL, SAYING, NAMING, MEASURED = "plain_alone", "doubtful", "saying", "naming", "measured"
"""Lists of the lexicon that are no kinds: words that judge nothing alone, words that may, forms of verbs of saying, words by
which names of things begin, things of which there is more or less."""
NO_KINDS = frozenset([PLAIN_ALONE, DOUBTFUL, SAYING, NAMING, MEASURED])
_MISTAKEN = frozenset(["sur", "notamment", "sommes", "ton", "egalement", "as"])
"""Grammatical words that have the stem of another word."""


@cache
def lexicon() -> dict[str, str]:
    """The words of each kind, as they stand in the file."""
    read: dict[str, str] = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    return read


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    """Kinds of words by stem."""
    kinds: dict[str, list[str]] = {}
    for kind, words in lexicon().items():
        if kind in NO_KINDS:
            continue
        for word in dict.fromkeys(words.split()):
            for part in word.split("-")[:1]:
                kinds.setdefault(word_stem(part), []).append(kind)
    return {name: tuple(dict.fromkeys(found)) for name, found in kinds.items()}


@lru_cache(maxsize=20_000)
def word_stem(token: str) -> str:
    """The stem by which a folded word is compared; one sign for every number."""
    if token[0].isdigit():
        return "#"
    return stem(token) if len(token) > 3 else token


@lru_cache(maxsize=20_000)
def kinds_of(token: str) -> tuple[str, ...]:
    """What the lexicon holds a folded word to be."""
    found = () if token in _MISTAKEN else _lexicon().get(word_stem(token), ())
    if token[0].isdigit():
        found = (*found, "number")
    return found


@cache
def saying() -> frozenset[str]:
    """Forms by which a thing is said or shown, or not."""
    return frozenset(lexicon()[SAYING].split())
