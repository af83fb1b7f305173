"""How many jurors a référentiel wants to be independent of the certifier, who is said to be, and what a seat would break."""

import hashlib
import math
import re
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection

from assistant.store.work import Switches
from assistant.text import fold

SEATS = 2
"""Of the jurors who evaluate: the third reader comes in only where they disagree."""
OUTSIDE = r"(?:independant|exterieur|externe)"
JUROR = r"(?:jure(?:\(e\)|e)?s?|membres?|professionnel(?:\(le\)|le)?s?|personnes? du jury)\b"
"""Who is counted; « un tiers », « un logiciel », « un fournisseur » are no jurors."""
PLAIN = r"(?:(?!\b(?:une?|des|les|avec|qui|que|et|candidats?)\b)[\w '()/-]){0,45}?"
"""Words between a juror and what is said of them, which begin nothing else."""
JURORS = (
    rf"(?:{JUROR}|(?:jury|binome|commission)\b{PLAIN}\bpersonnes?\b)"
    r"(?:(?!\b(?:une?|deux|trois|\d|des|les|avec|qui|que|et|candidats?)\b)[\w '()/-]){0,45}?"
)
NUMBER = r"(?P<number>une?|deux|trois|\d)(?:\(e\)|/une)?"
LEAST = r"(?:(?:d')?au (?:moins|minimum) )?"
COUNTED = re.compile(
    r"\b(?:dont|compren\w+|comport\w+|compt\w+|inclu\w+|(?:compos|constitu|form)e\w* (?:de |d')?|au moins|au minimum) ?"
    rf"{LEAST}{NUMBER} {JUROR}{PLAIN}(?:, ?(?:tous )?)?\b{OUTSIDE}"
)
ELIDED = re.compile(
    rf"\b{JURORS},? ?dont (?:l')?{LEAST}{NUMBER} "
    rf"(?:(?:au moins|au minimum|est|sont|soit|soient|etant|doit etre|doivent etre) )*{OUTSIDE}"
)
SHARED = re.compile(
    rf"\b(?P<share>moitie|(?:deux|un|le) tiers|\d{{1,3}} ?%)(?: (?:au moins|au minimum))? d(?:e|es|u) (?:ses )?"
    rf"(?:{JUROR}|jury\b){PLAIN}(?:, ?(?:tous )?)?\b{OUTSIDE}"
)
ABOUT = re.compile(r"\b(?:jury|jures?|jure\(e\)s?|jurees?|membres?|binome|candidats?)\b")
"""Whom a sentence is about: the last named counts, and what is asked of a candidate is no rule on the jury."""
NO_DEMAND = re.compile(
    r"(?<!\bne )\b(?:peut|peuvent|pourra|pourront)\b|\b(?:eventuellement|facultatif|le cas echeant|si possible)\b"
    r"|\b(?:ne |n')\w+ (?:pas|jamais)\b"
)
"""A permission, or a thing that is not to be."""
CLAUSE = re.compile(r"[,;:.]| et ")
NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3}
SHARES = {"moitie": 0.5, "un tiers": 1 / 3, "le tiers": 1 / 3, "deux tiers": 2 / 3}
SAID = "indep-"
"""How the name begins of each line among the switches that says somebody is independent: it is no switch, and is copied."""
REFUSED = (
    "Le référentiel demande {many} parmi les deux qui évaluent\u00a0: avec cette attribution, il en manquerait. Choisissez "
    "un juré indépendant, ou dites dans «\u00a0Jurés indépendants\u00a0» que celui-ci l’est. Si la règle est mal lue, "
    "cochez-le sous cette liste."
)


def wanted_in(rule: str) -> int:
    """How many of the two jurors one rule wants to be independent or from outside; 0 where it says nothing of it."""
    said = fold(rule)
    for pattern in (COUNTED, ELIDED, SHARED):
        for found in pattern.finditer(said):
            if _demands(said, found):
                return min(SEATS, _many(found.groupdict()))
    return 0


def _many(found: Mapping[str, str]) -> int:
    if number := found.get("number"):
        return NUMBERS[number] if number in NUMBERS else int(number)
    share = found["share"]
    return math.ceil(SEATS * (int(share.rstrip("% ")) / 100 if share[0].isdigit() else SHARES[share]))


def _demands(said: str, found: re.Match[str]) -> bool:
    """Whether these words are about the jury, and no permission."""
    about = ABOUT.findall(said[: found.end()])
    if not about or about[-1].startswith("candidat"):
        return False
    before = said[: found.start()].rstrip()
    if found.group().startswith("dont"):
        before = before.rstrip(",")
    return not NO_DEMAND.search(f"{CLAUSE.split(before)[-1]} {found.group()}")


def wanted(rules: Iterable[str]) -> int:
    """The most that any rule of a référentiel wants."""
    return max(map(wanted_in, rules), default=0)


def in_words(many: int) -> str:
    """« un juré indépendant ou extérieur »."""
    return "un juré indépendant ou extérieur" if many == 1 else "deux jurés indépendants ou extérieurs"


def broken(seats: Mapping[int, str], independent: Collection[str], many: int) -> str:
    """Why these seats (people by part) are too few independent ones once both are taken; "" where they are not."""
    both = [seats[part] for part in range(1, SEATS + 1) if part in seats]
    if len(both) < SEATS or sum(person in independent for person in both) >= many:
        return ""
    return REFUSED.format(many=in_words(many))


class Independent:
    """Who is said to be independent for one session, on one connection."""

    def __init__(self, connection: Connection, session_id: str) -> None:
        self._switches = Switches(connection)
        self._session = session_id

    def of(self, people: Iterable[str]) -> frozenset[str]:
        return frozenset(one for one in people if self._switches.on(self._name(one)))

    def say(self, person: str, by: str, *, independent: bool) -> None:
        """`by`: the organiser who says so."""
        self._switches.turn(self._name(person), by, on=independent)

    def misread(self, rules: Iterable[str]) -> frozenset[str]:
        """Those of these rules that are said to want no independent juror."""
        return frozenset(one for one in rules if self._switches.on(self._name(f"rule {one}")))

    def say_misread(self, rules: Iterable[str], misread: Collection[str], by: str) -> None:
        """`by`: the organiser who says of these rules which were misread."""
        for one in rules:
            self._switches.turn(self._name(f"rule {one}"), by, on=one in misread)

    def _name(self, person: str) -> str:
        return f"{SAID}{hashlib.sha256(f'{self._session} {person}'.encode()).hexdigest()[:24]}"
