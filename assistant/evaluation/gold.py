"""Labelled dossiers: what a careful juror would cite, miss and not be misled by (`gold.yaml` beside `dossier.pdf`)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ReferentielError

Coverage = Literal["addressed", "partial", "absent", "oral"]


class Label(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Quote(Label):
    """A sentence of the dossier, word for word; two pages where it runs over a page break."""

    quote: str
    pages: tuple[int, ...]


class LabelledGap(Label):
    requirement: str
    what: str


class LabelledCriterion(Label):
    id: str
    coverage: Coverage
    evidence: tuple[Quote, ...] = ()
    gaps: tuple[LabelledGap, ...] = ()
    misleading: tuple[Quote, ...] = ()


class LabelledDeliverable(Label):
    what: str
    present: bool


class Trap(Label):
    kind: str
    quote: str | None = None
    note: str | None = None
    pages: tuple[int, ...] = ()


class Gold(Label):
    """The labels of one dossier."""

    case: str
    referentiel: str
    blocs: tuple[str, ...] = ()
    title: str | None = None
    candidate: dict[str, Any] | None = None
    style: str | None = None
    criteria: tuple[LabelledCriterion, ...]
    deliverables: tuple[LabelledDeliverable, ...] = ()
    traps: tuple[Trap, ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled dossier on disk."""

    name: str
    pdf: Path
    gold: Gold


def load_cases(folder: Path) -> tuple[Case, ...]:
    """Every sub-folder of `folder` that holds `dossier.pdf` and `gold.yaml`, by name.

    Raises ReferentielError (the message names file and field) for labels that do not validate or an empty folder.
    """
    cases = []
    for labels in sorted(folder.glob("*/gold.yaml")):
        try:
            gold = Gold.model_validate(yaml.safe_load(labels.read_text(encoding="utf-8")))
        except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
            detail = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": "YAML illisible"}
            place = ".".join(map(str, detail["loc"])) or "fichier"
            raise ReferentielError(
                f"Les étiquettes {labels.parent.name}/gold.yaml ne sont pas valides : "
                f"corrigez « {place} » ({detail['msg']})."
            ) from error
        cases.append(Case(labels.parent.name, labels.with_name("dossier.pdf"), gold))
    if not cases:
        raise ReferentielError(
            f"Aucun dossier étiqueté dans « {folder.name} » : il faut des sous-dossiers avec dossier.pdf et gold.yaml."
        )
    return tuple(cases)
