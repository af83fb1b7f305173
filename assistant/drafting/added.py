"""What a statement adds to the sentences it cites: a statement that adds no word of weight reports, whatever it sounds like.

Three kinds of words: those of the cited sentences, ordinary ones (`ordinary.txt`, written by `evaluation/ordinary_words.py`),
and the rest, told apart by the lexicon into words known to weigh and words that nobody foresaw.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.drafting.clauses import plain, tokens
from assistant.drafting.lexicon import DOUBTFUL, PLAIN_ALONE, kinds_of, lexicon, saying, word_stem
from assistant.drafting.told import measures
from assistant.drafting.tone import about_nothing_found
from assistant.text import STOPWORDS, content_words, words

FILE = Path(__file__).with_name("ordinary.txt")
ROOT = 5
"""Letters by which a word is held to be of one family with a cited one ("réception", "réceptionné")."""
WEIGHING = ("praise", "blame", "merit", "weigh", "degree", "level", "verdict", "idiom", "either")
PLAIN = frozenset(["describe", "thing", "others", "act"])
"""Kinds of words that say nothing of weight even where the lexicon also lists them under one that does."""
JUDGING = ("praise", "blame", "merit")
LONGER = 3
"""Letters by which a form may be longer than its word."""
INFLECTIONS = re.compile(r"(?:e?e?s?|x|[vsrlnt]e?s?|fs?|(?:ch|qu)es?|a?ux|(?:e|le|ve|se)?ment)")
"""How a listed word may end otherwise and be the same word: "productive" is "productif", "production" is not."""
VERB_ENDING = 2
"""Last letters in which a form of a listed verb may differ; an adjective's or a noun's differ in one."""
_WITH_OBJECT = re.compile(
    r"(?<!\bse )(?<!\bs')\b([a-z]+)(?=(?:-(?:t-)?(?:il|elle|ils|elles|vous))?"
    r"(?: (?:les?|la|des?|du|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
    r"|plusieurs|chaque|entre|son|sa|ses|leurs?|ce|cet|cette|ces|\d+)\b| l'| d'))"
)
_CLAUSE_END = re.compile(r"(?<!\d),|,(?!\d)|[:;()–—.!]|\s-\s")
_LEANS = re.compile(
    r"[«\"]|\d|^\W*(?:en cas|au sens|lors|dans|chez|depuis|pendant|apres|avant|entre|vers|a partir|jusqu'a)\b"
    r"|^\W*(?:sans|ni|non|dont|puis|comme|il|elle|ils|elles|sa|son|ses|leurs?)\b|\b(?:d'apres|selon|pas a pas)\b"
    r"|-(?:t-)?(?:il|elle)s?\b"
)
"""What makes a clause lean on another, on a person who speaks, or on a number."""
_NUMBERS = frozenset(
    ["un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"]
)
_NUMBERS |= {
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "cent",
    "mille",
}
_OF_THINGS = frozenset(["thing", "measure", "others"])
_LEAST_CLAUSE = 3
_GRAMMAR = 2
"""Words of so few letters are grammar."""


@dataclass(frozen=True, slots=True)
class Added:
    """The words of a statement that are neither cited nor ordinary, and whether it shares words with what it cites.

    `judging`: those that praise or blame, whatever they are said of; `doubtful`: those among them that may as well name a
    thing; `weighing`: these and all others of weight; `asked`: those among all that the référentiel itself names; `shares`:
    in its own words or in a quotation; `tells`: in its own words.
    """

    judging: tuple[str, ...]
    doubtful: tuple[str, ...]
    asked: tuple[str, ...]
    weighing: tuple[str, ...]
    unforeseen: tuple[str, ...]
    shares: bool
    tells: bool

    def without_asked(self) -> "Added":
        """The same, the référentiel's own words taken for cited ones."""
        weighing = tuple(word for word in self.weighing if word not in self.asked)
        return replace(self, weighing=weighing, tells=self.tells or bool(self.asked))


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(FILE.read_text(encoding="utf-8").split())


def is_ordinary(word: str) -> bool:
    """Whether a word, as it is written, is grammar, ordinary, or one that the lexicon knows."""
    folded = tokens(plain(word))
    return all(one in STOPWORDS or word_stem(one) in _ordinary() or kinds_of(one) for one in folded)


def added(text: str, cited: Sequence[str], known: Sequence[str] = ()) -> Added:
    """What `text` adds to `cited`; quotations are the dossier's and left out. Words of `known` may be added as ordinary ones
    are: titles above what is cited, the référentiel's own words. One of them that weighs still weighs."""
    foreseen = _family(word for sentence in known for word in content_words(sentence))
    source = _family(word for sentence in cited for word in words(sentence))
    told = _family(word for sentence in cited for word in content_words(sentence))
    said = [token for token in dict.fromkeys(tokens(plain(text))) if token.isalpha() and len(token) > _GRAMMAR]
    own = [token for token in said if not _of_family(token, source)]
    heavy = [token for token in own if not PLAIN.intersection(kinds_of(token))]
    weighing = tuple(token for token in heavy if _is_form(token, _words_of(WEIGHING), VERB_ENDING))
    unforeseen = tuple(
        token
        for token in heavy
        if token not in weighing
        and token not in STOPWORDS
        and word_stem(token) not in _ordinary()
        and not _of_family(token, foreseen)
    )
    tells = any(_of_family(word, told) for word in content_words(plain(text)))
    acting, measured = _acting(plain(text)), measures(plain(text))
    judging = tuple(token for token in own if _judges(token) and token not in acting and token not in measured)
    shares = tells or any(_of_family(word, told) for word in content_words(text))
    asked = tuple(token for token in own if _of_family(token, foreseen) and not _qualifies(token))
    doubtful = tuple(token for token in judging if token in asked or _names(token))
    return Added(judging, doubtful, asked, weighing, unforeseen, shares, tells)


