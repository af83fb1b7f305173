"""What a statement only tells: names of things that hold a word of weight, and what a person of the dossier is said to say.

"Le niveau à bulle", "une preuve d’achat", "les notes de dictée": a word that judges elsewhere is here the first of a name.
Read in folded text (lower case, no accents); the lists stand in `lexicon.yaml`.
"""

import re
from functools import cache, lru_cache

from assistant.drafting.lexicon import MEASURED, NAMING, kinds_of, lexicon
from assistant.text import STOPWORDS

STAND_IN = "objet"
"""Stands for the first word of a name of a thing: a word of no weight."""
HEAVY = frozenset(["praise", "blame", "merit", "weigh", "degree", "level", "verdict", "idiom", "work", "who"])
_SPEAKER = (
    r"\b(?:candidate?|il|elle|clients?|clientes?|patron|patronne|gerante?|cheffe?|tuteur|tutrice|formateur|formatrice"
    r"|collegue|familles?|parents?|directeur|directrice|fournisseur|responsable)"
)
_SAYS = (
    r"(?:dit|disent|ecrit|ecrivent|declare|affirme|raconte|rapporte|reconnait|admet|annonce|explique|precise|indique"
    r"|signale|regrette|croit|pense|estime|avoue)"
)
_REPORTED = re.compile(
    rf"{_SPEAKER} (?:ne |y |le |lui |leur |s'|se |l'|a |ont |avait )*{_SAYS}(?:nt)? "
    r"(?P<said>(?:que |qu'|avoir |etre |s'etre |s'y |n'avoir |n'etre |ne pas |ne plus |savoir |ne savoir |pouvoir |vouloir "
    r"|a l'aise)[^,;:.()!?«»–—]*)"
)
_AFTER = r"(?:« »|-\d|c[pem]\d?\b|[abc]\d\b|haccp\b|interne|bas\b|haut\b|complementaire|d'ouvrage)"
"""What else makes a name: "mention « fragile »", "niveau -2", "niveau CM1", "méthode HACCP"."""
_NO_THING = frozenset(
    [*STOPWORDS, "un", "une", "cette", "ce", "son", "sa", "ses", "tres", "trop", "plus", "moins", "ensemble", "bien"]
)
_ABOUT_THE_WORK = re.compile(
    r"\b(?:criteres?|competences?|blocs?|exigences?|attendus?|referentiel|jury|certification|dossier|memoire|validation"
    r"|demarche|analyse|candidature)\b"
)


@cache
def _named() -> re.Pattern[str]:
    words = "|".join(sorted(lexicon()[NAMING].split(), key=len, reverse=True))
    return re.compile(
        rf"(?<![-\w])(?:{words})(?= (?:(?:de |du |de la |de l'|d'|des |a |en |pour )(?P<of>[a-z]{{2,}})|{_AFTER}))"
    )


@cache
def _measured() -> re.Pattern[str]:
    things = "|".join(lexicon()[MEASURED].split())
    return re.compile(
        rf"\b(?:{things})s?(?: (?:d'|de |du |des |de la )[a-z]+)?"
        r"(?: (?:est|etait|n'est pas|n'etait pas|devenue?|jugee?|reste))?(?: (?:trop|plus|tres|assez|un peu|encore))? "
        r"(?P<how>(?:in)?suffisante?s?|faibles?|fort[es]*|bon(?:ne)?s?|mauvaise?s?|correcte?s?|excessi(?:f|ve)s?|anormale?s?"
        r"|excellente?s?|mediocres?|satisfaisante?s?|negligeables?)\b"
    )


def measures(folded: str) -> frozenset[str]:
    """Words that say how much there is of a thing that is measured: "une pression insuffisante"."""
    return frozenset(match.group("how") for match in _measured().finditer(folded))


@lru_cache(maxsize=256)
def as_things(folded: str) -> str:
    """The text, the first word of each name of a thing, and how much there is of one, replaced by one of no weight; word for
    word, so that places are kept."""
    return _named().sub(
        _replaced, _measured().sub(lambda match: match.group()[: -len(match["how"])] + STAND_IN, folded)
    )


def _replaced(match: re.Match[str]) -> str:
    of = match.group("of")
    return match.group() if of and (of in _NO_THING or HEAVY.intersection(kinds_of(of))) else STAND_IN


def reported(folded: str) -> list[tuple[int, int]]:
    """Where the candidate, or another person, is said to say a thing about anything but the work that is judged."""
    return [match.span("said") for match in _REPORTED.finditer(folded) if not _ABOUT_THE_WORK.search(match.group())]


def without_reported(folded: str) -> str:
    """The text, what people are said to say reduced to the marks of a quotation."""
    for start, end in reversed(reported(folded)):
        folded = f"{folded[:start]}« »{folded[end:]}"
    return folded
