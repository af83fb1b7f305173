"""What is asked: a certification's référentiel, word for word, with checkable requirements and clues.

Texts are copied from the published source; `source_text` holds the source's own letters where the source (a scan)
was misread and the text was restored. Unknown keys are refused.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

EvidenceKind = Literal["text", "figure", "table", "screenshot", "prompt", "number"]
Scale = Literal["points", "acquis", "none"]
ModalityKind = Literal[
    "dossier", "oral", "questionnement", "mise_en_situation_ecrite", "mise_en_situation_orale", "production_sur_poste"
]  # fmt: skip
ORAL_KINDS = frozenset({"oral", "questionnement", "mise_en_situation_orale"})


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Deliverable(Entry):
    id: str
    text: str
    competences: tuple[str, ...] = ()
    min_count: int | None = None
    part: str | None = None
    source_text: str | None = None


class Expected(Entry):
    """What the candidate presents without handing it in."""

    id: str
    text: str
    competences: tuple[str, ...] = ()


class Modality(Entry):
    """One épreuve."""

    id: str
    kind: ModalityKind
    title: str | None = None
    description: str | None = None
    competences: tuple[str, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    expected: tuple[Expected, ...] = ()
    remark: str | None = None
    source_text: str | None = None


class Activity(Entry):
    id: str
    title: str
    tasks: tuple[str, ...] = ()
    source_text: str | None = None
    tasks_source_text: tuple[str | None, ...] = ()


class Competence(Entry):
    id: str
    text: str
    activity: str | None = None
    source_text: str | None = None
    source_code: str | None = None


class Requirement(Entry):
    """One checkable thing that a criterion's own words ask. `text` is one or more fragments of them, joined by " … ".

    `label` names it for people, in French that reads by itself, made of the criterion's words.
    `needs` names the requirements beside which alone this one is met; `min_count` (of `unit`) where the words
    state a number.
    """

    id: str
    text: str
    label: str = ""
    min_count: int | None = None
    unit: str | None = None
    needs: tuple[str, ...] = ()
    kinds: tuple[EvidenceKind, ...] = ("text",)
    clues: tuple[str, ...] = ()
    counter_clues: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The label, or the requirement's own words where nobody wrote one yet."""
        return self.label or self.text.strip().rstrip(".;, ")


class Criterion(Entry):
    """One line of the evaluation grid, quoted word for word."""

    id: str
    text: str
    competences: tuple[str, ...] = ()
    source_code: str | None = None
    lead: str | None = None
    indicators: tuple[str, ...] = ()
    indicators_source_text: tuple[str | None, ...] = ()
    source_text: str | None = None
    points: float | None = None
    assessed_by: tuple[ModalityKind, ...] = ()
    requirements: tuple[Requirement, ...] = ()

    @property
    def oral_only(self) -> bool:
        """Shown only at an oral: a written document can neither meet it nor lack it."""
        return bool(self.assessed_by) and set(self.assessed_by) <= ORAL_KINDS

    @property
    def asked(self) -> tuple[Requirement, ...]:
        """The requirements, or the criterion's own words as a single one where none were written yet."""
        return self.requirements or (Requirement(id=f"{self.id}.r1", text=self.text),)


class Bloc(Entry):
    id: str
    title: str | None = None
    description: str | None = None
    modalities_intro: str | None = None
    activities: tuple[Activity, ...] = ()
    competences: tuple[Competence, ...] = ()
    modalities: tuple[Modality, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    source_code: str | None = None
    source_text: str | None = None


class Referentiel(Entry):
    """A whole certification. `version` is ours: it changes with any text, requirement or clue."""

    id: str
    version: str
    title: str | None = None
    our_title: str | None = None
    """A descriptive title where the source prints none; shown as ours, never as the certifier's."""
    audience: str | None = None
    certifier: str | None = None
    prerequisites: tuple[str, ...] = ()
    accommodations: str | None = None
    accommodations_source_text: str | None = None
    jury_rules: tuple[str, ...] = ()
    scale: Scale
    notes: tuple[str, ...] = ()
    general_modalities: tuple[Modality, ...] = ()
    blocs: tuple[Bloc, ...]

    @property
    def shown_title(self) -> str:
        """The title as a list shows it."""
        if self.title or not self.our_title:
            return self.title or self.id
        return f"{self.our_title} (intitulé de Prélecture\u00a0: la source n’en imprime pas)"

    def criteria(self, blocs: tuple[str, ...] = ()) -> Iterator[Criterion]:
        """The criteria of the given blocs (all when empty), in the grid's order."""
        for bloc in self.chosen(blocs):
            yield from bloc.criteria

    def deliverables(self, blocs: tuple[str, ...] = ()) -> Iterator[Deliverable]:
        """The documents asked for in the given blocs (all when empty)."""
        for modality in self.general_modalities:
            yield from modality.deliverables
        for bloc in self.chosen(blocs):
            for modality in bloc.modalities:
                yield from modality.deliverables

    def chosen(self, blocs: tuple[str, ...] = ()) -> tuple[Bloc, ...]:
        return tuple(bloc for bloc in self.blocs if not blocs or bloc.id in blocs)
