"""Folding and cutting French text, the same way everywhere: comparisons, search, checks."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from Stemmer import Stemmer

NBSP = "\u00a0"
"""Before : ; ? ! » and after « in French, and between a number and what it counts."""
LEVELS = " › "
"""Between the titles of the sections that a sentence stands in, the wider one first."""
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""The combining marks of nearly all texts; others are looked for where a text has more."""
_WORD = re.compile(r"[a-z0-9]+")
_LETTERS = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"',
    "œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
    "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss",
    "\u00ad": None, "\u200b": None, "\ufeff": None, "…": "...",
})  # fmt: skip

STOPWORDS = frozenset(
    """
    a afin ai aie aient ainsi ait alors apres as au aucun aucune aura aurait aussi autre autres aux avaient avais
    avait avant avec avez avoir avons ayant beaucoup bien c ca car ce ceci cela celle celles celui ces cet cette
    ceux chaque chez ci comme comment d dans de des deux donc dont du elle elles en encore entre es est et etaient
    etais etait etant ete etes etre eu eux fait faire fois font furent fut ici il ils j je jusqu jusque l la le
    les leur leurs lors lorsque lui m ma mais me meme memes mes moi moins mon n ne ni nos notre nous on ont ou par
    parce pas peu peut plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se sera serait
    ses seulement si sien soit sois sommes son sont sous suis sur t ta tandis te tes toi ton tous tout toute
    toutes tres trop tu un une vers voici voila vos votre vous y etc via plutot puis notamment egalement peuvent
    doit doivent selon
    """.split()  # noqa: SIM905 - eighteen lines of words read better than one word a line
)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, no accents, plain quotes and hyphens, single spaces: what two quotes are compared by."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = _folded(text) if _SIGMA.search(text) else text.translate(_FOLDED)
    return " ".join(folded.split())


class _Folded(dict[int, str]):
    """What each letter is folded to, found out where it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


_FOLDED = _Folded()
_SIGMA = re.compile("[Σ\u03f9\U0001d6ba\U0001d6f4\U0001d72e\U0001d768\U0001d7a2]")
"""The one letter whose small form depends on where it stands in a word, and its looks."""


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.translate(_LETTERS)).lower())
    kept = _ACCENTS.sub("", plain)
    if not kept.isascii():
        kept = "".join(c for c in kept if not unicodedata.combining(c))
    return kept.translate(_LETTERS)


def words(text: str) -> list[str]:
    """The folded words and numbers of `text`, in order; elided articles come apart ("l'appel" -> l, appel)."""
    return _WORD.findall(fold(text))


def content_words(text: str) -> list[str]:
    """`words` without the grammatical ones and single letters."""
    return [word for word in words(text) if word not in STOPWORDS and len(word) > 1]


def word_count(text: str) -> int:
    """Words as a person counts them: separated by spaces."""
    return len(text.split())


@cache
def _stemmer() -> "Stemmer":
    from Stemmer import Stemmer

    return Stemmer("french")


@cache
def stem(word: str) -> str:
    """Snowball's French stem of a folded word: accents go first, which Snowball keeps apart."""
    return str(_stemmer().stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of the content words of `text`, in order."""
    return [stem(word) for word in content_words(text)]
