"""The référentiels at hand: every `referentiels/*.yaml`, loaded, checked and hashed."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.errors import ReferentielError
from assistant.places import REFERENTIELS
from assistant.referentiel.model import Referentiel


@dataclass(frozen=True, slots=True)
class LoadedReferentiel:
    """A référentiel with its file's text and the SHA-256 of it: two runs with the same hash asked the same things."""

    content: Referentiel
    sha256: str
    source: str = field(repr=False, default="")

    def choose(self, blocs: tuple[str, ...]) -> tuple[str, ...]:
        """The chosen blocs in the référentiel's order; all of them when none is named.

        Raises ReferentielError for a bloc that does not exist.
        """
        known = tuple(bloc.id for bloc in self.content.blocs)
        unknown = [bloc for bloc in blocs if bloc not in known]
        if unknown:
            raise ReferentielError(
                f"Le bloc « {unknown[0]} » n’existe pas dans le référentiel « {self.content.id} » : "
                f"choisissez parmi {', '.join(known)}."
            )
        return tuple(bloc for bloc in known if not blocs or bloc in blocs)


def available(folder: Path = REFERENTIELS) -> tuple[str, ...]:
    """The ids of the référentiels in `folder`, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def load(referentiel_id: str, folder: Path = REFERENTIELS) -> LoadedReferentiel:
    """The référentiel named `referentiel_id` (its file's name without `.yaml`).

    Raises ReferentielError when it does not exist or does not validate.
    """
    if referentiel_id not in available(folder):
        known = ", ".join(available(folder)) or "aucun"
        raise ReferentielError(
            f"Le référentiel « {referentiel_id} » n’existe pas : choisissez parmi ceux du catalogue ({known})."
        )
    return load_file(folder / f"{referentiel_id}.yaml")


def load_file(path: Path) -> LoadedReferentiel:
    """Reads and checks one file. Raises ReferentielError naming the file and the first field at fault."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReferentielError(f"Le fichier {path.name} ne peut pas être lu : vérifiez qu’il existe.") from error
    return _parse(data, path.name)


def loaded_from(content: str, name: str) -> LoadedReferentiel:
    """A référentiel from the text of a snapshot: the version that a review, an export or a harmonisation began with.

    `name` stands in errors. Raises ReferentielError when the text does not validate any more.
    """
    return _parse(content.encode(), name, kept=True)


def newer_than(loaded: LoadedReferentiel, folder: Path = REFERENTIELS) -> LoadedReferentiel | None:
    """The present référentiel of the same id when its text is another than this one's; None when there is none.

    Raises ReferentielError when the present one does not validate.
    """
    if loaded.content.id not in available(folder):
        return None
    present = load(loaded.content.id, folder)
    return present if present.sha256 != loaded.sha256 else None


RETIRED = frozenset({"min_counts"})
"""Fields of a criterion that earlier versions had: what a session began with stays readable."""


@cache
def _parse(data: bytes, name: str, *, kept: bool = False) -> LoadedReferentiel:
    try:
        raw = yaml.load(data, Loader=_loader())
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ReferentielError(
            f"Le fichier {name} n’est pas un YAML valide : corrigez-le ({_where(error)})."
        ) from error
    try:
        content = Referentiel.model_validate(_without_retired(raw) if kept else raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = _field(raw, first["loc"])
        raise ReferentielError(
            f"Le référentiel {name} n’est pas valide : corrigez le champ « {field} » ({first['msg']})."
        ) from error
    problem = next(iter(problems(content)), None)
    if problem:
        raise ReferentielError(f"Le référentiel {name} n’est pas valide : {problem}.")
    return LoadedReferentiel(content, hashlib.sha256(data).hexdigest(), data.decode())


def _without_retired(raw: Any) -> Any:
    """A snapshot without the fields that its day knew and this one does not; a file of today may not have them."""
    if not isinstance(raw, dict):
        return raw
    blocs = [
        {**bloc, "criteria": [_only_known(one) for one in bloc.get("criteria", ())]} if isinstance(bloc, dict) else bloc
        for bloc in raw.get("blocs", ())
    ]
    return {**raw, "blocs": blocs}


def _only_known(criterion: Any) -> Any:
    if not isinstance(criterion, dict):
        return criterion
    return {name: value for name, value in criterion.items() if name not in RETIRED}


def _loader() -> Any:
    """The C loader reads the five référentiels ten times faster; the pure one is always there."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"ligne {mark.line + 1}" if mark else "encodage ou structure"


def _field(raw: object, location: tuple[int | str, ...]) -> str:
    """The place of a fault in words a person can find: `blocs[B1].criteria[Cr1.2].points`."""
    path, here = "", raw
    for step in location:
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            name = here.get("id", step) if isinstance(here, dict) else step
            path += f"[{name}]"
        else:
            here = here.get(step) if isinstance(here, dict) else None
            path += f".{step}" if path else step
    return path or "racine"


def problems(content: Referentiel) -> list[str]:
    """What types alone cannot say: ids are unique and what is referred to exists."""
    problems: list[str] = []
    criteria = [criterion.id for criterion in content.criteria()]
    problems += [f"le critère « {name} » figure deux fois" for name in _repeated(criteria)]
    problems += [f"le bloc « {name} » figure deux fois" for name in _repeated([b.id for b in content.blocs])]
    deliverables = [deliverable.id for deliverable in content.deliverables()]
    problems += [f"le livrable « {name} » figure deux fois" for name in _repeated(deliverables)]
    competences = [competence.id for bloc in content.blocs for competence in bloc.competences]
    problems += [f"la compétence « {name} » figure deux fois" for name in _repeated(competences)]
    for criterion in content.criteria():
        problems += [
            f"le critère « {criterion.id} » renvoie à la compétence « {name} », qui n’existe pas"
            for name in criterion.competences
            if name not in competences
        ]
        own = [requirement.id for requirement in criterion.requirements]
        problems += [f"l’exigence « {name} » figure deux fois" for name in _repeated(own)]
        for requirement in criterion.requirements:
            problems += [
                f"l’exigence « {requirement.id} » dépend de « {name} », qui n’est pas une autre exigence du critère"
                for name in requirement.needs
                if name not in own or name == requirement.id
            ]
    return problems


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
