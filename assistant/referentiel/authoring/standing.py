"""Which doubts of an import still stand: one whose cause was put right leaves the list by itself."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from assistant.referentiel.authoring.accounting import texts
from assistant.referentiel.authoring.asides import NEAR
from assistant.referentiel.authoring.editor.applying import Content, entries
from assistant.referentiel.authoring.sources.pieces import tokens
from assistant.referentiel.authoring.structure import plainly

_NAMED = re.compile(r"^(?P<id>\S+) (?:n’a pas de (?P<what>critère|points) )?: (?P<text>.*)$", re.DOTALL)
_SUM = re.compile(r"^(?P<bloc>\S+)\s: la source imprime «\s.*?(?P<sum>\d+(?:[.,]\d+)?)[^\d»]*»")
_EPREUVE = "Nature de l’épreuve à préciser : "
_TIMES = re.compile(r"^\d+ fois : (?P<text>.*)$", re.DOTALL)


class Standing:
    """A draft's content as it was imported (looked up only where a doubt is about it) and as it is now."""

    def __init__(self, first: Callable[[], Content], now: Content) -> None:
        self._first, self._now = first, now
        self._criteria = {one["id"]: one for _, _, one in entries(now, "criterion")}
        self._competences = {one["id"]: one for _, _, one in entries(now, "competence")}
        self._words: str | None = None

    def stands(self, doubt: Mapping[str, Any]) -> bool:
        """Whether there is still something to look at."""
        holds = _HOLDS.get(str(doubt["kind"]))
        return holds is None or holds(self, str(doubt["text"]))

    def _outside(self, text: str) -> bool:
        """Words that stand in no field of the draft, in their order."""
        if self._words is None:
            self._words = "".join(f" {_flat(one)} |" for one in texts(_without_requirements(self._now)))
        return f" {_flat(text)} " not in self._words

    def _as_imported(self, text: str) -> bool:
        """« K1.2 : its words »: the criterion is there and says so still."""
        named = _NAMED.match(text)
        one = self._criteria.get(named["id"]) if named else None
        return named is None or (one is not None and one.get("text") == named["text"])

    def _without_competence(self, text: str) -> bool:
        named = _NAMED.match(text)
        one = self._criteria.get(named["id"]) if named else None
        return named is None or (one is not None and not one.get("competences"))

    def _without_criteria(self, text: str) -> bool:
        named = _NAMED.match(text)
        if named is None or named["what"] is None:
            return not self._criteria
        owners = {name for one in self._criteria.values() for name in one.get("competences", ())}
        return named["id"] in self._competences and named["id"] not in owners

    def _without_points(self, text: str) -> bool:
        printed = _SUM.match(text)
        if printed:
            criteria = [one for _, bloc, one in entries(self._now, "criterion") if bloc.get("id") == printed["bloc"]]
            worth = sum(one.get("points") or 0 for one in criteria)
            return bool(abs(worth - float(printed["sum"].replace(",", "."))) > NEAR)
        named = _NAMED.match(text)
        if named is None or named["what"] is None:
            return True
        one = self._criteria.get(named["id"])
        return one is not None and one.get("points") is None

    def _unclear(self, text: str) -> bool:
        """The épreuve is there, of the kind that the import gave it."""
        said = plainly(text.removeprefix(_EPREUVE))
        kinds = {one["id"]: one.get("kind") for one in _epreuves(self._first())}
        for one in _epreuves(self._now):
            if plainly(one.get("title") or one.get("description") or "")[:200].startswith(said[:60]):
                return bool(kinds.get(one["id"]) == one.get("kind"))
        return not said

    def _repeated(self, text: str) -> bool:
        found = _TIMES.match(text)
        times = Counter(plainly(one.get("text", "")) for one in self._criteria.values())
        return found is None or times[plainly(found["text"])] > 1


@lru_cache(maxsize=16_384)
def _flat(text: str) -> str:
    """Its words; kept, since an edit changes one text of a thousand."""
    return " ".join(tokens(text))


def _without_requirements(value: Any) -> Any:
    """Requirements are made of words that stand in their criteria, and clues are nobody's source."""
    if isinstance(value, dict):
        return {key: _without_requirements(inner) for key, inner in value.items() if key != "requirements"}
    return [_without_requirements(one) for one in value] if isinstance(value, list) else value


def _epreuves(content: Content) -> list[Content]:
    return [one for _, _, one in entries(content, "modality")]


_HOLDS: Mapping[str, Callable[[Standing, str], bool]] = {
    "unplaced": Standing._outside,
    "guessed": Standing._outside,
    "no_competence": Standing._without_competence,
    "no_criteria": Standing._without_criteria,
    "points": Standing._without_points,
    "cut": Standing._as_imported,
    "limits": Standing._as_imported,
    "long": Standing._as_imported,
    "ocr": Standing._as_imported,
    "modality": Standing._unclear,
    "used_twice": Standing._repeated,
}
