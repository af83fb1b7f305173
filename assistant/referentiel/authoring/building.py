"""A draft -> the bundled files' format, with ids that stay the same from one import to the next."""

import re
from collections import Counter
from typing import Any

from assistant.referentiel.authoring.draft import Bloc, Competence, Criterion, Draft, Modality
from assistant.referentiel.authoring.modalities import kind_of, of_modality
from assistant.referentiel.authoring.productions import held, productions
from assistant.referentiel.authoring.structure import digits, normal_code, plainly

_MINIMUM = re.compile(r"\b(\d+|un|une|deux|trois|quatre|cinq|six|sept|huit|dix)\b")
NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "dix": 10}


def build(draft: Draft, referentiel_id: str) -> dict[str, Any]:
    """The référentiel as the plain values of its YAML file."""
    _withhold(draft)
    draft.blocs = [bloc for bloc in draft.blocs if bloc.criteria or bloc.competences]
    _activities_as_blocs(draft)
    _shared(draft)
    _by_code(draft)
    _name(draft)
    criteria = draft.criteria()
    scale = "points" if any(c.points is not None for c in criteria) else "acquis" if draft.acquis else "none"
    made: dict[str, Any] = {"id": referentiel_id, "version": "1", "title": draft.title}
    for key in ("audience", "accommodations"):
        if draft.meta.get(key):
            made[key] = " ".join(draft.meta[key])
    for key in ("prerequisites", "jury_rules"):
        if draft.meta.get(key):
            made[key] = draft.meta[key]
    if draft.certifier:
        made["certifier"] = draft.certifier
    made["scale"] = scale
    numbers = {"M": 0, "L": 0, "E": 0}
    if draft.general:
        _once(draft)
        for modality in draft.general:
            named = [c for b in draft.blocs for c in b.competences if plainly(c.text) in modality.names]
            modality.competences = named
        made["general_modalities"] = [_modality(m, numbers, None) for m in draft.general]
    made["blocs"] = [_bloc(bloc, numbers, draft) for bloc in draft.blocs]
    return made


def _withhold(draft: Draft) -> None:
    """A criterion whose words may be another's stays out of the référentiel, for a person to put together."""
    for bloc in draft.blocs:
        for criterion in [c for c in bloc.criteria if c.guessed]:
            bloc.criteria.remove(criterion)
            draft.doubt("guessed", " ".join([criterion.text, *criterion.indicators]), criterion.page)


def _once(draft: Draft) -> None:
    """An épreuve that each part of a document describes again in the same words is one."""
    kept: dict[tuple[str, str], Modality] = {}
    for one in draft.general:
        first = kept.setdefault((plainly(one.title or ""), plainly(" ".join(one.description))), one)
        if first is not one:
            first.names += [name for name in one.names if name not in first.names]
            first.deliverables = first.deliverables or one.deliverables
    draft.general = list(kept.values())


def _activities_as_blocs(draft: Draft) -> None:
    """Where the source names no bloc, its activities of the first rank are the blocs."""
    if len(draft.blocs) != 1 or draft.blocs[0].code or draft.blocs[0].title:
        return
    (whole,) = draft.blocs
    heads = [a for a in whole.activities if len(digits(a.code)) == 1]
    if len(heads) < 2:
        return
    made = {digits(a.code): Bloc(a.code, a.title) for a in heads}
    for a in whole.activities:
        home = made.get(digits(a.code)[:1])
        if home is not None and a not in heads:
            home.activities.append(a)
    for competence in whole.competences:
        activity = digits(competence.activity.code) if competence.activity else ()
        home = made.get(digits(competence.code)[:1]) or made.get(activity[:1])
        if home is None:
            return
        competence.bloc = home
    for competence in whole.competences:
        competence.bloc.competences.append(competence)
        competence.activity = None if competence.activity in heads else competence.activity
    for criterion in whole.criteria:
        criterion.bloc = criterion.competences[0].bloc if criterion.competences else next(iter(made.values()))
        criterion.bloc.criteria.append(criterion)
    for modality in whole.modalities:
        home = modality.competences[0].bloc if modality.competences else next(iter(made.values()))
        home.modalities.append(modality)
    draft.blocs = [bloc for bloc in made.values() if bloc.competences]


