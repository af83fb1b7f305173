"""What a statement adds to the sentences it cites: a statement that adds no word of weight reports, whatever it sounds like.

Three kinds of words: those of the cited sentences, ordinary ones (`ordinary.txt`, written by `evaluation/ordinary_words.py`),
and the rest, told apart by the lexicon into words known to weigh and words that nobody foresaw.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.drafting.clauses import plain, tokens
from assistant.drafting.tone import PLAIN_ALONE, kinds_of, lexicon, word_stem
from assistant.text import content_words, words

FILE = Path(__file__).with_name("ordinary.txt")
ROOT = 5
"""Letters by which a word is held to be of one family with a cited one ("réception", "réceptionné")."""
WEIGHING = frozenset(["praise", "blame", "merit", "weigh", "degree", "level", "verdict", "idiom", "either"])
PLAIN = frozenset(["describe", "thing", "others", "act"])
"""Kinds of words that say nothing of weight even where the lexicon also lists them under one that does."""
JUDGING = ("praise", "blame", "merit")
ENDING = 3
"""Letters by which a form may be longer than its word."""
_GRAMMAR = 2
"""Words of so few letters are grammar."""


@dataclass(frozen=True, slots=True)
class Added:
    """The words of a statement that are neither cited nor ordinary, and whether it shares words with what it cites.

    `judging`: those that praise or blame, whatever they are said of; `weighing`: these and all others of weight;
    `shares`: in its own words or in a quotation; `tells`: in its own words.
    """

    judging: tuple[str, ...]
    weighing: tuple[str, ...]
    unforeseen: tuple[str, ...]
    shares: bool
    tells: bool


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(FILE.read_text(encoding="utf-8").split())


def added(text: str, cited: Sequence[str], known: Sequence[str] = ()) -> Added:
    """What `text` adds to `cited`; quotations are the dossier's and left out. Words of `known` may be added as ordinary ones
    are: titles above what is cited, the référentiel's own words. One of them that weighs still weighs."""
    foreseen = _family(word for sentence in known for word in content_words(sentence))
    source = _family(word for sentence in cited for word in words(sentence))
    told = _family(word for sentence in cited for word in content_words(sentence))
    said = [token for token in dict.fromkeys(tokens(plain(text))) if token.isalpha() and len(token) > _GRAMMAR]
    own = [token for token in said if not _of_family(token, source)]
    heavy = [token for token in own if not PLAIN.intersection(kinds_of(token))]
    weighing = tuple(token for token in heavy if WEIGHING.intersection(kinds_of(token)))
    unforeseen = tuple(
        token
        for token in heavy
        if token not in weighing and word_stem(token) not in _ordinary() and not _of_family(token, foreseen)
    )
    tells = any(_of_family(word, told) for word in content_words(plain(text)))
    judging = tuple(token for token in own if _judges(token))
    shares = tells or any(_of_family(word, told) for word in content_words(text))
    return Added(judging, weighing, unforeseen, shares, tells)


@cache
def _judging() -> dict[str, tuple[str, ...]]:
    """Words that praise or blame, by their stem."""
    plain_ones = frozenset(lexicon()[PLAIN_ALONE].split())
    by_stem: dict[str, list[str]] = {}
    for kind in JUDGING:
        for word in lexicon()[kind].split():
            if word not in plain_ones:
                by_stem.setdefault(word_stem(word), []).append(word)
    return {name: tuple(found) for name, found in by_stem.items()}


def _judges(token: str) -> bool:
    """Whether a word is a form of one that judges: stems alone would take "parler" for "parlant"."""
    return any(
        token[: len(word) - 1] == word[:-1] and len(token) <= len(word) + ENDING
        for word in _judging().get(word_stem(token), ())
    )


def _family(said: Iterable[str]) -> frozenset[str]:
    told = list(said)
    return frozenset(word_stem(word) for word in told) | frozenset(word[:ROOT] for word in told if len(word) >= ROOT)


def _of_family(word: str, source: Collection[str]) -> bool:
    return word_stem(word) in source or (len(word) >= ROOT and word[:ROOT] in source)
