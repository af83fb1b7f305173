"""What a draft must satisfy before it is published, and the bytes that are frozen then."""

from dataclasses import dataclass
from typing import Any

import yaml

from assistant.errors import ReferentielError
from assistant.referentiel.authoring.wording_check import odd_labels, strays
from assistant.referentiel.catalogue import LoadedReferentiel, loaded_from, problems
from assistant.referentiel.model import Referentiel


def as_file(content: dict[str, Any]) -> str:
    """The text of the référentiel's file: the same for the same content, whatever was left at its default."""
    made = Referentiel.model_validate(content).model_dump(mode="json", exclude_defaults=True)
    head: dict[str, Any] = {key: made.pop(key) for key in ("id", "version", "title", "scale") if key in made}
    whole: dict[str, Any] = {**head, **made}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=120)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What stops a publication, in French, and the criterion where it is put right ("" where it is none's)."""

    said: str
    criterion: str = ""

    def __str__(self) -> str:
        return self.said


def hindrances(content: dict[str, Any]) -> tuple[Hindrance, ...]:
    """What stops its publication; empty where nothing does."""
    made = Referentiel.model_validate(content)
    found = [Hindrance(f"{said[:1].upper()}{said[1:]}.") for said in problems(made)]
    if not any(True for _ in made.criteria()):
        found.append(Hindrance("Aucun critère\u00a0: il n’y a rien à évaluer."))
    found += [
        Hindrance(f"Le critère {one.id} n’a pas de texte.", one.id)
        for one in made.criteria()
        if one.text.strip() in {"", "…"}
    ]
    places = {
        asked.id: (one.id, number) for one in made.criteria() for number, asked in enumerate(one.requirements, start=1)
    }
    for line in (*strays(made), *odd_labels(made)):
        name, _, said = line.partition(" : ")
        criterion, number = places.get(name, ("", 0))
        where = f"Critère {criterion}, exigence {number}\u00a0: " if criterion else f"{name}\u00a0: "
        found.append(Hindrance(f"{where}{said}.", criterion))
    return tuple(found)


def remarks(content: dict[str, Any]) -> tuple[Hindrance, ...]:
    """What stops nothing and is likely to be forgotten: criteria without points or competence, competences without any."""
    made = Referentiel.model_validate(content)
    criteria = list(made.criteria())
    found = []
    if any(one.points is not None for one in criteria):
        found += [
            Hindrance(f"Le critère {one.id} n’a pas de points.", one.id) for one in criteria if one.points is None
        ]
    for bloc in made.blocs:
        owners = {name for one in bloc.criteria for name in one.competences}
        if bloc.competences:
            bare = [one for one in bloc.criteria if not one.competences]
            found += [Hindrance(f"Le critère {one.id} n’a pas de compétence.", one.id) for one in bare]
        found += [
            Hindrance(f"La compétence {one.id} n’a pas de critère.") for one in bloc.competences if one.id not in owners
        ]
    return tuple(found)


def frozen(content: dict[str, Any], version: str) -> LoadedReferentiel:
    """The référentiel as it is published under this version. Raises ReferentielError with the first hindrance."""
    whole = {**content, "version": version}
    found = hindrances(whole)
    if found:
        raise ReferentielError(f"Ce référentiel ne peut pas encore être publié\u00a0: {found[0]}")
    return loaded_from(as_file(whole), whole["id"])
