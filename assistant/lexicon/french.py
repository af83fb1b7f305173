"""What is a French word, a first name, a family name, a place: lists that come with the program (see LICENCE.md)."""

import lzma
import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
PREFIX_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@cache
def french_words() -> frozenset[str]:
    """Every form of the common words, in lower case with accents, "’" as the apostrophe; about 440,000, read in 0.3 s."""
    return _front_coded("words.xz")


def is_french_word(word: str) -> bool:
    """Whether a word, in any case, is a common French word (not a name)."""
    return word.lower().replace("'", "’") in french_words()


@cache
def _words_without_accents() -> frozenset[str]:
    """Those that have any, or an apostrophe, as they are written without."""
    accented = "\n".join(word for word in french_words() if not word.isascii())
    joined = accented.replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return frozenset(unicodedata.normalize("NFD", joined).encode("ascii", "ignore").decode().split("\n"))


def is_french_in_capitals(word: str) -> bool:
    """Whether a word in capitals is a common French word, its accents left out or not."""
    return is_french_word(word) or word.lower().replace("’", "'") in _words_without_accents()


def load() -> None:
    """Reads the lists of common words ahead of their first use."""
    is_french_in_capitals("")


@cache
def first_names() -> frozenset[str]:
    """First names in lower case with accents."""
    return _names("first_names.txt")


@cache
def family_names() -> frozenset[str]:
    """Frequent family names in lower case with accents; far from all of them."""
    return _names("surnames.txt")


@cache
def proper_nouns() -> frozenset[str]:
    """Towns, regions, countries, institutions, brands, in lower case with accents."""
    return _names("proper_nouns.txt")


@cache
def brands() -> frozenset[str]:
    """Names of chains of shops, of makes and of software, folded, of one word that is nothing else."""
    return _names("brands.txt")


@cache
def towns() -> frozenset[str]:
    """Towns of France of fewer than 100,000 people, folded, words parted by spaces."""
    return _front_coded("towns.xz")


@cache
def cities() -> frozenset[str]:
    """Larger ones, and towns abroad, as `towns`."""
    return _front_coded("cities.xz")


@cache
def given_and_family_without_accents() -> tuple[frozenset[str], frozenset[str]]:
    """First names and family names as they are written in capitals without accents, in lower case."""
    plain = [
        frozenset(unicodedata.normalize("NFD", "\n".join(names)).encode("ascii", "ignore").decode().split("\n"))
        for names in (first_names(), family_names())
    ]
    return plain[0], plain[1]


def _front_coded(file: str) -> frozenset[str]:
    words: list[str] = []
    before, shared = "", {digit: number for number, digit in enumerate(PREFIX_DIGITS)}
    for line in lzma.decompress((FOLDER / file).read_bytes()).decode().split("\n"):
        before = before[: shared[line[0]]] + line[1:]
        words.append(before)
    return frozenset(words)


def _names(file: str) -> frozenset[str]:
    return frozenset((FOLDER / file).read_text(encoding="utf-8").lower().split())
