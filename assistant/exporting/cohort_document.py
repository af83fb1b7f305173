"""What a cohort covers, as tables to sort and count in, and the sheet of examples that a trainer hands out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant import __version__
from assistant.cohort_report import PresenceState
from assistant.exporting.document import (
    Block,
    BulletList,
    Cell,
    Column,
    Document,
    Heading,
    Inline,
    Properties,
    Table,
    cell,
    paragraph,
    words,
)
from assistant.exporting.wording import quoted_in_words, without_its_bullet
from assistant.text import NBSP

_PLACEHOLDER = re.compile(r"\[([A-ZÀ-Ý]+(?:_[A-ZÀ-Ý]+)*)_(\d+)\]")
_SAID = {"IDENTIFIANT": "numéro"}
STATES: Mapping[PresenceState, str] = {
    "found": "pour tout", "partial": "pour une partie", "not_found": "aucun", "oral_only": "à l’oral",
    "unread": "non lu",
}  # fmt: skip
HOW = {
    "model": "Passages trouvés par une lecture de chaque dossier avec le modèle.",
    "without": f"Présence estimée sans modèle, sur tous les dossiers ensemble{NBSP}: des ordres de grandeur.",
}
NO_RANK = (
    f"Chaque case dit si des passages ont été repérés pour ce que le critère demande. Dossiers par numéro{NBSP}; ni total, "
    "ni classement par personne."
)


@dataclass(frozen=True, slots=True)
class CohortLineInput:
    """One criterion: how many dossiers have passages for all, for a part, for nothing; what is missing most."""

    id: str
    text: str
    counts: tuple[int, int, int]
    missing: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CohortInput:
    """A cohort; `rows`: (number, states by criterion)."""

    title: str
    referentiel: str
    mode: str
    rows: Sequence[tuple[int, Mapping[str, PresenceState]]]
    criteria: Sequence[CohortLineInput]
    made: datetime


@dataclass(frozen=True, slots=True)
class ExampleInput:
    """A masked sentence chosen for a criterion."""

    criterion: str
    text: str


def cohort_document(cohort: CohortInput) -> Document:
    """The workbook's content."""
    columns = (
        Column("Dossier", 0.1, names_row=True),
        *(Column(one.id, 0.9 / max(1, len(cohort.criteria))) for one in cohort.criteria),
    )
    rows = tuple(
        (cell(str(number), number=number), *(cell(STATES[states[one.id]]) for one in cohort.criteria))
        for number, states in cohort.rows
    )
    counts = tuple(
        (cell(one.id), cell(one.text), *_counts(one.counts), cell(_missing(one.missing))) for one in cohort.criteria
    )
    titles = (("Critère", 0.08), ("Énoncé", 0.4), ("Pour tout", 0.08), ("Pour une partie", 0.08), ("Aucun passage", 0.08),
              ("Ce qui manque le plus (dossiers)", 0.28))  # fmt: skip
    return Document(
        title=cohort.title,
        heading=f"Ce que couvre «{NBSP}{cohort.title}{NBSP}»",
        blocks=(
            paragraph(cohort.referentiel, "lead"),
            paragraph(NO_RANK),
            paragraph(HOW[cohort.mode]),
            Table("Présence", columns, rows),
            Table(
                "Critères", tuple(Column(name, width, names_row=name == "Critère") for name, width in titles), counts
            ),
        ),
        properties=Properties(f"prelecture {__version__}", cohort.made, ("ai-generated",), ""),
        landscape=True,
    )


def examples_document(
    title: str, examples: Sequence[ExampleInput], texts: Mapping[str, str], made: datetime
) -> Document:
    """The sheet: under each criterion the sentences chosen, masked as far as the mask goes, and no dossier named."""
    blocks: list[Block] = [
        paragraph(f"Phrases choisies par le formateur. Relisez{NBSP}: le masquage peut laisser passer un nom."),
    ]
    for criterion in dict.fromkeys(one.criterion for one in examples):
        blocks += [Heading(2, criterion), paragraph(texts.get(criterion, ""), emphasis="strong")]
        lines: tuple[tuple[Inline, ...], ...] = tuple(
            words(as_in_the_sheet(one.text)) for one in examples if one.criterion == criterion
        )
        blocks.append(BulletList(lines))
    return Document(
        title="Fiche d’exemples",
        heading=f"Exemples – {title}",
        blocks=tuple(blocks),
        properties=Properties(f"prelecture {__version__}", made, (), ""),
        running_head="Fiche d’exemples",
    )


def as_in_the_sheet(masked: str) -> str:
    """A masked sentence as people read it in the sheet."""
    return without_its_bullet(quoted_in_words(readable(masked)))


def readable(masked: str) -> str:
    """« [personne 3] » instead of the mask's own sign: for people, who have no table of what it stands for."""
    return _PLACEHOLDER.sub(lambda found: f"[{_SAID.get(found[1], found[1].lower())}{NBSP}{found[2]}]", masked)


def _counts(counts: tuple[int, int, int]) -> tuple[Cell, ...]:
    """Nothing to count where no dossier is asked for it: a criterion of the oral has no dossier « sans passage »."""
    if not any(counts):
        return (cell(STATES["oral_only"]), cell(""), cell(""))
    return tuple(cell(str(count), number=count) for count in counts)


def _missing(missing: tuple[tuple[str, int], ...]) -> str:
    return f"{NBSP}; ".join(f"{name} ({count})" for name, count in missing)
