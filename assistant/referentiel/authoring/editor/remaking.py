"""Requirements follow their criterion: those that the rules made of words that changed are made anew.

What a person wrote of a requirement is left to that person: it is told, and stops the publication until it stands again.
"""

from difflib import SequenceMatcher
from typing import Any

from assistant.referentiel.authoring.requirements import PARTED, requirements_of
from assistant.referentiel.model import Criterion
from assistant.text import fold

Content = dict[str, Any]
_OWN = ("lead", "text", "indicators")


def remade(before: Content, after: Content) -> tuple[str, ...]:
    """Makes the stray requirements of `after` anew, in place; the ids of the criteria that this touched."""
    known = {one["id"]: one for one in _criteria(before)}
    return tuple(one["id"] for one in _criteria(after) if one["id"] in known and _remade(known[one["id"]], one))


def stands(text: str, criterion: Content) -> bool:
    """Whether a requirement's fragments are all among the criterion's own words."""
    said = fold(" ".join(_words(criterion)))
    return all(fold(part).strip() in said for part in text.split(PARTED))


def by_rule(criterion: Content) -> list[Content]:
    """The requirements that the rules make of a criterion's words, as plain values."""
    bare = {key: criterion[key] for key in ("id", *_OWN) if criterion.get(key)}
    made = requirements_of(Criterion.model_validate({"text": "", **bare}))
    return [one.model_dump(mode="json", exclude_defaults=True) for one in made]


def _criteria(content: Content) -> list[Content]:
    return [one for bloc in content.get("blocs", ()) for one in bloc.get("criteria", ())]


def _words(criterion: Content) -> list[str]:
    return [text for text in (criterion.get("lead"), criterion.get("text"), *criterion.get("indicators", ())) if text]


def _remade(was: Content, now: Content) -> bool:
    had = now.get("requirements", ())
    if not had or all((was.get(key) or None) == (now.get(key) or None) for key in _OWN):
        return False
    ruled = {fold(one["text"]) for one in by_rule(was)}
    fresh = by_rule(now)
    if all(fold(one["text"]) in ruled for one in had):
        made = fresh
    else:
        stray = [one for one in had if fold(one["text"]) in ruled and not stands(one["text"], now)]
        kept = {fold(one["text"]) for one in had if one not in stray}
        free = [one for one in fresh if fold(one["text"]) not in kept]
        heirs = {id(old): max(free, key=lambda one: _alike(one, old), default=None) for old in stray}
        made = [one for old in had if (one := heirs.get(id(old), old)) is not None]
        made = [one for place, one in enumerate(made) if one not in made[:place]]
    if [fold(one["text"]) for one in made] == [fold(one["text"]) for one in had]:
        return False
    now["requirements"] = _with_what_they_had(list(had), made)
    for number, one in enumerate(now["requirements"], start=1):
        one["id"] = f"{now['id']}.r{number}"
        one.pop("needs", None)
    return True


def _with_what_they_had(had: list[Content], made: list[Content]) -> list[Content]:
    """One that says the same stays as it was; the clues of one that is gone go to the one most like it."""
    same = {fold(old["text"]): old for old in had}
    whole = [same.get(fold(one["text"]), one) for one in made]
    for old in (old for old in had if old not in whole):
        heir = max(whole, key=lambda one: _alike(one, old))
        for key in ("clues", "counter_clues"):
            own = list(heir.get(key, ()))
            more = [one for one in old.get(key, ()) if one not in own]
            if more:
                heir[key] = [*own, *more]
    return whole


def _alike(one: Content, other: Content) -> float:
    return SequenceMatcher(None, fold(one["text"]), fold(other["text"]), autojunk=False).ratio()
