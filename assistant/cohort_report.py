"""What a cohort of dossiers covers, as JSON: format `prelecture-cohort/1`. Presence of passages; no total per dossier."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PresenceState = Literal["found", "partial", "not_found", "oral_only", "unread"]


class CohortModel(BaseModel):
    """Strict and frozen; `with` is a word of Python's own, so that it has another name here."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)


class CriterionState(CohortModel):
    """Whether passages were found for all that a criterion asks, for a part of it, or for nothing."""

    id: str
    state: PresenceState


class CohortDossier(CohortModel):
    """One dossier, in the neutral order of the folder or of the cohort."""

    file: str
    criteria: tuple[CriterionState, ...]


class MissingRequirement(CohortModel):
    """In how many dossiers nothing was found for a requirement."""

    requirement: str
    dossiers: int


class CriterionCount(CohortModel):
    """How many dossiers there are in each state; those of an oral and those not read are in none of the three."""

    id: str
    with_: int = Field(alias="with")
    partly: int
    without: int
    most_missing: tuple[MissingRequirement, ...]


class CohortReport(CohortModel):
    """Requirement by dossier; nothing here says how good a dossier is."""

    format: Literal["prelecture-cohort/1"] = "prelecture-cohort/1"
    dossiers: tuple[CohortDossier, ...]
    criteria: tuple[CriterionCount, ...]

    def to_json(self) -> str:
        """The same dossiers always give the same bytes."""
        return self.model_dump_json(indent=1) + "\n"
