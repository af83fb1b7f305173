"""Abbreviations of French administrative and commercial writing, and the words that start sentences after them."""

import re

TITLES = frozenset("m mm mme mmes mlle mlles dr drs pr prs me mgr st ste sts stes vve".split())  # noqa: SIM905
"""A name follows: never the end of a sentence."""
REFERENCES = frozenset(
    """
    art al p pp n no nos num fig cf éq eq chap ch vol réf ref tél tel av bd boul coll tab tabl ann paragr sect §
    voy tit l r d rue apt bât bat imm rés éd ed ex p.ex ill pl doc ets éts sté ste env approx resp hab c.-à-d
    càd ndlr id ibid op cit trad dir adj sq suiv cap dép dept arr col fax mob adr int ext nb n.b
    """.split()  # noqa: SIM905 - lines of words read better than one word a line
)
"""What they refer to follows; the end of a sentence only before a word that starts one."""
FIGURES = frozenset(
    [
        "janv",
        "jan",
        "fév",
        "févr",
        "fev",
        "fevr",
        "avr",
        "juil",
        "juill",
        "sept",
        "oct",
        "nov",
        "déc",
        "dec",
        "min",
        "max",
        "sec",
        "kg",
        "km",
        "cm",
        "mm",
        "hl",
        "ha",
        "cie",
    ]
)
"""A figure may follow; otherwise they end a sentence like any word."""
LETTERED = frozenset(
    """
    jour plan point partie annexe option classe type groupe vitamine permis catégorie zone lot bloc étape phase
    série niveau indice formule figure tableau bâtiment salle porte modèle version test candidat client agent
    """.split()  # noqa: SIM905 - lines of words read better than one word a line
)
"""A letter after one of them is a name of its own ("le plan B"), not an initial."""
STARTERS = frozenset(
    """
    le la les l un une des du de il elle ils elles on nous vous je j tu ce cet cette ces c cela ça ceci celui
    celle ceux celles son sa ses mon ma mes ton ta tes notre nos votre vos leur leurs en dans pour par sur avec
    sans sous chez depuis pendant après avant lors lorsque quand si puis ensuite enfin mais or donc car et ainsi
    aussi à au aux d qu y chaque tout toute tous toutes certains certaines plusieurs aucun aucune voici voilà
    comme afin malgré grâce selon suite cependant toutefois néanmoins alors quant que qui où dès entre vers ni
    même bien très plus moins
    """.split()  # noqa: SIM905 - lines of words read better than one word a line
)
_ACRONYM = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")
_ROMAN = re.compile(r"[ivxlc]+")
_WORD = re.compile(r"[\w°§'’.-]+$")
_OPENING = " \t\u00a0\u202f«“\"'(–—-•"


def ends_sentence(before: str, after: str) -> bool:
    """Whether a full stop between `before` (the sentence so far, without the stop) and `after` ends the sentence."""
    following = after.lstrip(_OPENING)
    found = _WORD.search(before)
    if not found:
        return True
    token = found.group()
    word = re.split("['’]", token.lower())[-1]
    first = found.start() == 0 or not before[: found.start()].strip(_OPENING)
    if first and (word.replace(".", "").isdigit() or (len(word) <= 4 and _ROMAN.fullmatch(word)) or len(word) == 1):
        return False
    number_next = following[:1].isdigit()
    starts = _first_word(following) in STARTERS
    if word in TITLES:
        return False
    if word in REFERENCES and word != "mm":
        return (starts and len(_first_word(following)) > 1 and not first) or not following
    if word in FIGURES:
        return not number_next
    if len(word) == 1 and word.isalpha():
        return _letter_ends(token, before[: found.start()], starts, number_next)
    if _ACRONYM.fullmatch(word):
        return (starts or not following[:1].isalnum()) and not first
    return True


def _letter_ends(letter: str, before: str, starts: bool, number_next: bool) -> bool:
    """A unit after a figure, or a letter that names something, ends a sentence; an initial does not."""
    previous = before.split()[-1].strip("«(“\"'").lower() if before.split() else ""
    if letter.islower() and previous[-1:].isdigit():
        return True
    if number_next:
        return False
    return previous.split("’")[-1].split("'")[-1] in LETTERED or starts


def _first_word(text: str) -> str:
    found = re.match(r"[^\W\d_]+", text)
    return found.group().lower() if found else ""
