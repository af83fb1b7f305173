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
COUNTED = re.compile(
    rf"\b(?:dont|comprenant|avec|compte|comporte)\s+(?:au moins\s+)?(un|deux)\b[^.;]{{0,60}}?\b{OUTSIDE}"
)
SHARED = re.compile(rf"\b(moitie|(?:deux )?tiers|\d{{1,3}} ?%)[^.;]{{0,60}}?\b{OUTSIDE}")
OF_THE_JURY = re.compile(r"\b(?:jury|jures?|jure\(e\)s|juree?s|membres?|binome|evaluat\w+)\b")
NUMBERS = {"un": 1, "deux": 2}
SHARES = {"moitie": 0.5, "tiers": 1 / 3, "deux tiers": 2 / 3}
SAID = "indep-"
"""How the name begins of each line among the switches that says somebody is independent: it is no switch, and is copied."""
REFUSED = (
    "Le référentiel demande {many} parmi les deux qui évaluent\u00a0: avec cette attribution, il en manquerait. Choisissez "
    "un juré indépendant, ou dites dans «\u00a0Jurés indépendants\u00a0» que celui-ci l’est."
)


def wanted_in(rule: str) -> int:
    """How many of the two jurors one rule wants to be independent or from outside; 0 where it says nothing of it."""
    said = fold(rule)
    if not OF_THE_JURY.search(said):
        return 0
    if counted := COUNTED.search(said):
        return min(SEATS, NUMBERS[counted.group(1)])
    if shared := SHARED.search(said):
        name = shared.group(1)
        share = int(name.rstrip("% ")) / 100 if name[0].isdigit() else SHARES[name]
        return min(SEATS, math.ceil(share * SEATS))
    return 0


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

    def _name(self, person: str) -> str:
        return f"{SAID}{hashlib.sha256(f'{self._session} {person}'.encode()).hexdigest()[:24]}"
