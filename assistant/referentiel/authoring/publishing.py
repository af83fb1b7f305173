"""What a draft must satisfy before it is published, and the bytes that are frozen then."""

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


def hindrances(content: dict[str, Any]) -> tuple[str, ...]:
    """What stops its publication, in French; empty where nothing does."""
    made = Referentiel.model_validate(content)
    found = [f"{said[:1].upper()}{said[1:]}." for said in problems(made)]
    if not any(True for _ in made.criteria()):
        found.append("Aucun critère\u00a0: il n’y a rien à évaluer.")
    found += [f"Le critère {one.id} n’a pas de texte." for one in made.criteria() if one.text.strip() in {"", "…"}]
    found += [f"{said}." for said in (*strays(made), *odd_labels(made))]
    return tuple(found)


def frozen(content: dict[str, Any], version: str) -> LoadedReferentiel:
    """The référentiel as it is published under this version. Raises ReferentielError with the first hindrance."""
    whole = {**content, "version": version}
    found = hindrances(whole)
    if found:
        raise ReferentielError(f"Ce référentiel ne peut pas encore être publié\u00a0: {found[0]}")
    return loaded_from(as_file(whole), whole["id"])
