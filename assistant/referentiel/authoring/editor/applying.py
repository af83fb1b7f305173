"""Operations applied to a draft's content (the plain values of a référentiel file): never in place, always valid after."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from assistant.errors import InvalidInput
from assistant.referentiel.authoring.editor.operations import (
    Add,
    AnyOperation,
    Assess,
    Correct,
    Indent,
    Kind,
    Merge,
    Move,
    Outdent,
    Remove,
    Rename,
    Rules,
    Split,
)
from assistant.referentiel.authoring.editor.remaking import by_rule, remade, stands
from assistant.referentiel.model import Referentiel

Content = dict[str, Any]
LISTS: dict[Kind, str] = {
    "bloc": "blocs",
    "activity": "activities",
    "competence": "competences",
    "criterion": "criteria",
    "requirement": "requirements",
    "modality": "modalities",
    "deliverable": "deliverables",
}
TEXT: dict[Kind, str] = {"bloc": "title", "activity": "title", "modality": "title"}
"""Where the words of a thing stand; `text` elsewhere."""
PREFIX: dict[Kind, str] = {
    "bloc": "B",
    "activity": "A",
    "competence": "C",
    "criterion": "K",
    "requirement": "r",
    "modality": "M",
    "deliverable": "L",
}
NAMES: dict[Kind, str] = {
    "bloc": "Le bloc",
    "activity": "L’activité",
    "competence": "La compétence",
    "criterion": "Le critère",
    "requirement": "L’exigence",
    "modality": "L’épreuve",
    "deliverable": "Le livrable",
}


def apply(content: Content, operation: AnyOperation) -> Content:
    """The content after the operation. Raises InvalidInput, with what to do, where it cannot be done."""
    # A file's plain values are copied through JSON, three times faster than one by one.
    made: Content = json.loads(json.dumps(content))
    _DO[operation.do](made, operation)
    remade(content, made)
    try:
        Referentiel.model_validate(made)
    except ValidationError as error:
        field = ".".join(str(step) for step in error.errors()[0]["loc"])
        raise InvalidInput(f"Le champ «\u00a0{field}\u00a0» n’accepte pas cette valeur\u00a0: corrigez-la.") from error
    return made


def entries(content: Content, kind: Kind) -> Iterator[tuple[list[Content], Content, Content]]:
    """Every thing of a kind, in order: the list it stands in, its parent, itself."""
    name = LISTS[kind]
    if kind == "bloc":
        yield from ((content.get("blocs", []), content, one) for one in list(content.get("blocs", [])))
        return
    if kind == "modality":
        yield from (
            (content["general_modalities"], content, one) for one in list(content.get("general_modalities", ()))
        )
    parents: Iterator[Content]
    if kind == "requirement":
        parents = (one for _, _, one in entries(content, "criterion"))
    elif kind == "deliverable":
        parents = (one for _, _, one in entries(content, "modality"))
    else:
        parents = iter(content.get("blocs", []))
    for parent in parents:
        yield from ((parent[name], parent, one) for one in list(parent.get(name, ())))


def find(content: Content, kind: Kind, name: str) -> tuple[list[Content], Content, Content]:
    """Raises InvalidInput for what is not there any more."""
    for found in entries(content, kind):
        if found[2]["id"] == name:
            return found
    raise InvalidInput(f"{NAMES[kind]} «\u00a0{name}\u00a0» n’est plus dans ce brouillon\u00a0: rechargez la page.")


def _correct(content: Content, operation: Correct) -> None:
    entry = content if operation.kind is None else find(content, operation.kind, operation.id)[2]
    if operation.field in {"id", *LISTS.values()} and not (
        operation.field == "competences" and operation.kind in {"criterion", "modality", "deliverable"}
    ):
        raise InvalidInput("Ce champ ne se corrige pas ainsi\u00a0: renommez, ajoutez ou déplacez.")
    value = operation.value
    if operation.field in {"min_count"} and isinstance(value, float):
        value = int(value)
    if value is None:
        entry.pop(operation.field, None)
    else:
        entry[operation.field] = value
    _known_competences(content, entry)


def _known_competences(content: Content, entry: Content) -> None:
    known = {one["id"] for _, _, one in entries(content, "competence")}
    named = entry.get("competences", ())
    strange = [name for name in named if isinstance(name, str) and name not in known]
    if strange:
        raise InvalidInput(f"La compétence «\u00a0{strange[0]}\u00a0» n’existe pas\u00a0: ajoutez-la d’abord.")


def _rename(content: Content, operation: Rename) -> None:
    new = operation.new.strip()
    if not new or any(one["id"] == new for _, _, one in entries(content, operation.kind)):
        raise InvalidInput(f"Le code «\u00a0{new}\u00a0» est déjà pris ou vide\u00a0: choisissez-en un autre.")
    find(content, operation.kind, operation.id)[2]["id"] = new
    _follow(content, operation.kind, operation.id, new)


def _follow(content: Content, kind: Kind, old: str, new: str | None) -> None:
    """Whatever named the old id names the new one, or nothing."""

    def followed(names: Any) -> list[str]:
        kept = [new if name == old else name for name in names]
        return list(dict.fromkeys(name for name in kept if name is not None))

    if kind == "competence":
        for other in ("criterion", "modality", "deliverable"):
            for _, _, entry in entries(content, other):
                if "competences" in entry:
                    entry["competences"] = followed(entry["competences"])
        for _, _, modality in entries(content, "modality"):
            for shown in modality.get("expected", ()):
                shown["competences"] = followed(shown.get("competences", ()))
    elif kind == "activity":
        for _, _, entry in entries(content, "competence"):
            if entry.get("activity") == old:
                entry.pop("activity") if new is None else entry.update(activity=new)
    elif kind == "requirement":
        for _, _, entry in entries(content, "requirement"):
            if "needs" in entry:
                entry["needs"] = followed(entry["needs"])


def _add(content: Content, operation: Add) -> None:
    kind = operation.kind
    holder, parent = _home(content, kind, operation.parent)
    made: Content = {"id": _free(content, kind, operation.parent), TEXT.get(kind, "text"): operation.text or "…"}
    if kind == "modality":
        made["kind"] = "dossier"
    if kind == "bloc":
        made |= {"competences": [], "criteria": []}
    if kind == "criterion" and parent is not None and parent.get("id") != operation.parent:
        made["competences"] = [operation.parent]
    if kind == "criterion" and operation.after:
        made["competences"] = list(find(content, "criterion", operation.after)[2].get("competences", ()))
    place = next((i + 1 for i, one in enumerate(holder) if one["id"] == operation.after), len(holder))
    holder.insert(place, made)


def _home(content: Content, kind: Kind, parent: str) -> tuple[list[Content], Content | None]:
    """The list a new thing goes into. Raises InvalidInput where `parent` is no such thing."""
    if kind == "bloc":
        return content.setdefault("blocs", []), content
    if kind == "modality" and not parent:
        return content.setdefault("general_modalities", []), content
    if kind in {"criterion", "requirement", "deliverable"}:
        above: Kind = {"criterion": "competence", "requirement": "criterion", "deliverable": "modality"}[kind]  # type: ignore[assignment]
        for _, outer, one in entries(content, above):
            if one["id"] == parent:
                owner = outer if kind == "criterion" else one
                return owner.setdefault(LISTS[kind], []), owner
        if kind != "criterion":
            find(content, above, parent)
    bloc = find(content, "bloc", parent)[2]
    return bloc.setdefault(LISTS[kind], []), bloc


def _free(content: Content, kind: Kind, parent: str) -> str:
    taken = {one["id"] for _, _, one in entries(content, kind)}
    if kind == "modality":
        taken |= {one["id"] for one in content.get("general_modalities", ())}
    head = {"bloc": "B", "modality": "M", "deliverable": "L"}.get(kind) or (
        f"{parent}.r" if kind == "requirement" else f"{PREFIX[kind]}{parent.lstrip('CBK')}." if parent else PREFIX[kind]
    )
    number = 1
    while f"{head}{number}" in taken:
        number += 1
    return f"{head}{number}"


def _remove(content: Content, operation: Remove) -> None:
    holder, _, entry = find(content, operation.kind, operation.id)
    if operation.kind == "bloc" and (entry.get("criteria") or entry.get("competences")):
        raise InvalidInput("Ce bloc n’est pas vide\u00a0: déplacez ou retirez d’abord ce qu’il contient.")
    holder.remove(entry)
    _follow(content, operation.kind, operation.id, None)


def _move(content: Content, operation: Move) -> None:
    holder, parent, entry = find(content, operation.kind, operation.id)
    target, owner = holder, parent
    if operation.parent and operation.parent != parent.get("id"):
        target, home = _home(content, operation.kind, operation.parent)
        owner = home or parent
        if operation.kind == "criterion" and owner.get("id") != operation.parent:
            entry["competences"] = [operation.parent]
    holder.remove(entry)
    place = next((i for i, one in enumerate(target) if one["id"] == operation.before), len(target))
    target.insert(place, entry)


def _split(content: Content, operation: Split) -> None:
    """The first part keeps the printed points and code: nothing says what the second is worth."""
    holder, parent, entry = find(content, operation.kind, operation.id)
    name = TEXT.get(operation.kind, "text")
    text = entry.get(name) or ""
    first, second = text[: operation.at].strip(), text[operation.at :].strip()
    if not first or not second:
        raise InvalidInput("Placez le curseur à l’intérieur du texte, là où il se coupe.")
    made = {
        key: copy.deepcopy(value)
        for key, value in entry.items()
        if key not in {"id", name, "source_code", "source_text"}
    }
    for key in ("clues", "counter_clues", "label", "points", "min_count", "unit"):
        made.pop(key, None)
    entry.pop("source_text", None)
    entry[name], made[name] = first, second
    if operation.kind == "criterion":
        entry.pop("indicators", None)
        entry.pop("indicators_source_text", None)
    upper = (
        parent.get("id", "")
        if operation.kind != "criterion"
        else (entry.get("competences") or [parent.get("id", "")])[0]
    )
    made["id"] = _free(content, operation.kind, upper)
    if operation.kind == "criterion":
        _share_requirements(entry, made)
    holder.insert(holder.index(entry) + 1, {"id": made.pop("id"), **made})


def _share_requirements(one: Content, other: Content) -> None:
    """Each part keeps the requirements that are made of its own words, numbered after it."""
    for part in (one, other):
        kept = [asked for asked in part.get("requirements", ()) if stands(asked["text"], part)]
        names = {asked["id"]: f"{part['id']}.r{number}" for number, asked in enumerate(kept, start=1)}
        for asked in kept:
            asked["id"] = names[asked["id"]]
            if "needs" in asked:
                asked["needs"] = [names[need] for need in asked["needs"] if need in names]
        if part.get("requirements"):
            part["requirements"] = kept or by_rule(part)


def _merge(content: Content, operation: Merge) -> None:
    holder, _, entry = find(content, operation.kind, operation.id)
    place = holder.index(entry)
    if place + 1 >= len(holder):
        raise InvalidInput("Rien ne suit ici\u00a0: il n’y a rien à réunir.")
    other = holder.pop(place + 1)
    name = TEXT.get(operation.kind, "text")
    lead = other.get("lead") if other.get("lead") != entry.get("lead") else None
    said = " ".join(part for part in (lead, other.get(name)) if part)
    if operation.kind == "criterion" and entry.get("indicators"):
        entry["indicators"] = [*entry["indicators"], said]
    else:
        entry[name] = f"{entry.get(name) or ''} {said}".strip()
    entry.pop("source_text", None)
    entry.pop("indicators_source_text", None)
    for key, value in other.items():
        if isinstance(value, list):
            kept = list(entry.get(key, ()))
            entry[key] = kept + [one for one in value if one not in kept]
        elif key in {"description", "remark"} and value:
            entry[key] = " ".join(part for part in (entry.get(key), value) if part)
        elif key in {"source_code", "label", "activity"}:
            entry.setdefault(key, value)
    _add_points(entry, other)
    if operation.kind == "criterion":
        _renumber(entry)
    _follow(content, operation.kind, other["id"], entry["id"])


def _add_points(entry: Content, other: Content) -> None:
    """Two criteria in one are worth what both were."""
    both = [one["points"] for one in (entry, other) if one.get("points") is not None]
    if both:
        entry["points"] = sum(both)


def _renumber(criterion: Content) -> None:
    for number, requirement in enumerate(criterion.get("requirements", ()), start=1):
        requirement["id"] = f"{criterion['id']}.r{number}"
        requirement.pop("needs", None)


def _indent(content: Content, operation: Indent) -> None:
    holder, _, entry = find(content, "criterion", operation.id)
    place = holder.index(entry)
    if place == 0:
        raise InvalidInput("Aucun critère ne précède celui-ci dans son bloc.")
    before = holder[place - 1]
    before["indicators"] = [*before.get("indicators", ()), entry["text"], *entry.get("indicators", ())]
    before.pop("indicators_source_text", None)
    if entry.get("requirements"):
        before["requirements"] = [*before.get("requirements", ()), *entry["requirements"]]
        _renumber(before)
    _add_points(before, entry)
    holder.remove(entry)


def _outdent(content: Content, operation: Outdent) -> None:
    holder, parent, entry = find(content, "criterion", operation.id)
    indicators = list(entry.get("indicators", ()))
    if not 0 <= operation.indicator < len(indicators):
        raise InvalidInput("Cet indicateur n’est plus là\u00a0: rechargez la page.")
    text = indicators.pop(operation.indicator)
    entry["indicators"] = indicators
    entry.pop("indicators_source_text", None)
    competences = list(entry.get("competences", ()))
    upper = competences[0] if competences else parent.get("id", "")
    made = {"id": _free(content, "criterion", upper), "competences": competences, "text": text}
    holder.insert(holder.index(entry) + 1, made)


def _assess(content: Content, operation: Assess) -> None:
    for name in operation.ids:
        find(content, "criterion", name)[2]["assessed_by"] = list(operation.by)


def _rules(content: Content, operation: Rules) -> None:
    content[operation.kind] = [text.strip() for text in operation.texts if text.strip()]


_DO: dict[str, Callable[[Content, Any], None]] = {
    "correct": _correct,
    "rename": _rename,
    "add": _add,
    "remove": _remove,
    "move": _move,
    "split": _split,
    "merge": _merge,
    "indent": _indent,
    "outdent": _outdent,
    "assess": _assess,
    "rules": _rules,
}
