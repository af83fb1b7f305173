"""What a statement says that its cited sentences do not hold: numbers, dates, names, words between quotation marks.

A program can tell these apart from any model: they are copied or they are not.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.drafting.added import is_ordinary
from assistant.text import fold, words

_QUOTE = re.compile(r"«([^»]*)»|“([^”]*)”|\"([^\"]*)\"")
_CUT = re.compile(r"\s*(?:\[…\]|\[\.\.\.\]|\(…\)|…|\.\.\.)\s*")
_NUMBER = re.compile(r"\d+(?:[\u00a0\u202f .]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?")
_NAME = re.compile(r"(?<![.!?:«»“”\"] )(?<!^)\b[A-ZÀ-ÖØ-Ý][\w’'.&-]*\w")
_FIRST = re.compile(r"(?:^|[.!?] )([A-ZÀ-ÖØ-Ý][\w-]+)(?![\w’'])")
_TITLE = re.compile(r"\b(MM?|Mmes?|Mlles?|Drs?|Prs?|Mes?|Ste?)\. (?=[A-ZÀ-ÖØ-Ý])")
"""A full stop that shortens a title ends no sentence: the name behind it is a name."""
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))
"""Marks that folding leaves out: a word goes on over them."""
_DATES = frozenset(
    [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
    ]
)
_ROUND = {
    "dizaine": "10",
    "douzaine": "12",
    "quinzaine": "15",
    "vingtaine": "20",
    "trentaine": "30",
    "quarantaine": "40",
    "cinquantaine": "50",
    "soixantaine": "60",
    "centaine": "100",
    "millier": "1000",
    "moitie": "50",
}
"""Numbers that stand for another one, or for about so many: they are the dossier's own or made up."""
_SPELT = {
    word: number
    for number, word in enumerate(
        "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()  # noqa: SIM905
    )
} | {"une": 1, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100, "mille": 1000}
"""Numbers in letters; in the sentences either form will do. "un" and "une" are articles, and held against nothing."""
_COUNTED = 10
"""Up to here a statement may count what it cites ("deux outils") where the sentences name as many things."""
_ORDINALS = {
    "deuxieme": 2, "second": 2, "seconde": 2, "double": 2, "doubles": 2, "paire": 2, "couple": 2, "binome": 2, "duo": 2,
    "troisieme": 3, "triple": 3, "trio": 3, "quatrieme": 4, "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8,
    "neuvieme": 9, "dixieme": 10,
}  # fmt: skip
"""Words that say how many there are without the number: "un troisième client"."""
_LISTED = re.compile(r"[,;|•·/+&\n]|(?<!\w)(?:et|ou|puis|ainsi que|avec|mais|ni)(?!\w)|(?<!\w)[–—-](?!\w)|[.:!?] ")
"""What parts the things that a sentence lists."""
_OURS = frozenset(
    "le la les un une candidat candidate dossier ia jury mm mme mmes mlle dr pr monsieur madame".split()  # noqa: SIM905
)


def unsourced(text: str, cited: Sequence[str], asked: Iterable[str]) -> tuple[str, ...]:
    """The parts of `text` that stand in no cited sentence. `asked`: the référentiel's words, which may be quoted too."""
    here = "\n".join(cited)
    known = fold(here)
    requested = fold("\n".join(asked))
    missing = [part for part in _quoted(text) if not _stands(part, known) and not _stands(part, requested)]
    plain = _TITLE.sub(r"\1 ", _QUOTE.sub(" « » ", text.translate(_UNSEEN)))
    numbers = _numbers_of(here)
    missing += [one for one in _NUMBER.findall(plain) if _value(one) not in numbers]
    spelt = [word for word in words(plain) if _SPELT.get(word, 0) > _COUNTED]
    missing += [word for word in spelt if str(_SPELT[word]) not in numbers]
    missing += [word for word in _counting(plain) if not _countable(_SPELT[word], cited, numbers)]
    said = set(words(here)) | set(words(requested))
    missing += [month for month in words(plain) if month in _DATES and month not in said]
    missing += [
        word
        for word in words(plain)
        if (about := _ROUND.get(word.removesuffix("s")))
        and not {word, word.removesuffix("s"), f"{word}s"} & said
        and about not in numbers
    ]
    missing += [name for name in _NAME.findall(plain) if not set(words(name)) <= said | _OURS]
    missing += [
        name for name in _FIRST.findall(plain) if not set(words(name)) <= said | _OURS and not is_ordinary(name)
    ]
    return tuple(dict.fromkeys(missing))


def _counting(text: str) -> list[str]:
    """The small numbers in letters that count something: "deux points", "trois principaux clients", not "à deux", not "un
    appareil neuf"."""
    told = words(text)
    return [
        word
        for at, word in enumerate(told)
        if 1 < _SPELT.get(word, 0) <= _COUNTED and any(one[-1] in "sx" for one in told[at + 1 : at + 3])
    ]


def _countable(number: int, cited: Sequence[str], numbers: set[str]) -> bool:
    """Whether the sentences say this number, or may name as many things: by the parts of their lists, all together."""
    if str(number) in numbers or any(_ORDINALS.get(word) == number for word in words("\n".join(cited))):
        return True
    return sum(1 + len(_LISTED.findall(sentence)) for sentence in cited) >= number


def _quoted(text: str) -> list[str]:
    """The parts between quotation marks, apart where words were left out."""
    spans = [next(group for group in match.groups() if group is not None) for match in _QUOTE.finditer(text)]
    return [part.strip() for span in spans for part in _CUT.split(span) if part.strip(" .,;:")]


def _stands(part: str, known: str) -> bool:
    return fold(part).strip(" .,;:") in known


def _numbers_of(text: str) -> set[str]:
    found = {_value(one) for one in _NUMBER.findall(text)}
    # "14 000 euros" may also be cut as two numbers, and "h" or a unit may be glued to one.
    found |= {_value(one) for one in re.findall(r"\d+", text)}
    return found | {str(_SPELT[word]) for word in words(text) if word in _SPELT}


def _value(number: str) -> str:
    """The same number however it is written: "14 000", "14.000" and "14000"; "3,50" and "3.5"."""
    plain = re.sub(r"[\u00a0\u202f ]", "", number)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    return f"{float(plain):g}" if "e" not in f"{float(plain):g}" else plain