def apart_clauses(text: str, cited: Sequence[str]) -> list[str]:
    """Clauses of a statement that take up no word of what it cites, and say nothing of who speaks, of a number, or of what
    was not found: "le tour du marché est donc complet". A comment is made beside what is told, not in it."""
    folded = plain(text)
    if "?" in folded:
        return []
    told = _family(word for sentence in cited for word in words(sentence))
    source = " ".join(" ".join(words(sentence)) for sentence in cited)
    return [clause.strip() for clause in _CLAUSE_END.split(folded) if _is_apart(clause, told, source)]


def _is_apart(clause: str, told: frozenset[str], source: str) -> bool:
    said = tokens(clause)
    full = [token for token in said if token.isalpha() and len(token) > _GRAMMAR and token not in STOPWORDS]
    if len(said) < _LEAST_CLAUSE or not full or _LEANS.search(clause) or not _NUMBERS.isdisjoint(said[1:]):
        return False
    if all(_OF_THINGS.intersection(kinds_of(token)) for token in full):
        return False
    if any("describe" in kinds_of(token) or token in saying() or _of_family(token, told) for token in full):
        return False
    return not about_nothing_found(clause) and not any(
        " ".join(run) in source for run in zip(said, said[1:], said[2:], strict=False)
    )


def _acting(folded: str) -> frozenset[str]:
    """Verbs of describing with their object: who "distingue trois cas" tells cases apart, who "se distingue" is praised."""
    return frozenset(verb for verb in _WITH_OBJECT.findall(folded) if "describe" in kinds_of(verb))


@cache
def _words_of(kinds: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The words of some kinds by their stem."""
    by_stem: dict[str, list[str]] = {}
    for word in dict.fromkeys(word for kind in kinds for word in lexicon()[kind].split()):
        by_stem.setdefault(word_stem(word), []).append(word)
    return {name: tuple(found) for name, found in by_stem.items()}


def _judges(token: str) -> bool:
    return token not in _plain_alone() and _is_form(token, _words_of(JUDGING), 1)


@cache
def _plain_alone() -> frozenset[str]:
    return _with_endings(lexicon()[PLAIN_ALONE])


def _qualifies(token: str) -> bool:
    """Whether a word is an adjective or adverb of merit: in whose mouth ever, it qualifies."""
    return _is_listed(token, ("praise", "blame", "degree"))


def _names(token: str) -> bool:
    """Whether a word that sounds like one of merit names a thing: it has the beginning only, or is known to do both."""
    return token in doubtful_words() or not _is_listed(token, JUDGING)


def _is_listed(token: str, kinds: tuple[str, ...]) -> bool:
    """Whether a word is one of a list, but for its inflection."""
    return any(_inflected(token, word) for word in _words_of(kinds).get(word_stem(token), ()))


def _inflected(token: str, word: str) -> bool:
    shared = next((at for at, (one, other) in enumerate(zip(token, word, strict=False)) if one != other), None)
    shared = min(len(token), len(word)) if shared is None else shared
    ends = token[shared:], word[shared:]
    return shared >= len(word) - VERB_ENDING and all(INFLECTIONS.fullmatch(end) for end in ends)


@cache
def doubtful_words() -> frozenset[str]:
    """Words of merit that name a thing as often as they judge one."""
    return _with_endings(lexicon()[DOUBTFUL])


def _with_endings(listed: str) -> frozenset[str]:
    said = listed.split()
    return frozenset([*said, *(f"{word}{ending}" for word in said for ending in ("s", "x", "e", "es"))])


def _is_form(token: str, by_stem: dict[str, tuple[str, ...]], ending: int) -> bool:
    """Whether a word is a form of a listed one, all but its last letters: stems alone would take "parle" for "parlant"."""
    return kinds_of(token) != () and any(
        token[: len(word) - ending] == word[: len(word) - ending] and len(token) <= len(word) + LONGER
        for word in by_stem.get(word_stem(token), ())
    )


def _family(said: Iterable[str]) -> frozenset[str]:
    told = list(said)
    return frozenset(word_stem(word) for word in told) | frozenset(word[:ROOT] for word in told if len(word) >= ROOT)


def _of_family(word: str, source: Collection[str]) -> bool:
    return word_stem(word) in source or (len(word) >= ROOT and word[:ROOT] in source)
