"""What an operation did beside what was asked of it, in French: points that moved, requirements that were made anew."""

from assistant.referentiel.authoring.editor.applying import Content, entries
from assistant.referentiel.authoring.editor.operations import AnyOperation
from assistant.referentiel.authoring.editor.remaking import by_rule, stands
from assistant.referentiel.words import decimal


def told(before: Content, after: Content, operation: AnyOperation | None = None) -> str:
    """Empty where nothing but what was asked has happened."""
    said = _of_points(before, after, operation) if operation is not None else ""
    return " ".join(part for part in (said, _of_requirements(before, after)) if part)


def _of_points(before: Content, after: Content, operation: AnyOperation) -> str:
    was, now = _criteria(before), _criteria(after)
    if operation.do in {"merge", "indent"}:
        gone = [name for name in was if name not in now]
        heir = next((name for name in now if name in was and now[name] != was[name]), "")
        if len(gone) != 1 or not heir:
            return ""
        before_, lost = was[heir].get("points"), was[gone[0]].get("points")
        if before_ is None and lost is None:
            return f"{gone[0]} est réuni à {heir}."
        sum_ = " + ".join(decimal(points) for points in (before_, lost) if points is not None)
        worth = decimal(now[heir]["points"])
        how = f" ({sum_})" if "+" in sum_ else ""
        return f"{gone[0]} est réuni à {heir}, qui vaut maintenant {worth} point{_s(now[heir]['points'])}{how}."
    if operation.do in {"split", "outdent"}:
        fresh = next((name for name in now if name not in was), "")
        if not fresh:
            return ""
        points = now[operation.id].get("points") if operation.id in now else None
        if points is None:
            return f"Coupé en {operation.id} et {fresh}."
        return (
            f"Coupé en {operation.id} et {fresh}. {operation.id} garde tous les points ({decimal(points)})\u00a0: "
            f"partagez-les, {fresh} n’en a pas encore."
        )
    return ""


def _of_requirements(before: Content, after: Content) -> str:
    was, now = _criteria(before), _criteria(after)
    both = [name for name in now if name in was and _words(was[name]) != _words(now[name])]
    anew = [name for name in both if _asked(was[name]) != _asked(now[name]) and _all_by_rule(now[name])]
    odd = [name for name in both if any(_left_behind(text, was[name], now[name]) for text in _asked(now[name]))]
    said = []
    if anew:
        said.append(f"Exigences refaites d’après le nouveau texte\u00a0: {_listed(anew)}.")
    if odd:
        said.append(f"Exigences que vous avez écrites et qui ne sont plus dans le texte\u00a0: {_listed(odd)}.")
    return " ".join(said)


def _all_by_rule(criterion: Content) -> bool:
    """Two criteria in one keep the requirements of both, which the rules would not have made so."""
    return set(_asked(criterion)) <= {one["text"] for one in by_rule(criterion)}


def _left_behind(text: str, was: Content, now: Content) -> bool:
    return stands(text, was) and not stands(text, now)


def _listed(names: list[str], most: int = 12) -> str:
    more = f" et {len(names) - most} autres" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _criteria(content: Content) -> dict[str, Content]:
    return {one["id"]: one for _, _, one in entries(content, "criterion")}


def _words(criterion: Content) -> list[object]:
    return [criterion.get(key) or None for key in ("lead", "text", "indicators")]


def _asked(criterion: Content) -> list[str]:
    return [one["text"] for one in criterion.get("requirements", ())]


def _s(number: float) -> str:
    return "s" if number >= 2 else ""