def _shared(draft: Draft) -> None:
    """Criteria common to a bloc serve each of its competences."""
    for criterion in draft.criteria():
        if criterion.shared:
            criterion.competences = list(criterion.bloc.competences)


def _by_code(draft: Draft) -> None:
    """A criterion's printed code names its competence: « Cr1.2 » belongs to C1, « CE4.6.1 » to C4.6."""
    for bloc in draft.blocs:
        for criterion in bloc.criteria:
            numbers = digits(criterion.code)
            if len(numbers) < 2 or criterion.shared:
                continue
            around = [*bloc.competences, *(c for b in draft.blocs if b is not bloc for c in b.competences)]
            own = [c for c in around if digits(c.code) == numbers[:-1]]
            if (own and own[0] not in criterion.competences[:1]) or own:
                criterion.competences = [own[0]]
    moved = [
        (c, c.competences[0].bloc)
        for b in draft.blocs
        for c in b.criteria
        if c.competences and c.competences[0].bloc is not b
    ]
    for criterion, home in moved:
        criterion.bloc.criteria.remove(criterion) if criterion in criterion.bloc.criteria else None
        for bloc in draft.blocs:
            if bloc is not home and criterion in bloc.criteria:
                bloc.criteria.remove(criterion)
        criterion.bloc = home
        home.criteria.append(criterion)
    for bloc in {id(home): home for _, home in moved}.values():
        bloc.criteria.sort(key=lambda c: [int(n) for n in digits(c.code)])
    draft.blocs = [bloc for bloc in draft.blocs if bloc.criteria or bloc.competences]


def _name(draft: Draft) -> None:
    """Ids: the printed codes where they are unique, else made of the place."""
    only = len(draft.blocs) == 1 and draft.blocs[0].code is None and draft.blocs[0].title is None
    numbers = [digits(bloc.code)[-1:] for bloc in draft.blocs]
    by_code = all(numbers) and len(set(numbers)) == len(numbers)
    for place, bloc in enumerate(draft.blocs, start=1):
        bloc.id = "B0" if only else f"B{int(numbers[place - 1][0]) if by_code else place}"
    competences = [c for bloc in draft.blocs for c in bloc.competences]
    times = Counter(normal_code(c.code) for c in competences if c.code)
    taken: set[str] = set()
    for bloc in draft.blocs:
        for place, competence in enumerate(bloc.competences, start=1):
            code = normal_code(competence.code) if competence.code else ""
            lettered = code if not code[:1].isdigit() else f"C{code}"
            if code and times[code] == 1:
                name = lettered
            elif code:
                name = f"{bloc.id}-{lettered}"
            else:
                name = f"C{place}" if only else f"{bloc.id}-C{place}"
            competence.id = _free(name, taken)
    criteria = draft.criteria()
    printed = Counter(normal_code(c.code) for c in criteria if c.code)
    taken = set()
    counts: Counter[str] = Counter()
    for criterion in criteria:
        code = normal_code(criterion.code) if criterion.code else ""
        if code and printed[code] == 1:
            name = code
        elif code:
            name = f"{criterion.bloc.id}-{code}"
        else:
            owner = criterion.competences[0].id if criterion.competences else criterion.bloc.id
            base = re.sub(r"(?:^|(?<=-))C(?=\d)", "K", owner, count=1) if criterion.competences else f"{owner}-K"
            counts[base] += 1
            name = f"{base}.{counts[base]}" if criterion.competences else f"{base}{counts[base]}"
        criterion.id = _free(name, taken)


def _free(name: str, taken: set[str]) -> str:
    made, number = name, 1
    while made in taken:
        number += 1
        made = f"{name}-{number}"
    taken.add(made)
    return made


def _bloc(bloc: Bloc, numbers: dict[str, int], draft: Draft) -> dict[str, Any]:
    made: dict[str, Any] = {"id": bloc.id}
    if bloc.code:
        made["source_code"] = bloc.code
    made["title"] = bloc.title
    if bloc.description:
        made["description"] = " ".join(bloc.description)
    made["modalities"] = [_modality(m, numbers, bloc) for m in bloc.modalities]
    activities = {
        id(activity): _activity_id(activity.code, place, bloc) for place, activity in enumerate(bloc.activities, 1)
    }
    made["activities"] = [
        {"id": activities[id(a)], "title": a.title, **({"tasks": a.tasks} if a.tasks else {})} for a in bloc.activities
    ]
    made["competences"] = [_competence(c, activities) for c in bloc.competences]
    made["criteria"] = [_criterion(c, made["modalities"]) for c in bloc.criteria]
    return {
        key: value
        for key, value in made.items()
        if value not in ([], None) or key in {"title", "criteria", "competences"}
    }


