"""What changed from one version of a dossier to the next, as JSON: format `prelecture-comparison/1`."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

ChangeName = Literal["added", "removed", "reworded", "moved", "figure_changed"]


class ComparisonModel(BaseModel):
    """Strict and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlacedSentence(ComparisonModel):
    """A sentence of one version, with its page (1-based)."""

    id: str
    page: int
    text: str


class SentenceChange(ComparisonModel):
    """One change: `before` is null for what was added, `after` for what was removed."""

    change: ChangeName
    before: PlacedSentence | None
    after: PlacedSentence | None


class CriterionChange(ComparisonModel):
    """What a criterion gained and lost: passages that are new (or newly say it), passages that are gone."""

    id: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


class ComparisonReport(ComparisonModel):
    """Both versions side by side. Says what changed, never whether it is better."""

    format: Literal["prelecture-comparison/1"] = "prelecture-comparison/1"
    sentences: tuple[SentenceChange, ...]
    unchanged: int
    criteria: tuple[CriterionChange, ...]

    def to_json(self) -> str:
        """The same versions always give the same bytes."""
        return self.model_dump_json(indent=1) + "\n"