def _activity_id(code: str | None, place: int, bloc: Bloc) -> str:
    return normal_code(code) if code else f"{bloc.id}-A{place}"


def _competence(competence: Competence, activities: dict[int, str]) -> dict[str, Any]:
    made: dict[str, Any] = {"id": competence.id}
    if competence.code:
        made["source_code"] = competence.code
    made["text"] = competence.text
    if competence.activity is not None and id(competence.activity) in activities:
        made["activity"] = activities[id(competence.activity)]
    return made


def _criterion(criterion: Criterion, modalities: list[dict[str, Any]]) -> dict[str, Any]:
    owners = [c.id for c in criterion.competences]
    made: dict[str, Any] = {"id": criterion.id, "source_code": criterion.code, "competences": owners}
    if criterion.lead:
        made["lead"] = criterion.lead
    made["text"] = criterion.text
    if criterion.indicators:
        made["indicators"] = criterion.indicators
    if criterion.points is not None:
        made["points"] = criterion.points
    boxed = [kind_of(name) for c in criterion.competences for name in c.boxes]
    # An épreuve of unclear kind leaves open what assesses it: without this, a box beside it would make it oral only.
    kinds = boxed or [m["kind"] for m in modalities if set(m.get("competences", ())) & set(owners)]
    kinds = kinds if all(kinds) else []
    if kinds:
        made["assessed_by"] = list(dict.fromkeys(kinds))
    return made


def _modality(modality: Modality, numbers: dict[str, int], bloc: Bloc | None) -> dict[str, Any]:
    numbers["M"] += 1
    said = " ".join([modality.title or "", *modality.description, *modality.remark])
    modality.kind = modality.kind or of_modality(modality.title, said)
    known = {normal_code(c.code): c.id for c in (bloc.competences if bloc else ()) if c.code}
    everyone = [c.id for c in bloc.competences] if bloc else []
    beside = (
        [known[code] for code in known if code in modality.codes] or [c.id for c in modality.competences] or everyone
    )
    made: dict[str, Any] = {"id": f"M{numbers['M']}", "kind": modality.kind or "dossier"}
    if modality.title:
        made["title"] = modality.title
    if modality.description:
        made["description"] = " ".join(modality.description)
    if not modality.deliverables and modality.kind != "questionnement":
        modality.deliverables = [(text, set()) for text in productions(modality)]
    elif modality.deliverables:
        modality.deliverables = [*((text, set[str]()) for text in held(modality)), *modality.deliverables]
    handed = [_item("L", *item, known, beside, numbers) for item in modality.deliverables]
    shown = [_item("E", *item, known, beside, numbers) for item in modality.expected]
    every = [*beside, *(c for item in (*handed, *shown) for c in item["competences"])]
    made["competences"] = list(dict.fromkeys(every))
    if handed:
        made["deliverables"] = handed
    if shown:
        made["expected"] = shown
    if modality.remark:
        made["remark"] = " ".join(modality.remark)
    return made


def _item(
    letter: str, text: str, codes: set[str], known: dict[str, str], beside: list[str], numbers: dict[str, int]
) -> dict[str, Any]:
    numbers[letter] += 1
    own = [known[code] for code in known if code in codes] or list(dict.fromkeys(beside))
    made: dict[str, Any] = {"id": f"{letter}{numbers[letter]}", "text": text, "competences": own}
    counted = re.search(r"\bau (?:moins|minimum) (\w+)", plainly(text)) or re.match(r"(\d+) ", plainly(text))
    if letter == "L" and counted and _MINIMUM.fullmatch(counted[1]):
        made["min_count"] = (
            NUMBERS.get(counted[1]) or int(counted[1]) if counted[1] in NUMBERS or counted[1].isdigit() else None
        )
    return made
